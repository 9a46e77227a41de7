/** The program's data folder. */

import { UserError } from "../errors.ts";
import { ioReason } from "./io_reason.ts";

/**
 * Makes the data folder where there is none.
 *
 * @param path Absolute or relative.
 * @throws {UserError} `ledger` when it cannot be made, or something else has its name.
 */
export async function makeDataFolder(path: string): Promise<void> {
  try {
    // a run has its rights on this folder alone, not on its parents, so it is not made anew when it is there
    const info = await Deno.stat(path).catch((error: unknown) => {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    });
    if (info === null) await Deno.mkdir(path, { recursive: true, mode: 0o700 });
    else if (!info.isDirectory) throw new Deno.errors.NotADirectory();
  } catch (error) {
    throw new UserError("ledger", `Cannot use data folder "${path}": ${ioReason(error)}`, {
      hint: "Name a folder that this account may write, or mend its rights",
      cause: error,
    });
  }
}
