/** Reads a volume's part of `manage-bde -status`: Windows prints the same fields in the same order in each language. */

import { type ImportedVolume, type ProtectorName, UNKNOWN_VOLUME } from "./model.ts";
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

/** Fields behind the percentage: method, protection, lock, identification field. */
const BEHIND = { method: 1, protection: 2, lock: 3 } as const;

/** Fields of a whole screen: size, version, conversion, percentage, method, protection, lock, identification, protectors. */
const ALL_FIELDS = 9;

/**
 * Reads the state of one volume.
 *
 * @param doc The text; the lines read are taken.
 * @param from First line behind the volume's header.
 * @param to Behind the last line.
 * @returns State without drive and label; `null` when there is none.
 */
export function readStatus(doc: TextLines, from: number, to: number): ImportedVolume | null {
  const fields = fieldsOf(doc, from, to);
  const at = fields.findIndex(({ value }) => /[%٪]/.test(value) && value.length < 24);
  if (at < 1) return null;
  const percent = percentOf(fields[at]?.value ?? "");
  const last = fields.at(-1);
  if (last === undefined || fields.length <= at + 1) return null;
  const isWhole = fields.length >= ALL_FIELDS && at === 3;
  const method = isWhole ? fields[at + BEHIND.method]?.value ?? null : methodOf(fields.slice(at + 1));
  const protection = isWhole
    ? fields[at + BEHIND.protection]
    : fields.slice(at + 1, -1).find(({ label }) => words.PROTECTION.test(label));
  const locked = percent === null;
  for (const { line } of fields) doc.taken[line] = 1;
  return {
    ...UNKNOWN_VOLUME,
    conversion: conversionOfWords(fields[at - 1]?.value ?? "", { percent, method }),
    percent,
    protection: locked ? "unknown" : protectionOfWords(protection?.value ?? ""),
    lock: isWhole ? (locked ? "locked" : "unlocked") : null,
    protectorTypes: last.value === "" ? typesBelow(doc, last, to) : [],
  };
}

/** Fields in a row, blank lines aside; two rows are two volumes. */
function fieldsOf({ lines, taken }: TextLines, from: number, to: number): readonly Field[] {
  const fields: Field[] = [];
  for (let line = from; line < to; line++) {
    const text = lines[line] ?? "";
    if (taken[line] === 1 || text.length > 200) continue;
    const [, label, value] = FIELD.exec(text) ?? [];
    if (label !== undefined && value !== undefined) {
      const indent = indentOf(text);
      // what stands deeper belongs to the last field
      if (fields.length > 0 && indent > (fields[0]?.indent ?? 0) + 1) break;
      fields.push({ label, value, line, indent });
      if (value === "" && fields.length > 2) break;
    } else if (fields.length > 0 && text.trim() === "") break;
    else if (fields.length > 0) fields.length = 0;
  }
  return fields;
}

function methodOf(fields: readonly Field[]): string | null {
  return fields.find(({ value }) => /aes|xts/i.test(value))?.value ?? null;
}

/** The names below the last field, each on a line of its own, deeper than it. */
function typesBelow(doc: TextLines, last: Field, to: number): readonly ProtectorName[] {
  const types: ProtectorName[] = [];
  for (let line = last.line + 1; line < to; line++) {
    const text = doc.lines[line] ?? "";
    if (text.trim() === "" || (indentOf(text) <= last.indent && last.indent > 0) || text.length > 100) break;
    // "External Key (Required for automatic unlock)"
    types.push(protectorOfWords(text.trim()));
    doc.taken[line] = 1;
  }
  return types;
}
