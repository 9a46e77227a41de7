/**
 * What Windows' own log says of recovery keys that Windows saved by itself, and how that joins what the ledger
 * knows.
 */

import type { EventLogState, WindowsBackup } from "./ledger_model.ts";
import type { BitLockerEvent, EventLog } from "./model.ts";

/**
 * Events that say where a recovery key went, by ID. Texts: messages of the provider Microsoft-Windows-BitLocker-API
 * as its manifest of Windows 11 has them.
 *
 * Left out, for they name no place or tell of no copy: 4107 and 4108 (an attempt begins, ends), 4119 (Windows RE
 * is set up wrongly), 4121 (sign in to finish device encryption), 855-858 (rotation: it shows as a key that comes
 * and one that goes), 867 and 876 (a deletion failed: the copy is still there), 869 (not backed up for the signed-in
 * user) and 873 (a server failed; neither says which one).
 */
const MEANINGS: Readonly<Record<number, Pick<WindowsBackup, "place" | "outcome">>> = {
  // Backed up, failed, already present. Up to 515 they stand in the log System, which is not read.
  513: { place: "active-directory", outcome: "saved" },
  514: { place: "active-directory", outcome: "failed" },
  515: { place: "active-directory", outcome: "saved" },
  783: { place: "active-directory", outcome: "saved" },
  784: { place: "active-directory", outcome: "saved" },
  785: { place: "active-directory", outcome: "failed" },
  // Backed up, failed, already exists (names neither key nor drive), failed to save.
  828: { place: "microsoft-account", outcome: "saved" },
  829: { place: "microsoft-account", outcome: "failed" },
  830: { place: "microsoft-account", outcome: "saved" },
  831: { place: "microsoft-account", outcome: "failed" },
  4106: { place: "microsoft-account", outcome: "failed" },
  // Backed up, failed, failed to save, deleted.
  845: { place: "entra", outcome: "saved" },
  846: { place: "entra", outcome: "failed" },
  847: { place: "entra", outcome: "failed" },
  4123: { place: "entra", outcome: "deleted" },
};

/**
 * Gives the IDs of the events that are understood.
 *
 * @returns Rising.
 */
export function backupEventIds(): readonly number[] {
  return Object.keys(MEANINGS).map(Number);
}

/**
 * Reads events.
 *
 * @param events Of a snapshot, in any order; those of other meaning are left out.
 * @returns One a key (or drive, or neither, as far as the event names it), place and outcome: the last one.
 */
export function windowsBackups(events: readonly BitLockerEvent[]): readonly WindowsBackup[] {
  return lastOnes(events.flatMap((event): readonly WindowsBackup[] => {
    const meaning = Object.hasOwn(MEANINGS, event.id) ? MEANINGS[event.id] : undefined;
    if (meaning === undefined || Number.isNaN(Date.parse(event.time))) return [];
    // What was taken away without saying which key tells nothing of any.
    if (meaning.outcome === "deleted" && event.protectorId === null) return [];
    return [{
      about: event.protectorId ?? event.drive ?? "",
      ...meaning,
      at: event.time,
      code: meaning.outcome === "failed" ? event.code : null,
    }];
  }));
}

/** What tonight's events add to the ledger. */
export interface BackupChanges {
  /** All that is known now, sorted. */
  readonly all: readonly WindowsBackup[];
  /** Rows that are new or later than the ledger's. */
  readonly altered: readonly WindowsBackup[];
  /** Those of them that say another thing than the last known one of that key and place: worth a line of history. */
  readonly turns: readonly WindowsBackup[];
}

/**
 * Joins tonight's events with what is known. Of a key, place and outcome the last one stays, so an event that
 * comes every night, or an older snapshot, does no harm.
 *
 * @param known Of the ledger.
 * @param events Of tonight's snapshot.
 * @returns What is known now, and what is new in it.
 */
export function mergeBackups(
  known: readonly WindowsBackup[],
  events: readonly BitLockerEvent[],
): BackupChanges {
  const fresh = windowsBackups(events);
  if (fresh.length === 0) return { all: known, altered: [], turns: [] };
  const before = new Map(known.map((one) => [rowKey(one), one]));
  const altered = fresh.filter((one) => {
    const old = before.get(rowKey(one));
    return old === undefined || Date.parse(one.at) > Date.parse(old.at);
  });
  return {
    all: lastOnes([...known, ...altered]),
    altered,
    turns: altered.filter((one) => {
      const last = latestOf(known, one);
      const turned = last === undefined || (last.outcome !== one.outcome && isLater(one, last));
      return turned && latestOf(fresh, one) === one;
    }),
  };
}

/** The last one of the same key or drive and place, whatever came of it. */
function latestOf(
  rows: readonly WindowsBackup[],
  { about, place }: WindowsBackup,
): WindowsBackup | undefined {
  return rows.filter((one) => one.about === about && one.place === place)
    .reduce<WindowsBackup | undefined>(
      (last, one) => last === undefined || isLater(one, last) ? one : last,
      undefined,
    );
}

function lastOnes(rows: readonly WindowsBackup[]): readonly WindowsBackup[] {
  const last = new Map<string, WindowsBackup>();
  for (const row of rows) {
    const other = last.get(rowKey(row));
    if (other === undefined || isLater(row, other)) last.set(rowKey(row), row);
  }
  return [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function rowKey({ about, place, outcome }: WindowsBackup): string {
  return `${about}\n${place}\n${outcome}`;
}

/** Of two at one moment the one with the higher text stays, so that the order of events does not matter. */
function isLater(one: WindowsBackup, other: WindowsBackup): boolean {
  const difference = Date.parse(one.at) - Date.parse(other.at);
  return difference > 0 || (difference === 0 && sortText(one) > sortText(other));
}

function sortText(row: WindowsBackup): string {
  return JSON.stringify([row.outcome, row.at, row.code]);
}

/** The collector hands over the events of this long. */
const WINDOW_MS = 30 * 24 * 60 * 60 * 1000;

/** When a look at the log was taken. */
export interface LogLook {
  /** `takenAt` of the snapshot. */
  readonly takenAt: string;
  /** `takenAt` of the last run; `null` before the first. */
  readonly lastRunAt: string | null;
}

/**
 * Works out from when on the log is known without a gap: no event since then can have been missed. A log that was
 * cleared, or not read for longer than its events are handed over, begins anew.
 *
 * @param known Of the ledger.
 * @param log Of tonight's snapshot, `null` when nobody looked.
 * @param look When this is, and when the last run was.
 * @returns What the ledger is to know; `null` when nobody ever looked.
 */
export function eventLogNow(
  known: EventLogState | null,
  log: EventLog | null,
  look: LogLook,
): EventLogState | null {
  const taken = Date.parse(look.takenAt);
  const lastRun = look.lastRunAt === null ? null : Date.parse(look.lastRunAt);
  if (log === null || (known !== null && lastRun !== null && taken < lastRun)) return known;
  if (log.state !== "read" || log.since === null) return { state: log.state, since: null };
  const from = Math.max(Date.parse(log.since), taken - WINDOW_MS);
  const joins = known?.state === "read" && known.since !== null && lastRun !== null && from <= lastRun &&
    Date.parse(known.since) <= from;
  return { state: "read", since: joins ? known.since : new Date(from).toISOString() };
}
