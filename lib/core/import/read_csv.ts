/** Reads tables: CSV of Entra, Intune, Active Directory and management tools, with commas, semicolons, tabs or bars. */

import { parse } from "csv-parse/sync";
import type { Found } from "./found.ts";
import type { ColumnGuess } from "./model.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { type FieldRole, plainName, roleOf } from "./record_fields.ts";
import { scanTokens } from "./scan_tokens.ts";

/** What a table is parted with. */
export interface TableForm {
  /** One character. */
  readonly delimiter: string;
  /** Names of the columns. */
  readonly header: readonly string[];
  /** Lines above the header: `sep=;`, `#TYPE …`. */
  readonly above: number;
}

const DELIMITERS = [",", ";", "\t", "|"] as const;

/**
 * Tells whether a text is a table with a row of names.
 *
 * @param text Its beginning will do.
 * @returns How it is parted, `null` when it is none.
 */
export function tableForm(text: string): TableForm | null {
  const lines = text.slice(0, 64 * 1024).split("\n");
  for (let above = 0; above < Math.min(lines.length, MOST_ABOVE); above++) {
    if ((lines[above] ?? "").length > LONGEST_HEADER || scanTokens(lines[above] ?? "").length > 0) {
      return null;
    }
    const form = formAt(lines, above);
    if (form !== null) return form;
  }
  return null;
}

/** Titles above a copied table, `sep=;`, `#TYPE …`. */
const MOST_ABOVE = 12;
const LONGEST_HEADER = 8000;

