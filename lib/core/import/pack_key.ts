/** Packs Key IDs and digits into 16 bytes each, and a short Key ID into four. */

/** Of a whole Key ID, or of digits: 32-bit words. */
export const PACKED_WORDS = 4;

const GUID = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/;
const SHORT_ID = /^[0-9A-F]{8}$/;
const PASSWORD = /^(?:\d{6}-){7}\d{6}$/;
/** Each group of a recovery password is a multiple of 11 and 16 bits then, see `recovery_password.ts`. */
const FACTOR = 11;
const GROUP_LIMIT = 2 ** 16;
/** Digits of a group and its hyphen. */
const GROUP = 7;
/** Hexadecimal digits of a word. */
const WORD_DIGITS = 8;

/**
 * Packs a Key ID.
 *
 * @param text Any text.
 * @param into Gets four words.
 * @returns `false` when the text is no GUID in upper case; nothing is written then.
 */
export function packId(text: string, into: Uint32Array): boolean {
  if (!GUID.test(text)) return false;
  const hex = text.replaceAll("-", "");
  for (let word = 0; word < PACKED_WORDS; word++) {
    into[word] = parseInt(hex.slice(word * WORD_DIGITS, (word + 1) * WORD_DIGITS), 16);
  }
  return true;
}

/**
 * Packs the first eight characters of a Key ID, where they are all that is known.
 *
 * @param text Any text.
 * @param into Gets one word.
 * @returns `false` when the text is anything else; nothing is written then.
 */
export function packShortId(text: string, into: Uint32Array): boolean {
  if (!SHORT_ID.test(text)) return false;
  into[0] = parseInt(text, 16);
  return true;
}

/**
 * Packs digits.
 *
 * @param text Any text.
 * @param into Gets four words.
 * @returns `false` when the text is no recovery password; what was written is to be overwritten then.
 */
export function packDigits(text: string, into: Uint32Array): boolean {
  if (!PASSWORD.test(text)) return false;
  for (let word = 0; word < PACKED_WORDS; word++) {
    const one = Number(text.slice(word * 2 * GROUP, word * 2 * GROUP + 6)) / FACTOR;
    const other = Number(text.slice((word * 2 + 1) * GROUP, (word * 2 + 1) * GROUP + 6)) / FACTOR;
    if (!isGroup(one) || !isGroup(other)) return false;
    into[word] = one * GROUP_LIMIT + other;
  }
  return true;
}

function isGroup(value: number): boolean {
  return Number.isInteger(value) && value < GROUP_LIMIT;
}

/**
 * Unpacks a Key ID.
 *
 * @param packed Four words of {@link packId}, or one of {@link packShortId}.
 * @returns The text.
 */
export function unpackId(packed: Uint32Array): string {
  let hex = "";
  for (const word of packed) hex += word.toString(16).padStart(WORD_DIGITS, "0");
  const id = hex.toUpperCase();
  return packed.length < PACKED_WORDS
    ? id
    : `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;
}

/**
 * Unpacks digits.
 *
 * @param packed Four words of {@link packDigits}.
 * @returns The text.
 */
export function unpackDigits(packed: Uint32Array): string {
  let text = "";
  for (const both of packed) {
    text += `${text === "" ? "" : "-"}${groupOf(both >>> 16)}-${groupOf(both % GROUP_LIMIT)}`;
  }
  return text;
}

function groupOf(value: number): string {
  return String(value * FACTOR).padStart(6, "0");
}
