/** Compares a snapshot with what the ledger knows: what changed, and what is to be known from now on. */

import { isRecoveryKey } from "./current_key.ts";
import { HRESULT } from "./hresult.ts";
import { isValidRecoveryPassword } from "./recovery_password.ts";
import { matchVolumes, type VolumePair } from "./match_volumes.ts";
import type { KnownProtector, KnownVolume } from "./ledger_model.ts";
import { type Change, PROTECTOR_TYPE, type Snapshot, type Volume, type VolumeRef } from "./model.ts";

/** A change that is not worded yet. */
export type BareChange = Omit<Change, "text">;

/** What the ledger knew before. */
export interface Before {
  /** `null` in a new ledger. */
  readonly machineId: string | null;
  /** The PC's name as last seen; `null` in a new ledger. */
  readonly hostName: string | null;
  /** All volumes ever seen, with their protectors. */
  readonly volumes: readonly KnownVolume[];
}

/** What a comparison gives. */
export interface Comparison {
  /** The PC's first, then those of the volumes seen, then those of the missing ones. */
  readonly changes: readonly BareChange[];
  /** All volumes, those of the snapshot and those only known, as they are to be known now. */
  readonly volumes: readonly KnownVolume[];
  /** The machine ID to go on with: the old one where tonight does not show which PC this is. */
  readonly machineId: string;
}

/**
 * Compares. Neither value is altered.
 *
 * A value that could not be read tonight is no change: the last known one stands. With an error of the whole
 * reading no volume is missing. Another machine ID with a known volume is the same PC with a new main board;
 * with none it is another PC, whose predecessor's volumes are kept and not called missing.
 *
 * @param before What the ledger knew.
 * @param snapshot What the PC showed.
 * @param fingerprints From recovery password to fingerprint, for all of the snapshot.
 * @returns Changes in the order of the volumes, and the new knowledge.
 */
export function diff(
  before: Before,
  snapshot: Snapshot,
  fingerprints: ReadonlyMap<string, string>,
): Comparison {
  const pairs = matchVolumes(snapshot.volumes, before.volumes);
  // Without administrator rights an empty list is no positive reading either.
  const partial = snapshot.errors.length > 0 || snapshot.elevated === false;
  const samePc = before.machineId === null || before.machineId === snapshot.host.machineId || partial ||
    pairs.some((pair) => pair.known !== null);
  const machineId = partial && before.machineId !== null ? before.machineId : snapshot.host.machineId;
  const context = { takenAt: snapshot.takenAt, machineId, fingerprints };

  const seen = pairs.map((pair) => compareVolume(pair, context));
  const paired = new Set(pairs.map((pair) => pair.known));
  const unseen = before.volumes.filter((volume) => !paired.has(volume)).map((volume) => {
    const gone = samePc && !partial && volume.present && volume.machineId === before.machineId;
    return {
      volume: {
        ...volume,
        machineId: samePc && volume.machineId === before.machineId ? machineId : volume.machineId,
        present: volume.present && !gone && samePc,
      },
      changes: gone ? [{ kind: "volume-missing", volume: refOf(volume), keyId: null } as const] : [],
    };
  });
  const renamed = before.hostName !== null && samePc &&
    before.hostName.toLowerCase() !== snapshot.host.name.toLowerCase();
  return {
    changes: [
      ...(renamed ? [{ kind: "host-renamed", volume: null, keyId: null } as const] : []),
      ...seen.flatMap((one) => one.changes),
      ...unseen.flatMap((one) => one.changes),
    ],
    volumes: [...seen.map((one) => one.volume), ...unseen.map((one) => one.volume)],
    machineId,
  };
}

/**
 * What a change or finding about a volume names.
 *
 * @param volume A volume of a snapshot or of the ledger.
 * @returns Its identity, letter and label.
 */
export function refOf(volume: VolumeRef): VolumeRef {
  return { deviceId: volume.deviceId, drive: volume.drive, label: volume.label };
}

