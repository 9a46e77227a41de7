/** Finds Key IDs and digits of recovery keys in a text, in every form in which people and programs write them. */

import { roleOf } from "./field_roles.ts";
import { type FoundDigits, LEAST_DIGITS, scanDigits } from "./scan_digits.ts";

/** A GUID, or the first eight characters of one. */
export interface IdToken {
  /** Tells it from digits. */
  readonly sort: "id";
  /** Upper case, no braces; empty for a piece of a GUID, which stands for one that nobody can know. */
  readonly id: string;
  /** Of its first character, a brace perhaps. */
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
}

/** 48 digits, or what was meant to be. */
export interface KeyToken extends FoundDigits {
  /** Tells it from a Key ID. */
  readonly sort: "key";
}

/** In the text's order. */
export type Token = IdToken | KeyToken;

const GUID =
  /(?:\{|(?<![0-9A-Za-z]|[0-9A-Za-z]-))([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(?![0-9A-Za-z]|-[0-9A-Za-z])\}?/gi;

/** What a lost or a superfluous line end leaves of a GUID. */
const PIECE =
  /(?<![0-9A-Za-z-])-?(?:[0-9a-f]{1,8}-)?(?:[0-9a-f]{4}-){1,3}[0-9a-f]{12}(?![0-9A-Za-z-])|(?<![0-9A-Za-z-])[0-9a-f]{8}-(?:[0-9a-f]{4}-){2,3}(?![0-9A-Za-z]{12})/gi;

/** What never is a Key ID: a volume's path, a file of an external key, a part of a web address or of the registry. */
const NO_KEY_BEFORE = /(?:Volume|CLSID\\|\/|[?&#][^\s?&#=]{0,40}=|\\\\\?\\\S{0,20})$/i;
const NO_KEY_BEHIND = /^\}?(?:\.[bB][eE][kK]\b|\/|\\(?![nrt](?![a-z])|["']))/;

/**
 * Finds all GUIDs and all digits.
 *
 * @param text As {@link normalizeText} gives it.
 * @param count Told of steps, for a test of linear work.
 * @returns Tokens, sorted, none within another.
 */
export function scanTokens(text: string, count: (steps: number) => void = () => {}): readonly Token[] {
  if (text.length < SHORTEST_RUN) return [];
  const ids: IdToken[] = [];
  const masked: string[] = [];
  let done = 0;
  let length = text.length;
  for (const run of hyphenRuns(text, count)) {
    for (const { id, start, end, isKeyId } of idsInRun(text, run)) {
      if (id !== "") {
        masked.push(text.slice(done, start), "\0".repeat(end - start));
        done = end;
        length -= end - start;
      }
      if (isKeyId) ids.push({ sort: "id", id, start, end });
    }
  }
  count(text.length);
  if (length < LEAST_DIGITS) return ids;
  const rest = masked.length === 0 ? text : masked.join("") + text.slice(done);
  const keys = scanDigits(rest, count).map((one): KeyToken => ({ sort: "key", ...one }));
  if (ids.length === 0) return keys;
  return keys.length === 0 ? ids : [...ids, ...keys].sort((one, other) => one.start - other.start);
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Shorter ones hold not even a piece of a GUID. */
const SHORTEST_RUN = 17;

/** Hexadecimal digits with hyphens between, found by their hyphens, which are rare in most texts. */
function* hyphenRuns(text: string, count: (steps: number) => void): Generator<Run, void, undefined> {
  for (let at = text.indexOf("-"); at >= 0;) {
    let start = at;
    while (isHexOrHyphen(text.charCodeAt(start - 1))) start--;
    let end = at + 1;
    while (isHexOrHyphen(text.charCodeAt(end))) end++;
    count(end - start);
    if (end - start >= SHORTEST_RUN) yield { start, end };
    at = text.indexOf("-", end);
  }
}

function isHexOrHyphen(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102) ||
    code === 45;
}

interface RunId extends Run {
  readonly id: string;
  readonly isKeyId: boolean;
}

/** Most runs that are no GUID are a whole key. */
const DIGITS = /^[^\d-]?(?:\d{6}-){7}\d{6}[^\d-]?$/;

/** `session=…`, `CN=…`: with nothing between, only a name that may be a Key ID's counts. */
function isOfOther(before: string): boolean {
  if (!before.endsWith("=")) return false;
  const [, name] = /([\p{L}\p{N}_.-]{0,40})=$/u.exec(before) ?? [];
  return name !== undefined && !["key-id", "plain-id", "recovery-key"].includes(roleOf(name));
}

/** GUIDs first; where there is none, a piece of one. */
function idsInRun(text: string, { start, end }: Run): readonly RunId[] {
  const from = Math.max(0, start - 1);
  const part = text.slice(from, end + 1);
  if (DIGITS.test(part)) return [];
  const found = [...part.matchAll(GUID)].map(({ index, 0: whole, 1: id = "" }): RunId => {
    const place = { start: from + index, end: from + index + whole.length };
    const before = text.slice(Math.max(0, place.start - 48), place.start);
    const behind = text.slice(place.end, place.end + 5);
    return {
      ...place,
      id: id.toUpperCase(),
      isKeyId: !NO_KEY_BEFORE.test(before) && !NO_KEY_BEHIND.test(behind) && !isOfOther(before),
    };
  });
  if (found.length > 0) return found;
  return [...part.matchAll(PIECE)].map(({ index, 0: piece }): RunId => ({
    id: "",
    start: from + index,
    end: from + index + piece.length,
    isKeyId: true,
  }));
}

/**
 * Finds a place among tokens.
 *
 * @param tokens Sorted.
 * @param start A place in their text.
 * @returns Index of the first token that begins there or behind.
 */
export function firstFrom(tokens: readonly Token[], start: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.start ?? Infinity) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A word of eight hexadecimal characters, as the account page and the blue screen show a Key ID. */
const SHORT_ID = /(?<![0-9A-Za-z.:\\/_{-])([0-9A-F]{8})(?![0-9A-Za-z_\\/}-]|\.\w|:\d)/gi;

/**
 * Finds short Key IDs. Only for texts that are known to be about keys: other words have eight characters too.
 *
 * @param text As {@link normalizeText} gives it.
 * @param taken Tokens that are known already.
 * @param isLabelled Tells whether a label before the place says that a Key ID follows.
 * @returns All tokens, sorted.
 */
export function addShortIds(
  text: string,
  taken: readonly Token[],
  isLabelled: (start: number) => boolean,
): readonly Token[] {
  const found: IdToken[] = [];
  let next = 0;
  for (const match of text.matchAll(SHORT_ID)) {
    const start = match.index;
    const end = start + match[0].length;
    while ((taken[next]?.end ?? Infinity) <= start) next++;
    if ((taken[next]?.start ?? Infinity) < end) continue;
    // numbers and dates alone, and words of letters alone, need a label
    const mixed = /[a-f]/i.test(match[0]) && /[0-9]/.test(match[0]);
    if (mixed || isLabelled(start)) found.push({ sort: "id", id: match[0].toUpperCase(), start, end });
  }
  return [...taken, ...found].sort((one, other) => one.start - other.start);
}
