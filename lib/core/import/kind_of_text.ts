/** Tells what kind of text it was that the readers understood. */

import { roleOf } from "./field_roles.ts";
import type { Found } from "./found.ts";
import type { ImportKind } from "./model.ts";
import * as words from "./words.ts";

/**
 * Tells what wrote JSON in which only free text was found.
 *
 * @param text The text.
 * @returns Its kind.
 */
export function kindOfJson(text: string): ImportKind {
  return /bitlockerRecoveryKey|recoveryKeys|graph\.microsoft/i.test(text) ? "entra" : "powershell";
}

/**
 * Tells what a text without known structure is. Windows' own file has an ID alone on its line, digits alone on a
 * later one, and sentences around them.
 *
 * @param text The text.
 * @returns Its kind.
 */
export function kindOfFreeText(text: string): ImportKind {
  const short = text.slice(0, 256 * 1024);
  if (/LinkID=260589/i.test(short)) return "backup-txt";
  if (/KeyProtector|Set-Cluster|Get-BitLocker|BackupToAAD|RecoveryPassword\b/.test(short)) {
    return "powershell";
  }
  if (/account\.microsoft\.com|myrecoverykey|key upload date|\b(?:OSV|FDV|RDV)\b/i.test(short)) {
    return "account-page";
  }
  if (/\bentra\b|azure ad|drive type|graph\.microsoft|createdDateTime/i.test(short)) return "entra";
  if (WINDOWS_7.test(short)) return "backup-txt";
  if (short.split("\n").some(isPortalLabel)) return "entra";
  const alone = /^[ \t]{0,40}\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?[ \t]{0,40}$/im.test(short) &&
    DIGITS_ALONE.test(short);
  return alone && short.split("\n").some(isSentence) ? "backup-txt" : "notes";
}

/** A key alone on its line, also one with a wrong digit or with signs in place of some. */
const DIGITS_ALONE = /^[ \t]{0,40}(?:[\dOolIx*?]{4,7}[ -]){5,8}[\dOolIx*?]{0,7}[ \t]{0,40}$/m;

/** The file of Windows 7 gives the beginning of the Key ID, and then the whole. */
const WINDOWS_7 = /[:\uff1a] ?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{2})[ \t]{0,8}\n[^\n]{0,200}\1/i;

/** "BitLocker key ID", as Entra and Intune call it in every language. */
function isPortalLabel(line: string): boolean {
  const [label = ""] = line.slice(0, 200).split(/[:\t]|\s{3,}/, 1);
  return label.length < LONGEST_LABEL && /bitlocker/i.test(label) && roleOf(label) === "key-id";
}

const LONGEST_LABEL = 60;
/** Letters of a sentence; Chinese and its neighbours need fewer. */
const SENTENCE = 40;
const SENTENCE_OF_SIGNS = 18;

function isSentence(line: string): boolean {
  if (line.length > 2000) return false;
  const letters = line.match(/\p{L}/gu) ?? [];
  const signs = letters.filter((letter) =>
    /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}]/u.test(letter)
  );
  return letters.length > SENTENCE || signs.length > SENTENCE_OF_SIGNS;
}

/** A list of names and nothing else. */
function isLabel(line: string): boolean {
  return line.length < LONGEST_LABEL && ["key-id", "recovery-key"].includes(roleOf(line));
}

/**
 * Tells what a text is.
 *
 * @param found By all readers.
 * @param text The text.
 * @returns The kind that most of it is of.
 */
export function kindOfText(found: Found, text: string): ImportKind {
  const counts = Map.groupBy(found.kinds, (kind) => kind);
  let best: ImportKind | null = null;
  for (const [kind, all] of counts) {
    if (kind === "error" && counts.size > 1) continue;
    if (best === null || all.length > (counts.get(best)?.length ?? 0)) best = kind;
  }
  if (best === "notes") return kindOfFreeText(text);
  if (best !== null) return best;
  const start = text.slice(0, 64 * 1024);
  const hasPlaces = /%\d\b|\{[A-Z][A-Za-z]{4,40}\}/.test(start);
  if (
    !hasPlaces &&
    (words.ERROR.test(start) || /FullyQualifiedErrorId|0x8[0-9a-f]{7}/i.test(start))
  ) {
    return "error";
  }
  const isAbout = words.ABOUT_BITLOCKER.test(start) || start.split("\n").some(isLabel);
  return isAbout ? "label-list" : "none";
}
