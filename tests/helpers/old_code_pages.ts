/** Writes text in the code pages that consoles and Notepad used before Unicode. */

import { OEM_PAGES } from "../../lib/core/import/code_pages.ts";

/** Windows' numbers of code pages, and how they are decoded. */
const DECODERS = {
  437: "cp437",
  850: "cp850",
  852: "cp852",
  866: "ibm866",
  932: "shift_jis",
  936: "gbk",
  949: "euc-kr",
  1252: "windows-1252",
} as const;

/** Windows' number of a code page. */
export type CodePage = keyof typeof DECODERS;

/** All of them. */
export const OLD_CODE_PAGES: readonly CodePage[] = Object.keys(DECODERS).map((page) =>
  Number(page) as CodePage
);

const tables = new Map<CodePage, ReadonlyMap<string, readonly number[]>>();

/**
 * Writes a text in a code page.
 *
 * @param text Any.
 * @param page Which.
 * @returns Its bytes; `null` where the page lacks a letter of it.
 */
export function inCodePage(text: string, page: CodePage): Uint8Array<ArrayBuffer> | null {
  const table = tables.get(page) ?? tableOf(page);
  tables.set(page, table);
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.charCodeAt(0);
    const wanted = code < 128 ? [code] : table.get(letter);
    if (wanted === undefined) return null;
    bytes.push(...wanted);
  }
  return Uint8Array.from(bytes);
}

/** The decoder's own table, turned round: what several bytes give is written with the first of them. */
function tableOf(page: CodePage): ReadonlyMap<string, readonly number[]> {
  const name = DECODERS[page];
  const oem = OEM_PAGES[name];
  const table = new Map<string, readonly number[]>();
  const decoder = oem === undefined ? new TextDecoder(name) : null;
  const add = (bytes: readonly number[]): void => {
    const letter = decoder?.decode(Uint8Array.from(bytes)) ?? oem?.[(bytes[0] ?? 0) - 128] ?? "";
    if (letter.length === 1 && letter !== "\ufffd" && !table.has(letter)) table.set(letter, bytes);
  };
  for (let first = 128; first < 256; first++) {
    add([first]);
    for (let second = 64; [932, 936, 949].includes(page) && second < 255; second++) add([first, second]);
  }
  return table;
}
