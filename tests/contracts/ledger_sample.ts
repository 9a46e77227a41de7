/** Rows of a ledger, and a sample with something in every table. */

import type {
  Delivery,
  DestinationState,
  KnownProtector,
  KnownVolume,
  News,
  ReportEntry,
  Run,
  StandingFinding,
  WindowsBackup,
} from "../../lib/core/ledger_model.ts";
import type { LedgerChanges, LedgerView } from "../../lib/ports.ts";
import { delivery as deliveryOf, knownKey, knownVolume } from "../helpers/ledger_entries.ts";
import { TAKEN_AT } from "../helpers/made_up_values.ts";

const PC = "4c4c4544-0042-3510-8052-b4c04f575931";

/** When the first of two nights was. */
export const AT = TAKEN_AT;

/** When the second was. */
export const LATER = "2026-11-25T03:00:09.001+01:00";

/** A protector; by default a recovery password. */
export function protector(id: string, more: Partial<KnownProtector> = {}): KnownProtector {
  return knownKey(0, { id, fingerprint: `fingerprint-of-${id}`, ...more });
}

/** A volume with a recovery password and a TPM. */
export function volume(deviceId: string, more: Partial<KnownVolume> = {}): KnownVolume {
  const protectors = [
    protector(`${deviceId}-KEY`),
    protector(`${deviceId}-TPM`, { type: 1, fingerprint: null }),
  ];
  return knownVolume({ deviceId, persistentVolumeId: null, machineId: PC, protectors, ...more });
}

/** A report of one key. */
export function report(id: string, more: Partial<ReportEntry> = {}): ReportEntry {
  return {
    id,
    kind: "key",
    rendition: "plain",
    folder: "ANNA-LAPTOP",
    name: `${id}.TXT`,
    size: 1342,
    sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    recipientsHash: null,
    keyId: "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5",
    fingerprint: "fingerprint",
    deviceId: "\\\\?\\Volume{1}\\",
    takenAt: AT,
    number: 1,
    released: false,
    ...more,
  };
}

/** A report that is at its destination. */
export function delivery(destination: string, of: string, more: Partial<Delivery> = {}): Delivery {
  return deliveryOf(destination, report(of), { hashedAt: null, ...more });
}

/** A folder that was reached. */
export function destination(name: string, more: Partial<DestinationState> = {}): DestinationState {
  return {
    name,
    identity: `folder E:\\${name}`,
    place: `E:\\${name}`,
    folders: { "ANNA-LAPTOP": "ANNA-LAPTOP" },
    reachedAt: AT,
    unreachableSince: null,
    toldUpTo: null,
    mailTimes: [],
    ...more,
  };
}

/** Something worth a mail. */
export function news(id: number, more: Partial<News> = {}): News {
  return {
    id,
    at: AT,
    runId: "run-1",
    topic: "change",
    kind: "key-added",
    severity: "warning",
    volume: { deviceId: "\\\\?\\Volume{1}\\", drive: "C:", label: "Windows" },
    keyId: "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5",
    about: "office",
    title: "New recovery key",
    text: `Drive C: has a new recovery key (${id}).`,
    tell: true,
    ...more,
  };
}

/** A night without trouble. */
export function run(runId: string, more: Partial<Run> = {}): Run {
  return { runId, takenAt: AT, exit: 0, changes: 0, findings: [], shortfalls: [], ...more };
}

/** A finding that stands. */
export function finding(key: string, more: Partial<StandingFinding> = {}): StandingFinding {
  return { key, since: AT, toldAt: null, ...more };
}

/** A key that Windows saved. */
export function backup(about: string, more: Partial<WindowsBackup> = {}): WindowsBackup {
  return { about, place: "microsoft-account", outcome: "saved", at: AT, code: null, ...more };
}

/** Something in every table, with `null` in every column that takes it, and texts that are hard to keep. */
export const SAMPLE: LedgerChanges = {
  machineId: PC,
  hostName: "ANNA-LAPTOP",
  volumes: [
    volume("\\\\?\\Volume{1}\\"),
    volume("\\\\?\\Volume{2}\\", {
      persistentVolumeId: "{00000000-0000-0000-0000-000000000002}",
      drive: null,
      label: 'Müllers "Größte" 💾 Platte\r\n',
      volumeType: null,
      sizeBytes: null,
      protectionStatus: null,
      conversionStatus: null,
      encryptionMethod: null,
      lockStatus: null,
      present: false,
      protectorsRead: false,
      protectors: [],
    }),
    volume("\\\\?\\Volume{3}\\", {
      protectors: [protector("B", { removedAt: LATER, present: false }), protector("A")],
    }),
  ],
  reports: [
    report("ANNA-LAPTOP/a.TXT"),
    report("ANNA-LAPTOP/b.html.age", {
      kind: "sheet",
      rendition: "sealed",
      recipientsHash: "of-recipients",
      keyId: null,
      fingerprint: null,
      deviceId: null,
      released: true,
    }),
  ],
  deliveries: [
    delivery("helper", "ANNA-LAPTOP/a.TXT", { state: "accepted" }),
    delivery("stick", "ANNA-LAPTOP/a.TXT", { uploadSeenAt: LATER }),
    delivery("stick", "ANNA-LAPTOP/b.html.age", {
      state: "pending",
      folder: null,
      name: null,
      attempts: 3,
      deliveredAt: null,
      verifiedAt: null,
      error: 'Cannot write "E:\\": the disk is full',
    }),
  ],
  destinations: [
    destination("helper", {
      identity: "mail tom@example.org",
      place: null,
      folders: {},
      toldUpTo: 1,
      mailTimes: [AT, LATER],
    }),
    destination("stick", { reachedAt: null, unreachableSince: LATER }),
  ],
  findings: [finding("no-copy-outside"), finding("suspended C:", { toldAt: LATER })],
  news: [
    news(1),
    news(2, { volume: null, keyId: null }),
    news(3, { tell: false }),
    news(4, { topic: "finding", kind: "suspended" }),
  ],
  backups: [
    backup("C:", { place: "active-directory", outcome: "failed", code: "0x8007054b" }),
    backup("KEY", { place: "entra", outcome: "deleted" }),
    backup("KEY", { place: "entra", at: LATER }),
    backup("KEY"),
  ],
  eventLog: { state: "off", since: null },
  hints: ['"office" is a share, and this PC has no account on it.'],
  run: run("run-1", { changes: 3, findings: ["no-copy-outside", "suspended"], exit: 3 }),
};

/** What {@link SAMPLE} reads like. */
export const SAMPLE_VIEW: LedgerView = {
  machineId: PC,
  hostName: "ANNA-LAPTOP",
  volumes: SAMPLE.volumes ?? [],
  reports: SAMPLE.reports ?? [],
  deliveries: SAMPLE.deliveries ?? [],
  destinations: SAMPLE.destinations ?? [],
  findings: SAMPLE.findings ?? [],
  news: (SAMPLE.news ?? []).filter(({ id }) => id === 2 || id === 4),
  backups: SAMPLE.backups ?? [],
  eventLog: SAMPLE.eventLog ?? null,
  hints: SAMPLE.hints ?? [],
  lastNewsId: 4,
  endedNewsId: 4,
  lastRun: SAMPLE.run ?? null,
  lastGoodRun: null,
  damage: [],
};

/** What a new one reads like. */
export const NEW_VIEW: LedgerView = {
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
  damage: [],
};
