/** From what a person types to what is looked for: characters of a Key ID, or a name. */

import { oneLine } from "../how_to_say.ts";
import { normalizeText } from "../import/normalize_text.ts";
import { readAsDigits } from "../read_as_digits.ts";
import { redactSecrets } from "../recovery_password.ts";

/** What is looked for. */
export interface FindQuery {
  /** The text, fit to be repeated on one line. */
  readonly shown: string;
  /** Name of a PC or label of a drive, as {@link comparableName} gives it. */
  readonly name: string;
  /** The characters of a Key ID as typed: upper case, nothing between; `null` when the text is none. */
  readonly typed: string | null;
  /** The same with O, I, L and S read as digits; `null` where a character is still not hexadecimal. */
  readonly hex: string | null;
}

/** The blue screen shows so many characters of a Key ID. */
export const SHOWN_ON_SCREEN = 8;

/** A part of a name must be so long: one or two letters are in too many names. */
export const FEWEST_OF_NAME = 3;

/** Fewer begin too many Key IDs to be worth a word. */
const FEWEST = 4;

/** A GUID has 32; a few more may have been typed twice. */
const MOST = 34;

/** So many characters that no Key ID has are still taken as slips. */
const MOST_STRANGE = 2;

/** Cyrillic and Greek letters that look like Latin ones: what such a keyboard types for them. */
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ["АВСЕОІЅ", "ABCEOIS"],
    ["авсеоіѕ", "abceois"],
    ["ΑΒΕΟΙ", "ABEOI"],
  ].flatMap(([from = "", to = ""]) => Array.from(from, (letter, at) => [letter, to.charAt(at)])),
);

/** Most names: there is nothing to bring into another form. */
const PLAIN = /^[\w.-]{1,80}$/;

const QUOTES = /["'`´‘-‟‹›«»{}()[\]<>]/g;

/** Words that stand before a Key ID on screens and in notes; `ID` alone could pass as a part of one. */
const LABEL = /^(?:(?:the|my|bitlocker|recovery|key|id|identifier|guid|kennung)[\s-]+)+/i;

const WHOLE = /(?<![0-9A-Z])[0-9A-Z]{8}(?:-[0-9A-Z]{4}){3}-[0-9A-Z]{12}(?![0-9A-Z])/;

/**
 * Reads a text.
 *
 * @param text As typed: Key ID in any spelling, perhaps with words before it; or a name.
 * @returns What to look for.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(readQuery("Key ID: {58e9dfad-…").hex, "58E9DFAD");
 * assert.equal(readQuery("5BE9 DFAO").hex, "5BE9DFA0");
 * assert.equal(readQuery("Anna's laptop").typed, null);
 * ```
 */
export function readQuery(text: string): FindQuery {
  const plain = Array.from(normalizeText(text), (one) => LATIN[one] ?? one).join("").replace(
    /[.…,;!?]+$/,
    "",
  );
  const typed = typedId(plain);
  return {
    shown: redactSecrets(oneLine(text, 80)),
    name: comparableName(text),
    typed,
    hex: typed === null || !/^[0-9A-FOILS]+$/.test(typed) ? null : readAsDigits(typed),
  };
}

/**
 * Brings names of PCs and labels of drives into a form in which they can be compared.
 *
 * @param name As typed, or as a folder or report has it.
 * @returns On one line, lower case, without quotation marks.
 */
export function comparableName(name: string): string {
  if (PLAIN.test(name)) return name.toLowerCase();
  return oneLine(normalizeText(name).replace(QUOTES, "")).toLowerCase();
}

function typedId(plain: string): string | null {
  const whole = WHOLE.exec(plain.toUpperCase())?.[0];
  const words = whole ?? plain.slice(Math.max(...[":", "#", "="].map((mark) => plain.lastIndexOf(mark))) + 1);
  const bare = words.replace(QUOTES, " ").trim().replace(LABEL, "").toUpperCase();
  const run = longestRun(bare.split(/\s+/));
  if (run.length > MOST) return null;
  if (run === squeeze(bare)) return run.length >= FEWEST ? run : null;
  if (run.length >= SHOWN_ON_SCREEN) return run;
  return isMostlyHex(squeeze(bare)) ? squeeze(bare) : null;
}

/** Words in a row that can be parts of a Key ID, joined; the longest such row. */
function longestRun(words: readonly string[]): string {
  let longest = "";
  let run = "";
  for (const word of words) {
    // "is" and the like are words, though they could be read as digits
    const isPart = /^[0-9A-FOILS-]+$/.test(word) && !/^[OILS]{1,3}$/.test(word);
    run = isPart ? run + squeeze(word) : "";
    if (run.length > longest.length) longest = run;
  }
  return longest;
}

/** A Key ID typed with letters that no rule can tell, one or two: only good to look for near ones. */
function isMostlyHex(text: string): boolean {
  if (text.length < SHOWN_ON_SCREEN - 1 || text.length > MOST || !/^[0-9A-Z]+$/.test(text)) return false;
  return text.replace(/[0-9A-FOILS]/g, "").length <= MOST_STRANGE && /[0-9]/.test(text);
}

function squeeze(text: string): string {
  return text.replace(/[\s-]/g, "");
}

/**
 * Tells whether somebody typed the recovery key itself, or a good part of it, in place of the Key ID.
 *
 * @param text As typed.
 * @returns Whether it looks so. It must then not be repeated anywhere.
 */
export function looksLikeRecoveryKey(text: string): boolean {
  const plain = normalizeText(text);
  if (WHOLE.test(plain.toUpperCase())) return false;
  if (/(?<![0-9A-F])(?:[0-9]{6}[\s-]{1,3}){2}[0-9]{6}(?![0-9A-F])/i.test(plain)) return true;
  return /(?<![0-9A-F])[0-9]{33,}(?![0-9A-F])/i.test(plain.replace(/[\s-]/g, ""));
}
