/**
 * The checksum of a row of the ledger: MurmurHash3_x86_128 with seed 0, an algorithm of Austin Appleby in the public
 * domain (https://github.com/aappleby/smhasher). Against decay, not against a forger, who could compute any
 * checksum just as well: and every night waits for thousands of them, which WebCrypto gives one by one from another
 * thread, five times as slowly.
 */

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

const encoder = new TextEncoder();
/** Of four 32-bit words, the low byte first: so do all processors that Deno runs on. */
const BLOCK_BYTES = 16;
/** Of UTF-8, a UTF-16 unit takes at most so many bytes. */
const UNIT_BYTES = 3;

let bytes = new Uint8Array(4096);
let words = new Uint32Array(bytes.buffer);

/**
 * Computes the checksum of a text.
 *
 * @param text Any text, taken as UTF-8.
 * @returns 32 lower-case hexadecimal digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(checksumOf("The quick brown fox jumps over the lazy dog"), "2f1583c3ecee2c675d7bf66ce5e91d2c");
 * ```
 */
export function checksumOf(text: string): string {
  const room = text.length * UNIT_BYTES + BLOCK_BYTES;
  if (room > bytes.length) {
    bytes = new Uint8Array(Math.ceil(room / BLOCK_BYTES) * BLOCK_BYTES);
    words = new Uint32Array(bytes.buffer);
  }
  const length = encoder.encodeInto(text, bytes).written;
  const whole = Math.floor(length / BLOCK_BYTES);
  // A last block that is not full counts as if zeros followed.
  bytes.fill(0, length, (whole + 1) * BLOCK_BYTES);
  return digits(mixBlocks(whole, length));
}

type State = readonly [number, number, number, number];

function mixBlocks(whole: number, length: number): State {
  let [h1, h2, h3, h4] = [0, 0, 0, 0];
  for (let block = 0; block < whole; block++) {
    h1 ^= scramble(word(block, 0), 15, C1, C2);
    h1 = Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b | 0;
    h2 ^= scramble(word(block, 1), 16, C2, C3);
    h2 = Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747 | 0;
    h3 ^= scramble(word(block, 2), 17, C3, C4);
    h3 = Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35 | 0;
    h4 ^= scramble(word(block, 3), 18, C4, C1);
    h4 = Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17 | 0;
  }
  h1 ^= scramble(word(whole, 0), 15, C1, C2);
  h2 ^= scramble(word(whole, 1), 16, C2, C3);
  h3 ^= scramble(word(whole, 2), 17, C3, C4);
  h4 ^= scramble(word(whole, 3), 18, C4, C1);
  const mixed = together([h1 ^ length, h2 ^ length, h3 ^ length, h4 ^ length]);
  return together([finish(mixed[0]), finish(mixed[1]), finish(mixed[2]), finish(mixed[3])]);
}

function word(block: number, at: number): number {
  return words[block * 4 + at] ?? 0;
}

function scramble(value: number, turns: number, first: number, second: number): number {
  return Math.imul(rotate(Math.imul(value, first), turns), second);
}

function rotate(value: number, turns: number): number {
  return value << turns | value >>> 32 - turns;
}

function together([h1, h2, h3, h4]: State): State {
  const sum = h1 + h2 + h3 + h4 | 0;
  return [sum, h2 + sum | 0, h3 + sum | 0, h4 + sum | 0];
}

function finish(value: number): number {
  let hash = value ^ value >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ hash >>> 16;
}

function digits(state: State): string {
  return state.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
}
