/** Hashes 32-bit words so that nobody who does not know the seed can make many of one hash. */

/** Of a Key ID or digits, in halves. */
const MOST_HALVES = 8;
const HALF_BITS = 16;
const HALF = 2 ** HALF_BITS - 1;
/** Step and constants of a 32-bit generator (Steele, Lea and Flood: "Fast splittable pseudorandom number generators"). */
const [STEP, FIRST_FACTOR, SECOND_FACTOR] = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35] as const;

/**
 * Multilinear hash: for any two different inputs, one in 2^32 seeds or so gives them one hash (Lemire and Kaser:
 * "Strongly universal string hashing is fast"; of a sum of products of 32 bits with 16-bit halves, the upper half).
 */
export class PartHash {
  /** For the upper and the lower half of the hash. */
  readonly #upper: Uint32Array;
  readonly #lower: Uint32Array;

  /**
   * Chooses one hash of many.
   *
   * @param seed Any whole number below 2^32.
   */
  constructor(seed: number) {
    let state = seed | 0;
    const next = (): number => {
      state = (state + STEP) | 0;
      let value = Math.imul(state ^ state >>> 16, FIRST_FACTOR);
      value = Math.imul(value ^ value >>> 13, SECOND_FACTOR);
      return value ^ value >>> 16;
    };
    this.#upper = Uint32Array.from({ length: MOST_HALVES + 1 }, next);
    this.#lower = Uint32Array.from({ length: MOST_HALVES + 1 }, next);
  }

  /**
   * Hashes.
   *
   * @param words Among others.
   * @param from Of the first.
   * @param to Behind the last: at most four.
   * @returns A whole number below 2^32.
   */
  of(words: Uint32Array, from: number, to: number): number {
    let [upper, lower] = [this.#upper[MOST_HALVES] ?? 0, this.#lower[MOST_HALVES] ?? 0];
    let half = 0;
    for (let at = from; at < to; at++) {
      const word = words[at] ?? 0;
      for (const value of [word >>> HALF_BITS, word & HALF]) {
        upper = (upper + Math.imul(this.#upper[half] ?? 0, value)) | 0;
        lower = (lower + Math.imul(this.#lower[half] ?? 0, value)) | 0;
        half++;
      }
    }
    return ((upper & ~HALF) | lower >>> HALF_BITS) >>> 0;
  }
}
