/** Makes a folder of all sorts of files in which a few keys lie, the same at every run: what `import` is measured on. */

import { ageSealer } from "../../lib/effects/age_sealer.ts";
import { FORMS, idOf, keyOf } from "../helpers/key_texts.ts";

/** A folder that was made. */
export interface MixedFolder {
  /** Of all files, in bytes. */
  readonly bytes: number;
  /** How many files. */
  readonly files: number;
  /** How many keys with digits, each once. */
  readonly keys: number;
}

/** How to make it. */
export interface MixedFolderOptions {
  /** Path of a new folder. */
  readonly folder: string;
  /** About how large it is to be. */
  readonly megabytes: number;
  /** What its sealed files are sealed to: an `age1…`. */
  readonly recipient: string;
}

/** Numbers that look like chance (xorshift, Marsaglia 2003). */
class Chance {
  #state = 0x9e3779b9;

  /** Gives a whole number from 0 to below `limit`. */
  below(limit: number): number {
    let one = this.#state;
    one ^= one << 13;
    one ^= one >>> 17;
    one ^= one << 5;
    this.#state = one >>> 0;
    return this.#state % limit;
  }

  /** Gives bytes of any value. */
  bytes(length: number): Uint8Array {
    const words = new Uint32Array(Math.ceil(length / 4));
    for (let at = 0; at < words.length; at++) words[at] = this.below(2 ** 32);
    return new Uint8Array(words.buffer, 0, length);
  }

  /** Gives one of a list. */
  of<T>(all: readonly T[]): T {
    const one = all[this.below(all.length)];
    if (one === undefined) throw new Error("Cannot choose from an empty list");
    return one;
  }
}

const WORDS = (
  "the service started with user session request from host and was closed after file not found in queue while " +
  "reading table index for order invoice customer meeting notes draft please check version server backup of disk"
).split(" ");

/** Texts of one kind, from a number of lines on. */
type Lines = (chance: Chance, line: number) => string;

const hex = (chance: Chance, digits: number): string =>
  chance.below(2 ** 32).toString(16).padStart(8, "0").slice(0, digits);
const words = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => chance.of(WORDS)).join(" ");
const two = (number: number): string => String(number).padStart(2, "0");
const time = (line: number): string =>
  `2024-0${1 + line % 9}-${two(1 + line % 28)} ${two(line % 24)}:${two(line % 60)}:${two(line % 59)}`;

const LOG: Lines = (chance, line) =>
  `${time(line)},${chance.below(1000)} INFO [worker-${chance.below(16)}] ${words(chance, 9)} id=${
    chance.below(10 ** 8)
  } took ${chance.below(5000)} ms\n`;
const TABLE: Lines = (chance, line) =>
  line === 0
    ? "order,customer,date,amount,city,comment\n"
    : `${100_000 + line},${chance.of(WORDS)} ${chance.of(WORDS)},${time(line)},${chance.below(99_999)}.${
      two(chance.below(100))
    },${chance.of(WORDS)},"${words(chance, 5)}"\n`;
const JSON_LINES: Lines = (chance, line) =>
  `{"time":"${time(line)}","level":"info","trace":"${hex(chance, 8)}${hex(chance, 8)}","text":"${
    words(chance, 8)
  }","bytes":${chance.below(10 ** 7)},"ok":true}\n`;
const PROSE: Lines = (chance, line) =>
  line % 7 === 6 ? "\n" : `${words(chance, 12)}, ${words(chance, 6)}. Über ${chance.of(WORDS)}\n`;
const PAGE: Lines = (chance, line) =>
  line === 0
    ? "<!DOCTYPE html><html><head><title>x</title></head><body>\n"
    : `<p class="c${chance.below(9)}">${words(chance, 14)} <a href="/p/${chance.below(9999)}">${
      words(chance, 2)
    }</a></p>\n`;

