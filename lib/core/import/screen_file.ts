/** Tells quickly that a whole file has nothing to do with BitLocker, so that no reader need look at it. */

import { behindDigits, type Codes, GROUP, isDigit, isForeignDigit, isHex, isHexRun } from "./screen_codes.ts";

const KIND = { other: 0, digit: 1, hyphen: 2, letter: 3, sign: 4, high: 5, hex: 6 } as const;

/** The letter of each word that the fewest other words have. */
const CLASS = new Uint8Array(256).fill(KIND.high, 128);
for (let code = 48; code <= 57; code++) CLASS[code] = KIND.digit;
for (const one of "ABCDEF") CLASS[one.charCodeAt(0)] = KIND.hex;
for (const one of "vkpyqxVKPYQX") CLASS[one.charCodeAt(0)] = KIND.letter;
for (const one of ":%[") CLASS[one.charCodeAt(0)] = KIND.sign;
CLASS[45] = KIND.hyphen;

/**
 * Tells whether any reader could find something in a file.
 *
 * @param codes All of it.
 * @returns `false` when it holds neither keys, Key IDs or states of volumes, nor words about them or of an error.
 */
export function mayMatter(codes: Codes): boolean {
  let done = 0;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    const kind = code > 255 ? KIND.high : CLASS[code];
    if (kind === KIND.other) continue;
    if (kind === KIND.digit) {
      const start = at;
      while (isDigit(codes[at + 1])) at++;
      // shorter runs are parts of dates and numbers, and those that follow a longer one were looked at with it
      if (at - start + 1 < GROUP || start < done) continue;
      done = behindDigits(codes, start);
      if (done < 0) return true;
    } else if (
      kind === KIND.letter
        ? isWord(codes, at)
        : kind === KIND.sign
        ? isState(codes, at)
        : kind === KIND.hyphen
        ? isHyphen(codes, at)
        : kind === KIND.hex
        ? isShortId(codes, at)
        : isHigh(codes, at)
    ) return true;
  }
  return false;
}

/** Words by a rare letter of theirs: what stands before it, and behind it. */
const WORDS: readonly (readonly [before: string, letter: string, behind: string])[] = [
  ["reco", "v", "er"],
  ["", "v", "olume"],
  ["f", "v", "e"],
  ["loc", "k", "er"],
  ["", "k", "eyid"],
  ["", "k", "ey id"],
  ["", "k", "ey-id"],
  ["", "k", "ey_id"],
  ["", "p", "rotect"],
  ["cr", "y", "pt"],
  ["y", "q", "ualif"],
  ["0", "x", "8"],
];

/** What begins a line of an error, in the languages of `import_text.ts`. */
const ERRORS: ReadonlySet<string> = new Set([
  "error",
  "fehler",
  "erreur",
  "errore",
  "erro",
  "hata",
  "chyba",
  "hiba",
]);
/** Of the others, Russian has the longest in UTF-8. */
const LONGEST_ERROR = 12;

/** The letter and the code behind it, as one number: a look at both tells most words apart. */
const pairOf = (letter: number, next: number): number => letter << 7 | next;
const BY_PAIR = new Map<number, (readonly [readonly number[], readonly number[]])[]>();
const IS_PAIR = new Uint8Array(2 ** 14);
for (const [before, letter, behind] of WORDS) {
  const pair = pairOf(letter.charCodeAt(0), behind.charCodeAt(0));
  BY_PAIR.set(pair, [...BY_PAIR.get(pair) ?? [], [codesOf(before), codesOf(behind)]]);
  IS_PAIR[pair] = 1;
}

function codesOf(text: string): readonly number[] {
  return Array.from(text, (one) => one.charCodeAt(0));
}

function lower(code: number | undefined): number {
  return code === undefined ? 0 : code >= 65 && code <= 90 ? code + 32 : code;
}

function isWord(codes: Codes, at: number): boolean {
  const pair = pairOf(lower(codes[at]), lower(codes[at + 1]));
  if (IS_PAIR[pair] !== 1) return false;
  for (const [before, behind] of BY_PAIR.get(pair) ?? []) {
    if (has(codes, at + 1, behind) && has(codes, at - before.length, before)) return true;
  }
  return false;
}

