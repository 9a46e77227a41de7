/** Parts a record whose fields are lists of equal length: PowerShell prints an array's members so, in one order. */

import { roleOf } from "./field_roles.ts";
import type { RecordField } from "./read_record.ts";
import { scanTokens } from "./scan_tokens.ts";

/** A list of one is no list. */
const LEAST = 2;

/**
 * Parts a record.
 *
 * @param fields Of one record of a listing: `KeyProtectorId : {{…}, {…}}`, `RecoveryPassword : {…, …}`.
 * @returns A record for each place; fields that are no lists stand in all. `null` where Key IDs and keys are not both
 * lists of one length.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const rows = rowsOfLists([
 *   { name: "KeyProtectorId", value: "{{A}, {B}}" },
 *   { name: "RecoveryPassword", value: "{, 1}" },
 * ]);
 * assert.deepEqual(rows?.[1]?.map(({ value }) => value), ["{B}", "1"]);
 * ```
 */
export function rowsOfLists(fields: readonly RecordField[]): readonly (readonly RecordField[])[] | null {
  const lists = fields.map(({ value }) => itemsOf(value));
  const lengthOf = (role: "key-id" | "recovery-key"): number | null => {
    const lengths = fields.flatMap(({ name }, at) => roleOf(name) === role ? [lists[at]?.length ?? 0] : []);
    return lengths.length === 1 ? lengths[0] ?? null : null;
  };
  const length = lengthOf("key-id");
  if (length === null || length < LEAST || lengthOf("recovery-key") !== length) return null;
  // a third list of another length: somebody counted otherwise
  if (lists.some((items) => items !== null && items.length >= LEAST && items.length !== length)) return null;
  // another record's Key ID or digits came along: they would stand in all rows
  const isMixed = fields.some(({ value }, at) =>
    (lists[at]?.length ?? 0) < LEAST && scanTokens(value).length > 0
  );
  if (isMixed) return null;
  return Array.from({ length }, (_, row) =>
    fields.map(({ name, value }, at): RecordField => {
      const items = lists[at] ?? null;
      return { name, value: items === null || items.length < LEAST ? value : items[row] ?? "" };
    }));
}

/** @returns What commas part within the outer braces; `null` for what is no list. */
function itemsOf(value: string): readonly string[] | null {
  if (!value.startsWith("{") || !value.endsWith("}")) return null;
  const inner = value.slice(1, -1);
  const items: string[] = [];
  let depth = 0;
  let begin = 0;
  for (let at = 0; at < inner.length; at++) {
    const one = inner[at];
    if (one === "{") depth++;
    else if (one === "}" && --depth < 0) return null;
    else if (one === "," && depth === 0) {
      items.push(inner.slice(begin, at).trim());
      begin = at + 1;
    }
  }
  return depth === 0 ? [...items, inner.slice(begin).trim()] : null;
}
