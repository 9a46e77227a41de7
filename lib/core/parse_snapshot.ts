/** From the collector's document to a {@link Snapshot}: spellings made one, lists made lists, twins united. */

import { UserError } from "../errors.ts";
import { plainGuid } from "./guid.ts";
import { HRESULT, hresult } from "./hresult.ts";
import type { BitLockerEvent, EventLog, Protector, ReadError, Snapshot, Volume } from "./model.ts";
import { BLANKED, formatRecoveryPassword, redactRecoveryPasswords } from "./recovery_password.ts";
import { ISO_WITH_OFFSET, type SnapshotDocument, snapshotSchema } from "./snapshot_schema.ts";
import { zodMessage } from "./zod_message.ts";

/**
 * Checks and normalises a snapshot.
 *
 * @param document Any JSON value.
 * @param what How to name it in a message, such as `snapshot "C:\x.json"`.
 * @returns The snapshot; unknown fields are left out.
 * @throws {UserError} `snapshot` when it is not of schema 1 or lacks what must be there.
 */
export function parseSnapshot(document: unknown, what: string): Snapshot {
  const schema = typeof document === "object" && document !== null && "schema" in document
    ? document.schema
    : undefined;
  if (typeof schema === "number" && schema !== 1) {
    throw new UserError("snapshot", `Cannot read ${what}: it is of schema ${schema}, must be 1`, {
      hint: "Bring program and scripts to the same version",
    });
  }
  const listed = withLists(digitsInPlace(document), LISTS);
  const result = snapshotSchema.safeParse(listed);
  if (!result.success) {
    throw new UserError("snapshot", `Cannot read ${what}: ${zodMessage(result.error.issues, listed)}`);
  }
  const read = result.data;
  return {
    takenAt: read.takenAt,
    elevated: read.collector?.elevated ?? null,
    host: {
      name: read.host.name.trim(),
      domain: read.host.domain ?? null,
      machineId: read.host.machineId.replace(/[{}\s]/g, "").toLowerCase(),
      serial: read.host.serial ?? null,
      model: read.host.model ?? null,
      os: {
        caption: read.host.os?.caption ?? null,
        version: read.host.os?.version ?? null,
        edition: read.host.os?.edition ?? null,
      },
      join: read.host.join ?? null,
    },
    volumes: sortVolumes(uniteTwins(read.volumes.map(volumeOf))),
    events: (read.events ?? []).flatMap(eventsOf),
    eventLog: eventLogOf(read.eventLog ?? null),
    errors: (read.errors ?? []).map(errorOf),
  };
}

/**
 * Tells whether two spellings name one volume.
 *
 * @param deviceId `\\?\Volume{GUID}\` in any case.
 * @returns A text that is equal for equal volumes.
 */
export function volumeKey(deviceId: string): string {
  return deviceId.replace(/[{}\s]/g, "").toLowerCase().replace(/\\+$/, "");
}

/**
 * Keeps digits in `recoveryPassword` alone. A protector's name, a label or a message that repeats them would carry
 * them into the ledger, `status.json` and mails.
 *
 * @param value Any JSON value.
 * @param depth How deep it stands in the document.
 * @returns The same with digits blanked in all other texts and names.
 */
export function digitsInPlace<T>(value: T, depth?: number): T;
export function digitsInPlace(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return redactRecoveryPasswords(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) return null;
  if (Array.isArray(value)) return value.map((one) => digitsInPlace(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) =>
      name === "recoveryPassword" && typeof field === "string"
        ? [name, field]
        : [redactRecoveryPasswords(name), digitsInPlace(field, depth + 1)]
    ),
  );
}

/** The schema knows no field so deep; a document of a hundred thousand brackets would use up the stack. */
const DEEPEST = 32;

/** Where lists stand in the document, and in the entries of a list. */
interface ListPlaces {
  readonly [field: string]: ListPlaces;
}

const LISTS: ListPlaces = { volumes: { mountPaths: {}, protectors: {}, errors: {} }, events: {}, errors: {} };

/** PowerShell 5.1 writes a list of one as the bare thing. */
function withLists(value: unknown, places: ListPlaces): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const fields = Object.entries(value).map(([name, field]) => {
    const inner = Object.hasOwn(places, name) ? places[name] : undefined;
    if (inner === undefined || field === null || field === undefined) return [name, field];
    return [name, (Array.isArray(field) ? field : [field]).map((one: unknown) => withLists(one, inner))];
  });
  return Object.fromEntries(fields);
}

type VolumeDocument = SnapshotDocument["volumes"][number];
type ErrorDocument = NonNullable<VolumeDocument["errors"]>[number];
type EventDocument = NonNullable<SnapshotDocument["events"]>[number];
type ProtectorDocument = NonNullable<VolumeDocument["protectors"]>[number];

