/** From a file's bytes to text: which encoding it is, and whether it is text at all. */

import { OEM_PAGES } from "./code_pages.ts";
import { normalizeText } from "./normalize_text.ts";
import * as words from "./words.ts";

/** How a file was read. */
export interface DecodedFile {
  /** WHATWG name, or `cp437` and the like. */
  readonly encoding: string;
  /** Lines part at `\n`; digits, dashes and blanks are ASCII. */
  readonly text: string;
}

/** Bytes that are enough to tell what a file is. */
export const SAMPLE: number = 64 * 1024;

/** Beginnings of what is no text though it may hold some: ZIP and Office, PDF, pictures, programs, archives, SQLite, … */
const MAGIC: readonly string[] = [
  "PK\x03\x04",
  "PK\x05\x06",
  "%PDF-",
  "\x89PNG",
  "\xff\xd8\xff",
  "GIF8",
  "MZ",
  "\x7fELF",
  "\x1f\x8b",
  "BZh",
  "7z\xbc\xaf",
  "Rar!",
  "\xfd7zXZ",
  "(\xb5/\xfd",
  "SQLite format 3",
  "ElfFile",
  "regf",
  "ID3",
  "OggS",
  "RIFF",
  "\xd0\xcf\x11\xe0",
  "\x00\x00\x01\x00",
  "-FVE-FS-",
];

/** Encodings of the console and of Notepad, the commonest first: it wins where nothing tells them apart. */
const EIGHT_BIT: readonly string[] = [
  "cp850",
  "windows-1252",
  "cp437",
  "cp852",
  "ibm866",
  "shift_jis",
  "gbk",
  "euc-kr",
  "big5",
  "cp857",
  "windows-1250",
  "windows-1251",
  "windows-1254",
  "cp737",
  "windows-1253",
  "cp862",
  "windows-1255",
  "cp720",
  "windows-1256",
  "windows-874",
  "windows-1258",
  "cp775",
  "windows-1257",
];

/**
 * Tells how a file is encoded.
 *
 * @param head Its first bytes, 64 KB are enough.
 * @returns A name for {@link decodeBytes}, or `null` when it is no text.
 */
export function detectEncoding(head: Uint8Array): string | null {
  const bytes = head.subarray(0, SAMPLE);
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return isMixed(bytes) ? "mixed" : "utf-16le";
  if (first === 0xfe && second === 0xff) return isMixed(bytes) ? "mixed" : "utf-16be";
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  const start = latin(bytes.subarray(0, 16));
  if (MAGIC.some((magic) => start.startsWith(magic))) return null;
  const counts = countBytes(bytes);
  const hasControls = counts.controls > bytes.length / 100;
  if (counts.even + counts.odd > 0) return wideEncoding(bytes, counts);
  if (hasControls) return null;
  if (counts.high === 0 || isUtf8(bytes, head.length >= SAMPLE)) return "utf-8";
  return bestEightBit(bytes);
}

/**
 * Decodes a whole file, or a part that ends at a line's end.
 *
 * @param bytes What to decode.
 * @param encoding As {@link detectEncoding} names it.
 * @returns The text, made even by {@link normalizeText}. What cannot be decoded becomes U+FFFD.
 */
export function decodeBytes(bytes: Uint8Array, encoding: string): string {
  return normalizeText(rawText(bytes, encoding));
}

/**
 * Decodes a file.
 *
 * @param bytes All of it.
 * @returns Text and encoding, or `null` when it is no text.
 */
export function decodeFile(bytes: Uint8Array): DecodedFile | null {
  const encoding = detectEncoding(bytes);
  return encoding === null ? null : { encoding, text: decodeBytes(bytes, encoding) };
}

/**
 * Makes a decoder for a file that comes in pieces.
 *
 * @param encoding As {@link detectEncoding} names it.
 * @returns Takes the next piece, and whether it is the last; gives text that is not made even yet.
 */
export function pieceDecoder(encoding: string): (bytes: Uint8Array, isLast: boolean) => string {
  if (OEM_PAGES[encoding] !== undefined || encoding === "mixed") return (bytes) => rawText(bytes, encoding);
  const decoder = new TextDecoder(encoding);
  return (bytes, isLast) => decoder.decode(bytes, { stream: !isLast });
}

function rawText(bytes: Uint8Array, encoding: string): string {
  const page = OEM_PAGES[encoding];
  if (page !== undefined) {
    return latin(bytes).replace(/[\x80-\xff]/g, (one) => page[one.charCodeAt(0) - 128] ?? "");
  }
  // `>>` of PowerShell 5.1 adds UTF-16 to a file of another encoding: without noughts all that matters is ASCII
  if (encoding === "mixed") {
    return new TextDecoder("utf-8").decode(bytes.filter((byte) => byte !== 0 && byte < 0xfe));
  }
  return new TextDecoder(encoding).decode(bytes);
}

function latin(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}

