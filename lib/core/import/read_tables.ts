/** Reads the tables that PowerShell prints: names, dashes below them, rows. */

import type { Found } from "./found.ts";
import { UNKNOWN_VOLUME } from "./model.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { roleOf } from "./field_roles.ts";
import { conversionOfName, percentOf, protectionOfName, protectorList } from "./states.ts";
import type { TextLines } from "./text_lines.ts";
import { volumeOfFields } from "./volume_of_fields.ts";

const RULE = /^\s*-{2,}(?: {1,60}-{2,}){1,30}\s*$/;

/** A volume's row: its size right-aligned in a column too narrow for its name, so columns cannot be cut by place. */
const VOLUME =
  /(?:^|\s)([A-Z]:)?\S*\s+[\d.,]*\s+((?:Fully|UsedSpace|Encryption|Decryption)\w+)\s+([\d.,]+)\s+\{([^{}]*?)(?:\}|\.{3}\}?|…)(?:\s+(?:True|False)\b)?(?:\s+(On|Off|Unknown)\b)?/;

/** A locked volume's row: Windows knows neither state nor percentage. */
const LOCKED =
  /^\s*(?:OperatingSystem|Data|Unknown)\s+([A-Z]:)?\S*\s+[\d.,]+()()\s{10,}\{([^{}]*?)(?:\}|\.{3}\}?|…)(?:\s+(?:True|False)\b)?(?:\s+(On|Off|Unknown)\b)?/;

/**
 * Reads the tables of a text.
 *
 * @param doc The text; the lines of tables are taken.
 * @param found Gets keys, other protectors and volumes.
 */
export function readTables(doc: TextLines, found: Found): void {
  const { lines, taken } = doc;
  for (let rule = 1; rule < lines.length; rule++) {
    if (taken[rule] === 1 || (lines[rule] ?? "").length > 1000 || !RULE.test(lines[rule] ?? "")) continue;
    const places = [...(lines[rule] ?? "").matchAll(/-{2,}/g)]
      .map(({ index, 0: dashes }): Place => ({ start: index, end: index + dashes.length }));
    const starts = places.map(({ start }) => start);
    const header = cellsOf(lines[rule - 1] ?? "", starts);
    const roles = header.map(roleOf);
    let end = rule + 1;
    while (end < lines.length && (lines[end] ?? "").trim() !== "" && (lines[end] ?? "").length < 2000) end++;
    const isKeys = roles.includes("key-id") || roles.includes("recovery-key");
    const drive = groupAbove(lines, rule - 1);
    let volumes = 0;
    for (let line = rule + 1; line < end; line++) {
      const text = lines[line] ?? "";
      if (readVolume(text, found) || readNamedVolume({ header, places, text }, found)) volumes++;
      else if (isKeys) {
        const cells = cellsOf(text, starts);
        const fields = header.map((name, at): RecordField => ({ name, value: cells[at] ?? "" }));
        readRecord(fields, { line: line + 1, isKey: true, drive }, found);
      } else continue;
      taken[line] = 1;
    }
    if (isKeys || volumes > 0) {
      found.kinds.push(header.some((name) => /createddatetime/i.test(name)) ? "entra" : "powershell");
      for (const line of [rule - 1, rule]) taken[line] = 1;
    }
  }
}

/** `Format-Table -GroupBy MountPoint` writes above each of its tables what their rows share. */
function groupAbove(lines: readonly string[], header: number): string | null {
  for (let line = header - 1; line >= 0 && line >= header - FARTHEST_GROUP; line--) {
    const text = lines[line] ?? "";
    if (text.trim() === "") continue;
    const letter = GROUP.exec(text)?.[1];
    return letter === undefined ? null : `${letter.toUpperCase()}:`;
  }
  return null;
}

/** A blank line stands between. */
const FARTHEST_GROUP = 3;
const GROUP = /^\s{3}(?:MountPoint|DriveLetter)\s?:\s?([A-Za-z]):?\\?\s*$/;

/** Where a column's dashes stand. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/** Cut where the dashes begin; a cell that begins before its dashes counts by its beginning. */
function cellsOf(line: string, starts: readonly number[]): readonly string[] {
  return starts.map((start, at) => line.slice(at === 0 ? 0 : start, starts[at + 1]).trim());
}

function readVolume(text: string, found: Found): boolean {
  const [, drive, status, percent, protectors, protection] = VOLUME.exec(text) ?? LOCKED.exec(text) ?? [];
  if (status === undefined) return false;
  found.volumes.push({
    ...UNKNOWN_VOLUME,
    drive: drive ?? null,
    conversion: conversionOfName(status),
    percent: percentOf(percent ?? ""),
    protection: protectionOfName(protection ?? ""),
    protectorTypes: protectorList(protectors ?? ""),
  });
  return true;
}

/** Columns that the user chose: `Select-Object MountPoint, ProtectionStatus`. */
function readNamedVolume(
  { header, places, text }: {
    readonly header: readonly string[];
    readonly places: readonly Place[];
    readonly text: string;
  },
  found: Found,
): boolean {
  const cells = [...text.matchAll(/\{[^{}]*\}?|\S+/g)];
  const fields = header.map((name, at) => {
    const { start = 0, end = 0 } = places[at] ?? {};
    // numbers stand right, words left: either way a cell stands above some of its dashes
    const own = cells.filter(({ index, 0: cell }) => index < end && index + cell.length > start);
    return { name, value: own.map(([cell]) => cell).join(" ") };
  });
  const volume = volumeOfFields(fields);
  if (volume === null || volume.drive === null) return false;
  found.volumes.push(volume);
  return true;
}
