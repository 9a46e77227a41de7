/** Reads LDIF (RFC 2849), as ldifde and ldapsearch write it. */

import type { Found } from "./found.ts";
import { guidOfBytes } from "./guid_bytes.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import type { TextLines } from "./text_lines.ts";

/** A line of an entry: an attribute, the rest of the one above, a comment. */
const ATTRIBUTE = /^(?:[Dd][Nn]::?|[A-Za-z][\w;-]{0,80}::?(?: |$)| \S|#)/;
const ENTRY = /^dn::? ?\S/i;

/**
 * Reads the entries of a text.
 *
 * @param doc The text; the lines of entries are taken.
 * @param found Gets their keys.
 */
export function readLdif(doc: TextLines, found: Found): void {
  const { lines, taken } = doc;
  for (let line = 0; line < lines.length; line++) {
    if (taken[line] === 1 || !ENTRY.test(lines[line] ?? "")) continue;
    let end = line;
    while (
      end < lines.length && ATTRIBUTE.test(lines[end] ?? "") &&
      (end === line || !ENTRY.test(lines[end] ?? ""))
    ) end++;
    const fields = lines.slice(line, end).join("\n").replace(/\n /g, "").split("\n").flatMap(fieldOf);
    if (readRecord(fields, { line: line + 1, quiet: true }, found)) found.kinds.push("active-directory");
    if (fields.some(({ name }) => /^ms-?fve/i.test(name))) {
      for (let at = line; at < end; at++) taken[at] = 1;
    }
    line = Math.max(line, end - 1);
  }
}

function fieldOf(line: string): readonly RecordField[] {
  const [, name, colons, value] = /^([A-Za-z][\w;-]{0,80})(::?) ?(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) return [];
  if (colons === ":") return [{ name, value }];
  try {
    const bytes = Uint8Array.fromBase64(value.trim());
    const isGuid = bytes.length === 16 && /guid$/i.test(name);
    return [{ name, value: isGuid ? guidOfBytes(bytes) : new TextDecoder().decode(bytes) }];
  } catch {
    return [];
  }
}
