/** Reads a key's report back: the program's own, and the file that Windows itself saves, in any language. */

import { decodeText } from "./decode_text.ts";
import { plainGuid } from "./guid.ts";
import { formatRecoveryPassword } from "./recovery_password.ts";

/** Real files have 1 to 3 KB. */
const LARGEST_FILE = 256 * 1024;

const GUID_ALONE = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

/** What a key's report says. */
export interface ParsedReport {
  /** Upper case, no braces. */
  readonly keyId: string;
  /** 8 groups of 6 digits with hyphens, or what stands in their place. */
  readonly recoveryPassword: string;
  /** What only the program's own reports say; `null` in Windows' file or when it was not known. */
  readonly host: string | null;
  /** `C:`. */
  readonly drive: string | null;
  /** The name that its owner gave the drive. */
  readonly label: string | null;
  /** ISO 8601 with an offset. */
  readonly takenAt: string | null;
}

/**
 * Reads a report of one key.
 *
 * @param bytes The file: UTF-16 with a byte order mark, or UTF-8.
 * @returns What it says, or `null` when it is no such report.
 */
export function parseReportText(bytes: Uint8Array): ParsedReport | null {
  if (bytes.length > LARGEST_FILE) return null;
  const text = decoded(bytes);
  return text === null ? null : parseReportLines(text.split(/\r?\n/));
}

/**
 * Reads a report of one key from its lines.
 *
 * @param lines Without line ends.
 * @returns What it says, or `null` when it is no such report.
 */
export function parseReportLines(lines: readonly string[]): ParsedReport | null {
  // ours begins at the rule; names and labels there are foreign text and may imitate anything
  const rule = lines.findIndex((line, index) =>
    /^-{40,}$/.test(line) && /^Written by Spare Key/.test(lines[index + 1] ?? "")
  );
  const windows = (rule < 0 ? lines : lines.slice(0, rule)).map((line) => line.trim());
  const own = rule < 0 ? [] : lines.slice(rule + 1);
  const idAt = below(windows, "Identifier:", 0) ?? indexOf(windows, (line) => GUID_ALONE.test(line));
  if (idAt === null) return null;
  const passwordAt = below(windows, "Recovery Key:", idAt + 1) ??
    indexOf(windows, (line) => digitsOf(line) !== null);
  const keyId = windows[idAt];
  const recoveryPassword = windows[passwordAt ?? -1];
  if (keyId === undefined || recoveryPassword === undefined) return null;
  // a file of Windows is known by the shape of what stands in it, in any language; ours by its labels
  if (rule < 0 && (!GUID_ALONE.test(keyId) || digitsOf(recoveryPassword) === null)) return null;
  return {
    keyId: plainGuid(keyId),
    recoveryPassword: digitsOf(recoveryPassword) ?? recoveryPassword,
    host: fact(own, "PC"),
    drive: fact(own, "Drive"),
    label: fact(own, "Label"),
    takenAt: fact(own, "Taken at")?.replace(/^([\d-]{10}) ([\d:.]+) (?=Z|[+-])/, "$1T$2") ?? null,
  };
}

function decoded(bytes: Uint8Array): string | null {
  try {
    return decodeText(bytes);
  } catch {
    return null; // neither UTF-8 nor UTF-16, so no report
  }
}

/** Where the first line with text stands below a label. */
function below(lines: readonly string[], label: string, from: number): number | null {
  const at = lines.indexOf(label, from);
  return at < 0 ? null : indexOf(lines, (line) => line !== "", at + 1);
}

function indexOf(lines: readonly string[], fits: (line: string) => boolean, from = 0): number | null {
  const at = lines.findIndex((line, index) => index >= from && fits(line));
  return at < 0 ? null : at;
}

function digitsOf(line: string): string | null {
  return line.length < 80 ? formatRecoveryPassword(line) : null;
}

function fact(lines: readonly string[], name: string): string | null {
  return lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? null;
}
