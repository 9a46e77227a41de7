/** Finds JSON in a text: the whole of it, a document a line, or a part below warnings that a program printed first. */

import type { Found } from "./found.ts";
import { readJson } from "./read_json.ts";
import { lineAt, type TextLines } from "./text_lines.ts";

/** Blanks before the first character of an object or a list. */
const BEGIN = /^\s*(?=[[{])/;
/** Broken-off documents cost a look at all that follows: a few are enough. */
const MOST_FAILURES = 4;

/**
 * Reads all JSON that begins at a line's beginning.
 *
 * @param doc The text; the lines of what could be parsed are taken.
 * @param found Gets what it holds.
 * @returns Whether there was any.
 */
export function readJsonParts(doc: TextLines, found: Found): boolean {
  let any = false;
  let failures = 0;
  for (let line = 0; line < doc.lines.length && failures < MOST_FAILURES; line++) {
    const text = doc.lines[line] ?? "";
    const column = BEGIN.exec(text)?.[0].length;
    if (column === undefined || doc.taken[line] === 1) continue;
    const start = (doc.starts[line] ?? 0) + column;
    const end = endOfJson(doc.text, start);
    if (end === null) {
      failures++;
      continue;
    }
    const value = parsed(doc.text.slice(start, end));
    // `[OS Volume]`, `{GUID}`
    if (typeof value !== "object" || value === null) continue;
    any = true;
    readJson(value, found);
    const last = lineAt(doc, end - 1);
    for (let at = line; at <= last; at++) doc.taken[at] = 1;
    line = last;
  }
  return any;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const MARK = /["{}[\]]/g;

/** @returns Where the value ends, `null` when it breaks off. */
function endOfJson(text: string, start: number): number | null {
  let depth = 0;
  MARK.lastIndex = start;
  for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
    const [one] = mark;
    if (one === '"') {
      const close = endOfString(text, mark.index + 1);
      if (close === null) return null;
      MARK.lastIndex = close;
    } else if (one === "{" || one === "[") depth++;
    else if (--depth <= 0) return mark.index + 1;
  }
  return null;
}

/** @returns Behind the closing quote; `null` when there is none on the line, which JSON never breaks. */
function endOfString(text: string, from: number): number | null {
  for (let at = from; at < text.length; at++) {
    const one = text[at];
    if (one === "\\") at++;
    else if (one === '"') return at + 1;
    else if (one === "\n") return null;
  }
  return null;
}
