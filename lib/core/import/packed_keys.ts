/** Packs keys into numbers: 16 bytes for a Key ID, 16 for the digits, 20 for the rest. */

import type { FoundKey, Pairing } from "./model.ts";
import { TextPool } from "./text_pool.ts";

/** Of a record, in 32-bit words: forms and pairing, drive, reason, line, host and date, Key ID, digits. */
const [FORMS, DRIVE, REASON, LINE, TEXT, ID, DIGITS] = [0, 1, 2, 3, 4, 5, 9] as const;
const PACKED_WORDS = 4;
const WORDS = 13;
/** Records of one block: where blocks are added, nothing is copied to grow. */
const BLOCK = 8192;

/** How a Key ID or digits are kept: not at all, packed, or as the number of a text. */
const [NONE, PACKED, SHARED] = [0, 1, 2] as const;

const PAIRINGS: readonly Pairing[] = ["none", "record", "block", "line", "near", "order"];
const GUID = /^[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}$/;
const PASSWORD = /^(?:\d{6}-){7}\d{6}$/;
/** Each group of a recovery password is a multiple of 11 and 16 bits then, see `recovery_password.ts`. */
const FACTOR = 11;
const GROUP_LIMIT = 2 ** 16;

/** Which of the two parts of a key. */
export type KeyPart = "id" | "digits";

/** Keys by their numbers, from 0 on. */
export class PackedKeys {
  readonly #blocks: Uint32Array[] = [];
  readonly #texts = new TextPool();

  /**
   * Writes the two parts of a key, and forgets all else.
   *
   * @param at Its number: at most one more than the last.
   * @param keyId Its Key ID.
   * @param recoveryPassword Its digits.
   */
  write(at: number, keyId: string | null, recoveryPassword: string | null): void {
    if (at === this.#blocks.length * BLOCK) this.#blocks.push(new Uint32Array(BLOCK * WORDS));
    const [words, base] = this.#place(at);
    words.fill(0, base, base + WORDS);
    const id = this.#pack(keyId, words.subarray(base + ID, base + ID + PACKED_WORDS), packId);
    const digits = this.#pack(
      recoveryPassword,
      words.subarray(base + DIGITS, base + DIGITS + PACKED_WORDS),
      packDigits,
    );
    words[base + FORMS] = id | digits << 2;
  }

  /**
   * Writes what else is known of a key.
   *
   * @param at Its number.
   * @param key Of which the two parts are written already.
   */
  describe(at: number, { drive, pairing, reason, line, host, date }: FoundKey): void {
    const [words, base] = this.#place(at);
    words[base + FORMS] = ((words[base + FORMS] ?? 0) & 15) | PAIRINGS.indexOf(pairing) << 4;
    words[base + DRIVE] = this.#texts.share(drive);
    words[base + REASON] = this.#texts.share(reason);
    words[base + LINE] = line ?? 0;
    words[base + TEXT] = this.#texts.add([host, date]);
  }

  /**
   * Reads a key back.
   *
   * @param at Its number.
   * @returns The key; its strings are new and keep nothing else in memory.
   */
  read(at: number): FoundKey {
    const [words, base] = this.#place(at);
    const forms = words[base + FORMS] ?? 0;
    const unpack = (form: number, from: number, unpacked: (packed: Uint32Array) => string): string | null =>
      form === NONE
        ? null
        : form === SHARED
        ? this.#texts.shared(words[from] ?? 0)
        : unpacked(words.subarray(from, from + PACKED_WORDS));
    const [host = null, date = null] = this.#texts.get(words[base + TEXT] ?? 0, 2);
    const line = words[base + LINE] ?? 0;
    return {
      keyId: unpack(forms & 3, base + ID, unpackId),
      recoveryPassword: unpack(forms >> 2 & 3, base + DIGITS, unpackDigits),
      drive: this.#texts.shared(words[base + DRIVE] ?? 0),
      pairing: PAIRINGS[forms >> 4] ?? "none",
      reason: this.#texts.shared(words[base + REASON] ?? 0),
      line: line === 0 ? null : line,
      host,
      date,
    };
  }

