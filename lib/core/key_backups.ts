/** What the ledger knows of copies that Windows made itself of one key. */

import type { EventLogState, KnownProtector, KnownVolume, WindowsBackup } from "./ledger_model.ts";

/** A key that is asked about. */
export interface AskedKey {
  /** GUID, upper case, no braces. */
  readonly keyId: string;
  /** The letter of its drive, as failures name it. */
  readonly drive: string | null;
  /** Whether it is on the drive: of an old key only what was done is told. */
  readonly current: boolean;
  /** `takenAt` of the first snapshot that showed it. */
  readonly firstSeenAt: string;
  /** Whether it came while its drive was looked after: only then is it known to be no older. */
  readonly cameLater: boolean;
}

/** What is known. */
export interface BackupFacts {
  /** Of the ledger. */
  readonly backups: readonly WindowsBackup[];
  /** Of the ledger; `null` when nobody looked. */
  readonly eventLog: EventLogState | null;
}

/**
 * Makes the question about a key of the ledger.
 *
 * @param protector The key.
 * @param volume Its drive.
 * @param options Whether it opens the drive now.
 * @returns What the words about it are made from.
 */
export function askedKey(
  protector: Pick<KnownProtector, "id" | "firstSeenAt">,
  volume: Pick<KnownVolume, "drive" | "firstSeenAt">,
  { current }: { readonly current: boolean },
): AskedKey {
  return {
    keyId: protector.id,
    drive: volume.drive,
    current,
    firstSeenAt: protector.firstSeenAt,
    cameLater: Date.parse(protector.firstSeenAt) > Date.parse(volume.firstSeenAt),
  };
}

/** A new key is saved within minutes; the night that first shows it, or the one before, may have been missed. */
const FAILURE_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * Picks what concerns a key: all that names it, and failures that name its drive or nothing at all, as far as
 * they can be about this key and no later success makes up for them.
 *
 * @param key Asked about.
 * @param backups Of the ledger.
 * @returns Oldest first.
 */
export function backupsOf(key: AskedKey, backups: readonly WindowsBackup[]): readonly WindowsBackup[] {
  const time = (one: WindowsBackup): number => Date.parse(one.at);
  const own = backups.filter((one) => one.about === key.keyId);
  const failures = backups.filter((one) =>
    key.current && one.outcome === "failed" && (one.about === key.drive || one.about === "") &&
    !(key.cameLater && time(one) < Date.parse(key.firstSeenAt) - FAILURE_MS)
  );
  const saved = (place: WindowsBackup["place"]): boolean =>
    own.some((one) => one.place === place && one.outcome === "saved");
  return [
    ...own.filter((one) => one.outcome !== "failed" || !saved(one.place)),
    ...failures.filter((one) => !saved(one.place)),
  ]
    .sort((a, b) => time(a) - time(b) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/**
 * Lists for programs what concerns a key.
 *
 * @param key Asked about.
 * @param backups Of the ledger.
 * @returns Where to, what came of it, when, with which code; oldest first.
 */
export function listedBackups(
  key: AskedKey,
  backups: readonly WindowsBackup[],
): readonly Omit<WindowsBackup, "about">[] {
  return backupsOf(key, backups).map(({ place, outcome, at, code }) => ({ place, outcome, at, code }));
}
