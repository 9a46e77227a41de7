/** Which of the keys that the ledger knows open a drive of this PC now: the one rule for all who say so. */

import type { KnownProtector, KnownVolume } from "./ledger_model.ts";
import { PROTECTOR_TYPE } from "./model.ts";
import { isReplaced } from "./replaced_volume.ts";

/** A PC as its ledger knows it. */
export interface KnownPc {
  /** `null` where nobody can tell which PC it is: then all drives count as its own. */
  readonly machineId: string | null;
  /** All ever seen, those of predecessors among them. */
  readonly volumes: readonly KnownVolume[];
}

/**
 * Tells whether a drive is of another PC: of one that used this ledger before.
 *
 * @param volume Of the ledger.
 * @param pc This PC.
 * @returns Whether it is.
 */
export function isForeignVolume(
  volume: Pick<KnownVolume, "machineId">,
  { machineId }: Pick<KnownPc, "machineId">,
): boolean {
  return machineId !== null && volume.machineId !== machineId;
}

/**
 * Tells whether a key opens its drive now, also while the drive is unplugged or locked.
 *
 * @param key A protector of the drive.
 * @param volume The drive.
 * @param pc This PC.
 * @returns `false` for a key that was removed, and where the drive was replaced or is another PC's.
 */
export function isCurrentKey(
  key: Pick<KnownProtector, "present">,
  volume: KnownVolume,
  pc: KnownPc,
): boolean {
  return key.present && !isForeignVolume(volume, pc) && !isReplaced(volume, pc.volumes);
}

/**
 * Tells whether a protector is a recovery key.
 *
 * @param protector Of the ledger.
 * @returns `true` also where its kind was never read and its digits were.
 */
export function isRecoveryKey({ type, fingerprint }: Pick<KnownProtector, "type" | "fingerprint">): boolean {
  return type === PROTECTOR_TYPE.recoveryPassword || fingerprint !== null;
}
