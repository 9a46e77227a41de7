/** Finds the drive in a line that begins as a name and its value do: the colon is the letter's. */

import { roleOf } from "./field_roles.ts";
import { scanTokens } from "./scan_tokens.ts";

/**
 * Tells which drive such a line is about.
 *
 * @param name What stands before the colon.
 * @param value What stands behind it.
 * @returns `C:` of "Drive C: is protected."; `null` where it names none, or where a Key ID or digits stand behind it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(namedDrive("Drive C", "is protected."), "C:");
 * assert.equal(namedDrive("Vitamin C", "a lot"), null);
 * ```
 */
export function namedDrive(name: string, value: string): string | null {
  const [, words, letter] = /^(.{1,40}\S)\s([A-Z])$/u.exec(name) ?? [];
  return words !== undefined && roleOf(words) === "drive" && scanTokens(value).length === 0
    ? `${letter}:`
    : null;
}
