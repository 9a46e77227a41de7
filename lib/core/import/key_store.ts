/** Keeps the keys of a text of any length, as `found.ts` does for a short one: what stands twice counts once. */

import { PackedKeys } from "./packed_keys.ts";
import type { FoundKey, ImportedKey, KeyDetail } from "./model.ts";
import { NumberTable } from "./number_table.ts";

/** A key, and what else is known of it. */
export interface KeyEntry {
  /** The key. */
  readonly key: ImportedKey;
  /** Where and how it was found. */
  readonly detail: KeyDetail;
}

/** As `found.ts` says it of a short text. */
const TWO_KEYS = "the text gives two different keys to one Key ID";

/** Pairs in about 50 bytes each, Key IDs and digits alone in 32; as objects and strings they take twenty times as much. */
export class KeyStore {
  readonly #records: PackedKeys;
  /** The first pair of each Key ID. */
  readonly #pairs: NumberTable;
  /** All others, by Key ID and digits: each is there once. */
  readonly #others: NumberTable;
  #hasContradictions = false;
  /** Whether it is known which keys count beside which. */
  #isSettled = false;

  /**
   * Makes an empty store.
   *
   * @param seed Any whole number below 2^32; who does not know it cannot make a text that takes long.
   */
  constructor(seed: number) {
    const records = this.#records = new PackedKeys(seed);
    this.#pairs = new NumberTable(partKind(records, "id"));
    this.#others = new NumberTable({
      hash: (at) => (records.hash(at, "id") ^ Math.imul(records.hash(at, "digits"), MIX)) >>> 0,
      isSame: (one, other) => records.isSame(one, other, "id") && records.isSame(one, other, "digits"),
    });
  }

  /** Memory of the keys, in bytes. */
  get bytes(): number {
    return this.#records.bytes;
  }

  /**
   * Adds a key; one that is there already learns what it did not know.
   *
   * @param key All of it.
   */
  add(key: FoundKey): void {
    this.#isSettled = false;
    const at = this.#records.draft(key.keyId, key.recoveryPassword);
    if (this.#isPair(at)) {
      const first = this.#pairs.find(at);
      if (first === null) {
        this.#records.keep(key);
        this.#pairs.add(at);
        return;
      }
      if (this.#records.isSame(first, at, "digits")) return this.#learn(first, key);
      this.#records.mark(first, "contradicted", true);
      this.#hasContradictions = true;
    }
    const same = this.#others.find(at);
    if (same !== null) return this.#learn(same, key);
    this.#records.keep(key);
    this.#others.add(at);
  }

  /**
   * Gives all keys, in the order in which they were first added.
   *
   * @returns Each once; parts of pairs that stand alone elsewhere are left out.
   */
  *entries(): Generator<KeyEntry, void, undefined> {
    this.#settle();
    for (const at of this.#records.places()) {
      if (this.#records.isMarked(at, "needless")) continue;
      const found = this.#records.read(at);
      yield entryOf(
        this.#isPair(at) && this.#isContradicted(at)
          ? { ...found, keyId: null, pairing: "none", reason: TWO_KEYS }
          : found,
      );
    }
  }

  /**
   * Tells whether a key of this Key ID is among them.
   *
   * @param keyId Upper case, no braces.
   * @returns Whether one is.
   */
  hasId(keyId: string): boolean {
    const at = this.#records.draft(keyId, null);
    return this.#hasPairOfId(at) || this.#others.find(at) !== null;
  }

  /** What neither knew before. */
  #learn(at: number, { drive, host, date }: FoundKey): void {
    const known = this.#records.read(at);
    const all = { ...known, drive: known.drive ?? drive, host: known.host ?? host, date: known.date ?? date };
    if (all.drive !== known.drive || all.host !== known.host || all.date !== known.date) {
      this.#records.describe(at, all);
    }
  }

  /** Marks parts that stand in a pair elsewhere, and digits that stand twice without a Key ID that is sure. */
  #settle(): void {
    if (this.#isSettled) return;
    const kind = partKind(this.#records, "digits");
    const [paired, alone] = [new NumberTable(kind), new NumberTable(kind)];
    const isSure = (at: number): boolean => this.#isPair(at) && !this.#isContradicted(at);
    let hasDigitsAlone = this.#hasContradictions;
    for (const at of this.#records.places()) hasDigitsAlone ||= !this.#records.has(at, "id");
    if (hasDigitsAlone) {
      for (const at of this.#records.places()) if (isSure(at) && paired.find(at) === null) paired.add(at);
    }
    for (const at of this.#records.places()) {
      this.#records.mark(at, "needless", !isSure(at) && this.#isNeedless(at, paired, alone));
    }
    this.#isSettled = true;
  }

  /** @param alone Digits without a Key ID and those of pairs that contradict each other, each once. */
  #isNeedless(at: number, paired: NumberTable, alone: NumberTable): boolean {
    if (!this.#records.has(at, "digits")) return this.#hasPairOfId(at);
    if (paired.find(at) !== null) return true;
    // digits alone are in the store once
    if (!this.#hasContradictions) return false;
    const first = alone.find(at);
    if (first === null) alone.add(at);
    else this.#learn(first, this.#records.read(at));
    return first !== null;
  }

  #isPair(at: number): boolean {
    return this.#records.has(at, "id") && this.#records.has(at, "digits");
  }

  #isContradicted(at: number): boolean {
    if (!this.#hasContradictions) return false;
    const first = this.#pairs.find(at);
    return first !== null && this.#records.isMarked(first, "contradicted");
  }

  #hasPairOfId(at: number): boolean {
    return this.#pairs.find(at) !== null && !this.#isContradicted(at);
  }
}

/** Odd: of equal hashes of both parts, not all must cancel each other. */
const MIX = 31;

function partKind(records: PackedKeys, part: "id" | "digits"): ConstructorParameters<typeof NumberTable>[0] {
  return {
    hash: (at) => records.hash(at, part),
    isSame: (one, other) => records.isSame(one, other, part),
  };
}

function entryOf({ keyId, recoveryPassword, drive, ...rest }: FoundKey): KeyEntry {
  return {
    key: { keyId, recoveryPassword, drive, valid: recoveryPassword === null ? null : true },
    detail: { keyId, ...rest },
  };
}
