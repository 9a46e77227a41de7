/**
 * Reads records that stand on one line, each value behind its name: arrays and hash tables of programs, lines of logs,
 * `key_id=… recovery_key=…`. The names tell which of several GUIDs is the Key ID.
 */

import type { Found } from "./found.ts";
import { roleOf } from "./field_roles.ts";
import { driveIn } from "./pairs_in_cells.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { firstFrom, type Token } from "./scan_tokens.ts";
import type { TextLines } from "./text_lines.ts";

const FIELD =
  /["'`]?([\p{L}_$@][\p{L}\p{N} _.-]{0,40}?)["'`]?\s{0,20}(?:=>|:=|[:=])\s{0,8}("[^"]{0,400}"|'[^']{0,400}'|[^\s,;|)\]}"']{1,400}(?:\s\d{6}){0,7}\}?)/gu;
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** Innermost ones. */
const GROUP = /[[{(][^[\]{}()]{60,4000}[\]})]/g;
const LONGEST = 100_000;

/**
 * Reads all such records.
 *
 * @param doc The text; lines that were understood as a whole are taken.
 * @param tokens Of the text.
 * @param found Gets their keys.
 */
export function readInlineFields(doc: TextLines, tokens: readonly Token[], found: Found): void {
  for (let line = 0, at = 0; line < doc.lines.length && at < tokens.length; line++) {
    const text = doc.lines[line] ?? "";
    const begin = doc.starts[line] ?? 0;
    const from = at;
    at = firstFrom(tokens, begin + text.length + 1);
    if (doc.taken[line] === 1 || text.length > LONGEST) continue;
    const own = tokens.slice(from, at).filter(({ start, end }) =>
      start >= begin && end <= begin + text.length
    );
    if (!own.some(({ sort }) => sort === "key") || !own.some(({ sort }) => sort === "id")) continue;
    const records = recordsOf(
      text,
      own.map(({ start, end }) => ({ start: start - begin, end: end - begin })),
    );
    // what no bracket holds together may be halves of two records: nearness tells that where one ID alone is there
    if (records === null) continue;
    const isLoose = records.some(({ isGrouped }) => !isGrouped);
    if (isLoose && (text.match(GUID) ?? []).length < 2) continue;
    if (isLoose && [line - 1, line + 1].some((next) => isHalf(doc, tokens, next))) continue;
    for (const { fields, drive } of records) {
      readRecord(fields, { line: line + 1, quiet: true, drive }, found);
    }
    doc.taken[line] = 1;
    found.kinds.push("notes");
  }
}

/** A line with Key IDs alone, or digits alone. */
function isHalf({ starts, lines }: TextLines, tokens: readonly Token[], line: number): boolean {
  const [from, end] = [starts[line] ?? 0, (starts[line] ?? 0) + (lines[line]?.length ?? 0)];
  const sorts = new Set<string>();
  for (let at = firstFrom(tokens, from); (tokens[at]?.start ?? Infinity) < end; at++) {
    sorts.add(tokens[at]?.sort ?? "");
  }
  return sorts.size === 1;
}

/** What may name the drive before a bracket. */
const LONGEST_BEFORE = 80;

interface Place {
  readonly start: number;
  readonly end: number;
}

interface PlacedField extends RecordField, Place {}

interface InlineRecord {
  readonly fields: readonly PlacedField[];
  /** Before its bracket. */
  readonly drive: string | null;
  /** Whether a bracket holds it together. */
  readonly isGrouped: boolean;
}

/** @returns `null` where a Key ID or digits stand outside, or no name says which is the Key ID. */
function recordsOf(text: string, tokens: readonly Place[]): readonly InlineRecord[] | null {
  const groups = groupsOf(text, tokens);
  const places = groups ?? [{ start: 0, end: text.length }];
  const all = places.map(({ start, end }) => fieldsOf(text.slice(start, end), start));
  const isWhole = tokens.every((token) => all.flat().some((field) => isWithin(token, field)));
  const records = all.flatMap((record, at): readonly InlineRecord[] => {
    const fields = withKeyId(record);
    const before = text.slice(places[at - 1]?.end ?? 0, places[at]?.start);
    const drive = driveIn(before.slice(-LONGEST_BEFORE));
    return fields === null ? [] : [{ fields, drive, isGrouped: groups !== null }];
  });
  return isWhole && records.length === all.length ? records : null;
}

function fieldsOf(text: string, from: number): readonly PlacedField[] {
  return [...text.matchAll(FIELD)].map(({ index, 0: whole, 1: name = "", 2: value = "" }): PlacedField => ({
    name: name.trim(),
    value: value.replace(/^(["'])(.*)\1$/, "$2"),
    start: from + index,
    end: from + index + whole.length,
  }));
}

/** @returns Brackets with tokens; `null` where a token stands in none: a GUID's own braces are no group. */
function groupsOf(text: string, tokens: readonly Place[]): readonly Place[] | null {
  const groups = [...text.matchAll(GROUP)].map(({ index, 0: group }): Place => ({
    start: index,
    end: index + group.length,
  })).filter((group) => tokens.some((token) => isWithin(token, group)));
  const isAll = tokens.every((token) => groups.some((group) => isWithin(token, group)));
  return isAll && groups.length > 0 ? groups : null;
}

function isWithin(one: Place, other: Place): boolean {
  return other.start <= one.start && one.end <= other.end;
}

/** One value with digits, and one Key ID by its name, or the only ID where its name is no other's. */
function withKeyId(fields: readonly PlacedField[]): readonly PlacedField[] | null {
  const keys = fields.filter(({ value }) => /(?:\d{6}[ -]?){7}\d{6}/.test(value));
  const ids = fields.filter((field) =>
    !keys.includes(field) && /[0-9a-f]{8}-[0-9a-f]{4}-/i.test(field.value)
  );
  const named = ids.filter(({ name }) => roleOf(name) === "key-id");
  const [id] = named.length === 0 && ids.length === 1 && roleOf(ids[0]?.name ?? "") === "plain-id"
    ? ids
    : named;
  if (keys.length !== 1 || id === undefined || named.length > 1) return null;
  return fields.map((field) => (field === id ? { ...field, role: "key-id" } : field));
}
