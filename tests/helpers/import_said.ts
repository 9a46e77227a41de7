/** Tells in short all that `import` finds in a text of made-up keys: kind, volumes, keys and other protectors. */

import { importText } from "../../lib/core/import/import_text.ts";
import { normalizeText } from "../../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./key_texts.ts";

const IDS: readonly string[] = [1, 2, 3].map(idOf);

/**
 * Reads a text.
 *
 * @param text With keys of `keyOf` and Key IDs of `idOf`, 1 to 3.
 * @returns `kind; volumes; keys; others`, with `#1` for `idOf(1)`; of digits, `keyOf(1)` is `1`, any other `2`.
 */
export function said(text: string): string {
  const { kind, volumes, keys, otherProtectors } = importText(normalizeText(text));
  const numberOf = (id: string | null): string => {
    const at = IDS.indexOf(id ?? "");
    return at < 0 ? "?" : `#${at + 1}`;
  };
  const digitsOf = (
    digits: string | null,
  ): string => (digits === null ? "-" : digits === keyOf(1) ? "1" : "2");
  return [
    kind,
    ...volumes.map((one) =>
      [
        one.drive ?? "-",
        one.label === null ? "-" : `[${one.label}]`,
        one.conversion ?? "-",
        one.percent ?? "-",
        one.protection ?? "-",
        one.lock ?? "-",
        one.protectorTypes?.join("+") ?? "-",
      ].join(" ")
    ),
    ...keys.map(({ keyId, recoveryPassword, drive }) =>
      `${numberOf(keyId)}=${digitsOf(recoveryPassword)} ${drive ?? "-"}`
    ),
    ...otherProtectors.map(({ id, type, drive }) => `${numberOf(id)} ${type} ${drive ?? "-"}`),
  ].join("; ");
}
