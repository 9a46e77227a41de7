/** Reads keys out of files of any kind, and files them as reports on request. */

import { oneLine } from "../lib/core/how_to_say.ts";
import type { ImportedKey, KeyDetail, Pairing } from "../lib/core/import/model.ts";
import { type ExitName, UserError } from "../lib/errors.ts";
import type { SealSecrets } from "../lib/ports.ts";
import { importChunks, type ImportedFile, importFile, type PassedOver } from "./import_file.ts";
import { type Deps, flag, type TaskArguments, textOption } from "./task.ts";

/**
 * Imports.
 *
 * @param args FILE…, FOLDER… or `-`; `--to`, `--identity`, `--passphrase-file`, `--json`.
 * @param deps The world.
 * @returns `ok`; `partial` when something could not be read, opened or written.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  if (args.positionals.length === 0) {
    throw new UserError("usage", "Cannot import: no file or folder is given", {
      hint: "spare-key import FILE, or - for standard input",
    });
  }
  const secrets = await readSecrets(args, deps);
  const files: ImportedFile[] = [];
  const passedOver: PassedOver[] = [];
  const troubles: string[] = [];
  for await (const { path, isNamed, open } of inputs(args.positionals, { secrets, deps, troubles })) {
    try {
      const found = await open();
      if (!("reason" in found)) {
        // in a folder, what has nothing to do with keys is not worth a word
        if (isNamed || found.kind !== "none" || found.refused.length > 0) files.push(found);
        continue;
      }
      if (isNamed || !found.isHarmless) troubles.push(`Cannot read "${path}": ${found.reason}`);
      else passedOver.push(found);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      troubles.push(error.hint === null ? error.message : `${error.message}; ${error.hint}`);
    }
  }
  const to = textOption(args, "to");
  const filed = to === null
    ? null
    : await (await import("./import_reports.ts")).fileReports({ files, folder: to }, deps);
  troubles.push(...filed?.troubles ?? []);
  for (const trouble of troubles) deps.terminal.say(trouble);
  if (flag(args, "json")) {
    const over = passedOver.map(({ path, reason }) => ({ path, reason }));
    const written = filed === null ? {} : { written: filed.written };
    deps.terminal.out(JSON.stringify({ schema: 1, files, passedOver: over, troubles, ...written }));
  } else tell({ files, passedOver, written: filed?.written ?? [] }, deps);
  return troubles.length > 0 ? "partial" : "ok";
}

interface Input {
  readonly path: string;
  /** By the person, not found in a folder. */
  readonly isNamed: boolean;
  open(): Promise<ImportedFile | PassedOver>;
}

interface Walk {
  readonly secrets: SealSecrets;
  readonly deps: Deps;
  readonly troubles: string[];
}

async function* inputs(
  paths: readonly string[],
  { secrets, deps, troubles }: Walk,
): AsyncGenerator<Input, void, undefined> {
  for (const path of paths) {
    if (path === "-") {
      const open = async (): Promise<ImportedFile | PassedOver> =>
        await importChunks("-", deps.inputChunks(), { secrets, deps });
      yield { path, isNamed: true, open };
    } else if (await isFolder(path, deps)) {
      const onTrouble = (where: string, why: string): void =>
        void troubles.push(`Cannot look into "${where}": ${why}`);
      for await (const name of deps.files.walk(path, onTrouble)) {
        const file = deps.below(path, ...name.split("/"));
        yield { path: file, isNamed: false, open: () => importFile(file, secrets, deps) };
      }
    } else yield { path, isNamed: true, open: () => importFile(path, secrets, deps) };
  }
}

/** What cannot be looked at is taken as a file, and told when it is opened. */
async function isFolder(path: string, deps: Deps): Promise<boolean> {
  try {
    return (await deps.files.open(path)).isFolder;
  } catch {
    return false;
  }
}

