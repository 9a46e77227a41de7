/** Keeps what is known of keys beside their parts, in eight bytes and what texts only one of them has. */

import type { FoundKey, Pairing } from "./model.ts";
import { TextPool } from "./text_pool.ts";

/** What is known of a key beside its parts and its line. */
export type Detail = Pick<FoundKey, "drive" | "pairing" | "reason" | "host" | "date">;

const PAIRINGS: readonly Pairing[] = ["none", "record", "block", "line", "near", "order"];
/** 16 KB. */
const BLOCK = 2048;
/** Of a detail: what many keys have in common, and place of the texts that it has alone. */
const WORDS = 2;
/** Bits of the common word: pairing, drive; the rest is the number of the reason, of which there are a few. */
const [DRIVE_BIT, REASON_BIT] = [3, 8] as const;
/** A drive is 0 for none, the place of its letter, or this for another text. */
const OTHER_DRIVE = 31;
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Details by their numbers, from 0 on. */
export class PackedDetails {
  readonly #blocks: Uint32Array[] = [];
  readonly #texts = new TextPool();
  /** Of details without texts of their own: most keys of a text have one of a few. */
  readonly #plain = new Map<number, number>();
  #count = 0;

  /** Memory that is in use, in bytes. */
  get bytes(): number {
    return this.#blocks.length * BLOCK * WORDS * Uint32Array.BYTES_PER_ELEMENT + this.#texts.bytes;
  }

  /**
   * Adds a detail.
   *
   * @param detail All of it.
   * @returns Its number; often that of an equal one.
   */
  add({ drive, pairing, reason, host, date }: Detail): number {
    const letter = letterOf(drive);
    const common = (PAIRINGS.indexOf(pairing) | letter << DRIVE_BIT |
      this.#texts.share(reason) << REASON_BIT) >>> 0;
    const own = this.#texts.add(letter === OTHER_DRIVE ? [host, date, drive] : [host, date]);
    const known = own === 0 ? this.#plain.get(common) : undefined;
    if (known !== undefined) return known;
    const number = this.#count++;
    if (number % BLOCK === 0) this.#blocks.push(new Uint32Array(BLOCK * WORDS));
    const words = this.#blocks.at(-1) ?? NO_WORDS;
    words[number % BLOCK * WORDS] = common;
    words[number % BLOCK * WORDS + 1] = own;
    if (own === 0) this.#plain.set(common, number);
    return number;
  }

  /**
   * Gives a detail back.
   *
   * @param number From {@link PackedDetails.add}.
   * @returns All of it.
   */
  get(number: number): Detail {
    const words = this.#blocks[Math.floor(number / BLOCK)] ?? NO_WORDS;
    const common = words[number % BLOCK * WORDS] ?? 0;
    const letter = common >>> DRIVE_BIT & OTHER_DRIVE;
    const own = this.#texts.get(words[number % BLOCK * WORDS + 1] ?? 0, letter === OTHER_DRIVE ? 3 : 2);
    const [host = null, date = null, drive = null] = own;
    return {
      drive: letter === 0 ? null : letter === OTHER_DRIVE ? drive : `${LETTERS.charAt(letter - 1)}:`,
      pairing: PAIRINGS[common & (2 ** DRIVE_BIT - 1)] ?? "none",
      reason: this.#texts.shared(common >>> REASON_BIT),
      host,
      date,
    };
  }

  /**
   * Shares a text, see {@link TextPool.share}.
   *
   * @param text Any.
   * @returns Its number.
   */
  share(text: string): number {
    return this.#texts.share(text);
  }

  /**
   * Gives a shared text back.
   *
   * @param number From {@link PackedDetails.share}.
   * @returns The text.
   */
  shared(number: number): string | null {
    return this.#texts.shared(number);
  }
}

function letterOf(drive: string | null): number {
  if (drive === null) return 0;
  return /^[A-Z]:$/.test(drive) ? LETTERS.indexOf(drive.charAt(0)) + 1 : OTHER_DRIVE;
}

const NO_WORDS = new Uint32Array(0);
