/** Words for a volume, a Key ID and a date, the same in every text. */

import type { VolumeRef } from "./model.ts";

/** Control characters and marks that turn the direction of text: they would let a label rewrite a sentence. */
// deno-lint-ignore no-control-regex -- these are the characters to remove
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/**
 * Takes out what must not stand in a line of text.
 *
 * @param text A label or name that somebody chose.
 * @returns One line without control characters and direction marks, at most 80 characters.
 */
export function plainLine(text: string): string {
  const line = text.replace(UNPRINTABLE, " ").replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/**
 * Names a volume in a sentence.
 *
 * @param volume Letter and label.
 * @returns `drive C: ("Windows")`, `drive C:`, or `the drive "Backup" without a letter`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sayVolume({ deviceId: "x", drive: "C:", label: null }), "drive C:");
 * ```
 */
export function sayVolume(volume: VolumeRef): string {
  const label = plainLine(volume.label ?? "");
  if (volume.drive === null) {
    return label === "" ? "a drive without a letter" : `the drive "${label}" without a letter`;
  }
  return label === "" ? `drive ${volume.drive}` : `drive ${volume.drive} ("${label}")`;
}

/**
 * Shortens a Key ID to what the blue screen shows first.
 *
 * @param keyId GUID, upper case.
 * @returns Its first eight characters.
 */
export function shortKeyId(keyId: string): string {
  return keyId.slice(0, 8);
}

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/**
 * Words the date of a time in its own offset.
 *
 * @param time ISO 8601 with offset.
 * @returns `3 May 2026`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sayDate("2026-05-03T03:00:00+02:00"), "3 May 2026");
 * ```
 */
export function sayDate(time: string): string {
  const [year, month, day] = time.slice(0, 10).split("-");
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}

const PROTECTORS: Readonly<Record<number, string>> = {
  1: "the TPM chip",
  2: "a startup key file on a USB stick or for automatic unlocking",
  3: "a recovery key",
  4: "the TPM chip with a PIN",
  5: "the TPM chip with a startup key",
  6: "the TPM chip with PIN and startup key",
  7: "a certificate or smart card",
  8: "a password",
  9: "the TPM chip with a certificate",
  10: "an account or group",
};

/**
 * Names a kind of protector in a sentence.
 *
 * @param type As Win32_EncryptableVolume.GetKeyProtectorType numbers it.
 * @returns `the TPM chip`, `a password`, …
 */
export function sayProtector(type: number | null): string {
  return PROTECTORS[type ?? -1] ?? "an unknown way to unlock";
}
