/** Reads one record: fields with names, whose parts belong together. */

import { plainName } from "./field_words.ts";
import { type Found, foundKey } from "./found.ts";
import { guidOfText } from "./guid_bytes.ts";
import type { FoundKey, ProtectorName } from "./model.ts";
import { normalizeText } from "./normalize_text.ts";
import { type FieldRole, isUserName, roleOf } from "./field_roles.ts";
import { type CellPair, driveIn, pairsInCell, pairsInTwo } from "./pairs_in_cells.ts";
import { scanTokens, type Token } from "./scan_tokens.ts";
import { shortIdOf } from "./short_id.ts";
import { protectorOfName } from "./states.ts";

/** A field: as in a JSON object, a row of a table, a list of PowerShell. */
export interface RecordField {
  /** As it stands in the text. */
  readonly name: string;
  /** As it stands in the text. */
  readonly value: string;
  /** Where content tells more than the name. */
  readonly role?: FieldRole;
  /** Of the value, where they are known already. */
  readonly tokens?: readonly Token[];
}

/** What is known beside the record itself. */
export interface RecordContext {
  /** From 1; `null` in JSON. */
  readonly line: number | null;
  /** Of the volume that the record is about, where something around it says so. */
  readonly drive?: string | null;
  /** Name of the PC, where something around it says so. */
  readonly host?: string | null;
  /** The record is known to be a recovery key: its `id` is the Key ID. */
  readonly isKey?: boolean;
  /** What gives nothing here is read by another reader: it says what is refused. */
  readonly isReadAgain?: boolean;
  /** Fields of this kind alone tell nothing: no Key ID without digits or a name that says so. */
  readonly quiet?: boolean;
}

/** Active Directory's names hold the Key ID: `2021-03-01T10:00:00-00:00{GUID}`; `+` has a backslash in a path. */
const NAME_WITH_ID = /(\d{4}-\d\d-\d\dT[\d:.+\\-]{8,20})\{([0-9a-f-]{36})\}/i;
const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;
const BARE_GUID = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;
/** Of a cell or an attribute that is looked at, and of a note whose words are. */
const [LONGEST, LONGEST_NOTE] = [20_000, 4000];

/**
 * Reads a record.
 *
 * @param fields In their order.
 * @param context What is known beside them.
 * @param found Gets the key, or the other protector.
 * @returns Whether there was one.
 */
export function readRecord(fields: readonly RecordField[], context: RecordContext, found: Found): boolean {
  const values = fields.flatMap(({ name, value: whole, role = roleOf(name), tokens }): readonly Value[] => {
    const value = normalizeText(whole.slice(0, LONGEST)).trim();
    if (value === "") return [];
    return [{ name: plainName(name), role, value, tokens: tokens ?? scanTokens(value) }];
  });
  const several = severalOf(values);
  if (several !== null) {
    for (const { drive, ...pair } of several) {
      found.keys.push(foundKey({
        ...pair,
        ...placeOf(values, context),
        drive: drive ?? driveOf(values) ?? context.drive ?? null,
        pairing: "record",
      }));
    }
    return true;
  }
  const keys = values.flatMap(({ tokens, name }) =>
    tokens.flatMap((token) => token.sort === "key" ? [{ ...token, name }] : [])
  );
  // the ID of a card or a row is the key's only where the record is about nothing but the key
  const isKey = keys.some(({ name }) => name === "key" || name === "keymaterial");
  const ids = idsOf(values, context.isKey === true ? "sure" : isKey ? "likely" : "no");
  const password = one(keys.flatMap(({ password }) => password ?? []));
  const keyId = one(ids);
  const type = protectorOfName(values.find(({ role }) => role === "type")?.value ?? "");
  const noted = values.filter(({ role, tokens }) => role !== "drive" && hasDigits(tokens)).map(withoutTokens);
  const drive = driveOf(values) ?? driveIn(noted.join("\n")) ?? context.drive ?? null;
  const other = type ?? emptyType(fields);
  if (other !== null && other !== "recovery-password" && keys.length === 0) {
    if (typeof keyId !== "string") return false;
    found.others.push({ drive, id: keyId, type: other });
    return true;
  }
  const isOne = password !== null || (typeof keyId === "string" && !(context.quiet && type === null));
  if (isOne || !context.isReadAgain) {
    for (const { problem } of keys) {
      if (problem !== null) found.refused.push({ line: context.line, ...problem });
    }
  }
  if (!isOne) return false;
  const clear = typeof password !== "object" || password === null;
  // a TPM has no digits: two records came together
  const isTorn = type !== null && type !== "recovery-password" && type !== "unknown";
  const pair = typeof keyId === "string" && clear && !isTorn;
  const common = {
    drive,
    ...placeOf(values, context),
  };
  if (pair) {
    const reason = password === null ? "its digits do not stand here" : null;
    found.keys.push(foundKey({
      ...common,
      keyId,
      recoveryPassword: password,
      pairing: password === null ? "none" : "record",
      reason,
    }));
    return true;
  }
  const reason = "its record holds more than one Key ID or key";
  for (const recoveryPassword of typeof password === "string" ? [password] : password ?? []) {
    found.keys.push(foundKey({
      ...common,
      recoveryPassword,
      reason: keyId === null ? "no Key ID stands beside it" : reason,
    }));
  }
  return true;
}

