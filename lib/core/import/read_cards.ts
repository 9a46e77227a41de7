/**
 * Reads cards: the account page, copied or saved, where each value stands on a line of its own below its name, or
 * where all names stand first. Unlike nearness, a card tells which PC and which day its key has in the list.
 */

import { type Found, foundKey } from "./found.ts";
import type { ImportKind } from "./model.ts";
import { type FieldRole, roleOf } from "./field_roles.ts";
import { namedDrive } from "./named_drive.ts";
import { scanTokens, type Token } from "./scan_tokens.ts";
import { shortIdOf } from "./short_id.ts";
import type { TextLines } from "./text_lines.ts";

/** A name with its value. */
interface Item {
  readonly role: FieldRole;
  readonly value: string;
  /** Of the value. */
  readonly tokens: readonly Token[];
  /** Of the name and of the value. */
  readonly lines: readonly number[];
}

/** A line with text that nobody took. */
interface Line {
  readonly text: string;
  readonly line: number;
  /** `null` where it begins with none. */
  readonly name: Name | null;
  /** Whether others have read what stands between it and the line before. */
  readonly isParted: boolean;
}

const ROLES: ReadonlySet<FieldRole> = new Set(["key-id", "recovery-key", "pc", "drive", "date"]);

const SOME_ID = /(?:^|[:\uff1a])[ \t]*\{?[0-9A-FOILS]{8}(?:-[0-9A-F-]{27})?\}?[ \t]*$/im;
const KEY_ID = /^\{?([0-9A-F]{8}(?:(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})?)\}?$/i;
const GUID = /^\{?([0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12})\}?$/i;
/** What begins so is no name. */
const VALUE = /^(?:\d{6}-\d{6}-|\{?[0-9A-F]{8}-[0-9A-F]{4}-)/i;
const NAMED = /^([^:\uff1a]{1,60})[:\uff1a]\s*(\S.*)$/;

/** Longer ones are sentences. */
const LONGEST_NAME = 60;
/** Longer ones are no part of a page that a person copied. */
const LONGEST_LINE = 400;
/** A table of two columns could be anything. */
const FEWEST_COLUMNS = 3;

/**
 * Reads the cards of a text. A Key ID and digits make a pair only where their names stand next to each other, and
 * only where all Key IDs and digits of the text are in cards: what is irregular is left to the readers that follow.
 *
 * @param doc The text; the lines of cards are taken.
 * @param found Gets their keys.
 */
export function readCards(doc: TextLines, found: Found): void {
  // most texts that are read have no Key ID alone on a line or behind its name
  if (!SOME_ID.test(doc.text)) return;
  let isParted = false;
  const lines = doc.lines.flatMap((whole, line): readonly Line[] => {
    if (doc.taken[line] === 1) isParted = true;
    const text = doc.taken[line] === 1 ? "" : whole.trim();
    if (text === "") return [];
    const one = { text, line, name: nameOf(text), isParted };
    isParted = false;
    return [one];
  });
  if (!lines.some(({ name }) => name?.role === "key-id")) return;
  const cards = [namedCards(lines), rowsBelowNames(lines)].find((all) => holdsAll(all, lines)) ?? [];
  for (const { items, host } of cards) {
    add(items, host, found);
    for (const line of items.flatMap((item) => item.lines)) doc.taken[line] = 1;
  }
}

/** Whether no Key ID and no digits stand outside. */
function holdsAll(cards: readonly Card[], lines: readonly Line[]): boolean {
  const inside = new Set(cards.flatMap(({ items }) => items.flatMap((item) => item.lines)));
  return cards.length > 0 &&
    lines.every(({ text, line }) =>
      inside.has(line) || (text.length <= LONGEST_LINE && !KEY_ID.test(text) && scanTokens(text).length === 0)
    );
}

interface Card {
  readonly items: readonly Item[];
  /** What stands above it alone on its line; `null` where that is no name. */
  readonly host: string | null;
}

interface Name {
  readonly role: FieldRole;
  /** Behind a colon; empty where it stands on the next line. */
  readonly value: string;
}

function nameOf(text: string): Name | null {
  if (VALUE.test(text)) return null;
  const [, named, value] = NAMED.exec(text) ?? [];
  const name = named ?? (text.length <= LONGEST_NAME ? text.replace(/[:\uff1a]$/, "") : "");
  const drive = namedDrive(name, value ?? "");
  if (drive !== null) return { role: "drive", value: drive };
  const role = roleOf(name);
  // a PC may be called as a name is
  return ROLES.has(role) && !KEY_ID.test(name) ? { role, value: value ?? "" } : null;
}

/** Names with their values, one after the other; a name that comes again begins the next card. */
function namedCards(lines: readonly Line[]): readonly Card[] {
  const cards: Card[] = [];
  let items: Item[] = [];
  let host: string | null = null;
  let above: Line | undefined;
  let isWhole = true;
  const close = (): void => {
    if (isCard(items)) cards.push({ items, host });
    // a Key ID or digits outside: nobody wants the other cards either
    else if (items.some(({ tokens }) => tokens.length > 0)) isWhole = false;
    items = [];
  };
  for (let at = 0; at < lines.length && isWhole; at++) {
    const item = itemAt(lines, at);
    if (lines[at]?.isParted === true) close();
    if (item === null) {
      close();
      above = lines[at];
      continue;
    }
    if (items.some(({ role }) => role === item.role) || isNextCard(items, item)) close();
    if (items.length === 0) host = hostOf(above?.text ?? "");
    above = undefined;
    items.push(item);
    at += item.lines.length - 1;
  }
  close();
  return isWhole && isApart(cards) ? cards : [];
}

/** Where a card's parts stand further from each other than from the next card, its first part belongs to the one above. */
function isApart(cards: readonly Card[]): boolean {
  const linesOf = ({ items }: Card): readonly number[] => items.flatMap((item) => item.lines);
  const within = Math.max(...cards.map((card) => widest(linesOf(card))));
  return cards.every((card, at) => {
    const next = cards[at + 1];
    return next === undefined || (linesOf(next)[0] ?? 0) - (linesOf(card).at(-1) ?? 0) >= within;
  });
}

function widest(lines: readonly number[]): number {
  return lines.reduce((most, line, at) => Math.max(most, line - (lines[at - 1] ?? line)), 0);
}

/** A blank line behind a whole card without any: what follows belongs to the next one, a drive's name above all. */
function isNextCard(items: readonly Item[], next: Item): boolean {
  const lines = items.flatMap((item) => item.lines);
  const [first = 0, last = first] = [lines[0], lines.at(-1)];
  const isWhole = ["key-id", "recovery-key"].every((role) => items.some((item) => item.role === role));
  return isWhole && last - first === lines.length - 1 && (next.lines[0] ?? 0) > last + 1;
}

/** A title may be called as a name is: of a Key ID and of digits the value must be one. */
function itemAt(lines: readonly Line[], at: number): Item | null {
  const [one, next] = [lines[at], lines[at + 1]];
  const name = one?.name ?? null;
  if (one === undefined || name === null) return null;
  const isBelow = name.value === "" && next !== undefined && next.name === null && !next.isParted;
  const value = isBelow ? next.text : name.value;
  if (name.role === "key-id" && keyIdOf(value) === null) return null;
  const tokens = scanTokens(value);
  if (name.role === "recovery-key" && passwordOf(tokens) === null) return null;
  return { role: name.role, value, tokens, lines: isBelow ? [one.line, next.line] : [one.line] };
}

/** @returns What a Key ID's name says that it is one, in full or its beginning. */
function keyIdOf(value: string): string | null {
  return GUID.exec(value)?.[1]?.toUpperCase() ?? shortIdOf(value);
}

/** @returns The digits where nothing else is beside them. */
function passwordOf([token, ...more]: readonly Token[]): string | null {
  return token?.sort === "key" && more.length === 0 ? token.password : null;
}

/** All names first, then the values row by row: a table whose cells came apart. */
function rowsBelowNames(lines: readonly Line[]): readonly Card[] {
  const roles = lines.map(({ name }) => (name?.value === "" ? name.role : null));
  const end = roles.findIndex((role, at) =>
    role !== null && roles[at + 1] === null && roles[at - 1] !== null
  );
  let from = end;
  // a title above may be called as a name is
  while (
    from > 0 && roles[from - 1] !== null && !roles.slice(from, end + 1).includes(roles[from - 1] ?? null)
  ) {
    from--;
  }
  const names = roles.slice(from, end + 1);
  if (end < 0 || names.length < FEWEST_COLUMNS) return [];
  const cards: Card[] = [];
  for (let at = end + 1; at + names.length <= lines.length; at += names.length) {
    const items = names.map((role, column): Item => {
      const { text, line } = lines[at + column] ?? { text: "", line: 0 };
      return { role: role ?? "none", value: text, tokens: scanTokens(text), lines: [line] };
    });
    if (!isCard(items) || lines.slice(at, at + names.length).some((line) => line.isParted)) break;
    cards.push({ items, host: null });
  }
  return cards;
}

function isCard(items: readonly Item[]): boolean {
  const of = (wanted: FieldRole): readonly Item[] => items.filter(({ role }) => role === wanted);
  const [id, ...ids] = of("key-id");
  const [key, ...keys] = of("recovery-key");
  if (id === undefined || ids.length > 0 || keys.length > 0 || keyIdOf(id.value) === null) return false;
  const others = items.filter((item) => item !== id && item !== key);
  if (others.some(({ value, tokens }) => KEY_ID.test(value) || tokens.length > 0)) return false;
  if (key === undefined) return others.length > 0;
  return passwordOf(key.tokens) !== null && Math.abs(items.indexOf(id) - items.indexOf(key)) === 1;
}

function add(items: readonly Item[], above: string | null, found: Found): void {
  const of = (wanted: FieldRole): Item | null =>
    items.find(({ role, value }) => role === wanted && value !== "") ?? null;
  const [id, key] = [of("key-id"), of("recovery-key")];
  const keyId = keyIdOf(id?.value ?? "");
  const letter = /^([A-Za-z]):\\?$/.exec(of("drive")?.value ?? "")?.[1];
  const line = (key ?? id)?.lines.at(-1);
  found.keys.push(foundKey({
    keyId,
    recoveryPassword: passwordOf(key?.tokens ?? []),
    drive: letter === undefined ? null : `${letter.toUpperCase()}:`,
    pairing: key === null ? "none" : "block",
    reason: key === null ? "its digits do not stand here" : null,
    line: line === undefined ? null : line + 1,
    host: of("pc")?.value.slice(0, 256) ?? above,
    date: of("date")?.value.slice(0, 64) ?? null,
  }));
  found.kinds.push(kindOf(items, keyId));
}

function kindOf(items: readonly Item[], keyId: string | null): ImportKind {
  const isShort = keyId?.length === 8;
  return isShort || items.some(({ value }) => /^(?:OSV|FDV|RDV)$/.test(value)) ? "account-page" : "notes";
}

/** What stands above a card alone on its line is the PC, unless it is a button or a sentence. */
function hostOf(text: string): string | null {
  const isName = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._'’()-]{0,38}[^. ])?$/u.test(text) && /\p{L}/u.test(text) &&
    text.split(" ").length <= 4 &&
    !/recover|bitlocker|^(?:delete|copy|print|show|hide|more|devices?)\b/i.test(text);
  return isName && !KEY_ID.test(text) && scanTokens(text).length === 0 ? text : null;
}
