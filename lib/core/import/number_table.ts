/** Finds numbers by a hash of what they stand for: a hash table in eight bytes an entry. */

/** What tells one number from another. */
export interface NumberKind {
  /** Gives a whole number, the same for what is the same. */
  hash(number: number): number;
  /** Tells whether two numbers stand for the same. */
  isSame(one: number, other: number): boolean;
}

/** Whole numbers from 0 on. */
export class NumberTable {
  readonly #kind: NumberKind;
  /** Each number and one; 0 is free. Twice as long as there are numbers, at least. */
  #slots = new Uint32Array(1024);
  #count = 0;

  /**
   * Makes an empty table.
   *
   * @param kind What tells numbers apart.
   */
  constructor(kind: NumberKind) {
    this.#kind = kind;
  }

  /**
   * Finds a number.
   *
   * @param number One that need not be in the table.
   * @returns The one in the table that stands for the same, or `null`.
   */
  find(number: number): number | null {
    const found = this.#slots[this.#slotOf(number)] ?? 0;
    return found === 0 ? null : found - 1;
  }

  /**
   * Adds a number.
   *
   * @param number One of which {@link NumberTable.find} gives `null`.
   */
  add(number: number): void {
    if (++this.#count * 2 > this.#slots.length) this.#grow();
    this.#slots[this.#slotOf(number)] = number + 1;
  }

  #slotOf(number: number): number {
    const mask = this.#slots.length - 1;
    let slot = this.#kind.hash(number) & mask;
    while (true) {
      const taken = this.#slots[slot] ?? 0;
      if (taken === 0 || this.#kind.isSame(taken - 1, number)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Uint32Array(before.length * 2);
    const mask = this.#slots.length - 1;
    for (const taken of before) {
      if (taken === 0) continue;
      let slot = this.#kind.hash(taken - 1) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = taken;
    }
  }
}
