/** Puts a damaged ledger file out of the way, under a name of its own: nothing of it is ever overwritten. */

import { folderOf } from "./path_parts.ts";
import { patiently, syncFolder } from "./write_durably.ts";

/** What SQLite may have left beside the file: the journal of a cut-off save, or another program's WAL. */
const COMPANIONS: readonly string[] = ["-journal", "-wal", "-shm"];

/** What a damaged ledger is called beside `ledger.db`, up to its number. */
function asideOf(path: string): string {
  return `${path.endsWith(".db") ? path.slice(0, -".db".length) : path}.damaged-`;
}

function nameOf(path: string): string {
  const separators = Deno.build.os === "windows" ? /[\\/]/ : /\//;
  return path.split(separators).at(-1) ?? path;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function present(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(exists));
  return paths.filter((_, index) => found[index]);
}

/**
 * Lists what lies beside a ledger file and belongs to it.
 *
 * @param path The ledger file, which may be missing.
 * @returns Paths of journals.
 */
export async function companionsOf(path: string): Promise<readonly string[]> {
  return await present(COMPANIONS.map((ending) => path + ending));
}

/**
 * Lists the ledger files that were set aside earlier.
 *
 * @param path The ledger file, which may be missing.
 * @returns Names in its folder, sorted; none when there is no such folder.
 */
export async function formerLedgers(path: string): Promise<readonly string[]> {
  const start = nameOf(asideOf(path));
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folderOf(path))) {
      if (name.startsWith(start) && name.endsWith(".db")) names.push(name);
    }
  } catch (error) {
    // Opening the file will say so, with its path.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return names.sort();
}

/**
 * Renames a ledger file and its journals to `ledger.damaged-<n>.db`, with the first number that is free.
 *
 * @param path The ledger file, closed; or only its journals are there.
 * @returns The new name, without the folder.
 * @throws What the file system throws.
 */
export async function setLedgerAside(path: string): Promise<string> {
  for (let number = 1;; number++) {
    const target = `${asideOf(path)}${number}.db`;
    if ((await present(["", ...COMPANIONS].map((ending) => target + ending))).length > 0) continue;
    // The file itself last: killed in between, it is found damaged again, and no journal waits for a new file.
    for (const ending of [...COMPANIONS, ""]) {
      if (await exists(path + ending)) await patiently(() => Deno.rename(path + ending, target + ending));
    }
    await syncFolder(folderOf(path));
    return nameOf(target);
  }
}
