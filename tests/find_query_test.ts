import assert from "node:assert/strict";
import fc from "fast-check";
import { fitKeyId } from "../lib/core/find/fit_key_id.ts";
import { readKeyFileName } from "../lib/core/find/key_file_name.ts";
import { nearKeyIds } from "../lib/core/find/near_key_ids.ts";
import { comparableName, looksLikeRecoveryKey, readQuery } from "../lib/core/find/read_query.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const ID = "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5";

for (
  const [text, hex] of [
    ["58E9DFAD", "58E9DFAD"],
    [" 58e9dfad ", "58E9DFAD"],
    ["58E9 DFAD", "58E9DFAD"],
    ["58E9-DFAD", "58E9DFAD"],
    ["58E9–DFAD", "58E9DFAD"],
    ["{58E9DFAD}", "58E9DFAD"],
    ['"58E9DFAD"', "58E9DFAD"],
    ["„58E9DFAD“", "58E9DFAD"],
    ["58E9DFAD...", "58E9DFAD"],
    ["58E9DFAD…", "58E9DFAD"],
    ["５８Ｅ９ＤＦＡＤ", "58E9DFAD"],
    ["58Е9DFАD", "58E9DFAD"], // Cyrillic Е and А
    ["58Ε9DFΑD", "58E9DFAD"], // Greek Ε and Α
    ["٥٨E9DFAD", "58E9DFAD"],
    ["\u200e58E9DFAD\u200f", "58E9DFAD"],
    ["Key ID: 58E9DFAD", "58E9DFAD"],
    ["Key ID 58E9DFAD", "58E9DFAD"],
    ["ID 58E9 DFAD", "58E9DFAD"],
    ["Recovery key ID (to identify your key): 58E9DFAD", "58E9DFAD"],
    ["Schlüssel-ID: 58E9DFAD", "58E9DFAD"],
    ["回復キー ID： 58E9DFAD", "58E9DFAD"],
    ["the one on Anna's laptop is 58E9DFAD", "58E9DFAD"],
    ["O1ILS8B0", "011158B0"],
    [ID, ID.replaceAll("-", "")],
    [`{${ID.toLowerCase()}}`, ID.replaceAll("-", "")],
    [`Key ID ${ID}, recovery`, ID.replaceAll("-", "")],
    [ID.replaceAll("-", " "), ID.replaceAll("-", "")],
    ["58E9", "58E9"],
    ["58E", null],
    ["photos", null],
    ["Anna's laptop", null],
    ["TOMS-PC", null],
    ["Dell", "DE11"],
    ["", null],
    ["58E9DFAG", null],
  ] as const
) {
  Deno.test(`readQuery() reads "${text}" as ${hex}`, () => assert.equal(readQuery(text).hex, hex));
}

Deno.test("readQuery() never repeats digits of a key, nor more than a line", () => {
  const { shown } = readQuery(`Anna ${keyOf(7)}\n\u202e${"x".repeat(500)}`);
  assert.ok(
    !shown.includes(keyOf(7).slice(0, 13)) && shown.length <= 100 && !/[\n\u202e]/.test(shown),
    shown,
  );
});

for (
  const [text, expected] of [
    [keyOf(3), true],
    [keyOf(3).replaceAll("-", " "), true],
    [keyOf(3).replaceAll("-", ""), true],
    [keyOf(3).replaceAll("-", "").slice(0, 36), true],
    [`key: ${keyOf(3)}`, true],
    [keyOf(3).slice(0, 20), true],
    [keyOf(3).replace(/\d/g, (one) => String.fromCharCode(0xff10 + Number(one))), true],
    [keyOf(3).slice(0, 13), false],
    ["24942553", false],
    ["24942553-1234-4123-8123-123456789012", false],
    ["24942553123441238123123456789012", false],
    [ID, false],
    ["PC 12", false],
  ] as const
) {
  Deno.test(`looksLikeRecoveryKey() says ${expected} of ${text.length} characters: ${text.slice(0, 4)}…`, () => {
    assert.equal(looksLikeRecoveryKey(text), expected);
  });
}

for (
  const [typed, rank, slip] of [
    ["58E9DFAD", 0, null],
    ["58E9DFAD-7235", 0, null],
    [ID, 0, null],
    ["S8E9DFAD", 0, "S read as 5"],
    ["58E9DFAD-7235-4E32-B7FI-CDC5D4EC89C5", 0, "I read as 1"],
    ["5BE9DFAD", 1, "B read as 8"],
    ["SBE9DFAD", 1, "S read as 5, B read as 8"],
    ["58E9DFAD-7235-4E32-87F1-CDC5D4ECB9C5", 1, "8 read as B, B read as 8"],
    ["7235-4E32", 2, "found within the Key ID"],
    ["723S4E32", 2, "S read as 5, found within the Key ID"],
    ["58E9DFA", null, null],
    ["58E9DF4D", null, null],
    [`${ID}0`, null, null],
  ] as const
) {
  Deno.test(`fitKeyId() gives ${typed} rank ${rank}`, () => {
    assert.deepEqual(fitKeyId(readQuery(typed), ID), rank === null ? null : { rank, slip });
  });
}

Deno.test("fitKeyId() takes the word that is the Key ID of some drives", () => {
  assert.deepEqual(fitKeyId(readQuery("BitLocker"), "BITLOCKER"), { rank: 0, slip: null });
  assert.equal(fitKeyId(readQuery("BitLocker"), ID), null);
});