/** Several keys in one cell, or in two; `null` where it is one, or not for sure. */
function severalOf(values: readonly Value[]): readonly CellPair[] | null {
  const cells = values.filter(({ role, tokens }) =>
    tokens.length > 0 && (role !== "other-id" || hasDigits(tokens))
  );
  const [whole, ...parts] = cells.filter(({ tokens }) => hasDigits(tokens));
  const isSure = parts.length === 0 && cells.every((cell) => cell === whole || cell.role !== "key-id");
  const pairs = whole === undefined || !isSure || whole.tokens.length < 4 ? null : pairsInCell(whole);
  if (pairs !== null) return pairs;
  const [one, other, ...more] = cells;
  if (one === undefined || other === undefined || more.length > 0) return null;
  const [ids, keys] = hasDigits(one.tokens) ? [other, one] : [one, other];
  return pairsInTwo(ids, keys, values.find(({ role }) => role === "drive")?.value);
}

function withoutTokens({ value, tokens }: Value): string {
  let from = 0;
  const parts = tokens.map(({ start, end }) => {
    const part = value.slice(from, start);
    from = end;
    return part;
  });
  return [...parts, value.slice(from)].join(" ");
}

function placeOf(
  values: readonly Value[],
  context: RecordContext,
): Pick<FoundKey, "line" | "host" | "date"> {
  return {
    line: context.line,
    host: values.find(({ role }) => role === "pc")?.value.slice(0, 256) ?? hostOf(values) ?? context.host ??
      null,
    date: values.find(({ role }) => role === "date")?.value.slice(0, 64) ??
      NAME_WITH_ID.exec(nameOf(values))?.[1]?.replace("\\", "") ??
      null,
  };
}

/** PowerShell lists all protectors; one whose digits it leaves empty is none with digits. */
function emptyType(fields: readonly RecordField[]): ProtectorName | null {
  const isEmpty = fields.some(({ name, role, value }) =>
    value.trim() === "" && (role ?? roleOf(name)) === "recovery-key"
  );
  return isEmpty && fields.some(({ name }) => plainName(name) === "keyprotectorid") ? "unknown" : null;
}

interface Value {
  readonly name: string;
  readonly role: FieldRole;
  readonly value: string;
  readonly tokens: readonly Token[];
}

/** @returns `null` for none, the text for one, a list for several different ones. */
function one(all: readonly string[]): string | readonly string[] | null {
  const [first, ...others] = new Set(all);
  return first === undefined ? null : others.length === 0 ? first : [first, ...others];
}

