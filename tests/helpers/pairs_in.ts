/** Tells in short what `import` finds in a text of made-up keys, so that a table of layouts can be read. */

import { importText } from "../../lib/core/import/import_text.ts";
import { normalizeText } from "../../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./key_texts.ts";

const NUMBERS: readonly number[] = Array.from({ length: 10 }, (_, at) => at);

/**
 * Reads a text.
 *
 * @param text With keys of `keyOf` and Key IDs of `idOf`, 0 to 9.
 * @returns `0=0 C:` for a pair of that number and its drive, `?` for what is not known; others stand as they are.
 */
export function pairsIn(text: string): string {
  const ofId = (id: string | null): string =>
    id === null ? "?" : String(NUMBERS.find((at) => idOf(at) === id) ?? id);
  return importText(normalizeText(text)).keys.map(({ keyId, recoveryPassword, drive }) => {
    const key = NUMBERS.find((at) => keyOf(at) === recoveryPassword) ?? "?";
    return `${ofId(keyId)}=${key}${drive === null ? "" : ` ${drive}`}`;
  }).join(", ");
}
