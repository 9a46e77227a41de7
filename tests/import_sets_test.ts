import assert from "node:assert/strict";
import fc from "fast-check";
import { copyOf, MOST_FOUND_BYTES, TextJoiner } from "../lib/core/import/join_texts.ts";
import { foundKey, nothingFound, resultOf } from "../lib/core/import/found.ts";
import { KeySet } from "../lib/core/import/key_set.ts";
import { type ImportedVolume, UNKNOWN_VOLUME } from "../lib/core/import/model.ts";
import { NumberTable } from "../lib/core/import/number_table.ts";
import { PackedKeys } from "../lib/core/import/packed_keys.ts";
import { TextSet } from "../lib/core/import/text_set.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const SEED = Number(Deno.env.get("SPARE_KEY_FUZZ_SEED") ?? 26_128_846);

const text = fc.oneof(
  fc.constantFrom("", "C:\\Reports", "\ufeff", "ü", "58E9DFAD", "58e9dfad"),
  fc.string({ maxLength: 12 }),
);

Deno.test(`a set of texts knows those that were added, in their order (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(text), text, fc.nat(), (texts, other, seed) => {
      const set = new TextSet(seed);
      for (const one of texts) set.add(one);
      assert.deepEqual([...set], [...new Set(texts)]);
      assert.equal(set.has(other), texts.includes(other));
    }),
    { seed: SEED },
  );
  const many = new TextSet(0);
  for (let number = 0; number < 5000; number++) many.add(`${number % 2500}.TXT`);
  assert.equal([...many].length, 2500);
});

const part = fc.option(fc.oneof(fc.nat(3).map(idOf), fc.nat(3).map(keyOf), text), { nil: null });

Deno.test(`a set of keys tells new ones from those seen before (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(part, part)), (keys) => {
      const set = new KeySet(7);
      const seen = new Set<string>();
      for (const [id, digits] of keys) {
        const name = JSON.stringify([id, digits]);
        assert.equal(set.add(id, digits), !seen.has(name), name);
        seen.add(name);
      }
    }),
    { seed: SEED },
  );
});

/** What is known of keys comes back as it was, whatever forms their parts have. */
Deno.test(`packed keys come back as they were (seed ${SEED})`, () => {
  const key = fc.record({
    keyId: part,
    recoveryPassword: part,
    drive: fc.constantFrom(null, "A:", "Z:", "data", "", "CC:"),
    line: fc.option(fc.integer({ min: 1, max: 2 ** 32 - 1 }), { nil: null }),
    host: fc.option(text, { nil: null }),
    date: fc.option(text, { nil: null }),
    pairing: fc.constantFrom("record", "block", "line", "near", "order", "none"),
    reason: fc.option(text, { nil: null }),
  }).map(foundKey);
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const packed = new PackedKeys(SEED);
      for (const one of keys) {
        packed.draft(idOf(99), keyOf(99));
        packed.draft(one.keyId, one.recoveryPassword);
        packed.keep(one);
      }
      const places = [...packed.places()];
      assert.deepEqual(places.map((at) => packed.read(at)), keys);
      for (const at of places) packed.mark(at, "needless", true);
      assert.deepEqual(places.map((at) => packed.read(at)), keys, "a mark changes nothing else");
    }),
    { seed: SEED },
  );
});

Deno.test("who does not know the seed cannot make keys of one hash", () => {
  /** The part of a table that a Key ID goes to, and its first slots. */
  const upper = (seed: number, id: string): number => {
    const packed = new PackedKeys(seed);
    return packed.hash(packed.draft(id, null), "id") >>> 22;
  };
  const alike: string[] = [];
  for (let number = 0; alike.length < 40; number++) {
    if (upper(1, idOf(number)) === 5) alike.push(idOf(number));
  }
  assert.ok(new Set(alike.map((id) => upper(2, id))).size > 25);
});

Deno.test("a table looks at few others for each number, however many there are", () => {
  const packed = new PackedKeys(SEED);
  let looks = 0;
  const table = new NumberTable({
    hash: (at) => packed.hash(at, "id"),
    isSame: (one, other) => {
      looks++;
      return packed.isSame(one, other, "id");
    },
  });
  const COUNT = 20_000;
  for (let number = 0; number < COUNT; number++) {
    const at = packed.draft(idOf(number), null);
    assert.equal(table.find(at), null);
    packed.keep(foundKey({}));
    table.add(at);
  }
  assert.ok(looks < COUNT * 8, `${looks} looks`);
  assert.ok(packed.bytes < COUNT * 40, `${packed.bytes} bytes`);
});

const volume: fc.Arbitrary<ImportedVolume> = fc.record({
  drive: fc.constantFrom(null, "C:", "D:"),
  label: fc.constantFrom(null, "", "Data"),
  percent: fc.constantFrom(null, 100),
}).map((known) => ({ ...UNKNOWN_VOLUME, ...known }));
const refusal = fc.record({
  line: fc.option(fc.integer({ min: 1, max: 99 }), { nil: null }),
  group: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
  reason: fc.constantFrom("group 3 has 5 digits, it must have 6", "a spreadsheet has rounded it", " x"),
});
const other = fc.record({
  drive: fc.constantFrom(null, "C:"),
  id: fc.nat(5).map(idOf),
  type: fc.constantFrom("tpm" as const, "unknown" as const, "external-key" as const),
});

Deno.test(`what stands beside keys is joined as that of a short text (seed ${SEED})`, () => {
  const found = fc.record({
    volumes: fc.array(volume),
    refused: fc.array(refusal),
    others: fc.array(other),
  });
  fc.assert(
    fc.property(fc.array(found, { maxLength: 4 }), (made) => {
      // objects as readers make them, with a prototype
      const parts = copyOf(made);
      const joiner = new TextJoiner(3);
      for (const one of parts) joiner.add(resultOf({ ...nothingFound(), ...one }, "none"), 1);
      const { otherProtectors, volumes, refused } = joiner.end();
      const wanted = resultOf({
        ...nothingFound(),
        volumes: parts.flatMap((one) => one.volumes),
        refused: parts.flatMap((one) => one.refused),
        others: parts.flatMap((one) => one.others),
      }, "none");
      for (
        const [all, expected] of [[otherProtectors, wanted.otherProtectors], [volumes, wanted.volumes], [
          refused,
          wanted.refused,
        ]] as const
      ) {
        assert.deepEqual([...all], expected);
        assert.equal(all.length, expected.length);
        assert.deepEqual([...all], expected, "a second look shows the same");
      }
    }),
    { seed: SEED },
  );
});

Deno.test("two million keys take less than the most that is read of one file", () => {
  const joiner = new TextJoiner(SEED);
  const COUNT = 20_000;
  const bytesOf = (from: number): number => {
    const keys = Array.from(
      { length: COUNT },
      (_, at) =>
        foundKey({ keyId: idOf(from + at), recoveryPassword: keyOf(from + at), line: from + at + 1 }),
    );
    joiner.add(resultOf({ ...nothingFound(), keys }, "table"), 1);
    return joiner.bytes;
  };
  const first = bytesOf(0);
  const each = (bytesOf(COUNT) - first) / COUNT;
  assert.ok(each * 1_900_000 < MOST_FOUND_BYTES, `${each} bytes a pair`);
});
