/** Reads lists of `name : value` lines: Format-List of PowerShell, broken-off JSON, exports of the registry. */

import type { Found } from "./found.ts";
import { UNKNOWN_VOLUME } from "./model.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { plainName, roleOf } from "./record_fields.ts";
import { scanTokens } from "./scan_tokens.ts";
import { conversionOfName, lockOfName, percentOf, protectionOfName, protectorList } from "./states.ts";
import { indentOf, type TextLines } from "./text_lines.ts";

interface Line extends RecordField {
  readonly line: number;
}

const FIELD = /^\s*["']?([\p{L}@][\p{L}\p{N} ._@()/-]{0,60}?)["']?\s{0,40}[:=]\s{0,8}(.*)$/u;

/** Names that only programs write: a record with one of them is read as such, whatever else it holds. */
const TECHNICAL =
  /^(?:keyprotectorid|keyprotectortype|recoverypassword|mountpoint|volumestatus|msfve.+|volumekeyprotectorid|autounlockprotector)$/;

/** A row of `name : value` is at most so long; PowerShell has 14 of a volume. */
const MOST_FIELDS = 100;

/**
 * Reads the records of a text.
 *
 * @param doc The text; the lines of records are taken.
 * @param found Gets what they hold.
 */
export function readListing(doc: TextLines, found: Found): void {
  let record: Line[] = [];
  let drive: string | null = null;
  // a list's records begin alike, also where the blank lines between them are lost
  let first: string | null = null;
  const close = (): void => {
    if (record.some(({ name }) => TECHNICAL.test(plainName(name)))) first ??= record[0]?.name ?? null;
    if (record.length > 0 && readOne(doc, record, { drive, found })) found.kinds.push(kindOf(record));
    record = [];
  };
  doc.lines.forEach((text, line) => {
    // a mount point printed alone, before the protectors of its volume
    const alone = /^\s*([A-Za-z]):\\?\s*$/.exec(text)?.[1];
    if (alone !== undefined) drive = `${alone.toUpperCase()}:`;
    const field = doc.taken[line] === 1 || text.length > 4000 ? null : fieldOf(text, line);
    const last = record.at(-1);
    if (field !== null) {
      const again = field.name === first || field.name === "dn" ||
        record.some(({ name }) => name === field.name);
      if (again || record.length >= MOST_FIELDS) close();
      record.push(field);
    } else if (last !== undefined && isContinued(text, doc.lines[last.line] ?? "")) {
      record[record.length - 1] = { ...last, value: last.value + text.trim() };
    } else close();
  });
  close();
}

function fieldOf(text: string, line: number): Line | null {
  const [, name, value] = FIELD.exec(text) ?? [];
  if (name === undefined || value === undefined || /^[a-z]$/i.test(name)) return null;
  return { name: name.trim(), line, value: value.trim().replace(/,$/, "").replace(/^"(.*)"$/, "$1") };
}

/** PowerShell breaks a long value and goes on below its beginning. */
function isContinued(text: string, first: string): boolean {
  const column = first.search(/[:=]/);
  return text.trim() !== "" && column > 0 && indentOf(text) > column && indentOf(text) <= column + 4;
}

interface Target {
  readonly drive: string | null;
  readonly found: Found;
}

function readOne(doc: TextLines, record: readonly Line[], { drive, found }: Target): boolean {
  const names = record.map(({ name }) => plainName(name));
  const isVolume = names.includes("volumestatus");
  const technical = names.some((name) => TECHNICAL.test(name));
  const tokens = record.flatMap(({ value }) => value.length > 4000 ? [] : scanTokens(value));
  const keys = new Set(tokens.flatMap((token) => token.sort === "key" ? [token.password] : []));
  const ids = record.filter(({ name, value }) => roleOf(name) === "key-id" && scanTokens(value).length > 0);
  const named = ids.length > 0 && keys.size > 0;
  const graph = names.includes("volumetype") && names.includes("createddatetime");
  if (!technical && !named && !graph) return false;
  // several pairs under one another: nearness tells more than names
  const all = new Set(tokens.flatMap((token) => token.sort === "id" ? [token.id] : []));
  if (keys.size > 1 || ids.length > 1 || (!technical && !graph && all.size > 1)) return false;
  if (isVolume) readVolume(record, found);
  const line = (record[0]?.line ?? 0) + 1;
  const isRead = readRecord(record, {
    line,
    drive,
    isKey: graph,
    quiet: !technical && !graph,
    isReadAgain: true,
  }, found);
  if (isVolume || isRead) { for (const { line } of record) doc.taken[line] = 1; }
  return isVolume || isRead;
}

function kindOf(record: readonly Line[]): "powershell" | "entra" | "active-directory" | "notes" {
  const names = record.map(({ name }) => plainName(name));
  if (names.some((name) => name.startsWith("msfve"))) return "active-directory";
  if (names.includes("createddatetime")) return "entra";
  return names.some((name) => TECHNICAL.test(name)) ? "powershell" : "notes";
}

function readVolume(record: readonly Line[], found: Found): void {
  const of = (wanted: string): string | null =>
    record.find(({ name }) => plainName(name) === wanted)?.value ?? null;
  const letter = /^([A-Za-z]):?\\?$/.exec(of("mountpoint") ?? "")?.[1];
  const protectors = of("keyprotector");
  found.volumes.push({
    ...UNKNOWN_VOLUME,
    drive: letter === undefined ? null : `${letter.toUpperCase()}:`,
    conversion: conversionOfName(of("volumestatus")),
    percent: percentOf(of("encryptionpercentage") ?? ""),
    protection: protectionOfName(of("protectionstatus")),
    lock: lockOfName(of("lockstatus")),
    protectorTypes: protectors === null || !protectors.startsWith("{") ? null : protectorList(protectors),
  });
}
