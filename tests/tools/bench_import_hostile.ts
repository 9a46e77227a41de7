/** Texts that are made to take long, or to fill the memory. */

import { idOf, keyOf } from "../helpers/key_texts.ts";

/** A text of any length: what it begins with, and its parts by their numbers. */
export interface HostileText {
  readonly head: string;
  readonly part: (number: number) => string;
}

const again = (part: string, head = ""): HostileText => ({ head, part: () => part });
const each = (part: (number: number) => string, head = ""): HostileText => ({ head, part });

/** Digits of which no two numbers below 2^32 give the same. */
function digitsOf(number: number): string {
  const group = (value: number): string => String((value % 65_536) * 11).padStart(6, "0");
  return `${group(number)}-${group(number >>> 16)}-${keyOf(number).slice(14)}`;
}

const MAIL = "MIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: ";
const XML = '<?xml version="1.0"?>\n';
const COLUMNS = 1000;

function row(cell: (column: number) => string): string {
  return `${Array.from({ length: COLUMNS }, (_, column) => cell(column)).join(",")}\n`;
}

/** By what they are made of. */
export const HOSTILE: Readonly<Record<string, HostileText>> = {
  "one letter": again("a"),
  "one digit": again("7"),
  "numbers": again("1234567 "),
  "halves of keys": again("123456-123456-123456 "),
  "hyphens": again("-1111"),
  "open brackets": again("[{"),
  "quotes": again('"'),
  "tags": again("<b>"),
  "soft hyphens": again("\u00ad"),
  "keys without end": each((n) => `${digitsOf(n)}-`),
  "keys on one line": each((n) => `${digitsOf(n)};`),
  "keys on lines": each((n) => `${digitsOf(n)}\n`),
  "GUIDs": each((n) => `${idOf(n)} `),
  "Key IDs": again(`${idOf(1)} `),
  "Key IDs on lines": each((n) => `Key ID: ${idOf(n)}\n`),
  "Key IDs in a table": each((n) => `${idOf(n)},\n`, "Key ID,PC\n"),
  "pairs on lines": each((n) => `${idOf(n)} ${digitsOf(n)}\n`),
  "two keys a Key ID": each((n) => `${idOf(n >> 1)} ${digitsOf(n)}\n`),
  "wrong keys": each((n) => `${digitsOf(n).slice(0, 49)}000001\n`),
  "two layouts in turn": each((n) =>
    n % 2 === 0 ? `Key ID: ${idOf(n)} Key: ${digitsOf(n)}\n` : `${digitsOf(n)};${idOf(n)};PC-${n}\n`
  ),
  "keys in JSON": each((n) => `{"id":"${idOf(n)}","key":"${digitsOf(n)}"},`),
  "deep JSON": each((n) => `${'{"a":['.repeat(1000)}"${digitsOf(n)}"${"]}".repeat(1000)}\n`),
  "deep XML": each((n) => `${"<a>".repeat(1000)}${digitsOf(n)}${"</a>".repeat(1000)}`, XML),
  "comments": each((n) => `${"<!--".repeat(1000)}${digitsOf(n)}`, XML),
  "cells without end": each((n) => `<tr><td>${idOf(n)}<td>${digitsOf(n)}`, "<html><table>"),
  "blanks in a page": each((n) => `${" ".repeat(2000)}${digitsOf(n)}`, "<html>"),
  "soft breaks": each(
    (n) => `=3D=\n${digitsOf(n).slice(0, 30)}=\n${digitsOf(n).slice(30)}\n`,
    `${MAIL}quoted-printable\n\n`,
  ),
  "base64": again(`${"VGhpcyBpcyBubyBrZXku".repeat(3)}\n`, `${MAIL}base64\n\n`),
  "many columns": each(
    (n) => row((column) => (column === 5 ? idOf(n) : column === 9 ? digitsOf(n) : "")),
    row((column) => (column === 5 ? "Key ID" : column === 9 ? "Recovery key" : `c${column}`)),
  ),
  "one column": each((n) => `${digitsOf(n)}\n`, "Recovery key\n"),
  "noughts of a registry": again('"a"=hex(1):00,00,\\\n', "Windows Registry Editor Version 5.00\n\n"),
};

/** Of a write. */
const PIECE = 1024 * 1024;

/**
 * Writes a text.
 *
 * @param path Where to.
 * @param text Which.
 * @param bytes At least so many.
 */
export async function writeHostile(path: string, { head, part }: HostileText, bytes: number): Promise<void> {
  using file = await Deno.open(path, { write: true, create: true, truncate: true });
  let waiting = head;
  for (let number = 0, done = 0; done < bytes; number++) {
    waiting += part(number);
    if (waiting.length < PIECE && done + waiting.length < bytes) continue;
    const piece = new TextEncoder().encode(waiting);
    for (let at = 0; at < piece.length;) at += await file.write(piece.subarray(at));
    done += piece.length;
    waiting = "";
  }
}
