/**
 * Reads the blocks of `manage-bde -protectors -get`: a line that ends in a colon, below it the protector's ID in
 * braces, below that what belongs to it. The words differ by language, the form does not.
 */

import { driveOfCommand } from "./console_lines.ts";
import { type Found, foundKey } from "./found.ts";
import type { ProtectorName } from "./model.ts";
import { roleOf, speaksOfKey } from "./field_roles.ts";
import { firstFrom, type KeyToken, type Token } from "./scan_tokens.ts";
import { protectorOfWords } from "./states.ts";
import { indentOf, lineAt, type TextLines } from "./text_lines.ts";

/** Part of a text, and the volume it is about. */
export interface BlockScope {
  /** Index of the first line. */
  readonly from: number;
  /** Behind the last line. */
  readonly to: number;
  /** `C:`. */
  readonly drive: string | null;
}

const TITLE = /^\s*\S[^:{}]{0,80}:\s*$/;
const ID_LINE =
  /^\s*\S[^:{}]{0,30}:\s*\{(?:([^{}]{1,60})\}|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))\s*$/i;
/** PowerShell's lists have an empty field above such a name now and then: no block's title. */
const FIELD_OF_LIST = /^\s*\w{0,40}(?:protector|volume|device|persistentvolume|recovery)\s?(?:id|guid)\s*:/i;
/** Braces lost: a GUID, or what is left of one whose owner made it unreadable. */
const BARE_ID_LINE =
  /^\s*[^\s:{}][^:{}]{0,20}:\s*([0-9a-fx*?]{8}(?:-[0-9a-fx*?]{4}){3}-[0-9a-fx*?]{12}|x{4,40}|\*{4,40}|\[?redacted\]?|<[\w -]{2,30}>)\s*$/i;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A block: lines from its title to the next. */
interface Block {
  readonly title: number;
  readonly id: number;
  readonly idText: string;
  readonly to: number;
}

/** More lines below its ID no protector has: file name, PCRs, digits, three kinds of backup. */
const LONGEST_BLOCK = 14;
/** Between ID and digits stand their label and at most a blank line. */
const DIGITS_WITHIN = 4;

/**
 * Reads all blocks of a part.
 *
 * @param doc The text; the lines of blocks are taken.
 * @param tokens Of the text.
 * @param scope Where to look.
 * @param found Gets keys, other protectors and what is refused.
 * @returns The protectors' types in order.
 */
export function readProtectorBlocks(
  doc: TextLines,
  tokens: readonly Token[],
  scope: BlockScope,
  found: Found,
): readonly ProtectorName[] {
  return blocksOf(doc, scope).map((block) => {
    // what -add and -autounlock print names no volume, their command does
    const drive = scope.drive ?? driveOfCommand(doc.lines, block.title);
    return readBlock(doc, tokens, { ...block, drive }, found);
  });
}

function blocksOf({ lines, taken }: TextLines, { from, to }: BlockScope): readonly Block[] {
  const heads: { title: number; id: number; idText: string }[] = [];
  let title: number | null = null;
  for (let line = from; line < to; line++) {
    const text = lines[line] ?? "";
    if (taken[line] === 1 || text.trim() === "") continue;
    const named = text.length > 160 ? undefined : idTextOf(text);
    const idText = named === undefined || FIELD_OF_LIST.test(text) || isKeyIdName(text) ? undefined : named;
    const above = title === null ? "" : lines[title] ?? "";
    // where indentation is left, the ID stands deeper than its title
    if (idText !== undefined && title !== null && indentOf(text) >= indentOf(above)) {
      heads.push({ title, id: line, idText });
    } else if (idText !== undefined && isBare(lines, line, to)) heads.push({ title: line, id: line, idText });
    title = text.length < 120 && text.trimEnd().endsWith(":") && TITLE.test(text) ? line : null;
  }
  return heads.map((head, index) => ({
    ...head,
    to: Math.min(heads[index + 1]?.title ?? to, to, head.id + LONGEST_BLOCK),
  }));
}

/** Filtered by findstr, the title is gone: digits alone below the ID, and deeper. */
function isBare(lines: readonly string[], line: number, to: number): boolean {
  const below = lines[line + 1] ?? "";
  return line + 1 < to && ID_LINE.test(lines[line] ?? "") && DIGITS_ALONE.test(below) &&
    indentOf(below) > indentOf(lines[line] ?? "");
}

const DIGITS_ALONE = /^\s*\d{6}(?:-\d{6}){7}\s*$/;

/** A narrow window may have put the closing brace on the line below. */
function idTextOf(text: string): string | undefined {
  const [, braced, open] = ID_LINE.exec(text) ?? [];
  return braced ?? open ?? BARE_ID_LINE.exec(text)?.[1];
}

/** "Key ID: …" below a PC's name is a note; the tool says "ID", or "Identifier" in the language of Windows, and no more. */
function isKeyIdName(text: string): boolean {
  const [name = ""] = text.split(":", 1);
  return roleOf(name) === "key-id" && speaksOfKey(name);
}

