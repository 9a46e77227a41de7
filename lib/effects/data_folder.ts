/**
 * The program's data folder. What lies in it is on the PC's own disk and small, so it is opened and looked at
 * without handing the work to another thread: on a quiet night that would take longer than the work.
 */

import { UserError } from "../errors.ts";
import { ioReason } from "./io_reason.ts";
import { below } from "./path_parts.ts";
import { isTemporaryName } from "./write_durably.ts";

/**
 * Makes the data folder where there is none.
 *
 * @param path Absolute or relative.
 * @throws {UserError} `ledger` when it cannot be made, or something else has its name.
 */
export function makeDataFolder(path: string): void {
  try {
    // a run has its rights on this folder alone, not on its parents, so it is not made anew when it is there
    if (!isFolder(path)) Deno.mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError("ledger", `Cannot use data folder "${path}": ${ioReason(error)}`, {
      hint: "Name a folder that this account may write, or mend its rights",
      cause: error,
    });
  }
}

/**
 * Makes the data folder where there is none, and removes the unfinished files of a run that was killed: one may hold
 * the archive's key. Only for whoever holds the run lock.
 *
 * @param path Absolute or relative.
 * @throws {UserError} `ledger` when it cannot be made, or something else has its name.
 */
export function tidyDataFolder(path: string): void {
  makeDataFolder(path);
  for (const { name, isFile } of Deno.readDirSync(path)) {
    if (isFile && isTemporaryName(name)) tryToRemove(below(path, name));
  }
}

/** Another program may look at it just now; the next run tries again. */
function tryToRemove(path: string): void {
  try {
    Deno.removeSync(path);
  } catch {
    return;
  }
}

/** @returns `false` when there is nothing of that name. */
function isFolder(path: string): boolean {
  try {
    if (Deno.statSync(path).isDirectory) return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  throw new Deno.errors.NotADirectory();
}
