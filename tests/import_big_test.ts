import assert from "node:assert/strict";
import fc from "fast-check";
import { foundKey, nothingFound, resultOf } from "../lib/core/import/found.ts";
import { TextJoiner } from "../lib/core/import/join_texts.ts";
import { type KeyEntry, KeyStore } from "../lib/core/import/key_store.ts";
import type { FoundKey } from "../lib/core/import/model.ts";
import { lineEnds } from "../lib/core/import/part_sieve.ts";
import { type TextSlice, TextSlicer } from "../lib/core/import/slice_text.ts";
import { TextParts } from "../lib/core/import/text_parts.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const SEED = Number(Deno.env.get("SPARE_KEY_FUZZ_SEED") ?? 26_128_846);

const LINE = "2024-01-02 03:04:05 a line of a log that has nothing to do with keys, id=12345678\n";
const KB = 1024;

function unitsOf(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return bytes;
}

/** All parts of a file that comes in pieces of so many bytes. */
function partsOf(bytes: Uint8Array, encoding: string, pieceBytes: number): readonly TextSlice[] {
  const parts = new TextParts(encoding);
  const slices: TextSlice[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    // as the file system gives them: overwritten when the part behind the next is asked for
    slices.push(...parts.push(bytes.slice(at, at + pieceBytes)));
  }
  return [...slices, ...parts.end()];
}

const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "utf-8": (text) => new TextEncoder().encode(text),
  "windows-1252": (text) => Uint8Array.from(text, (one) => one.charCodeAt(0)),
  "cp850": (text) => Uint8Array.from(text, (one) => one.charCodeAt(0)),
  "utf-16le": (text) => unitsOf(text, true),
  "utf-16be": (text) => unitsOf(text, false),
};

Deno.test("of a large file, what surrounds keys is read, with its lines numbered, and little else", () => {
  // at the beginning, across borders of pieces and units, close together, at the end
  const places = [0, 5000, 20_000, 20_050, 20_750, 33_333, 40_000];
  const block = (number: number): string =>
    `Laptop ${number}\nKey ID: ${idOf(number)}\nRecovery key: ${keyOf(number)}\n`;
  let text = "";
  let lines = 0;
  for (let line = 0; line <= 40_000; line++) {
    const number = places.indexOf(line);
    text += number < 0 ? LINE : block(number);
    lines += number < 0 ? 1 : 3;
  }
  const sizes = [64 * KB, 64 * KB + 1, 100_003, 512 * KB];
  for (const [encoding, encode] of Object.entries(ENCODINGS)) {
    const bytes = encode(text);
    for (const size of sizes) {
      const slices = partsOf(bytes, encoding, size);
      const found = slices.flatMap(({ text, line }) =>
        text.split("\n").flatMap((one, at) => (/^Recovery key: /.test(one) ? [[one, line + at]] : []))
      );
      const expected = places.map((
        place,
        number,
      ) => [`Recovery key: ${keyOf(number)}`, place + 2 * number + 3]);
      assert.deepEqual(found, expected, `${encoding} in pieces of ${size}`);
      for (const number of places.keys()) {
        assert.ok(slices.some((slice) => slice.text.includes(block(number))), `${encoding}, block ${number}`);
      }
      const read = slices.reduce((sum, slice) => sum + slice.text.length, 0);
      assert.ok(read < text.length * 0.6, `${encoding}: ${read} of ${text.length}`);
    }
  }
  assert.equal(lines, text.split("\n").length - 1);
});

Deno.test("a key that a border cuts is found, wherever it is cut", () => {
  const key = `Recovery key: ${keyOf(3)}\n`;
  for (let before = 0; before < key.length; before += 3) {
    // behind the head that is read anyway
    const noise = LINE.repeat(6000).slice(0, 512 * KB - before - 1) + "\n";
    const slices = partsOf(new TextEncoder().encode(noise + key + LINE.repeat(3000)), "utf-8", 64 * KB);
    assert.ok(slices.some(({ text }) => text.includes(key)), `cut behind ${before}`);
  }
});

Deno.test("one line without end is read in bounded parts, and its keys are found", () => {
  const item = (number: number): string => `{"id":"${idOf(number)}","key":"${keyOf(number)}"},`;
  const filler = `{"name":"nothing to do with keys","size":12345},`.repeat(40_000);
  const text = `[${filler}${item(1)}${filler}${item(2)}${filler}`;
  const slices = partsOf(new TextEncoder().encode(text), "utf-8", 100_003);
  for (const number of [1, 2]) assert.ok(slices.some((one) => one.text.includes(item(number))), `${number}`);
  assert.ok(slices.every((one) => one.line === 1));
  assert.ok(Math.max(...slices.map((one) => one.text.length)) <= 2048 * KB);
});

