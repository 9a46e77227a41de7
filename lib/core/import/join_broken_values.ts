/**
 * Puts Key IDs and keys together that a line end cuts: mails, narrow cells and PDF text break lines at and within them;
 * of a key, other cells of its row may stand behind the first half.
 */

import { joinColumns } from "./join_columns.ts";

/** What a GUID's first line may end with. The shortest is the first group alone, which is worth nothing by itself. */
const FIRST = /(?<![0-9A-Za-z-])([0-9a-f]{8}-[0-9a-f-]{0,27})[ \t]{0,8}$/i;
const SECOND = /^([ \t]{0,80})([0-9a-f-]{1,27})(?![0-9A-Za-z-])/i;
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Longer than what the two patterns can match, with a character beside it. */
const [LONGEST_FIRST, LONGEST_SECOND] = [50, 110];

/** Groups with a hyphen behind the last, other cells, and the other groups at the beginning of the next line. */
const HALF =
  /(?<![\d-])((?:\d{6}-){1,7})([ \t]{1,40}[^\s\d-][^\n]{0,200})\n([ \t]{0,80})((?:\d{6}-){0,6}\d{6})(?![\d-])/g;
/** The same without other cells behind, and with nothing else on the next line. */
const WRAPPED =
  /(?<![\d-])((?:\d{6}-){1,7})[ \t]{0,8}\n([ \t]{0,80})((?:\d{6}-){0,6}\d{6})[ \t]{0,8}(?=\n|$)/g;
const GROUPS = 8;

/**
 * Joins.
 *
 * @param text As `normalizeText` gives it.
 * @returns The same, as many lines; the second half of a Key ID stands behind the first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(
 *   joinBrokenValues("58E9DFAD-7235-4E32-\n  B7F1-CDC5D4EC89C5 x"),
 *   "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5\n   x",
 * );
 * ```
 */
export function joinBrokenValues(text: string): string {
  if (!text.includes("\n")) return text;
  const ids = joinColumns(joinIds(text));
  const whole = ids.includes("-\n") || ids.includes("- \n") ? joinWrapped(ids) : ids;
  if (!whole.includes("- ") && !whole.includes("-\t")) return whole;
  return whole.replace(HALF, (all, first: string, cells: string, indent: string, second: string) => {
    const isKey = (first + second).split("-").length === GROUPS && !/\d{6}-/.test(cells);
    return isKey ? `${first}${second}${cells}\n${indent}` : all;
  });
}

function joinWrapped(text: string): string {
  return text.replace(WRAPPED, (all, first: string, indent: string, second: string, at: number) => {
    const before = text.slice(text.lastIndexOf("\n", at) + 1, at);
    // a part of another key on the line: nobody can tell whose the next line is
    const isKey = (first + second).split("-").length === GROUPS && !/\d{6}-/.test(before);
    return isKey ? `${first}${second}\n${indent}` : all;
  });
}

/** By hand from line end to line end: a pattern takes a look at each hexadecimal digit of a text. */
function joinIds(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", end + 1)) {
    if (!isIdCharacter(codeBefore(text, end))) continue;
    const before = text.slice(Math.max(done, end - LONGEST_FIRST), end);
    const [first, half = ""] = before.includes("-") ? FIRST.exec(before) ?? [] : [];
    if (first === undefined) continue;
    const [, indent = "", rest = ""] = SECOND.exec(text.slice(end + 1, end + LONGEST_SECOND)) ?? [];
    if (!GUID.test(half + rest)) continue;
    parts.push(text.slice(done, end - first.length), half, rest, "\n", indent);
    done = end + 1 + indent.length + rest.length;
  }
  return done === 0 ? text : parts.join("") + text.slice(done);
}

/** Of the character before a line end and its blanks. */
function codeBefore(text: string, end: number): number {
  let at = end - 1;
  while (at > end - 10 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at--;
  return text.charCodeAt(at);
}

function isIdCharacter(code: number): boolean {
  return code === 45 || (code >= 48 && code <= 57) || (code >= 65 && code <= 70) ||
    (code >= 97 && code <= 102);
}
