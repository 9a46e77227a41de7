/** Reads dumps of databases: `INSERT INTO … VALUES (…)`, and `COPY … FROM stdin` of PostgreSQL. */

import { rolesOf } from "./column_roles.ts";
import type { Found } from "./found.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { lineAt, type TextLines } from "./text_lines.ts";

const INSERT =
  /\b(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s+([^\s(]{1,200})\s*(?:\(([^()]{1,4000})\))?\s*VALUES\s*(?=\()/gi;
const CREATE = /\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([^\s(]{1,200})\s*\(/gi;
const COPY = /^COPY\s+([^\s(]{1,200})\s*\(([^()]{1,4000})\)\s+FROM\s+stdin;[^\n]*\n/gim;
const NO_COLUMN = /^(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|CHECK|FULLTEXT)\b/i;
const LONGEST_VALUE = 20_000;

interface Row {
  readonly cells: readonly string[];
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the rows of all tables whose columns have names.
 *
 * @param doc The text; the lines of rows are taken.
 * @param found Gets their keys.
 */
export function readSql(doc: TextLines, found: Found): void {
  const { text } = doc;
  if (/\bINTO\b/i.test(text) && /\bVALUES\b/i.test(text)) {
    const created = createdColumns(text);
    for (const match of text.matchAll(INSERT)) {
      const [whole, table = "", columns] = match;
      const header = columns === undefined ? created.get(plain(table)) : columns.split(",").map(plain);
      if (header !== undefined) readRows(doc, header, insertedRows(text, match.index + whole.length), found);
    }
  }
  if (!/^COPY\s/im.test(text)) return;
  for (const match of text.matchAll(COPY)) {
    const [whole, , columns = ""] = match;
    readRows(doc, columns.split(",").map(plain), copiedRows(text, match.index + whole.length), found);
  }
}

/** Without quotes of any database. */
function plain(name: string): string {
  return name.trim().replace(/["'`[\]]/g, "");
}

function createdColumns(text: string): ReadonlyMap<string, readonly string[]> {
  const tables = new Map<string, readonly string[]>();
  for (const match of text.matchAll(CREATE)) {
    const [row] = insertedRows(text, match.index + match[0].length - 1);
    const columns = row?.cells.filter((cell) => !NO_COLUMN.test(cell)).map((cell) =>
      plain(/^(?:"[^"]*"|`[^`]*`|\[[^\]]*\]|\S+)/.exec(cell)?.[0] ?? "")
    );
    if (columns !== undefined) tables.set(plain(match[1] ?? ""), columns);
  }
  return tables;
}

/** `(1, N'…', CAST(… AS DateTime)), (…)` */
function insertedRows(text: string, from: number): readonly Row[] {
  const rows: Row[] = [];
  let at = from;
  while (text[at] === "(") {
    const row = rowAt(text, at);
    if (row === null) break;
    rows.push(row);
    at = row.end;
    while (/[\s,]/.test(text[at] ?? "")) at++;
  }
  return rows;
}

function rowAt(text: string, start: number): Row | null {
  const cells: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length && at - from < LONGEST_VALUE; at++) {
    const one = text[at];
    if (one === "'" || one === "`" || one === '"') {
      const close = endOfString(text, at);
      if (close === null) return null;
      at = close;
    } else if (one === "(") depth++;
    else if (one === ")" && --depth === 0) {
      cells.push(valueOf(text.slice(from, at)));
      return { cells, start, end: at + 1 };
    } else if (one === "," && depth === 1) {
      cells.push(valueOf(text.slice(from, at)));
      from = at + 1;
    }
  }
  return null;
}

/** A quote within is written twice, or behind a backslash. */
function endOfString(text: string, start: number): number | null {
  const quote = text[start];
  for (let at = start + 1; at < Math.min(text.length, start + LONGEST_VALUE); at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === quote && text[at + 1] === quote) at++;
    else if (text[at] === quote) return at;
  }
  return null;
}

function valueOf(text: string): string {
  const value = text.trim().replace(/^(?:CAST|CONVERT)\s*\(\s*/i, "");
  if (/^NULL$/i.test(value)) return "";
  const [, quoted] = /^[A-Z]?'((?:[^'\\]|''|\\.)*)'/is.exec(value) ?? [];
  return quoted === undefined
    ? value
    : quoted.replaceAll("''", "'").replace(/\\n/g, "\n").replace(/\\(.)/g, "$1");
}

function copiedRows(text: string, from: number): readonly Row[] {
  const rows: Row[] = [];
  for (let start = from; start < text.length;) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    const line = text.slice(start, end);
    if (line.startsWith("\\.")) break;
    rows.push({ cells: line.split("\t").map((cell) => (cell === "\\N" ? "" : cell)), start, end });
    start = end + 1;
  }
  return rows;
}

function readRows(doc: TextLines, header: readonly string[], rows: readonly Row[], found: Found): void {
  const whole = rows.filter(({ cells }) => cells.length === header.length);
  const roles = rolesOf(header, whole.map(({ cells }) => cells));
  // without a column that is the Key ID's for sure, nearness may still tell
  if (!roles.includes("key-id") || whole.length < rows.length) return;
  // a line that came in between
  if (whole.some(({ cells }) => roles.some((role, at) => role === "key-id" && cells[at]?.includes("\n")))) {
    return;
  }
  let any = false;
  for (const { cells, start, end } of whole) {
    const fields = cells.map((value, at): RecordField => ({
      name: header[at] ?? "",
      value,
      role: roles[at] ?? "none",
    }));
    const first = lineAt(doc, start);
    any = readRecord(fields, { line: first + 1 }, found) || any;
    for (let line = first; line <= lineAt(doc, Math.max(start, end - 1)); line++) doc.taken[line] = 1;
  }
  if (any) found.kinds.push("table");
}
