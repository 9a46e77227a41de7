import assert from "node:assert/strict";
import fc from "fast-check";
import {
  formatRecoveryPassword,
  isValidRecoveryPassword,
  redactRecoveryPasswords,
  wrongGroups,
} from "../lib/core/recovery_password.ts";
import { passwordOf } from "./helpers/made_up_values.ts";

const PASSWORD = "249425-539187-330363-273262-016346-600963-497299-188144";

/** Digits as Windows makes them: eight 16-bit numbers times 11. */
const anyPassword = fc.array(fc.integer({ min: 0, max: 65535 }), { minLength: 8, maxLength: 8 })
  .map((numbers) => numbers.map((number) => String(number * 11).padStart(6, "0")).join("-"));

Deno.test("formatRecoveryPassword() takes 48 digits with hyphens, blanks or nothing between them", () => {
  const rows: readonly (readonly [string, string | null])[] = [
    [PASSWORD, PASSWORD],
    [PASSWORD.replaceAll("-", ""), PASSWORD],
    [PASSWORD.replaceAll("-", " "), PASSWORD],
    [PASSWORD.replaceAll("-", "\u00a0"), PASSWORD],
    [` ${PASSWORD}\r\n`, PASSWORD],
    [PASSWORD.slice(0, -1), null],
    [`${PASSWORD}1`, null],
    [PASSWORD.replace("2", "O"), null],
    [PASSWORD.replaceAll("-", "."), null],
    ["٢٤٩٤٢٥".repeat(8), null],
    ["", null],
  ];
  for (const [text, expected] of rows) assert.equal(formatRecoveryPassword(text), expected, text);
});

Deno.test("wrongGroups() names the groups that are no 16-bit number times 11", () => {
  const rows: readonly (readonly [string, readonly number[]])[] = [
    [PASSWORD, []],
    [PASSWORD.replace("330363", "330364"), [3]],
    [PASSWORD.replace("249425", "720885"), []],
    [PASSWORD.replace("249425", "720896"), [1]],
    [PASSWORD.replace("188144", "999999"), [8]],
    [PASSWORD.replace("016346", "16346"), [5]],
    [PASSWORD.replace("249425", "249426").replace("188144", "188145"), [1, 8]],
  ];
  for (const [text, expected] of rows) assert.deepEqual(wrongGroups(text), expected, text);
});

Deno.test("isValidRecoveryPassword() checks the digits, not the form alone", () => {
  const rows: readonly (readonly [string, boolean])[] = [
    [PASSWORD, true],
    [PASSWORD.replaceAll("-", ""), true],
    ["000000-".repeat(8).slice(0, -1), true],
    ["720885-".repeat(8).slice(0, -1), true],
    ["720896-".repeat(8).slice(0, -1), false],
    ["123456-".repeat(8).slice(0, -1), false],
    ["", false],
    ["BitLocker", false],
  ];
  for (const [text, expected] of rows) assert.equal(isValidRecoveryPassword(text), expected, text);
});

Deno.test("isValidRecoveryPassword() takes all that Windows can make, and notices one wrong or two swapped digits", () => {
  fc.assert(
    fc.property(anyPassword, fc.nat(47), fc.integer({ min: 1, max: 9 }), (password, at, step) => {
      assert.ok(isValidRecoveryPassword(password));
      const digits = password.replaceAll("-", "");
      const digit = Number(digits[at]);
      const wrong = `${digits.slice(0, at)}${(digit + step) % 10}${digits.slice(at + 1)}`;
      assert.ok(!isValidRecoveryPassword(wrong));
      const next = digits[at + 1];
      if (at % 6 < 5 && next !== digits[at]) {
        assert.ok(!isValidRecoveryPassword(`${digits.slice(0, at)}${next}${digit}${digits.slice(at + 2)}`));
      }
    }),
    { seed: 20261124, numRuns: 1000 },
  );
});

Deno.test("redactRecoveryPasswords() blanks keys in every spelling and leaves other digits", () => {
  const rows: readonly (readonly [string, string])[] = [
    [`key ${PASSWORD}.`, "key [recovery password]."],
    [PASSWORD.replaceAll("-", ""), "[recovery password]"],
    [PASSWORD.replaceAll("-", " "), "[recovery password]"],
    [PASSWORD.replaceAll("-", "\r\n"), "[recovery password]"],
    [PASSWORD.replaceAll("-", "\u00a0"), "[recovery password]"],
    [`${PASSWORD}, ${passwordOf(5)}`, "[recovery password], [recovery password]"],
    ["58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5", "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5"],
    ["2026-11-24T03:00:12.345+01:00", "2026-11-24T03:00:12.345+01:00"],
  ];
  for (const [text, expected] of rows) assert.equal(redactRecoveryPasswords(text), expected);
});

Deno.test("redactRecoveryPasswords() leaves no group of a key, whatever text stands around it", () => {
  const around = fc.string({ maxLength: 20 }).map((text) => text.replace(/[0-9\s-]/g, "x"));
  fc.assert(
    fc.property(around, anyPassword, around, (before, password, after) => {
      assert.equal(
        redactRecoveryPasswords(`${before}${password}${after}`),
        `${before}[recovery password]${after}`,
      );
    }),
    { seed: 20261124, numRuns: 500 },
  );
});
