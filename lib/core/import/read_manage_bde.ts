/** Reads the screens of manage-bde, in any language: by indentation, colons and order. */

import { consoleLines, driveOfCommand, isPrompt } from "./console_lines.ts";
import type { Found } from "./found.ts";
import { UNKNOWN_VOLUME } from "./model.ts";
import { readProtectorBlocks } from "./read_protector_blocks.ts";
import { readStatus } from "./read_status.ts";
import type { Token } from "./scan_tokens.ts";
import { holds } from "./spoiled_words.ts";
import type { TextLines } from "./text_lines.ts";
import * as words from "./words.ts";

/** `Volume C: [OS]`, `Volume "C:" []`, `C: 볼륨 [Windows]`: a letter, few words, brackets at the end; perhaps its sort. */
const HEADER =
  /^\s{0,40}(?:[^\s[\]{}:\\/][^[\]{}:\\/]{0,40}[\s"'«„“])?["'«„“]?([A-Za-z]):["'»”“]?(?:\s[^[\]:]{0,40})?\s*\[([^[\]]*(?:\[[^[\]]*\][^[\]]*){0,3})\](?:\s{0,4}[[(][^[\]()]{1,60}[\])])?\s*$/u;
const HEADER_WITHOUT_LETTER =
  /^\s{0,40}\S.{0,40}\s["']?\\\\\?\\Volume\{[0-9a-f-]{36}\}\\?["']?\s*\[([^\]]*)\]\s*$/iu;
/** `Volume C:\ClusterStorage\Volume1\ [CSV]`: a volume without a letter, in a folder of another. */
const HEADER_OF_FOLDER =
  /^\s{0,40}[^\s[\]{}:\\/]\S{0,30}\s["']?[A-Za-z]:\\[^\n[\]{}<>|?*"]{1,200}["']?\s*\[([^\]]*)\]\s*$/u;
/** Where line ends were lost, the sentence above the first volume stands before it. */
const SENTENCE_BEFORE = /^.{0,200}BitLocker[^:]{0,60}:\s+(?=\S)/u;

/** The tool's first line names its version. */
const BANNER = /bitlocker.{0,80}\b\d{1,2}\.\d\.\d{4,5}\b/iu;
/** With its name on a line of its own the version stands alone. */
const VERSION = /^\s{0,8}\D{4,60}\s(?:10\.0|6\.[0-3])\.\d{4,5}\s*$/;

/** A percentage behind "encrypted": without it, lines with colons and a percentage may be about anything. */
const ABOUT_STATE =
  /(?:crypt|crip|verschl|chiffr|cifr|xifr|加密|暗号|암호|шифр|şifre|szyfr|šifr|titkos|krypt|krüpt|versleutel|sala[ut]|κρυπτ|تشفير|مشف|הצפנ|מוצפן|เข้ารหัส|mã hóa)[^:\n]{0,40}:[^:\n]{0,14}[%٪]/iu;
/** A piece of one screen, and what its reader wrote above it, is no longer. */
const FRAGMENT = 16 * 1024;

/** A volume's part of a screen. */
interface Section {
  readonly drive: string | null;
  readonly label: string | null;
  /** Its header may be a sentence about a folder: nothing is said of it without content. */
  readonly isFolder: boolean;
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
  const view = consoleLines(doc);
  const sections = sectionsOf(view);
  for (const section of sections) readSection(view, tokens, section, found);
  // a piece of a screen, copied without its first lines
  const status = sections.length === 0 && ABOUT_STATE.test(doc.text.slice(0, FRAGMENT))
    ? readStatus(view, { from: 0, to: view.lines.length, hasHeader: false })
    : null;
  if (status !== null) {
    const line = view.lines.findIndex((_, line) => view.taken[line] === 1);
    found.volumes.push({ ...status, drive: driveOfCommand(view.lines, line - 1) });
    found.kinds.push("manage-bde-status");
  }
  const scope = { from: 0, to: view.lines.length, drive: null };
  if (readProtectorBlocks(view, tokens, scope, found).length > 0) found.kinds.push("manage-bde-protectors");
  if (sections.length === 0 && isError(view.lines)) found.kinds.push("error");
}

/** The tool's first line and no volume: it says why there is none, if it does not explain its own use. */
function isError(lines: readonly string[]): boolean {
  const top = lines.slice(0, 30);
  if (!top.some((line) => line.length < 300 && (BANNER.test(line) || VERSION.test(line)))) return false;
  return lines.some((line) => line.length < 300 && words.ERROR.test(line)) ||
    (lines.filter((line) => line.trim() !== "").length < 12 &&
      !lines.some((line) => /-protectors\b.*-status\b|^\s+-status\b/.test(line)));
}

function sectionsOf({ lines }: TextLines): readonly Section[] {
  const sections: Section[] = [];
  let open: Header & { from: number } | null = null;
  const close = (to: number): void => {
    if (open !== null) sections.push({ ...open, to });
    open = null;
  };
  lines.forEach((line, index) => {
    if (line.length > 300) return;
    const header = /[\])]\s*$/.test(line) ? headerOf(line) : null;
    if (header !== null && !(header.isFolder && (lines[index - 1] ?? "").trim() !== "")) {
      close(index);
      open = { ...header, from: index + 1 };
    } else if (open !== null && (isPrompt(line) || BANNER.test(line))) close(index);
  });
  close(lines.length);
  return sections;
}

/** What a section's first line says. */
type Header = Pick<Section, "drive" | "label" | "isFolder">;

function headerOf(line: string): Header | null {
  const [, letter, name] = HEADER.exec(line) ?? HEADER.exec(line.replace(SENTENCE_BEFORE, "")) ?? [];
  const folder = name === undefined ? HEADER_OF_FOLDER.exec(line)?.[1] : undefined;
  const text = name ?? HEADER_WITHOUT_LETTER.exec(line)?.[1] ?? folder;
  if (text === undefined) return null;
  const drive = letter === undefined ? null : `${letter.toUpperCase()}:`;
  return { drive, label: labelOf(text), isFolder: folder !== undefined };
}

/** `[Label Unknown]` is no label; a label that is the word alone may be one. */
function labelOf(text: string): string | null {
  // no label has a question mark alone: letters were lost
  if (/^[?\ufffd\s]*[?\ufffd][?\ufffd\s]*$/.test(text)) return null;
  const isPlaceholder = holds(text, words.UNKNOWN) &&
    text.trim().length > (UNKNOWN_WORD.exec(text)?.[0].length ?? 0);
  return isPlaceholder ? null : text;
}

const UNKNOWN_WORD =
  /^\s*(?:unknown|unbekannt|inconnue?|desconocid[oa]|desconhecid[oa]|sconosciut[oa])\s*$/iu;

function readSection(doc: TextLines, tokens: readonly Token[], section: Section, found: Found): void {
  const { drive, label, from, to } = section;
  const status = readStatus(doc, { from, to, hasHeader: true });
  doc.taken[from - 1] = section.isFolder ? 0 : 1;
  if (status !== null) {
    const isLocked = status.lock === "locked" || (status.lock === null && status.percent === null);
    found.volumes.push({
      ...status,
      drive,
      // it lies within the encryption: what stands in its place says that it is unknown
      label: isLocked && label !== "" ? null : label,
    });
    found.kinds.push("manage-bde-status");
    return;
  }
  const next = doc.lines.slice(from, to).findIndex((line) => line.trim() !== "");
  if (next < 0) return;
  const types = readProtectorBlocks(doc, tokens, { from, to, drive }, found);
  if (section.isFolder && types.length === 0) return;
  doc.taken[from + next] = 1;
  const isNone = types.length === 0 && doc.lines.slice(from, to).some(saysNone);
  found.volumes.push({
    ...UNKNOWN_VOLUME,
    drive,
    label,
    protectorTypes: types.length > 0 || isNone ? types : null,
  });
  // `[OS Volume]` and fields that break off before the percentage
  const isStatus = types.length === 0 && !isNone && /^\s*\[[^\]]+\]\s*$/.test(doc.lines[from + next] ?? "");
  found.kinds.push(isStatus ? "manage-bde-status" : "manage-bde-protectors");
}

/** "ERROR: No key protectors found." An error with a number could not read them, and that is not "none". */
function saysNone(line: string): boolean {
  return line.length < 300 && words.ERROR.test(line) && holds(line, words.KEY) &&
    !/\b0x[0-9a-f]{8}\b/i.test(line);
}
