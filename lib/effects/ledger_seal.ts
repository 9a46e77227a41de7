/** The checksum that every row of the ledger carries, and the reading and writing of rows that bear it. */

import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { redactRecoveryPasswords } from "../core/recovery_password.ts";
import { LEDGER_KEYS, type LedgerTable } from "./ledger_schema.ts";
import { checksumOf } from "./row_checksum.ts";

/** A row without its checksum: columns and values, in the order of the table. Numbers are whole. */
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

/** A row as SQLite has it. */
export type RawRow = Readonly<Record<string, SQLOutputValue | undefined>>;

/** SQLite ends a text at U+0000 when it is read, and keeps no half of a surrogate pair: neither survives a save. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\ufffd");
}

/** What a column may hold. */
function isPlain(value: SQLOutputValue | undefined): value is string | number | null {
  return typeof value === "string" || value === null ||
    typeof value === "number" && Number.isSafeInteger(value);
}

/** Columns that a checksum covers, in an order of their own: that of the table may be another after an update. */
function coveredColumns(row: RawRow): readonly string[] {
  return Object.keys(row).filter((name) => name !== "sum").sort();
}

/** What the rows of a table have in common, in short: every night waits for the checksums of all. */
interface Covered {
  readonly columns: readonly string[];
  /** Stands for the table's name and its columns. */
  readonly head: string;
}

function coveredBy(table: string, first: RawRow): Covered {
  const columns = coveredColumns(first);
  return { columns, head: checksumOf(JSON.stringify([table, columns])) };
}

/** JSON tells 1, "1" and null apart. */
function sumOf({ columns, head }: Covered, row: RawRow): string {
  return checksumOf(head + JSON.stringify(columns.map((name) => row[name])));
}

/**
 * Adds checksums to rows: over the table's name, all columns and their values.
 *
 * @param table Their table.
 * @param rows The values, all with the same columns. Texts come back with U+FFFD in place of U+0000 and of
 * halves of surrogate pairs.
 * @returns The rows as they are to be written, in their order.
 * @throws {TypeError} When a value is neither text nor `null` nor a whole number that JavaScript holds exactly.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [row] = sealRows("meta", [{ key: "hostName", value: "ANNA-LAPTOP" }]);
 * assert.equal(row?.sum.length, 32);
 * ```
 */
export function sealRows(table: string, rows: readonly LedgerRow[]): readonly SealedRow[] {
  const [first] = rows;
  if (first === undefined) return [];
  const covered = coveredBy(table, first);
  return rows.map((row) => {
    const clean: Record<string, string | number | null> = {};
    for (const name of covered.columns) {
      const value = row[name];
      if (!isPlain(value)) {
        throw new TypeError(`Cannot write "${name}" of table "${table}": it is no text and no whole number`);
      }
      clean[name] = typeof value === "string" ? storable(value) : value;
    }
    return { ...clean, sum: sumOf(covered, clean) };
  });
}

/**
 * Reads rows as SQLite has them, right or not.
 *
 * @param db An open ledger file.
 * @param sql A SELECT.
 * @param values What stands for its question marks.
 * @returns The rows, numbers beyond 2^53 exactly.
 * @throws What SQLite throws when the file itself is damaged.
 */
export function selectRows(
  db: DatabaseSync,
  sql: string,
  values: readonly (string | number)[],
): readonly RawRow[] {
  try {
    return db.prepare(sql).all(...values);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // A number decayed beyond 2^53: the other rows are wanted all the same.
    const statement = db.prepare(sql);
    statement.setReadBigInts(true);
    return statement.all(...values).map((row) =>
      Object.fromEntries(
        Object.entries(row).map((
          [name, value],
        ) => [name, typeof value === "bigint" ? exactly(value) : value]),
      )
    );
  }
}

function exactly(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** @returns The row, `null` when it is not what {@link sealRows} made. */
function verified(covered: Covered, row: RawRow): SealedRow | null {
  const isWhole = covered.columns.every((name) => isPlain(row[name])) && row["sum"] === sumOf(covered, row);
  return isWhole ? row as SealedRow : null;
}

function nameOf(table: string, row: RawRow): string {
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
export function readRows(
  db: DatabaseSync,
  table: string,
  options: { readonly tail?: string; readonly values?: readonly (string | number)[] } = {},
): RowsRead {
  const rows = selectRows(db, `SELECT * FROM ${table} ${options.tail ?? ""}`, options.values ?? []);
  const [first] = rows;
  if (first === undefined) return { good: [], damage: [] };
  const covered = coveredBy(table, first);
  const checked = rows.map((row) => verified(covered, row));
  return {
    good: checked.filter((row) => row !== null),
    damage: rows.filter((_, index) => checked[index] === null).map((row) => nameOf(table, row)),
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
