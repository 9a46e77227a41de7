/** Writes what a step of a night adds to the ledger file. */

import type { DatabaseSync } from "node:sqlite";
import type { Run } from "../core/ledger_model.ts";
import type { LedgerChanges } from "../ports.ts";
import { META } from "./ledger_read.ts";
import {
  backupRows,
  deliveryRows,
  destinationRows,
  findingRows,
  newsRows,
  reportRows,
  rowsOfVolume,
  runRows,
} from "./ledger_rows.ts";
import type { LedgerTable } from "./ledger_schema.ts";
import {
  type LedgerRow,
  type RawRow,
  readRows,
  rewriteTable,
  type SealedRow,
  sealRows,
  selectRows,
  writeRows,
} from "./ledger_seal.ts";

/** Everything that a save writes, ready: a transaction waits for nothing. */
export interface PreparedSave {
  /** What was asked for. */
  readonly changes: LedgerChanges;
  /** New rows by table, with their checksums. */
  readonly rows: ReadonlyMap<LedgerTable, readonly SealedRow[]>;
  /** Tables that hold damaged rows, with the good ones. */
  readonly mended: ReadonlyMap<string, readonly SealedRow[]>;
  /** Device IDs of the volumes whose protectors are written anew. */
  readonly relisted: readonly string[];
}

/**
 * Makes the rows of a save, with their checksums.
 *
 * @param db An open ledger file.
 * @param changes What is to be saved.
 * @param toMend Tables that hold damaged rows; these are left behind.
 * @returns What {@link writeSave} takes.
 */
export function prepareSave(
  db: DatabaseSync,
  changes: LedgerChanges,
  toMend: ReadonlySet<string>,
): PreparedSave {
  const mended = new Map([...toMend].map((table) => [table, readRows(db, table).good]));
  const volumes = (changes.volumes ?? []).map(rowsOfVolume);
  const altered = volumes.map((one) => !isListed(db, one, mended.get("protectors")));
  const plain: readonly (readonly [LedgerTable, readonly LedgerRow[]])[] = [
    ["volumes", volumes.map(({ volume }) => volume)],
    ["protectors", volumes.flatMap(({ protectors }, index) => altered[index] ? protectors : [])],
    ["reports", (changes.reports ?? []).map(reportRows.toRow)],
    ["deliveries", (changes.deliveries ?? []).map(deliveryRows.toRow)],
    ["destinations", (changes.destinations ?? []).map(destinationRows.toRow)],
    ["findings", (changes.findings ?? []).map(findingRows.toRow)],
    ["news", (changes.news ?? []).map(newsRows.toRow)],
    ["backups", (changes.backups ?? []).map(backupRows.toRow)],
    ["runs", changes.run === undefined ? [] : [runRows.toRow(changes.run)]],
    ["meta", [
      ...metaRows(changes),
      ...runPointers(db, changes.run, mended.get("runs")),
      ...endOfNews(db, changes, mended),
    ]],
  ];
  const rows = new Map(plain.map(([table, rows]) => [table, sealRows(table, rows)]));
  const relisted = (rows.get("volumes") ?? []).filter((_, index) => altered[index])
    .map((row) => String(row["device_id"]));
  return { changes, rows, mended, relisted };
}

/** Whether the protectors of a volume are what the ledger has: on a usual night they are, and there may be many. */
function isListed(
  db: DatabaseSync,
  { volume, protectors }: ReturnType<typeof rowsOfVolume>,
  mended: readonly SealedRow[] | undefined,
): boolean {
  const id = String(volume["device_id"]);
  const listed: readonly RawRow[] = mended?.filter((row) => row["device_id"] === id) ??
    selectRows(db, "SELECT * FROM protectors WHERE device_id = ? ORDER BY position", [id]);
  return listed.length === protectors.length &&
    protectors.every((row, index) =>
      Object.entries(row).every(([column, value]) => listed[index]?.[column] === value)
    );
}

/**
 * Writes a save.
 *
 * @param db An open ledger file, inside a transaction.
 * @param save What {@link prepareSave} made.
 * @throws {Error} When the ids of its news do not continue those of the ledger.
 */
