/** Turns a file that comes in pieces into parts of text: decoded, cut between keys, without what holds none. */

import { pieceDecoder } from "./decode_file.ts";
import { PartSieve, type Sifted } from "./part_sieve.ts";
import type { Codes } from "./screen_codes.ts";
import { type TextSlice, TextSlicer } from "./slice_text.ts";

/** In these, bytes mean what they mean in ASCII only where no other byte stands before them. */
const DOUBLE_BYTE: ReadonlySet<string> = new Set(["shift_jis", "gbk", "euc-kr", "big5", "mixed"]);

/** Of the beginning so much is read whatever it holds: the heads of tables stand there. */
const HEAD = 128 * 1024;

/** What of a file is wanted. */
export interface TextPartsOptions {
  /** Whether its beginning is, whatever it holds. @default {true} */
  readonly passesHead?: boolean;
}

/**
 * Makes a whole file's bytes codes that can be screened.
 *
 * @param bytes All of it.
 * @param encoding As `detectEncoding` names it.
 * @returns The codes; `null` where bytes are not what they look like.
 */
export function codesOf(bytes: Uint8Array, encoding: string): Codes | null {
  if (DOUBLE_BYTE.has(encoding)) return null;
  if (encoding !== "utf-16le" && encoding !== "utf-16be") return bytes;
  const even = bytes.slice(0, bytes.length - bytes.length % 2);
  if (encoding === "utf-16be") swap(even);
  return new Uint16Array(even.buffer);
}

/** Takes bytes in and gives parts of text out. */
export class TextParts {
  readonly #encoding: string;
  readonly #sieve: PartSieve | null;
  readonly #head: number;
  readonly #slicer = new TextSlicer();
  #decode: (bytes: Uint8Array, isLast: boolean) => string;
  /** Half a unit of UTF-16. */
  #half: number | null = null;
  #seen = 0;
  #inGap = false;

  /**
   * Begins a file.
   *
   * @param encoding As `detectEncoding` names it.
   * @param options What of it is wanted.
   */
  constructor(encoding: string, options: TextPartsOptions = {}) {
    this.#encoding = encoding;
    this.#head = options.passesHead ?? true ? HEAD : 0;
    this.#sieve = DOUBLE_BYTE.has(encoding) ? null : new PartSieve();
    this.#decode = this.#decoder();
  }

  /**
   * Takes the next bytes.
   *
   * @param bytes Not to be changed until the call behind the next has returned.
   * @returns Parts that are whole now; mostly none.
   */
  push(bytes: Uint8Array): readonly TextSlice[] {
    if (this.#sieve === null) return this.#slicer.push(this.#decode(bytes, false));
    const codes = this.#codes(bytes);
    const head = Math.max(0, this.#head - this.#seen);
    this.#seen += codes.length;
    const sieve = this.#sieve;
    const sifted = [...sieve.push(codes.subarray(0, head), true), ...sieve.push(codes.subarray(head), false)];
    return sifted.flatMap((one) => this.#pass(one));
  }

  /**
   * Ends the file.
   *
   * @returns What is left.
   */
  end(): readonly TextSlice[] {
    const rest = this.#sieve?.end().flatMap((one) => this.#pass(one)) ?? [];
    return [...rest, ...this.#slicer.push(this.#decode(new Uint8Array(), true)), this.#slicer.end()];
  }

  #decoder(): (bytes: Uint8Array, isLast: boolean) => string {
    return pieceDecoder(this.#encoding === "utf-16be" ? "utf-16le" : this.#encoding);
  }

  #codes(bytes: Uint8Array): Codes {
    return this.#encoding === "utf-16le" || this.#encoding === "utf-16be" ? this.#units(bytes) : bytes;
  }

  /** Little-endian, whatever they were; a piece may end within a unit. */
  #units(bytes: Uint8Array): Uint16Array {
    const all = this.#half === null ? bytes.slice() : joined(this.#half, bytes);
    this.#half = all.length % 2 === 0 ? null : all.at(-1) ?? null;
    const even = all.subarray(0, all.length - all.length % 2);
    if (this.#encoding === "utf-16be") swap(even);
    return new Uint16Array(all.buffer, 0, even.length / 2);
  }

  #pass({ codes, lines }: Sifted): readonly TextSlice[] {
    if (codes === null) {
      const slices = this.#inGap ? [] : [
        ...this.#slicer.push(this.#decode(new Uint8Array(), true)),
        this.#slicer.end(),
      ];
      this.#inGap = true;
      this.#slicer.skip(lines);
      return slices;
    }
    const bytes = new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength);
    if (!this.#inGap) return this.#slicer.push(this.#decode(bytes, false));
    this.#inGap = false;
    this.#decode = this.#decoder();
    // the line that the gap cuts
    const end = codes.indexOf(10) + 1;
    if (end > 0) this.#slicer.skip(1);
    return this.#slicer.push(this.#decode(bytes.subarray(end * codes.BYTES_PER_ELEMENT), false));
  }
}

function swap(bytes: Uint8Array): void {
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const one = bytes[at] ?? 0;
    bytes[at] = bytes[at + 1] ?? 0;
    bytes[at + 1] = one;
  }
}

function joined(first: number, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(rest.length + 1);
  all[0] = first;
  all.set(rest, 1);
  return all;
}
