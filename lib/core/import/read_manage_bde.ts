/** Reads the screens of manage-bde, in any language: by indentation, colons and order. */

import type { Found } from "./found.ts";
import { UNKNOWN_VOLUME } from "./model.ts";
import { readProtectorBlocks } from "./read_protector_blocks.ts";
import { readStatus } from "./read_status.ts";
import type { Token } from "./scan_tokens.ts";
import type { TextLines } from "./text_lines.ts";
import * as words from "./words.ts";

/** `Volume C: [OS]`, `Volume "C:" []`, `C: 볼륨 [Windows]`: a letter, few words, brackets at the end. */
const HEADER =
  /^\s{0,12}(?:[^\s[\]{}:\\/][^[\]{}:\\/]{0,40}[\s"'«„“])?["'«„“]?([A-Za-z]):["'»”“]?(?:\s[^[\]:]{0,40})?\s*\[([^\]]*)\]\s*$/u;
const HEADER_WITHOUT_LETTER =
  /^\s{0,12}\S.{0,40}\s["']?\\\\\?\\Volume\{[0-9a-f-]{36}\}\\?["']?\s*\[([^\]]*)\]\s*$/iu;

/** A prompt: another command begins. */
const PROMPT = /^\s*(?:PS )?[A-Za-z]:\\[^>\n]{0,200}>|^PS>/;

/** The tool's first line names its version. */
const BANNER = /bitlocker.{0,60}\b\d{1,2}\.\d\.\d{4,5}\b/iu;

/** A percentage behind "encrypted": without it, lines with colons and a percentage may be about anything. */
const ABOUT_STATE =
  /(?:crypt|verschl|chiffr|cifr|加密|暗号|암호|шифр|şifre|szyfr|šifr|titkos|krypt|versleutel|salau|κρυπτ|تشفير|הצפנ|เข้ารหัส)[^:\n]{0,30}:[^:\n]{0,12}[%٪]/iu;
/** A piece of one screen is no longer. */
const FRAGMENT = 4096;

/** A volume's part of a screen. */
interface Section {
  readonly drive: string | null;
  readonly label: string | null;
  /** Index of its first line behind the header. */
  readonly from: number;
  /** Behind its last line. */
  readonly to: number;
}

/**
 * Reads all screens of a text.
 *
 * @param doc The text; the lines of screens are taken.
 * @param tokens Of the text.
 * @param found Gets what they hold.
 */
export function readManageBde(doc: TextLines, tokens: readonly Token[], found: Found): void {
  const sections = sectionsOf(doc);
  for (const section of sections) readSection(doc, tokens, section, found);
  // a piece of a screen, copied without its first lines
  const status = sections.length === 0 && ABOUT_STATE.test(doc.text.slice(0, FRAGMENT))
    ? readStatus(doc, 0, doc.lines.length)
    : null;
  if (status !== null) {
    found.volumes.push(status);
    found.kinds.push("manage-bde-status");
  }
  if (readProtectorBlocks(doc, tokens, { from: 0, to: doc.lines.length, drive: null }, found).length > 0) {
    found.kinds.push("manage-bde-protectors");
  }
  if (sections.length === 0 && doc.lines.slice(0, 20).some((line) => BANNER.test(line))) {
    found.kinds.push("error");
  }
}

function sectionsOf({ lines }: TextLines): readonly Section[] {
  const sections: Section[] = [];
  let open: { drive: string | null; label: string | null; from: number } | null = null;
  const close = (to: number): void => {
    if (open !== null) sections.push({ ...open, to });
    open = null;
  };
  lines.forEach((line, index) => {
    if (line.length > 300) return;
    const header = line.endsWith("]") || line.trimEnd().endsWith("]") ? headerOf(line) : null;
    if (header !== null) {
      close(index);
      open = { ...header, from: index + 1 };
    } else if (open !== null && (PROMPT.test(line) || BANNER.test(line))) close(index);
  });
  close(lines.length);
  return sections;
}

function headerOf(line: string): { readonly drive: string | null; readonly label: string | null } | null {
  const [, letter, name] = HEADER.exec(line) ?? [];
  const text = name ?? HEADER_WITHOUT_LETTER.exec(line)?.[1];
  if (text === undefined) return null;
  return { drive: letter === undefined ? null : `${letter.toUpperCase()}:`, label: labelOf(text) };
}

/** `[Label Unknown]` is no label; a label that is the word alone may be one. */
function labelOf(text: string): string | null {
  const isPlaceholder = words.UNKNOWN.test(text) &&
    text.trim().length > (UNKNOWN_WORD.exec(text)?.[0].length ?? 0);
  return isPlaceholder ? null : text;
}

const UNKNOWN_WORD =
  /^\s*(?:unknown|unbekannt|inconnue?|desconocid[oa]|desconhecid[oa]|sconosciut[oa])\s*$/iu;

function readSection(doc: TextLines, tokens: readonly Token[], section: Section, found: Found): void {
  const { drive, label, from, to } = section;
  const status = readStatus(doc, from, to);
  doc.taken[from - 1] = 1;
  if (status !== null) {
    found.volumes.push({ ...status, drive, label: status.lock === "locked" ? null : label });
    found.kinds.push("manage-bde-status");
    return;
  }
  const next = doc.lines.slice(from, to).findIndex((line) => line.trim() !== "");
  if (next < 0) return;
  const types = readProtectorBlocks(doc, tokens, { from, to, drive }, found);
  doc.taken[from + next] = 1;
  // "none found" has no number; what has one could not be read, and that is not "none"
  const isUnread = types.length === 0 &&
    doc.lines.slice(from, to).some((line) => /\b0x[0-9a-f]{8}\b/i.test(line));
  found.volumes.push({ ...UNKNOWN_VOLUME, drive, label, protectorTypes: isUnread ? null : types });
  found.kinds.push("manage-bde-protectors");
}
