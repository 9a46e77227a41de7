/** Reads tables on their side: names in the first column, a PC or a volume in each of the others. */

import { isKeyCell } from "./column_roles.ts";
import type { Found } from "./found.ts";
import { roleOf } from "./field_roles.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { scanTokens } from "./scan_tokens.ts";

/** More columns nobody puts side by side. */
const MOST_COLUMNS = 200;

/**
 * Reads a table of rows with a name each.
 *
 * @param rows Cells, names first.
 * @param found Gets one key a column.
 * @returns Whether it was one: a row of Key IDs and a row of digits, both with a name that says so or nothing against it.
 */
export function readTransposed(rows: readonly (readonly string[])[], found: Found): boolean {
  const named = rows.filter(([name = ""]) => name.trim() !== "");
  const columns = Math.max(0, ...named.map((row) => row.length));
  if (named.length < 2 || columns < 2 || columns > MOST_COLUMNS) return false;
  if (named.some(([name = ""]) => scanTokens(name).length > 0)) return false;
  const digits = named.filter(([, ...cells]) => cells.some(isKeyCell));
  const ids = named.filter(([name = "", ...cells]) =>
    roleOf(name) === "key-id" && cells.some((cell) => /[0-9a-f]{8}/i.test(cell))
  );
  // several rows of digits are several keys of a PC
  if (digits.length !== 1 || ids.length !== 1 || digits[0] === ids[0]) return false;
  for (let column = 1; column < columns; column++) {
    const fields = named.map((row): RecordField => ({
      name: row[0] ?? "",
      value: row[column] ?? "",
      ...(row === digits[0] ? { role: "recovery-key" } as const : {}),
    }));
    readRecord(fields, { line: rows.indexOf(digits[0] ?? []) + 1, quiet: true }, found);
  }
  return true;
}
