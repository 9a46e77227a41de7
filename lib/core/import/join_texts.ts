/** Puts together what the parts of one large text hold. */

import { type KeyEntry, KeyStore } from "./key_store.ts";
import type {
  ColumnGuess,
  ImportedText,
  ImportedVolume,
  ImportKind,
  OtherProtector,
  Refusal,
} from "./model.ts";
import { ProtectorStore, RefusalStore, type Several, VolumeStore } from "./other_store.ts";

/** What a text of any length holds: all but its kind and columns is made one by one, as often as wanted. */
export interface FoundText extends Pick<ImportedText, "kind" | "columns"> {
  /** Goes through the keys in the text's order. */
  entries(): Iterable<KeyEntry>;
  /** Protectors that are no recovery keys. */
  readonly otherProtectors: Several<OtherProtector>;
  /** One entry a drive. */
  readonly volumes: Several<ImportedVolume>;
  /** What looks like a key and is none. */
  readonly refused: Several<Refusal>;
}

/**
 * More than any list of 100 MB has, at 93 characters for a Key ID and its digits, and as much as leaves the program
 * below 200 MB of memory.
 */
export const MOST_FOUND_BYTES: number = 80 * 1024 * 1024;

/** Takes what each part holds, in order. */
export class TextJoiner {
  readonly #keys: KeyStore;
  readonly #others: ProtectorStore;
  readonly #volumes = new VolumeStore();
  readonly #refused = new RefusalStore();
  readonly #columns: ColumnGuess[] = [];
  /** Keys of each kind. */
  readonly #kinds = new Map<ImportKind, number>();

  /**
   * Begins a text.
   *
   * @param seed Any whole number below 2^32; who does not know it cannot make a text that takes long.
   */
  constructor(seed: number) {
    this.#keys = new KeyStore(seed);
    this.#others = new ProtectorStore(seed);
  }

  /** Memory of all that was added, in bytes; see {@link MOST_FOUND_BYTES}. */
  get bytes(): number {
    return this.#keys.bytes + this.#others.bytes + this.#volumes.bytes + this.#refused.bytes;
  }

  /**
   * Adds what a part holds.
   *
   * @param text The part; nothing of it is kept in memory but copies.
   * @param line Number of its first line, from 1.
   */
  add(text: ImportedText, line: number): void {
    const moved = (one: number | null): number | null => (one === null ? null : one + line - 1);
    text.keys.forEach(({ keyId, recoveryPassword, drive }, at) => {
      const detail = text.details[at];
      if (detail === undefined) return;
      this.#keys.add({ ...detail, line: moved(detail.line), keyId, recoveryPassword, drive });
    });
    this.#kinds.set(text.kind, (this.#kinds.get(text.kind) ?? 0) + text.keys.length);
    for (const one of text.otherProtectors) this.#others.add(one);
    for (const one of text.volumes) this.#volumes.add(one);
    for (const one of text.refused) this.#refused.add({ ...one, line: moved(one.line) });
    if (text.columns.length > 0) this.#columns.push(...copyOf(text.columns));
  }

  /**
   * Ends the text.
   *
   * @returns What it holds; what stands twice counts once.
   */
  end(): FoundText {
    return {
      kind: kindOf(this.#kinds),
      entries: () => this.#keys.entries(),
      otherProtectors: this.#others.all((id) => this.#keys.hasId(id)),
      volumes: this.#volumes,
      refused: this.#refused,
      columns: this.#columns,
    };
  }
}

/** The kind of most keys; of the first part that has one where there are none. */
function kindOf(counts: ReadonlyMap<ImportKind, number>): ImportKind {
  const [first] = [...counts].filter(([kind]) => kind !== "none" && kind !== "label-list")
    .sort(([, one], [, other]) => other - one);
  return first?.[0] ?? [...counts.keys()][0] ?? "none";
}

/**
 * Copies what a text holds. A string that was cut from a text keeps all of that text in memory in V8, a megabyte for
 * a Key ID; strings out of `JSON.parse` are new.
 *
 * @param found All of it, or a part.
 * @returns The same.
 */
export function copyOf<T>(found: T): T {
  return JSON.parse(JSON.stringify(found));
}
