/** Brings text into a form in which digits, dashes and blanks are always the same characters. */

/** U+FF01 to U+FF5E are ASCII 0x21 to 0x7E, made as wide as a Chinese character. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_WIDTH_OFFSET = 0xfee0;

/** Blanks that are no line end; the no-break space stands before colons in French, and in copied web pages. */
const BLANKS = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/** Dashes that word processors and web pages put in place of a hyphen. */
const DASHES = /[\u2010-\u2015\u2212\u2043\ufe58\ufe63]/g;

/** What draws nothing or turns the direction of writing: copied along from web pages, mails and Arabic consoles. */
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\0]/g;

/** Arabic-Indic and Extended Arabic-Indic digits: each block begins with the nought. */
const ARABIC_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/** Line ends of all systems, of printers and of Unicode. */
const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

const ALL_ASCII = /^[\n\t\x20-\x7e]*$/;

/**
 * Makes digits, dashes, blanks, line ends and full-width characters ASCII, and takes out what draws nothing.
 *
 * @param text Any text.
 * @returns The same text; lines part at `\n`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(normalizeText("\uff12\uff14\u2013\u00a05\r\n"), "24- 5\n");
 * ```
 */
export function normalizeText(text: string): string {
  if (ALL_ASCII.test(text)) return text;
  return text
    .replace(LINE_ENDS, "\n")
    .replace(INVISIBLE, "")
    .replace(FULL_WIDTH, (one) => String.fromCharCode(one.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(BLANKS, " ")
    .replace(DASHES, "-")
    .replace(ARABIC_DIGITS, (one) => String((one.charCodeAt(0) - 0x660) % 0x10));
}
