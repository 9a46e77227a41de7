/** Reads from the ledger file what a night needs: some tables whole, of news and runs the newest alone. */

import type { DatabaseSync } from "node:sqlite";
import type { DestinationState, EventLogState, Run } from "../core/ledger_model.ts";
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
  /** Id of the run as JSON, so that a damaged row of it does not bring up an older one. */
  lastRun: "lastRun",
  lastGoodRun: "lastGoodRun",
  /** As JSON. */
  eventLog: "eventLog",
  hints: "hints",
  /** What is wrong with the ledger, as JSON, until the run that found it has ended. */
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
  /** Whether nothing was ever saved. */
  readonly blank: boolean;
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
export async function readView(db: DatabaseSync): Promise<FoundView> {
  const found = new Map<LedgerTable, readonly string[]>();
  const read = async (
    table: LedgerTable,
    tail = "",
    values: readonly (string | number)[] = [],
  ): Promise<readonly SealedRow[]> => {
    const { good, damage } = await readRows(db, table, { tail, values });
    // A run may be read twice: as the last, and as the last good one.
    if (damage.length > 0) found.set(table, [...new Set([...found.get(table) ?? [], ...damage])]);
    return good;
  };
  /** The newest of that id: the search begins at the end, and so is short. */
  const readRun = async (pointer = "null"): Promise<Run | null> => {
    const id = JSON.parse(pointer) as string | null;
    if (id === null) return null;
    const [row] = await read("runs", "WHERE run_id = ? ORDER BY rowid DESC LIMIT 1", [id]);
    if (row !== undefined) return runRows.fromRow(row);
    if (!found.has("runs")) found.set("runs", [`Row "${id}" of table "runs" of the ledger was not found`]);
    return null;
  };
  const [meta, volumes, protectors, reports, deliveries, destinations, findings, backups] = await Promise.all(
    [
      read("meta"),
      read("volumes"),
      read("protectors"),
      read("reports"),
      read("deliveries"),
      read("destinations"),
      read("findings"),
      read("backups"),
    ],
  );
  const metaValue = new Map(meta.map((row) => [row["key"], String(row["value"])]));
  const states = destinations.map((row) => destinationRows.fromRow(row));
  const savedNewsId = Number(metaValue.get(META.lastNewsId) ?? 0);
  const [news, lastRun, lastGoodRun] = await Promise.all([
    read("news", "WHERE id > ? ORDER BY id", [toldToAll(states) ?? savedNewsId - NEWS_WITHOUT_MAIL]),
    readRun(metaValue.get(META.lastRun)),
    readRun(metaValue.get(META.lastGoodRun)),
  ]);
  const pending = news.map((row) => newsRows.fromRow(row));
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
      lastNewsId: Math.max(
        savedNewsId,
        ...states.map(({ toldUpTo }) => toldUpTo ?? 0),
        pending.at(-1)?.id ?? 0,
      ),
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
    // Alone, that of the tables' description.
    blank: meta.length === 1 && volumes.length === 0 && reports.length === 0 && lastRun === null,
  };
}

/** @returns Id of the last item of news that every mail destination was told; `null` when there is none. */
function toldToAll(destinations: readonly DestinationState[]): number | null {
  const told = destinations.map(({ toldUpTo }) => toldUpTo).filter((id) => id !== null);
  return told.length === 0 ? null : Math.min(...told);
}
