// Texts that lost or doubled a line end or a line: whose digits they are must be beyond doubt.

import assert from "node:assert/strict";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const [id0, id1, id2, id8, id9] = [idOf(0), idOf(1), idOf(2), idOf(8), idOf(9)];
const [key0, key1, key2] = [keyOf(0), keyOf(1), keyOf(2)];

const entry = (pc: string, [uuid, id, key]: readonly [string, string, string]): string =>
  `- host: ${pc}\n  asset_uuid: ${uuid}\n  key_id: ${id}\n  recovery_key: ${key}\n`;

const list = (id: string, key: string): string =>
  `KeyProtectorId : {${id}}\nAutoUnlockProtector :\nKeyProtectorType : RecoveryPassword\nKeyFileName :\n` +
  `RecoveryPassword : ${key}\nThumbprint :\n`;

const ROWS: readonly (readonly [name: string, text: string, pairs: string])[] = [
  [
    "an entry of YAML that begins with the digits of the one before",
    `  recovery_key: ${key0} - host: pc-2\n  asset_uuid: ${id9}\n  key_id: ${id1}\n  recovery_key: ${key1}\n` +
    entry("pc-3", [id8, id2, key2]),
    "?=0, 1=1, 2=2",
  ],
  [
    "an entry of YAML whose first line is lost",
    `  recovery_key: ${key0}\n  asset_uuid: ${id9}\n  key_id: ${id1}\n  recovery_key: ${key1}\n` +
    entry("pc-3", [id8, id2, key2]),
    "?=0, 1=1, 2=2",
  ],
  [
    "digits of a record right above a list of PowerShell",
    `"id": "${id9}"\n"deviceId": "${id8}"\n"key": "${key0}"\n${list(id1, key1)}`,
    "9=?, ?=0, 1=?, ?=1",
  ],
  [
    "digits and the next block's Key ID on one line, below the Key ID of the digits",
    `key_id: ${id0}\nrecovery_key: ${key0} KeyProtectorId : {${id1}}\n\nAutoUnlockProtector :\n\n` +
    `RecoveryPassword : ${key1}\n`,
    "?=1, 0=?, ?=0, 1=?",
  ],
  [
    "a half that stands twice on one line",
    `Device name\nPC-1\nKey ID\n${id1}\nRecovery key\n${key1.slice(0, 28)} ${key1.slice(0, 28)}\n${
      key1.slice(28)
    }\n`,
    "1=?",
  ],
  [
    "the Key ID of another protector above a password manager's entry in one line",
    `    Password:\nDevice ID: ${id9}\n      ID: {${id0}}\n\nTitle: PC 2 User name: ${id1}\nPassword: ${key1}\n`,
    "0=?, ?=1",
  ],
  [
    "a sentence with a comma above lists that lost their line end",
    `To verify that this is the correct recovery key, compare the start of the following identifier.\n` +
    `Identifier:\n\t${id0}\nRecovery Key:\n\t${key0}\nTry another key, or ask.\n` +
    `KeyProtectorId : {{${id1}}, {${id2}}} RecoveryPassword : {, ${key2}}\n`,
    "0=0, ?=2",
  ],
  [
    "a list of two Key IDs above an event's text",
    `KeyProtectorId   : {{${id9}}, {${id1}}}\nRecoveryPassword : {, ${key1}}\nEvent ID: 845\n` +
    `Protector GUID: {${id2}}.\nTraceId: {${id8}}\n`,
    "2=?, 1=1",
  ],
  [
    "the tab of Active Directory with a page's number behind a Key ID",
    `Date: 2024-01-02\nPassword ID: ${id0}\n\nRecovery Password:\n${key1}\nComputer: PC-1\nDate: 2024-01-02\n` +
    `Password ID: ${id1} 111737\n`,
    "1=1, 0=?",
  ],
  [
    "a list of PowerShell without its Key ID above an array of a program without its digits",
    `RecoveryPassword : ${key0}\nKeyCertificateType :\nThumbprint :\n  'pc-3' => [\n    'uuid' => '${id9}',\n` +
    `    'key_id' => '${id1}',\n  ],\n`,
    "?=0, 1=?",
  ],
  [
    "a password manager's entry right above an event's text",
    `Title: PC 2\nUser name: ${id0}\nPassword: ${key0}\nEvent ID: 845\nProtector GUID: {${id1}}.\nTraceId: {${id9}}\n`,
    "1=?, 0=0",
  ],
  [
    "a password manager's entry right above a list of PowerShell",
    `Title: PC 1\nUser name: ${id0}\nPassword: ${key0}\n${list(id1, key1)}Event ID: 845\n`,
    "?=0, 1=?, ?=1",
  ],
  [
    "a row of a table whose Key ID is in three pieces",
    `| PC | Device ID | Key ID | Recovery key |\n|----|----|----|----|\n| PC-1 | ${id9} | ${
      id0.slice(0, 5)
    }\n` +
    `${id0.slice(5, 20)}\n${id0.slice(20)} | ${key0} |\n`,
    "?=0",
  ],
  [
    "a screen of manage-bde that lost a blank line and the ID below it",
    `Volume C: []\nAll Key Protectors\n\n    Password:\n      ID: {${id0}}\n     Numerical Password:\n      Password:\n` +
    `        ${key1}\n`,
    "0=? C:, ?=1 C:",
  ],
  [
    "a screen of manage-bde behind two signs of a comment each line, with an ID lost",
    `# # Volume C: []\n# # All Key Protectors\n# # \n# #     Password:\n# #       ID: {${id0}}\n# # \n` +
    `# #     Numerical Password:\n# #       Password:\n# #         ${key1}\n`,
    "?=1",
  ],
  [
    "a list of PowerShell whose first line is lost, and the next one right below",
    `AutoUnlockProtector :\nKeyProtectorType : RecoveryPassword\nKeyFileName :\nRecoveryPassword : ${key0}\nThumbprint :\n` +
    `KeyProtectorId : {${id9}}\nKeyProtectorType : Tpm\nRecoveryPassword :\n${list(id1, key1)}`,
    "?=1, ?=0, 9=?",
  ],
];

for (const [name, text, pairs] of ROWS) {
  Deno.test(`import pairs nothing that may belong elsewhere: ${name}`, () =>
    assert.equal(pairsIn(text), pairs));
}
