/** Prints screens of manage-bde in any language, and damages them as their way to a file or a web page does. */

import type { ConsoleWords } from "./console_words.ts";

/** What a screen is to say; numbers are places in {@link ConsoleWords}. */
export interface ScreenState {
  readonly drive: string;
  /** `null`: it cannot be read. */
  readonly label: string | null;
  readonly conversion: number | null;
  /** As it is printed, without its sign. */
  readonly percent: string;
  readonly method: string | null;
  readonly protection: number;
  /** The types below the last field; -1 is the TPM. */
  readonly protectors: readonly number[];
  readonly isData?: boolean;
}

/** One protector's block. */
export interface ScreenBlock {
  /** Place in {@link ConsoleWords.protectors}; -1 is the TPM. */
  readonly type: number;
  readonly id: string;
  /** Digits, a thumbprint, PCRs, the name of a file; none for a locked volume. */
  readonly lines?: readonly string[];
}

const nameOf = (words: ConsoleWords, type: number): string => type < 0 ? "TPM" : words.protectors[type] ?? "";
const headerOf = (words: ConsoleWords, drive: string, label: string | null): string =>
  `${words.volume.replace("#", drive)} [${label ?? words.noLabel}]`;

/** Prints a volume's part of `manage-bde -status`. */
export function printStatus(words: ConsoleWords, state: ScreenState): string {
  const { labels, conversions, protections, locks, none } = words;
  const unknown = protections[2] ?? "";
  const values = [
    "118,16 GB",
    state.method === null ? none[0] : "2.0",
    state.conversion === null ? unknown : conversions[state.conversion],
    `${state.conversion === null ? unknown : state.percent}%`,
    state.method ?? none[0],
    protections[state.protection],
    locks[state.conversion === null ? 1 : 0],
    state.method === null ? none[0] : unknown,
    ...(state.isData ? [unknown] : []),
    state.protectors.length === 0 ? none[1] : "",
  ];
  const names = state.isData ? labels : labels.toSpliced(8, 1);
  const width = Math.max(...names.map((name) => name.length)) + 2;
  return [
    headerOf(words, state.drive, state.label),
    "[OS]",
    "",
    ...names.map((name, at) => `    ${`${name}:`.padEnd(width)}${values[at] ?? ""}`.trimEnd()),
    ...state.protectors.map((type) => `        ${nameOf(words, type)}`),
    "",
  ].join("\n");
}

/** Prints what `manage-bde -protectors -get` says. */
export function printProtectors(
  words: ConsoleWords,
  volume: { readonly drive: string; readonly label: string | null; readonly blocks: readonly ScreenBlock[] },
): string {
  const heading = words.none[2] ?? "";
  const error = volume.blocks.length === 0 ? ["", words.none[3] ?? ""] : [];
  return [
    headerOf(words, volume.drive, volume.label),
    heading,
    ...volume.blocks.flatMap(({ type, id, lines = [] }) => [
      "",
      `    ${nameOf(words, type)}:`,
      `      ID: {${id}}`,
      ...(lines.length === 0 ? [] : [`      ${words.protectors[1]}:`]),
      ...lines.map((line) => `        ${line}`),
    ]),
    ...error,
    "",
  ].join("\n");
}

const withoutAccents = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "");

/** Damages that leave every word readable. */
export const DAMAGES: Readonly<Record<string, (text: string) => string>> = {
  none: (text) => text,
  "two blanks more": (text) => text.replace(/^/gm, "  "),
  "no indentation": (text) => text.replace(/^[ \t]+/gm, ""),
  "first indentation lost": (text) => text.replace(/^ {4}(?=\S)/m, ""),
  "half the indentation": (text) => text.replace(/^ +/gm, (blanks) => " ".repeat(blanks.length / 2)),
  "tabs": (text) => text.replace(/^ {4}/gm, "\t"),
  "no blank lines": (text) => text.replace(/\n\n+/g, "\n"),
  "blank lines between all": (text) => text.replace(/\n(?=.)/g, "\n\n"),
  "blanks at the ends": (text) => text.replace(/$/gm, "  "),
  "no-break spaces": (text) =>
    text.replace(/(?<=\S) +(?=:)|^ {2}/gm, (blanks) => "\u00a0".repeat(blanks.length)),
  "a mail's quote": (text) => text.replace(/^/gm, "> "),
  "a comment": (text) => text.replace(/^/gm, "# "),
  "a code block": (text) => `Some words before:\n\n\`\`\`text\n${text}\`\`\`\n\nAnd after.\n`,
  "prompts": (text) => `PS C:\\Users\\Ann> manage-bde -x\n${text}\nPS C:\\Users\\Ann> `,
  "carriage returns": (text) => text.replace(/\n/g, "\r\n"),
  "header and sort on one line": (text) => text.replace(/\]\n\[OS\]/g, "] [OS]"),
};

/** Damages of letters; Latin ones only, since nothing is left of the others. */
export const SPOILS: Readonly<Record<string, (text: string) => string>> = {
  "letters lost": (text) => text.replace(/[\u0080-\uffff]/g, "?"),
  "letters replaced": (text) => text.replace(/[\u0080-\uffff]/g, "\ufffd"),
  "accents lost": withoutAccents,
  "UTF-8 taken for Windows-1252": (text) => {
    const page = new TextDecoder("windows-1252");
    return text.replace(/[\u0080-\uffff]/g, (letter) => page.decode(new TextEncoder().encode(letter)));
  },
};
