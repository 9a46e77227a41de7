/** Key IDs that nearly are what was typed: for the eye to compare, not to open a drive with. */

import { distance } from "fastest-levenshtein";
import { readAsDigits } from "../read_as_digits.ts";
import { type FindQuery, SHOWN_ON_SCREEN } from "./read_query.ts";

/** A Key ID near the typed characters. */
export interface NearKeyId {
  /** As it was given. */
  readonly keyId: string;
  /** Characters to change, add or leave out; two swapped ones count as one. 0: it begins as typed. */
  readonly distance: number;
  /** The difference in words. */
  readonly difference: string;
}

/** By chance, one Key ID in 700 000 is two characters from eight typed ones; with three it is one in 20 000. */
const FARTHEST = 2;

/** More are no help to anybody. */
const MOST = 5;

/**
 * Looks for Key IDs near what was typed.
 *
 * @param query What was typed.
 * @param keyIds All that are known: upper case, no braces.
 * @returns The nearest, at most five; none when the text is no Key ID.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readQuery } from "./read_query.ts";
 * const [near] = nearKeyIds(readQuery("58E9DFAD"), ["58E9DF4D-7235-4E32-B7F1-CDC5D4EC89C5"]);
 * assert.equal(near?.difference, "one character apart: the 7th is 4, not A");
 * ```
 */
export function nearKeyIds(query: FindQuery, keyIds: Iterable<string>): readonly NearKeyId[] {
  if (query.typed === null) return [];
  const typed = readAsDigits(query.typed);
  const isShort = typed.length < SHOWN_ON_SCREEN;
  const near: NearKeyId[] = [];
  for (const keyId of new Set(keyIds)) {
    const whole = keyId.replaceAll("-", "");
    if (isShort && whole.startsWith(typed)) {
      near.push({ keyId, distance: 0, difference: "it begins so" });
    } else if (typed.length >= SHOWN_ON_SCREEN - 1) {
      const one = compare(typed, whole);
      if (one !== null) near.push({ keyId, ...one });
    }
  }
  const sorted = near.sort((a, b) => a.distance - b.distance || (a.keyId < b.keyId ? -1 : 1));
  // beside one that differs in one character, those that differ in two are noise
  const least = Math.max(1, sorted[0]?.distance ?? 1);
  return sorted.filter((one) => one.distance <= least).slice(0, MOST);
}

function compare(typed: string, whole: string): Omit<NearKeyId, "keyId"> | null {
  const start = whole.slice(0, typed.length);
  const swapped = swapAt(typed, start);
  if (swapped !== null) {
    return {
      distance: 1,
      difference: `the ${sayPlace(swapped)} and ${sayPlace(swapped + 1)} character swapped`,
    };
  }
  const same = distance(typed, start);
  if (same === 1) return { distance: 1, difference: sayOther(typed, start) };
  // seven characters with one missing are the eight of the screen
  if (distance(typed, whole.slice(0, typed.length + 1)) === 1) {
    return { distance: 1, difference: "one character missing" };
  }
  if (typed.length < SHOWN_ON_SCREEN) return null;
  if (distance(typed, whole.slice(0, typed.length - 1)) === 1) {
    return { distance: 1, difference: "one character too many" };
  }
  if (same <= FARTHEST) return { distance: same, difference: `${same} characters apart` };
  const hasSameStart = whole.startsWith(typed.slice(0, SHOWN_ON_SCREEN));
  return hasSameStart ? { distance: same, difference: "only its first eight characters are the same" } : null;
}

function sayOther(typed: string, start: string): string {
  const at = Array.from(typed).findIndex((one, index) => one !== start.charAt(index));
  return `one character apart: the ${sayPlace(at)} is ${start.charAt(at)}, not ${typed.charAt(at)}`;
}

/** Where two neighbours changed places, and nothing else differs. */
function swapAt(typed: string, start: string): number | null {
  const at = Array.from(typed).findIndex((one, index) => one !== start.charAt(index));
  const back = typed.charAt(at + 1) + typed.charAt(at);
  const fits = at >= 0 && typed.slice(0, at) + back + typed.slice(at + 2) === start;
  return fits ? at : null;
}

/** @param at From 0. */
function sayPlace(at: number): string {
  const number = at + 1;
  const ending = Math.floor(number / 10) === 1 ? "th" : ["th", "st", "nd", "rd"][number % 10] ?? "th";
  return `${number}${ending}`;
}
