/** Headlines of changes and findings, for subjects and headings. */

import { oneLine, sayLetter } from "./how_to_say.ts";
import type { ChangeKind, FindingCode, VolumeRef } from "./model.ts";

/** What a headline can be about: a change, or a finding. */
export type Topic =
  | ChangeKind
  | FindingCode
  | "key-saved"
  | "key-replaced"
  | "volume-replaced"
  | "windows-backup";

/** Headlines by kind, the weightiest first; `%` is where the drive goes. */
const HEADLINES: Readonly<Record<Topic, string>> = {
  "key-altered": "Digits of a recovery key changed on %",
  "key-replaced": "New recovery key for %, the old one no longer works",
  "key-added": "New recovery key for %",
  "key-saved": "Recovery key saved for %",
  "key-removed": "Recovery key removed from %",
  "no-recovery-key": "No recovery key for %",
  "invalid-key": "Invalid recovery key on %",
  "no-copy-outside": "No copy of the key outside the PC for %",
  "copy-on-same-drive": "Key kept on its own drive: %",
  "copy-lost": "The last copy of an old key is gone: %",
  "not-elevated": "Spare Key lacks administrator rights",
  "unreadable": "Cannot read %",
  "ledger-replaced": "Spare Key's own record was replaced",
  "decrypted": "No longer encrypted: %",
  "decryption-started": "Decryption started on %",
  "protection-off": "Protection OFF for %",
  "suspended": "Protection suspended on %",
  "not-activated": "Encryption not activated on %",
  "protection-on": "Protection on for %",
  "encryption-finished": "Encryption finished on %",
  "encryption-started": "Encryption started on %",
  "encryption-in-progress": "Encryption under way on %",
  "decryption-in-progress": "Decryption under way on %",
  "delivery-pending": "A report is still waiting for delivery",
  "destination-unreachable": "A place for keys cannot be reached",
  "upload-not-seen": "OneDrive has not uploaded a report",
  "protector-added": "New way to unlock %",
  "protector-removed": "One way less to unlock %",
  "volume-found": "New encrypted %",
  "volume-replaced": "The former % is gone",
  "volume-missing": "Missing: %",
  "volume-back": "Back again: %",
  "drive-letter-changed": "New letter: %",
  "host-renamed": "The PC has a new name",
  "windows-backup": "Windows' own copy of a key: %",
  "locked": "Locked: %",
  "hardware-encryption": "Hardware encryption on %",
  "not-encrypted": "Not encrypted: %",
  "no-bitlocker": "No BitLocker on this Windows",
};

const ORDER: readonly string[] = Object.keys(HEADLINES);

/**
 * Ranks what a headline is about, for the order among equals in severity.
 *
 * @param kind As for {@link sayHeadline}.
 * @returns The smaller, the weightier: keys, then protection, encryption, places, drives.
 */
export function weightOf(kind: string): number {
  const rank = ORDER.indexOf(kind);
  return rank < 0 ? ORDER.length : rank;
}

/**
 * Makes the headline of an item of news or a finding, for a subject and a heading.
 *
 * @param kind Change kind or finding code; anything else is shown as it is.
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
