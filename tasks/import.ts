/** Reads keys out of files of any kind, and files them as reports on request. */

import { type ExitName, UserError } from "../lib/errors.ts";
import {
  findInChunks,
  findInFile,
  type FoundFile,
  type ImportContext,
  type PassedOver,
} from "./import_file.ts";
import { type ImportOutput, jsonOutput, textOutput } from "./import_output.ts";
import { readSecrets } from "./seal_secrets.ts";
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
  const output = flag(args, "json") ? jsonOutput(deps.terminal) : textOutput(deps.terminal);
  let exit: ExitName = "ok";
  const onTrouble = (text: string): void => {
    exit = "partial";
    output.trouble(text);
  };
  const to = textOption(args, "to");
  const filing = to === null
    ? null
    : new (await import("./import_reports.ts")).ReportFiling({ folder: to, onTrouble }, deps);
  const person = new Person(deps);
  const context: ImportContext = { secrets, deps, askPassphrase: () => person.passphrase() };
  for await (const input of inputs(args.positionals, { context, onTrouble })) {
    // what was just filed may lie in a folder that is read
    if (filing?.has(input.path) === true) continue;
    const file = await open(input, output, onTrouble);
    if (person.hasStopped) break;
    if (file === null) continue;
    output.file(file);
    await filing?.file(file);
  }
  output.end(filing?.written ?? null);
  return exit;
}

type OnTrouble = (text: string) => void;

interface Input {
  readonly path: string;
  /** By the person, not found in a folder. */
  readonly isNamed: boolean;
  open(): Promise<FoundFile | PassedOver>;
}

/** @returns `null` for what is no text, holds nothing or cannot be read. */
async function open(
  { path, isNamed, open }: Input,
  output: ImportOutput,
  onTrouble: OnTrouble,
): Promise<FoundFile | null> {
  try {
    const found = await open();
    if (!("reason" in found)) {
      // in a folder, what has nothing to do with keys is not worth a word
      return isNamed || found.kind !== "none" || found.refused.length > 0 ? found : null;
    }
    if (isNamed || !found.isHarmless) onTrouble(`Cannot read "${path}": ${found.reason}`);
    else output.passedOver(found);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    onTrouble(error.hint === null ? error.message : `${error.message}; ${error.hint}`);
  }
  return null;
}

interface Walk {
  readonly context: ImportContext;
  readonly onTrouble: OnTrouble;
}

async function* inputs(
  paths: readonly string[],
  { context, onTrouble }: Walk,
): AsyncGenerator<Input, void, undefined> {
  const { deps } = context;
  for (const path of new Set(paths)) {
    if (path === "-") {
      yield { path, isNamed: true, open: () => findInChunks("-", deps.inputChunks(), context) };
    } else if (await isFolder(path, deps)) {
      const cannotLook = (where: string, why: string): void =>
        onTrouble(`Cannot look into "${where}": ${why}`);
      for await (const name of deps.files.walk(path, cannotLook)) {
        const file = deps.below(path, ...name.split("/"));
        yield { path: file, isNamed: false, open: () => findInFile(file, { ...context, isGlance: true }) };
      }
    } else yield { path, isNamed: true, open: () => findInFile(path, context) };
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

/** Asked once a run, and only when there is something to open with the answer. */
class Person {
  readonly #deps: Deps;
  #answer: Promise<string | null> | null = null;
  /** By Ctrl+C, instead of an answer. */
  hasStopped = false;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async passphrase(): Promise<string | null> {
    try {
      return await (this.#answer ??= this.#deps.terminal.askSecret("Passphrase of the sealed files: "));
    } catch (error) {
      this.hasStopped = true;
      throw error;
    }
  }
}