/** Beginnings of pictures, archives and documents; the last has none that anybody knows. */
const BINARY: readonly (readonly [string, readonly number[]])[] = [
  ["jpg", [0xff, 0xd8, 0xff, 0xe0]],
  ["zip", [0x50, 0x4b, 3, 4]],
  ["pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["bin", [0, 1, 2, 0]],
];

/** A text is made from so much of itself over and over: to make it is not what is measured. */
const PATTERN_BYTES = 1024 * 1024;
const MB = 1024 * 1024;

/**
 * Makes the folder.
 *
 * @param options Where, how large, for whom.
 * @returns What is in it.
 */
export async function makeMixedFolder(options: MixedFolderOptions): Promise<MixedFolder> {
  const { folder, megabytes, recipient } = options;
  const chance = new Chance();
  const sealer = ageSealer();
  let [bytes, files, keys] = [0, 0, 0];
  const write = async (name: string, content: Uint8Array): Promise<void> => {
    const path = `${folder}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(path, content);
    bytes += content.length;
    files++;
  };
  const form = (number: number): string => {
    const all = Object.entries(FORMS).filter(([name]) => name !== "event");
    return all[number % all.length]?.[1](number) ?? "";
  };
  const share = (part: number): number => Math.round(megabytes * part * MB);
  const texts = async (name: string, lines: Lines, sizes: readonly number[]): Promise<void> => {
    const pattern = patternOf(chance, lines);
    for (const [at, size] of sizes.entries()) {
      await write(`${name}/${at % 8}/${at}.txt`, repeated(pattern, size, chance));
    }
  };
  const split = (size: number, count: number): readonly number[] =>
    Array.from({ length: count }, () => Math.round(size / count));
  const many = (size: number, each: number): readonly number[] =>
    split(size, Math.max(1, Math.round(size / each)));

  await texts("logs", LOG, [share(0.1), ...split(share(0.15), 20)]);
  await texts("tables", TABLE, split(share(0.12), 12));
  await texts("json", JSON_LINES, split(share(0.1), 5));
  await texts("notes", PROSE, many(share(0.08), 6000));
  await texts("pages", PAGE, many(share(0.04), 20_000));
  const wide = wideBytes(new TextDecoder().decode(repeated(patternOf(chance, LOG), share(0.035), chance)));
  await write("wide/log.txt", wide);
  for (const [at, size] of many(share(0.3), 1.5 * MB).entries()) {
    const [ending, start] = chance.of(BINARY);
    const content = chance.bytes(size);
    content.set(start);
    await write(`pictures/${"deep/".repeat(at % 30)}${at}.${ending}`, content);
  }
  for (let at = 0; at < megabytes; at++) {
    const text = form(keys++);
    await write(`keys/${at % 50}/${at}.txt`, at % 3 === 0 ? wideBytes(text) : new TextEncoder().encode(text));
  }
  for (let at = 0; at < megabytes / 20; at++) {
    const plain = new TextEncoder().encode(form(keys++));
    await write(`sealed/${at}.txt.age`, await sealer.seal(plain, [recipient]));
  }
  const rows = Array.from(
    { length: megabytes * 5 },
    (_, row) => `PC-${row},C:,${idOf(keys + row)},${keyOf(keys + row)},${time(row)}`,
  );
  keys += rows.length;
  await write(
    "export.csv",
    new TextEncoder().encode(`PC,Drive,Key ID,Recovery key,Date\n${rows.join("\n")}\n`),
  );
  return { bytes, files, keys };
}

function patternOf(chance: Chance, lines: Lines): Uint8Array {
  let text = "";
  for (let line = 0; text.length < PATTERN_BYTES; line++) text += lines(chance, line);
  return new TextEncoder().encode(text);
}

/** The head of the pattern, then the pattern from anywhere on, again and again. */
function repeated(pattern: Uint8Array, size: number, chance: Chance): Uint8Array {
  const bytes = new Uint8Array(size);
  const half = Math.floor(pattern.length / 2);
  const head = Math.min(size, half);
  bytes.set(pattern.subarray(0, head));
  for (let at = head; at < size;) {
    const from = pattern.indexOf(10, chance.below(half)) + 1;
    const piece = pattern.subarray(from, from + size - at);
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** UTF-16 with a byte order mark. */
function wideBytes(text: string): Uint8Array {
  const units = new Uint16Array(text.length + 1);
  units[0] = 0xfeff;
  for (let at = 0; at < text.length; at++) units[at + 1] = text.charCodeAt(at);
  return new Uint8Array(units.buffer);
}