for (
  const [name, expected] of [
    [`2026-11-24 C BitLocker Recovery Key ${ID}.TXT`, [ID, "C:", "2026-11-24", false, true]],
    [`2026-11-24 no letter BitLocker Recovery Key ${ID} (2).TXT.age`, [ID, null, "2026-11-24", true, true]],
    [`BitLocker Recovery Key ${ID}.TXT`, [ID, null, null, false, false]],
    [
      `BitLocker-Wiederherstellungsschlüssel ${ID.toLowerCase()}.TXT`,
      [ID, null, null, false, false],
    ],
    [`BitLocker 回復キー ${ID}.TXT`, [ID, null, null, false, false]],
    [`Clé de récupération BitLocker {${ID}} maman.pdf.age`, [ID, null, null, true, false]],
    [`${ID}.BEK`, null],
    [`.spare-key-${ID}.tmp`, null],
    [`x-${ID}A.txt`, null],
    [`A${ID}.txt`, null],
    ["2026-11-24 Recovery sheet.html", null],
    ["status.json", null],
  ] as const
) {
  Deno.test(`readKeyFileName() reads "${name}"`, () => {
    const read = readKeyFileName(name);
    assert.deepEqual(
      read === null ? null : [read.keyId, read.drive, read.date, read.sealed, read.isOwn],
      expected,
    );
  });
}

for (
  const [typed, distance, difference] of [
    ["58E9DF4D", 1, "one character apart: the 7th is A, not 4"],
    ["58E9DADF", 2, "2 characters apart"],
    ["58E9DAFD", 1, "the 6th and 7th character swapped"],
    ["58EDFAD", 1, "one character missing"],
    ["558E9DFAD", 1, "one character too many"],
    ["558E9DFA", 1, "one character too many"],
    ["58E9DFAG", 1, "one character apart: the 8th is D, not G"],
    ["58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C0", 1, "one character apart: the 32nd is 5, not 0"],
    ["58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C", null, null], // it begins so, and fits
    ["58E9DFAD-AAAA-BBBB-AAAA-AAAAAAAAAAAA", 24, "only its first eight characters are the same"],
    ["58E9", 0, "it begins so"],
    ["58E9DFA", 0, "it begins so"],
    ["58F9", null, null],
    ["12345678", null, null],
    ["photos", null, null],
  ] as const
) {
  Deno.test(`nearKeyIds() says of ${typed}: ${difference}`, () => {
    const query = readQuery(typed);
    const near = fitKeyId(query, ID) === null ? nearKeyIds(query, [ID, ID]) : [];
    assert.deepEqual(near, distance === null ? [] : [{ keyId: ID, distance, difference }]);
  });
}

Deno.test("nearKeyIds() gives the nearest alone, at most five, in one order", () => {
  const ids = ["0", "1", "2", "3", "4", "5", "6"].map((one) => `58E9DFA${one}-0000-4000-8000-000000000000`);
  const near = nearKeyIds(readQuery("58E9DFAD"), [
    ...ids.toReversed(),
    "58E9DF00-0000-4000-8000-000000000000",
  ]);
  assert.deepEqual(near.map(({ keyId }) => keyId), ids.slice(0, 5));
});

const seed = 20261124;
Deno.test(`one slip of the eight characters is a fit or near, and the right key is first, seed ${seed}`, () => {
  const others = Array.from({ length: 300 }, (_, number) => idOf(number + 1));
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: others.length - 1 }),
      fc.integer({ min: 0, max: 7 }),
      fc.constantFrom(..."0123456789ABCDEF"),
      fc.constantFrom("other", "missing", "doubled", "swapped"),
      (which, at, character, slip) => {
        const id = others[which] ?? "";
        const start = id.slice(0, 8);
        const typed = {
          other: start.slice(0, at) + character + start.slice(at + 1),
          missing: start.slice(0, at) + start.slice(at + 1),
          doubled: start.slice(0, at) + start.charAt(at) + start.slice(at),
          swapped: start.slice(0, at) + start.charAt(at + 1) + start.charAt(at) + start.slice(at + 2),
        }[slip];
        const query = readQuery(typed);
        if (others.some((one) => fitKeyId(query, one) !== null)) return;
        assert.ok(nearKeyIds(query, others).some(({ keyId }) => keyId === id), `${typed} for ${id}`);
      },
    ),
    { seed, numRuns: 300 },
  );
});

Deno.test(`readQuery() takes any text, and what it reads is hexadecimal, seed ${seed}`, () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
      const { hex, typed } = readQuery(text);
      assert.match(hex ?? "0", /^[0-9A-F]{1,34}$/);
      assert.match(typed ?? "0", /^[0-9A-Z]{1,34}$/);
      looksLikeRecoveryKey(text);
    }),
    { seed },
  );
});

Deno.test("comparableName() takes names as the same in any case, width and quotes", () => {
  for (
    const name of [
      "anna-laptop",
      "ANNA-LAPTOP",
      "ＡＮＮＡ-ＬＡＰＴＯＰ",
      ' "Anna-Laptop" ',
      "Anna\u2011Laptop",
    ]
  ) {
    assert.equal(comparableName(name), "anna-laptop", name);
  }
  assert.equal(comparableName("Anna's  disk"), comparableName("Anna’s disk"));
});