interface Context {
  readonly takenAt: string;
  readonly machineId: string;
  readonly fingerprints: ReadonlyMap<string, string>;
}

interface Compared {
  readonly volume: KnownVolume;
  readonly changes: readonly BareChange[];
}

function compareVolume({ seen, known }: VolumePair, context: Context): Compared {
  const protectors = compareProtectors(seen, known, context);
  const volume: KnownVolume = {
    // The name under which the ledger keeps it, also when Windows spells it or names the volume anew.
    deviceId: known?.deviceId ?? seen.deviceId,
    persistentVolumeId: seen.persistentVolumeId ?? known?.persistentVolumeId ?? null,
    machineId: context.machineId,
    drive: seen.drive === null && isDriveUnread(seen) ? known?.drive ?? null : seen.drive,
    label: seen.label ?? known?.label ?? null,
    volumeType: seen.volumeType ?? known?.volumeType ?? null,
    sizeBytes: seen.sizeBytes ?? known?.sizeBytes ?? null,
    protectionStatus: onOrOff(seen.protectionStatus) ?? known?.protectionStatus ?? null,
    conversionStatus: seen.conversionStatus ?? known?.conversionStatus ?? null,
    encryptionMethod: seen.encryptionMethod ?? known?.encryptionMethod ?? null,
    lockStatus: seen.lockStatus ?? known?.lockStatus ?? null,
    present: true,
    firstSeenAt: known?.firstSeenAt ?? context.takenAt,
    lastSeenAt: context.takenAt,
    protectorsRead: (known?.protectorsRead ?? false) || seen.protectors !== null,
    protectors: protectors.list,
  };
  const bare = refOf(volume);
  const kinds = known === null ? ["volume-found" as const] : [
    ...presenceChanges(known, volume),
    ...encryptionChanges(known, volume),
    ...protectionChanges(known, volume),
  ];
  return {
    volume,
    changes: [
      ...kinds.map((kind) => ({ kind, volume: bare, keyId: null })),
      ...protectors.changes.map((change) => ({ ...change, volume: bare })),
    ],
  };
}

/** Letter and label come from Win32_Volume, or are properties of the volume itself. */
function isDriveUnread(seen: Volume): boolean {
  return seen.errors.some((error) => /^Win32_(?:Volume|MountPoint)$|DriveLetter/i.test(error.call));
}

/** 2 means unknown, for example of a locked volume. */
function onOrOff(status: number | null): number | null {
  return status === 0 || status === 1 ? status : null;
}

function presenceChanges(
  known: KnownVolume,
  now: KnownVolume,
): readonly ("volume-back" | "drive-letter-changed")[] {
  return [
    ...(known.present ? [] : ["volume-back" as const]),
    ...(known.drive === now.drive ? [] : ["drive-letter-changed" as const]),
  ];
}

function encryptionChanges(
  known: KnownVolume,
  now: KnownVolume,
): readonly ("encryption-started" | "encryption-finished" | "decryption-started" | "decrypted")[] {
  const from = conversionPhase(known.conversionStatus);
  const to = conversionPhase(now.conversionStatus);
  if (from === null || to === null || from === to) return [];
  return [PHASE_CHANGE[to]];
}

/** What BitLocker is doing to a volume, or has done. */
export type Phase = "decrypted" | "encrypted" | "encrypting" | "decrypting";

const PHASE_CHANGE = {
  decrypted: "decrypted",
  encrypted: "encryption-finished",
  encrypting: "encryption-started",
  decrypting: "decryption-started",
} as const;

/**
 * Win32_EncryptableVolume.GetConversionStatus: a paused conversion is still under way.
 *
 * @param status 0 to 5, or `null`.
 * @returns The phase, `null` when unknown.
 */
