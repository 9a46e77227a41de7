/** How well typed characters fit a Key ID: slips that cannot be told apart on a screen are forgiven. */

import { type FindQuery, SHOWN_ON_SCREEN } from "./read_query.ts";

/** How a Key ID fits. */
export interface Fit {
  /** 0 as typed, or letters that no Key ID has read as digits; 1 with 8 and B taken for each other; 2 within it. */
  readonly rank: 0 | 1 | 2;
  /** In words, what was read as what; `null` when it fits as typed. */
  readonly slip: string | null;
}

/**
 * Compares typed characters with a Key ID.
 *
 * @param query What was typed.
 * @param keyId Upper case, no braces.
 * @returns How it fits; `null` when it does not, or when too few characters were typed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { readQuery } from "./read_query.ts";
 * const keyId = "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5";
 * assert.deepEqual(fitKeyId(readQuery("58e9dfad"), keyId), { rank: 0, slip: null });
 * assert.deepEqual(fitKeyId(readQuery("SBE9DFAD"), keyId), { rank: 1, slip: "S read as 5, B read as 8" });
 * ```
 */
export function fitKeyId(query: FindQuery, keyId: string): Fit | null {
  const { typed, hex } = query;
  const whole = keyId.replaceAll("-", "");
  // the Key ID of some self-encrypting drives is a word
  if (query.name === keyId.toLowerCase()) return { rank: 0, slip: null };
  if (typed === null || hex === null || hex.length < SHOWN_ON_SCREEN) return null;
  if (whole.startsWith(hex)) return { rank: 0, slip: slipOf(typed, hex) };
  const start = whole.slice(0, hex.length);
  if (alike(start) === alike(hex)) return { rank: 1, slip: slipOf(typed, start) };
  return whole.includes(hex)
    ? { rank: 2, slip: [slipOf(typed, hex), "found within the Key ID"].filter(Boolean).join(", ") }
    : null;
}

/** 8 and B look alike on a screen across the room, and both are hexadecimal. */
function alike(hex: string): string {
  return hex.replaceAll("B", "8");
}

function slipOf(typed: string, read: string): string | null {
  const slips = new Set<string>();
  for (let at = 0; at < typed.length; at++) {
    const [from, to] = [typed.charAt(at), read.charAt(at)];
    if (from !== to) slips.add(`${from} read as ${to}`);
  }
  return slips.size === 0 ? null : [...slips].join(", ");
}

/**
 * Gives what a name must contain to fit without a closer look.
 *
 * @param query What was typed.
 * @returns Upper case characters; `null` when the text is no Key ID.
 */
export function needleOf(query: FindQuery): string | null {
  const { hex } = query;
  return hex === null || hex.length < SHOWN_ON_SCREEN ? null : hex.slice(0, SHOWN_ON_SCREEN);
}
