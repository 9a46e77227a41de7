/** Reads what no other reader understood: Windows' key file, notes, copied web pages, scripts' own texts. */

import { isOfBootMenu } from "./boot_menu.ts";
import { ColumnHeads } from "./column_heads.ts";
import { type Found, foundKey } from "./found.ts";
import type { ProtectorName } from "./model.ts";
import { type Pair, pairTokens, type PlacedToken } from "./pair_tokens.ts";
import { roleOf } from "./field_roles.ts";
import { addShortIds, type Token } from "./scan_tokens.ts";
import { holds } from "./spoiled_words.ts";
import { protectorOfWords } from "./states.ts";
import { lineAt, type TextLines } from "./text_lines.ts";
import * as words from "./words.ts";

/** Lines of one character drawn across the page: what stands above and below does not belong together. */
const RULE = /^\s*(?:[-=_*#~+.]\s?){4,}\s*$/;
const LONGEST_RULE = 300;

/**
 * Reads the lines that are left.
 *
 * @param doc The text.
 * @param tokens Of the text.
 * @param found Gets keys, and what is refused.
 */
export function readFreeText(doc: TextLines, tokens: readonly Token[], found: Found): void {
  const free = tokens.filter(({ start }) => doc.taken[lineAt(doc, start)] !== 1);
  const about = free.some((token) => token.sort === "key" && token.password !== null) ||
    words.ABOUT_BITLOCKER.test(doc.text.slice(0, 64 * 1024));
  // a list shows short Key IDs or whole ones
  const all = about && tokens.every((token) => token.sort === "key")
    ? addShortIds(doc.text, free, (start) => isKeyIdLabel(labelOf(doc, start)))
      .filter(({ start }) => doc.taken[lineAt(doc, start)] !== 1)
    : free;
  const placed = place(doc, all, about);
  for (const { token, line } of placed) {
    if (token.sort === "key" && token.problem !== null) {
      found.refused.push({ line: line + 1, ...token.problem });
    }
  }
  const busy = new Set(placed.map(({ line }) => line));
  const pairs = pairTokens(placed, placed.length >= tokens.length);
  const near = onLines(doc);
  for (const pair of pairs) add(doc, pair, { busy, near, found });
}

/** `about`: the text is about keys, so that an `ID` alone may be a key's. */
function place(doc: TextLines, tokens: readonly Token[], about: boolean): readonly PlacedToken[] {
  const placed: PlacedToken[] = [];
  const headers = new ColumnHeads(doc, tokens);
  // beside an ID that is called the key's, another may be one as well: then nobody can tell
  const named = new Set(tokens.flatMap((token): readonly number[] => {
    const isNamed = token.sort === "id" && token.id.length > 8 && isKeyIdLabel(labelOf(doc, token.start));
    return isNamed ? [lineAt(doc, token.start)] : [];
  }));
  let from = 0;
  let isParted = false;
  for (const token of tokens) {
    const line = lineAt(doc, token.start);
    const label = labelOf(doc, token.start);
    const fits = isKeyIdLabel(label) && (about || roleOf(label) !== "plain-id");
    if (token.sort === "id" && label !== "" && isOfOther(label, fits)) {
      // in a password manager it may be the Key ID of what follows: then no other one is
      isParted ||= USER.test(label);
      continue;
    }
    // beginnings of Key IDs stand on the account page, which has no other IDs
    const isWhole = token.sort === "id" && token.id.length > 8;
    if (isWhole && isOfBootMenu(doc, token.start)) continue;
    if (isWhole && !fits && !named.has(line) && headers.isOfOthers(line)) continue;
    // of a table's row that was broken, nobody knows in which column a GUID stands
    isParted ||= from !== line && BROKEN_ROW.test((doc.lines[from] ?? "").slice(0, LONGEST_ROW));
    const { gap, apart } = placed.length === 0 || isParted
      ? { gap: Infinity, apart: true }
      : gapOf(doc, from, line);
    isParted = false;
    const inline = /[\p{L}\p{N}]/u.test(doc.text.slice(doc.starts[line], token.start));
    const number = NUMBER.exec(doc.text.slice(doc.starts[line], token.start))?.[1];
    placed.push({
      token,
      line,
      gap,
      apart,
      inline,
      labelled: token.sort === "id" ? fits : label !== "",
      number: number === undefined ? null : Number(number),
    });
    from = lineAt(doc, token.end - 1);
  }
  return placed;
}

const BROKEN_ROW = /^\s*\|[^|]+\|.*[^|\s]\s*$/;
const LONGEST_ROW = 1000;

const USER = /(?:\buser ?name|\buser|\blogin|\baccount|benutzername|utilisateur|usuario|utente)\W{0,4}$/iu;

/** A numbered list's line, with nothing between the number and the token. */
const NUMBER = /^\s{0,20}[#(]?(\d{1,3})[.):\]]{1,2}\s{0,8}\{?$/;

/** Whether a label names the ID of something else. */
function isOfOther(label: string, fits: boolean): boolean {
  return (!fits && words.OTHER_ID_LABEL.test(label)) || roleOf(label) === "other-id" ||
    (holds(label, MAY_BE_PROTECTOR) && OTHER_PROTECTORS.has(protectorOfWords(label))) ||
    words.OTHER_ID_LABEL.test(lastWords(label));
}

function isKeyIdLabel(label: string): boolean {
  return words.KEY_ID_LABEL.test(label) || ["key-id", "plain-id"].includes(roleOf(label));
}

/** Names of protectors that stand on the same line only where a line end was lost. */
const OTHER_PROTECTORS: ReadonlySet<ProtectorName> = new Set([
  "tpm",
  "tpm-pin",
  "tpm-startup-key",
  "tpm-pin-startup-key",
  "tpm-network-key",
  "external-key",
]);

/** Quicker than all names of protectors. */
const MAY_BE_PROTECTOR = new RegExp(`tpm|${words.EXTERNAL.source}|startup ?key|recovery ?key`, "iu");

/** "Recovery information of device ID": what stands last counts. */
function lastWords(label: string): string {
  return /^(?=.*\b(?:key|recovery|protector)\b).*$/iu.test(label) &&
      !/\b(?:device|volume|trace|computer|tenant|user|object)\b\W*(?:id|guid)?\W*$/iu.test(label)
    ? ""
    : label;
}

function gapOf(doc: TextLines, from: number, to: number): { readonly gap: number; readonly apart: boolean } {
  let gap = 0;
  let apart = false;
  let labels = 0;
  for (let line = from + 1; line < to; line++) {
    const text = doc.lines[line] ?? "";
    if (doc.taken[line] === 1 || (text.length < LONGEST_RULE && RULE.test(text))) {
      return { gap: Infinity, apart: true };
    }
    const blank = text.trim() === "";
    gap += blank ? 1 : 2;
    apart ||= blank;
    // a title and a label below it begin something new
    if (/:\s*$/.test(text)) labels++;
    if (labels > 1) return { gap: Infinity, apart: true };
  }
  return { gap, apart };
}

/** Longest label; more is a sentence. */
const LONGEST_LABEL = 80;

const OF_LIST = /(KeyProtectorId)\s{0,40}:\s?\{?$/i;
const OWN_NAME = /(?<![\p{L}\p{N}_.-])([\p{L}_][\p{L}\p{N}_.-]{0,40})["']?\s{0,4}(?:=>|=)\s{0,4}["'{]{0,2}$/u;

/** What stands before a place on its line, or alone on the line above. */
function labelOf(doc: TextLines, start: number): string {
  const line = lineAt(doc, start);
  const begin = doc.starts[line] ?? 0;
  const before = doc.text.slice(Math.max(begin, start - LONGEST_LABEL), start);
  // `device_id=… key_id=…`, PowerShell's list without its line ends: each name is for its own value
  const own = (OWN_NAME.exec(before) ?? OF_LIST.exec(before))?.[1];
  if (own !== undefined) return own;
  const label = before.slice(
    Math.max(before.lastIndexOf("\t"), before.lastIndexOf("|"), before.lastIndexOf(";")) + 1,
  )
    .replace(/.*\}/, "");
  if (/[\p{L}\p{N}]/u.test(label)) return label;
  // only what stands alone on its line is named by the line above
  const end = (doc.starts[line + 1] ?? doc.text.length + 1) - 1;
  const behind = doc.text.slice(start, Math.min(end, start + 120)).trim();
  // Windows' own file has a tab before its values
  if (
    /[\t|;]/.test(before.trimStart()) || /[\p{L}\p{N}]/u.test(before) ||
    /\s/.test(behind.replace(/(?<=\d{6})\s(?=\d{6})/g, "")) ||
    /:/.test(behind)
  ) {
    return "";
  }
  for (let above = line - 1; above >= 0 && above >= line - 2; above--) {
    const text = (doc.lines[above] ?? "").trim();
    if (text === "") continue;
    const isName = !/\d{6}|[0-9a-f]{8}-|:\s*[^\s"'{]/i.test(text);
    return text.length <= LONGEST_LABEL && isName ? text : "";
  }
  return "";
}

interface Sink {
  /** Lines with tokens. */
  readonly busy: ReadonlySet<number>;
  readonly near: (line: number) => OnLine;
  readonly found: Found;
}

/** What a line says of all keys on it. */
interface OnLine {
  readonly host: string | null;
  readonly date: string | null;
}

/** Looks once at a line: one of a megabyte may hold ten thousand keys. */
function onLines(doc: TextLines): (line: number) => OnLine {
  let last: readonly [line: number, found: OnLine] | null = null;
  return (line) => {
    if (last?.[0] === line) return last[1];
    const text = doc.lines[line] ?? "";
    const date = /\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b(?:[ T,]+\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?)?/.exec(
      text,
    );
    last = [line, { host: hostOn(text), date: date?.[0] ?? null }];
    return last[1];
  };
}

function add(doc: TextLines, { id, key, pairing, reason }: Pair, { busy, near, found }: Sink): void {
  const keyId = id?.token.sort === "id" && id.token.id !== "" ? id.token.id : null;
  const recoveryPassword = key?.token.sort === "key" ? key.token.password : null;
  // a GUID alone is a Key ID only where something says so
  if (recoveryPassword === null && (keyId === null || id?.labelled !== true)) return;
  const lines = [id?.line, key?.line].flatMap((line) => line ?? []);
  const [first = 0, last = first] = lines.sort((one, other) => one - other);
  found.keys.push(foundKey({
    keyId,
    recoveryPassword,
    drive: driveNear(doc, { first, last, busy }),
    pairing: recoveryPassword === null || keyId === null ? "none" : pairing,
    reason: recoveryPassword === null
      ? reason ?? "its digits are no recovery key"
      : keyId === null
      ? reason ?? "its Key ID is broken off"
      : reason,
    line: (key?.line ?? id?.line ?? 0) + 1,
    ...near(first),
  }));
}

const DRIVE = /(?:^|[\s"'“„«(|,;:=])([A-Z]):(?=$|[\s"'”“»)|,;.]|\\(?:$|[\s"'”»)|,;]))/gu;
/** A paragraph's lines around a pair. */
const AROUND = 4;

/** The one drive that the pair's own lines, or its paragraph, name. */
function driveNear(
  doc: TextLines,
  { first, last, busy }: {
    readonly first: number;
    readonly last: number;
    readonly busy: ReadonlySet<number>;
  },
): string | null {
  const own = new Set<string>();
  for (let line = first; line <= last && line < first + 20; line++) collect(doc.lines[line] ?? "", own);
  if (own.size > 0) return own.size === 1 ? [...own][0] ?? null : null;
  for (const step of [-1, 1]) {
    for (let away = 1; away <= AROUND; away++) {
      const line = (step < 0 ? first : last) + step * away;
      const text = doc.lines[line];
      if (text === undefined || text.trim() === "" || busy.has(line) || doc.taken[line] === 1) break;
      collect(text, own);
    }
  }
  return own.size === 1 ? [...own][0] ?? null : null;
}

function collect(text: string, drives: Set<string>): void {
  if (text.length > 2000) return;
  for (const [, letter] of text.matchAll(DRIVE)) drives.add(`${letter}:`);
}

/** The first cell of a copied row names the PC. */
function hostOn(text: string): string | null {
  if (!text.includes("\t")) return null;
  const cells = text.slice(0, 1000).split("\t").map((cell) => cell.trim());
  const [name] = cells;
  return cells.length >= 3 && name !== undefined && /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u.test(name) &&
      !/^[0-9A-F]{8}$|\d{6}/i.test(name)
    ? name
    : null;
}
