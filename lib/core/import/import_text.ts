/** Reads keys, protectors and volumes out of any text: the one entry to all readers. */

import { nothingFound, resultOf } from "./found.ts";
import { closeSpacedText } from "./close_spaced_text.ts";
import { joinBrokenValues } from "./join_broken_values.ts";
import { joinNumbered } from "./join_numbered.ts";
import { kindOfFreeText, kindOfJson, kindOfText } from "./kind_of_text.ts";
import { mendIds } from "./mend_ids.ts";
import { mendMojibake } from "./mend_mojibake.ts";
import type { ImportedText } from "./model.ts";
import { normalizeText } from "./normalize_text.ts";
import { readCards } from "./read_cards.ts";
import { linesOfTable, readCsv, type TableForm, tableForm } from "./read_csv.ts";
import { readEvents } from "./read_events.ts";
import { readFreeText } from "./read_free_text.ts";
import { readHashtables } from "./read_hashtables.ts";
import { readInlineFields } from "./read_inline_fields.ts";
import { readJsonParts } from "./read_json_parts.ts";
import { readLdif } from "./read_ldif.ts";
import { readListing } from "./read_listing.ts";
import { readManageBde } from "./read_manage_bde.ts";
import { readMarkedTables } from "./read_marked_tables.ts";
import { readMixedIds } from "./read_mixed_ids.ts";
import { readOwnReport } from "./read_own_report.ts";
import { readPasswordTab } from "./read_password_tab.ts";
import { readSql } from "./read_sql.ts";
import { htmlOfSheet, isSheet } from "./html_of_sheet.ts";
import { readTables } from "./read_tables.ts";
import { readVolumeRows } from "./read_volume_rows.ts";
import { scanTokens } from "./scan_tokens.ts";
import { isHtml, textOfHtml, textOfXml } from "./strip_tags.ts";
import { toLines } from "./text_lines.ts";
import { isClixml, textOfClixml } from "./text_of_clixml.ts";
import { withScreensBelow } from "./texts_in_json.ts";
import { unpackLog } from "./unpack_log.ts";
import { isRtf, textOfRtf } from "./text_of_rtf.ts";
import { unpackMail } from "./unpack_mail.ts";
import { unpackRegistry } from "./unpack_registry.ts";

/** How to read. */
export interface ImportOptions {
  /** The text is a part of a table whose header stood earlier, and where it begins. */
  readonly table?: { readonly form: TableForm; readonly line: number };
  /** Told of steps, for a test of linear work. */
  readonly count?: (steps: number) => void;
}

/**
 * Reads a text.
 *
 * @param text Decoded, as {@link normalizeText} gives it.
 * @param options Parts of tables, steps.
 * @returns What it holds. A Key ID and digits stand together only where they belong together for sure.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const key = "249425-539187-330363-273262-016346-600963-497299-188144";
 * const { keys } = importText(`58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5: ${key}`);
 * assert.deepEqual(keys, [{
 *   keyId: "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5",
 *   recoveryPassword: key,
 *   drive: null,
 *   valid: true,
 * }]);
 * ```
 */
export function importText(text: string, options: ImportOptions = {}): ImportedText {
  const found = nothingFound();
  if (options.table !== undefined) {
    const { form, line } = options.table;
    readCsv({ text, line, isFirst: false }, form, found);
    return resultOf(found, kindOfText(found, text));
  }
  const plain = joinBrokenValues(
    mendIds(joinNumbered(withoutQuotes(mendMojibake(unpacked(closeSpacedText(text)))))),
  );
  const doc = toLines(plain);
  options.count?.(plain.length);
  const own = readOwnReport(doc, found);
  const json = !own && readJsonParts(doc, found);
  const form = own || json ? null : tableForm(plain);
  if (!own && !json) readVolumeRows(plain, found);
  if (form !== null) {
    const rows = linesOfTable(doc.lines, form);
    readCsv({ text: doc.lines.slice(0, rows).join("\n"), line: 1, isFirst: true }, form, found);
    if (rows === doc.lines.length) return resultOf(found, kindOfText(found, plain));
    doc.taken.fill(1, 0, rows);
  }
  const tokens = scanTokens(plain, options.count);
  const hasDigits = tokens.some(({ sort }) => sort === "key");
  readLdif(doc, found);
  // before the screens: with neither blank lines nor indentation, its digits look like those of the protector above
  if (hasDigits) readPasswordTab(doc, tokens, found);
  readManageBde(doc, tokens, found);
  readEvents(doc, found);
  readTables(doc, found);
  if (hasDigits) {
    readSql(doc, found);
    readInlineFields(doc, tokens, found);
  }
  readMarkedTables(doc, tokens, found);
  if (hasDigits) readMixedIds(doc, found);
  readHashtables(doc, tokens, found);
  readCards(doc, found);
  readListing(doc, found);
  const before = found.keys.length;
  readFreeText(doc, tokens, found);
  if (found.keys.length > before) found.kinds.push(kindOfFreeText(plain));
  if (json && found.kinds.length === 0 && found.keys.length > 0) found.kinds.push(kindOfJson(plain));
  return resultOf(found, kindOfText(found, plain));
}

/** What a mail program puts before the lines that it quotes. */
const QUOTED = /^[ \t]{0,8}(?:>[ \t]?){1,9}/gm;

function withoutQuotes(text: string): string {
  return text.includes(">") ? text.replace(QUOTED, "") : text;
}

/** Mails and registry exports hold their text as bytes; web pages and XML between tags. */
function unpacked(text: string): string {
  if (isRtf(text)) return normalizeText(textOfRtf(text));
  return unpackMail(text) ?? unpackRegistry(text) ?? unpackLog(text) ?? withScreensBelow(text) ??
    withoutTags(text);
}

function withoutTags(text: string): string {
  if (isClixml(text)) return normalizeText(textOfClixml(text));
  const start = text.trimStart().slice(0, 1);
  if (start !== "<" && !/<(?:html|body|table)\b/i.test(text.slice(0, 4096))) return text;
  if (isSheet(text)) return normalizeText(textOfHtml(htmlOfSheet(text)));
  if (isHtml(text)) return normalizeText(textOfHtml(text));
  return /<Event[\s>]/.test(text) ? text : textOfXml(text);
}
