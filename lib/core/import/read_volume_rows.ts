/** Reads volumes out of `Get-BitLockerVolume | Export-Csv` and its like: names of columns, a volume a row. */

import { parse } from "csv-parse/sync";
import { plainName } from "./field_words.ts";
import type { Found } from "./found.ts";
import { volumeOfFields } from "./volume_of_fields.ts";

/** `#TYPE …` and a blank line stand above. */
const MOST_ABOVE = 4;
const LONGEST_HEADER = 2000;
/** PCs and their volumes; more is no list of volumes. */
const LONGEST = 8 * 1024 * 1024;
const MOUNT = /^(?:mountpoint|driveletter)$/;
const STATE = /^(?:volumestatus|conversionstatus|protectionstatus|encryptionpercentage)$/;

/**
 * Reads such a table.
 *
 * @param text A whole text.
 * @param found Gets its volumes.
 */
export function readVolumeRows(text: string, found: Found): void {
  if (text.length > LONGEST || !/mountpoint|driveletter/i.test(text.slice(0, LONGEST_HEADER))) return;
  const above = text.slice(0, LONGEST_HEADER).split("\n").slice(0, MOST_ABOVE);
  const start = above.findIndex((line) => delimiterOf(line) !== null);
  const head = above[start];
  const delimiter = head === undefined ? null : delimiterOf(head);
  if (delimiter === null) return;
  const [header = [], ...rows] = rowsOf(text.split("\n").slice(start).join("\n"), delimiter);
  let any = false;
  for (const row of rows) {
    if (row.length !== header.length) continue;
    const volume = volumeOfFields(header.map((name, at) => ({ name, value: row[at] ?? "" })));
    if (volume?.drive === null || volume === null) continue;
    found.volumes.push(volume);
    any = true;
  }
  if (any) found.kinds.push("powershell");
}

function delimiterOf(line: string): string | null {
  return [",", ";", "\t"].find((delimiter) => {
    const names = line.split(delimiter).map(plainName);
    return names.some((name) => MOUNT.test(name)) && names.some((name) => STATE.test(name));
  }) ?? null;
}

function rowsOf(text: string, delimiter: string): readonly (readonly string[])[] {
  const options = { delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true };
  try {
    const rows: unknown = parse(text, { ...options, skip_records_with_error: true });
    return Array.isArray(rows) ? rows.map((row: unknown) => (Array.isArray(row) ? row.map(String) : [])) : [];
  } catch {
    // a quote that nobody closed
    return [];
  }
}
