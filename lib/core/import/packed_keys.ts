/** Packs keys into numbers: 8 bytes, and 16 for a Key ID, 16 for the digits. */

import { packDigits, PACKED_WORDS, packId, packShortId, unpackDigits, unpackId } from "./pack_key.ts";
import { PackedDetails } from "./packed_details.ts";
import { PartHash } from "./part_hash.ts";
import type { FoundKey } from "./model.ts";

/** Of a record, in 32-bit words: forms, marks and number of the detail; line; Key ID, digits. */
const [HEAD, LINE, PARTS] = [0, 1, 2] as const;
/** 256 KB: where blocks are added, nothing is copied to grow. */
const BLOCK = 2 ** 16;
const LONGEST = PARTS + 2 * PACKED_WORDS;

/** How a Key ID or digits are kept: not at all, packed, as the number of a text, or as eight hexadecimal digits. */
const [NONE, PACKED, SHARED, SHORT] = [0, 1, 2, 3] as const;
const FORM_BITS = 2;
/** Of both forms. */
const FORMS = 2 ** (2 * FORM_BITS) - 1;
const MARK_BIT = 2 * FORM_BITS;
const DETAIL_BIT = MARK_BIT + 2;

/** Which of the two parts of a key. */
export type KeyPart = "id" | "digits";

/** What a key may be marked as: a pair beside another of its Key ID, or one that does not count beside others. */
export type KeyMark = "contradicted" | "needless";

/** Keys by their places, which are numbers that grow. */
export class PackedKeys {
  readonly #blocks: Uint32Array[] = [];
  /** Words of each block that are in use. */
  readonly #used: number[] = [];
  readonly #details = new PackedDetails();
  readonly #hash: PartHash;
  /** Words of the draft. */
  #drafted = 0;

  /**
   * Makes an empty list.
   *
   * @param seed Any whole number below 2^32: who does not know it cannot make keys of one hash.
   */
  constructor(seed: number) {
    this.#hash = new PartHash(seed);
  }

  /** Memory that is in use, in bytes. */
  get bytes(): number {
    return this.#blocks.length * BLOCK * Uint32Array.BYTES_PER_ELEMENT + this.#details.bytes;
  }