  /**
   * Tells whether a key has a part.
   *
   * @param at Its number.
   * @param part Which.
   * @returns Whether it is not `null`.
   */
  has(at: number, part: KeyPart): boolean {
    const [words, base] = this.#place(at);
    return (((words[base + FORMS] ?? 0) >> (part === "id" ? 0 : 2)) & 3) !== NONE;
  }

  /**
   * Hashes a part of a key (FNV-1a, by words).
   *
   * @param at Its number.
   * @param part Which.
   * @returns A whole number below 2^32.
   */
  hash(at: number, part: KeyPart): number {
    const [words, base] = this.#place(at);
    const from = base + (part === "id" ? ID : DIGITS);
    let hash = 0x811c9dc5;
    for (let word = from; word < from + PACKED_WORDS; word++) {
      hash = Math.imul(hash ^ (words[word] ?? 0), 0x01000193);
      hash ^= hash >>> 15;
    }
    return hash >>> 0;
  }

  /**
   * Tells whether two keys have the same part, or both none.
   *
   * @param one A number.
   * @param other Another.
   * @param part Which.
   * @returns Whether they have.
   */
  isSame(one: number, other: number, part: KeyPart): boolean {
    const [words, base] = this.#place(one);
    const [others, otherBase] = this.#place(other);
    const mask = part === "id" ? 3 : 12;
    if ((((words[base + FORMS] ?? 0) ^ (others[otherBase + FORMS] ?? 0)) & mask) !== 0) return false;
    const from = part === "id" ? ID : DIGITS;
    for (let word = from; word < from + PACKED_WORDS; word++) {
      if (words[base + word] !== others[otherBase + word]) return false;
    }
    return true;
  }

  #place(at: number): readonly [Uint32Array, number] {
    return [this.#blocks[Math.floor(at / BLOCK)] ?? EMPTY, at % BLOCK * WORDS];
  }

  #pack(
    text: string | null,
    into: Uint32Array,
    pack: (text: string, into: Uint32Array) => boolean,
  ): number {
    if (text === null) return NONE;
    if (pack(text, into)) return PACKED;
    into.fill(0);
    into[0] = this.#texts.share(text);
    return SHARED;
  }
}

const EMPTY = new Uint32Array(WORDS);

function packId(text: string, into: Uint32Array): boolean {
  if (!GUID.test(text)) return false;
  const hex = text.replaceAll("-", "");
  for (let word = 0; word < PACKED_WORDS; word++) {
    into[word] = parseInt(hex.slice(word * 8, word * 8 + 8), 16);
  }
  return true;
}

function unpackId(packed: Uint32Array): string {
  let hex = "";
  for (let word = 0; word < PACKED_WORDS; word++) hex += (packed[word] ?? 0).toString(16).padStart(8, "0");
  const id = hex.toUpperCase();
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`;
}

/** Digits of a group and its hyphen. */
const GROUP = 7;

function packDigits(text: string, into: Uint32Array): boolean {
  if (!PASSWORD.test(text)) return false;
  for (let word = 0; word < PACKED_WORDS; word++) {
    const one = Number(text.slice(word * 2 * GROUP, word * 2 * GROUP + 6)) / FACTOR;
    const other = Number(text.slice((word * 2 + 1) * GROUP, (word * 2 + 1) * GROUP + 6)) / FACTOR;
    if (!isGroup(one) || !isGroup(other)) return false;
    into[word] = one * GROUP_LIMIT + other;
  }
  return true;
}

function isGroup(value: number): boolean {
  return Number.isInteger(value) && value < GROUP_LIMIT;
}

function unpackDigits(packed: Uint32Array): string {
  let text = "";
  for (let word = 0; word < PACKED_WORDS; word++) {
    const both = packed[word] ?? 0;
    text += `${word === 0 ? "" : "-"}${groupOf(both >>> 16)}-${groupOf(both % GROUP_LIMIT)}`;
  }
  return text;
}

function groupOf(value: number): string {
  return String(value * FACTOR).padStart(6, "0");
}
