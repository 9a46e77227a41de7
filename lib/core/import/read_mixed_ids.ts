/**
 * Reads records that hold an ID of the PC, of its object or its tenant beside the Key ID, where names stand before or
 * far above their values. Nearness would take the wrong ID there: the names alone decide.
 */

import { type Found, foundKey } from "./found.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { type FieldRole, roleOf } from "./field_roles.ts";
import { OPENS } from "./opening_line.ts";
import { scanTokens, type Token } from "./scan_tokens.ts";
import type { TextLines } from "./text_lines.ts";
import { isUserNameFirst } from "./user_name_first.ts";

const FIELD = /^\s{0,80}["'*-]{0,4}\s?([^:\uff1a=\n]{1,60}?)\s{0,40}[:\uff1a=]\s{0,8}(\S.{0,400})$/u;
/** No name: `{GUID}:digits`. */
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-/i;
const ENTRY = /^\s{0,80}- /;
/** Longer ones are sentences. */
const LONGEST = 400;
/** Of a name with a value. */
const SHORTEST = 4;
/** More names no portal has. */
const MOST_COLUMNS = 24;

interface Line {
  readonly text: string;
  readonly line: number;
}

/**
 * Reads all such records.
 *
 * @param doc The text; lines with IDs and digits that were understood are taken.
 * @param found Gets their keys.
 */
export function readMixedIds(doc: TextLines, found: Found): void {
  readNamedLines(doc, found);
  readCellLines(doc, found);
}

interface NamedLine extends RecordField {
  readonly line: number;
}

/** `Device ID: …` above or below `Key ID: …` and the digits; a blank line or a name that comes again ends a record. */
function readNamedLines(doc: TextLines, found: Found): void {
  let record: NamedLine[] = [];
  const names = new Set<string>();
  // records begin alike, also where one of them is broken
  let first: string | null = null;
  const close = (): void => {
    if (record.length > 1) first ??= record[0]?.name ?? null;
    if (record.length > 1) readNamed(doc, record, found);
    if (record.length > 0) record = [];
    names.clear();
  };
  doc.lines.forEach((text, line) => {
    const [, name, value] = doc.taken[line] === 1 || text.length < SHORTEST || text.length > LONGEST
      ? []
      : FIELD.exec(text) ?? [];
    if (name === undefined || value === undefined || ID.test(name) || OPENS.test(value)) return close();
    // YAML's sign of a list's next entry, where not each line has it
    const isEntry = ENTRY.test(text) && record.length > 0 && !ENTRY.test(doc.lines[line - 1] ?? "");
    if (names.has(name) || name === first || isEntry) close();
    names.add(name);
    record.push({ name, value: value.trim(), line });
  });
  close();
}

function readNamed(doc: TextLines, record: readonly NamedLine[], found: Found): void {
  // between IDs whose names say nothing, nobody can tell
  const roles = record.map(({ name }) => roleOf(name));
  // beside one that is called the key's, an `id` or a `uuid` is another
  const others = record.filter((_, at) =>
    roles[at] === "other-id" || (roles[at] === "plain-id" && roles.includes("key-id"))
  );
  if (others.length === 0) return;
  const tokens = record.map(({ value }) => scanTokens(value));
  // a list of Key IDs: which of them is meant, its reader tells
  if (tokens.some((all) => all.filter(({ sort }) => sort === "id").length > 1)) return;
  const sorts = tokens.map(([first]) => first?.sort ?? null);
  const keys = record.filter((_, at) => sorts[at] === "key");
  const isMixed = keys.length === 1 && record.some((one, at) => sorts[at] === "id" && others.includes(one));
  if (!isMixed || isTorn(doc, record, sorts)) return;
  if (isUserNameFirst(record.map(({ name }, at) => ({ name, sort: sorts[at] ?? null })))) return;
  if (!readRecord(record, { line: (keys[0]?.line ?? 0) + 1, quiet: true }, found)) return;
  record.forEach(({ line }, at) => {
    if (sorts[at] !== null) doc.taken[line] = 1;
  });
  found.kinds.push("notes");
}

/**
 * Digits first, and right above them an ID without a name: that one may be theirs. Or below the Key ID further digits
 * that have none of their own: then it may be that of these.
 */
function isTorn(
  { lines }: TextLines,
  record: readonly NamedLine[],
  sorts: readonly ("id" | "key" | null)[],
): boolean {
  const ids = sorts.flatMap((
    sort,
    at,
  ) => (sort === "id" && roleOf(record[at]?.name ?? "") === "key-id" ? [at] : []));
  const isDigitsFirst = sorts.indexOf("key") < (ids[0] ?? 0);
  if (!isDigitsFirst) return false;
  return scanTokens(lines[(record[0]?.line ?? 0) - 1] ?? "").length > 0 ||
    areNextAlone(lines, record.at(-1)?.line ?? 0);
}

/** Whether digits follow in the same paragraph, and no ID behind them before it ends or the next entry begins. */
function areNextAlone(lines: readonly string[], last: number): boolean {
  let isBehind = false;
  for (let line = last + 1; line <= last + MOST_COLUMNS; line++) {
    const text = lines[line] ?? "";
    if (text.trim() === "" || ENTRY.test(text)) return isBehind;
    const sort = text.length > LONGEST ? undefined : scanTokens(text)[0]?.sort;
    if (sort === "id") return false;
    if (sort === "key" && isBehind) return true;
    isBehind ||= sort === "key";
  }
  return isBehind;
}

/** All names a line each, then all cells a line each: as many lines from a name to its first cell as there are names. */
function readCellLines(doc: TextLines, found: Found): void {
  const lines = doc.lines.flatMap((whole, line): readonly Line[] => {
    const text = whole.trim();
    if (text === "") return [];
    return [{ text: doc.taken[line] === 1 || text.length > LONGEST ? "" : text, line }];
  });
  const first = lines.findIndex((line) => tokenOf(line)?.sort === "key");
  const head = headOf(lines, first);
  if (head === null) return;
  const columns = first - head;
  const roleAt = (at: number): FieldRole => (at < first ? roleOf(lines[at]?.text ?? "") : "none");
  const names = Array.from({ length: 2 * columns }, (_, at) => roleAt(head - columns + at));
  if (!names.includes("other-id")) return;
  const keys = lines.flatMap((line, at) => (tokenOf(line)?.sort === "key" ? [at] : []));
  if (keys.some((at, row) => at !== first + row * columns)) return;
  keys.forEach((key) => addRow(doc, { lines, key, columns, roleAt: (away) => roleAt(head + away) }, found));
}

/** @returns The one Key ID, or the digits, that stands alone on a line. */
function tokenOf(line: Line | undefined): Token | null {
  if (line === undefined || !/^\{?[0-9a-f]{6}/i.test(line.text)) return null;
  const [token, ...more] = scanTokens(line.text);
  return more.length === 0 && token?.end === line.text.length && token.start === 0 ? token : null;
}

/** @returns Where the name of the digits stands, nearest above the first of them. */
function headOf(lines: readonly Line[], first: number): number | null {
  for (let at = first - 1; at >= Math.max(0, first - MOST_COLUMNS); at--) {
    if (tokenOf(lines[at]) === null && roleOf(lines[at]?.text ?? "") === "recovery-key") {
      return first - at > 1 ? at : null;
    }
  }
  return null;
}

interface Row {
  readonly lines: readonly Line[];
  /** Index of the digits. */
  readonly key: number;
  readonly columns: number;
  /** What the name so many lines from that of the digits says. */
  roleAt(away: number): FieldRole;
}

function addRow(doc: TextLines, { lines, key, columns, roleAt }: Row, found: Found): void {
  const ids: string[] = [];
  for (let away = 1 - columns; away < columns; away++) {
    const one = lines[key + away];
    const token = tokenOf(one);
    if (one === undefined || token?.sort !== "id" || token.id === "") continue;
    // the same line may be a cell of the row before or behind: then its name is another one
    const other = roleAt(away > 0 ? away - columns : away + columns);
    const role = roleAt(away);
    if (role === "key-id" && other !== "other-id" && other !== "key-id") ids.push(token.id);
    doc.taken[one.line] = 1;
  }
  const token = tokenOf(lines[key]);
  const recoveryPassword = token?.sort === "key" ? token.password : null;
  const [keyId = null] = ids.length === 1 ? ids : [];
  if (token?.sort === "key" && token.problem !== null) {
    found.refused.push({ line: (lines[key]?.line ?? 0) + 1, ...token.problem });
  }
  doc.taken[lines[key]?.line ?? 0] = 1;
  if (recoveryPassword === null && keyId === null) return;
  found.keys.push(foundKey({
    keyId,
    recoveryPassword,
    pairing: keyId === null || recoveryPassword === null ? "none" : "record",
    reason: recoveryPassword === null
      ? "its digits are no recovery key"
      : keyId === null
      ? "no ID beside it is called the key's for sure"
      : null,
    line: (lines[key]?.line ?? 0) + 1,
  }));
  found.kinds.push("notes");
}
