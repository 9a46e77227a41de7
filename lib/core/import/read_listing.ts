/** Reads lists of `name : value` lines: Format-List of PowerShell, broken-off JSON, exports of the registry. */

import type { Found } from "./found.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { plainName } from "./field_words.ts";
import { roleOf } from "./field_roles.ts";
import { scanTokens, type Token } from "./scan_tokens.ts";
import { indentOf, type TextLines } from "./text_lines.ts";
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

const FIELD = /^\s*["']?([\p{L}@][\p{L}\p{N} ._@()/-]{0,60}?)["']?\s{0,40}[:=]\s{0,8}(.*)$/u;

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
  const close = (): void => {
    if (record.length === 0) return;
    const whole = record.map((field): Read => ({
      ...field,
      plain: plainName(field.name),
      tokens: scanTokens(field.value),
    }));
    if (whole.some(({ plain }) => TECHNICAL.test(plain))) first ??= record[0]?.name ?? null;
    if (readOne(doc, whole, { drive, found })) found.kinds.push(kindOf(whole));
    record = [];
  };
  doc.lines.forEach((text, line) => {
    // a mount point printed alone, before the protectors of its volume
    const alone = /^\s*([A-Za-z]):\\?\s*$/.exec(text)?.[1];
    if (alone !== undefined) drive = `${alone.toUpperCase()}:`;
    const field = doc.taken[line] === 1 || text.length > LONGEST ? null : fieldOf(text, line);
    const last = record.at(-1);
    if (field !== null) {
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
  return { name: name.trim(), line, value: value.trim().replace(/,$/, "").replace(/^"(.*)"$/, "$1") };
}

/** Programs write a name and its value on one line: what manage-bde wrote above is about another protector. */
function beginsAnother(record: readonly Line[], next: Line): boolean {
  return record.some(({ isBelow }) => isBelow === true) && isTechnical(next) && !record.some(isTechnical);
}

function isTechnical({ name }: Line): boolean {
  return TECHNICAL.test(plainName(name));
}

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
  const technical = names.some((name) => TECHNICAL.test(name));
  const tokens = record.flatMap(({ tokens }) => tokens);
  const keys = new Set(tokens.flatMap((token) => token.sort === "key" ? [token.password] : []));
  const ids = record.filter(({ name, tokens }) => tokens.length > 0 && roleOf(name) === "key-id");
  const named = ids.length > 0 && keys.size > 0;
  const graph = names.includes("volumetype") && names.includes("createddatetime");
  if (!technical && !named && !graph && !isVolume) return false;
  // several pairs under one another: nearness tells more than names
  const all = new Set(tokens.flatMap((token) => token.sort === "id" ? [token.id] : []));
  if (!technical && !graph && isTorn(record)) return false;
  if (keys.size > 1 || ids.length > 1 || (!technical && !graph && all.size > 1)) return false;
  if (volume !== null) found.volumes.push(volume);
  const line = (record[0]?.line ?? 0) + 1;
  const isRead = readRecord(record, {
    line,
    drive,
    isKey: graph,
    quiet: !technical && !graph,
    isReadAgain: true,
  }, found);
  if (isVolume || isRead) { for (const { line } of record) doc.taken[line] = 1; }
  return isVolume || isRead;
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
