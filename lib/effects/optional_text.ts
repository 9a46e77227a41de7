/** A text file that may not be there, such as the settings. */

import { decodeText } from "../core/decode_text.ts";
import { UserError } from "../errors.ts";
import { ioReason } from "./io_reason.ts";

/**
 * Reads a text as Windows leaves it.
 *
 * @param path Of a small file.
 * @returns Its text without byte order mark, `null` when there is no such file.
 * @throws {UserError} `settings` when it is there but cannot be read.
 */
export async function readOptional(path: string): Promise<string | null> {
  try {
    return decodeText(await Deno.readFile(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    const reason = error instanceof TypeError ? "it is neither UTF-8 nor UTF-16 text" : ioReason(error);
    throw new UserError("settings", `Cannot read "${path}": ${reason}`, {
      hint: "Mend its rights or its content",
    });
  }
}
