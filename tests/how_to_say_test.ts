import assert from "node:assert/strict";
import fc from "fast-check";
import {
  keyIdParts,
  oneLine,
  sayDay,
  sayDrive,
  sayInvalidKey,
  sayLetter,
  sayList,
  sayMoment,
  sayProtection,
  saySize,
  sayVolumeType,
} from "../lib/core/how_to_say.ts";
import { anyText } from "./testdata/rendered/samples.ts";

Deno.test("oneLine() puts foreign text on one line and shows what hides in it", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["Windows", "Windows"],
    ["  a \t\r\n\u0000\u0085\u2028 b ", "a b"],
    ["a\u00a0b", "a b"],
    ["\u202egpj.exe", "[U+202E]gpj.exe"],
    ["a\u200bb\u2066c", "a[U+200B]b[U+2066]c"],
    ["\ud800", "[U+D800]"],
    ["דיסק", "דיסק"],
    ["👩\u200d💻\ufe0f", "👩\u200d💻\ufe0f"],
    ["x".repeat(300), `${"x".repeat(199)}…`],
    ["😀".repeat(150), `${"😀".repeat(99)}…`],
    ["", ""],
  ];
  for (const [text, expected] of rows) assert.equal(oneLine(text), expected);
});

Deno.test("oneLine() gives a short line for any text, and the same again for its own result", () => {
  fc.assert(
    fc.property(anyText(400), (text) => {
      const line = oneLine(text);
      assert.ok(line.length <= 200 && line.isWellFormed());
      assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
      assert.equal(oneLine(line), line);
    }),
    { seed: 20261124 },
  );
});

Deno.test("sayDay() and sayMoment() word a moment in its own offset", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["2026-11-24T03:00:12.345+01:00", "24 November 2026", "24 November 2026, 03:00 (UTC+01:00)"],
    ["2026-01-01T00:00:00Z", "1 January 2026", "1 January 2026, 00:00 (UTC)"],
    ["2026-12-31T23:59:59-08:00", "31 December 2026", "31 December 2026, 23:59 (UTC-08:00)"],
    ["2026-11-24T03:00", "24 November 2026", "24 November 2026, 03:00"],
    ["2026-13-24T03:00:00Z", "2026-13-24T03:00:00Z", "2026-13-24T03:00:00Z"],
    ["some\nday", "some day", "some day"],
  ];
  for (const [moment, day, whole] of rows) {
    assert.equal(sayDay(moment), day);
    assert.equal(sayMoment(moment), whole);
  }
});

Deno.test("saySize() says sizes as Explorer does", () => {
  const rows: readonly (readonly [number | null, string | null])[] = [
    [null, null],
    [-1, null],
    [Number.NaN, null],
    [0, "0 bytes"],
    [1023, "1023 bytes"],
    [1024, "1.00 KB"],
    [32_010_928_128, "29.8 GB"],
    [511_000_000_000, "475 GB"],
    [512_110_190_592, "476 GB"],
    [2_000_398_934_016, "1.81 TB"],
    [Number.MAX_SAFE_INTEGER, "7.99 PB"],
  ];
  for (const [bytes, expected] of rows) assert.equal(saySize(bytes), expected, String(bytes));
});

Deno.test("drives, kinds and states have words", () => {
  assert.equal(sayDrive({ drive: "C:", label: "Windows" }), "drive C: (Windows)");
  assert.equal(sayDrive({ drive: null, label: " \n" }), "drive without a letter");
  assert.equal(sayLetter({ drive: "C:" }), "drive C:");
  assert.equal(sayVolumeType(2), "removable drive");
  assert.equal(sayVolumeType(9), null);
  assert.equal(sayVolumeType(null), null);
  const rows: readonly (readonly [number | null, number | null, number | null, string])[] = [
    [1, 1, 0, "protected"],
    [0, 1, 0, "encrypted, protection OFF"],
    [0, 0, 0, "not encrypted"],
    [0, 2, 0, "being encrypted"],
    [0, 4, null, "being encrypted"],
    [0, 3, 0, "being decrypted"],
    [0, 5, 0, "being decrypted"],
    [2, null, 1, "locked, keys as last read"],
    [null, null, null, "not known"],
    [0, null, 0, "not known"],
  ];
  for (const [protectionStatus, conversionStatus, lockStatus, expected] of rows) {
    assert.equal(
      sayProtection({ protectionStatus, conversionStatus, lockStatus, present: true, lastSeenAt: "" }),
      expected,
    );
  }
});

Deno.test("keyIdParts() parts a Key ID behind the eight characters of the blue screen", () => {
  const id = "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5";
  assert.deepEqual(keyIdParts(id), { short: "58E9DFAD", rest: "-7235-4E32-B7F1-CDC5D4EC89C5" });
  assert.deepEqual(keyIdParts("BITLOCKER"), { short: "BITLOCKER", rest: "" });
});

Deno.test("sayList() and sayInvalidKey() name groups, never digits", () => {
  assert.deepEqual([[], [3], [3, 5], [1, 3, 5]].map(sayList), ["", "3", "3 and 5", "1, 3 and 5"]);
  const rows: readonly (readonly [string, RegExp])[] = [
    ["249425-539187-330364-273262-916346-600963-497299-188144", /^Groups 3 and 5 cannot be right, /],
    ["249425-539187-330364-273262-016346-600963-497299-188144", /^Group 3 cannot be right, /],
    ["249425-539187-330363-273262-016346-600963-497299-188144", /^The digits fail their checksum, /],
    ["249425-539187", /^These are not 8 groups of 6 digits, /],
  ];
  for (const [password, expected] of rows) {
    assert.match(sayInvalidKey(password), expected);
    assert.doesNotMatch(sayInvalidKey(password), /[0-9]{6}/);
  }
});
