/**
 * The names of reports and of the folders they lie in: the same on Windows, Linux, FAT sticks and in OneDrive.
 * They carry host, date and Key ID, so that a listing alone says what lies where; never a digit of a key.
 */

import { redactRecoveryPasswords } from "./recovery_password.ts";
import type { ReportKind } from "./ledger_model.ts";

/** Longest cleaned part, in UTF-16 units: a host name has at most 63 characters (RFC 1035). */
const LONGEST_PART = 64;

/**
 * What no name may contain: reserved by Windows (Microsoft, "Naming Files, Paths, and Namespaces"), control
 * characters, and everything that draws nothing or turns the direction of writing.
 */
const FORBIDDEN =
  /[<>:"/\\|?*\u2800\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]+|(?! )\p{Zs}+/gu;

/** Device names of Windows, also with an ending (`NUL.txt`); superscript digits count as digits there. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))/i;

/** Names that OneDrive and SharePoint refuse (Microsoft, "Restrictions and limitations in OneDrive"). */
const ONEDRIVE_REFUSES = /^~\$|^desktop\.ini$|_vti_/i;

/** What marks a cleaned name, see {@link cleanPart}. */
const CLEANED = /~[0-9a-f]{8}$/;

const NAME =
  /^(\d{4}-\d{2}-\d{2}) (?:(?:([A-Z])|no letter) BitLocker Recovery Key ([\w~-]{1,80})(?: \(\d{1,6}\))?\.TXT|Recovery sheet(?: \(\d{1,6}\))?\.html)(\.age)?$/i;

/** What a report's name says. */
export interface ReportName {
  /** `2026-11-24`. */
  readonly date: string;
  /** `C:`, or `null` without a letter and for sheets. */
  readonly drive: string | null;
  /** As it stands in the name; `null` for sheets. */
  readonly keyId: string | null;
  /** One key, or a sheet. */
  readonly kind: ReportKind;
  /** Whether it ends in `.age`. */
  readonly sealed: boolean;
}

/**
 * Makes a folder's name from a PC's name. A name that had to be changed ends in `~` and a hash, so that two PCs
 * do not become one by cleaning.
 *
 * @param hostName As the PC calls itself, or anything else.
 * @returns A name that is safe on Windows and Linux, never empty, at most 73 UTF-16 units long.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(hostFolder("ANNA-LAPTOP"), "ANNA-LAPTOP");
 * assert.match(hostFolder("..\\ANNA"), /^_ANNA~[0-9a-f]{8}$/);
 * ```
 */
export function hostFolder(hostName: string): string {
  return cleanPart(hostName, (text) => {
    const clean = text.replace(FORBIDDEN, "_").replace(/^[ .]+|[ .]+$/g, "");
    return DEVICE.test(clean) || ONEDRIVE_REFUSES.test(clean) ? `_${clean.replace(/_vti_/gi, "_")}` : clean;
  });
}

/**
 * Names the report of one key.
 *
 * @param parts Date as from {@link reportDate}; letter or `null`; Key ID, which may be any text.
 * @returns `2026-11-24 C BitLocker Recovery Key 58E9DFAD-….TXT`.
 */
export function keyReportName(
  parts: { readonly date: string; readonly drive: string | null; readonly keyId: string },
): string {
  const letter = /^([A-Za-z]):?$/.exec(parts.drive ?? "")?.[1]?.toUpperCase() ?? "no letter";
  const keyId = cleanPart(parts.keyId, (text) => text.replace(/[^A-Za-z0-9_-]+/g, "_"));
  return `${parts.date} ${letter} BitLocker Recovery Key ${keyId}.TXT`;
}

/**
 * Names a recovery sheet.
 *
 * @param date As from {@link reportDate}.
 * @returns `2026-11-24 Recovery sheet.html`.
 */
export function sheetName(date: string): string {
  return `${date} Recovery sheet.html`;
}

/**
 * Names the sealed rendition of a report.
 *
 * @param name The plain one's name.
 * @returns The same with `.age`.
 */
export function sealedName(name: string): string {
  return `${name}.age`;
}

/**
 * Gives a name to the next file when other bytes have the first one.
 *
 * @param name A report's name.
 * @param number 2 for the second file of that name.
 * @returns The name with ` (2)` before its ending.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(numberedName("2026-11-24 Recovery sheet.html.age", 2), "2026-11-24 Recovery sheet (2).html.age");
 * ```
 */
export function numberedName(name: string, number: number): string {
  const ending = /(?:\.[A-Za-z0-9]{1,8})?(?:\.age)?$/i.exec(name)?.[0] ?? "";
  return `${name.slice(0, name.length - ending.length)} (${number})${ending}`;
}

/**
 * Tells the date of a report.
 *
 * @param takenAt ISO 8601 with an offset.
 * @returns The day in that offset, as `2026-11-24`.
 * @throws {RangeError} When it is no such moment.
 */
export function reportDate(takenAt: string): string {
  const date = /^\d{4}-\d{2}-\d{2}(?=T)/.exec(takenAt)?.[0];
  if (date === undefined) throw new RangeError(`Cannot date a report: "${takenAt}" is no ISO 8601 moment`);
  return date;
}

/**
 * Reads a report's name, for listings of any length.
 *
 * @param name A file's name.
 * @returns What it says, or `null` when it is no report's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const name = "2026-11-24 C BitLocker Recovery Key 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5 (2).TXT.age";
 * assert.equal(parseReportName(name)?.keyId, "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5");
 * ```
 */
export function parseReportName(name: string): ReportName | null {
  const match = NAME.exec(name);
  if (match === null) return null;
  const [, date = "", letter, keyId, age] = match;
  return {
    date,
    drive: letter === undefined ? null : `${letter.toUpperCase()}:`,
    keyId: keyId ?? null,
    kind: keyId === undefined ? "sheet" : "key",
    sealed: age !== undefined,
  };
}

/**
 * Cleans one part of a name and marks it with `~` and a hash of the original where that changed more than its
 * Unicode form. What already looks marked is marked again, so that no two originals meet.
 */
function cleanPart(original: string, replace: (text: string) => string): string {
  const text = redactRecoveryPasswords(original.normalize("NFC"));
  let clean = replace(text);
  if (clean.length > LONGEST_PART) {
    clean = clean.slice(0, LONGEST_PART);
    if (!clean.isWellFormed()) clean = clean.slice(0, -1);
    clean = clean.replace(/[ .]+$/, "");
  }
  const kept = clean === original.normalize("NFC") && clean !== "" && !CLEANED.test(clean);
  return kept ? clean : `${clean || "_"}~${hash(text)}`;
}

/** FNV-1a, 64 bits, folded to 32: tells apart what chance brings together; no defence against intent. */
function hash(text: string): string {
  let sum = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  }
  return Number((sum >> 32n) ^ (sum & 0xffffffffn)).toString(16).padStart(8, "0");
}
