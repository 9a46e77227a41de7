/** Reads lists of `name : value` lines: Format-List of PowerShell, broken-off JSON, exports of the registry. */

import type { Found } from "./found.ts";
import { namedDrive } from "./named_drive.ts";
import { OPENS } from "./opening_line.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { rowsOfLists } from "./rows_of_lists.ts";
import { plainName } from "./field_words.ts";
import { isUserName, roleOf } from "./field_roles.ts";
import { scanTokens, type Token } from "./scan_tokens.ts";
import { indentOf, type TextLines } from "./text_lines.ts";
import { isUserNameFirst } from "./user_name_first.ts";
import { volumeOfFields } from "./volume_of_fields.ts";

interface Line extends RecordField {
  readonly line: number;
  /** Its value stands on the line below. */
  readonly isBelow?: boolean;
}

/** A whole record, each of its fields looked at once. */
interface Read extends Line {
  readonly plain: string;
  readonly tokens: readonly Token[];
}

const FIELD = /^\s*(?:- {1,3})?["']?([\p{L}@][\p{L}\p{N} ._@()/-]{0,60}?)["']?\s{0,40}[:=]\s{0,8}(.*)$/u;

/** A Key ID or digits, and nothing beside them. */
const BARE_VALUE =
  /^\s{0,80}(?:\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?|\d{6}(?:[ -]\d{6}){7})\s{0,80}$/i;

/** Names that only programs write: a record with one of them is read as such, whatever else it holds. */
const TECHNICAL =
  /^(?:keyprotectorid|keyprotectortype|recoverypassword|mountpoint|volumestatus|msfve.+|volumekeyprotectorid|autounlockprotector)$/;

/** Names of which a volume's record has one. */
const VOLUME =
  /^(?:volumestatus|mountpoint|driveletter|conversionstatus|encryptionpercentage|currentencryptionpercentage)$/;

/** A row of `name : value` is at most so long; PowerShell has 14 of a volume. */
const MOST_FIELDS = 100;
const LONGEST = 4000;

/**
 * Reads the records of a text.
 *
 * @param doc The text; the lines of records are taken.
 * @param found Gets what they hold.
 */
export function readListing(doc: TextLines, found: Found): void {
  let record: Line[] = [];
  let drive: string | null = null;
  // a list's records begin alike, also where the blank lines between them are lost
  let first: string | null = null;
  let before: Order | null = null;
  const close = (): void => {
    if (record.length === 0) return;
    const whole = record.map((field): Read => ({
      ...field,
      plain: plainName(field.name),
      tokens: scanTokens(field.value),
    }));
    if (whole.some(isTechnical)) first ??= record[0]?.name ?? null;
    record = [];
    if (isTornFrom(doc, whole, before)) return;
    if (isUserNameFirst(whole.map(({ name, tokens }) => ({ name, sort: tokens[0]?.sort ?? null })))) return;
    before = orderOf(whole) ?? before;
    if (readOne(doc, withUserName(doc, whole), { drive, found })) found.kinds.push(kindOf(whole));
  };
  doc.lines.forEach((text, line) => {
    // a mount point printed alone, before the protectors of its volume
    const alone = /^\s*([A-Za-z]):\\?\s*$/.exec(text)?.[1];
    if (alone !== undefined) drive = `${alone.toUpperCase()}:`;
    const field = doc.taken[line] === 1 || text.length > LONGEST ? null : fieldOf(text, line);
    const last = record.at(-1);
    if (field !== null && OPENS.test(field.value)) close();
    else if (field !== null) {
      const again = field.name === first || field.name === "dn" ||
        record.some(({ name }) => name === field.name) || beginsAnother(record, field);
      if (again || record.length >= MOST_FIELDS) close();
      record.push(field);
    } else if (last !== undefined && isContinued(text, doc.lines[last.line] ?? "")) {
      record[record.length - 1] = { ...last, value: last.value + text.trim() };
    } else if (last?.value === "" && BARE_VALUE.test(text)) {
      // the value below its name, as in the tab of Active Directory
      record[record.length - 1] = { ...last, value: text.trim(), isBelow: true };
    } else close();
  });
  close();
}

function fieldOf(text: string, line: number): Line | null {
  const [, name, value] = FIELD.exec(text) ?? [];
  if (name === undefined || value === undefined || /^[a-z]$/i.test(name)) return null;
  const drive = namedDrive(name, value);
  if (drive !== null) return { name: "drive", line, value: drive };
  // YAML's sign that the value stands below
  const whole = value.trim().replace(/,$/, "").replace(/^[>|][+-]?$/, "");
  return { name: name.trim(), line, value: whole.replace(/^"(.*)"$/, "$1") };
}

/** Programs write a name and its value on one line: what manage-bde wrote above is about another protector. */
function beginsAnother(record: readonly Line[], next: Line): boolean {
  return record.some(({ isBelow }) => isBelow === true) && isTechnical(next) && !record.some(isTechnical);
}

function isTechnical({ name }: Line): boolean {
  return name === OF_METHOD || TECHNICAL.test(plainName(name));
}

/**
 * "Recovery Password:" with the digits below, and nothing else: in the file of Windows Vista its Key ID stands further
 * up; where PCs are named, as in the tab of Active Directory, that would be another's.
 */
function isTitle([first, ...others]: readonly Line[], { lines }: TextLines): boolean {
  return first?.isBelow === true && others.length === 0 && /\s/.test(first.name) && lines.length < SHORT &&
    !lines.some((line) => line.includes(":") && ["pc", "date"].includes(roleOf(line.split(":", 1)[0] ?? "")));
}

/** Lines of a file with one key. */
const SHORT = 60;

/** PowerShell breaks a long value and goes on below its beginning. */
function isContinued(text: string, first: string): boolean {
  const column = first.search(/[:=]/);
  return text.trim() !== "" && column > 0 && indentOf(text) > column && indentOf(text) <= column + 4;
}

interface Target {
  readonly drive: string | null;
  readonly found: Found;
}

function readOne(doc: TextLines, record: readonly Read[], { drive, found }: Target): boolean {
  const names = record.map(({ plain }) => plain);
  const volume = names.some((name) => VOLUME.test(name)) ? volumeOfFields(record) : null;
  const isVolume = volume !== null;
  const technical = record.some(isTechnical) && !isTitle(record, doc);
  const tokens = record.flatMap(({ tokens }) => tokens);
  const keys = new Set(tokens.flatMap((token) => token.sort === "key" ? [token.password] : []));
  const ids = record.filter(({ name, role, tokens }) =>
    tokens.length > 0 && (role ?? roleOf(name)) === "key-id"
  );
  const named = ids.length > 0 && keys.size > 0;
  const graph = names.includes("volumetype") && names.includes("createddatetime");
  if (!technical && !named && !graph && !isVolume) return false;
  const rows = isVolume ? null : rowsOfLists(record.map(({ name, value }) => ({ name, value })));
  if (rows !== null) return readRows(doc, record, rows, { drive, found });
  // several pairs under one another: nearness tells more than names
  const all = new Set(tokens.flatMap((token) => token.sort === "id" ? [token.id] : []));
  if (!technical && !graph && (isTorn(record) || isFollowed(doc, record))) return false;
  if (keys.size > 1 || ids.length > 1 || (!technical && !graph && all.size > 1)) return false;
  if (volume !== null) found.volumes.push(volume);
  const line = (record[0]?.line ?? 0) + 1;
  const isRead = readRecord([...record, ...idOfCall(doc, record, line)], {
    line,
    drive,
    isKey: graph,
    quiet: !technical && !graph,
    isReadAgain: true,
  }, found);
  if (isVolume || isRead) { for (const { line } of record) doc.taken[line] = 1; }
  return isVolume || isRead;
}

/** A password manager has no field for a Key ID: it stands where the name of a user would. */
function withUserName({ lines }: TextLines, record: readonly Read[]): readonly Read[] {
  const ids = record.filter(({ tokens }) => tokens.some(({ sort }) => sort === "id"));
  const [only, ...others] = ids;
  if (only === undefined || others.length > 0 || only.tokens.length > 1 || !isUserName(only.name)) {
    return record;
  }
  const [first, last] = [record[0]?.line ?? 0, record.at(-1)?.line ?? 0];
  const isAlone = [lines[first - 1], lines[last + 1]].every((text = "") => text.trim() === "");
  const key = record.findIndex(({ tokens }) => tokens.some(({ sort }) => sort === "key"));
  // with neither blank lines nor the name first, it may be that of the next entry
  if (!isAlone && key < record.indexOf(only)) return record;
  return record.map((field) => (field === only ? { ...field, role: "key-id" } : field));
}

/** What a method of WMI gives names no ID; the call above it does. */
function idOfCall({ lines }: TextLines, record: readonly Read[], from: number): readonly RecordField[] {
  if (!record.some(({ name }) => name === OF_METHOD)) return [];
  for (let line = from - 2; line >= 0 && line > from - FARTHEST_CALL; line--) {
    const text = lines[line] ?? "";
    if (text.length > LONGEST || !/NumericalPassword\b/i.test(text)) continue;
    const [token, ...others] = scanTokens(text);
    const isOne = token?.sort === "id" && others.length === 0;
    return isOne ? [{ name: "VolumeKeyProtectorID", value: token.id }] : [];
  }
  return [];
}

/** What GetKeyProtectorNumericalPassword gives. */
const OF_METHOD = "NumericalPassword";
/** Between a call and what it gives stand blank lines, and ten lines about the object itself. */
const FARTHEST_CALL = 18;

/** A list's record holds as many keys as its lists have places. */
function readRows(
  doc: TextLines,
  record: readonly Read[],
  rows: readonly (readonly RecordField[])[],
  { drive, found }: Target,
): boolean {
  const line = (record[0]?.line ?? 0) + 1;
  const read = rows.map((row) => readRecord(row, { line, drive, quiet: true }, found));
  if (read.includes(true)) { for (const { line } of record) doc.taken[line] = 1; }
  return read.includes(true);
}

/** What only a list of all members has, and there the Key ID comes first: one behind the digits is the next record's. */
const WHOLE = /^(?:autounlockprotector|keyfilename|keycertificatetype|thumbprint)$/;

/** In which order a record names its parts. */
type Order = "id" | "key" | "id, key" | "key, id";

function orderOf(record: readonly Read[]): Order | null {
  const sorts = record.flatMap(({ tokens }) => tokens[0]?.sort ?? []);
  const [one, other] = new Set(sorts);
  if (one === undefined) return null;
  return other === undefined ? one : one === "id" ? "id, key" : "key, id";
}

/** Also a piece of one. */
const MAY_BE_ID = /[0-9a-f]{4}-[0-9a-f-]{4}|^\s*[0-9a-f-]{4,36}\s*$/i;

/**
 * Digits, then a Key ID, and the next digits right below, in a text that begins its records with the Key ID: each Key ID
 * belongs to the digits below it.
 */
function isTornFrom({ lines }: TextLines, record: readonly Read[], before: Order | null): boolean {
  if (orderOf(record) !== "key, id") return false;
  // names of members have no blanks: what has one is a text for people that follows
  const [key, id] = (["key", "id"] as const).map((wanted) =>
    record.find(({ tokens }) => tokens.some(({ sort }) => sort === wanted))
  );
  if (key !== undefined && isTechnical(key)) {
    return (!/\s/.test(key.name) && /\s/.test(id?.name ?? "")) ||
      record.some(({ plain }) => WHOLE.test(plain));
  }
  if (before === "key, id" || record.some(isTechnical)) return false;
  const [first, last] = [record[0]?.line ?? 0, record.at(-1)?.line ?? 0];
  const above = lines[first - 1] ?? "";
  // with nothing above that could be the digits' own Key ID, it is the first of its kind
  const isFirst = above.trim() === "" ? before !== "id" : before === null && !MAY_BE_ID.test(above);
  if (isFirst) return false;
  return scanTokens(lines[last + 1] ?? "")[0]?.sort === "key";
}

/** Digits, then a Key ID, and digits without a name below it: the Key ID is theirs. */
function isFollowed({ lines }: TextLines, record: readonly Read[]): boolean {
  const [first, last] = [record.find(({ tokens }) => tokens.length > 0), record.at(-1)];
  if (first?.tokens[0]?.sort !== "key" || last?.tokens[0]?.sort !== "id") return false;
  let next = last.line + 1;
  while (next < lines.length && (lines[next] ?? "").trim() === "") next++;
  return /^\s*(?:\d{6}[ -]){3}/.test(lines[next] ?? "");
}

/** Digits, then a title, then a Key ID: in YAML and notes the title begins what the Key ID belongs to. */
function isTorn(record: readonly Read[]): boolean {
  const at = (sort: "key" | "id"): number =>
    record.findIndex(({ tokens }) => tokens.some((token) => token.sort === sort));
  const [key, id] = [at("key"), at("id")];
  return key >= 0 && id > key && record.slice(key, id).some(({ value }) => value === "");
}

function kindOf(
  record: readonly Read[],
): "powershell" | "entra" | "active-directory" | "account-page" | "notes" {
  const names = record.map(({ plain }) => plain);
  // the account page's names of drives
  if (record.some(({ value }) => /^(?:OSV|FDV|RDV)$/.test(value))) return "account-page";
  if (names.some((name) => name.startsWith("msfve"))) return "active-directory";
  if (names.includes("createddatetime")) return "entra";
  return names.some((name) => TECHNICAL.test(name) || VOLUME.test(name)) ? "powershell" : "notes";
}
