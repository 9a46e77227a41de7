/** Remembers many texts, such as the paths of all files that a run has written. */

import { NumberTable } from "./number_table.ts";
import { TextPool } from "./text_pool.ts";

/** The number of the text that is asked for, which has no place of its own: the largest that a table takes. */
const ASKED = 2 ** 32 - 2;

/** A large odd number without pattern: 2^32 divided by the golden ratio. */
const SPREAD = 0x9e3779b1;

/** Texts, each once, in some fifteen bytes and their UTF-8. */
export class TextSet implements Iterable<string> {
  readonly #pool = new TextPool();
  readonly #places: number[] = [];
  readonly #table: NumberTable;
  #asked = "";

  /**
   * Makes an empty set.
   *
   * @param seed As that of a `KeyStore`.
   */
  constructor(seed: number) {
    // odd: else all bits of a text's beginning would be lost; not near 1, which would add up characters alone
    const factor = (Math.imul(seed, SPREAD) ^ SPREAD) | 1;
    this.#table = new NumberTable({
      hash: (at) => hashOf(this.#textAt(at), factor),
      isSame: (one, other) => this.#textAt(one) === this.#textAt(other),
    });
  }

  /**
   * Adds a text, unless it is there.
   *
   * @param text Any.
   */
  add(text: string): void {
    if (this.has(text)) return;
    const place = this.#pool.add([text]);
    this.#places.push(place);
    this.#table.add(place);
  }

  /**
   * Tells whether a text is there.
   *
   * @param text Any.
   * @returns Whether it is.
   */
  has(text: string): boolean {
    this.#asked = text;
    return this.#table.find(ASKED) !== null;
  }

  /**
   * Goes through the texts.
   *
   * @returns In the order in which they were added.
   */
  *[Symbol.iterator](): Generator<string, void, undefined> {
    for (const place of this.#places) yield this.#textAt(place);
  }

  #textAt(place: number): string {
    return place === ASKED ? this.#asked : this.#pool.get(place, 1)[0] ?? "";
  }
}

/** Of 32 bits; the last steps bring all of them into the upper ones, which choose a part of the table. */
function hashOf(text: string, factor: number): number {
  let hash = factor;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash, factor) + text.charCodeAt(at);
    hash ^= hash >>> 15;
  }
  return Math.imul(hash ^ hash >>> 16, factor) >>> 0;
}
