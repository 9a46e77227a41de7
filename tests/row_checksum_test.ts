import assert from "node:assert/strict";
import { checksumOf } from "../lib/effects/row_checksum.ts";

/** Known answers of MurmurHash3_x86_128 with seed 0. */
const KNOWN: readonly (readonly [string, string])[] = [
  ["", "00000000000000000000000000000000"],
  ["0", "0ab2409ea5eb34f8a5eb34f8a5eb34f8"],
  ["01234", "35c5b3ee7b3b211600ae108800ae1088"],
  ["I will not buy this tobacconist's, it is scratched.", "9b5b7ba2ef3f7866889adeaf00f3f98e"],
  ["The quick brown fox jumps over the lazy dog", "2f1583c3ecee2c675d7bf66ce5e91d2c"],
  [
    "MurmurHash3 was written by Austin Appleby, and is placed in the public",
    "6d3583489d9d1e5a898493af67e2ad10",
  ],
];

for (const [text, sum] of KNOWN) {
  Deno.test(`checksumOf() gives the known answer for ${JSON.stringify(text)}`, () => {
    assert.equal(checksumOf(text), sum);
  });
}

Deno.test("checksumOf() gives another answer for each bit that flips, at every length and place", () => {
  for (const length of [1, 15, 16, 17, 31, 32, 33, 200, 5000]) {
    const text = "Ä".repeat(3) + "x".repeat(length);
    const sums = new Set([checksumOf(text)]);
    const step = Math.ceil(length / 40);
    let flips = 0;
    for (let at = 0; at < text.length; at += step) {
      for (let bit = 0; bit < 7; bit++, flips++) {
        const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << bit));
        sums.add(checksumOf(text.slice(0, at) + flipped + text.slice(at + 1)));
      }
    }
    assert.equal(sums.size, flips + 1, `length ${length}`);
  }
});

Deno.test("checksumOf() remembers nothing of the text before", () => {
  const short = checksumOf("short");
  checksumOf("y".repeat(100_000));
  assert.equal(checksumOf("short"), short);
  checksumOf("short and more");
  assert.equal(checksumOf("short"), short);
});
