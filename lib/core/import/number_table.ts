/** Finds numbers by a hash of what they stand for: a hash table in six to eleven bytes an entry. */

/** What tells one number from another. */
export interface NumberKind {
  /** Gives a whole number below 2^32, the same for what is the same. */
  hash(number: number): number;
  /** Tells whether two numbers stand for the same. */
  isSame(one: number, other: number): boolean;
}

/** Of the hash, so many upper bits choose a part: to grow, one part is copied, not all of them. */
const PART_BITS = 6;
const FIRST_SLOTS = 16;
/** So full a part may be, of four quarters. */
const FULLEST = 3;

/** Whole numbers from 0 to 2^32 - 2. */
export class NumberTable {
  readonly #kind: NumberKind;
  /** Each number and one; 0 is free. */
  readonly #parts: Uint32Array<ArrayBuffer>[];
  readonly #counts: Uint32Array;

  /**
   * Makes an empty table.
   *
   * @param kind What tells numbers apart.
   */
  constructor(kind: NumberKind) {
    this.#kind = kind;
    this.#parts = Array.from({ length: 2 ** PART_BITS }, () => new Uint32Array(0));
    this.#counts = new Uint32Array(2 ** PART_BITS);
  }

  /**
   * Finds a number.
   *
   * @param number One that need not be in the table.
   * @returns The one in the table that stands for the same, or `null`.
   */
  find(number: number): number | null {
    const hash = this.#kind.hash(number);
    const slots = this.#parts[partOf(hash)] ?? NO_SLOTS;
    if (slots.length === 0) return null;
    const found = slots[this.#slotOf(slots, hash, number)] ?? 0;
    return found === 0 ? null : found - 1;
  }

  /**
   * Adds a number.
   *
   * @param number One of which {@link NumberTable.find} gives `null`.
   */
  add(number: number): void {
    const hash = this.#kind.hash(number);
    const part = partOf(hash);
    const count = (this.#counts[part] ?? 0) + 1;
    this.#counts[part] = count;
    const before = this.#parts[part] ?? NO_SLOTS;
    const slots = count * 4 > before.length * FULLEST ? this.#grown(before) : before;
    this.#parts[part] = slots;
    slots[this.#slotOf(slots, hash, number)] = number + 1;
  }

  #slotOf(slots: Uint32Array, hash: number, number: number): number {
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (true) {
      const taken = slots[slot] ?? 0;
      if (taken === 0 || this.#kind.isSame(taken - 1, number)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grown(before: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
    const slots = new Uint32Array(Math.max(FIRST_SLOTS, before.length * 2));
    const mask = slots.length - 1;
    for (const taken of before) {
      if (taken === 0) continue;
      let slot = this.#kind.hash(taken - 1) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = taken;
    }
    // gives its memory back at once, not at some collection
    before.buffer.transfer(0);
    return slots;
  }
}

const NO_SLOTS = new Uint32Array(0);

function partOf(hash: number): number {
  return hash >>> (32 - PART_BITS);
}
