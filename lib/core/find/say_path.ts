import { oneLine } from "../how_to_say.ts";

/** Longer than any path of Windows (32,767) is cut. */
const LONGEST = 33_000;

/**
 * Shows a path, or a sentence with one, so that a file's name can neither draw on the screen nor begin a line.
 *
 * @param text What somebody else may have named.
 * @returns The same with control and invisible characters spelt out or left out; blanks in a row stay, to be copied.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sayPath("keys/a  b\u202e.txt"), "keys/a  b[U+202E].txt");
 * assert.equal(sayPath("a\n  Recovery key  1"), "a   Recovery key  1");
 * ```
 */
export function sayPath(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ").replace(/[^ ]+/g, (part) => oneLine(part, LONGEST));
}
