/** Keeps many short texts as UTF-8 in a few large blocks. */

/** Bytes of a block; a place is the number of its block and the offset in it. */
const BLOCK = 2 ** 20;
/** Before each text: its length, or that there is none. */
const HEAD = 4;
const NULL = 0xffffffff;
/** UTF-8 of one UTF-16 unit. */
const MOST_BYTES = 3;

/** Texts that may be `null`. A place is a number above 0; 0 stands for nothing at all. */
export class TextPool {
  readonly #blocks: DataView<ArrayBuffer>[] = [];
  #free = BLOCK;
  readonly #shared: (string | null)[] = [null];
  readonly #numbers = new Map<string, number>();
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #bytes = 0;

  /** Memory that is in use, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Adds texts that hardly any other has.
   *
   * @param texts Any number.
   * @returns Their place; 0 when all are `null`.
   */
  add(texts: readonly (string | null)[]): number {
    if (texts.every((text) => text === null)) return 0;
    const most = texts.reduce((sum, text) => sum + HEAD + (text?.length ?? 0) * MOST_BYTES, 1);
    if (this.#free + most > BLOCK) {
      // a text that is larger than a block has one of its own
      const buffer = new ArrayBuffer(Math.max(BLOCK, most));
      this.#blocks.push(new DataView(buffer));
      this.#bytes += buffer.byteLength;
      // 0 is no place
      this.#free = 1;
    }
    const block = this.#blocks.at(-1) ?? new DataView(new ArrayBuffer(0));
    const place = (this.#blocks.length - 1) * BLOCK + this.#free;
    for (const text of texts) {
      const bytes = new Uint8Array(block.buffer, this.#free + HEAD);
      const length = text === null ? 0 : this.#encoder.encodeInto(text, bytes).written;
      block.setUint32(this.#free, text === null ? NULL : length);
      this.#free += HEAD + length;
    }
    return place;
  }

  /**
   * Gives texts back.
   *
   * @param place From {@link TextPool.add}.
   * @param count How many were added.
   * @returns New strings, that keep nothing else in memory.
   */
  get(place: number, count: number): readonly (string | null)[] {
    const block = this.#blocks[Math.floor(place / BLOCK)];
    if (place === 0 || block === undefined) return Array.from({ length: count }, () => null);
    let at = place % BLOCK;
    return Array.from({ length: count }, () => {
      const length = block.getUint32(at);
      at += HEAD;
      if (length === NULL) return null;
      const bytes = new Uint8Array(block.buffer, at, length);
      at += length;
      return this.#decoder.decode(bytes);
    });
  }

  /**
   * Adds a text that many others have.
   *
   * @param text Any.
   * @returns The same number for the same text; 0 for `null`.
   */
  share(text: string | null): number {
    if (text === null) return 0;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const [copy] = this.get(this.add([text]), 1);
    const number = this.#shared.push(copy ?? text) - 1;
    this.#numbers.set(copy ?? text, number);
    return number;
  }

  /**
   * Gives a shared text back.
   *
   * @param number From {@link TextPool.share}.
   * @returns The text.
   */
  shared(number: number): string | null {
    return this.#shared[number] ?? null;
  }
}
