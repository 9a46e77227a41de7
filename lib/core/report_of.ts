/** The report of a snapshot: every recovery key that it shows. */

import { askedKey, type BackupFacts } from "./key_backups.ts";
import type { KnownProtector } from "./ledger_model.ts";
import { PROTECTOR_TYPE, type Report, type ReportKey, type Snapshot } from "./model.ts";
import { isValidRecoveryPassword } from "./recovery_password.ts";
import { sayWindowsBackup } from "./say_windows_backup.ts";
import { eventLogNow, windowsBackups } from "./windows_backups.ts";

/**
 * Gathers the recovery keys of a snapshot.
 *
 * @param snapshot What the PC showed.
 * @returns Keys by letter and Key ID; those whose digits were not read are left out.
 */
export function reportOf(snapshot: Snapshot): Report {
  const facts: BackupFacts = {
    backups: windowsBackups(snapshot.events),
    eventLog: eventLogNow(null, snapshot.eventLog, { takenAt: snapshot.takenAt, lastRunAt: null }),
  };
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
            ...windowsOf({ id: one.id, firstSeenAt: snapshot.takenAt }, drive, facts),
            volume: { deviceId, drive, label, volumeType, sizeBytes },
          }]
      )
    ),
  };
}

/** A snapshot alone does not know how old a key is; where nobody looked at Windows' log, it says nothing. */
function windowsOf(
  key: Pick<KnownProtector, "id" | "firstSeenAt">,
  drive: string | null,
  facts: BackupFacts,
): Pick<ReportKey, "windows"> {
  const asked = askedKey(key, { drive, firstSeenAt: key.firstSeenAt }, { current: true });
  return facts.eventLog === null && facts.backups.length === 0
    ? {}
    : { windows: sayWindowsBackup(asked, facts) };
}
