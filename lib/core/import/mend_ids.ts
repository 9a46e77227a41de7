/** Writes Key IDs with hyphens that stand without, or with other signs in their place. */

import { roleOf } from "./field_roles.ts";

/** Eight, four, four, four and twelve characters are nothing else. */
const PARTED =
  /(?<![0-9A-Za-z-])([0-9a-f]{8})([ ._:/])([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{4})\2([0-9a-f]{12})$/i;
const LONGEST_PARTED = 37;
/** Of a whole ID, and of the last part of one. */
const [WHOLE, PART] = [32, 12];
/** A checksum has as many characters as an ID: the name before decides. */
const NAME = /([\p{L}][\p{L} .'-]{1,40})[ \t]{0,4}[:=]?[ \t"'{]{0,4}$/u;
const LONGEST_NAME = 60;

/**
 * Mends.
 *
 * @param text As `normalizeText` gives it.
 * @returns The same, as many lines.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(
 *   mendIds("Key ID: 58E9DFAD72354E32B7F1CDC5D4EC89C5"),
 *   "Key ID: 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5",
 * );
 * ```
 */
export function mendIds(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of hexRuns(text)) {
    const length = end - start;
    // most are whole with their hyphens
    if (length === PART && !" ._:/".includes(text[start - 1] ?? "-")) continue;
    if ((length !== WHOLE && length !== PART) || /[0-9A-Za-z-]/.test(text[end] ?? "")) continue;
    const [from, id] = length === PART ? partedAt(text, end) : wholeAt(text, start);
    if (id === null || from < done) continue;
    parts.push(text.slice(done, from), id);
    done = end;
  }
  return done === 0 ? text : parts.join("") + text.slice(done);
}

function partedAt(text: string, end: number): readonly [from: number, id: string | null] {
  const [whole, first, , ...others] = PARTED.exec(text.slice(Math.max(0, end - LONGEST_PARTED), end)) ?? [];
  return whole === undefined ? [0, null] : [end - whole.length, [first, ...others].join("-")];
}

function wholeAt(text: string, start: number): readonly [from: number, id: string | null] {
  const [, name] = NAME.exec(text.slice(Math.max(0, start - LONGEST_NAME), start)) ?? [];
  if (name === undefined || roleOf(name) !== "key-id") return [0, null];
  return [start, text.slice(start, start + WHOLE).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-")];
}

/** Runs as long as the last part of an ID, at least: one of so many characters is looked at. */
function* hexRuns(
  text: string,
): Generator<{ readonly start: number; readonly end: number }, void, undefined> {
  for (let at = PART - 1; at < text.length; at += PART) {
    if (!isHex(text.charCodeAt(at))) continue;
    let [start, end] = [at, at + 1];
    while (isHex(text.charCodeAt(start - 1))) start--;
    while (isHex(text.charCodeAt(end))) end++;
    if (end - start >= PART) yield { start, end };
    at = end - 1;
  }
}

function isHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}
