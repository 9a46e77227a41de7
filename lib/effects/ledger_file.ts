/** Opens the ledger file, or sets a damaged one aside and begins a new one. */

import { DatabaseSync } from "node:sqlite";
import { UserError } from "../errors.ts";
import { DamagedLedger, damageReason, ledgerError } from "./ledger_error.ts";
import { checkLedger, isBlank, migrateLedger } from "./ledger_migrate.ts";
import { META } from "./ledger_read.ts";
import { LEDGER_MIGRATIONS, type LedgerMigration } from "./ledger_schema.ts";
import { readRows, sealRows, writeRows } from "./ledger_seal.ts";
import { companionsOf, formerLedgers, setLedgerAside } from "./set_ledger_aside.ts";

/** How long another process may keep the file to itself, in milliseconds: a save takes a hundredth of it. */
const BUSY_MS = 3000;

/** https://www.sqlite.org/rescode.html#error */
const SQLITE_ERROR = 1;

/** How a ledger is opened. */
export interface OpenLedgerOptions {
  /** Whether the archive holds anything: a ledger that is missing or empty beside it was lost. */
  readonly archiveHasFiles: boolean | (() => Promise<boolean>);
  /** Nothing is written: no file made, none set aside. @default {false} */
  readonly readOnly?: boolean;
  /** The versions of the tables. Tests put their own. @default {LEDGER_MIGRATIONS} */
  readonly migrations?: readonly LedgerMigration[];
}

/**
 * Asks whether the archive holds anything; a quiet night never does.
 *
 * @param options Of the ledger.
 * @returns The answer.
 */
export async function archiveHolds({ archiveHasFiles }: OpenLedgerOptions): Promise<boolean> {
  return typeof archiveHasFiles === "boolean" ? archiveHasFiles : await archiveHasFiles();
}

/** An open ledger file. */
export interface LedgerFile {
  /** `null` when there is nothing to read, and it may only be read. */
  readonly db: DatabaseSync | null;
  /** What was found wrong with the file, as sentences. */
  readonly damage: readonly string[];
}

/**
 * https://www.sqlite.org/fileformat.html: bytes 18 and 19 say which programs may write and read the file, 1 for
 * journals, 2 for WAL.
 */
const HEADER = { start: "SQLite format 3\0", bytes: 20, writeVersion: 18, readVersion: 19, wal: 2 } as const;

/**
 * Opens the ledger file. What is not a ledger of ours, or no longer, is set aside and a new one begun.
 *
 * Opens the file a second time for a moment, before SQLite does: a process holds one ledger at a time.
 *
 * @param path The file, `ledger.db` in the data folder.
 * @param options See there.
 * @returns The file, checked and of the newest version.
 * @throws {UserError} `ledger` when it is of a newer version, or neither usable nor replaceable.
 */
export async function openLedgerFile(path: string, options: OpenLedgerOptions): Promise<LedgerFile> {
  try {
    const header = readHeader(path);
    if (header === null) return await begin(path, options, await signsOfLoss(path, options));
    return await openExisting(path, header, options);
  } catch (error) {
    const reason = damageReason(error);
    if (reason === null) throw await ledgerError("open", path, error);
    return await replaceLedgerFile(path, reason, options);
  }
}

/**
 * Sets a damaged ledger file aside and begins a new one; with `readOnly` only says so.
 *
 * @param path The file, closed.
 * @param reason Why, to follow "was damaged: ".
 * @param options As for {@link openLedgerFile}.
 * @returns The new file.
 * @throws {UserError} `ledger` when that cannot be done.
 */
export async function replaceLedgerFile(
  path: string,
  reason: string,
  options: OpenLedgerOptions,
): Promise<LedgerFile> {
  if (options.readOnly === true) return { db: null, damage: [`The ledger was damaged: ${reason}`] };
  try {
    const name = await setLedgerAside(path);
    return await begin(path, options, [
      `The ledger was damaged (${reason}) and set aside as "${name}"; a new one was begun`,
    ]);
  } catch (error) {
    throw await ledgerError("replace", path, error);
  }
}

/** @returns The first bytes, none of an empty file; `null` when there is no file. */
function readHeader(path: string): Uint8Array | null {
  try {
    using file = Deno.openSync(path);
    const header = new Uint8Array(HEADER.bytes);
    return header.subarray(0, file.readSync(header) ?? 0);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    // Windows says of a folder that there are no rights.
    if (!Deno.statSync(path).isDirectory) throw error;
    throw new UserError("ledger", `Cannot open ledger "${path}": it is a folder`, { hint: "Move it away" });
  }
}

async function signsOfLoss(path: string, options: OpenLedgerOptions): Promise<readonly string[]> {
  const former = await formerLedgers(path);
  const journals = await companionsOf(path);
  // A journal without its file would be taken for that of the new one.
  if (journals.length > 0 && options.readOnly !== true) await setLedgerAside(path);
  if (await archiveHolds(options)) return ["The ledger was missing, although the archive holds reports"];
  return former.length + journals.length > 0
    ? ["The ledger was missing, although an earlier one left traces"]
    : [];
}

