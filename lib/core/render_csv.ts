/** A report as CSV, for a spreadsheet. */

import { stringify } from "csv-stringify/sync";
import { oneLine, sayVolumeType } from "./how_to_say.ts";
import type { Report, ReportKey } from "./model.ts";

/** Excel parts lines at semicolons in many countries, so a formula behind one inside a cell is held off as well. */
const FORMULA_BEHIND_SEPARATOR = /([;,|]\s*"?)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

const COLUMNS = [
  "PC",
  "Serial number",
  "Model",
  "Drive",
  "Label",
  "Kind",
  "Size (bytes)",
  "Key ID",
  "Recovery key",
  "Checksum",
  "On the drive",
  "Taken at",
] as const;

/**
 * Renders a report as CSV that Excel opens by a double click: UTF-8 with byte order mark, CRLF, comma. A cell that
 * a spreadsheet would run as a formula (`=`, `+`, `-`, `@` in front, their full-width forms too) gets an apostrophe.
 * The digits stay text there because of their hyphens.
 *
 * @param report The keys and their PC.
 * @returns A header and a row for each key.
 */
export function renderCsv(report: Report): string {
  return stringify([[...COLUMNS], ...report.keys.map((key) => row(report, key))], {
    bom: true,
    record_delimiter: "windows",
    escape_formulas: true,
  });
}

function row({ host, takenAt }: Report, key: ReportKey): readonly string[] {
  const { volume } = key;
  return [
    host.name,
    host.serial,
    host.model,
    volume.drive,
    volume.label,
    sayVolumeType(volume.volumeType),
    volume.sizeBytes === null ? null : String(volume.sizeBytes),
    key.keyId,
    key.recoveryPassword,
    key.valid ? "right" : "WRONG",
    key.current ? "yes" : "no longer",
    takenAt,
  ].map((value) => oneLine(value ?? "").replace(FORMULA_BEHIND_SEPARATOR, "$1'"));
}
