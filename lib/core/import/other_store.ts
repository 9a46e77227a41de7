/** Keeps what a text of any length holds beside keys: other protectors, refusals and volumes. */

import { foundKey, mergedVolume } from "./found.ts";
import type { ImportedVolume, OtherProtector, ProtectorName, Refusal } from "./model.ts";
import { NumberTable } from "./number_table.ts";
import { PackedKeys } from "./packed_keys.ts";
import { TextPool } from "./text_pool.ts";

/** Any number of things that are made when they are asked for, as often as wanted. */
export interface Several<T> extends Iterable<T> {
  /** How many. */
  readonly length: number;
}

/** Protectors that are no recovery keys, each once. */
export class ProtectorStore {
  readonly #records: PackedKeys;
  readonly #byId: NumberTable;

  /**
   * Makes an empty store.
   *
   * @param seed As that of a `KeyStore`.
   */
  constructor(seed: number) {
    const records = this.#records = new PackedKeys(seed);
    this.#byId = new NumberTable({
      hash: (at) => records.hash(at, "id"),
      isSame: (one, other) => records.isSame(one, other, "id"),
    });
  }

  /** Memory, in bytes. */
  get bytes(): number {
    return this.#records.bytes;
  }

  /**
   * Adds a protector, unless its ID is there.
   *
   * @param protector All of it.
   */
  add({ id, type, drive }: OtherProtector): void {
    const at = this.#records.draft(id, null);
    if (this.#byId.find(at) !== null) return;
    this.#records.keep(foundKey({ drive, reason: type }));
    this.#byId.add(at);
  }

  /**
   * Gives those of which an ID is no key's.
   *
   * @param isKey Tells whether a key has an ID.
   * @returns In the order in which they were added.
   */
  all(isKey: (id: string) => boolean): Several<OtherProtector> {
    const each = this.#each.bind(this, isKey);
    let length = 0;
    for (const _ of each()) length++;
    return { length, [Symbol.iterator]: each };
  }

  *#each(isKey: (id: string) => boolean): Generator<OtherProtector, void, undefined> {
    for (const at of this.#records.places()) {
      const { keyId: id, drive, reason } = this.#records.read(at);
      if (id !== null && !isKey(id)) {
        yield {
          drive,
          id,
          type: TYPES.find((one) => one === reason) ?? "unknown",
        };
      }
    }
  }
}

const TYPES: readonly ProtectorName[] = [
  "recovery-password",
  "tpm",
  "tpm-pin",
  "tpm-startup-key",
  "tpm-pin-startup-key",
  "tpm-network-key",
  "external-key",
  "password",
  "dra",
  "certificate",
  "ad-account",
];

/** What looks like a key and is none. */
export class RefusalStore implements Several<Refusal> {
  readonly #records = new PackedKeys(0);
  #length = 0;

  /** How many. */
  get length(): number {
    return this.#length;
  }

  /** Memory, in bytes. */
  get bytes(): number {
    return this.#records.bytes;
  }

  /**
   * Adds one.
   *
   * @param refusal All of it.
   */
  add({ line, group, reason }: Refusal): void {
    this.#records.draft(null, null);
    // there are many refusals and few reasons
    this.#records.keep(foundKey({ line, reason: `${group ?? ""} ${reason}` }));
    this.#length++;
  }

  /**
   * Goes through them.
   *
   * @returns In the order in which they were added.
   */
  *[Symbol.iterator](): Generator<Refusal, void, undefined> {
    for (const at of this.#records.places()) {
      const { line, reason } = this.#records.read(at);
      const [group = ""] = reason?.split(" ", 1) ?? [];
      yield {
        line,
        group: group === "" ? null : Number(group),
        reason: reason?.slice(group.length + 1) ?? "",
      };
    }
  }
}

/** So much of memory a volume takes as an object. */
const OBJECT_BYTES = 500;

/** Volumes: one entry a drive, and one for each without a letter. */
export class VolumeStore implements Several<ImportedVolume> {
  readonly #byDrive = new Map<string, ImportedVolume>();
  readonly #texts = new TextPool();
  readonly #nameless: number[] = [];
  /** How many drives came before each of those without a letter. */
  readonly #before: number[] = [];

  /** How many. */
  get length(): number {
    return this.#byDrive.size + this.#nameless.length;
  }

  /** Memory, in bytes. */
  get bytes(): number {
    return this.#byDrive.size * OBJECT_BYTES + this.#nameless.length * 16 + this.#texts.bytes;
  }

  /**
   * Adds what a place tells of a volume.
   *
   * @param volume All of it.
   */
  add(volume: ImportedVolume): void {
    const text = JSON.stringify(volume);
    if (volume.drive === null) {
      this.#nameless.push(this.#texts.add([text]));
      this.#before.push(this.#byDrive.size);
      return;
    }
    // strings out of JSON keep nothing else in memory
    const copy: ImportedVolume = JSON.parse(text);
    const first = this.#byDrive.get(volume.drive);
    this.#byDrive.set(copy.drive ?? "", first === undefined ? copy : mergedVolume(first, copy));
  }

  /**
   * Goes through them.
   *
   * @returns In the order in which they were first added.
   */
  *[Symbol.iterator](): Generator<ImportedVolume, void, undefined> {
    const drives = this.#byDrive.values();
    let given = 0;
    for (const [index, place] of this.#nameless.entries()) {
      for (; given < (this.#before[index] ?? 0); given++) {
        const { value } = drives.next();
        if (value !== undefined) yield value;
      }
      const [text] = this.#texts.get(place, 1);
      const volume: ImportedVolume = JSON.parse(text ?? "null");
      yield volume;
    }
    yield* drives;
  }
}
