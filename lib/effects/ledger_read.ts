/** Reads from the ledger file what a night needs: some tables whole, of news and runs the newest alone. */

import type { DatabaseSync } from "node:sqlite";
import type { DestinationState, EventLogState, News, Run } from "../core/ledger_model.ts";
import type { LedgerView } from "../ports.ts";
import {
  backupRows,
  deliveryRows,
  destinationRows,
  findingRows,
  newsRows,
  reportRows,
  runRows,
  volumesOfRows,
} from "./ledger_rows.ts";
import type { LedgerTable } from "./ledger_schema.ts";
import { readRows, type SealedRow } from "./ledger_seal.ts";

/** Keys of the table `meta` beside that of the tables' description. */
export const META = {
  machineId: "machineId",
  hostName: "hostName",
  /** Kept apart from the rows: ids that a mail destination was told must not come again when rows were lost. */
  lastNewsId: "lastNewsId",
  /** The same, when the last run ended. */
  endedNewsId: "endedNewsId",
  /** Id of the run as JSON, so that a damaged row of it does not bring up an older one. */
  lastRun: "lastRun",
  lastGoodRun: "lastGoodRun",
  /** As JSON. */
  eventLog: "eventLog",
  hints: "hints",
  /** What is wrong with the ledger, as JSON, until a run has ended that told it. */
  damage: "damage",
} as const;

/** What is in a file. */
export interface FoundView {
  /** All but what is wrong with the file as a whole. */
  readonly view: Omit<LedgerView, "damage">;
  /** A sentence for each damaged row, and what an earlier start of the run found wrong. */
  readonly damage: readonly string[];
  /** Tables that hold one. */
  readonly toMend: readonly LedgerTable[];
}

/** While no mail destination is known, so many of the newest: nobody is owed more, and every night reads them. */
const NEWS_WITHOUT_MAIL = 100;

/**
 * Reads a night's view.
 *
 * @param db An open ledger file, inside a transaction.
 * @returns The view, and what was left out of it.
 * @throws What SQLite throws when the file itself is damaged.
 */
export function readView(db: DatabaseSync): FoundView {
  const found = new Map<LedgerTable, readonly string[]>();
  const read = (
    table: LedgerTable,
    tail = "",
    values: readonly (string | number)[] = [],
  ): readonly SealedRow[] => {
    const { good, damage } = readRows(db, table, { tail, values });
    // A run may be read twice: as the last, and as the last good one.
    if (damage.length > 0) found.set(table, [...new Set([...found.get(table) ?? [], ...damage])]);
    return good;
  };
  /** The newest of that id: the search begins at the end, and so is short. */
  const readRun = (pointer = "null"): Run | null => {
    const id = JSON.parse(pointer) as string | null;
    if (id === null) return null;
    const [row] = read("runs", "WHERE run_id = ? ORDER BY rowid DESC LIMIT 1", [id]);
    if (row !== undefined) return runRows.fromRow(row);
    if (!found.has("runs")) found.set("runs", [`Row "${id}" of table "runs" of the ledger was not found`]);
    return null;
  };
  const meta = read("meta");
  const [volumes, protectors] = [read("volumes"), read("protectors")];
  const [reports, deliveries] = [read("reports"), read("deliveries")];
  const destinations = read("destinations");
  const [findings, backups] = [read("findings"), read("backups")];
  const metaValue = new Map(meta.map((row) => [row["key"], String(row["value"])]));
  const states = destinations.map((row) => destinationRows.fromRow(row));
  const savedNewsId = Number(metaValue.get(META.lastNewsId) ?? 0);
  const toldAtLeast = found.has("destinations")
    ? toldForSure(
      read("runs", "ORDER BY rowid").map((row) => runRows.fromRow(row)),
      read("news", "ORDER BY id").map((row) => newsRows.fromRow(row)),
    )
    : null;
  const told = [toldToAll(states), toldAtLeast].filter((id) => id !== null);
  const news = read("news", "WHERE id > ? ORDER BY id", [
    told.length === 0 ? savedNewsId - NEWS_WITHOUT_MAIL : Math.min(...told),
  ]);
  const lastRun = readRun(metaValue.get(META.lastRun));
  const lastGoodRun = readRun(metaValue.get(META.lastGoodRun));
  const pending = news.map((row) => newsRows.fromRow(row));
  const lastNewsId = Math.max(
    savedNewsId,
    ...states.map(({ toldUpTo }) => toldUpTo ?? 0),
    pending.at(-1)?.id ?? 0,
  );
  return {
    view: {
      machineId: metaValue.get(META.machineId) ?? null,
      hostName: metaValue.get(META.hostName) ?? null,
      volumes: volumesOfRows(volumes, protectors),
      reports: reports.map((row) => reportRows.fromRow(row)),
      deliveries: deliveries.map((row) => deliveryRows.fromRow(row)),
      destinations: states,
      findings: findings.map((row) => findingRows.fromRow(row)),
      backups: backups.map((row) => backupRows.fromRow(row)),
      // The checksum says that this is what was made of such a value.
      eventLog: JSON.parse(metaValue.get(META.eventLog) ?? "null") as EventLogState | null,
      hints: JSON.parse(metaValue.get(META.hints) ?? "[]") as readonly string[],
      news: pending.filter(({ tell }) => tell),
      lastNewsId,
      ...(toldAtLeast === null ? {} : { toldAtLeast }),
      // Where it was lost after a run had ended, nothing old is told as new.
      endedNewsId: Number(metaValue.get(META.endedNewsId) ?? (lastRun === null ? 0 : lastNewsId)),
      lastRun,
      lastGoodRun,
    },
    damage: [
      ...new Set([
        ...JSON.parse(metaValue.get(META.damage) ?? "[]") as readonly string[],
        ...[...found.values()].flat(),
      ]),
    ],
    toMend: [...found.keys()],
  };
}

/** @returns Id of the last item of news that every mail destination was told; `null` when there is none. */
function toldToAll(destinations: readonly DestinationState[]): number | null {
  const told = destinations.map(({ toldUpTo }) => toldUpTo).filter((id) => id !== null);
  return told.length === 0 ? null : Math.min(...told);
}

/**
 * A good run leaves news untold at most where a day's mails are used up, and the first good one of a later day makes
 * up for that.
 *
 * @returns Id of the last item that all mail destinations of that time were told, whatever became of their rows.
 */
function toldForSure(runs: readonly Run[], news: readonly News[]): number {
  const dayOf = (run: Run | undefined): string | undefined => run?.takenAt.slice(0, "2026-11-24".length);
  const last = runs.findLastIndex(({ exit }) => exit === 0);
  const sure = runs.findLastIndex((run, index) =>
    index < last && run.exit === 0 && dayOf(run) !== dayOf(runs[last])
  );
  const done = new Set(runs.slice(0, sure + 1).map(({ runId }) => runId));
  return news.findLast(({ runId }) => done.has(runId))?.id ?? 0;
}
