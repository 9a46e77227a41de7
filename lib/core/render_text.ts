/** The report of one key as text, in the form of the file that Windows' own "Back up your recovery key" writes. */

import { oneLine, oneLineWithoutKeys, sayInvalidKey, saySize } from "./how_to_say.ts";
import type { Report } from "./model.ts";
import { formatRecoveryPassword } from "./recovery_password.ts";

/** Longest name or label that is looked at for GUIDs before it is cut. */
const LONGEST_FACT = 2000;

/** A second GUID in the file would mislead tools that pair a key with any GUID they find. */
const GUID = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;

/**
 * Renders the report of one key: first Windows' own English text, byte for byte, then a few lines of which PC,
 * which drive and when. UTF-16LE with byte order mark, CRLF.
 *
 * @param report A report with exactly one key.
 * @returns The file. Key ID and digits stand in it once each.
 * @throws {RangeError} When there is not exactly one key.
 */
export function renderText(report: Report): Uint8Array<ArrayBuffer> {
  const [key, ...others] = report.keys;
  if (key === undefined || others.length > 0) {
    throw new RangeError(`Cannot render a key's report from ${report.keys.length} keys`);
  }
  const { host } = report;
  const lines = [
    ...windowsText(
      oneLine(key.keyId, 60) || "not known",
      formatRecoveryPassword(key.recoveryPassword) ?? (oneLine(key.recoveryPassword) || "not known"),
    ),
    "----------------------------------------------------------------------",
    "Written by Spare Key.",
    "",
    ...fact("PC", host.name),
    ...fact("Model", host.model),
    ...fact("Serial number", host.serial),
    ...fact("Drive", key.volume.drive),
    ...fact("Label", key.volume.label),
    ...fact("Size", saySize(key.volume.sizeBytes)),
    ...fact("Taken at", sayExactly(report.takenAt)),
    ...fact("Imported from", report.source ?? null),
    "",
    ...(key.valid ? [] : [`WARNING: ${sayInvalidKey(key.recoveryPassword)}`, ""]),
    ...(key.current
      ? []
      : ["When this was written, this key was no longer on the drive: it is an old one.", ""]),
    "A newer file for the same drive replaces this one. Keep this one all the same:",
    "an old backup of the drive needs its old key.",
    "Keep it apart from the PC. Whoever has it and the drive can read the drive.",
    "",
  ];
  return utf16(lines.join("\r\n"));
}

/** The text of Windows 10 and 11, English; blanks and tabs as there. */
function windowsText(keyId: string, recoveryPassword: string): readonly string[] {
  return [
    "BitLocker Drive Encryption recovery key ",
    "",
    "To verify that this is the correct recovery key, compare the start of the following identifier with the " +
    "identifier value displayed on your PC.",
    "",
    "Identifier:",
    "",
    `\t${keyId}`,
    "",
    "If the above identifier matches the one displayed by your PC, then use the following key to unlock your drive.",
    "",
    "Recovery Key:",
    "",
    `\t${recoveryPassword}`,
    "",
    "If the above identifier doesn't match the one displayed by your PC, then this isn't the right key to unlock " +
    "your drive.",
    "Try another recovery key, or refer to https://go.microsoft.com/fwlink/?LinkID=260589 for additional assistance.",
    "",
  ];
}

/** One line about the PC or the drive; none where nothing is known. */
function fact(name: string, value: string | null): readonly string[] {
  const text = factText(value);
  return text === "" ? [] : [`${name}: ${text}`];
}

/**
 * Makes foreign text fit for a line of the report.
 *
 * @param value A name, label or number, or `null`.
 * @returns One line without anything shaped like a key or a GUID; empty when nothing is known.
 */
export function factText(value: string | null): string {
  return oneLine(oneLineWithoutKeys(value ?? "", LONGEST_FACT).replace(GUID, "[GUID]"));
}

/** Exact to the millisecond, and back again by `parse_report.ts`: `2026-11-24 03:00:12.345 +01:00`. */
function sayExactly(takenAt: string): string {
  return takenAt.replace(/^([\d-]{10})T([\d:.]+)(?=Z|[+-])/, "$1 $2 ");
}

function utf16(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let index = 0; index < text.length; index++) {
    view.setUint16(2 + index * 2, text.charCodeAt(index), true);
  }
  return bytes;
}
