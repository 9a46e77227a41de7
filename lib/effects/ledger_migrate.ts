/** Makes the tables of a ledger, tells whether they are still what was made, and brings older ones up to date. */

import type { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { sha256OfText } from "../core/sha256.ts";
import { DamagedLedger } from "./ledger_error.ts";
import { LEDGER_APPLICATION_ID, type LedgerMigration } from "./ledger_schema.ts";
import { type LedgerRow, readRows, rewriteTable, sealRows, writeRows } from "./ledger_seal.ts";

/** Row of the table `meta` that says what the tables looked like when they were made. */
const SCHEMA_KEY = "schema";

/** The whole number that a pragma holds. */
function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}

/**
 * Tells whether anything was ever made in a file.
 *
 * @param db An open file.
 * @returns `true` for one that SQLite has just made.
 */
export function isBlank(db: DatabaseSync): boolean {
  return pragma(db, "application_id") === 0 && pragma(db, "user_version") === 0 &&
    pragma(db, "schema_version") === 0;
}

/** SQLite's own statistics, which an administrator's tool may add, are left out. */
async function schemaDigest(db: DatabaseSync, version: number): Promise<string> {
  const listing = db.prepare(
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat*' ORDER BY name",
  ).all();
  return await sha256OfText(JSON.stringify([version, listing.map(Object.values)]));
}

/**
 * Checks that an open file is an undamaged ledger: mark, version, structure, tables.
 *
 * @param db An open file, which is not altered.
 * @param path Its path, for the message.
 * @param migrations The steps that this program knows.
 * @returns Its version, at most the newest that is known.
 * @throws {UserError} `ledger` when it is of a newer version.
 * @throws {DamagedLedger} When it is none of ours, or damaged.
 */
export async function checkLedger(
  db: DatabaseSync,
  path: string,
  migrations: readonly LedgerMigration[],
): Promise<number> {
  if (pragma(db, "application_id") !== LEDGER_APPLICATION_ID) {
    throw new DamagedLedger("it belongs to another program");
  }
  const version = pragma(db, "user_version");
  if (version > migrations.length) await refuseNewer(db, path, { version, known: migrations.length });
  // Whole, in a few milliseconds even after ten years: a row that the structure hides would be missed silently.
  const structure = db.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
  if (structure !== "ok") throw new DamagedLedger("its pages are damaged");
  if (version < 1 || madeAs(db) !== await schemaDigest(db, version)) {
    throw new DamagedLedger("its tables are not those of a ledger");
  }
  return version;
}

/** @returns The digest that was kept when the tables were made, `undefined` when it is damaged. */
function madeAs(db: DatabaseSync): string | number | null | undefined {
  const { good: [made] } = readRows(db, "meta", { tail: "WHERE key = ?", values: [SCHEMA_KEY] });
  return made?.["value"];
}

/** Unless it is the number that decayed: the tables say which version they were made as. */
async function refuseNewer(
  db: DatabaseSync,
  path: string,
  { version, known }: { readonly version: number; readonly known: number },
): Promise<never> {
  // A newer version may keep this elsewhere: not to find it is no damage.
  let made: ReturnType<typeof madeAs>;
  try {
    made = madeAs(db);
  } catch {
    made = undefined;
  }
  for (let older = 1; older <= known; older++) {
    if (made === await schemaDigest(db, older)) throw new DamagedLedger("its pages are damaged");
  }
  throw new UserError(
    "ledger",
    `Cannot open ledger "${path}": it is of version ${version}, and this program knows version ${known}`,
    { hint: "Install the newest Spare Key; the ledger was left as it is" },
  );
}

/**
 * Brings a ledger from one version to the newest: makes the tables in a blank file.
 *
 * @param db An open file, inside a transaction.
 * @param from Its version, 0 for a blank one.
 * @param migrations The steps that this program knows.
 * @returns A sentence for each row that was damaged and so left behind.
 */
export async function migrateLedger(
  db: DatabaseSync,
  from: number,
  migrations: readonly LedgerMigration[],
): Promise<readonly string[]> {
  const damage: string[] = [];
  for (const { version, sql, reseal } of migrations.slice(from)) {
    for (const table of reseal) {
      const rows = readRows(db, table);
      damage.push(...rows.damage);
      // New checksums for all would make damaged rows look right.
      if (rows.damage.length > 0) rewriteTable(db, table, rows.good);
    }
    for (const statement of sql) db.prepare(statement).run();
    for (const table of reseal) resealTable(db, table);
    db.prepare(`PRAGMA user_version = ${version}`).run();
  }
  if (from < migrations.length) {
    db.prepare(`PRAGMA application_id = ${LEDGER_APPLICATION_ID}`).run();
    const made = { key: SCHEMA_KEY, value: await schemaDigest(db, migrations.length) };
    writeRows(db, "meta", sealRows("meta", [made]));
  }
  return damage;
}

function resealTable(db: DatabaseSync, table: string): void {
  const rows = db.prepare(`SELECT * FROM ${table}`).all();
  // Made by the statements of this program from rows that were right: texts, whole numbers, NULL.
  rewriteTable(db, table, sealRows(table, rows as readonly LedgerRow[]));
}
