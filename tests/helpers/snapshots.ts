/**
 * Builders for what the deciding code is given: documents of the collector, and what the ledger and the settings
 * hold. Each makes an ordinary thing; a test names only what is special.
 */

import { readSettings } from "../../lib/core/config.ts";
import { type Before, type Comparison, diff } from "../../lib/core/diff.ts";
import type {
  Delivery,
  DestinationState,
  KnownProtector,
  KnownVolume,
  News,
  ReportEntry,
} from "../../lib/core/ledger_model.ts";
import type { Change, Finding, Snapshot } from "../../lib/core/model.ts";
import { parseSnapshot } from "../../lib/core/parse_snapshot.ts";
import type { Settings } from "../../lib/core/settings.ts";
import { UserError } from "../../lib/errors.ts";

/** A JSON object. */
export type Json = Readonly<Record<string, unknown>>;

/** Machine ID of {@link snapshotDocument}. */
export const MACHINE = "4c4c4544-0042-3510-8052-b4c04f564232";

/** When {@link snapshotDocument} was taken. */
export const TAKEN_AT = "2026-11-24T03:00:12.345+01:00";

/** A recipient that the settings take; nobody has its identity. */
export const RECIPIENT = `age1${"q".repeat(58)}`;

/** @returns A valid recovery password, another for each number below 65536. */
export function passwordOf(number: number): string {
  const groups = Array.from({ length: 8 }, (_, group) => (number * 3571 + group * 7919) % 65536 * 11);
  return groups.map((group) => String(group).padStart(6, "0")).join("-");
}

/** @returns A GUID as the program spells it, another for each number. */
export function guidOf(number: number): string {
  return `${number.toString(16).padStart(8, "0")}-7235-4E32-B7F1-CDC5D4EC89C5`.toUpperCase();
}

/** @returns The device ID of a volume, another for each number. */
export function deviceOf(number: number): string {
  return `\\\\?\\Volume{4f1c2a00-0000-0000-0000-${String(number).padStart(12, "0")}}\\`;
}

/** @returns A recovery password protector as the collector writes it. */
export function keyDocument(number: number, changes: Json = {}): Json {
  return {
    id: `{${guidOf(number)}}`,
    type: 3,
    friendlyName: "",
    recoveryPassword: passwordOf(number),
    ...changes,
  };
}

/** @returns A TPM protector as the collector writes it. */
export function tpmDocument(number = 0xF0, changes: Json = {}): Json {
  return { id: `{${guidOf(number)}}`, type: 1, friendlyName: "", recoveryPassword: null, ...changes };
}

/** @returns An encrypted, unlocked C: with key 1 and a TPM. */
export function volumeDocument(changes: Json = {}): Json {
  return {
    deviceId: deviceOf(1),
    persistentVolumeId: `{${guidOf(0xA1)}}`,
    drive: "C:",
    label: "Windows",
    volumeType: 0,
    sizeBytes: 511_000_000_000,
    protectionStatus: 1,
    conversionStatus: 1,
    encryptionPercentage: 100,
    encryptionMethod: 6,
    lockStatus: 0,
    suspendCount: 0,
    autoUnlock: null,
    mountPaths: ["C:\\"],
    protectors: [keyDocument(1), tpmDocument()],
    errors: [],
    ...changes,
  };
}

/** @returns A second, fixed data volume D: with key 2 and a passphrase. */
export function dataVolumeDocument(changes: Json = {}): Json {
  return volumeDocument({
    deviceId: deviceOf(2),
    persistentVolumeId: `{${guidOf(0xA2)}}`,
    drive: "D:",
    label: "Photos",
    volumeType: 1,
    mountPaths: ["D:\\"],
    protectors: [keyDocument(2), tpmDocument(0xF2, { type: 8 })],
    ...changes,
  });
}

/** @returns A volume as Windows shows one that nobody ever encrypted. */
export function plainVolumeDocument(changes: Json = {}): Json {
  return dataVolumeDocument({
    persistentVolumeId: "",
    protectionStatus: 0,
    conversionStatus: 0,
    encryptionPercentage: 0,
    encryptionMethod: 0,
    protectors: [],
    ...changes,
  });
}

/** @returns An entry of `errors` as the collector writes it. */
export function errorDocument(call: string, code: string | number | null = "0x80041001"): Json {
  return { call, protectorId: null, code, message: "something" };
}

/** @returns The collector's document, of C: alone unless told. */
export function snapshotDocument(volumes: unknown = [volumeDocument()], changes: Json = {}): Json {
  return {
    schema: 1,
    takenAt: TAKEN_AT,
    collector: {
      version: "1.0.0",
      powershell: "5.1.26100.1",
      elevated: true,
      is64Bit: true,
      source: "cim",
    },
    host: hostDocument(),
    volumes,
    events: [],
    errors: [],
    ...changes,
  };
}

/** @returns The host of {@link snapshotDocument}. */
export function hostDocument(changes: Json = {}): Json {
  return {
    name: "ANNA-LAPTOP",
    domain: null,
    machineId: MACHINE,
    serial: "5CD1234XYZ",
    model: "HP 250 G9",
    os: { caption: "Microsoft Windows 11 Home", version: "10.0.26100", edition: "Core" },
    ...changes,
  };
}

/** @returns The snapshot of some volumes. */
export function snapshotOf(volumes?: unknown, changes?: Json): Snapshot {
  return parseSnapshot(snapshotDocument(volumes, changes), "snapshot");
}

/** @returns What stands for a password in a ledger of these tests. */
export function markOf(password: string): string {
  return `mark of ${password}`;
}

/** What a new ledger knows. */
export const NOTHING: Before = { machineId: null, hostName: null, volumes: [] };

/** Compares a snapshot, with {@link markOf} for fingerprints. */
export function compare(before: Before, snapshot: Snapshot): Comparison {
  const passwords = snapshot.volumes.flatMap((volume) => volume.protectors ?? [])
    .flatMap((one) => one.recoveryPassword ?? []);
  return diff(before, snapshot, new Map(passwords.map((password) => [password, markOf(password)])));
}

/** What a ledger knows after nights. A row is replaced by one of the same device ID, as the ledger does it. */
export function knowledgeAfter(...nights: readonly Snapshot[]): Before {
  return nights.reduce<Before>((before, snapshot) => {
    const { volumes, machineId } = compare(before, snapshot);
    const rows = new Map([...before.volumes, ...volumes].map((volume) => [volume.deviceId, volume]));
    return { machineId, hostName: snapshot.host.name, volumes: [...rows.values()] };
  }, NOTHING);
}

/** What the last of some nights changed, each as `kind drive Key-ID-number`, sorted. */
export function changesOf(...nights: readonly Snapshot[]): readonly string[] {
  const last = nights.at(-1);
  if (last === undefined) return [];
  return compare(knowledgeAfter(...nights.slice(0, -1)), last).changes.map((change) =>
    [change.kind, change.volume?.drive, change.keyId && Number.parseInt(change.keyId.slice(0, 8), 16)]
      .filter((part) => part !== null && part !== undefined).join(" ")
  ).sort();
}

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

/** @returns Complete settings from what a settings file would hold. */
export function settingsFrom(file: Json = {}): Settings {
  return readSettings({ file, policy: null, fileName: "settings.json" }).settings;
}

/** Runs something that must throw a {@link UserError}. @returns The error. */
export function userErrorOf(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown, a UserError should have been");
}
