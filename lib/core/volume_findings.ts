/** What a person should know about the volumes as they are now. */

import { isRecoveryKey } from "./current_key.ts";
import { capital, keyIdParts, sayList, sayTheDrive } from "./how_to_say.ts";
import { sayProtector } from "./say_protector.ts";
import { conversionPhase, refOf } from "./diff.ts";
import { HRESULT } from "./hresult.ts";
import { matchVolumes } from "./match_volumes.ts";
import type { KnownVolume } from "./ledger_model.ts";
import { type Finding, PROTECTOR_TYPE, type ReadError, type Snapshot, type Volume } from "./model.ts";

/** Calls about conveniences: that one failed says nothing about protection or keys. */
const SIDE_CALLS: ReadonlySet<string> = new Set([
  "GetKeyProtectorFriendlyName",
  "GetSuspendCount",
  "IsAutoUnlockEnabled",
  "IsAutoUnlockKeyStored",
  "GetHardwareEncryptionStatus",
  "GetIdentificationField",
  "GetVersion",
  "Win32_Volume",
  "Win32_MountPoint",
]);

/** Win32_EncryptableVolume.GetEncryptionMethod: the drive's own encryption. */
const HARDWARE_ENCRYPTION = 5;

/**
 * Finds what the volumes of a snapshot show.
 *
 * @param snapshot What the PC showed.
 * @param volumes What is known now, after the comparison: values that could not be read tonight are the last known.
 * @returns Findings in the order of the snapshot's volumes.
 */
export function volumeFindings(snapshot: Snapshot, volumes: readonly KnownVolume[]): readonly Finding[] {
  return matchVolumes(snapshot.volumes, volumes)
    .flatMap(({ seen, known }) => known === null ? [] : findingsOf(seen, known));
}

function findingsOf(seen: Volume, known: KnownVolume): readonly Finding[] {
  const ref = refOf(known);
  const name = sayTheDrive(ref);
  const locked = known.lockStatus === 1;
  const phase = conversionPhase(known.conversionStatus) ?? (locked ? "encrypted" : null);
  const present = known.protectors.filter((one) => one.present);
  const hasKey = present.some(isRecoveryKey);
  const typesKnown = present.every((one) => one.type !== null);
  const under = phase === "encrypted" || phase === "encrypting";

  const found: Finding[] = [];
  const add = (
    code: Finding["code"],
    severity: Finding["severity"],
    text: string,
    about: string | null = null,
  ): void => {
    found.push({ code, severity, volume: ref, about, text });
  };

  if (locked) add("locked", "info", lockedText(name, known));
  const unread = whatIsUnread(seen, locked, phase === "decrypted");
  if (unread !== null) {
    add(
      "unreadable",
      "warning",
      `Windows did not tell everything about ${name} tonight (${unread}). What was known before still stands. ` +
        "If this lasts, restart the PC; it may be a fault of Windows or of the drive.",
    );
  }
  for (const protector of present.filter((one) => !one.valid)) {
    add(
      "invalid-key",
      "danger",
      `Windows gave a recovery key for ${name} (Key ID ${
        keyIdParts(protector.id).short
      }) whose digits fail their own check. ` +
        "It probably opens nothing. Add a new recovery key to this drive.",
      protector.id,
    );
  }
  if (under && known.protectorsRead && typesKnown && !hasKey && present.length > 0) {
    add(
      "no-recovery-key",
      "danger",
      `${capital(name)} is encrypted, but has no recovery key. It opens only with ${
        sayList(present.map((one) => sayProtector(one.type)))
      }; if that ever fails, everything on it is lost. Add a recovery key, as administrator: ` +
        `manage-bde -protectors -add ${
          known.drive ?? "DRIVE"
        } -RecoveryPassword. Spare Key saves it in the next night.`,
    );
  }
  if (under && known.protectorsRead && present.length === 0) {
    add(
      "not-activated",
      "warning",
      `${
        capital(name)
      } is encrypted, but its protection was never activated: anyone who takes the drive can read it. ` +
        "Windows will make a recovery key on its own when someone signs in with a Microsoft or work account, " +
        "or when BitLocker is turned on.",
    );
  }
  if (phase === "encrypted" && !locked && known.protectionStatus === 0 && present.length > 0) {
    add(
      "suspended",
      "warning",
      `Protection of ${name} is off for now (suspended)${restarts(seen.suspendCount)}. ` +
        "Updates of Windows or firmware do this and turn it on again at a restart. " +
        'If it stays so, turn protection on again in "Manage BitLocker".',
    );
  }
  if (!locked && phase === "encrypting") {
    add("encryption-in-progress", "info", `${capital(name)} is being encrypted${percent(seen)}.`);
  }
  if (!locked && phase === "decrypting") {
    add("decryption-in-progress", "info", `${capital(name)} is being decrypted${percent(seen)}.`);
  }
  if (known.encryptionMethod === HARDWARE_ENCRYPTION) {
    add("hardware-encryption", "info", `${capital(name)} is encrypted by the drive itself, not by Windows.`);
  }
  if (phase === "decrypted") add("not-encrypted", "info", `${capital(name)} is not encrypted.`);
  return found;
}

function lockedText(name: string, known: KnownVolume): string {
  const keys = known.protectors.filter((one) => one.present && one.type === PROTECTOR_TYPE.recoveryPassword);
  const unknown = keys.filter((one) => one.fingerprint === null);
  const rest = unknown.length > 0
    ? `Its recovery key (Key ID ${
      keyIdParts(unknown[0]?.id ?? "").short
    }) was never seen: unlock the drive once so that it can be saved.`
    : "The recovery keys seen before are kept.";
  return `${capital(name)} is locked, so its recovery keys cannot be read now. ${rest}`;
}

/** @returns Names of the calls that failed and matter, or `null` when the volume was read or is just locked. */
function whatIsUnread(seen: Volume, locked: boolean, decrypted: boolean): string | null {
  const matters = (error: ReadError): boolean =>
    !SIDE_CALLS.has(error.call) && !(locked && error.code === HRESULT.lockedVolume) &&
    !(error.call === "GetKeyProtectors" && error.code === HRESULT.notActivated);
  const failed = seen.errors.filter(matters).map((error) =>
    error.code === null ? error.call : `${error.call}: ${error.code}`
  );
  if (failed.length > 0) return [...new Set(failed)].slice(0, 4).join(", ");
  if (locked) return null;
  if (seen.protectors === null && !decrypted) return "list of protectors";
  if (seen.protectionStatus === 2) return "state of protection unknown";
  const digitsMissing = seen.protectors?.some((one) =>
    one.type === PROTECTOR_TYPE.recoveryPassword && one.recoveryPassword === null
  );
  return digitsMissing ? "digits of a recovery key" : null;
}

function restarts(count: number | null): string {
  if (count === null || count === 0) return "";
  return count === 1 ? ", until the next restart" : `, for the next ${count} restarts`;
}

function percent(seen: Volume): string {
  return seen.encryptionPercentage === null ? "" : `: ${seen.encryptionPercentage} %`;
}
