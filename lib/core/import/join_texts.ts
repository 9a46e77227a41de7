/** Puts together what the parts of one large text hold. */

import { nothingFound, resultOf } from "./found.ts";
import type { ImportedText, ImportKind } from "./model.ts";

/**
 * Joins.
 *
 * @param texts Results of the parts, in order.
 * @returns One result, in which what stands twice counts once.
 */
export function joinTexts(texts: readonly ImportedText[]): ImportedText {
  const found = nothingFound();
  for (const text of texts) {
    text.keys.forEach(({ keyId, recoveryPassword, drive }, at) => {
      const detail = text.details[at];
      if (detail !== undefined) found.keys.push({ ...detail, keyId, recoveryPassword, drive });
    });
    for (const one of text.otherProtectors) found.others.push(one);
    for (const one of text.volumes) found.volumes.push(one);
    for (const one of text.refused) found.refused.push(one);
    for (const one of text.columns) found.columns.push(one);
  }
  return resultOf(found, kindOf(texts));
}

/** The kind of most keys; of the first part that has one where there are none. */
function kindOf(texts: readonly ImportedText[]): ImportKind {
  const counts = new Map<ImportKind, number>();
  for (const { kind, keys } of texts) counts.set(kind, (counts.get(kind) ?? 0) + keys.length);
  const [first] = [...counts].filter(([kind]) => kind !== "none" && kind !== "label-list")
    .sort(([, one], [, other]) => other - one);
  return first?.[0] ?? texts[0]?.kind ?? "none";
}
