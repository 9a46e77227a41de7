/** Closes text that has a blank behind each character: UTF-16 that an old console printed as if it were bytes. */

/** Shorter lines tell nothing. */
const LEAST = 8;
/** Of the lines that tell, so many must have it. */
const MOST_OF = 0.9;
const PROBE = 64 * 1024;

/**
 * Closes such a text.
 *
 * @param text A whole text.
 * @returns The text without these blanks; the same where it has none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(closeSpacedText("K e y   I D : 1 2 \nP C   7   x y z "), "Key ID:12\nPC 7 xyz");
 * assert.equal(closeSpacedText("A text as others are"), "A text as others are");
 * ```
 */
export function closeSpacedText(text: string): string {
  const probe = text.slice(0, PROBE);
  if (!/^ ?\S \S \S/m.test(probe)) return text;
  const lines = probe.split("\n").filter((line) => line.trim().length >= LEAST);
  const spaced = lines.filter(isSpaced);
  if (spaced.length === 0 || spaced.length < lines.length * MOST_OF) return text;
  return text.split("\n").map((line) => (isSpaced(line) ? closed(line) : line)).join("\n");
}

function isSpaced(line: string): boolean {
  const from = firstOf(line);
  for (let at = from + 1; at < line.length; at += 2) if (line[at] !== " ") return false;
  return line.trim().length > 2;
}

function closed(line: string): string {
  const kept: string[] = [];
  for (let at = firstOf(line); at < line.length; at += 2) kept.push(line[at] ?? "");
  return kept.join("");
}

/** The second byte of a line end stands before the next line's first character. */
function firstOf(line: string): number {
  const odd = [...line].findIndex((one) => one !== " ");
  return odd < 0 ? 0 : odd % 2;
}
