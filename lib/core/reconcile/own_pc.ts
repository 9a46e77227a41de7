/** What this PC has now and had before: from a snapshot, the ledger, and documents that the PC itself wrote. */

import type { KnownVolume } from "../ledger_model.ts";
import { isCurrentKey, isRecoveryKey } from "../current_key.ts";
import type { Snapshot } from "../model.ts";
import { type LedgerFacts, lookAtPc } from "./look_at_pc.ts";
import { type ForeignKey, LEDGER, type OwnKey, type OwnPc, type Standing } from "./model.ts";
import type { OwnDocument } from "./own_documents.ts";

/** All that is known of this PC. */
export interface PcFacts {
  /** An empty one where there is none. */
  readonly ledger: LedgerFacts;
  /** `null` when the ledger alone is to tell. */
  readonly snapshot: Snapshot | null;
  /** From recovery password to fingerprint, for all of the snapshot. */
  readonly fingerprints: ReadonlyMap<string, string>;
  /** Of this PC and of others. */
  readonly documents: readonly OwnDocument[];
}

/** This PC, and what is known of others. */
export interface KnownPcs {
  /** This one. */
  readonly own: OwnPc;
  /** Keys that are known to be another PC's. */
  readonly foreign: readonly ForeignKey[];
  /** What a person should know of how the two came together, as sentences. */
  readonly remarks: readonly string[];
}

/**
 * Puts together what is known.
 *
 * @param facts Ledger, snapshot, documents.
 * @returns This PC's keys, present and former, and those known to be of others.
 */
export function knownPcs({ ledger, snapshot, fingerprints, documents }: PcFacts): KnownPcs {
  const look = lookAtPc(ledger, snapshot, fingerprints);
  const { name, machineId, asOf, volumes, unread } = look;
  const keys = new Map<string, OwnKey>();
  const add = (key: OwnKey): void => {
    const known = keys.get(key.keyId);
    if (known === undefined || RANK[key.standing] < RANK[known.standing]) keys.set(key.keyId, key);
  };
  const foreign: ForeignKey[] = [];
  for (const volume of volumes) {
    if (volume.machineId === machineId) keysOf(volume, volumes).forEach(add);
    else foreign.push(...foreignKeys(volume, null));
  }
  for (const volume of look.otherLedger?.volumes ?? []) {
    foreign.push(...foreignKeys(volume, look.otherLedger?.hostName ?? null));
  }
  for (const document of [...documents, ...look.past]) {
    const { host, path, takenAt } = document;
    for (const { keyId, drive, current } of document.keys) {
      if (document.machineId !== machineId) {
        foreign.push({ keyId, fingerprint: null, host, drive, where: path });
      } else if (!keys.has(keyId)) {
        const isNewer = Date.parse(takenAt) > Date.parse(asOf);
        add(formerKey(keyId, { drive, takenAt, isSure: !current || (unread.length === 0 && !isNewer) }));
      }
    }
  }
  return {
    own: {
      name,
      otherNames: namesOf({ ledger, snapshot, machineId, documents, isOwnLedger: look.otherLedger === null }),
      asOf,
      keys: [...keys.values()].sort(byDrive),
      unread,
    },
    foreign,
    remarks: look.remarks,
  };
}

const RANK: Readonly<Record<Standing, number>> = { current: 0, unsure: 1, old: 2 };

function keysOf(volume: KnownVolume, volumes: readonly KnownVolume[]): readonly OwnKey[] {
  const { machineId, deviceId, drive, label, present, lastSeenAt } = volume;
  return volume.protectors.flatMap((one): readonly OwnKey[] => {
    const isKey = isRecoveryKey(one);
    if (!isKey && one.type !== null) return [];
    const isCurrent = isCurrentKey(one, volume, { machineId, volumes });
    return [{
      keyId: one.id,
      fingerprint: one.fingerprint,
      standing: isCurrent ? "current" : "old",
      isKey,
      knownFrom: "ledger",
      firstSeenAt: one.firstSeenAt,
      until: one.removedAt ?? (isCurrent ? null : lastSeenAt),
      volume: { deviceId, drive, label, present, lastSeenAt },
    }];
  });
}

function foreignKeys(volume: KnownVolume, host: string | null): readonly ForeignKey[] {
  return keysOf(volume, []).filter(({ isKey }) => isKey).map(({ keyId, fingerprint }) => ({
    keyId,
    fingerprint,
    host,
    drive: volume.drive,
    where: LEDGER,
  }));
}

function formerKey(
  keyId: string,
  { drive, takenAt, isSure }: {
    readonly drive: string | null;
    readonly takenAt: string;
    readonly isSure: boolean;
  },
): OwnKey {
  return {
    keyId,
    fingerprint: null,
    standing: isSure ? "old" : "unsure",
    isKey: true,
    knownFrom: "report",
    firstSeenAt: null,
    until: takenAt,
    volume: { deviceId: "", drive, label: null, present: false, lastSeenAt: takenAt },
  };
}

interface NameFacts extends Pick<PcFacts, "ledger" | "snapshot" | "documents"> {
  readonly machineId: string;
  readonly isOwnLedger: boolean;
}

/** Shorter "serial numbers" are what makers forget to fill in. */
const SHORTEST_SERIAL = 5;

function namesOf({ ledger, snapshot, documents, machineId, isOwnLedger }: NameFacts): readonly string[] {
  const serial = snapshot?.host.serial ?? "";
  return [
    ...new Set([
      ...(isOwnLedger ? ledgerNames(ledger, machineId) : []),
      ...documents.filter((one) => one.machineId === machineId).map(({ host }) => host),
      ...(serial.length >= SHORTEST_SERIAL ? [serial] : []),
    ].filter((name) => name !== null)),
  ];
}

/**
 * Reports lie in folders of the name that the PC had. Where another PC used the ledger before, only the reports of this
 * PC's own drives tell: a sheet does not say which PC it is of, nor does a folder.
 */
function ledgerNames(
  { hostName, volumes, destinations, reports }: LedgerFacts,
  machineId: string,
): readonly (string | null)[] {
  const own = volumes.filter((volume) => volume.machineId === machineId).map(({ deviceId }) => deviceId);
  const isShared = own.length < volumes.length;
  return [
    hostName,
    ...(isShared ? [] : destinations.flatMap((one) => Object.keys(one.folders))),
    ...reports.filter(({ deviceId }) => !isShared || (deviceId !== null && own.includes(deviceId)))
      .map(({ folder }) => folder),
  ];
}

function byDrive(one: OwnKey, other: OwnKey): number {
  const rank = ({ volume, keyId }: OwnKey): string => `${volume.drive ?? "~"} ${volume.deviceId} ${keyId}`;
  return rank(one) < rank(other) ? -1 : 1;
}
