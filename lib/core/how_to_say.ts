/**
 * Small pieces of wording that pages, mails and texts share: moments, sizes, drives, Key IDs. Plain
 * English without `Intl`: the same bytes on every PC, and nothing to load.
 */

import type { KnownVolume } from "./ledger_model.ts";
import type { VolumeRef } from "./model.ts";
import { formatRecoveryPassword, redactRecoveryPasswords, wrongGroups } from "./recovery_password.ts";

/** Longest value that a page or text shows; real names and labels are far shorter. */
const LONGEST_VALUE = 200;

/** Most of a foreign text that is looked at before it is cut. */
const LONGEST_READ = 8000;

/**
 * What draws nothing or turns the order of what follows: format characters (bidi controls among them), lone
 * surrogates, fillers, non-characters. Joiners and emoji selectors (200C, 200D, FE0E, FE0F) stay: names need them.
 */
const INVISIBLE =
  /(?![\u200c\u200d\ufe0e\ufe0f])[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/gu;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** The date of a moment, or a bare date as file names have it. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})(?=T|$)/i;

/** ISO 8601 with an offset, as a snapshot's `takenAt`. */
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2})(?::\d{2}(?:[.,]\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i;

/**
 * Puts foreign text (a label, a PC's name) on one line: blanks and control characters become one blank,
 * invisible and direction-turning characters are spelt out as `[U+202E]`, what is too long is cut.
 *
 * @param text Any text.
 * @param max Longest result, in UTF-16 units.
 * @returns A text without line ends, possibly empty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(oneLine("Anna's\r\n  disk"), "Anna's disk");
 * assert.equal(oneLine("\u202egpj.exe"), "[U+202E]gpj.exe");
 * ```
 */
export function oneLine(text: string, max: number = LONGEST_VALUE): string {
  const clean = text.slice(0, max * 4).replace(/[\s\p{Cc}]+/gu, " ").replace(INVISIBLE, spellOut).trim();
  if (clean.length <= max) return clean;
  const cut = clean.slice(0, max - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/**
 * Puts foreign text on one line, and blanks what is shaped like a recovery password before anything is cut.
 *
 * @param text Any text.
 * @param max Longest result, in UTF-16 units.
 * @returns A text without line ends and digits of keys, possibly empty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = "Key 249425-539187-330363-273262-016346-600963-497299-188144";
 * assert.equal(oneLineWithoutKeys(text, 30), "Key [recovery password]");
 * ```
 */
export function oneLineWithoutKeys(text: string, max: number = LONGEST_VALUE): string {
  return oneLine(redactRecoveryPasswords(oneLine(text, LONGEST_READ)), max);
}

function spellOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/**
 * Says a day in words.
 *
 * @param moment ISO 8601 with an offset.
 * @returns `24 November 2026` in that offset, or the text itself on one line when it is no moment.
 */
export function sayDay(moment: string): string {
  const [, year, month, day] = DAY.exec(moment) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? oneLine(moment) : `${Number(day)} ${name} ${year}`;
}

/**
 * Says a moment in words, to the minute.
 *
 * @param moment ISO 8601 with an offset.
 * @returns `24 November 2026, 03:00 (UTC+01:00)`, or the text itself on one line when it is no moment.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sayMoment("2026-11-24T03:00:12.345+01:00"), "24 November 2026, 03:00 (UTC+01:00)");
 * ```
 */
export function sayMoment(moment: string): string {
  const [, , month, , time, offset] = MOMENT.exec(moment) ?? [];
  if (MONTHS[Number(month) - 1] === undefined) return oneLine(moment);
  const zone = offset === undefined ? "" : offset.toUpperCase() === "Z" ? " (UTC)" : ` (UTC${offset})`;
  return `${sayDay(moment)}, ${time}${zone}`;
}

/**
 * Says a size as Windows' Explorer does: powers of 1024 called KB, MB, GB, TB, three digits, cut and not
 * rounded. So a 512 GB disk is "476 GB", as its owner sees it.
 *
 * @param bytes How many, or `null` when it is not known.
 * @returns The size, or `null` when it is not known or no size.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(saySize(512_110_190_592), "476 GB");
 * assert.equal(saySize(2_000_398_934_016), "1.81 TB");
 * ```
 */
export function saySize(bytes: number | null): string | null {
  if (bytes === null || !Number.isFinite(bytes) || bytes < 0) return null;
  const units = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const decimals = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const factor = 10 ** decimals;
  return `${(Math.floor(value * factor) / factor).toFixed(decimals)} ${units[unit]}`;
}

/**
 * Names a drive in running text.
 *
 * @param volume Letter and label.
 * @returns `drive C: (Windows)`, `drive C:`, `drive without a letter (Backup)`.
 */
export function sayDrive(volume: Pick<VolumeRef, "drive" | "label">): string {
  const label = oneLine(volume.label ?? "");
  return `${sayLetter(volume)}${label === "" ? "" : ` (${label})`}`;
}

/**
 * Names a drive inside a sentence.
 *
 * @param volume Letter and label.
 * @returns As {@link sayDrive}; `the drive without a letter (Backup)` where there is none.
 */
export function sayTheDrive(volume: Pick<VolumeRef, "drive" | "label">): string {
  return volume.drive === null ? `the ${sayDrive(volume)}` : sayDrive(volume);
}

/**
 * Names a drive by its letter alone.
 *
 * @param volume Its letter.
 * @returns `drive C:` or `drive without a letter`.
 */
export function sayLetter(volume: Pick<VolumeRef, "drive">): string {
  const drive = oneLine(volume.drive ?? "", 20);
  return drive === "" ? "drive without a letter" : `drive ${drive}`;
}

/**
 * Says what kind of drive it is.
 *
 * @param volumeType Win32_EncryptableVolume's own number.
 * @returns Words, or `null` when it is not known.
 */
export function sayVolumeType(volumeType: number | null): string | null {
  return ["Windows starts from it", "data drive in the PC", "removable drive"][volumeType ?? -1] ?? null;
}

/**
 * Says how well a drive is protected.
 *
 * @param volume Win32_EncryptableVolume's own numbers.
 * @returns A few words for a table.
 */
export function sayProtection(
  volume: Pick<
    KnownVolume,
    "protectionStatus" | "conversionStatus" | "lockStatus" | "present" | "lastSeenAt"
  >,
): string {
  const { protectionStatus, conversionStatus, lockStatus } = volume;
  if (!volume.present) return `not there, last seen on ${sayDay(volume.lastSeenAt)}`;
  if (lockStatus === 1) return "locked, keys as last read";
  if (conversionStatus === 0) return "not encrypted";
  if (conversionStatus === 2 || conversionStatus === 4) return "being encrypted";
  if (conversionStatus === 3 || conversionStatus === 5) return "being decrypted";
  if (protectionStatus === 1) return "protected";
  if (protectionStatus === 0 && conversionStatus === 1) return "encrypted, protection OFF";
  return "not known";
}

/** A Key ID in the two parts that a person reads. */
export interface KeyIdParts {
  /** The first eight characters, which the blue screen shows and people compare. */
  readonly short: string;
  /** What follows, with its hyphen; empty for the odd IDs of some self-encrypting drives. */
  readonly rest: string;
}

/**
 * Parts a Key ID where people compare it.
 *
 * @param keyId A GUID without braces, or any other text.
 * @returns Both parts, on one line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(keyIdParts("58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5").short, "58E9DFAD");
 * assert.equal(keyIdParts("BITLOCKER").short, "BITLOCKER");
 * ```
 */
export function keyIdParts(keyId: string): KeyIdParts {
  const text = oneLine(keyId, 60);
  return /^[0-9A-F]{8}-/i.test(text)
    ? { short: text.slice(0, 8), rest: text.slice(8) }
    : { short: text, rest: "" };
}

/**
 * Joins words as a sentence does.
 *
 * @param words In their order.
 * @returns `3`, `3 and 5`, `1, 3 and 5`.
 */
export function sayList(words: readonly (string | number)[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? String(last) : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/**
 * Words what is wrong with a recovery password that fails its checksum.
 *
 * @param recoveryPassword As Windows gave it.
 * @returns Two short sentences that name the wrong groups, never their digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.match(sayInvalidKey("249425"), /^These are not 8 groups of 6 digits/);
 * ```
 */
export function sayInvalidKey(recoveryPassword: string): string {
  const password = formatRecoveryPassword(recoveryPassword);
  const wrong = password === null ? [] : wrongGroups(password);
  const what = password === null
    ? "These are not 8 groups of 6 digits"
    : wrong.length === 0
    ? "The digits fail their checksum"
    : `Group${wrong.length === 1 ? "" : "s"} ${sayList(wrong)} cannot be right`;
  return `${what}, so this key opens nothing. Have a new one made while the PC still starts.`;
}

/**
 * Begins a sentence.
 *
 * @param text Words that may start in lower case.
 * @returns The same with a capital.
 */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
