/** Finds the names of columns above rows that nothing but blanks parts: text of pictures, of consoles, of mails. */

import { roleOf } from "./field_roles.ts";
import type { Token } from "./scan_tokens.ts";
import { lineAt, type TextLines } from "./text_lines.ts";

/** A name has not more words: "BitLocker recovery key ID". */
const MOST_WORDS = 4;
/** More words in a line are a sentence. */
const MOST_IN_LINE = 24;
const LONGEST = 200;

/** The lines above rows, each looked at once. */
export class ColumnHeads {
  readonly #doc: TextLines;
  readonly #busy: ReadonlySet<number>;
  readonly #known = new Map<number, boolean>();

  /**
   * Begins.
   *
   * @param doc The text.
   * @param tokens Of the text: lines with one are rows.
   */
  constructor(doc: TextLines, tokens: readonly Token[]) {
    this.#doc = doc;
    this.#busy = new Set(tokens.map(({ start }) => lineAt(doc, start)));
  }

  /**
   * Tells whether the names above a row speak of IDs of PCs and the like, and of none of a key.
   *
   * @param row Index of its line.
   * @returns Whether a GUID in it is not the key's.
   */
  isOfOthers(row: number): boolean {
    let line = row;
    while (line > 0 && this.#isRow(line) && !this.#known.has(line)) line--;
    const known = this.#known.get(line);
    const is = known ?? isOfOthers(this.#doc.lines[line] ?? "");
    for (let at = line; at <= row; at++) this.#known.set(at, is);
    return is;
  }

  /** A blank line between names and rows, and between rows. */
  #isRow(line: number): boolean {
    return this.#busy.has(line) || (this.#doc.lines[line] ?? "").trim() === "";
  }
}

function isOfOthers(text: string): boolean {
  if (text.length > LONGEST || /[:.]\s*$/.test(text)) return false;
  const names = text.trim().split(/\s{2,}|\t|\|/).filter((name) => name.trim() !== "").map(roleOf);
  if (names.length > 1 && (names.includes("key-id") || names.includes("other-id"))) {
    return !names.includes("key-id");
  }
  const words = text.split(/[\s|;]+/).filter((word) => word !== "");
  if (words.length < 2 || words.length > MOST_IN_LINE) return false;
  // where one name ends and the next begins nobody can tell: that one may speak of another ID is enough
  return words.some((_, from) => namesAnother(words, from));
}

/** Whether an ID's name that begins at a word is of a PC and the like. */
function namesAnother(words: readonly string[], from: number): boolean {
  for (let to = from + 1; to <= Math.min(words.length, from + MOST_WORDS); to++) {
    if (roleOf(words.slice(from, to).join(" ")) === "other-id") return true;
  }
  return false;
}
