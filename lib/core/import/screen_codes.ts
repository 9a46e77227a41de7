/** Tells quickly, without decoding, that a part of a file has nothing to do with keys: most of what lies in folders. */

/** Bytes of an encoding that has ASCII in it, or units of UTF-16. */
export type Codes = Uint8Array | Uint16Array;

/** What a code may be the middle of. */
const KIND = { other: 0, digit: 1, hyphen: 2, word: 3, wide: 4, arabic: 5 } as const;

const CLASS = new Uint8Array(256);
for (let code = 48; code <= 57; code++) CLASS[code] = KIND.digit;
CLASS[45] = KIND.hyphen;
// of "BitLocker" one letter for each remainder of its place divided by the stride
for (const one of "BckL") CLASS[one.charCodeAt(0)] = KIND.word;
// UTF-8: full-width digits are EF BC 90 to 99, Arabic ones D9 A0 to A9, Persian ones DB B0 to B9
CLASS[0xef] = KIND.wide;
for (const code of [0xd9, 0xdb]) CLASS[code] = KIND.arabic;
for (let low = 0; low < 10; low++) CLASS[0xa0 + low] = CLASS[0xb0 + low] = KIND.arabic;

/** A run of six digits cannot slip through, nor can a GUID, whose hyphens stand 8, 13, 18 and 23 behind its beginning. */
const STRIDE = 4;

const BITLOCKER = Array.from("BitLocker", (one) => one.charCodeAt(0));

/**
 * Tells whether a part of a large file may hold a key.
 *
 * @param codes A part; what its ends cut is not seen.
 * @returns `false` when it holds neither a GUID nor most of a key's digits nor the word BitLocker.
 */
export function mayHoldKeys(codes: Codes): boolean {
  const { length } = codes;
  let done = 0;
  for (let at = 0; at < length; at += STRIDE) {
    const code = codes[at] ?? 0;
    if (code > 255) {
      if (isWideDigit(code)) return true;
      continue;
    }
    switch (CLASS[code]) {
      case KIND.digit: {
        // the first place of six digits in a row that is looked at has two behind it, and one three places away
        if (!isDigit(codes[at + 1]) || !isDigit(codes[at + 2])) break;
        if (!isDigit(codes[at + 3]) && !isDigit(codes[at - 3])) break;
        // those that follow others were looked at with them; what stands between is looked at on its own
        if (at < done) break;
        done = behindDigits(codes, at);
        if (done < 0) return true;
        break;
      }
      case KIND.hyphen:
        if (isInGuid(codes, at)) return true;
        break;
      case KIND.word:
        if (isBitLocker(codes, at)) return true;
        break;
      case KIND.wide:
      case KIND.arabic:
        if (isForeignDigit(codes, at)) return true;
        break;
    }
  }
  return false;
}

/** Full-width, Arabic-Indic, Extended Arabic-Indic. */
function isWideDigit(code: number): boolean {
  return (code >= 0xff10 && code <= 0xff19) || (code >= 0x660 && code <= 0x669) ||
    (code >= 0x6f0 && code <= 0x6f9);
}

/**
 * Tells whether a full-width or Arabic digit of UTF-8 stands at a place, seen from any of its bytes but the inner
 * ones of a full-width digit.
 *
 * @param codes The text.
 * @param at Place of a byte that is not ASCII.
 * @returns Whether one does.
 */
export function isForeignDigit(codes: Codes, at: number): boolean {
  const code = codes[at] ?? 0;
  if (code === 0xef) return codes[at + 1] === 0xbc && isTen(codes[at + 2], 0x90);
  if (code === 0xd9) return isTen(codes[at + 1], 0xa0);
  if (code === 0xdb) return isTen(codes[at + 1], 0xb0);
  return at > 0 &&
    ((codes[at - 1] === 0xd9 && isTen(code, 0xa0)) || (codes[at - 1] === 0xdb && isTen(code, 0xb0)));
}

function isTen(code: number | undefined, first: number): boolean {
  return code !== undefined && code >= first && code < first + 10;
}

/**
 * Tells whether a code is an ASCII digit.
 *
 * @param code Of a text; `undefined` behind its end.
 * @returns Whether it is.
 */
export function isDigit(code: number | undefined): boolean {
  return code !== undefined && code >= 48 && code <= 57;
}

/**
 * Tells whether a code is a hexadecimal digit of any case.
 *
 * @param code Of a text; `undefined` behind its end.
 * @returns Whether it is.
 */
