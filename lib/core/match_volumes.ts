/** Which volume of a snapshot is which of the ledger. */

import type { KnownVolume } from "./ledger_model.ts";
import type { Volume } from "./model.ts";
import { volumeKey } from "./parse_snapshot.ts";

/** A volume of the snapshot beside what the ledger knows of it. */
export interface VolumePair {
  /** As the snapshot shows it. */
  readonly seen: Volume;
  /** `null` at first sight. */
  readonly known: KnownVolume | null;
}

/**
 * Pairs volumes: the same `deviceId` is the same volume; failing that, the same persistent volume ID (it
 * outlives a new partition table entry, but is empty on a decrypted volume).
 *
 * @param seen Volumes of the snapshot, one a `deviceId`.
 * @param known All volumes of the ledger.
 * @returns One pair a seen volume, in their order.
 */
export function matchVolumes(seen: readonly Volume[], known: readonly KnownVolume[]): readonly VolumePair[] {
  const byDevice = new Map(known.map((volume) => [volumeKey(volume.deviceId), volume]));
  const direct = seen.map((volume) => byDevice.get(volumeKey(volume.deviceId)) ?? null);
  const taken = new Set(direct);
  return seen.map((volume, index) => {
    const match = direct[index] ?? known.find((one) =>
      !taken.has(one) && one.persistentVolumeId !== null &&
      one.persistentVolumeId === volume.persistentVolumeId
    ) ?? null;
    taken.add(match);
    return { seen: volume, known: match };
  });
}
