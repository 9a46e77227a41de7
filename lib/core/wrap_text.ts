/** Lines for a text mail. */

/** RFC 5322, 2.1.1: lines of a mail should not be longer than 78 characters. */
const LINE = 78;

/**
 * Breaks long lines at blanks. What follows keeps the indentation, behind a bullet (`* `, `- `) too; a word that is
 * longer than a line stays whole. Of several empty lines one is left.
 *
 * @param text Text with LF line ends.
 * @returns The same with lines of at most 78 UTF-16 units.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const long = "* " + "word ".repeat(20).trim();
 * assert.deepEqual(wrapText(long).split("\n").map((line) => line.slice(0, 6)), ["* word", "  word"]);
 * ```
 */
export function wrapText(text: string): string {
  return text.replace(/\n{3,}/g, "\n\n").split("\n").map(wrapLine).join("\n");
}

function wrapLine(line: string): string {
  const start = /^ *(?:[*-] )?/.exec(line)?.[0] ?? "";
  const lines: string[] = [];
  let current = start;
  for (const word of line.slice(start.length).split(" ").filter((part) => part !== "")) {
    const longer = current.length === start.length ? current + word : `${current} ${word}`;
    if (longer.length > LINE && current.length > start.length) {
      lines.push(current);
      current = " ".repeat(start.length) + word;
    } else {
      current = longer;
    }
  }
  return [...lines, current.trimEnd()].join("\n");
}