async function begin(
  path: string,
  options: OpenLedgerOptions,
  damage: readonly string[],
): Promise<LedgerFile> {
  if (options.readOnly === true) return { db: null, damage };
  const db = connect(path, options);
  const lost = (): Promise<readonly string[]> => Promise.resolve(damage);
  return { db, damage: await inTransaction(db, () => prepareTables(db, path, { ...options, lost })) };
}

async function openExisting(
  path: string,
  header: Uint8Array,
  options: OpenLedgerOptions,
): Promise<LedgerFile> {
  if (header.length === 0) {
    if (await archiveHolds(options) || (await formerLedgers(path)).length > 0) {
      throw new DamagedLedger("it is empty");
    }
    // The first run of all was killed before it had made the tables.
    return await begin(path, options, []);
  }
  const readOnly = options.readOnly === true;
  if (readOnly && header[HEADER.readVersion] === HEADER.wal) {
    throw new UserError("ledger", `Cannot open ledger "${path}": another program changed how it is saved`, {
      hint: 'Run "spare-key check" as administrator; it brings the ledger in order',
    });
  }
  // SQLite would open it for reading alone, and say so no earlier than at the first save.
  const isSqlite = new TextDecoder().decode(header).startsWith(HEADER.start);
  // Of a single byte SQLite says that it is nothing yet, and writes over it.
  if (header.length === 1) throw new DamagedLedger("it is not a database");
  if (isSqlite && (header[HEADER.writeVersion] ?? 0) > HEADER.wal) {
    throw new DamagedLedger("its pages are damaged");
  }
  const db = await asDamage(() => connect(path, options));
  const lost = async (): Promise<readonly string[]> => await archiveHolds(options) ? [EMPTY] : [];
  const damage = await inTransaction(db, () => prepareTables(db, path, { ...options, lost }), readOnly);
  if (header[HEADER.readVersion] === HEADER.wal) turnToJournal(db);
  return { db, damage };
}

const EMPTY = "The ledger was empty, although the archive holds reports";

/**
 * `lost` tells what a blank file takes the place of. It stays in the ledger until a run has told it: this one may be
 * killed before.
 *
 * @returns That, or what was left behind while older tables were brought up to date.
 */
async function prepareTables(
  db: DatabaseSync,
  path: string,
  options: OpenLedgerOptions & { readonly lost: () => Promise<readonly string[]> },
): Promise<readonly string[]> {
  const migrations = options.migrations ?? LEDGER_MIGRATIONS;
  const version = await asDamage(async () => isBlank(db) ? 0 : await checkLedger(db, path, migrations));
  if (version === migrations.length) return [];
  if (options.readOnly === true && version === 0) throw new DamagedLedger("it is empty");
  if (options.readOnly === true) {
    throw new UserError("ledger", `Cannot open ledger "${path}": it is of the older version ${version}`, {
      hint: 'Run "spare-key check" as administrator; it brings the ledger up to date',
    });
  }
  const left = await migrateLedger(db, version, migrations);
  const lost = version === 0 ? await options.lost() : [];
  const damage = [...lost, ...left];
  if (damage.length > 0) {
    const { good: [open] } = readRows(db, "meta", { tail: "WHERE key = ?", values: [META.damage] });
    const all = [...JSON.parse(String(open?.["value"] ?? "[]")) as readonly string[], ...damage];
    writeRows(db, "meta", sealRows("meta", [{ key: META.damage, value: JSON.stringify(all) }]));
  }
  return damage;
}

function connect(path: string, { readOnly = false }: OpenLedgerOptions): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly, timeout: BUSY_MS, enableForeignKeyConstraints: false });
  try {
    // Side files of queries would need the permission for another folder.
    const settings = ["trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY"];
    // EXTRA also brings the removal of the journal to the disk: after a power cut no save comes undone.
    if (!readOnly) settings.push("synchronous = EXTRA");
    for (const setting of settings) db.prepare(`PRAGMA ${setting}`).get();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** New files have a journal. WAL would leave two more files in the folder, and could not be read without writing. */
function turnToJournal(db: DatabaseSync): void {
  try {
    db.prepare("PRAGMA journal_mode = DELETE").get();
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Runs a step on a connection that is of no use when the step fails. */
async function inTransaction<T>(db: DatabaseSync, step: () => Promise<T>, readOnly = false): Promise<T> {
  try {
    await asDamage(() => db.prepare(readOnly ? "BEGIN" : "BEGIN IMMEDIATE").run());
    const result = await step();
    db.prepare("COMMIT").run();
    return result;
  } catch (error) {
    // Undoes what was begun.
    db.close();
    throw error;
  }
}

/** SQLITE_ERROR means damage where the statements are fixed and right: it is the file that is wrong. */
async function asDamage<T>(step: () => T | Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const generic = error instanceof Error && "errcode" in error && error.errcode === SQLITE_ERROR;
    throw generic ? new DamagedLedger("its tables are not those of a ledger") : error;
  }
}
