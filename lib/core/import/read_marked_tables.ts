/**
 * Reads tables drawn with bars or parted by wide gaps: Markdown, MediaWiki, Jira and Confluence, Org, and what database consoles print. Rows
 * with bars whose columns nobody can name are left to the readers of free text.
 */

import { columnGuesses, rolesOf } from "./column_roles.ts";
import type { Found } from "./found.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import type { FieldRole } from "./field_roles.ts";
import type { Token } from "./scan_tokens.ts";
import type { TextLines } from "./text_lines.ts";

interface Row {
  readonly line: number;
  /** Behind its last line: a wiki's row may have a line a cell. */
  readonly to: number;
  readonly cells: readonly string[];
}

/** `|---|---|`, `+----+----+`, `|----+----|`, `------+------`. */
const RULE = /^\s*[|+]?\s*:?[-=]{2,}:?\s*(?:[|+]\s*:?[-=]{2,}:?\s*)*[|+]?\s*$/;
const LONGEST = 4000;
/** Of a row with digits. */
const SHORTEST_ROW = 50;
const MOST_CELLS = 60;

/**
 * Reads all tables with bars.
 *
 * @param doc The text; the lines of tables that were understood are taken.
 * @param tokens Of the text.
 * @param found Gets their keys.
 */
export function readMarkedTables(doc: TextLines, tokens: readonly Token[], found: Found): void {
  const hasKeys = tokens.some(({ sort }) => sort === "key");
  for (let line = 0; line < doc.lines.length; line++) {
    const text = doc.lines[line] ?? "";
    const isWide = hasKeys && isHeadOfWide(text, doc.lines[line + 1] ?? "");
    if (doc.taken[line] === 1 || !(isWide || isBarred(text))) continue;
    const { rows, to } = isWide
      ? wideRows(doc, line)
      : /^\s*\{\|/.test(text)
      ? wikiRows(doc, line)
      : barredRows(doc, line);
    readRows(doc, rows, found);
    line = Math.max(line, to - 1);
  }
}

function isBarred(text: string): boolean {
  return text.length < LONGEST && text.includes("|");
}

function barredRows(
  { lines, taken }: TextLines,
  from: number,
): { readonly rows: readonly Row[]; readonly to: number } {
  const rows: Row[] = [];
  let to = from;
  for (; to < lines.length && taken[to] !== 1; to++) {
    const text = lines[to] ?? "";
    if (text.length < LONGEST && RULE.test(text)) continue;
    if (!isBarred(text)) break;
    rows.push({ line: to, to: to + 1, cells: cellsOf(text, /\|{1,2}/) });
  }
  return { rows, to };
}

/** Names with at least two blanks between, digits in the row below; ` : ` stands between a name and its value. */
function isHeadOfWide(text: string, next: string): boolean {
  if (text === "" || next.length < SHORTEST_ROW || /\s:\s/.test(text)) return false;
  return text.length < LONGEST && next.length < LONGEST && /\S\s{2,40}\S/.test(text) && !text.includes("|") &&
    /\d{6}-\d{6}/.test(next) && !/\d{6}|[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text);
}

function wideRows(
  { lines, taken }: TextLines,
  from: number,
): { readonly rows: readonly Row[]; readonly to: number } {
  const rows: Row[] = [];
  let to = from;
  for (; to < lines.length && taken[to] !== 1; to++) {
    const text = (lines[to] ?? "").trim();
    if (text === "" || text.length > LONGEST) break;
    rows.push({ line: to, to: to + 1, cells: text.split(/\s{2,}|\t/, MOST_CELLS) });
  }
  return { rows, to };
}

/** `! Device !! Key ID` or a line a cell; `|-` begins a row. */
function wikiRows(
  { lines }: TextLines,
  from: number,
): { readonly rows: readonly Row[]; readonly to: number } {
  const rows: { line: number; to: number; cells: string[] }[] = [];
  let row: typeof rows[number] | null = null;
  let to = from + 1;
  for (; to < lines.length; to++) {
    const text = (lines[to] ?? "").trim();
    if (text.startsWith("|}")) break;
    if (text.startsWith("|-")) row = null;
    else if (/^[|!](?!\+)/.test(text) && text.length < LONGEST) {
      if (row === null) rows.push(row = { line: to, to, cells: [] });
      row.to = to + 1;
      row.cells.push(...text.slice(1).split(/\|\||!!/).map((cell) => cell.replace(/^[^|[\]]*\|/, "").trim()));
    }
  }
  return { rows, to: to + 1 };
}

function cellsOf(text: string, bar: RegExp): readonly string[] {
  return text.trim().replace(/^\|{1,2}|\|{1,2}$/g, "").split(bar, MOST_CELLS)
    .map((cell) => cell.trim().replace(/^(?:`+|\*{1,2}|_{1,2}|\{\{)(.*?)(?:`+|\*{1,2}|_{1,2}|\}\})$/, "$1"));
}

function readRows(doc: TextLines, [head, ...rows]: readonly Row[], found: Found): void {
  if (head === undefined || head.cells.length < 2 || rows.length === 0) return;
  if (rows.some(({ cells }) => cells.length !== head.cells.length)) return;
  const roles = rolesOf(head.cells, rows.map(({ cells }) => cells));
  // where GUIDs are the PC's, nobody may pair them by their place in the row
  const tells = roles.includes("key-id") || (roles.includes("recovery-key") && roles.includes("other-id"));
  if (
    !tells || roles.filter((role) => role !== "none").length < 2 ||
    head.cells.some((cell) => cell.length > 60)
  ) return;
  found.columns.push(...columnGuesses(head.cells, roles));
  doc.taken[head.line] = 1;
  for (const row of rows) {
    const fields = row.cells.map((value, at): RecordField => ({
      name: head.cells[at] ?? "",
      value,
      role: roles[at] ?? ("none" satisfies FieldRole),
    }));
    readRecord(fields, { line: row.line + 1, quiet: !roles.includes("key-id") }, found);
    for (let line = row.line; line < row.to; line++) doc.taken[line] = 1;
  }
  found.kinds.push(kindOf(head.cells, rows.map(({ cells }) => cells[roles.indexOf("key-id")] ?? "")));
}

function kindOf(header: readonly string[], ids: readonly string[]): "account-page" | "entra" | "table" {
  if (ids.some((id) => id !== "") && ids.every((id) => !/[0-9a-f]{8}-/i.test(id))) return "account-page";
  return header.some((name) => /drive ?type|entra|azure/i.test(name)) ? "entra" : "table";
}
