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

/** Keys in about 100 bytes each; as objects and strings they take ten times as much. */
export class KeyStore {
  readonly #records = new PackedKeys();
  #count = 0;
  /** By Key ID and digits. */
  readonly #all = new NumberTable({
    hash: (at) => Math.imul(this.#records.hash(at, "id"), 31) + this.#records.hash(at, "digits") >>> 0,
    isSame: (one, other) => this.#isSameId(one, other) && this.#records.isSame(one, other, "digits"),
  });
  /** Of pairs. */
  readonly #byId = new NumberTable({
    hash: (at) => this.#records.hash(at, "id"),
    isSame: (one, other) => this.#isSameId(one, other),
  });
  /** First pairs of a Key ID that stands with other digits, too: nobody can tell which are right. */
  readonly #contradicted = new Set<number>();
  #byDigits: NumberTable | null = null;

  /**
   * Adds a key; one that is there already learns what it did not know.
   *
   * @param key All of it.
   */
  add(key: FoundKey): void {
    const at = this.#count;
    this.#records.write(at, key.keyId, key.recoveryPassword);
    const same = this.#all.find(at);
    if (same !== null) {
      const first = this.#records.read(same);
      const [drive, host, date] = [first.drive ?? key.drive, first.host ?? key.host, first.date ?? key.date];
      if (drive !== first.drive || host !== first.host || date !== first.date) {
        this.#records.describe(same, { ...first, drive, host, date });
      }
      return;
    }
    this.#records.describe(at, key);
    this.#all.add(at);
    this.#count++;
    this.#byDigits = null;
    if (!this.#isPair(at)) return;
    const other = this.#byId.find(at);
    if (other === null) this.#byId.add(at);
    else this.#contradicted.add(other);
  }

  /**
   * Gives all keys, in the order in which they were first added.
   *
   * @returns Each once; parts of pairs that stand alone elsewhere are left out.
   */
  *entries(): Generator<KeyEntry, void, undefined> {
    const alone = this.#contradicted.size === 0 ? null : this.#digitsAlone();
    for (let at = 0; at < this.#count; at++) {
      const role = this.#roleOf(at);
      if (role === "needless") continue;
      if (role !== "digits" || alone === null) {
        yield entryOf(this.#records.read(at));
        continue;
      }
      const found = alone.get(this.#records.read(at).recoveryPassword ?? "");
      if (found === undefined) continue;
      alone.delete(found.recoveryPassword ?? "");
      yield entryOf(found);
    }
  }

  /**
   * Tells whether a key of this Key ID is among them.
   *
   * @param keyId Upper case, no braces.
   * @returns Whether one is.
   */
  hasId(keyId: string): boolean {
    const at = this.#count;
    this.#records.write(at, keyId, null);
    return this.#hasPairOfId(at) || this.#all.find(at) !== null;
  }

  /** What counts of a key in the end: all of it, its digits alone, or nothing beside another. */
  #roleOf(at: number): "whole" | "digits" | "needless" {
    const isPair = this.#isPair(at);
    if (isPair && !this.#isContradicted(at)) return "whole";
    if (!this.#records.has(at, "digits")) return this.#hasPairOfId(at) ? "needless" : "whole";
    return this.#hasPairOfDigits(at) ? "needless" : "digits";
  }

  /** Digits without a Key ID and those of pairs that contradict each other, each once, in one form. */
  #digitsAlone(): Map<string, FoundKey> {
    const alone = new Map<string, FoundKey>();
    for (let at = 0; at < this.#count; at++) {
      if (this.#roleOf(at) !== "digits") continue;
      const found = this.#records.read(at);
      const digits = found.recoveryPassword ?? "";
      const one: FoundKey = found.keyId === null
        ? found
        : { ...found, keyId: null, pairing: "none", reason: TWO_KEYS };
      const first = alone.get(digits) ?? one;
      const [drive, host, date] = [first.drive ?? one.drive, first.host ?? one.host, first.date ?? one.date];
      alone.set(digits, { ...first, drive, host, date });
    }
    return alone;
  }

  #isPair(at: number): boolean {
    return this.#records.has(at, "id") && this.#records.has(at, "digits");
  }

  #isSameId(one: number, other: number): boolean {
    return this.#records.isSame(one, other, "id");
  }

  #isContradicted(at: number): boolean {
    if (this.#contradicted.size === 0) return false;
    const first = this.#byId.find(at);
    return first !== null && this.#contradicted.has(first);
  }

  #hasPairOfId(at: number): boolean {
    return this.#byId.find(at) !== null && !this.#isContradicted(at);
  }

  #hasPairOfDigits(at: number): boolean {
    this.#byDigits ??= this.#digitsOfPairs();
    return this.#byDigits.find(at) !== null;
  }

  /** Made where it is asked for: most texts have pairs alone. */
  #digitsOfPairs(): NumberTable {
    const table = new NumberTable({
      hash: (at) => this.#records.hash(at, "digits"),
      isSame: (one, other) => this.#records.isSame(one, other, "digits"),
    });
    for (let at = 0; at < this.#count; at++) {
      if (this.#isPair(at) && !this.#isContradicted(at) && table.find(at) === null) table.add(at);
    }
    return table;
  }
}

function entryOf({ keyId, recoveryPassword, drive, ...rest }: FoundKey): KeyEntry {
  return {
    key: { keyId, recoveryPassword, drive, valid: recoveryPassword === null ? null : true },
    detail: { keyId, ...rest },
  };
}
