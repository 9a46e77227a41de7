/**
 * Rows of the installer's tables that wixl 0.101 cannot say or says wrong.
 *
 * It drops `Directory` of a custom action and `IncludeMaximum` of an upgrade, makes a rollback action an ordinary one
 * that runs at once, and knows no version of a file.
 */

/** Bits of a custom action's type. Windows Installer, "Custom Action Return Processing" and "In-Script Execution". */
const EXE_OF_PROPERTY = 50;
const GO_ON_AFTER_ERROR = 64;
const ROLLBACK = 256;
const IN_SCRIPT = 1024;
const AS_SYSTEM = 2048;

const DEFERRED = EXE_OF_PROPERTY + IN_SCRIPT + AS_SYSTEM;

/** What all versions have in common; never changes. */
export const UPGRADE_CODE = "3D6A1F0E-8B57-4C27-9F0B-6A4F5B1F7C92";

/** Bits of a row of the table Upgrade: both ends of the range belong to it. */
const BOTH_ENDS = 256 + 512;

/** Script and Settings are properties that `SpareKey.wxs` sets. */
const INSTALL = '[Script]Install-SpareKey.ps1" -InPlace -DataFolder "[DATAFOLDER]"';
const UNINSTALL = '[Script]Uninstall-SpareKey.ps1" -InPlace';

/** A step of the installation that runs a program as SYSTEM. */
export interface InstallerAction {
  readonly name: string;
  readonly type: number;
  /** Arguments of Windows PowerShell; the properties are put in when the script of the installation is made. */
  readonly target: string;
  readonly condition: string;
  readonly sequence: number;
}

/**
 * In the order of the sequence. 1500 InstallInitialize, 1501 RemoveExistingProducts (all of the version before, inside
 * the transaction), 3500 RemoveFiles, 4000 InstallFiles, 5000 WriteRegistryValues.
 */
export const ACTIONS: readonly InstallerAction[] = [
  {
    // Undoes the next two: tasks as before, once files and registry are back.
    name: "Restore",
    type: DEFERRED + ROLLBACK + GO_ON_AFTER_ERROR,
    target: INSTALL,
    condition: "Installed",
    sequence: 1610,
  },
  {
    // Before files are taken away or replaced: no run starts, the one under way has ended. A damaged installation
    // must still be repaired and removed, so an error stops nothing.
    name: "StopRun",
    type: DEFERRED + GO_ON_AFTER_ERROR,
    target: `${UNINSTALL} -StopOnly`,
    condition: "Installed",
    sequence: 1620,
  },
  {
    // SKIPSCRIPTS=1 is the way out where a policy forbids the scripts.
    name: "Remove",
    type: DEFERRED,
    target: `${UNINSTALL} -KeepData`,
    condition: 'REMOVE="ALL" AND NOT UPGRADINGPRODUCTCODE AND NOT SKIPSCRIPTS',
    sequence: 1630,
  },
  {
    // Not of an upgrade: that would take the passwords of the version before, which Restore puts back.
    name: "Undo",
    type: DEFERRED + ROLLBACK + GO_ON_AFTER_ERROR,
    target: `${UNINSTALL} -KeepData`,
    condition: "NOT Installed AND NOT OLDERFOUND",
    sequence: 5480,
  },
  {
    name: "Configure",
    type: DEFERRED,
    target: `${INSTALL}[Settings]`,
    condition: "NOT Installed",
    sequence: 5490,
  },
  // Without properties: a repair keeps the settings, whoever starts it.
  { name: "Repair", type: DEFERRED, target: INSTALL, condition: "Installed AND REINSTALL", sequence: 5495 },
];

/** What the rows depend on. */
export interface RowOptions {
  /** Of Spare Key. */
  readonly version: string;
  /** Keys of the table File whose files state a version, with it. */
  readonly versioned: ReadonlyMap<string, string>;
}

/**
 * Gives the queries that set those rows.
 *
 * @param options What they depend on.
 * @returns SQL as `msibuild -q` takes it.
 */
export function rowQueries({ version, versioned }: RowOptions): readonly string[] {
  const text = (value: string): string => {
    if (value.includes("'")) throw new Error(`Cannot put ${value} into a query`);
    return `'${value}'`;
  };
  const into = (table: string, row: Readonly<Record<string, string | number>>): string => {
    const columns = Object.keys(row).map((name) => `\`${name}\``).join(", ");
    const values = Object.values(row).map((value) => typeof value === "number" ? String(value) : text(value));
    return `INSERT INTO \`${table}\` (${columns}) VALUES (${values.join(", ")})`;
  };
  return [
    ...ACTIONS.flatMap(({ name, type, target, condition, sequence }) => [
      into("CustomAction", { Action: name, Type: type, Source: "PowerShell", Target: target }),
      into("InstallExecuteSequence", { Action: name, Condition: condition, Sequence: sequence }),
    ]),
    "DELETE FROM `Upgrade` WHERE `ActionProperty` = 'OLDERFOUND'",
    into("Upgrade", {
      UpgradeCode: `{${UPGRADE_CODE}}`,
      VersionMin: "0.0.0",
      VersionMax: version,
      Attributes: BOTH_ENDS,
      ActionProperty: "OLDERFOUND",
    }),
    ...[...versioned].flatMap(([key, version]) => [
      `UPDATE \`File\` SET \`Version\` = ${text(version)} WHERE \`File\` = ${text(key)}`,
      // Hashes are for files without version.
      `DELETE FROM \`MsiFileHash\` WHERE \`File_\` = ${text(key)}`,
    ]),
  ];
}
