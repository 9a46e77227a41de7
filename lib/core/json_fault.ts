/** Finds where a text stops being JSON. JSON.parse says so only by quoting the text, which may hold secrets. */

/** Where a text stops being JSON. */
export interface JsonFault {
  /** From 1, as editors count. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** `end`: it breaks off; `backslash`: one that escapes nothing, as in a path of Windows; else `other`. */
  readonly kind: "end" | "backslash" | "other";
}

/** What may stand next. */
type Want = "value" | "value or end" | "name" | "name or end" | "colon" | "comma or end" | "nothing";

/** What a scan stops at, counted in UTF-16 units. */
interface Stop {
  readonly at: number;
  readonly kind: JsonFault["kind"];
}

const SPACE = /[ \t\r\n]*/y;
const WORD = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/**
 * Looks for the first character that cannot stand where it does.
 *
 * @param text Any.
 * @returns The place; `null` when it is JSON.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(jsonFault('{\n  "a": 1\n  "b": 2\n}'), { line: 3, column: 3, kind: "other" });
 * assert.equal(jsonFault('{"a": 1}'), null);
 * ```
 */
export function jsonFault(text: string): JsonFault | null {
  const stop = scan(text);
  if (stop === null) return null;
  const lines = text.slice(0, stop.at).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1, kind: stop.kind };
}

/** With a list of what is open in place of recursion: a file of brackets must not end the program. */
function scan(text: string): Stop | null {
  const open: ("{" | "[")[] = [];
  let want: Want = "value";
  let at = 0;
  while (true) {
    at = behind(SPACE, text, at) ?? at;
    const char = text[at];
    if (char === undefined) return want === "nothing" ? null : { at, kind: "end" };
    const inside = open.at(-1);
    if ((char === "}" || char === "]") && want.endsWith("or end")) {
      if ((inside === "{") !== (char === "}")) return { at, kind: "other" };
      open.pop();
      at++;
      want = open.length === 0 ? "nothing" : "comma or end";
    } else if (want === "colon" || want === "comma or end") {
      if (char !== (want === "colon" ? ":" : ",")) return { at, kind: "other" };
      at++;
      want = want === "comma or end" && inside === "{" ? "name" : "value";
    } else if (want === "nothing") {
      return { at, kind: "other" };
    } else if (char === '"') {
      const end = scanText(text, at);
      if (typeof end !== "number") return end;
      at = end;
      want = want.startsWith("name") ? "colon" : open.length === 0 ? "nothing" : "comma or end";
    } else if (want.startsWith("name")) {
      return { at, kind: "other" };
    } else if (char === "{" || char === "[") {
      open.push(char);
      at++;
      want = char === "{" ? "name or end" : "value or end";
    } else {
      const end = behind(WORD, text, at);
      if (end === null) return { at, kind: "other" };
      at = end;
      want = open.length === 0 ? "nothing" : "comma or end";
    }
  }
}

/** @returns The index behind a quoted text, or where it is wrong: at the end of a line, a quotation mark is missing. */
function scanText(text: string, start: number): number | Stop {
  let at = start + 1;
  while (true) {
    const char = text[at];
    if (char === undefined) return { at, kind: "end" };
    if (char === '"') return at + 1;
    if (char < " ") return { at, kind: "other" };
    if (char === "\\") {
      const end = behind(ESCAPE, text, at);
      if (end === null) return { at, kind: at + 1 === text.length ? "end" : "backslash" };
      at = end;
    } else at++;
  }
}

function behind(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}