/** `isKey`: whether the record is about nothing but a key. */
function idsOf(values: readonly Value[], isKey: "sure" | "likely" | "no"): readonly string[] {
  const labelled = values.filter(({ role }) => role === "key-id").flatMap((one) => guidIn(one) ?? []);
  const beside = values.filter(({ role, tokens }) => role === "recovery-key" || hasDigits(tokens))
    .flatMap((one) => one.role === "other-id" || isTornValue(one) ? SEVERAL : idsIn(one));
  const named = NAME_WITH_ID.exec(nameOf(values))?.[2];
  // all that can be the Key ID must say the same
  const noted = values.filter(({ role }) => role === "none").flatMap(({ value }) => idsInNote(value));
  const sure = [...labelled, ...beside, ...noted, ...named === undefined ? [] : [named.toUpperCase()]];
  if (sure.length > 0) return sure;
  const users = values.filter(({ name, value }) => isUserName(name) && GUID.test(value));
  const others = values.filter(({ tokens }) => tokens.some(({ sort }) => sort === "id")).length;
  if (users.length === 1 && others === 1) {
    return users.flatMap(({ value }) => GUID.exec(value)?.[1]?.toUpperCase() ?? []);
  }
  if (isKey === "no") return [];
  const plain = values.filter(({ role }) => role === "plain-id").flatMap(({ value }) =>
    GUID.exec(value)?.[1] ?? []
  );
  // an `id` beside a PC's name, without that PC's own ID, may be the PC's
  const ofDevice = values.some(({ role }) => role === "pc") &&
    !values.some(({ role }) => role === "other-id");
  if (plain.length > 0) return ofDevice ? [] : plain.map((id) => id.toUpperCase());
  if (isKey !== "sure") return [];
  return values.filter(({ role }) => role === "none").flatMap(({ value }) =>
    GUID.exec(value)?.[1]?.toUpperCase() ?? []
  );
}

/** "Key ID: {…}" among the words of a note; what is called old belongs to other digits. */
function idsInNote(value: string): readonly string[] {
  if (value.length > LONGEST_NOTE) return [];
  return [...value.matchAll(NOTED_ID)].flatMap(([, label = "", id = ""]) =>
    roleOf(label) === "key-id" && !OLD.test(label) ? [id.toUpperCase()] : []
  );
}

const NOTED_ID =
  /(?:^|[\n.;,(])[ \t]{0,8}([\p{L}][\p{L} .'-]{1,40}?)[ \t]{0,4}[:=]?[ \t]{0,4}\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/giu;
const OLD = /\bold|\balt|previous|former|ancien|anterior|preced|vecchi|viej|antig|прежн|стар|旧|舊|古|이전/iu;

/** In place of Key IDs of which none is sure: two, so that none is taken. */
const SEVERAL: readonly string[] = ["one", "another"];

/** Words between digits and a GUID behind them: a lost line end brought two fields together. */
function isTornValue({ value, tokens }: Value): boolean {
  const [first] = tokens;
  return first?.sort === "key" && tokens.some(({ sort }) => sort === "id") &&
    /\p{L}{2}/u.test(value.slice(first.end, tokens[1]?.start));
}

function hasDigits(tokens: readonly Token[]): boolean {
  return tokens.some(({ sort }) => sort === "key");
}

function idsIn({ value, tokens }: Value): readonly string[] {
  return value.length > LONGEST_NOTE
    ? []
    : tokens.flatMap((token) => token.sort === "id" && token.id !== "" ? [token.id] : []);
}

function guidIn({ value, tokens }: Value): string | null {
  const bytes = guidOfText(value);
  if (bytes !== null) return bytes;
  const bare = BARE_GUID.exec(value);
  if (bare !== null) return bare.slice(1).join("-").toUpperCase();
  const short = shortIdOf(value);
  if (short !== null) return short;
  const ids = tokens.flatMap((token) => token.sort === "id" && token.id !== "" ? [token.id] : []);
  return ids.length === 1 ? ids[0] ?? null : null;
}

function driveOf(values: readonly Value[]): string | null {
  for (const { role, value } of values) {
    if (role !== "drive") continue;
    const letter = /^([A-Za-z]):\\?$/.exec(value)?.[1];
    const drive = letter === undefined ? driveIn(value) : `${letter.toUpperCase()}:`;
    if (drive !== null) return drive;
  }
  return null;
}

const NAMES: ReadonlySet<string> = new Set(["name", "cn", "dn", "distinguishedname"]);

function nameOf(values: readonly Value[]): string {
  return values.filter(({ name }) => NAMES.has(name)).map(({ value }) => value).join("\n");
}

/** The PC is the folder of its keys in the directory. */
function hostOf(values: readonly Value[]): string | null {
  return /\{[0-9a-f-]{36}\},\s*CN=([^,\n]{1,64})/i.exec(nameOf(values))?.[1] ?? null;
}