/** What opens sealed files: lines of the identity file, which may be sealed with the passphrase itself. */
async function readSecrets(args: TaskArguments, deps: Deps): Promise<SealSecrets> {
  const passphraseFile = textOption(args, "passphrase-file");
  const identityFile = textOption(args, "identity");
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const passphrase = passphraseFile === null
    ? null
    : decode(await deps.files.read(passphraseFile)).split(/\r?\n/)[0] ?? "";
  if (identityFile === null) return { identities: [], passphrase };
  const bytes = await deps.files.read(identityFile);
  const isSealed = /^\s*(?:age-encryption|-----BEGIN AGE)/.test(decode(bytes.subarray(0, 200)));
  const text = decode(isSealed ? await deps.opener.open(bytes, { identities: [], passphrase }) : bytes);
  const identities = text.split(/\r?\n/).map((line) => line.trim()).filter((line) =>
    line !== "" && !line.startsWith("#")
  );
  if (identities.length === 0 || identities.some((line) => !/^AGE-SECRET-KEY-/i.test(line))) {
    throw new UserError("usage", `Cannot use --identity "${identityFile}": it holds no age identity`, {
      hint: "a line of it must start with AGE-SECRET-KEY-",
    });
  }
  return { identities, passphrase };
}

interface Story {
  readonly files: readonly ImportedFile[];
  readonly passedOver: readonly PassedOver[];
  readonly written: readonly string[];
}

const SURE: Readonly<Record<Pairing, string>> = {
  record: "Key ID and digits stand in one record",
  block: "Key ID and digits stand in one block",
  line: "Key ID and digits stand on one line",
  near: "Key ID and digits stand next to each other",
  order: "the list of Key IDs and the list of digits have the same order",
  none: "",
};

function tell({ files, passedOver, written }: Story, { terminal }: Deps): void {
  for (const file of files) {
    terminal.out(`${file.path} (${file.kind}${file.sealed ? ", sealed" : ""})`);
    if (file.columns.length > 0) {
      const columns = file.columns.map(({ column, as }) => `"${oneLine(column)}" as ${as}`);
      terminal.out(`  Columns       ${columns.join(", ")}`);
    }
    file.keys.forEach((key, at) => tellKey(key, file.details[at], terminal.out));
    for (const { line, reason } of file.refused) {
      terminal.out(`  Refused       ${line === null ? "" : `line ${line}: `}${reason}`);
    }
    for (const { id, type, drive } of file.otherProtectors) {
      terminal.out(`  No key        ${id} ${type}${drive === null ? "" : ` of ${drive}`}`);
    }
    for (const { drive, label, conversion, protection } of file.volumes) {
      const words = [
        label === null ? null : `"${oneLine(label)}"`,
        conversion,
        protection && `protection ${protection}`,
      ];
      terminal.out(
        `  Drive         ${[drive ?? "no letter", ...words.filter((word) => word !== null)].join(", ")}`,
      );
    }
  }
  for (const path of written) terminal.out(`Written  ${path}`);
  const keys = files.flatMap((file) => file.keys);
  const whole =
    keys.filter(({ keyId, recoveryPassword }) => keyId !== null && recoveryPassword !== null).length;
  const parts = [
    `${files.length} files with something in them`,
    `${keys.length} keys`,
    `${whole} of them with Key ID and digits`,
  ];
  if (passedOver.length > 0) parts.push(`${passedOver.length} files passed over, they are no text`);
  terminal.say(`${parts.join(", ")}.`);
  for (const { path } of passedOver.slice(0, MOST_NAMED)) terminal.say(`  Passed over: ${path}`);
  if (passedOver.length > MOST_NAMED) terminal.say("  …all of them with --json");
}

/** More names than a person reads. */
const MOST_NAMED = 20;

function tellKey(
  { keyId, recoveryPassword, drive }: ImportedKey,
  detail: KeyDetail | undefined,
  out: (text: string) => void,
): void {
  const where = [drive, detail?.host === null ? null : oneLine(detail?.host ?? ""), detail?.date].filter((
    part,
  ) => part !== null && part !== undefined && part !== "");
  out(`  Key ID        ${keyId ?? "not known"}${where.length > 0 ? `  (${where.join(", ")})` : ""}`);
  out(`  Recovery key  ${recoveryPassword ?? "not here"}`);
  const how = detail?.reason ?? SURE[detail?.pairing ?? "none"];
  if (how !== "") out(`                line ${detail?.line ?? "unknown"}: ${how}`);
}
