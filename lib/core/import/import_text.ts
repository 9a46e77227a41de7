/** Reads keys, protectors and volumes out of any text: the one entry to all readers. */

import { type Found, nothingFound, resultOf } from "./found.ts";
import type { ImportedText, ImportKind } from "./model.ts";
import { normalizeText } from "./normalize_text.ts";
import { readCsv, type TableForm, tableForm } from "./read_csv.ts";
import { readEvents } from "./read_events.ts";
import { readFreeText } from "./read_free_text.ts";
import { readJsonParts } from "./read_json_parts.ts";
import { readLdif } from "./read_ldif.ts";
import { readListing } from "./read_listing.ts";
import { readManageBde } from "./read_manage_bde.ts";
import { readOwnReport } from "./read_own_report.ts";
import { readTables } from "./read_tables.ts";
import { scanTokens } from "./scan_tokens.ts";
import { isHtml, textOfHtml, textOfXml } from "./strip_tags.ts";
import { toLines } from "./text_lines.ts";
import * as words from "./words.ts";

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
    return resultOf(found, kindOf(found, text));
  }
  const plain = withoutTags(text).replace(QUOTED, "");
  const doc = toLines(plain);
  options.count?.(plain.length);
  const own = readOwnReport(doc, found);
  const json = !own && readJsonParts(doc, found);
  const form = own || json ? null : tableForm(plain);
  if (form !== null) {
    readCsv({ text: plain, line: 1, isFirst: true }, form, found);
    return resultOf(found, kindOf(found, plain));
  }
  const tokens = scanTokens(plain, options.count);
  readLdif(doc, found);
  readManageBde(doc, tokens, found);
  readEvents(doc, found);
  readTables(doc, found);
  readListing(doc, found);
  const before = found.keys.length;
  readFreeText(doc, tokens, found);
  if (found.keys.length > before) found.kinds.push(freeKind(plain));
  if (json && found.kinds.length === 0 && found.keys.length > 0) found.kinds.push(jsonKind(plain));
  return resultOf(found, kindOf(found, plain));
}

/** What a mail program puts before the lines that it quotes. */
const QUOTED = /^[ \t]{0,8}(?:>[ \t]?){1,9}/gm;

function withoutTags(text: string): string {
  const start = text.trimStart().slice(0, 1);
  if (start !== "<" && !/<(?:html|body|table)\b/i.test(text.slice(0, 4096))) return text;
  if (isHtml(text)) return normalizeText(textOfHtml(text));
  return /<Event[\s>]/.test(text) ? text : textOfXml(text);
}

function jsonKind(text: string): ImportKind {
  return /bitlockerRecoveryKey|recoveryKeys|graph\.microsoft/i.test(text) ? "entra" : "powershell";
}

/** Windows' own file: an ID alone on its line, digits alone on a later one, sentences around them. */
function freeKind(text: string): ImportKind {
  const short = text.slice(0, 256 * 1024);
  if (/LinkID=260589/i.test(short)) return "backup-txt";
  if (/KeyProtector|Set-Cluster|Get-BitLocker|BackupToAAD|RecoveryPassword\b/.test(short)) {
    return "powershell";
  }
  if (/account\.microsoft\.com|myrecoverykey|key upload date|\b(?:OSV|FDV|RDV)\b/i.test(short)) {
    return "account-page";
  }
  if (/\bentra\b|azure ad|drive type/i.test(short)) return "entra";
  const alone = /^[ \t]{0,40}\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?[ \t]{0,40}$/im.test(short) &&
    /^[ \t]{0,40}(?:\d{6}-){7}\d{6}[ \t]{0,40}$/m.test(short);
  const hasSentence = short.split("\n").some((line) => line.length < 2000 && line.length > SENTENCE);
  return alone && hasSentence ? "backup-txt" : "notes";
}

/** Longer than any label. */
const SENTENCE = 45;

function kindOf(found: Found, text: string): ImportKind {
  const counts = Map.groupBy(found.kinds, (kind) => kind);
  let best: ImportKind | null = null;
  for (const [kind, all] of counts) {
    if (kind === "error" && counts.size > 1) continue;
    if (best === null || all.length > (counts.get(best)?.length ?? 0)) best = kind;
  }
  if (best !== null) return best;
  const start = text.slice(0, 64 * 1024);
  const hasPlaces = /%\d\b/.test(start);
  if (
    !hasPlaces &&
    /^\s*(?:error|fehler|erreur|errore?|erro|ошибка|错误|錯誤|エラー|오류|hata|błąd|chyba|hiba)\s*:|FullyQualifiedErrorId|0x8[0-9a-f]{7}/imu
      .test(start)
  ) {
    return "error";
  }
  return words.ABOUT_BITLOCKER.test(start) ? "label-list" : "none";
}
