/** Words what is known of copies of recovery keys that Windows made itself, and where a person finds them. */

import { keyIdParts, oneLine, sayDay, sayTheDrive } from "./how_to_say.ts";
import { type AskedKey, type BackupFacts, backupsOf } from "./key_backups.ts";
import type { EventLogState, WindowsBackup } from "./ledger_model.ts";
import type { VolumeRef } from "./model.ts";

/** Who reads it: at the PC, or somebody whose account is not the one that is meant. */
export type Reader = "owner" | "helper";

/**
 * Says whether Windows itself saved a key. "No sign" is said only where the log was read, without a gap, from
 * before the key came: else nobody can know.
 *
 * @param key Asked about.
 * @param facts Of the ledger.
 * @param options Who reads it. @default {reader: "owner"}
 * @returns A sentence or more; empty for an old key of which nothing is known.
 */
export function sayWindowsBackup(
  key: AskedKey,
  facts: BackupFacts,
  { reader = "owner" }: { readonly reader?: Reader } = {},
): string {
  const known = backupsOf(key, facts.backups);
  const sentences = known.map((one) => sayBackup(one, reader));
  const isSaved = (["microsoft-account", "entra", "active-directory"] as const).some((place) =>
    known.findLast((one) => one.place === place && one.outcome !== "failed")?.outcome === "saved"
  );
  if (isSaved || !key.current) return sentences.join(" ");
  const unnamed = facts.backups.filter((one) =>
    one.outcome === "saved" && (one.about === "" || one.about === key.drive)
  );
  if (unnamed.length > 0) return [...sentences, ...unnamed.map((one) => sayUnnamed(one, reader))].join(" ");
  return [...sentences, ...(known.length > 0 ? [] : [sayNothingSeen(key, facts.eventLog)])].join(" ");
}

function sayBackup({ about, place, outcome, at, code }: WindowsBackup, reader: Reader): string {
  const where = PLACES[reader][place];
  switch (outcome) {
    case "saved":
      return `Windows itself saved this key to ${where} on ${sayDay(at)}.`;
    case "deleted":
      return `This key was deleted from ${where} on ${sayDay(at)}.`;
    case "failed":
      return `Windows tried to save ${sayFailed(about)} to ${where} on ${sayDay(at)} and failed${
        code === null ? "" : ` (${oneLine(code, 40)})`
      }.`;
  }
}

function sayFailed(about: string): string {
  if (about === "") return "a recovery key of this PC";
  return /^[A-Z]:$/.test(about) ? `a recovery key of drive ${about}` : "this key";
}

function sayUnnamed({ about, place, at }: WindowsBackup, reader: Reader): string {
  return `On ${sayDay(at)} Windows found a recovery key of ${
    about === "" ? "this PC" : `drive ${about}`
  } in ${PLACES[reader][place]}; which one, it did not say.`;
}

function sayNothingSeen(key: AskedKey, log: EventLogState | null): string {
  const since = log?.since ?? null;
  if (since !== null && key.cameLater && Date.parse(since) < Date.parse(key.firstSeenAt)) {
    return "No sign that Windows itself saved this key: its log, known from before this key came, tells of no such thing.";
  }
  return `Nobody can say whether Windows itself saved this key: ${sayWhyUnknown(log)}.`;
}

function sayWhyUnknown(log: EventLogState | null): string {
  if (log === null) return "its log has not been looked at";
  if (log.since !== null) {
    return `its log is known only from ${sayDay(log.since)} on, and this key may have been saved before`;
  }
  switch (log.state) {
    case "read":
      return "its log is empty";
    case "off":
      return "its log is switched off";
    case "missing":
      return "this Windows has no such log";
    case "unreadable":
      return "its log could not be read";
  }
}

const PLACES: Readonly<Record<Reader, Readonly<Record<WindowsBackup["place"], string>>>> = {
  owner: {
    "microsoft-account": "your Microsoft account",
    "entra": "Entra ID, your work or school account",
    "active-directory": "Active Directory, your organisation's domain",
  },
  // Whoever is sent a mail has a Microsoft account, too; the key is not in that one.
  helper: {
    "microsoft-account": "the Microsoft account of this PC's user",
    "entra": "Entra ID, the work or school account of this PC's user",
    "active-directory": "Active Directory, the domain of this PC",
  },
};

/**
 * Says for the history what an event of the log tells.
 *
 * @param backup New in the ledger.
 * @param volume The drive of its key, where it is known.
 * @returns One sentence.
 */
export function sayBackupEvent(backup: WindowsBackup, volume: VolumeRef | null): string {
  const { about, outcome, at } = backup;
  const where = PLACES.owner[backup.place];
  const isKey = about !== "" && !/^[A-Z]:$/.test(about);
  if (isKey && outcome !== "failed") {
    const key = `the recovery key ${keyIdParts(about).short}${
      volume === null ? "" : ` of ${sayTheDrive(volume)}`
    }`;
    return outcome === "saved"
      ? `Windows itself saved ${key} to ${where} on ${sayDay(at)}.`
      : `T${key.slice(1)} was deleted from ${where} on ${sayDay(at)}.`;
  }
  if (outcome === "saved") return sayUnnamed(backup, "owner");
  return isKey
    ? sayBackup(backup, "owner").replace("this key", `the recovery key ${keyIdParts(about).short}`)
    : sayBackup(backup, "owner");
}

/**
 * The three accounts and places that are mixed up, told apart. Once a page, mail or listing.
 */
export const ACCOUNTS: string =
  "Easily mixed up: a Microsoft account signs in to a private PC; keys that Windows saved there stand at " +
  "account.microsoft.com/devices/recoverykey. OneDrive is for files: Windows saves no key there. A work or school " +
  "account (Entra ID, formerly Azure AD) is another account: its keys stand at myaccount.microsoft.com under " +
  "Devices, or the administrator has them.";

/**
 * Tells whether a person who reads of these keys may look in the wrong account.
 *
 * @param keys Asked about.
 * @param backups Of the ledger.
 * @returns Whether {@link ACCOUNTS} helps: not where there is no key, or all lie in Active Directory alone.
 */
export function accountsMatter(keys: readonly AskedKey[], backups: readonly WindowsBackup[]): boolean {
  return keys.some((key) => {
    const known = backupsOf(key, backups);
    return key.current && (known.length === 0 || known.some((one) => one.place !== "active-directory"));
  });
}

/**
 * Says how far Windows' log can be trusted to be complete, where that is not far.
 *
 * @param log Of the ledger.
 * @returns A sentence; `null` when it was read.
 */
export function sayEventLog(log: EventLogState | null): string | null {
  switch (log?.state) {
    case undefined:
    case "read":
      return null;
    case "off":
      return "Windows' log of BitLocker is switched off: what Windows itself saves is not seen.";
    case "missing":
      return "This Windows has no log of BitLocker: what Windows itself saves is not seen.";
    case "unreadable":
      return "Windows' log of BitLocker could not be read: what Windows itself saves is not seen.";
  }
}
