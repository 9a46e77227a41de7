/** Reads Windows' own log of BitLocker: as XML, as lists, or as messages copied from the viewer. */

import { type Found, foundKey } from "./found.ts";
import { type ImportedVolume, UNKNOWN_VOLUME } from "./model.ts";
import { scanTokens } from "./scan_tokens.ts";
import { holds } from "./spoiled_words.ts";
import { lineAt, type TextLines } from "./text_lines.ts";
import * as words from "./words.ts";

/** What an event says beside its text: the manifest of Microsoft-Windows-BitLocker-API. */
interface EventMeaning {
  /** What the GUID of a protector in it is: a recovery key that was saved, any protector, or nothing. */
  readonly guid: "key" | "protector" | "none";
  readonly state?: Partial<ImportedVolume>;
}

const SAVED: EventMeaning = { guid: "key" };
const FAILED: EventMeaning = { guid: "none" };
const PROTECTOR: EventMeaning = { guid: "protector" };

const EVENTS: Readonly<Record<string, EventMeaning>> = {
  513: SAVED,
  514: SAVED,
  515: SAVED,
  516: PROTECTOR,
  517: PROTECTOR,
  768: { guid: "none", state: { conversion: "encrypting" } },
  769: FAILED,
  770: { guid: "none", state: { conversion: "decrypting" } },
  771: { guid: "none", state: { conversion: "encryption-paused" } },
  772: { guid: "none", state: { conversion: "encrypting" } },
  773: { guid: "none", state: { protection: "off" } },
  774: { guid: "none", state: { protection: "on" } },
  775: PROTECTOR,
  776: PROTECTOR,
  777: PROTECTOR,
  778: { guid: "none", state: { protection: "off" } },
  779: FAILED,
  780: FAILED,
  781: { guid: "none", state: { lock: "locked" } },
  782: { guid: "protector", state: { lock: "unlocked" } },
  783: SAVED,
  784: SAVED,
  785: SAVED,
  789: FAILED,
  805: PROTECTOR,
  828: SAVED,
  829: FAILED,
  830: FAILED,
  831: FAILED,
  845: SAVED,
  846: FAILED,
  847: FAILED,
  851: FAILED,
  864: FAILED,
  4106: FAILED,
  4121: FAILED,
  // of Microsoft-Windows-BitLocker-Driver, in the log of the system
  24577: { guid: "none", state: { conversion: "encrypting" } },
  24578: { guid: "none", state: { conversion: "encryption-paused" } },
  24579: { guid: "none", state: { conversion: "encrypted" } },
  24580: { guid: "none", state: { conversion: "decrypting" } },
  24581: { guid: "none", state: { conversion: "decryption-paused" } },
  24582: { guid: "none", state: { conversion: "decrypted" } },
  24620: FAILED,
  24621: FAILED,
};

/** `Event ID: 845`, `Ereignis-ID: 845`, `Id : 845`, `EventID=845`, `イベント ID: 845`, `Код события: 845`. */
const ID_LINE = new RegExp(
  String.raw`^\s{0,40}(?:[^:=\n]{0,40}\b(?:event)?id(?:entif\w*)?\b[^:=\n\d]{0,20}|` +
    String.raw`[^:=\n]{0,30}(?:${words.EVENT.source})[^:=\n\d]{0,30})\s*[:=]?\s*(\d{3,5})\b`,
  "iu",
);
/** Get-WinEvent as a table: `11/12/2024 2:23:07 PM  845 Information  BitLocker …`. */
const ROW = /^\s*\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}\D.{0,40}?\s(\d{3,5})\s+\p{L}[\p{L}\p{M}]*\s+\S/u;

/** A list of messages has places for values, and none. */
const PLACE = /%\d\b|\{[A-Z][A-Za-z]{4,40}\}/;

const XML_EVENT = /<Event[\s>]/;

/**
 * Reads the events of a text.
 *
 * @param doc The text; the lines of events are taken.
 * @param found Gets Key IDs, other protectors and volumes.
 */
