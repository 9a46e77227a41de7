/** Reads tables: CSV of Entra, Intune, Active Directory and management tools, with commas, semicolons, tabs or bars. */

import { parse } from "csv-parse/sync";
import { columnGuesses, isKeyCell, isRoundedCell, isShortId, PROBE_ROWS, rolesOf } from "./column_roles.ts";
import { plainName } from "./field_words.ts";
import type { Found } from "./found.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { type FieldRole, roleOf } from "./field_roles.ts";
import { readTransposed } from "./read_transposed.ts";
import { scanTokens } from "./scan_tokens.ts";
import { shortIdOf } from "./short_id.ts";

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
    if (form !== null) return withSecondRow(form, lines);
  }
  return null;
}

/** Names in two rows: a common one above, each column's own below. */
function withSecondRow(form: TableForm, lines: readonly string[]): TableForm {
  const next = lines.findIndex((line, at) => at > form.above && line.trim() !== "");
  const second = lines[next] ?? "";
  if (form.header.some((name) => roleOf(name) === "key-id") || scanTokens(second).length > 0) return form;
  const names = withoutEmpty(rowsOf(second, form.delimiter)[0] ?? []);
  const isNames = names.length === form.header.length &&
    names.some((name) => ["key-id", "plain-id", "recovery-key"].includes(roleOf(name))) &&
    formAt(lines, next) !== null;
  if (!isNames) return form;
  const header = form.header.map((name, at) => {
    const own = (names[at] ?? "").trim();
    return own === name ? name : `${name} ${own}`;
  });
  return { ...form, header, above: next };
}

/** Titles above a copied table, `sep=;`, `#TYPE …`. */
const MOST_ABOVE = 12;
const LONGEST_HEADER = 8000;

function formAt(lines: readonly string[], above: number): TableForm | null {
  const head = lines[above] ?? "";
  // a line of JSON has commas too, and a sentence
  if (/"\s*:|[{}[\]]\s*$|^\s*[{[]|[.:!?]\s*$/.test(head)) return null;
  const below = lines.slice(above + 1, above + 6).join("\n");
  for (const delimiter of DELIMITERS) {
    // a row of Markdown begins with its bar
    if (!head.includes(delimiter) || head.startsWith(delimiter) || !below.includes(delimiter)) continue;
    const cells = rowsOf(head, delimiter)[0] ?? [];
    const header = withoutEmpty(cells);
    const next = rowsOf(below, delimiter);
    const roles = header.map(roleOf);
    const telling = roles.filter((role) => role !== "none").length;
    const isNamed = (roles.includes("recovery-key") || roles.includes("key-id")) && telling >= 2;
    const most = isNamed ? header.length + MOST_EXTRA : cells.length;
    const isRow = (row: readonly string[]): boolean =>
      row.length >= header.length && row.length <= most && !row.slice(header.length).some(isIdOrKey);
    const even = next.some(isRow) && next.every((row) => isRow(row) || row.length < 2);
    const short = header.every((name) => name.length <= 60 && name.trim() !== "");
    const holds = next.some((row) => row.some(isNamed ? isIdOrKey : isKeyCell));
    if (header.length > 1 && even && short && holds) {
      return { delimiter, header: header.map((name) => name.trim()), above };
    }
  }
  return null;
}

/** Columns behind the last name: a button on a web page, and a delimiter at the end of each line. */
const MOST_EXTRA = 2;

function withoutEmpty(header: readonly string[]): readonly string[] {
  const empty = header.toReversed().findIndex((name) => name.trim() !== "");
  return header.slice(0, header.length - Math.min(Math.max(empty, 0), MOST_EXTRA));
}

function isIdOrKey(cell: string): boolean {
  return scanTokens(cell).length > 0 || shortIdOf(cell) !== null || isRoundedCell(cell);
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

/**
 * Tells where a table ends: of a copied page, more may follow below.
 *
 * @param lines Of the text.
 * @param form As {@link tableForm} tells.
 * @returns How many lines belong to it; all of them where nobody can tell, or nothing of worth follows.
 */
export function linesOfTable(lines: readonly string[], { delimiter }: TableForm): number {
  // cells in quotes may hold line ends
  if (delimiter !== "\t") return lines.length;
  const last = lines.findLastIndex((line) => line.includes(delimiter));
  const rest = lines.slice(last + 1).join("\n");
  return rest.includes('"') || scanTokens(rest).length === 0 ? lines.length : last + 1;
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
  if (part.isFirst && readTransposed([form.header, ...rows], found)) {
    found.kinds.push("table");
    return;
  }
  const roles = rolesOf(form.header, rows);
  if (part.isFirst) found.columns.push(...columnGuesses(form.header, roles));
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
    refuseRounded(fields, line, found);
    readRecord(fields, { line, quiet: !roles.includes("key-id") }, found);
  });
  found.kinds.push(
    isAd ? "active-directory" : isAccountPage(rows, roles) ? "account-page" : kindOf(form.header),
  );
}

function refuseRounded(fields: readonly RecordField[], line: number, found: Found): void {
  for (const { role, value } of fields) {
    if (role !== "recovery-key" || !isRoundedCell(value)) continue;
    const reason = "a spreadsheet has rounded it: most of its digits are lost";
    found.refused.push({ line, group: null, reason });
  }
}

/** The page calls drives by their kinds, and shows the beginnings of Key IDs alone. */
function isAccountPage(rows: readonly (readonly string[])[], roles: readonly FieldRole[]): boolean {
  const ids = roles.indexOf("key-id");
  const first = rows.slice(0, PROBE_ROWS);
  return ids >= 0 && first.length > 0 && first.every((row) => !/[0-9a-f]{8}-/i.test(row[ids] ?? "")) &&
    first.some((row) => isShortId(row[ids] ?? ""));
}

function kindOf(header: readonly string[]): "powershell" | "entra" | "table" {
  const plain = header.map(plainName);
  const isNamed = plain.some((name) => /azuread|entra|volumetype|drivetype|createddatetime/.test(name));
  // the portals' own names, in any language
  const isPortal = ["key-id", "recovery-key"].every((role) =>
    header.some((name) => roleOf(name) === role && /bitlocker/i.test(name))
  );
  if (plain.includes("keyprotectorid") && plain.includes("keyprotectortype")) return "powershell";
  return isNamed || isPortal ? "entra" : "table";
}

/** Several keys in one row, each behind its Key ID: `C Key ID, C key, D Key ID, D key`. */
function readWide(fields: readonly RecordField[], line: number, found: Found): boolean {
  const roles = fields.flatMap(({ role }, at) =>
    role === "key-id" || role === "recovery-key" ? [{ role, at }] : []
  );
  const pairs = roles.length / 2;
  if (pairs < 2 || !Number.isInteger(pairs)) return false;
  if (!roles.every(({ role }, index) => role === (index % 2 === 0 ? "key-id" : "recovery-key"))) return false;
  const shared = fields.filter(({ role }) => role === "pc" || role === "date");
  for (let index = 0; index < roles.length; index += 2) {
    const [id, key] = [fields[roles[index]?.at ?? -1], fields[roles[index + 1]?.at ?? -1]];
    if (id === undefined || key === undefined || (id.value + key.value).trim() === "") continue;
    const letter = /(?:^|[^\p{L}])([A-Z])(?::|[^\p{L}]|$)/u.exec(id.name)?.[1];
    const drive = letter === undefined ? null : `${letter}:`;
    readRecord([...shared, id, key], { line, drive, isKey: true }, found);
  }
  return true;
}
