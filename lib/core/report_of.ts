/** The report of a snapshot: every recovery key that it shows. */

import { PROTECTOR_TYPE, type Report, type Snapshot } from "./model.ts";
import { isValidRecoveryPassword } from "./recovery_password.ts";

/**
 * Gathers the recovery keys of a snapshot.
 *
 * @param snapshot What the PC showed.
 * @returns Keys by letter and Key ID; those whose digits were not read are left out.
 */
export function reportOf(snapshot: Snapshot): Report {
  return {
    host: snapshot.host,
    takenAt: snapshot.takenAt,
    keys: snapshot.volumes.flatMap(({ deviceId, drive, label, volumeType, sizeBytes, protectors }) =>
      (protectors ?? []).flatMap((one) =>
        one.recoveryPassword === null || (one.type !== null && one.type !== PROTECTOR_TYPE.recoveryPassword)
          ? []
          : [{
            keyId: one.id,
            recoveryPassword: one.recoveryPassword,
            valid: isValidRecoveryPassword(one.recoveryPassword),
            current: true,
            volume: { deviceId, drive, label, volumeType, sizeBytes },
          }]
      )
    ),
  };
}