export function readEvents(doc: TextLines, found: Found): void {
  if (XML_EVENT.test(doc.text)) readXml(doc, found);
  const heads: { line: number; id: string }[] = [];
  doc.lines.forEach((text, line) => {
    if (doc.taken[line] === 1 || text.length > 2000) return;
    const id = ID_LINE.exec(text)?.[1] ?? ROW.exec(text)?.[1] ?? sentenceId(text);
    if (id !== null && Object.hasOwn(EVENTS, id)) heads.push({ line, id });
  });
  // numbers alone may be anything: somewhere the text must speak of it
  if (heads.length === 0 || PLACE.test(doc.text.slice(0, WHERE_PLACES_STAND))) return;
  if (!/bitlocker|protector|0x8[0-9a-f]{7}/i.test(doc.text)) return;
  let any = false;
  heads.forEach(({ line, id }, index) => {
    const end = Math.min(heads[index + 1]?.line ?? doc.lines.length, line + LONGEST_EVENT);
    const text = doc.lines.slice(line, end).join("\n");
    if (!/bitlocker|protector guid|0x8[0-9a-f]{7}/i.test(text)) return;
    any = true;
    const drive = driveIn(text);
    for (let at = line; at < end; at++) doc.taken[at] = hasDigits(doc.lines[at] ?? "") ? 0 : 1;
    note({ id, drive, guid: protectorIn(text), line: line + 1 }, found);
  });
  if (any) found.kinds.push("eventlog");
}

const WHERE_PLACES_STAND = 64 * 1024;

/** An event whose parts have names. */
export interface EventFields {
  /** Its number. */
  readonly id: string;
  /** Its text, in any language; empty where there is none. */
  readonly message: string;
  /** Its values. */
  readonly data: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Reads an event that is an object: `Get-WinEvent | ConvertTo-Json`, what log collectors keep.
 *
 * @param event Its parts.
 * @param found Gets the Key ID, the other protector, the volume.
 * @returns Whether it is one of BitLocker's.
 */
export function readEventFields({ id, message, data }: EventFields, found: Found): boolean {
  const text = message.slice(0, LONGEST_XML);
  const isOne = /bitlocker|protector guid/i.test(text) || data.some(({ value }) => /bitlocker/i.test(value));
  if (!Object.hasOwn(EVENTS, id) || !isOne || PLACE.test(text)) return false;
  const field = (pattern: RegExp): string => data.find(({ name }) => pattern.test(name))?.value ?? "";
  const letter = /^([A-Z]):\\?$/i.exec(field(VOLUME_FIELD))?.[1];
  const [token] = scanTokens(field(PROTECTOR_FIELD));
  note({
    id,
    drive: letter === undefined ? driveIn(text) : `${letter.toUpperCase()}:`,
    guid: token?.sort === "id" && token.id !== "" ? token.id : protectorIn(text),
    line: null,
    host: field(/^(?:computer|machinename|computer_name)$/i) || null,
    date: field(/^(?:timecreated|systemtime|@timestamp)$/i) || null,
  }, found);
  found.kinds.push("eventlog");
  return true;
}

/** A message has few lines; with all fields of the viewer twenty. */
const LONGEST_EVENT = 40;

function hasDigits(line: string): boolean {
  return /\d{6}\D{1,3}\d{6}/.test(line);
}

/** Messages copied without their numbers: Windows' English words. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/recovery information for volume [A-Z]: was backed up successfully to your (?:Azure AD|Entra)/i, "845"],
  [/recovery information for volume [A-Z]: was backed up successfully to your Microsoft account/i, "828"],
  [/recovery information was backed up successfully to Active Directory/i, "784"],
  [/recovery information for the specified protector is already present in Active Directory/i, "783"],
  [/A BitLocker key protector was created/i, "775"],
  [/A BitLocker key protector was removed/i, "776"],
];

function sentenceId(text: string): string | null {
  if (!/backed up|key protector was|already present/i.test(text)) return null;
  return SENTENCES.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

interface SeenEvent {
  readonly id: string;
  readonly drive: string | null;
  readonly guid: string | null;
  /** From 1; `null` in JSON. */
  readonly line: number | null;
  /** A field that says itself that it is a Key ID. */
  readonly isKeyId?: boolean;
  readonly host?: string | null;
  readonly date?: string | null;
}

