/** Knows the IDs of Windows' boot menu, which bcdedit prints: they are called identifiers as well, and are no Key IDs. */

import { lineAt, type TextLines } from "./text_lines.ts";

/** An entry has fewer lines. */
const LONGEST_ENTRY = 40;
const LONGEST = 8000;
/** bcdedit parts names and values by blanks alone. */
const NAME = /^\s{0,8}\p{L}[\p{L} ]{0,40}\s{2,40}\{?$/u;
/** What an entry starts, and from which device. */
const BOOT = /\b(?:bootmgfw|bootmgr|winload|winresume|memtest)\b|\bpartition=|\\Device\\Harddisk/i;

/**
 * Tells whether a GUID is one of the boot menu's.
 *
 * @param doc The text.
 * @param start Place of the GUID.
 * @returns Whether it stands behind a name and blanks, in a paragraph about what starts Windows.
 */
export function isOfBootMenu(doc: TextLines, start: number): boolean {
  const line = lineAt(doc, start);
  if (!NAME.test(doc.text.slice(doc.starts[line], start).slice(0, LONGEST))) return false;
  let first = line;
  while (first > 0 && first > line - LONGEST_ENTRY && (doc.lines[first - 1] ?? "").trim() !== "") first--;
  const [entry = ""] = doc.lines.slice(first, line + LONGEST_ENTRY).join("\n").split("\n\n", 1);
  return BOOT.test(entry.slice(0, LONGEST));
}