export function isHex(code: number | undefined): boolean {
  return code !== undefined &&
    ((code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102));
}

/** Groups of a key have six digits; of what is cut or joined, some still have. */
export const GROUP = 6;
/** So many groups in a row, or so many digits in one, are the beginning of a key. */
const TELLING_GROUPS = 3;
const TELLING_RUN = 12;
/** Half a key. */
const TELLING_DIGITS = 24;
/** A line end and an indent may stand between two groups: as `scan_digits.ts` takes them. */
const LONGEST_JOINT = 300;

/**
 * Looks at digits and all digits that follow them with no more than blanks, dashes, line ends or tags between.
 *
 * @param codes The text.
 * @param at Place of a digit.
 * @returns Behind all of them; -1 when they may be a key.
 */
export function behindDigits(codes: Codes, at: number): number {
  let start = at;
  while (start > 0 && isDigit(codes[start - 1])) start--;
  let end = endOfDigits(codes, at);
  if (end - start < GROUP) return end;
  let [digits, groups, longest] = [0, 0, 0];
  while (true) {
    const size = end - start;
    digits += size;
    if (size === GROUP) groups++;
    if (size > longest) longest = size;
    if (digits >= TELLING_DIGITS && (groups >= TELLING_GROUPS || longest >= TELLING_RUN)) return -1;
    // JSON writes a dash or blank as `\u2011`
    if (codes[end] === 92 && codes[end + 1] === 117) return -1;
    const next = behindJoint(codes, end);
    if (next === end || !isDigit(codes[next])) return next;
    start = next;
    end = endOfDigits(codes, next);
  }
}

function endOfDigits(codes: Codes, at: number): number {
  let end = at + 1;
  while (end < codes.length && isDigit(codes[end])) end++;
  return end;
}

function behindJoint(codes: Codes, from: number): number {
  const limit = Math.min(codes.length, from + LONGEST_JOINT);
  let at = from;
  while (at < limit) {
    const code = codes[at] ?? 0;
    if (isJoint(code)) at++;
    else if (code === 60 || code === 38) {
      // `</b><b>`, `&nbsp;`
      const close = codes.subarray(at, limit).indexOf(code === 60 ? 62 : 59);
      if (close < 0) return at;
      at += close + 1;
    } else return at;
  }
  return at;
}

/** Blanks, line ends, hyphens, signs of quoted mails; in bytes all that is not ASCII, which may be a dash or blank. */
function isJoint(code: number): boolean {
  if (code < 128) {
    return code === 32 || (code >= 9 && code <= 13) || code === 45 || code === 62 || code === 0;
  }
  return code < 256 || (code >= 0x2000 && code <= 0x206f) || code === 0x2212 || code === 0x3000 ||
    code === 0xfe58 || code === 0xfe63 || code === 0xff0d || code === 0xfeff || code === 0x180e ||
    code === 0x61c || code === 0x2043 || code === 0x1680;
}

/** Of the hyphens of a GUID, two neighbours are five apart, and a group of eight stands before the first. */
function isInGuid(codes: Codes, at: number): boolean {
  let first = at;
  for (let step = 1; step < HYPHENS; step++) {
    if (codes[first - 5] !== 45 || !isHexRun(codes, first - 4, 4)) break;
    first -= 5;
  }
  return isHexRun(codes, first - 8, 8) && codes[first + 5] === 45 && isHexRun(codes, first + 1, 4);
}

/** Of a GUID. */
const HYPHENS = 4;

/**
 * Tells whether hexadecimal digits stand in a row.
 *
 * @param codes The text.
 * @param from Place of the first.
 * @param count How many.
 * @returns Whether all are.
 */
export function isHexRun(codes: Codes, from: number, count: number): boolean {
  if (from < 0 || from + count > codes.length) return false;
  for (let at = from; at < from + count; at++) if (!isHex(codes[at])) return false;
  return true;
}

/** The neighbours first: of the four letters, `c` is in many words. */
function isBitLocker(codes: Codes, at: number): boolean {
  const code = codes[at];
  const isLikely = code === 99
    ? codes[at + 1] === 107
    : code === 107
    ? codes[at + 1] === 101
    : codes[at + 1] === 105 || codes[at + 1] === 111;
  if (!isLikely) return false;
  const start = at - BITLOCKER.indexOf(code ?? 0);
  return start >= 0 && BITLOCKER.every((one, index) => codes[start + index] === one);
}