function note({ id, drive, guid, line, isKeyId, host, date }: SeenEvent, found: Found): void {
  const meaning = EVENTS[id] ?? FAILED;
  if (drive !== null) found.volumes.push({ ...UNKNOWN_VOLUME, drive, ...meaning.state });
  if (guid === null) return;
  if (meaning.guid === "key" || isKeyId) {
    const reason = "an event names keys, it does not hold them";
    found.keys.push(foundKey({ keyId: guid, drive, reason, line, host: host ?? null, date: date ?? null }));
  } else if (meaning.guid === "protector") found.others.push({ drive, id: guid, type: "unknown" });
}

/** A letter with a colon that is no path, no time and no part of a word. */
function driveIn(text: string): string | null {
  const [, letter] =
    /(?<![\p{Script=Latin}\d\\/_.-])([A-Z]):(?![\\/\d])(?=[\s"'”“»).,;]|$|\p{L})/mu.exec(text) ?? [];
  return letter === undefined ? null : `${letter}:`;
}

/** The GUID of a message whose label names a protector; without any such label, the first whose label names nothing else. */
function protectorIn(text: string): string | null {
  const ids = scanTokens(text).flatMap((token) => {
    if (token.sort !== "id" || token.id === "") return [];
    const label = text.slice(text.lastIndexOf("\n", token.start) + 1, token.start);
    return [{ id: token.id, label: label.slice(-60) }];
  });
  const named = ids.find(({ label }) => /предохр/iu.test(label) || holds(label, words.PROTECTION));
  return (named ?? ids.find(({ label }) => !words.OTHER_ID_LABEL.test(label)))?.id ?? null;
}

const PROTECTOR_FIELD = /^(?:ProtectorGUID|ProtectorGuid|RecoveryKeyId|KeyProtectorId|ProtectorId|KeyId)$/i;
const VOLUME_FIELD = /^(?:VolumeMountPoint|DriveLetter|MountPoint|VolumeName|Volume)$/i;

function readXml(doc: TextLines, found: Found): void {
  let from = doc.text.indexOf("<Event");
  while (from >= 0) {
    const close = doc.text.indexOf("</Event>", from);
    const end = close < 0 ? doc.text.length : close + "</Event>".length;
    if (/^<Event[\s>]/.test(doc.text.slice(from, from + 7))) readXmlEvent(doc, { from, end }, found);
    from = doc.text.indexOf("<Event", /^<Event[\s>]/.test(doc.text.slice(from, from + 7)) ? end : from + 6);
  }
}

/** One event has two kilobytes at most. */
const LONGEST_XML = 64 * 1024;

function readXmlEvent(
  doc: TextLines,
  { from, end }: { readonly from: number; readonly end: number },
  found: Found,
): void {
  const xml = doc.text.slice(from, Math.min(end, from + LONGEST_XML));
  const id = /<EventID[^>]{0,80}>\s*(\d{1,5})\s*</.exec(xml)?.[1];
  if (id === undefined || !/bitlocker|fve/i.test(xml)) return;
  const data = [...xml.matchAll(/<Data Name\s*=\s*["']([^"'<>]{1,60})["'][^<>]{0,40}>([^<]{0,400})</g)]
    .map(([, name = "", value = ""]) => ({ name, value: value.trim() }));
  const field = (pattern: RegExp): string | null =>
    data.find(({ name }) => pattern.test(name))?.value ?? null;
  const letter = /^([A-Za-z]):\\?$/.exec(field(VOLUME_FIELD) ?? "")?.[1];
  const given = field(PROTECTOR_FIELD) ?? field(/^protector/i);
  const [token] = scanTokens(given ?? "");
  const line = lineAt(doc, from) + 1;
  if (given !== null && token?.sort !== "id") {
    found.refused.push({ line, group: null, reason: "the ID of a protector is no GUID" });
  }
  note({
    id,
    drive: letter === undefined ? null : `${letter.toUpperCase()}:`,
    guid: token?.sort === "id" && token.id !== "" ? token.id : null,
    line,
    isKeyId: /recoverykey/i.test(data.find(({ name }) => PROTECTOR_FIELD.test(name))?.name ?? ""),
    host: /<Computer>([^<]{1,256})</.exec(xml)?.[1]?.trim() ?? null,
    date: /SystemTime\s*=\s*["']([^"']{1,40})["']/.exec(xml)?.[1] ?? null,
  }, found);
  const last = line + xml.split("\n").length - 1;
  for (let at = line - 1; at < last; at++) doc.taken[at] = 1;
  found.kinds.push("eventlog");
}
