import assert from "node:assert/strict";
import { blankSecrets, blankUserError, sayBug, sayBugAndPlace } from "../lib/core/blank_secrets.ts";
import { misplacedSecret } from "../lib/core/misplaced_secret.ts";
import { parseSnapshot } from "../lib/core/parse_snapshot.ts";
import { UserError } from "../lib/errors.ts";
import { password, volume } from "./helpers/night_rig.ts";

const DIGITS = password(77);
const BARE = DIGITS.replaceAll("-", "");
const KEY = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;

function syntaxErrorOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

const BUGS: readonly (readonly [what: string, error: unknown, said: string])[] = [
  ["what V8 quotes", syntaxErrorOf(`{"a":x"${DIGITS}"}`), "JSON is damaged; what it says would quote it"],
  ["another SyntaxError", new SyntaxError("Invalid regular expression"), "Invalid regular expression"],
  ["whole digits", new Error(`is ${DIGITS}`), "is [recovery password]"],
  ["half of them", new Error(`"…${DIGITS.slice(3, 24)}…"`), '"…[digits]…"'],
  ["a few of them", new Error(`..."${DIGITS.slice(0, 9)}"...`), '..."[digits]"...'],
  ["blanks between", new Error(BARE.slice(0, 12).replace(/.{6}/g, "$& ")), "[digits] "],
  ["a secret as it is and in JSON", new Error('pa"ss and pa\\"ss'), "[secret] and [secret]"],
  ["no error", `${KEY}!`, "[secret key]!"],
  ["small numbers", new Error("line 12345, os error 39"), "line 12345, os error 39"],
];

for (const [what, error, said] of BUGS) {
  Deno.test(`sayBug() leaves out ${what}`, () => {
    assert.equal(sayBug(error, ['pa"ss']), said);
  });
}

Deno.test("sayBugAndPlace() tells the places of the stack, but no line of a message", () => {
  const error = new TypeError(`a\n${DIGITS.slice(0, 9)}`);
  assert.match(
    sayBugAndPlace(error, []),
    /^TypeError: a\n\[digits\]\n {4}at .*blank_secrets_test\.ts:\d+:\d+/,
  );
  error.stack = `x\n    at ${BARE.slice(0, 20)} (main.js:1:234567)\n${BARE}`;
  assert.equal(sayBugAndPlace(error, []), "TypeError: a\n[digits]\n    at [digits] (main.js:1:234567)");
  delete error.stack;
  assert.equal(sayBugAndPlace(error, []), "TypeError: a\n[digits]");
});

Deno.test("blankSecrets() leaves words that a short secret stands in", () => {
  assert.equal(blankSecrets("abc abcd", ["abc"]), "abc abcd");
  assert.equal(blankSecrets("abc abcd", ["abcd"]), "abc [secret]");
});

Deno.test("blankUserError() keeps code and hint, and anything that holds no secret as it is", () => {
  const clean = new UserError("mail", "no", { hint: "ask" });
  assert.equal(blankUserError(clean, ["word"]), clean);
  const error = blankUserError(new UserError("mail", `to ${DIGITS}`, { hint: "not word" }), ["word"]);
  assert.ok(error instanceof UserError);
  assert.deepEqual([error.code, error.message, error.hint], [
    "mail",
    "to [recovery password]",
    "not [secret]",
  ]);
});

Deno.test("misplacedSecret() names the place, of a list as well", () => {
  const rows: readonly (readonly [unknown, string | null])[] = [
    [{ a: [1, { b: `x ${BARE}` }] }, "a[1].b"],
    [{ a: { b: [["y", KEY]] } }, "a.b[0][1]"],
    [{ a: DIGITS.slice(0, 40), b: null, c: [] }, null],
  ];
  for (const [value, place] of rows) assert.equal(misplacedSecret(value), place);
});

Deno.test("parseSnapshot() takes a document of any depth", () => {
  let deep: unknown = DIGITS;
  for (let depth = 0; depth < 50_000; depth++) deep = [deep];
  const { volumes } = parseSnapshot({
    schema: 1,
    takenAt: "2026-11-24T03:00:00+01:00",
    host: { name: "ANNA-LAPTOP", machineId: "m" },
    volumes: [volume("C:", [77], { more: deep })],
    deep,
  }, "snapshot");
  assert.equal(
    volumes[0]?.protectors?.find((one) => one.recoveryPassword !== null)?.recoveryPassword,
    DIGITS,
  );
});
