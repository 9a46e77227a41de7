/** A text as lines, with the place of each, and which of them a reader has taken already. */

/** A text and its lines. */
export interface TextLines {
  /** As {@link normalizeText} gives it. */
  readonly text: string;
  /** Without line ends. */
  readonly lines: readonly string[];
  /** Where each line starts. */
  readonly starts: readonly number[];
  /** Lines that a reader understood: the others leave them alone. */
  readonly taken: Uint8Array;
}

/**
 * Parts a text at its line ends.
 *
 * @param text As {@link normalizeText} gives it.
 * @returns Its lines, none taken.
 */
export function toLines(text: string): TextLines {
  const lines = text.split("\n");
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return { text, lines, starts, taken: new Uint8Array(lines.length) };
}

/**
 * Finds the line of a place.
 *
 * @param doc The text.
 * @param at Place in it.
 * @returns Index of the line.
 */
export function lineAt({ starts }: TextLines, at: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Counts the blanks before a line's first character; a tab counts as eight.
 *
 * @param line A line.
 * @returns The indent.
 */
export function indentOf(line: string): number {
  let indent = 0;
  for (const one of line) {
    if (one === " ") indent++;
    else if (one === "\t") indent += 8;
    else break;
  }
  return indent;
}