  /**
   * Writes the two parts of a key behind all others, where the next draft takes its place unless it is kept.
   *
   * @param keyId Its Key ID.
   * @param recoveryPassword Its digits.
   * @returns Its place.
   */
  draft(keyId: string | null, recoveryPassword: string | null): number {
    if (this.#blocks.length === 0 || (this.#used.at(-1) ?? 0) + LONGEST > BLOCK) {
      this.#blocks.push(new Uint32Array(BLOCK));
      this.#used.push(0);
    }
    const from = this.#used.at(-1) ?? 0;
    const words = this.#blocks.at(-1) ?? NO_WORDS;
    const id = this.#pack("id", keyId, words.subarray(from + PARTS));
    const digitsFrom = from + PARTS + WORDS_OF_FORM[id];
    const digits = this.#pack("digits", recoveryPassword, words.subarray(digitsFrom));
    words[from + HEAD] = id | digits << FORM_BITS;
    this.#drafted = digitsFrom + WORDS_OF_FORM[digits] - from;
    return (this.#blocks.length - 1) * BLOCK + from;
  }

  /**
   * Keeps the draft.
   *
   * @param key What else is known of it.
   */
  keep(key: FoundKey): void {
    const block = this.#blocks.length - 1;
    const from = this.#used[block] ?? 0;
    const words = this.#blocks[block] ?? NO_WORDS;
    words[from + HEAD] = ((words[from + HEAD] ?? 0) & FORMS) | this.#details.add(key) << DETAIL_BIT;
    words[from + LINE] = key.line ?? 0;
    this.#used[block] = from + this.#drafted;
  }

  /**
   * Changes what is known of a key beside its parts and its line.
   *
   * @param at Its place.
   * @param key All of it.
   */
  describe(at: number, key: FoundKey): void {
    const words = this.#words(at);
    const from = at % BLOCK;
    const kept = (words[from + HEAD] ?? 0) & (2 ** DETAIL_BIT - 1);
    words[from + HEAD] = kept | this.#details.add(key) << DETAIL_BIT;
  }

  /**
   * Goes through the places of all keys, in the order in which they were kept.
   *
   * @returns Their places.
   */
  *places(): Generator<number, void, undefined> {
    for (const [block, words] of this.#blocks.entries()) {
      for (let from = 0; from < (this.#used[block] ?? 0);) {
        yield block * BLOCK + from;
        const head = words[from + HEAD] ?? 0;
        from += PARTS + WORDS_OF_FORM[formOf(head, "id")] + WORDS_OF_FORM[formOf(head, "digits")];
      }
    }
  }

  /**
   * Reads a key back.
   *
   * @param at Its place.
   * @returns The key; its strings are new and keep nothing else in memory.
   */
  read(at: number): FoundKey {
    const words = this.#words(at);
    const from = at % BLOCK;
    const line = words[from + LINE] ?? 0;
    const { drive, pairing, reason, host, date } = this.#details.get(
      (words[from + HEAD] ?? 0) >>> DETAIL_BIT,
    );
    return {
      keyId: this.#unpack(at, "id"),
      recoveryPassword: this.#unpack(at, "digits"),
      drive,
      pairing,
      reason,
      line: line === 0 ? null : line,
      host,
      date,
    };
  }

  /**
   * Tells whether a key has a part.
   *
   * @param at Its place.
   * @param part Which.
   * @returns Whether it is not `null`.
   */
  has(at: number, part: KeyPart): boolean {
    return formOf(this.#words(at)[at % BLOCK] ?? 0, part) !== NONE;
  }

  /**
   * Marks a key, or takes its mark away.
   *
   * @param at Its place.
   * @param mark Which mark.
   * @param isSet Whether it is marked from now on.
   */
  mark(at: number, mark: KeyMark, isSet: boolean): void {
    const words = this.#words(at);
    const head = words[at % BLOCK] ?? 0;
    words[at % BLOCK] = isSet ? head | bitOf(mark) : head & ~bitOf(mark);
  }

  /**
   * Tells whether a key is marked.
   *
   * @param at Its place.
   * @param mark Which mark.
   * @returns Whether it is.
   */
  isMarked(at: number, mark: KeyMark): boolean {
    return ((this.#words(at)[at % BLOCK] ?? 0) & bitOf(mark)) !== 0;
  }

  /**
   * Hashes a part of a key.
   *
   * @param at Its place.
   * @param part Which.
   * @returns A whole number below 2^32.
   */
  hash(at: number, part: KeyPart): number {
    const [from, to] = this.#rangeOf(at, part);
    return this.#hash.of(this.#words(at), from, to);
  }

  /**
   * Tells whether two keys have the same part, or both none.
   *
   * @param one A place.
   * @param other Another.
   * @param part Which.
   * @returns Whether they have.
   */
  isSame(one: number, other: number, part: KeyPart): boolean {
    const [words, others] = [this.#words(one), this.#words(other)];
    if (formOf(words[one % BLOCK] ?? 0, part) !== formOf(others[other % BLOCK] ?? 0, part)) return false;
    const [from, to] = this.#rangeOf(one, part);
    const [start] = this.#rangeOf(other, part);
    for (let word = from; word < to; word++) {
      if (words[word] !== others[start + word - from]) return false;
    }
    return true;
  }

  #words(at: number): Uint32Array {
    return this.#blocks[Math.floor(at / BLOCK)] ?? NO_WORDS;
  }

  #rangeOf(at: number, part: KeyPart): readonly [from: number, to: number] {
    const head = this.#words(at)[at % BLOCK] ?? 0;
    const middle = at % BLOCK + PARTS + WORDS_OF_FORM[formOf(head, "id")];
    return part === "id"
      ? [at % BLOCK + PARTS, middle]
      : [middle, middle + WORDS_OF_FORM[formOf(head, "digits")]];
  }

  #pack(part: KeyPart, text: string | null, into: Uint32Array): Form {
    if (text === null) return NONE;
    if (part === "id" ? packId(text, into) : packDigits(text, into)) return PACKED;
    if (part === "id" && packShortId(text, into)) return SHORT;
    into[0] = this.#details.share(text);
    return SHARED;
  }

  #unpack(at: number, part: KeyPart): string | null {
    const words = this.#words(at);
    const [from, to] = this.#rangeOf(at, part);
    switch (formOf(words[at % BLOCK] ?? 0, part)) {
      case NONE:
        return null;
      case PACKED:
        return part === "id" ? unpackId(words.subarray(from, to)) : unpackDigits(words.subarray(from, to));
      case SHARED:
        return this.#details.shared(words[from] ?? 0);
      case SHORT:
        return unpackId(words.subarray(from, to));
    }
  }
}

type Form = typeof NONE | typeof PACKED | typeof SHARED | typeof SHORT;

const WORDS_OF_FORM: Readonly<Record<Form, number>> = [0, PACKED_WORDS, 1, 1];
const NO_WORDS = new Uint32Array(0);

function formOf(head: number, part: KeyPart): Form {
  const form = (part === "id" ? head : head >>> FORM_BITS) & 3;
  return form === NONE ? NONE : form === PACKED ? PACKED : form === SHARED ? SHARED : SHORT;
}

function bitOf(mark: KeyMark): number {
  return 1 << MARK_BIT + (mark === "contradicted" ? 0 : 1);
}
