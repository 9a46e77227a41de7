/** The installer's tables, read back: wixl and msibuild leave out silently what they do not understand. */

import assert from "node:assert/strict";
import { inFolder } from "./helpers/program.ts";
import { makeTestPackage, unzip } from "./helpers/test_package.ts";
import { ACTIONS, UPGRADE_CODE } from "./tools/package/msi_rows.ts";
import { readText } from "./tools/repository.ts";

type Row = Readonly<Record<string, string>>;

const { version } = JSON.parse(await readText("deno.json"));

/** Reads a table as msiinfo exports it: names, types, table and keys, then rows, by tabs. */
async function tableOf(msi: string, table: string): Promise<readonly Row[]> {
  const { success, stdout, stderr } = await new Deno.Command("msiinfo", { args: ["export", msi, table] })
    .output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const [names = "", , , ...rows] = new TextDecoder().decode(stdout).trimEnd().split(/\r?\n/);
  const columns = names.split("\t");
  return rows.map((row) => {
    const values = row.split("\t");
    return Object.fromEntries(columns.map((name, at) => [name, values[at] ?? ""]));
  });
}

/** Makes the installer and gives its tables and the files of the zip. */
async function withMsi(
  act: (
    table: (name: string) => Promise<readonly Row[]>,
    files: ReadonlyMap<string, Uint8Array>,
    msi: string,
  ) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    await makeTestPackage({ out: folder, msi: true });
    const msi = `${folder}/spare-key-${version}-x64.msi`;
    const files = await unzip(`${folder}/spare-key-${version}-x64.zip`);
    await act((name) => tableOf(msi, name), files, msi);
  });
}

const column = (rows: readonly Row[], name: string): readonly string[] => rows.map((row) => row[name] ?? "");
const longName = (name: string | undefined): string => (name ?? "").split("|").at(-1) ?? "";

/** Windows Installer's own actions that are used; all others are rows of CustomAction. */
const STANDARD = [
  ...[
    "FindRelatedProducts",
    "AppSearch",
    "LaunchConditions",
    "ValidateProductID",
    "CostInitialize",
    "FileCost",
  ],
  ...[
    "CostFinalize",
    "MigrateFeatureStates",
    "InstallValidate",
    "InstallInitialize",
    "RemoveExistingProducts",
  ],
  ...["ProcessComponents", "UnpublishFeatures", "RemoveRegistryValues", "RemoveFiles", "InstallFiles"],
  ...[
    "WriteRegistryValues",
    "RegisterUser",
    "RegisterProduct",
    "PublishFeatures",
    "PublishProduct",
    "InstallFinalize",
  ],
];