export function conversionPhase(status: number | null): Phase | null {
  const phases: readonly Phase[] = [
    "decrypted",
    "encrypted",
    "encrypting",
    "decrypting",
    "encrypting",
    "decrypting",
  ];
  return status === null ? null : phases[status] ?? null;
}

function protectionChanges(
  known: KnownVolume,
  now: KnownVolume,
): readonly ("protection-on" | "protection-off")[] {
  if (known.protectionStatus === null || known.protectionStatus === now.protectionStatus) return [];
  return now.protectionStatus === 1 ? ["protection-on"] : ["protection-off"];
}

type ProtectorChange = Omit<BareChange, "volume">;

/** Keys come and go by their digits and IDs; other protectors only once a first list was read. */
function compareProtectors(
  { protectors: seen, errors }: Volume,
  known: KnownVolume | null,
  context: Context,
): { readonly list: readonly KnownProtector[]; readonly changes: readonly ProtectorChange[] } {
  const before = new Map((known?.protectors ?? []).map((one) => [one.id, one]));
  if (seen === null) return { list: [...before.values()], changes: [] };

  const changes: ProtectorChange[] = [];
  const list: KnownProtector[] = seen.map((one) => {
    const old = before.get(one.id);
    const type = one.type ?? old?.type ??
      (one.recoveryPassword === null ? null : PROTECTOR_TYPE.recoveryPassword);
    const read = one.recoveryPassword === null
      ? null
      : context.fingerprints.get(one.recoveryPassword) ?? null;
    const fingerprint = read ?? old?.fingerprint ?? null;
    if (isRecoveryKey({ type, fingerprint })) {
      if (fingerprint !== null && (!old?.present || old.fingerprint === null)) {
        changes.push({ kind: "key-added", keyId: one.id });
      } else if (fingerprint !== null && fingerprint !== old?.fingerprint) {
        changes.push({ kind: "key-altered", keyId: one.id });
      }
    } else if (known?.protectorsRead && type !== null && isNewTo(known, old)) {
      changes.push({ kind: "protector-added", keyId: null, protectorId: one.id, protectorType: type });
    }
    return {
      id: one.id,
      type,
      fingerprint,
      valid: one.recoveryPassword === null
        ? old?.valid ?? true
        : isValidRecoveryPassword(one.recoveryPassword),
      present: true,
      firstSeenAt: old?.firstSeenAt ?? context.takenAt,
      removedAt: null,
    };
  });

  const listed = new Set(seen.map((one) => one.id));
  // A list that came with an error may lack what is there.
  const whole = !errors.some((error) =>
    error.call === "GetKeyProtectors" && error.code !== HRESULT.notActivated
  );
  for (const old of before.values()) {
    if (listed.has(old.id)) continue;
    if (!whole) {
      list.push(old);
      continue;
    }
    list.push(old.present ? { ...old, present: false, removedAt: context.takenAt } : old);
    if (!old.present) continue;
    if (!isRecoveryKey(old)) {
      changes.push({ kind: "protector-removed", keyId: null, protectorId: old.id, protectorType: old.type });
    } else if (old.fingerprint !== null) {
      changes.push({ kind: "key-removed", keyId: old.id });
    }
  }
  return { list: list.sort((a, b) => (a.id < b.id ? -1 : 1)), changes: changes.sort(byRank) };
}

/** Came since the first look at the volume, or was there already and only its type could not be read so far. */
function isNewTo(known: KnownVolume, old: KnownProtector | undefined): boolean {
  return !old?.present || (old.type === null && old.firstSeenAt !== known.firstSeenAt);
}

/** Keys first, what came before what went. */
function byRank(a: ProtectorChange, b: ProtectorChange): number {
  const rank = (change: ProtectorChange): string =>
    ["key-added", "key-altered", "key-removed", "protector-added", "protector-removed"].indexOf(change.kind) +
    (change.keyId ?? change.protectorId ?? "");
  return rank(a) < rank(b) ? -1 : 1;
}
