/** Headlines of changes and findings, for subjects and headings. */

import { oneLine, sayLetter } from "./how_to_say.ts";
import type { ChangeKind, FindingCode, VolumeRef } from "./model.ts";

/** What a headline can be about: a change, a finding, or the sign of life. */
export type Topic = ChangeKind | FindingCode | "heartbeat";

/** Headlines by kind; `%` is where the drive goes. */
const HEADLINES: Readonly<Record<Topic, string>> = {
  "volume-found": "New encrypted %",
  "volume-missing": "Missing: %",
  "volume-back": "Back again: %",
  "key-added": "New recovery key for %",
  "key-removed": "Recovery key removed from %",
  "key-altered": "Digits of a recovery key changed on %",
  "protector-added": "New way to unlock %",
  "protector-removed": "One way less to unlock %",
  "protection-on": "Protection on for %",
  "protection-off": "Protection OFF for %",
  "encryption-started": "Encryption started on %",
  "encryption-finished": "Encryption finished on %",
  "decryption-started": "Decryption started on %",
  "decrypted": "No longer encrypted: %",
  "drive-letter-changed": "New letter: %",
  "host-renamed": "The PC has a new name",
  "no-recovery-key": "No recovery key for %",
  "not-activated": "Encryption not activated on %",
  "suspended": "Protection suspended on %",
  "locked": "Locked: %",
  "unreadable": "Cannot read %",
  "invalid-key": "Invalid recovery key on %",
  "no-copy-outside": "No copy of the key outside the PC for %",
  "copy-on-same-drive": "Key kept on its own drive: %",
  "delivery-pending": "A report is still waiting for delivery",
  "encryption-in-progress": "Encryption under way on %",
  "decryption-in-progress": "Decryption under way on %",
  "hardware-encryption": "Hardware encryption on %",
  "not-encrypted": "Not encrypted: %",
  "not-elevated": "Spare Key lacks administrator rights",
  "no-bitlocker": "No BitLocker on this Windows",
  "copy-lost": "The last copy of an old key is gone: %",
  "destination-unreachable": "A place for keys cannot be reached",
  "upload-not-seen": "OneDrive has not uploaded a report",
  "ledger-replaced": "Spare Key's own record was replaced",
  "heartbeat": "Sign of life",
};

/**
 * Makes the headline of an item of news or a finding, for a subject and a heading.
 *
 * @param kind Change kind, finding code or `heartbeat`; anything else is shown as it is.
 * @param volume What it is about, or `null`.
 * @returns One line without a full stop.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sayHeadline("key-added", { drive: "C:" }), "New recovery key for drive C:");
 * ```
 */
export function sayHeadline(kind: string, volume: Pick<VolumeRef, "drive"> | null): string {
  const pattern = Object.hasOwn(HEADLINES, kind) ? HEADLINES[kind as Topic] : oneLine(kind, 60);
  return pattern.replace("%", () => volume === null ? "this PC" : sayLetter(volume));
}
