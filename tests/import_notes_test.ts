import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const [id0, id1, id9] = [idOf(0), idOf(1), idOf(9)];
const [key0, key1] = [keyOf(0), keyOf(1)];
const groups = key0.split("-");
const digits = key0.replaceAll("-", "");

type Row = readonly [name: string, text: string, pairs: string];

/** @returns The digits in groups of a size. */
function inGroupsOf(size: number): string {
  return (digits.match(new RegExp(`.{${size}}`, "g")) ?? []).join(" ");
}

/** @returns Two keys in two columns, each on two lines. */
function inColumns(end: string): string {
  const half = (key: string, from: number): string => key.split("-").slice(from, from + 4).join("-");
  return `${half(key0, 0)}${end}      ${half(key1, 0)}${end}\n${half(key0, 4)}       ${half(key1, 4)}\n`;
}

const NOTES: readonly Row[] = [
  ...[".", "/", "_", ", ", "|", " . ", "*"].map((sign): Row => [
    `${JSON.stringify(sign)} between groups`,
    `ID ${id0}\nkey ${groups.join(sign)}\n`,
    "0=0",
  ]),
  [
    "dots on two lines",
    `ID ${id0}\nkey ${groups.slice(0, 4).join(".")}\n${groups.slice(4).join(".")}\n`,
    "0=0",
  ],
  ...[1, 2, 3, 4, 8].map((size): Row => [
    `groups of ${size}`,
    `ID: ${id0}\nKey: ${inGroupsOf(size)}\n`,
    "0=0",
  ]),
  ["numbered groups", `ID ${id0}\n${groups.map((group, at) => `${at + 1}. ${group}`).join("\n")}\n`, "0=0"],
  [
    "lettered groups",
    `ID ${id0}\n${groups.map((group, at) => `${"ABCDEFGH"[at]}: ${group}`).join(" ")}\n`,
    "0=0",
  ],
  ["numbered groups in no order", `${groups.map((group, at) => `${8 - at}. ${group}`).join("\n")}\n`, ""],
  ["a Key ID without hyphens", `Key ID: ${id0.replaceAll("-", "")}\nKey: ${key0}\n`, "0=0"],
  ["a checksum without hyphens", `MD5: ${id0.replaceAll("-", "")}\nKey: ${key0}\n`, "?=0"],
  ["a Key ID with blanks", `Key ID: ${id0.replaceAll("-", " ")}\nKey: ${key0}\n`, "0=0"],
  ["two columns", `Key ID: ${id0}    Key ID: ${id1}\n\nKey:       Key:\n${inColumns("-")}`, "0=0, 1=1"],
  ["two columns without hyphens at their ends", inColumns(""), "?=0, ?=1"],
  ["two columns of which the first line stands twice", inColumns("-").replace(/^.*\n/, "$&$&"), "?=1"],
  [
    "the first column's first half alone",
    `${inColumns("-").split("\n")[0]}\n${groups.slice(4).join("-")}\n`,
    "",
  ],
  ["a half that stands twice", `Key: ${groups.slice(0, 4).join("-")}\n${groups.slice(0, 4).join("-")}\n`, ""],
  [
    "two lists whose numbers agree in another order",
    `Key IDs\n1. ${id0}\n2. ${id1}\n\nKeys\n2. ${key1}\n1. ${key0}\n`,
    "1=1, 0=0",
  ],
  [
    "two lists whose numbers do not agree",
    `Key IDs\n1. ${id0}\n2. ${id1}\n\nKeys\n3. ${key1}\n4. ${key0}\n`,
    "?=1, ?=0",
  ],
  [
    "a user's name in place of the Key ID",
    `Host: PC-1\nUsername: ${id0}\nPassword: ${key0}\nNotes: BitLocker\n`,
    "0=0",
  ],
  ["a name with an equals sign", `[PC-1]\nMachineGuid=${id9}\nKeyID=${id0}\nRecoveryKey=${key0}\n`, "0=0"],
  ["an address of the web", `https://x.example/?session=${id9}\n${key0}\n`, "?=0"],
  ["a line end as two signs", `UID:${id9}\nTEXT:Key ID ${id0}\\nRecovery key ${key0}\n`, "0=0"],
  [
    "an `id` beside the key's",
    `'uuid' => '${id9}',\n'key_id' => '${id0}',\n'recovery_key' => '${key0}',\n`,
    "0=0",
  ],
  ["inventory", `System UUID: ${id9}\nRecovery password: ${key0}\nProtector: {${id0}}\n`, "0=0"],
  ["a GUID in a text about something else", `Order 4711\nGUID ${id9}\n`, ""],
  [
    "PowerShell's list without its Key ID, and another text right below",
    `KeyProtectorType : RecoveryPassword\nRecoveryPassword : ${key0}\nEvent ID: 845\nProtector GUID: {${id1}}.\n`,
    "1=?, ?=0",
  ],
  // the digits of the first are another's than the Key ID below them
  [
    "a broken Key ID above digits, whole records below",
    `Key ID:\n ${id0.slice(0, 5)}\nKey: ${key0}\nKey ID: ${id1}\nKey: ${key1}\n`,
    "?=0, 1=?, ?=1",
  ],
];

for (const [name, text, pairs] of NOTES) {
  Deno.test(`import reads a note: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

Deno.test("import says why groups with dots are no key", () => {
  const refused = (text: string): readonly (number | null)[] =>
    importText(text).refused.map(({ group }) => group);
  assert.deepEqual(refused(`Key: ${groups.slice(1).join(".")}\n`), [null]);
  assert.deepEqual(refused(`Key: ${groups.with(2, "000012").join(".")}\n`), [3]);
  assert.deepEqual(refused(`Numbers: ${groups.slice(1).join(",")}\n`), []);
});

Deno.test("import takes no row of noughts and ones for a key", () => {
  for (const row of ["0 ", "1 ", "11 ", "0 0 0 0 1 1 "]) {
    const text = row.repeat(48).replaceAll(" ", "").slice(0, 48).split("").join("/");
    assert.deepEqual(importText(text).keys, [], row);
  }
});