function volumeOf(volume: VolumeDocument): Volume {
  const errors = (volume.errors ?? []).map(errorOf);
  const persistent = plainGuid(volume.persistentVolumeId ?? "");
  return {
    deviceId: volume.deviceId.trim(),
    persistentVolumeId: persistent === "" ? null : persistent,
    drive: driveOf(volume.drive),
    label: volume.label === "" ? null : volume.label ?? null,
    volumeType: volume.volumeType ?? null,
    sizeBytes: volume.sizeBytes ?? null,
    protectionStatus: volume.protectionStatus ?? null,
    conversionStatus: volume.conversionStatus ?? null,
    encryptionPercentage: volume.encryptionPercentage ?? null,
    encryptionMethod: volume.encryptionMethod ?? null,
    lockStatus: volume.lockStatus ?? null,
    suspendCount: volume.suspendCount ?? null,
    autoUnlock: volume.autoUnlock ?? null,
    mountPaths: volume.mountPaths ?? [],
    protectors: protectorsOf(volume, errors),
    errors,
  };
}

/** "Not activated" means that there is no protector; any other error of the call, that the list was not read. */
function protectorsOf(volume: VolumeDocument, errors: readonly ReadError[]): readonly Protector[] | null {
  const failed = errors.find((error) => error.call === "GetKeyProtectors");
  const listed = volume.protectors ?? null;
  if (failed && (listed === null || listed.length === 0)) {
    return failed.code === HRESULT.notActivated ? [] : null;
  }
  return listed === null ? null : uniteProtectors(listed.flatMap(protectorOf));
}

/** Digits without a Key ID are kept under a made-up one: no key is lost. Without either there is nothing to keep. */
function protectorOf(protector: ProtectorDocument, index: number): readonly Protector[] {
  const password = protector.recoveryPassword?.trim() ?? "";
  const named = protector.id ?? "";
  const id = named.includes(BLANKED) ? "" : plainGuid(named);
  if (id === "" && password === "") return [];
  return [{
    id: id === "" ? `WITHOUT-ID-${index + 1}` : id,
    type: protector.type ?? null,
    friendlyName: protector.friendlyName || null,
    recoveryPassword: password === "" ? null : formatRecoveryPassword(password) ?? password,
  }];
}

function errorOf(error: ErrorDocument): ReadError {
  return {
    call: error.call ?? "unknown call",
    protectorId: error.protectorId ? plainGuid(error.protectorId) : null,
    code: codeOf(error.code),
    message: error.message ?? null,
  };
}

/** An event that names several protectors, as deletions from Entra ID do, becomes one for each. */
function eventsOf(event: EventDocument): readonly BitLockerEvent[] {
  if (event.id == null || event.time == null) return [];
  const { id, time } = event;
  const named = event.protectorId?.match(ONE_GUID) ?? (event.protectorId ? [event.protectorId] : [null]);
  return named.map((protector) => ({
    id,
    time,
    protectorId: protector === null ? null : plainGuid(protector),
    drive: driveOf(event.drive),
    code: codeOf(event.code),
  }));
}

const ONE_GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

function eventLogOf(log: NonNullable<SnapshotDocument["eventLog"]> | null): EventLog | null {
  if (log === null) return null;
  const since = log.since ?? "";
  return {
    state: log.state,
    since: ISO_WITH_OFFSET.test(since) && !Number.isNaN(Date.parse(since)) ? since : null,
    message: log.message ?? null,
  };
}

function codeOf(code: string | number | null | undefined): string | null {
  return code === null || code === undefined || code === "" ? null : hresult(code);
}

/** `c:\` and `C` become `C:`; anything else that is no letter is no drive. */
function driveOf(drive: string | null | undefined): string | null {
  const letter = /^\s*([A-Za-z])(?::\\?)?\s*$/.exec(drive ?? "")?.[1];
  return letter === undefined ? null : `${letter.toUpperCase()}:`;
}

function uniteProtectors(protectors: readonly Protector[]): readonly Protector[] {
  const byId = new Map<string, Protector>();
  for (const one of protectors) {
    const twin = byId.get(one.id);
    byId.set(one.id, twin ? firstKnown(twin, one) : one);
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One `deviceId` twice is one volume: WMI may list a volume once a mount point. */
function uniteTwins(volumes: readonly Volume[]): readonly Volume[] {
  const byKey = new Map<string, Volume>();
  for (const one of volumes) {
    const key = volumeKey(one.deviceId);
    const twin = byKey.get(key);
    byKey.set(
      key,
      twin
        ? {
          ...firstKnown(twin, one),
          mountPaths: [...new Set([...twin.mountPaths, ...one.mountPaths])],
          protectors: twin.protectors === null && one.protectors === null
            ? null
            : uniteProtectors([...(twin.protectors ?? []), ...(one.protectors ?? [])]),
          errors: [...twin.errors, ...one.errors],
        }
        : one,
    );
  }
  return [...byKey.values()];
}

/** Of every field the first that is not `null`. */
function firstKnown<T extends object>(first: T, second: T): T {
  const known = Object.entries(first).filter(([, value]) => value !== null);
  return { ...second, ...Object.fromEntries(known) };
}

function sortVolumes(volumes: readonly Volume[]): readonly Volume[] {
  const rank = (volume: Volume): string => `${volume.drive ?? "~"} ${volumeKey(volume.deviceId)}`;
  return [...volumes].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
