/** PURE: what Windows' log of BitLocker adds to a night: copies that Windows made itself, and lines of history. */

import { refOf } from "../core/diff.ts";
import { type AskedKey, askedKey, type BackupFacts } from "../core/key_backups.ts";
import type { KnownVolume, News, WindowsBackup } from "../core/ledger_model.ts";
import type { Snapshot } from "../core/model.ts";
import { sayHeadline } from "../core/say_headline.ts";
import { eventLogNow, mergeBackups } from "../core/windows_backups.ts";
import type { LedgerChanges, LedgerView } from "../ports.ts";
import type { NewsContext } from "./news.ts";
import type { CurrentKey } from "./report_plan.ts";

/** Kind of the items of news that are no change of the PC but copies that Windows made. */
export const BACKUP_NEWS = "windows-backup";

/** What the log adds. */
export interface ObservedBackups {
  /** All that is known now. */
  readonly facts: BackupFacts;
  /** What of that the ledger does not know yet. */
  readonly changes: Pick<LedgerChanges, "backups" | "eventLog">;
  /** Worth a line of history. */
  readonly turns: readonly WindowsBackup[];
}

/**
 * Joins the log of tonight with the ledger.
 *
 * @param view The ledger as it was.
 * @param snapshot Events, and how far they could be read.
 * @returns What is known now, and what is new.
 */
export function observeBackups(
  view: Pick<LedgerView, "backups" | "eventLog" | "lastRun">,
  snapshot: Pick<Snapshot, "events" | "eventLog" | "takenAt">,
): ObservedBackups {
  const { all, altered, turns } = mergeBackups(view.backups, snapshot.events);
  const eventLog = eventLogNow(view.eventLog, snapshot.eventLog, {
    takenAt: snapshot.takenAt,
    lastRunAt: view.lastRun?.takenAt ?? null,
  });
  const same = eventLog === null ||
    (eventLog.state === view.eventLog?.state && eventLog.since === view.eventLog.since);
  return {
    facts: { backups: all, eventLog },
    changes: { ...(altered.length === 0 ? {} : { backups: altered }), ...(same ? {} : { eventLog }) },
    turns,
  };
}

/**
 * Makes the question about a key that opens a volume now.
 *
 * @param key Of the night.
 * @returns What the words are made from.
 */
export function askedOf({ keyId, volume }: Pick<CurrentKey, "keyId" | "volume">): AskedKey {
  const { firstSeenAt } = volume.protectors.find((one) => one.id === keyId) ?? volume;
  return askedKey({ id: keyId, firstSeenAt }, volume, { current: true });
}

/**
 * Turns them into news for the history alone: no mail is sent for them, but one that is sent tells of them.
 *
 * @param turns What Windows' log newly tells.
 * @param volumes As known now.
 * @param context Run, time, last id.
 * @returns One item each, in the order of their times.
 */
export async function backupNews(
  turns: readonly WindowsBackup[],
  volumes: readonly KnownVolume[],
  context: Pick<NewsContext, "runId" | "at" | "lastId">,
): Promise<readonly News[]> {
  if (turns.length === 0) return [];
  const { sayBackupEvent } = await import("../core/say_windows_backup.ts");
  const inOrder = turns.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return inOrder.map((backup, index) => {
    const home = volumes.find((volume) => volume.protectors.some((one) => one.id === backup.about)) ??
      volumes.find((volume) => volume.present && volume.drive !== null && volume.drive === backup.about);
    const volume = home === undefined ? null : refOf(home);
    return {
      id: context.lastId + index + 1,
      at: context.at,
      runId: context.runId,
      topic: "change",
      kind: BACKUP_NEWS,
      severity: "info",
      volume,
      keyId: home?.protectors.some((one) => one.id === backup.about) ? backup.about : null,
      about: null,
      title: sayHeadline(BACKUP_NEWS, volume),
      text: sayBackupEvent(backup, volume),
      tell: false,
    };
  });
}