Deno.test("the installer's tables say what was meant", async () => {
  await withMsi(async (table, files, msi) => {
    const sequence = await table("InstallExecuteSequence");
    const actions = new Map((await table("CustomAction")).map((row) => [row["Action"] ?? "", row]));
    const order = sequence.toSorted((one, other) => Number(one["Sequence"]) - Number(other["Sequence"]));
    const own = column(order, "Action").filter((name) => !STANDARD.includes(name));
    assert.deepEqual(own, [
      ...["SetPowerShell", "SetDataFolder", "SetScript", "SetSettings", "SetInstallLocation"],
      ...["Restore", "StopRun", "Remove", "Undo", "Configure", "Repair"],
    ]);
    assert.deepEqual(
      [...actions.keys()].sort(),
      own.toSorted(),
      "an action without place, or a place without action",
    );
    assert.equal(new Set(column(sequence, "Sequence")).size, sequence.length, "two actions at one place");
    const at = (name: string): number => column(order, "Action").indexOf(name);
    const steps = [
      ...["AppSearch", "LaunchConditions", "CostFinalize", "SetDataFolder", "InstallInitialize"],
      ...["RemoveExistingProducts", "Restore", "StopRun", "Remove", "RemoveRegistryValues", "RemoveFiles"],
      ...["InstallFiles", "WriteRegistryValues", "Undo", "Configure", "Repair", "InstallFinalize"],
    ];
    assert.deepEqual(steps.toSorted((one, other) => at(one) - at(other)), steps);
    // Nothing may come between: all of the version before goes, inside the transaction that brings it back.
    assert.equal(at("RemoveExistingProducts"), at("InstallInitialize") + 1);

    for (const { name, type, target, condition } of ACTIONS) {
      assert.equal(actions.get(name)?.["Type"], String(type), name);
      assert.equal(actions.get(name)?.["Target"], target, name);
      assert.equal(sequence.find((row) => row["Action"] === name)?.["Condition"], condition, name);
    }
    // Exe by a property, deferred, as SYSTEM, and an error ends the installation.
    for (const name of ["Configure", "Repair", "Remove"]) assert.equal(actions.get(name)?.["Type"], "3122");
    // The same, on rollback, whatever its exit code.
    for (const name of ["Restore", "Undo"]) assert.equal(actions.get(name)?.["Type"], "3442");
    // An upgrade that fails must leave the passwords of the version before, which Restore puts back.
    assert.match(sequence.find((row) => row["Action"] === "Undo")?.["Condition"] ?? "", /\bNOT OLDERFOUND\b/);

    const [older, newer, ...more] = await table("Upgrade");
    assert.deepEqual(more, []);
    const found = [older, newer].map((
      row,
    ) => [row?.["ActionProperty"], row?.["VersionMin"], row?.["VersionMax"], row?.["Attributes"]]);
    assert.deepEqual(
      found.toSorted(),
      [["NEWERFOUND", version, "", "2"], ["OLDERFOUND", "0.0.0", version, "768"]],
    );
    const properties = new Map((await table("Property")).map((row) => [row["Property"], row["Value"]]));
    for (
      const [name, value] of [
        ["ALLUSERS", "1"],
        ["REINSTALLMODE", "amus"],
        ["ProductVersion", version],
        ["UpgradeCode", `{${UPGRADE_CODE}}`],
        // No property of the settings: who is no administrator cannot set them on a repair.
        ["SecureCustomProperties", "OLDERFOUND;NEWERFOUND"],
      ] as const
    ) {
      assert.equal(properties.get(name), value, name);
    }
    assert.match(properties.get("ProductCode") ?? "", /^\{[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F-]{21}\}$/);

    const rows = await table("File");
    const components = new Map((await table("Component")).map((row) => [row["Component"], row]));
    const folders = new Map((await table("Directory")).map((row) => [row["Directory"], row]));
    const pathOf = (folder: string | undefined): string => {
      const row = folders.get(folder);
      return folder === "INSTALLFOLDER"
        ? ""
        : `${pathOf(row?.["Directory_Parent"])}${longName(row?.["DefaultDir"])}/`;
    };
    const paths = rows.map((row) =>
      pathOf(components.get(row["Component_"])?.["Directory_"]) + longName(row["FileName"])
    );
    assert.deepEqual(paths.sort(), [...files.keys()].sort());
    for (const row of rows) {
      assert.match(row["FileName"] ?? "", /^(?:[\w-]{1,8}(?:\.\w{1,3})?|[\w~-]{1,8}(?:\.\w{1,3})?\|[^|]+)$/);
      assert.equal(components.get(row["Component_"])?.["KeyPath"], row["File"]);
    }
    assert.equal(rows.find((row) => row["FileName"] === "deno.exe")?.["Version"], "2.9.6.0");
    // 256: 64-bit; 4: its key path is a registry value
    for (const [name, row] of components) {
      assert.equal(row["Attributes"], name === "Registration" ? "260" : "256");
    }
    assert.deepEqual(
      column(await table("FeatureComponents"), "Component_").toSorted(),
      [...components.keys()].sort(),
    );
    const registry = (await table("Registry")).map((
      row,
    ) => [row["Root"], row["Key"], row["Name"], row["Value"]]);
    assert.deepEqual(registry.toSorted(), [
      ["2", "SOFTWARE\\Spare Key", "DataFolder", "[DATAFOLDER]"],
      ["2", "SOFTWARE\\Spare Key", "InstallFolder", "[INSTALLFOLDER]"],
      ["2", "SOFTWARE\\Spare Key", "Version", version],
    ]);
    for (const name of ["CustomAction", "LaunchCondition", "InstallExecuteSequence", "Registry"]) {
      for (const value of (await table(name)).flatMap((row) => Object.values(row))) {
        assert.ok(value.length <= 255, `${name}: "${value}" is longer than its column`);
      }
    }

    const { stdout } = await new Deno.Command("msiinfo", { args: ["suminfo", msi], env: { TZ: "UTC" } })
      .output();
    const summary = new TextDecoder().decode(stdout);
    assert.match(summary, /^Revision number \(UUID\): \{[0-9A-F]{8}-[0-9A-F]{4}-5[0-9A-F-]{21}\}$/m);
    assert.match(summary, /^Created: Tue Jan {2}1 12:00:00 1980$/m);
    assert.match(summary, /^Last saved: Tue Jan {2}1 12:00:00 1980$/m);
    assert.match(summary, /^Template: x64;1033$/m);
  });
});

Deno.test("the installer calls the scripts with parameters that they have", async () => {
  const source = await readText("scheduled/msi/SpareKey.wxs");
  const settings = source.match(/Property="Settings" Value="(.*)"/)?.[1] ?? "";
  const properties = [...settings.matchAll(/\{ -(\w+) &quot;\[([A-Z]+)\]&quot;\}/g)];
  assert.equal(properties.map(([whole]) => whole).join(""), settings);
  assert.ok(properties.length >= 7);
  for (const [, parameter = "", property = ""] of properties) {
    assert.equal(property, parameter.toUpperCase());
    const condition = `NOT (${property} &gt;&lt; QuotationMark OR ${property} &gt;&gt; "\\")`;
    assert.ok(source.includes(condition), `${property} could leave its quotation marks`);
  }
  for (const { target } of ACTIONS) {
    const [, script = "", rest = ""] = /^\[Script\]([\w-]+\.ps1)"(.*)$/.exec(target) ?? [];
    const text = await readText(`scheduled/${script}`);
    const declared = /^param\(\n([^]*?)^\)$/m.exec(text)?.[1] ?? "";
    const used = [...rest.matchAll(/ -(\w+)/g), ...(rest.includes("[Settings]") ? properties : [])];
    for (const [, name = ""] of used) {
      assert.match(declared, new RegExp(`\\$${name}\\b`), `${script} has no -${name}`);
      assert.doesNotMatch(name, /password|secret|key/i);
    }
  }
});
