/** Lets pass what of a large file may hold keys, and what stands around it; of the rest it counts the lines. */

import { type Codes, mayHoldKeys } from "./screen_codes.ts";

/** A piece that passed, or how much did not. */
export interface Sifted {
  /** `null` for what did not pass. */
  readonly codes: Codes | null;
  /** Line ends in what did not pass; 0 for a piece. */
  readonly lines: number;
}

/** So much before and behind what may hold a key passes with it: headings, the name of a PC. */
const UNIT = 64 * 1024;
/** What the border of two units cuts is looked for in so much of each. */
const BORDER = 1024;

interface Unit {
  readonly codes: Codes;
  readonly mayHold: boolean;
}

/** Takes codes in, of any lengths, and gives pieces and gaps out, in order. */
export class PartSieve {
  /** Not decided yet: the unit behind it may want it. */
  #open: Unit | null = null;
  #before = false;

  /**
   * Takes the next codes.
   *
   * @param codes Not to be changed until the next call of this or {@link PartSieve.end} has returned.
   * @param mustPass Whether they pass whatever they hold.
   * @returns What is decided now.
   */
  push(codes: Codes, mustPass: boolean): readonly Sifted[] {
    const out: Sifted[] = [];
    for (let at = 0; at < codes.length; at += UNIT) {
      this.#take(codes.subarray(at, at + UNIT), mustPass, out);
    }
    return out;
  }

  /**
   * Ends the file.
   *
   * @returns What is left.
   */
  end(): readonly Sifted[] {
    const out: Sifted[] = [];
    this.#decide(false, out);
    return out;
  }

  #take(codes: Codes, mustPass: boolean, out: Sifted[]): void {
    const cut = this.#open !== null && !this.#open.mayHold && mayHoldKeys(border(this.#open.codes, codes));
    if (cut && this.#open !== null) this.#open = { ...this.#open, mayHold: true };
    const mayHold = mustPass || mayHoldKeys(codes);
    this.#decide(mayHold, out);
    this.#open = { codes, mayHold: mayHold || cut };
  }

  /** @param behind Whether the next unit may hold something. */
  #decide(behind: boolean, out: Sifted[]): void {
    const unit = this.#open;
    if (unit === null) return;
    const passes = unit.mayHold || behind || this.#before;
    out.push(passes ? { codes: unit.codes, lines: 0 } : { codes: null, lines: lineEnds(unit.codes) });
    this.#before = unit.mayHold;
    this.#open = null;
  }
}

function border(one: Codes, other: Codes): Codes {
  const [tail, head] = [one.subarray(-BORDER), other.subarray(0, BORDER)];
  const both = one instanceof Uint8Array
    ? new Uint8Array(tail.length + head.length)
    : new Uint16Array(tail.length + head.length);
  both.set(tail);
  both.set(head, tail.length);
  return both;
}

/**
 * Counts line feeds.
 *
 * @param codes Any.
 * @returns How many.
 */
export function lineEnds(codes: Codes): number {
  const isWide = codes instanceof Uint16Array;
  const [feeds, ones, highest] = isWide ? WIDE : NARROW;
  // eight bytes at a time: most have none, and only one that is zero after the XOR makes a highest bit borrow
  const words = codes.byteOffset % 4 === 0
    ? new Int32Array(codes.buffer, codes.byteOffset, codes.byteLength >> 2)
    : new Int32Array(0);
  const perWord = isWide ? 2 : 4;
  let count = 0;
  let at = 0;
  for (; at + 1 < words.length; at += 2) {
    const one = (words[at] ?? 0) ^ feeds;
    const other = (words[at + 1] ?? 0) ^ feeds;
    if ((((one - ones) & ~one) | ((other - ones) & ~other)) & highest) {
      count += countedOneByOne(codes, at * perWord, (at + 2) * perWord);
    }
  }
  return count + countedOneByOne(codes, at * perWord, codes.length);
}

/** Line feeds, ones and highest bits of the units in a word of 32 bits. */
const NARROW = [0x0a0a0a0a, 0x01010101, 0x80808080 | 0] as const;
const WIDE = [0x000a000a, 0x00010001, 0x80008000 | 0] as const;

function countedOneByOne(codes: Codes, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (codes[at] === 10) count++;
  return count;
}