/** UTF-16 never holds a Key ID's ASCII in a row. */
function isMixed(bytes: Uint8Array): boolean {
  return /[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-|[0-9]{6}-[0-9]{6}-|bitlocker/i.test(latin(bytes));
}

interface ByteCounts {
  /** Noughts at even places. */
  readonly even: number;
  /** Noughts at odd places. */
  readonly odd: number;
  /** Bytes that stand in no text, noughts aside. */
  readonly controls: number;
  /** Bytes that are not ASCII. */
  readonly high: number;
}

function countBytes(bytes: Uint8Array): ByteCounts {
  let [even, odd, controls, high] = [0, 0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    // most bytes of most texts
    if (byte >= 32 && byte < 128) continue;
    if (byte >= 128) high++;
    else if (byte === 0 && at % 2 === 0) even++;
    else if (byte === 0) odd++;
    else if ((byte < 8 || byte > 13) && byte !== 27 && byte !== 26) controls++;
  }
  return { even, odd, controls, high };
}

/** @returns The encoding of bytes with noughts; `null` when they are binary. */
function wideEncoding(bytes: Uint8Array, { even, odd, controls }: ByteCounts): string | null {
  const hasControls = controls >= bytes.length / 100;
  const units = bytes.length / 2;
  const isLittle = odd > units * MANY && even < odd * FEW;
  const isBig = even > units * MANY && odd < even * FEW;
  // most of what is binary is known by its noughts and controls; a search would take ten times as long
  if (hasControls && !isLittle && !isBig) return null;
  // line ends and blanks are there in any script; binary noughts come in rows and on both sides
  if (isMixed(bytes)) return hasControls ? null : "mixed";
  return isLittle ? "utf-16le" : isBig ? "utf-16be" : null;
}

const MANY = 0.05;
const FEW = 0.1;

const STRICT = new TextDecoder("utf-8", { fatal: true });

function isUtf8(bytes: Uint8Array, cut: boolean): boolean {
  try {
    // a decoder takes as long to make as a note to read; one whose bytes were cut keeps their rest
    const decoder = cut ? new TextDecoder("utf-8", { fatal: true }) : STRICT;
    decoder.decode(bytes, { stream: cut });
    return true;
  } catch {
    return false;
  }
}

/** Words beside them, in languages that differ from others by few letters: Hungarian, Romanian, Croatian, Lithuanian, Latvian. */
const TELLING_LETTERS = new RegExp(
  "kulcsvédő|ellenőr|következő|meghajtó|parolă|numerică|criptat|ključ|zaštić|šifrira|slaptaž|užšifr|šifravim|teisės|įrank|būsen" +
    "|šifrēš|šifrēt|atslēg|sējum|tiesības|konfigurēš|pārveid|aizsardzīb",
  "giu",
);

/** Words of BitLocker's screens; a hit that needs more than ASCII tells an encoding. */
const TELLING: readonly RegExp[] = [
  words.UNKNOWN,
  words.OFF,
  words.ON,
  words.DECRYPT,
  words.USED,
  words.PROTECTION,
  words.NUMERICAL,
  words.PASSWORD,
  words.KEY_ID_LABEL,
  words.EXTERNAL,
].map((one) => new RegExp(one.source, "giu")).concat(TELLING_LETTERS);

const HIT = 20;

function bestEightBit(bytes: Uint8Array): string {
  const lines = [...new Set(latin(bytes).split(/[\r\n]+/).filter((line) => /[\x80-\xff]/.test(line)))];
  const sample = Uint8Array.from(lines.join("\n").slice(0, 8192), (one) => one.charCodeAt(0));
  let best = "windows-1252";
  let bestScore = -Infinity;
  for (const encoding of EIGHT_BIT) {
    const score = plausibility(rawText(sample, encoding));
    if (score > bestScore) [best, bestScore] = [encoding, score];
  }
  return best;
}

/** Letters among letters of one script are good; drawing characters, and capitals within words, are not. */
function plausibility(text: string): number {
  const count = (pattern: RegExp): number => (text.match(pattern) ?? []).length;
  const hits = TELLING.reduce(
    (sum, one) => sum + (text.match(one) ?? []).filter((hit) => /[^\0-\x7f]/.test(hit)).length,
    0,
  );
  return hits * HIT +
    count(/(?<=\p{L})[^\0-\x7f\P{Ll}]|[^\0-\x7f\P{Ll}](?=\p{L})/gu) +
    count(/[^\0-\x7f\P{Lu}](?=\p{Ll})/gu) + count(/\p{Lo}(?=[\p{Lo} ])/gu) + count(/[\u3041-\u30ff]/g) -
    2 * count(/\p{Script=Latin}(?=\p{Lo})|\p{Lo}(?=\p{Script=Latin})/gu) -
    3 * count(/\ufffd|[\u2500-\u259f\uff61-\uff9f\ue000-\uf8ff\u0080-\u009f]/gu) -
    2 *
      count(
        /(?<=\p{Ll})\p{Lu}|[^\0-\x7f\p{L}\p{P}\s]|\p{Script=Latin}(?=[\p{Script=Greek}\p{Script=Hebrew}])/gu,
      );
}