export function writeSave(db: DatabaseSync, save: PreparedSave): void {
  const { changes } = save;
  for (const [table, rows] of save.mended) rewriteTable(db, table, rows);
  assertContinues(db, (changes.news ?? []).map(({ id }) => id));
  const forget = db.prepare("DELETE FROM deliveries WHERE destination = ?");
  for (const destination of changes.forgetDeliveriesOf ?? []) forget.run(destination);
  const dropProtectors = db.prepare("DELETE FROM protectors WHERE device_id = ?");
  for (const deviceId of save.relisted) dropProtectors.run(deviceId);
  if (changes.run !== undefined) {
    db.prepare("DELETE FROM runs WHERE run_id = ?").run(changes.run.runId);
    db.prepare("DELETE FROM meta WHERE key = ?").run(META.damage);
  }
  if (changes.findings !== undefined) rewriteTable(db, "findings", []);
  for (const [table, rows] of save.rows) writeRows(db, table, rows);
}

function metaRows(
  { machineId, hostName, eventLog, hints, damage, news = [], run }: LedgerChanges,
): readonly LedgerRow[] {
  const lastNewsId = news.at(-1)?.id;
  return [
    ...machineId === undefined ? [] : [{ key: META.machineId, value: machineId }],
    ...hostName === undefined ? [] : [{ key: META.hostName, value: hostName }],
    ...eventLog === undefined ? [] : [{ key: META.eventLog, value: JSON.stringify(eventLog) }],
    ...hints === undefined ? [] : [{ key: META.hints, value: JSON.stringify(hints) }],
    // The run that ends with this save has told it.
    ...damage === undefined || run !== undefined ? [] : [{ key: META.damage, value: JSON.stringify(damage) }],
    ...lastNewsId === undefined ? [] : [{ key: META.lastNewsId, value: String(lastNewsId) }],
  ];
}

/** @returns The row that says how far the news went when a run ended; rows of news that were lost count, too. */
function endOfNews(
  db: DatabaseSync,
  { run, news = [] }: LedgerChanges,
  mended: ReadonlyMap<string, readonly LedgerRow[]>,
): readonly LedgerRow[] {
  if (run === undefined) return [];
  const meta: readonly Readonly<Record<string, unknown>>[] = mended.get("meta") ??
    db.prepare("SELECT key, value FROM meta WHERE key = ?").all(META.lastNewsId);
  const recorded: readonly Readonly<Record<string, unknown>>[] = mended.get("news") ??
    db.prepare("SELECT id FROM news ORDER BY id DESC LIMIT 1").all();
  const known = [
    news.at(-1)?.id,
    recorded.at(-1)?.["id"],
    meta.find(({ key }) => key === META.lastNewsId)?.["value"],
  ];
  return [{ key: META.endedNewsId, value: String(Math.max(...known.map((id) => Number(id ?? 0)))) }];
}

/** @returns The rows that say which run was the last, and which the last good one, as far as they alter. */
function runPointers(
  db: DatabaseSync,
  run: Run | undefined,
  mended: readonly SealedRow[] | undefined,
): readonly LedgerRow[] {
  const last = run?.runId ?? (mended === undefined ? undefined : idOf(mended.at(-1)));
  const good = run?.exit === 0 ? run.runId : lastGoodBut(db, run, mended);
  return [
    ...last === undefined ? [] : [{ key: META.lastRun, value: JSON.stringify(last) }],
    ...good === undefined ? [] : [{ key: META.lastGoodRun, value: JSON.stringify(good) }],
  ];
}

/** @returns Id of the last good run when it is another now, `null` when there is none left. */
function lastGoodBut(
  db: DatabaseSync,
  run: Run | undefined,
  mended: readonly SealedRow[] | undefined,
): string | null | undefined {
  if (mended !== undefined) {
    return idOf(mended.findLast((row) => row["exit"] === 0 && row["run_id"] !== run?.runId));
  }
  const known = db.prepare("SELECT value FROM meta WHERE key = ?").get(META.lastGoodRun)?.["value"];
  if (run === undefined || known !== JSON.stringify(run.runId)) return undefined;
  // The same run, recorded as good before, was not: the one before it was the last.
  const earlier = db.prepare(
    "SELECT run_id FROM runs WHERE exit = 0 AND run_id <> ? ORDER BY rowid DESC LIMIT 1",
  );
  return idOf(earlier.get(run.runId));
}

function idOf(row: Readonly<Record<string, unknown>> | undefined): string | null {
  return row === undefined ? null : String(row["run_id"]);
}

function assertContinues(db: DatabaseSync, ids: readonly number[]): void {
  const last = db.prepare("SELECT MAX(id) AS last FROM news").get()?.["last"];
  let previous = typeof last === "number" ? last : 0;
  for (const [index, id] of ids.entries()) {
    // The first may leave a gap: rows may have been lost whose ids a mail destination was told.
    if (index === 0 ? id <= previous : id !== previous + 1) {
      throw new Error(`Cannot save news ${id} to the ledger: ids must continue after ${previous}`);
    }
    previous = id;
  }
}