function readBlock(
  doc: TextLines,
  tokens: readonly Token[],
  block: Block & { readonly drive: string | null },
  found: Found,
): ProtectorName {
  const { drive, idText } = block;
  const title = (doc.lines[block.title] ?? "").trim().replace(/\s*:$/, "");
  const end = endOf(doc, block);
  const below = doc.lines.slice(block.id + 1, end);
  const keys = tokensWithin(doc, tokens, block.id + 1, end);
  const facts = {
    hasDigits: keys.length > 0,
    hasKeyFile: below.some((line) => /\.bek\s*$/i.test(line)),
    hasThumbprint: below.some((line) => /^\s*[0-9a-f]{40}\s*$/i.test(line)),
    hasPcrs: below.some((line) => /^\s*\d{1,2}(?:\s*,\s*\d{1,2}){0,23}\s*$/.test(line)),
  };
  // digits in the block of a TPM or of a key file are another block's: a piece of the text is missing
  const isTorn = keys.length > 0 &&
    (facts.hasKeyFile || facts.hasThumbprint || facts.hasPcrs || /tpm/i.test(title));
  const type = protectorOfWords(title, { ...facts, hasDigits: facts.hasDigits && !isTorn });
  const id = GUID.test(idText) ? idText.toUpperCase() : null;
  const digits = new Set(keys.map(({ start }) => lineAt(doc, start)));
  for (let line = block.title; line < end; line++) doc.taken[line] = isTorn && digits.has(line) ? 0 : 1;
  if (id === null) {
    found.refused.push({ line: block.id + 1, group: null, reason: "the ID of a protector is no GUID" });
  }
  if (type !== "recovery-password") {
    if (id !== null) found.others.push({ drive, id, type });
    return type;
  }
  addKey({ doc, block, title, id, keys }, found);
  return type;
}

interface KeyBlock {
  readonly doc: TextLines;
  readonly block: Block & { readonly drive: string | null };
  readonly title: string;
  readonly id: string | null;
  readonly keys: readonly KeyToken[];
}

function addKey({ doc, block, title, id, keys }: KeyBlock, found: Found): void {
  const { drive } = block;
  for (const { problem, start } of keys) {
    if (problem !== null) found.refused.push({ line: lineAt(doc, start) + 1, ...problem });
  }
  const good = keys.filter(({ password }) => password !== null);
  const [key] = good;
  const near = keys.length === 1 && key !== undefined &&
    lineAt(doc, key.start) - block.id <= DIGITS_WITHIN && !/tpm|\bpin\b/i.test(title) &&
    standsAlone(doc, key) && labelsWithin(doc, block.id + 1, lineAt(doc, key.start)) < 2;
  if (id !== null && (near || good.length === 0)) {
    found.keys.push(foundKey({
      keyId: id,
      recoveryPassword: key?.password ?? null,
      drive,
      pairing: near ? "block" : "none",
      reason: near
        ? null
        : keys.length > 0
        ? "its digits are no recovery key"
        : "its digits do not stand here",
      line: block.id + 1,
    }));
    return;
  }
  const reason = id === null ? "its ID is no GUID" : "its block holds more than one protector's text";
  if (id !== null) found.keys.push(foundKey({ keyId: id, drive, reason, line: block.id + 1 }));
  for (const { password, start } of good) {
    found.keys.push(foundKey({ recoveryPassword: password, drive, reason, line: lineAt(doc, start) + 1 }));
  }
}

/** One is the digits' own; a second is the next block's title, whose ID is lost. */
function labelsWithin({ lines }: TextLines, from: number, to: number): number {
  return lines.slice(from, to).filter((line) => /:\s*$/.test(line)).length;
}

/** Digits of a key's first group. */
const GROUP = 6;

/** Nothing but a label stands before the digits, and nothing behind them. */
function standsAlone(doc: TextLines, { start, end }: KeyToken): boolean {
  const line = doc.lines[lineAt(doc, start)] ?? "";
  // the lines may have lost what a log wrote before them
  const before = line.slice(0, Math.max(0, line.indexOf(doc.text.slice(start, start + GROUP))));
  const behind = doc.text.slice(
    end,
    doc.text.indexOf("\n", end) < 0 ? undefined : doc.text.indexOf("\n", end),
  );
  const unmarked = before.replace(/^\s*(?:(?:[-+*#;|\u2022\u00b7]|\/\/|::)\s){1,3}/, "");
  return /^\s*(?:\S[^:{}\d]{0,40}:\s*)?$/.test(unmarked) && behind.trim() === "";
}

/** Another GUID begins something else; a key file's name is the block's own. */
const OTHER_GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?!\.bek)/i;

/** A block ends where its text does: behind a blank line stand digits and labels of it only when they stand deeper. */
function endOf({ lines, taken }: TextLines, { title, id, to }: Block): number {
  // copied without indentation, all stands equally deep
  const flat = indentOf(lines[id] ?? "") <= indentOf(lines[title] ?? "");
  const indent = flat ? 0 : indentOf(lines[title] ?? "");
  let end = id + 1;
  for (let line = id + 1; line < to; line++) {
    const text = lines[line] ?? "";
    if (text.trim() === "" || text.trim() === "}") continue;
    if (taken[line] === 1 || OTHER_GUID.test(text)) break;
    const behindBlank = line > end;
    if (
      behindBlank &&
      (indent > 0 || line - id > DIGITS_WITHIN ? indentOf(text) <= indent : /[^\d\s:-]/.test(text))
    ) break;
    if (!behindBlank && indent > 0 && indentOf(text) <= indent) break;
    end = line + 1;
  }
  return end;
}

function tokensWithin(
  doc: TextLines,
  tokens: readonly Token[],
  from: number,
  to: number,
): readonly KeyToken[] {
  const start = doc.starts[from] ?? Infinity;
  const end = (doc.starts[to - 1] ?? 0) + (doc.lines[to - 1]?.length ?? 0);
  const keys: KeyToken[] = [];
  for (let at = firstFrom(tokens, start); at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.start > end) break;
    if (token.sort === "key" && from < to) keys.push(token);
  }
  return keys;
}
