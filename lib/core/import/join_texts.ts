/** Puts together what the parts of one large text hold. */

import { nothingFound, resultOf } from "./found.ts";
import { type KeyEntry, KeyStore } from "./key_store.ts";
import type { ImportedText, ImportKind, OtherProtector } from "./model.ts";

/** What a text of any length holds: its keys are given one by one, as often as wanted. */
export interface FoundText extends Omit<ImportedText, "keys" | "details"> {
  /** Goes through the keys in the text's order. */
  entries(): Iterable<KeyEntry>;
}

/** Takes what each part holds, in order. */
export class TextJoiner {
  readonly #keys = new KeyStore();
  readonly #found = nothingFound();
  readonly #others = new Map<string, OtherProtector>();
  /** Keys of each kind. */
  readonly #kinds = new Map<ImportKind, number>();

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
    const { otherProtectors, volumes, refused, columns } = copyOf({ ...text, keys: [], details: [] });
    for (const one of otherProtectors) if (!this.#others.has(one.id)) this.#others.set(one.id, one);
    this.#found.volumes.push(...volumes);
    for (const one of refused) this.#found.refused.push({ ...one, line: moved(one.line) });
    this.#found.columns.push(...columns);
  }

  /**
   * Ends the text.
   *
   * @returns What it holds; what stands twice counts once.
   */
  end(): FoundText {
    for (const [id, one] of this.#others) if (!this.#keys.hasId(id)) this.#found.others.push(one);
    const { kind, otherProtectors, volumes, refused, columns } = resultOf(this.#found, kindOf(this.#kinds));
    return { kind, otherProtectors, volumes, refused, columns, entries: () => this.#keys.entries() };
  }
}

/** The kind of most keys; of the first part that has one where there are none. */
function kindOf(counts: ReadonlyMap<ImportKind, number>): ImportKind {
  const [first] = [...counts].filter(([kind]) => kind !== "none" && kind !== "label-list")
    .sort(([, one], [, other]) => other - one);
  return first?.[0] ?? [...counts.keys()][0] ?? "none";
}

/**
 * Copies a result. A string that was cut from a text keeps all of that text in memory in V8, a megabyte for a
 * Key ID; strings out of `JSON.parse` are new.
 *
 * @param text What a text holds.
 * @returns The same.
 */
export function copyOf(text: ImportedText): ImportedText {
  return JSON.parse(JSON.stringify(text));
}