function formAt(lines: readonly string[], above: number): TableForm | null {
  const head = lines[above] ?? "";
  // a line of JSON has commas too
  if (/"\s*:|[{}[\]]\s*$|^\s*[{[]/.test(head)) return null;
  for (const delimiter of DELIMITERS) {
    if (!head.includes(delimiter)) continue;
    const header = rowsOf(head, delimiter)[0] ?? [];
    const next = rowsOf(lines.slice(above + 1, above + 6).join("\n"), delimiter);
    const even = next.some((row) => row.length === header.length) &&
      next.every((row) => row.length === header.length || row.length < 2);
    const roles = header.map(roleOf);
    const telling = roles.filter((role) => role !== "none").length;
    const isNamed = (roles.includes("recovery-key") || roles.includes("key-id")) && telling >= 2;
    const short = header.every((name) => name.length <= 60) &&
      header.slice(0, -1).every((name) => name.trim() !== "");
    const holds = next.some((row) => row.some(isNamed ? isIdOrKey : isKey));
    if (header.length > 1 && even && short && holds) {
      return { delimiter, header: header.map((name) => name.trim()), above };
    }
  }
  return null;
}

function isKey(cell: string): boolean {
  return scanTokens(cell).some((token) => token.sort === "key" && token.password !== null);
}

function isIdOrKey(cell: string): boolean {
  return scanTokens(cell).length > 0 || /^[0-9a-f]{8}$/i.test(cell.trim());
}

function rowsOf(text: string, delimiter: string): readonly (readonly string[])[] {
  const options = {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
  };
  try {
    const rows: unknown = parse(text, options);
    return Array.isArray(rows) ? rows.map((row: unknown) => (Array.isArray(row) ? row.map(String) : [])) : [];
  } catch {
    // a quote that nobody closed: lines as they are
    return text.split("\n").map((line) => line.split(delimiter));
  }
}

/** A part of a table, and where it begins. */
export interface TablePart {
  /** Whole rows. */
  readonly text: string;
  /** Number of the line at which the part begins, from 1. */
  readonly line: number;
  /** The header stands in it. */
  readonly isFirst: boolean;
}

/** Rows that tell what a column without a known name holds. */
const PROBE_ROWS = 50;

/**
 * Reads a table, or a part of it that begins at a row.
 *
 * @param part Its text.
 * @param form As {@link tableForm} tells.
 * @param found Gets its keys, and what its columns were taken as.
 */
export function readCsv(part: TablePart, form: TableForm, found: Found): void {
  const lines = part.isFirst ? part.text.split("\n").slice(form.above + 1).join("\n") : part.text;
  const rows = rowsOf(lines, form.delimiter);
  const roles = rolesOf(form.header, rows.slice(0, PROBE_ROWS));
  if (part.isFirst) found.columns.push(...guesses(form.header, roles));
  const isAd = form.header.some((name) => /^msfve/.test(plainName(name)));
  rows.forEach((row, index) => {
    const fields = row.map((value, at): RecordField => ({
      name: form.header[at] ?? "",
      value,
      role: roles[at] ?? "none",
    }));
    // quoted cells may hold line ends: the line is that of the row, as near as can be told
    const line = part.line + index + (part.isFirst ? form.above + 1 : 0);
    if (readWide(fields, line, found)) return;
    readRecord(fields.map(asGuid), { line, isKey: true, quiet: !roles.includes("key-id") }, found);
  });
  found.kinds.push(isAd ? "active-directory" : isEntra(form.header) ? "entra" : "table");
}

function isEntra(header: readonly string[]): boolean {
  return header.some((name) => /azuread|entra|volumetype|drivetype|createddatetime/i.test(plainName(name)));
}

/** Names count most; where none says which column holds the Key ID, its content does if only one can be it. */
function rolesOf(header: readonly string[], rows: readonly (readonly string[])[]): readonly FieldRole[] {
  const named = header.map(roleOf);
  const withDigits = header.map((_, at) => rows.some((row) => isKey(row[at] ?? "")));
  const roles = named.map((role, at): FieldRole =>
    withDigits[at] ? "recovery-key" : role === "recovery-key" ? "none" : role
  );
  if (roles.includes("key-id")) return roles;
  const guids = header.map((_, at) =>
    rows.length > 0 && rows.some((row) => /^\{?[0-9a-f]{8}-[0-9a-f-]{27}\}?$/i.test((row[at] ?? "").trim()))
  );
  const free = roles.flatMap((role, at) => guids[at] && (role === "none" || role === "plain-id") ? [at] : []);
  // an ID of the PC beside it makes the other one the key's
  const sure = free.length === 1 && withDigits.includes(true) &&
    (roles.includes("other-id") || !roles.includes("pc") || roles[free[0] ?? 0] === "none");
  return roles.map((role, at) => (sure && at === free[0] ? "key-id" : free.includes(at) ? "other-id" : role));
}

function guesses(header: readonly string[], roles: readonly FieldRole[]): readonly ColumnGuess[] {
  return header.flatMap((column, at): readonly ColumnGuess[] => {
    const as = roles[at];
    return as === "key-id" || as === "recovery-key" || as === "drive" || as === "pc" || as === "date"
      ? [{ column: column.slice(0, 100), as }]
      : [];
  });
}

/** Several keys in one row, each behind its Key ID: `C Key ID, C key, D Key ID, D key`. */
function readWide(fields: readonly RecordField[], line: number, found: Found): boolean {
  const roles = fields.flatMap(({ role, value }, at) =>
    (role === "key-id" || role === "recovery-key") && value.trim() !== "" ? [{ role, at }] : []
  );
  const pairs = roles.length / 2;
  if (pairs < 2 || !Number.isInteger(pairs)) return false;
  if (!roles.every(({ role }, index) => role === (index % 2 === 0 ? "key-id" : "recovery-key"))) return false;
  const shared = fields.filter(({ role }) => role === "pc" || role === "date");
  for (let index = 0; index < roles.length; index += 2) {
    const [id, key] = [fields[roles[index]?.at ?? -1], fields[roles[index + 1]?.at ?? -1]];
    if (id === undefined || key === undefined) continue;
    const letter = /(?:^|[^\p{L}])([A-Z])(?::|[^\p{L}]|$)/u.exec(id.name)?.[1];
    const drive = letter === undefined ? null : `${letter}:`;
    readRecord([...shared, id, key].map(asGuid), { line, drive, isKey: true }, found);
  }
  return true;
}

/** csvde writes bytes as `X'…'`; a GUID's first three parts stand the other way round (MS-DTYP 2.3.4.2). */
function asGuid(field: RecordField): RecordField {
  const hex = /^X'([0-9a-f]{32})'$/i.exec(field.value.trim())?.[1];
  return hex === undefined ? field : { ...field, value: guidOfBytes(Uint8Array.fromHex(hex)) };
}

/**
 * Writes a GUID's bytes as text.
 *
 * @param bytes Sixteen, as Active Directory keeps them.
 * @returns Upper case, no braces.
 */
export function guidOfBytes(bytes: Uint8Array): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, "0")).join("").toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
