/** Looks for any of many needles in a text at once. */

import { latin, type Needle, squeeze } from "./needles.ts";
import type { SecretKind } from "./secrets.ts";

/** Tells what of the secrets stands in bytes or a text: `digits as base64 of UTF-16LE`. */
export type Search = (hay: Uint8Array | string) => readonly Found[];

/** What was found; never the secret itself. */
export interface Found {
  readonly kind: SecretKind;
  readonly form: string;
}

/** Needles are found by their first signs. */
const HEAD = 8;

/** Makes the search for these needles. */
export function searchFor(needles: readonly Needle[]): Search {
  const byHead = Map.groupBy(needles, ({ text }) => text.slice(0, HEAD));
  // One look at a table tells of most places that no needle begins there.
  const pairs = new Uint8Array(65536);
  for (const { text } of needles) pairs[text.charCodeAt(0) << 8 | text.charCodeAt(1)] = 1;
  const look = (text: string, found: Map<string, Found>): void => {
    for (let at = 0; at + HEAD <= text.length; at++) {
      if (pairs[text.charCodeAt(at) << 8 | text.charCodeAt(at + 1)] === 0) continue;
      const candidates = byHead.get(text.slice(at, at + HEAD)) ?? [];
      for (const { kind, form, text: needle } of candidates) {
        if (text.startsWith(needle, at)) found.set(`${kind} ${form}`, { kind, form });
      }
    }
  };
  return (hay) => {
    const text = latin(typeof hay === "string" ? new TextEncoder().encode(hay) : hay);
    const found = new Map<string, Found>();
    const views = new Set([text, squeeze(text), unescaped(text)]);
    for (const view of views) look(view, found);
    return [...found.values()];
  };
}

/** JSON may spell any sign by its number. */
function unescaped(text: string): string {
  return text.replace(/\\u00([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