function has(codes: Codes, from: number, word: readonly number[]): boolean {
  for (let index = 0; index < word.length; index++) {
    if (lower(codes[from + index]) !== word[index]) return false;
  }
  return true;
}

/** A volume's line and the percentage of `manage-bde`, see `read_manage_bde.ts`; an error's line. */
function isState(codes: Codes, at: number): boolean {
  if (codes[at] === 37) return backTo(codes, at, 16) >= 0;
  if (codes[at] === 58) return isErrorLine(codes, at);
  const colon = backTo(codes, at, 64);
  return colon > 0 && isLetter(codes[colon - 1]) && !isLetter(codes[colon - 2]);
}

/** @returns Place of a colon, a full-width one too, on the line before a place; -1 without one. */
function backTo(codes: Codes, from: number, most: number): number {
  for (let at = from - 1; at >= Math.max(0, from - most); at--) {
    const code = codes[at];
    if (code === 10) return -1;
    if (code === 58 || code === 0xff1a) return at;
    if (code === 0xef && codes[at + 1] === 0xbc && codes[at + 2] === 0x9a) return at;
  }
  return -1;
}

function isLetter(code: number | undefined): boolean {
  const one = lower(code);
  return one >= 97 && one <= 122;
}

function isErrorLine(codes: Codes, colon: number): boolean {
  let end = colon;
  while (end > 0 && codes[end - 1] === 32) end--;
  let start = end;
  let isForeign = false;
  while (start > 0 && end - start <= LONGEST_ERROR && isWordCode(codes[start - 1])) {
    start--;
    isForeign ||= (codes[start] ?? 0) > 127;
  }
  let line = start;
  while (line > 0 && (codes[line - 1] === 32 || codes[line - 1] === 9)) line--;
  const before = codes[line - 1];
  if (end === start || (before !== undefined && before !== 10 && before !== 13)) return false;
  return isForeign || ERRORS.has(String.fromCharCode(...codes.subarray(start, end)).toLowerCase());
}

function isWordCode(code: number | undefined): boolean {
  return code !== undefined && (code > 127 || isLetter(code) || (code >= 48 && code <= 57));
}

/** Two hyphens about a group of a GUID, also of one that a line end broke; `manage-bde`. */
function isHyphen(codes: Codes, at: number): boolean {
  if (codes[at + 5] === 45 && isHexRun(codes, at + 1, 4)) {
    return isHexRun(codes, at - 4, 4) || isHexRun(codes, at + 6, 4);
  }
  return has(codes, at + 1, [98, 100, 101]);
}

const SHORT_ID = 8;

/** The eight characters of a Key ID that the blue screen shows, as a word, seen from one of its letters. */
function isShortId(codes: Codes, at: number): boolean {
  let start = at;
  while (at - start < SHORT_ID && isWordCode(codes[start - 1])) start--;
  let letters = 0;
  let end = start;
  while (end - start <= SHORT_ID && isWordCode(codes[end])) {
    const code = codes[end] ?? 0;
    if (!isHex(code) || code >= 97) return false;
    if (code >= 65) letters++;
    end++;
  }
  return end - start === SHORT_ID && letters < SHORT_ID;
}

/** Digits and signs of other scripts; a dash of a word processor within a GUID. */
function isHigh(codes: Codes, at: number): boolean {
  const code = codes[at] ?? 0;
  if (code > 255) {
    // full-width digits, per cent, bracket and Arabic digits
    if ((code >= 0xff10 && code <= 0xff19) || code === 0xff05 || code === 0xff3b) return true;
    if ((code >= 0x660 && code <= 0x66a) || (code >= 0x6f0 && code <= 0x6f9)) return true;
  } else if (isForeignDigit(codes, at)) return true;
  else if (code === 0xef && codes[at + 1] === 0xbc && (codes[at + 2] === 0x85 || codes[at + 2] === 0xbb)) {
    return true;
  } else if (code === 0xd9 && codes[at + 1] === 0xaa) return true;
  if (!isHexRun(codes, at - 4, 4)) return false;
  let end = at + 1;
  while (end - at < 12 && (codes[end] ?? 0) > 127) end++;
  return isHexRun(codes, end, 4);
}
