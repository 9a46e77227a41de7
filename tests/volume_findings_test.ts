import assert from "node:assert/strict";
import { checkFindings, findingsOf, LOCKED, UNREAD } from "./helpers/finding_rows.ts";
import { deviceOf, guidOf, passwordOf } from "./helpers/made_up_values.ts";
import { c } from "./helpers/nights.ts";
import {
  dataVolumeDocument,
  errorDocument,
  keyDocument,
  plainVolumeDocument,
  snapshotOf,
  tpmDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

const noKey = { protectors: [tpmDocument()] };
const none = { protectors: [] };

Deno.test("volumeFindings() finds nothing on an encrypted, protected drive with a recovery key", () => {
  checkFindings([
    ["one key", [c()], []],
    ["two keys are normal", [c({ protectors: [keyDocument(1), keyDocument(3), tpmDocument()] })], []],
    ["a key alone", [c({ protectors: [keyDocument(1)] })], []],
  ]);
  assert.deepEqual(findingsOf(snapshotOf([])), []);
});

Deno.test("volumeFindings() finds no-recovery-key on what is encrypted with other protectors alone", () => {
  checkFindings([
    ["encrypted", [c(noKey)], ["danger no-recovery-key"]],
    ["encrypting", [c({ ...noKey, conversionStatus: 2 })], [
      "danger no-recovery-key",
      "info encryption-in-progress",
    ]],
    ["encrypting, paused", [c({ ...noKey, conversionStatus: 4 })], [
      "danger no-recovery-key",
      "info encryption-in-progress",
    ]],
    ["decrypting", [c({ ...noKey, conversionStatus: 3 })], ["info decryption-in-progress"]],
    ["decrypted", [c({ ...noKey, conversionStatus: 0 })], ["info not-encrypted"]],
    ["list not read: the last known one has a key", [c(), c(UNREAD)], ["warning unreadable"]],
    ["list not read: the last known one has none", [c(noKey), c(UNREAD)], [
      "danger no-recovery-key",
      "warning unreadable",
    ]],
    ["list never read", [c(UNREAD)], ["warning unreadable"]],
    ["a type that was not read may be a key", [
      c({ protectors: [tpmDocument(0xF0, { type: null })], errors: [errorDocument("GetKeyProtectorType")] }),
    ], ["warning unreadable"]],
    ["a key whose digits were not read is one", [
      c({
        protectors: [keyDocument(1, { recoveryPassword: null })],
        errors: [errorDocument("GetKeyProtectorNumericalPassword")],
      }),
    ], ["warning unreadable"]],
    ["the key was removed", [c(), c(noKey)], ["danger no-recovery-key"]],
    ["a locked drive with a password alone", [
      c({ ...LOCKED, errors: [], protectors: [tpmDocument(0xF0, { type: 8 })] }),
    ], [
      "danger no-recovery-key",
      "info locked",
    ]],
  ]);
});

Deno.test("volumeFindings() finds not-activated on what is encrypted without any protector", () => {
  const waiting = { ...none, protectionStatus: 0 };
  const notActivated = {
    ...waiting,
    protectors: null,
    errors: [errorDocument("GetKeyProtectors", -2144272376)],
  };
  checkFindings([
    ["encrypted", [c(waiting)], ["warning not-activated"]],
    ["as an error code", [c(notActivated)], ["warning not-activated"]],
    ["encrypting", [c({ ...waiting, conversionStatus: 2 })], [
      "info encryption-in-progress",
      "warning not-activated",
    ]],
    ["not encrypted, no protectors", [c({ ...waiting, conversionStatus: 0 })], ["info not-encrypted"]],
    ["not encrypted, as an error code", [c({ ...notActivated, conversionStatus: 0 })], [
      "info not-encrypted",
    ]],
    ["list not read is not none", [c({ ...UNREAD, protectionStatus: 0 })], ["warning unreadable"]],
    ["list not read, and none the last time", [c(waiting), c({ ...UNREAD, protectionStatus: 0 })], [
      "warning not-activated",
      "warning unreadable",
    ]],
  ]);
});

Deno.test("volumeFindings() finds suspended on what is encrypted, with protectors, and protection off", () => {
  const off = { protectionStatus: 0 };
  checkFindings([
    ["with a key", [c(off)], ["warning suspended"]],
    ["without a key", [c({ ...off, ...noKey })], ["danger no-recovery-key", "warning suspended"]],
    ["while encrypting it reads off", [c({ ...off, conversionStatus: 2 })], ["info encryption-in-progress"]],
    ["while decrypting it reads off", [c({ ...off, conversionStatus: 3 })], ["info decryption-in-progress"]],
    ["not encrypted", [snapshotOf([plainVolumeDocument()])], ["info not-encrypted"]],
    ["not read tonight, off before", [
      c(off),
      c({ protectionStatus: null, errors: [errorDocument("GetProtectionStatus")] }),
    ], [
      "warning suspended",
      "warning unreadable",
    ]],
    ["on again", [c(off), c()], []],
  ]);
});

Deno.test("volumeFindings() says for how many restarts protection is suspended", () => {
  const textOf = (suspendCount: number | null): string =>
    findingsOf(c({ protectionStatus: 0, suspendCount }))[0]?.text ?? "";
  assert.match(textOf(1), /until the next restart/);
  assert.match(textOf(3), /for the next 3 restarts/);
  for (const count of [0, null]) assert.doesNotMatch(textOf(count), /restarts|next restart/);
});

Deno.test("volumeFindings() finds invalid-key for each recovery password that fails its checksum", () => {
  const wrong = passwordOf(1).replace(/^.{6}/, "123456");
  checkFindings([
    ["a wrong group", [c({ protectors: [keyDocument(1, { recoveryPassword: wrong })] })], [
      "danger invalid-key",
    ]],
    ["too short", [c({ protectors: [keyDocument(1, { recoveryPassword: "123" })] })], ["danger invalid-key"]],
    ["two of three", [
      c({
        protectors: [
          keyDocument(1, { recoveryPassword: wrong }),
          keyDocument(3, { recoveryPassword: wrong.replace("1", "7") }),
          keyDocument(4),
        ],
      }),
    ], ["danger invalid-key", "danger invalid-key"]],
  ]);
  const night = c({ protectors: [keyDocument(1, { recoveryPassword: wrong })] });
  checkFindings([
    ["list not read: the last known one stands", [night, c(UNREAD)], [
      "danger invalid-key",
      "warning unreadable",
    ]],
    ["locked", [night, c(LOCKED)], ["danger invalid-key", "info locked"]],
    ["other digits now, and right ones", [night, c()], []],
    ["removed", [night, c({ protectors: [keyDocument(3)] })], []],
  ]);
  const [found] = findingsOf(night);
  assert.equal(found?.about, guidOf(1));
  for (const group of wrong.split("-")) assert.ok(!found?.text.includes(group));
});

Deno.test("volumeFindings() finds what is under way, what is not encrypted, and what the drive encrypts itself", () => {
  checkFindings([
    ["encrypting", [c({ conversionStatus: 2 })], ["info encryption-in-progress"]],
    ["encrypting, paused", [c({ conversionStatus: 4 })], ["info encryption-in-progress"]],
    ["decrypting", [c({ conversionStatus: 3 })], ["info decryption-in-progress"]],
    ["decrypting, paused", [c({ conversionStatus: 5 })], ["info decryption-in-progress"]],
    ["decrypted", [c({ conversionStatus: 0 })], ["info not-encrypted"]],
    ["100 percent and still under way", [c({ conversionStatus: 2, encryptionPercentage: 100 })], [
      "info encryption-in-progress",
    ]],
    ["by the drive", [c({ encryptionMethod: 5 })], ["info hardware-encryption"]],
    ["method unknown", [c({ encryptionMethod: -1 })], []],
  ]);
  assert.match(findingsOf(c({ conversionStatus: 2, encryptionPercentage: 43 }))[0]?.text ?? "", /43 %/);
});

Deno.test("volumeFindings() names the drive of each finding, and a drive without a letter by its label", () => {
  const nameless = { drive: null, mountPaths: [] };
  const found = findingsOf(
    snapshotOf([volumeDocument(noKey), dataVolumeDocument({ ...nameless, protectionStatus: 0 })]),
  );
  assert.deepEqual(found.map((one) => [one.code, one.volume?.drive, one.volume?.label]), [
    ["no-recovery-key", "C:", "Windows"],
    ["suspended", null, "Photos"],
  ]);
  assert.match(found[1]?.text ?? "", /Photos/);
  for (const one of found) assert.match(one.text, /^[A-Z"].*\.$|RecoveryPassword$/s, one.text);
});

Deno.test("volumeFindings() knows a drive under another spelling of its device ID, and by its persistent ID", () => {
  for (const deviceId of [deviceOf(1).toUpperCase(), deviceOf(9)]) {
    checkFindings([[deviceId, [c(noKey), c({ ...UNREAD, deviceId })], [
      "danger no-recovery-key",
      "warning unreadable",
    ]]]);
  }
});

Deno.test("volumeFindings() lets no label write more than its name", () => {
  const label = "Win\r\nEverything is fine.\u202e\u0000";
  for (const changes of [noKey, { protectionStatus: 0 }, LOCKED, UNREAD, { conversionStatus: 0 }]) {
    for (const one of findingsOf(c({ ...changes, label }))) {
      // deno-lint-ignore no-control-regex -- none of these may be in a sentence
      assert.doesNotMatch(one.text, /[\u0000-\u001f\u202e]/);
    }
  }
});
