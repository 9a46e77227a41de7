import type { DatabaseSync } from "node:sqlite";
import type { News, Run } from "../core/ledger_model.ts";
import type { Ledger, LedgerChanges, LedgerView } from "../ports.ts";
import { damageReason, ledgerError } from "./ledger_error.ts";
import { type LedgerFile, openLedgerFile, type OpenLedgerOptions, replaceLedgerFile } from "./ledger_file.ts";
import { readView } from "./ledger_read.ts";
import { newsRows, runRows } from "./ledger_rows.ts";
import { readRows } from "./ledger_seal.ts";
import { prepareSave, writeSave } from "./ledger_write.ts";

export type { OpenLedgerOptions } from "./ledger_file.ts";

/**
 * Opens the ledger that lies in a SQLite file. Needs to read and write its folder, nothing else.
 *
 * What is not a ledger of ours, or no longer, is renamed to `ledger.damaged-<n>.db` and a new one begun;
 * {@link LedgerView.damage} says so. A process holds one ledger at a time, and a night the run lock.
 *
 * @param path The file, `ledger.db` in the data folder, which exists.
 * @param options Whether it may be written, and whether there is an archive beside it.
 * @returns The ledger. With `readOnly` an empty one where there is no file, or a damaged one.
 * @throws {UserError} `ledger` when it is of a newer version (the file is left as it is), or neither usable nor
 * replaceable; with `readOnly` also when it cannot be read without writing (a save was cut off; older version).
 *
 * @example
 * ```ts ignore
 * const ledger = await openSqliteLedger("C:\\ProgramData\\SpareKey\\ledger.db", { archiveHasFiles: false });
 * const view = await ledger.load();
 * await ledger.save({ run: { runId, takenAt, exit: 0, changes: 0, findings: [], shortfalls: [] } });
 * ledger.close();
 * ```
 */
export async function openSqliteLedger(path: string, options: OpenLedgerOptions): Promise<Ledger> {
  return new SqliteLedger(path, options, await openLedgerFile(path, options));
}

class SqliteLedger implements Ledger {
  readonly #path: string;
  readonly #options: OpenLedgerOptions;
  #file: LedgerFile;
  /** Tables with rows to leave behind at the next save. */
  readonly #toMend = new Set<string>();
  /** What `history` left out. */
  #historyDamage: readonly string[] = [];
  /** The end of the last call: they share one connection, and so one transaction. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(path: string, options: OpenLedgerOptions, file: LedgerFile) {
    this.#path = path;
    this.#options = options;
    this.#file = file;
  }

  load(): Promise<LedgerView> {
    return this.#next("read", async () => {
      const found = await this.#read((db) => readView(db));
      found?.toMend.forEach((table) => this.#toMend.add(table));
      const damage = [...this.#file.damage, ...this.#historyDamage, ...found?.damage ?? []];
      return { ...found?.view ?? EMPTY_VIEW, damage: [...new Set(damage)] };
    });
  }

  save(changes: LedgerChanges): Promise<void> {
    return this.#next("save to", () => {
      const { db } = this.#file;
      if (db === null || this.#options.readOnly === true) {
        throw new Error("The ledger is open for reading only");
      }
      const save = prepareSave(db, changes, this.#toMend);
      db.prepare("BEGIN IMMEDIATE").run();
      try {
        writeSave(db, save);
        db.prepare("COMMIT").run();
      } catch (error) {
        // A full disk makes SQLite roll back by itself.
        if (db.isTransaction) db.prepare("ROLLBACK").run();
        throw error;
      }
      this.#toMend.clear();
      this.#historyDamage = [];
    });
  }

  /** What it has to leave out, the next {@link load} names. */
  history(): Promise<readonly News[]> {
    return this.#next("read", async () => {
      const rows = await this.#read((db) => readRows(db, "news", { tail: "ORDER BY id" }));
      if (rows === null) return [];
      if (rows.damage.length > 0) this.#toMend.add("news");
      this.#historyDamage = rows.damage;
      return rows.good.map((row) => newsRows.fromRow(row)).filter(({ topic }) => topic === "change");
    });
  }

  runsSinceGood(): Promise<readonly Run[]> {
    return this.#next("read", async () => {
      const rows = await this.#read((db) => readRows(db, "runs", { tail: NEWEST_RUNS }));
      const runs = (rows?.good ?? []).map((row) => runRows.fromRow(row));
      const good = runs.findIndex(({ exit }) => exit === 0);
      return (good < 0 ? runs : runs.slice(0, good)).toReversed();
    });
  }

  setAside(reason: string): Promise<void> {
    return this.#next("replace", async () => {
      this.#file.db?.close();
      await this.#replace(reason);
      this.#toMend.clear();
      this.#historyDamage = [];
    });
  }

  close(): void {
    this.#file.db?.close();
  }

  /** Runs a step once the one before has ended, and words its error. */
  #next<T>(action: string, step: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(step).catch(async (error: unknown) => {
      throw await ledgerError(action, this.#path, error);
    });
    // The one who called gets the error; the next call is to run all the same.
    this.#last = result.catch(() => {});
    return result;
  }

  /** Reads at one moment; what turns out to be damaged is replaced, and read again. */
  async #read<T>(step: (db: DatabaseSync) => T): Promise<T | null> {
    const { db } = this.#file;
    if (db === null) return null;
    try {
      db.prepare("BEGIN").run();
      const result = step(db);
      db.prepare("COMMIT").run();
      return result;
    } catch (error) {
      const reason = damageReason(error);
      if (reason === null) {
        if (db.isTransaction) db.prepare("ROLLBACK").run();
        throw error;
      }
      db.close();
      await this.#replace(reason);
      return await this.#read(step);
    }
  }

  /** The file is closed. */
  async #replace(reason: string): Promise<void> {
    const file = await replaceLedgerFile(this.#path, reason, this.#options);
    this.#file = { ...file, damage: [...this.#file.damage, ...file.damage] };
  }
}

/** A year of nights: whoever asks wants to know why no run was good of late. */
const NEWEST_RUNS = "ORDER BY rowid DESC LIMIT 366";

const EMPTY_VIEW: Omit<LedgerView, "damage"> = {
  machineId: null,
  hostName: null,
  volumes: [],
  reports: [],
  deliveries: [],
  destinations: [],
  findings: [],
  news: [],
  backups: [],
  eventLog: null,
  hints: [],
  lastNewsId: 0,
  endedNewsId: 0,
  lastRun: null,
  lastGoodRun: null,
};
