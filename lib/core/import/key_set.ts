/** Remembers which keys were seen, however many. */

import { foundKey } from "./found.ts";
import { NumberTable } from "./number_table.ts";
import { PackedKeys } from "./packed_keys.ts";

/** Keys by Key ID and digits, in some 50 bytes each. */
export class KeySet {
  readonly #records: PackedKeys;
  readonly #table: NumberTable;

  /**
   * Makes an empty set.
   *
   * @param seed As that of a `KeyStore`.
   */
  constructor(seed: number) {
    const records = this.#records = new PackedKeys(seed);
    this.#table = new NumberTable({
      hash: (at) => (records.hash(at, "id") ^ Math.imul(records.hash(at, "digits"), ODD)) >>> 0,
      isSame: (one, other) => records.isSame(one, other, "id") && records.isSame(one, other, "digits"),
    });
  }

  /**
   * Adds a key.
   *
   * @param keyId Its Key ID.
   * @param recoveryPassword Its digits.
   * @returns Whether it is new.
   *
   * @example
   * ```ts
   * import assert from "node:assert/strict";
   * const seen = new KeySet(1);
   * assert.equal(seen.add("58E9DFAD", null), true);
   * assert.equal(seen.add("58E9DFAD", null), false);
   * ```
   */
  add(keyId: string | null, recoveryPassword: string | null): boolean {
    const at = this.#records.draft(keyId, recoveryPassword);
    if (this.#table.find(at) !== null) return false;
    this.#records.keep(foundKey({}));
    this.#table.add(at);
    return true;
  }
}

/** Of equal hashes of both parts, not all are to cancel each other. */
const ODD = 31;
