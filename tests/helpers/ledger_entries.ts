/** What the ledger holds and a night finds. Each is an ordinary one; a test names only what is special. */

import type {
  Delivery,
  DestinationState,
  KnownProtector,
  KnownVolume,
  News,
  ReportEntry,
} from "../../lib/core/ledger_model.ts";
import type { Change, Finding } from "../../lib/core/model.ts";
import { deviceOf, guidOf, MACHINE, markOf, passwordOf, TAKEN_AT } from "./made_up_values.ts";

/** @returns A key as the ledger knows it. */
export function knownKey(number: number, changes: Partial<KnownProtector> = {}): KnownProtector {
  return {
    id: guidOf(number),
    type: 3,
    fingerprint: markOf(passwordOf(number)),
    valid: true,
    present: true,
    firstSeenAt: TAKEN_AT,
    removedAt: null,
    ...changes,
  };
}

/** @returns An encrypted C: with key 1, as the ledger knows it. */
export function knownVolume(changes: Partial<KnownVolume> = {}): KnownVolume {
  return {
    deviceId: deviceOf(1),
    persistentVolumeId: guidOf(0xA1),
    machineId: MACHINE,
    drive: "C:",
    label: "Windows",
    volumeType: 0,
    sizeBytes: 511_000_000_000,
    protectionStatus: 1,
    conversionStatus: 1,
    encryptionMethod: 6,
    lockStatus: 0,
    present: true,
    firstSeenAt: TAKEN_AT,
    lastSeenAt: TAKEN_AT,
    protectorsRead: true,
    protectors: [knownKey(1)],
    ...changes,
  };
}

/** @returns The plain report of a key. */
export function reportEntry(number: number, changes: Partial<ReportEntry> = {}): ReportEntry {
  const rendition = changes.rendition ?? "plain";
  const ending = rendition === "sealed" ? ".TXT.age" : ".TXT";
  const folder = "ANNA-LAPTOP";
  const takenAt = changes.takenAt ?? TAKEN_AT;
  const name = `${takenAt.slice(0, 10)} C BitLocker Recovery Key ${guidOf(number)}${ending}`;
  return {
    id: `${folder}/${name}`,
    kind: "key",
    rendition,
    folder,
    name,
    size: 1000,
    sha256: "0".repeat(64),
    recipientsHash: rendition === "sealed" ? "all" : null,
    keyId: guidOf(number),
    fingerprint: markOf(passwordOf(number)),
    deviceId: deviceOf(1),
    takenAt,
    number: Date.parse(takenAt),
    released: false,
    ...changes,
  };
}

/** @returns A recovery sheet. */
export function sheetEntry(changes: Partial<ReportEntry> = {}): ReportEntry {
  const takenAt = changes.takenAt ?? TAKEN_AT;
  const name = `${takenAt.slice(0, 10)} Recovery sheet.html${changes.rendition === "sealed" ? ".age" : ""}`;
  const id = `ANNA-LAPTOP/${name}`;
  return reportEntry(0, {
    kind: "sheet",
    id,
    name,
    keyId: null,
    fingerprint: "sheet",
    deviceId: null,
    ...changes,
  });
}

/** @returns A report that was delivered and verified at {@link TAKEN_AT}. */
export function delivery(
  destination: string,
  report: ReportEntry,
  changes: Partial<Delivery> = {},
): Delivery {
  return {
    destination,
    report: report.id,
    state: "delivered",
    folder: report.folder,
    name: report.name,
    attempts: 1,
    deliveredAt: TAKEN_AT,
    verifiedAt: TAKEN_AT,
    hashedAt: TAKEN_AT,
    uploadSeenAt: null,
    error: null,
    ...changes,
  };
}

/** @returns What is remembered of a mail destination that has been told everything up to now. */
export function mailState(changes: Partial<DestinationState> = {}): DestinationState {
  return {
    name: "helper",
    identity: "mail tom@example.org",
    place: null,
    folders: {},
    reachedAt: null,
    unreachableSince: null,
    toldUpTo: 0,
    mailTimes: [],
    ...changes,
  };
}

/** @returns A finding about C:. */
export function finding(changes: Partial<Finding> = {}): Finding {
  return {
    code: "suspended",
    severity: "warning",
    volume: { deviceId: deviceOf(1), drive: "C:", label: "Windows" },
    about: null,
    text: "Protection is off.",
    ...changes,
  };
}

/** @returns A change of C:. */
export function change(kind: Change["kind"], changes: Partial<Change> = {}): Change {
  const volume = { deviceId: deviceOf(1), drive: "C:", label: "Windows" };
  return { kind, volume, keyId: null, text: `${kind}.`, ...changes };
}

/** @returns An item of news worth a mail. */
export function newsItem(id: number, changes: Partial<News> = {}): News {
  return {
    id,
    at: TAKEN_AT,
    runId: "run",
    topic: "change",
    kind: "key-added",
    severity: "info",
    volume: null,
    keyId: null,
    about: null,
    title: "Something happened",
    text: "Something happened.",
    tell: true,
    ...changes,
  };
}
