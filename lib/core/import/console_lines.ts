/** Lines of a console as they were printed: without what web pages, mails and scripts put around them. */

import { withoutPrefixes } from "./line_prefixes.ts";
import type { TextLines } from "./text_lines.ts";

/** A list's mark, a sign of a comment, a frame's side; also one within another. */
const MARK = /^(\s{0,40})(?:(?:[-+\u2022\u00b7|#;]|\*(?!\*)|\/\/|::|rem\b)(?:[ \t]|$)){1,3}/i;
const BOLD = /\*\*|__|`|<\/?(?:b|strong|code|p|pre)>|<br ?\/?>/gi;
/** Quicker than {@link BOLD}; most texts have none of it. */
const PARTS_OF_BOLD = ["**", "__", "`", "<"];
const LONGEST = 400;

/**
 * Takes marks of lists, comments and bold type out of a text's lines. Places and what is taken stay those of the text.
 *
 * @param doc The text.
 * @returns The same text; its lines are for reading words and indentation, not for places within them.
 */
export function consoleLines(doc: TextLines): TextLines {
  const hasBold = PARTS_OF_BOLD.some((part) => doc.text.includes(part));
  const lines = withoutPrefixes(doc.lines);
  return { ...doc, lines: lines.map((line) => line.length > LONGEST ? line : plain(line, hasBold)) };
}

function plain(line: string, hasBold: boolean): string {
  // the blanks keep what stood below one another below one another
  const unmarked = MARK.test(line) ? line.replace(MARK, (mark) => " ".repeat(mark.length)) : line;
  return hasBold ? unmarked.replace(BOLD, "") : unmarked;
}

/** A prompt: another command begins. */
const PROMPT =
  /^\s{0,40}(?:\(?[\w.-]{1,20}\)?\s)?(?:PS )?(?:[A-Za-z]:\\[^>\n]{0,200}|~)>|^\s{0,40}PS>|^\s{0,40}(?:[$%] ?|>>? ?)?manage-bde\b/i;

/**
 * Tells whether a line is a prompt, or a command of manage-bde alone.
 *
 * @param line A line.
 * @returns Whether a command begins.
 */
export function isPrompt(line: string): boolean {
  return line.length < LONGEST && PROMPT.test(line);
}

/** `manage-bde -protectors -get C:`, the arguments in any order. */
const COMMAND = /\bmanage-bde(?:\.exe|\.wsf)?["']?\s(?:[^\n]{0,120}\s)??["']?([A-Za-z]):\\?["']?(?:\s|$)/i;
const FARTHEST_COMMAND = 14;

/**
 * Finds the drive that the command above a place names.
 *
 * @param lines Of the text.
 * @param from Index of the line from which upwards it is looked for.
 * @returns `C:`; `null` when no command stands near.
 */
export function driveOfCommand(lines: readonly string[], from: number): string | null {
  for (let line = Math.min(from, lines.length - 1); line >= 0 && line >= from - FARTHEST_COMMAND; line--) {
    const text = lines[line] ?? "";
    if (text.length > LONGEST || !/manage-bde/i.test(text)) continue;
    const letter = COMMAND.exec(text)?.[1];
    return letter === undefined ? null : `${letter.toUpperCase()}:`;
  }
  return null;
}
