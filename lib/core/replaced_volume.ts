/** A drive of which another one has taken the place: Windows was installed anew, or the disk was exchanged. */

import type { KnownVolume } from "./ledger_model.ts";

/** Win32_EncryptableVolume.VolumeType of the drive that Windows starts from: the one that never takes turns. */
const OPERATING_SYSTEM = 0;

/**
 * Tells whether a Windows drive is gone for good: it is not there, and another one of the PC has its letter. Its
 * keys open old backups, and nothing that this PC would ask a key for.
 *
 * @param volume Of the ledger.
 * @param volumes All of the ledger.
 * @returns `false` for data drives and sticks: they may simply be unplugged, and two may take turns at a letter.
 */
export function isReplaced(volume: KnownVolume, volumes: readonly KnownVolume[]): boolean {
  return !volume.present && volume.drive !== null && volume.volumeType === OPERATING_SYSTEM &&
    volumes.some((other) =>
      other.present && other.machineId === volume.machineId && other.drive === volume.drive
    );
}
