/**
 * Reads what the tab of Active Directory's console shows of a key: digits first, then PC and date, the Key ID last. It is
 * the one form with digits above their Key ID and lines between; so nothing but these four names may stand there,
 * IDs that are called others', and lines without letters.
 */

import { plainName } from "./field_words.ts";
import { type Found, foundKey } from "./found.ts";
import type { FoundKey } from "./model.ts";
import { roleOf } from "./field_roles.ts";
import { firstFrom, type KeyToken, type Token } from "./scan_tokens.ts";
import { lineAt, type TextLines } from "./text_lines.ts";

/** Four names with their values below them. */
const MOST_LINES = 10;
/** With blank lines between. */
const MOST_WITH_BLANK = 100;
const LONGEST = 200;
const LABEL = /^\s{0,80}([^:\n]{2,60}?)\s{0,8}:\s*(.*)$/u;

/** "Password ID" in the languages of the console. */
const PASSWORD_ID = new RegExp(
  ("password passwor kennwort passwort motdepasse contraseñ senha palavrapasse wachtwoord lösenord adgangskode passord salasana " +
    "hasł hesl jelsz парол şifre parol lozink gesl κωδικ סיסמ كلمة รหัสผ่าน mậtkhẩu 密码 密碼 パスワード 암호")
    .split(" ").map(plainName)
    .join("|"),
  "u",
);

/**
 * Reads all such blocks.
 *
 * @param doc The text; the lines of blocks are taken.
 * @param tokens Of the text.
 * @param found Gets their keys.
 */
export function readPasswordTab(doc: TextLines, tokens: readonly Token[], found: Found): void {
  for (let line = 0; line < doc.lines.length; line++) {
    const text = doc.lines[line] ?? "";
    if (doc.taken[line] === 1 || text.length > LONGEST || !text.includes(":")) continue;
    const label = LABEL.exec(text)?.[1];
    if (label === undefined || roleOf(label) !== "recovery-key") continue;
    const end = readBlock(doc, tokens, line, found);
    if (end !== null) line = end - 1;
  }
}

/** @returns Behind its last line; `null` when it is none. */
function readBlock(
  doc: TextLines,
  tokens: readonly Token[],
  from: number,
  found: Found,
): number | null {
  let key: KeyToken | null = null;
  let host: string | null = null;
  let date: string | null = null;
  let name = "";
  let lines = 0;
  for (let line = from; line < Math.min(doc.lines.length, from + MOST_WITH_BLANK); line++) {
    const text = doc.lines[line] ?? "";
    if (doc.taken[line] === 1 || text.length > LONGEST) return null;
    if (text.trim() === "") continue;
    if (++lines > MOST_LINES) return null;
    const begin = doc.starts[line] ?? 0;
    const at = firstFrom(tokens, begin);
    const [token, next] = [tokens[at], tokens[at + 1]].map((one) =>
      one === undefined || one.start > begin + text.length ? undefined : one
    );
    if (next !== undefined) return null;
    // the number of a page, the second half of a date
    if (token === undefined && !/\p{L}/u.test(text)) continue;
    const before = token === undefined ? text : text.slice(0, token.start - begin);
    const [, label, value = ""] = LABEL.exec(before) ?? [];
    const last = token === undefined ? line : lineAt(doc, token.end - 1);
    const rest = token === undefined ? "" : restOf(doc, token.end, last).trim();
    if (label !== undefined) name = token === undefined ? label : lastLabel(before);
    const content = (label === undefined ? before : value).trim();
    const role = roleOf(name);
    if (token?.sort === "key") {
      const again = key !== null && key.password === token.password;
      if ((key !== null && !again) || role !== "recovery-key") return null;
      key = token;
      // a line end within the digits, or none behind them
      line = last;
      const [, nextLabel = "", nextValue = ""] = LABEL.exec(rest) ?? [];
      if (roleOf(nextLabel) === "pc") host ??= nextValue;
    } else if (token !== undefined) {
      if (role === "other-id") continue;
      // the number of a page may have come behind it
      const isLast = token.id !== "" && /^\d{0,6}$/.test(rest);
      if (key === null || !isLast || (host === null && date === null)) return null;
      if (role !== "key-id" || !PASSWORD_ID.test(plainName(name))) return null;
      add({ keyId: token.id, host, date, line: from + 1 }, key, found);
      for (let at = from; at <= line; at++) doc.taken[at] = 1;
      return line + 1;
    } else if (role === "pc") host ??= content === "" ? null : content;
    else if (role === "date") date ??= content === "" ? null : content;
    else if (line > from && !(role === "key-id" && content === "")) return null;
  }
  return null;
}

/** Of a line, what stands behind a place. */
function restOf({ lines, starts }: TextLines, end: number, line: number): string {
  return (lines[line] ?? "").slice(end - (starts[line] ?? 0));
}

/** With digits that are none it is a block too: its Key ID is not that of the digits below. */
function add(facts: Partial<FoundKey>, { password, problem }: KeyToken, found: Found): void {
  if (problem !== null) found.refused.push({ line: facts.line ?? null, ...problem });
  found.keys.push(foundKey({
    ...facts,
    recoveryPassword: password,
    pairing: password === null ? "none" : "block",
    reason: password === null ? "its digits are no recovery key" : null,
  }));
  found.kinds.push("active-directory");
}

/** Where a line end was lost, another field stands before. */
function lastLabel(before: string): string {
  return before.replace(/\s*:?\s*\{?$/, "").split(":").at(-1) ?? "";
}
