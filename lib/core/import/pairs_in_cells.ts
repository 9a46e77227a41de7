/** Reads cells that hold several keys: Key IDs with their digits one after the other, or as many of each in two cells. */

import type { IdToken, KeyToken, Token } from "./scan_tokens.ts";

/** A cell and what stands in it. */
export interface TokenCell {
  /** Its text. */
  readonly value: string;
  /** Of the text. */
  readonly tokens: readonly Token[];
}

/** A Key ID and its digits. */
export interface CellPair {
  /** In full. */
  readonly keyId: string;
  /** 8 groups of 6 digits with hyphens. */
  readonly recoveryPassword: string;
  /** Named beside it; `null` for none or several. */
  readonly drive: string | null;
}

const LETTER = /(?:^|[\s"'([{|,;:=])([A-Z]):(?=$|[\s"')\]},;.\\{=])/g;
/** Words and signs between the parts of a cell. */
const LONGEST_BETWEEN = 120;

/**
 * Tells which drive a text names.
 *
 * @param text Short.
 * @returns `C:`; `null` where it names none, or several.
 */
export function driveIn(text: string): string | null {
  const letters = new Set([...text.slice(0, 4000).matchAll(LETTER)].map(([, letter]) => letter));
  return letters.size === 1 ? `${[...letters][0]}:` : null;
}

/**
 * Pairs what one cell holds.
 *
 * @param cell With two Key IDs and two keys, or more.
 * @returns All pairs; `null` where any part could belong to another.
 */
export function pairsInCell({ value, tokens }: TokenCell): readonly CellPair[] | null {
  const pairs: CellPair[] = [];
  let from = 0;
  let parting: string | null = null;
  for (let at = 0; at < tokens.length; at += 2) {
    const [one, other] = [tokens[at], tokens[at + 1]];
    if (one === undefined || other === undefined || one.sort === other.sort) return null;
    const parts = partsOf(one, other);
    if (parts === null || one.sort !== tokens[0]?.sort) return null;
    const [before, within] = [value.slice(from, one.start), value.slice(one.end, other.start)];
    if (before.length > LONGEST_BETWEEN || within.length > LONGEST_BETWEEN) return null;
    // between pairs stands more than between the parts of one
    const border = BORDER.exec(before)?.[0] ?? "";
    if (at > 0 && (border === "" ? one.sort === "key" : within.includes(border))) return null;
    if (at > 0) parting ??= border;
    if (at > 0 && parting !== border) return null;
    pairs.push({ ...parts, drive: driveIn(before + " " + within) });
    from = other.end;
  }
  return pairs.length < 2 ? null : pairs;
}

/** What parts one pair from the next, the strongest first. */
const BORDER = /\n|[|;]|, ?|\//;

function partsOf(one: Token, other: Token): Omit<CellPair, "drive"> | null {
  const [id, key] = one.sort === "id" ? [one, other] : [other, one];
  return id.sort === "id" && id.id !== "" && key.sort === "key" && key.password !== null
    ? { keyId: id.id, recoveryPassword: key.password }
    : null;
}

/**
 * Pairs what stands in the same places of two cells.
 *
 * @param ids A cell of Key IDs alone.
 * @param keys A cell of keys alone.
 * @param drives A cell of as many drive letters, if there is one.
 * @returns All pairs; `null` where the cells hold more than that, or not as many.
 */
export function pairsInTwo(ids: TokenCell, keys: TokenCell, drives = ""): readonly CellPair[] | null {
  const all = ids.tokens.filter((token): token is IdToken => token.sort === "id" && token.id !== "");
  const digits = keys.tokens.filter((token): token is KeyToken => token.sort === "key");
  if (all.length < 2 || all.length !== digits.length) return null;
  if (ids.tokens.length !== all.length || keys.tokens.length !== all.length) return null;
  if (!isList(ids) || !isList(keys)) return null;
  const letters = drives.match(/\b[A-Z](?=:)/g) ?? [];
  const pairs = all.flatMap(({ id }, at): readonly CellPair[] => {
    const recoveryPassword = digits[at]?.password ?? null;
    const letter = letters.length === all.length ? letters[at] : undefined;
    return recoveryPassword === null
      ? []
      : [{ keyId: id, recoveryPassword, drive: letter === undefined ? null : `${letter}:` }];
  });
  return pairs.length === all.length ? pairs : null;
}

/** Nothing but what lists are parted with. */
function isList({ value, tokens }: TokenCell): boolean {
  let from = 0;
  return tokens.every(({ start, end }) => {
    const between = value.slice(from, start);
    from = end;
    return /^[\s,;|/'"[\]{}()]*$/.test(between);
  });
}
