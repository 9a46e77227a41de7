/** Reads a volume's part of `manage-bde -status`: Windows prints the same fields in the same order in each language. */

import { isPrompt } from "./console_lines.ts";
import { type ImportedVolume, type ProtectorName, UNKNOWN_VOLUME } from "./model.ts";
import { holds } from "./spoiled_words.ts";
import { conversionOfWords, percentOf, protectionOfWords, protectorOfWords } from "./states.ts";
import { indentOf, type TextLines } from "./text_lines.ts";
import * as words from "./words.ts";

interface Field {
  readonly label: string;
  readonly value: string;
  readonly line: number;
  readonly indent: number;
}

const FIELD = /^\s*(\S[^:{}[\]\\]{0,60}?)\s*:\s*(.*?)\s*$/;

/**
 * Reads the state of one volume.
 *
 * @param doc The text; the lines read are taken.
 * @param part Where to look, and whether a volume's header stands above: then a screen that breaks off counts too.
 * @returns State without drive and label; `null` when there is none.
 */
export function readStatus(
  doc: TextLines,
  part: { readonly from: number; readonly to: number; readonly hasHeader: boolean },
): ImportedVolume | null {
  const { fields, spaced } = fieldsOf(doc, part);
  const at = fields.findIndex(isPercentage);
  if (at < 1 || (fields.length <= at + 1 && !part.hasHeader)) return null;
  const percent = percentOf(fields[at]?.value ?? "");
  const { method, protection, lock, protectors } = behindPercentage(fields.slice(at + 1));
  const isLocked = percent === null;
  for (const { line } of fields) doc.taken[line] = 1;
  return {
    ...UNKNOWN_VOLUME,
    conversion: conversionOfWords(fields[at - 1]?.value ?? "", { percent, method: method?.value ?? null }),
    percent,
    // Windows says "unknown" of a locked volume, and gives it no percentage
    protection: protection === null ? null : isLocked ? "unknown" : protectionOfWords(protection.value),
    lock: lock === null ? null : isLocked ? "locked" : "unlocked",
    protectorTypes: protectors === null ? null : typesOf(doc, protectors, { to: part.to, spaced }),
  };
}

/** Fields in a row; two rows are two volumes. Some web pages put a blank line between all of them. */
interface Row {
  readonly fields: Field[];
  /** Blank lines stand between. */
  spaced: boolean;
  /** A blank line stands behind the last one. */
  gap: boolean;
}

/** The first row that has a percentage; what stands before it is about something else. */
function fieldsOf(
  { lines, taken }: TextLines,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly fields: readonly Field[]; readonly spaced: boolean } {
  let row: Row = { fields: [], spaced: false, gap: false };
  for (let line = from; line < to; line++) {
    const text = lines[line] ?? "";
    if (text.trim() === "") {
      row.gap = row.fields.length > 0;
      continue;
    }
    if (taken[line] === 1 || text.length > LONGEST_FIELD) continue;
    const [, label, value] = isPrompt(text) ? [] : FIELD.exec(text) ?? [];
    const field = label === undefined || value === undefined
      ? null
      : { label, value, line, indent: indentOf(text) };
    if (field === null && isContinued(row, text)) {
      const last = row.fields.at(-1);
      if (last !== undefined) row.fields.splice(-1, 1, { ...last, value: `${last.value} ${text.trim()}` });
      continue;
    }
    if (field === null || !belongs(row, field)) {
      if (row.fields.some(isPercentage)) break;
      row = { fields: [], spaced: false, gap: false };
    }
    if (field === null) continue;
    row.spaced ||= row.gap;
    row.gap = false;
    row.fields.push(field);
    if (field.value === "" && row.fields.some(isPercentage)) break;
  }
  return row;
}

const LONGEST_FIELD = 200;

function isPercentage({ value }: Field): boolean {
  return /[%٪]/.test(value) && value.length < 40;
}

/** A value that the console broke goes on below its beginning. */
function isContinued({ fields, gap }: Row, text: string): boolean {
  const last = fields.at(-1);
  return last !== undefined && last.value !== "" && !gap && indentOf(text) > last.indent + 8 &&
    !isPrompt(text);
}

function belongs({ fields, spaced, gap }: Row, { label, indent }: Field): boolean {
  if (fields.length < 2) return true;
  if ((gap && !spaced) || fields.some((other) => other.label === label)) return false;
  // what stands deeper belongs to the last field; a copy may have lost the indentation of its first line
  return indent <= Math.max(fields[0]?.indent ?? 0, fields[1]?.indent ?? 0) + 1;
}

interface Behind {
  readonly method: Field | null;
  readonly protection: Field | null;
  readonly lock: Field | null;
  readonly protectors: Field | null;
}

/** Behind the percentage stand method, protection, lock, identification, perhaps automatic unlock, and the protectors. */
const LEAST_WHOLE = 4;

function behindPercentage(fields: readonly Field[]): Behind {
  const last = fields.at(-1) ?? null;
  // a screen that breaks off may end with automatic unlock
  const isList = last !== null && (last.value === "" || holds(last.label, words.KEY) ||
    (fields.length > LEAST_WHOLE && !holds(last.label, words.LOCK)));
  const state = isList ? fields.slice(0, -1) : fields;
  const named = (list: RegExp): Field | null => state.find(({ label }) => holds(label, list)) ?? null;
  const method = state.find(({ value }) => /aes|xts/i.test(value)) ?? named(words.METHOD);
  const protection = named(words.PROTECTION);
  const lock = state.find((field) => field !== protection && holds(field.label, words.LOCK)) ?? null;
  const isWhole = state.length >= LEAST_WHOLE;
  // words that nobody knows: where no field is missing, the order tells
  const [first, second, third] = state;
  const isOrdered = isWhole || (state.length === 3 && method !== null && method === first);
  return {
    method: method ?? (isOrdered ? first ?? null : null),
    protection: protection ?? (isOrdered && second !== lock ? second ?? null : null),
    lock: lock ?? (isOrdered && third !== protection ? third ?? null : null),
    protectors: isList ? last : null,
  };
}

/** `TPM`, `External Key (Required for automatic unlock)`: on the last field's line, or each on one below it. */
function typesOf(
  doc: TextLines,
  last: Field,
  { to, spaced }: { readonly to: number; readonly spaced: boolean },
): readonly ProtectorName[] {
  const beside = last.value === ""
    ? []
    : last.value.split(/\s*[+,;\u3001]\s*/).map((one) => protectorOfWords(one));
  // "none found"
  if (beside.includes("unknown")) return [];
  const types = [...beside];
  for (let line = last.line + 1; line < to; line++) {
    const text = doc.lines[line] ?? "";
    if (text.trim() === "" && spaced) continue;
    const isFlat = last.indent === 0 || spaced;
    const type = protectorOfWords(text.trim().replace(/:$/, ""));
    if (
      text.trim() === "" || text.length > 100 || isPrompt(text) ||
      /[[\]{}]|:\s*\S|^\s*(?:```|~~~)/.test(text) ||
      indentOf(text) < last.indent || (indentOf(text) <= last.indent && (!isFlat || type === "unknown"))
    ) break;
    types.push(type);
    doc.taken[line] = 1;
  }
  return types;
}
