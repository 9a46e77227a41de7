/** Reads the beginning of a Key ID, which is all that the account page and the blue screen show of it. */

import { readAsDigits } from "../read_as_digits.ts";

const SHORT_ID = /^\{?([0-9A-F]{8})\}?(?:…|\.{3})?$/;
const WITH_SLIPS = /^\{?([0-9A-FOILS]{8})\}?(?:…|\.{3})?$/;
/** A word of such letters has none. */
const LEAST_DIGITS = 2;

/**
 * Reads what something calls a Key ID.
 *
 * @param text A value or a cell.
 * @returns Its eight characters, upper case, letters that text recognition put for digits read as those; `null`
 * when it is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(shortIdOf("58E9DFAD…"), "58E9DFAD");
 * assert.equal(shortIdOf("58E9DFAO"), "58E9DFA0");
 * assert.equal(shortIdOf("Disabled"), null);
 * ```
 */
export function shortIdOf(text: string): string | null {
  const upper = text.trim().toUpperCase();
  const exact = SHORT_ID.exec(upper)?.[1];
  if (exact !== undefined) return exact;
  const typed = WITH_SLIPS.exec(upper)?.[1];
  const digits = typed?.match(/\d/g)?.length ?? 0;
  return typed === undefined || digits < LEAST_DIGITS ? null : readAsDigits(typed);
}
