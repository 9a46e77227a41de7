/** Makes texts of the bytes in a registry export: `hex(1)`, `hex(2)`, `hex(7)` are UTF-16, `hex` may be anything. */

import { plainName } from "./field_words.ts";
import { guidOfBytes } from "./guid_bytes.ts";
import { roleOf } from "./field_roles.ts";

const HEAD = /^\s*(?:Windows Registry Editor Version 5\.00|REGEDIT4)\s*\n/i;
const VALUE = /^(\s*(?:"(?:[^"\\]|\\.){1,255}"|@)\s*=\s*)hex(?:\(([0-9a-f]{1,2})\))?:(.*)$/i;
const GUID_BYTES = 16;

/**
 * Unpacks.
 *
 * @param text As `normalizeText` gives it.
 * @returns As many lines, bytes that are text written as text; `null` when it is no registry export.
 */
export function unpackRegistry(text: string): string | null {
  if (!HEAD.test(text.slice(0, 200))) return null;
  const out: string[] = [];
  const lines = text.split("\n");
  // lines that went into a value above: they follow where the registry key ends, so that its values stay together
  let owed = 0;
  const pay = (): void => {
    while (owed > 0) owed = out.push("") && owed - 1;
  };
  for (let line = 0; line < lines.length; line++) {
    const pieces = [lines[line] ?? ""];
    const isBytes = /=\s*hex/i.test((lines[line] ?? "").slice(0, 300));
    while (isBytes && pieces.at(-1)?.endsWith("\\") && line + 1 < lines.length) {
      line++;
      owed++;
      pieces.push((lines[line] ?? "").trim());
    }
    const whole = pieces.length === 1
      ? pieces[0] ?? ""
      : pieces.map((piece) => piece.replace(/\\$/, "")).join("");
    if (whole.trim() === "" || whole.startsWith("[")) pay();
    out.push(withText(whole));
  }
  pay();
  return out.join("\n");
}

function withText(line: string): string {
  const [, name, type, list] = VALUE.exec(line) ?? [];
  if (name === undefined || list === undefined) return line;
  const bytes = Uint8Array.from(
    list.split(",").filter((part) => part.trim() !== ""),
    (part) => Number.parseInt(part, 16) || 0,
  );
  if (bytes.length === GUID_BYTES && roleOf(plainName(name)) === "key-id") {
    return `${name}"${guidOfBytes(bytes)}"`;
  }
  const isWide = type !== undefined || (bytes.length > 1 && bytes[1] === 0);
  const text = withoutEnd(new TextDecoder(isWide ? "utf-16le" : "windows-1252").decode(bytes));
  // several texts of one value part at noughts
  return /[^\0\t\n\r\x20-\uffff]/.test(text) ? line : `${name}"${text.replace(/[\0\r\n]+/g, " ")}"`;
}

/** Without the noughts at its end, by hand: a pattern looks for the end from each of them, wherever it stands. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}
