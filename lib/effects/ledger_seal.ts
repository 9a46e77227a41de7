/** The checksum that every row of the ledger carries, and the reading and writing of rows that bear it. */

import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { redactRecoveryPasswords } from "../core/recovery_password.ts";
import { sha256Hex } from "./hash.ts";
import { LEDGER_KEYS, type LedgerTable } from "./ledger_schema.ts";

/** A row without its checksum: columns and values, in the order of the table. Whole numbers only. */
export type LedgerRow = Readonly<Record<string, string | number | null>>;

/** A row with its checksum in the column `sum`. */
export type SealedRow = LedgerRow & { readonly sum: string };

/** What {@link readRows} found. */
export interface RowsRead {
  /** Rows whose checksum is right. */
  readonly good: readonly SealedRow[];
  /** One sentence for each other row, naming table and key. */
  readonly damage: readonly string[];
}

/** 16 bytes of SHA-256: against decay, not against a forger, who could compute them just as well. */
const SUM_HEX_DIGITS = 32;

type Value = SQLOutputValue | undefined;

/** SQLite ends a text at U+0000 when it is read, and keeps no half of a surrogate pair: neither survives a save. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

/** Type and value in one text, so that 1, "1" and null differ. */
function canonical(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "string") return `text ${value}`;
  return `${Number.isInteger(value) || typeof value === "bigint" ? "integer" : typeof value} ${value}`;
}

function sumOf(table: string, row: Readonly<Record<string, Value>>): Promise<string> {
  const names = Object.keys(row).filter((name) => name !== "sum").sort();
  const parts = [table, ...names.flatMap((name) => [name, canonical(row[name])])];
  return sha256Hex(new TextEncoder().encode(JSON.stringify(parts))).then((hex) =>
    hex.slice(0, SUM_HEX_DIGITS)
  );
}

/**
 * Adds the checksum to a row: over the table's name, all columns and their values.
 *
 * @param table Its table.
 * @param row The values. Texts come back with U+FFFD in place of U+0000 and of halves of surrogate pairs.
 * @returns The row as it is to be written.
 * @throws {TypeError} When a number is not a whole one that JavaScript holds exactly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const row = await sealRow("meta", { key: "hostName", value: "ANNA-LAPTOP" });
 * assert.equal(row.sum.length, 32);
 * ```
 */
export async function sealRow(table: string, row: LedgerRow): Promise<SealedRow> {
  const values = Object.entries(row).map(([name, value]) => {
    if (typeof value === "number" && !Number.isSafeInteger(value)) {
      throw new TypeError(`Cannot write "${name}" of table "${table}": ${value} is not a whole number`);
    }
    return [name, typeof value === "string" ? storable(value) : value] as const;
  });
  const clean = Object.fromEntries(values);
  return { ...clean, sum: await sumOf(table, clean) };
}

/** `undefined` when it is not what was written. */
async function verified(table: string, row: Readonly<Record<string, Value>>): Promise<SealedRow | undefined> {
  const { sum } = row;
  if (typeof sum !== "string" || sum !== await sumOf(table, row)) return undefined;
  // What the checksum covers was a text, a whole number or null when it was written.
  const values = Object.entries(row).map((
    [name, value],
  ) => [name, typeof value === "bigint" ? Number(value) : value]);
  return Object.fromEntries(values) as SealedRow;
}

function nameOf(table: string, row: Readonly<Record<string, Value>>): string {
  const key = (LEDGER_KEYS[table as LedgerTable] ?? []).map((name) => String(row[name])).join(", ");
  return `Row "${redactRecoveryPasswords(key)}" of table "${table}" of the ledger was damaged and left out`;
}

/**
 * Reads rows and leaves out those whose checksum is wrong.
 *
 * @param db An open ledger file.
 * @param table Their table.
 * @param options What follows `FROM table`, with its values; by default nothing: all rows, in the table's order.
 * @returns The good rows, and a sentence for each bad one.
 * @throws What SQLite throws when the file itself is damaged.
 */
export async function readRows(
  db: DatabaseSync,
  table: string,
  options: { readonly tail?: string; readonly values?: readonly (string | number)[] } = {},
): Promise<RowsRead> {
  const statement = db.prepare(`SELECT * FROM ${table} ${options.tail ?? ""}`);
  // A number that decayed beyond 2^53 would throw, and hide which row it is.
  statement.setReadBigInts(true);
  const rows = statement.all(...options.values ?? []);
  const checked = await Promise.all(rows.map((row) => verified(table, row)));
  return {
    good: checked.filter((row) => row !== undefined),
    damage: rows.filter((_, index) => checked[index] === undefined).map((row) => nameOf(table, row)),
  };
}

/**
 * Writes rows into a table; a row of the same key is replaced.
 *
 * @param db An open ledger file, inside a transaction.
 * @param table Their table.
 * @param rows The rows, all with the same columns.
 */
export function writeRows(db: DatabaseSync, table: string, rows: readonly SealedRow[]): void {
  const [first] = rows;
  if (first === undefined) return;
  const names = Object.keys(first);
  const statement = db.prepare(
    `INSERT OR REPLACE INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
  );
  for (const row of rows) statement.run(...names.map((name) => row[name] ?? null));
}

/**
 * Empties a table and writes rows into it: the way to get rid of damaged rows, which no key may find any more.
 *
 * @param db An open ledger file, inside a transaction.
 * @param table The table.
 * @param rows What is to be in it.
 */
export function rewriteTable(db: DatabaseSync, table: string, rows: readonly SealedRow[]): void {
  db.prepare(`DELETE FROM ${table}`).run();
  writeRows(db, table, rows);
}
