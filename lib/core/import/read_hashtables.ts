/** Reads objects that PowerShell wrote as text: `@{KeyProtectorId={…}; RecoveryPassword=…}`. */

import type { Found } from "./found.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { firstFrom, type Token } from "./scan_tokens.ts";
import type { TextLines } from "./text_lines.ts";
import { volumeOfFields } from "./volume_of_fields.ts";

/** One protector's seven fields and those of its volume are shorter. */
const LONGEST = 4000;

/** An object's fields, and where on its line it stands. */
interface TextObject {
  readonly fields: readonly RecordField[];
  readonly start: number;
  readonly end: number;
}

/**
 * Reads all such objects.
 *
 * @param doc The text; the lines of objects are taken.
 * @param tokens Of the text.
 * @param found Gets what they hold.
 */
export function readHashtables(doc: TextLines, tokens: readonly Token[], found: Found): void {
  if (!doc.text.includes("@{")) return;
  doc.lines.forEach((text, line) => {
    if (doc.taken[line] === 1 || text.length > LONGEST || !text.includes("@{")) return;
    const objects = objectsOf(text);
    const start = doc.starts[line] ?? 0;
    // what stands beside them on the line may belong to one of them
    if (objects.length === 0 || !holdAll(objects, placesOn(tokens, start, text.length))) return;
    let any = false;
    for (const { fields } of objects) {
      const volume = volumeOfFields(fields);
      if (volume !== null) found.volumes.push(volume);
      const context = { line: line + 1, quiet: true, isReadAgain: true };
      if (readRecord(fields, context, found) || volume !== null) any = true;
    }
    if (!any) return;
    doc.taken[line] = 1;
    found.kinds.push("powershell");
  });
}

/** Places on the line, of the tokens that begin on it. */
function placesOn(tokens: readonly Token[], start: number, length: number): readonly number[] {
  const places: number[] = [];
  for (let at = firstFrom(tokens, start); at < tokens.length; at++) {
    const place = (tokens[at]?.start ?? Infinity) - start;
    if (place > length) break;
    places.push(place);
  }
  return places;
}

function holdAll(objects: readonly TextObject[], places: readonly number[]): boolean {
  return places.every((place) => objects.some(({ start, end }) => start < place && place < end));
}

function objectsOf(text: string): readonly TextObject[] {
  const objects: TextObject[] = [];
  for (let start = text.indexOf("@{"); start >= 0;) {
    const parts = partsOf(text, start + 2);
    if (parts === null) break;
    const fields = parts.texts.flatMap((part): readonly RecordField[] => {
      const equals = part.indexOf("=");
      return equals < 1 ? [] : [{ name: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim() }];
    });
    if (fields.length > 0) objects.push({ fields, start, end: parts.end });
    start = text.indexOf("@{", parts.end);
  }
  return objects;
}

/** @returns What semicolons part, up to the brace that closes; `null` when none does. */
function partsOf(
  text: string,
  from: number,
): { readonly texts: readonly string[]; readonly end: number } | null {
  const texts: string[] = [];
  let depth = 0;
  let begin = from;
  for (let at = from; at < text.length; at++) {
    const one = text[at];
    if (one === "{") depth++;
    else if (one === "}" && --depth < 0) return { texts: [...texts, text.slice(begin, at)], end: at + 1 };
    else if (one === ";" && depth === 0) {
      texts.push(text.slice(begin, at));
      begin = at + 1;
    }
  }
  return null;
}
