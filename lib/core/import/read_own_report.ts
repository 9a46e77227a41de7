/** Reads Spare Key's own report: Windows' form, and below a rule which PC, which drive and when. */

import { parseReportLines } from "../parse_report.ts";
import { formatRecoveryPassword, isValidRecoveryPassword } from "../recovery_password.ts";
import { type Found, foundKey } from "./found.ts";
import { scanTokens } from "./scan_tokens.ts";
import type { TextLines } from "./text_lines.ts";

/**
 * Reads a report of the program itself.
 *
 * @param doc The text; all its lines are taken when it is one.
 * @param found Gets its key.
 * @returns Whether it is one.
 */
export function readOwnReport(doc: TextLines, found: Found): boolean {
  const marks = doc.lines.length > 200
    ? 0
    : doc.lines.filter((line) => /^Written by Spare Key/.test(line)).length;
  // pieces of several files put together are read like any other text
  const tokens = marks === 1 ? scanTokens(doc.text) : [];
  const report = tokens.length === 2 && tokens[0]?.sort === "id" && tokens[1]?.sort === "key"
    ? parseReportLines(doc.lines)
    : null;
  if (report === null || !isValidRecoveryPassword(report.recoveryPassword)) return false;
  found.keys.push(foundKey({
    keyId: report.keyId,
    recoveryPassword: formatRecoveryPassword(report.recoveryPassword),
    drive: report.drive,
    pairing: "block",
    host: report.host,
    date: report.takenAt,
    line: 1,
  }));
  found.kinds.push("backup-txt");
  doc.taken.fill(1);
  return true;
}