Deno.test("one line of keys without end is cut between them, never within", () => {
  const COUNT = 60_000;
  const text = Array.from({ length: COUNT }, (_, number) => `${idOf(number)}=${keyOf(number)}`).join(";");
  const slicer = new TextSlicer();
  const slices: TextSlice[] = [];
  for (let at = 0; at < text.length; at += 100_003) slices.push(...slicer.push(text.slice(at, at + 100_003)));
  slices.push(slicer.end());
  assert.equal(slices.map((slice) => slice.text).join(""), text);
  assert.ok(slices.length > 20);
  const whole = slices.flatMap((slice) => slice.text.match(/(?:\d{6}-){7}\d{6}/g) ?? []);
  assert.equal(whole.length, COUNT);
});

Deno.test("line ends are counted rightly, four bytes at a time", () => {
  const bytes = fc.uint8Array({ maxLength: 99, max: 14 });
  fc.assert(
    fc.property(bytes, fc.nat(5), (all, from) => {
      const part = all.subarray(from);
      assert.equal(lineEnds(part), part.filter((byte) => byte === 10).length);
      const high = Uint8Array.from(all, (byte) => byte | (byte & 1) << 7);
      assert.equal(lineEnds(high), high.filter((byte) => byte === 10).length);
      assert.equal(lineEnds(Uint16Array.from(part)), part.filter((byte) => byte === 10).length);
    }),
    { seed: SEED },
  );
});

const key: fc.Arbitrary<FoundKey> = fc.record({
  keyId: fc.option(fc.oneof(fc.nat(4).map(idOf), fc.constantFrom("58E9DFAD", "no GUID", "ü"))),
  recoveryPassword: fc.option(fc.nat(4).map(keyOf)),
  drive: fc.constantFrom(null, "C:", "D:"),
  line: fc.option(fc.integer({ min: 1, max: 2 ** 31 })),
  host: fc.option(fc.constantFrom("ANNA", "Größe", "\ufeffx", "")),
  date: fc.option(fc.constantFrom("2024-01-02", "")),
  pairing: fc.constantFrom("record", "block", "line", "near", "order", "none"),
  reason: fc.constantFrom(null, "nothing beside it belongs to it for sure"),
}).map(foundKey);

Deno.test(`keys of a long text are joined as those of a short one (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 12 }), (keys) => {
      const store = new KeyStore(SEED);
      for (const one of keys) store.add(one);
      const entries = [...store.entries()];
      const { keys: expected, details } = resultOf({ ...nothingFound(), keys: [...keys] }, "table");
      const isTorn = details.some(({ reason }) => reason?.startsWith("the text gives two") === true);
      // where several say different things of digits that nobody can pair, any of them will do
      const even = (one: KeyEntry): KeyEntry =>
        isTorn
          ? { key: { ...one.key, drive: null }, detail: { ...one.detail, host: null, date: null } }
          : one;
      const wanted = expected.flatMap((one, at) => {
        const detail = details[at];
        return detail === undefined ? [] : [{ key: one, detail }];
      });
      assert.deepEqual(entries.map(even), wanted.map(even));
      for (const one of expected) if (one.keyId !== null) assert.ok(store.hasId(one.keyId));
      assert.equal(store.hasId(idOf(99)), false);
      assert.deepEqual([...store.entries()], entries, "a second look shows the same");
    }),
    { numRuns: 3000, seed: SEED },
  );
});

Deno.test("a store of many keys loses and mixes up none", () => {
  const store = new KeyStore(SEED);
  const COUNT = 30_000;
  for (let number = 0; number < COUNT; number++) {
    const host = number % 7 === 0 ? null : `PC-${number}`;
    store.add(foundKey({ keyId: idOf(number), recoveryPassword: keyOf(number), host, line: number + 1 }));
  }
  for (let number = 0; number < COUNT; number += 3) store.add(foundKey({ keyId: idOf(number) }));
  let number = 0;
  for (const { key, detail } of store.entries()) {
    assert.equal(key.keyId, idOf(number));
    assert.equal(key.recoveryPassword, keyOf(number));
    assert.deepEqual([detail.host, detail.line], [number % 7 === 0 ? null : `PC-${number}`, number + 1]);
    number++;
  }
  assert.equal(number, COUNT);
});

Deno.test("parts are joined: lines moved on, a protector left out whose key another part holds", () => {
  const joiner = new TextJoiner(SEED);
  const part = (keys: readonly FoundKey[], others: readonly string[]): Parameters<TextJoiner["add"]>[0] =>
    resultOf({
      ...nothingFound(),
      keys: [...keys],
      others: others.map((id) => ({ id, type: "unknown", drive: null })),
      refused: [{ line: 2, group: null, reason: "x" }],
    }, keys.length > 0 ? "notes" : "none");
  joiner.add(part([], [idOf(1), idOf(2)]), 1);
  joiner.add(part([foundKey({ keyId: idOf(1), recoveryPassword: keyOf(1), line: 5 })], [idOf(2)]), 101);
  const { kind, entries, otherProtectors, refused } = joiner.end();
  assert.equal(kind, "notes");
  assert.deepEqual([...entries()].map(({ key, detail }) => [key.keyId, detail.line]), [[idOf(1), 105]]);
  assert.deepEqual(Array.from(otherProtectors, ({ id }) => id), [idOf(2)]);
  assert.deepEqual(Array.from(refused, ({ line }) => line), [2, 102]);
});
