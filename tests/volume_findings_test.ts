import assert from "node:assert/strict";
import type { Finding, Snapshot } from "../lib/core/model.ts";
import { volumeFindings } from "../lib/core/volume_findings.ts";
import {
  dataVolumeDocument,
  deviceOf,
  errorDocument,
  guidOf,
  type Json,
  keyDocument,
  knowledgeAfter,
  passwordOf,
  plainVolumeDocument,
  snapshotOf,
  tpmDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

/** What the last of some nights finds. */
function findingsOf(...nights: readonly Snapshot[]): readonly Finding[] {
  const last = nights.at(-1);
  assert.ok(last);
  return volumeFindings(last, knowledgeAfter(...nights).volumes);
}

function c(changes: Json = {}): Snapshot {
  return snapshotOf([volumeDocument(changes)]);
}

type Row = readonly [what: string, nights: readonly Snapshot[], findings: readonly string[]];

function check(rows: readonly Row[]): void {
  for (const [what, nights, findings] of rows) {
    assert.deepEqual(
      findingsOf(...nights).map((one) => `${one.severity} ${one.code}`).sort(),
      [...findings].sort(),
      what,
    );
  }
}

const noKey = { protectors: [tpmDocument()] };
const none = { protectors: [] };
const unread = { protectors: null, errors: [errorDocument("GetKeyProtectors")] };
const lockedCalls = ["GetConversionStatus", "GetEncryptionMethod", "GetKeyProtectors"];
const locked = {
  lockStatus: 1,
  protectionStatus: 2,
  conversionStatus: null,
  encryptionMethod: null,
  protectors: null,
  errors: lockedCalls.map((call) => errorDocument(call, "0x80310000")),
};

Deno.test("volumeFindings() finds nothing on an encrypted, protected drive with a recovery key", () => {
  check([
    ["one key", [c()], []],
    ["two keys are normal", [c({ protectors: [keyDocument(1), keyDocument(3), tpmDocument()] })], []],
    ["a key alone", [c({ protectors: [keyDocument(1)] })], []],
  ]);
  assert.deepEqual(findingsOf(snapshotOf([])), []);
});

Deno.test("volumeFindings() finds no-recovery-key on what is encrypted with other protectors alone", () => {
  check([
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
    ["list not read: the last known one has a key", [c(), c(unread)], ["warning unreadable"]],
    ["list not read: the last known one has none", [c(noKey), c(unread)], [
      "danger no-recovery-key",
      "warning unreadable",
    ]],
    ["list never read", [c(unread)], ["warning unreadable"]],
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
      c({ ...locked, errors: [], protectors: [tpmDocument(0xF0, { type: 8 })] }),
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
  check([
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
    ["list not read is not none", [c({ ...unread, protectionStatus: 0 })], ["warning unreadable"]],
    ["list not read, and none the last time", [c(waiting), c({ ...unread, protectionStatus: 0 })], [
      "warning not-activated",
      "warning unreadable",
    ]],
  ]);
});

Deno.test("volumeFindings() finds suspended on what is encrypted, with protectors, and protection off", () => {
  const off = { protectionStatus: 0 };
  check([
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

Deno.test("volumeFindings() finds locked, and nothing else that a lock explains", () => {
  check([
    ["known", [c(), c(locked)], ["info locked"]],
    ["at first sight", [c(locked)], ["info locked"]],
    ["codes as signed numbers", [
      c(),
      c({ ...locked, errors: lockedCalls.map((call) => errorDocument(call, -2144272384)) }),
    ], ["info locked"]],
    ["with its list of IDs", [
      c(),
      c({ ...locked, protectors: [keyDocument(1, { recoveryPassword: null }), tpmDocument()] }),
    ], [
      "info locked",
    ]],
    [
      "and another error",
      [c(), c({ ...locked, errors: [errorDocument("GetKeyProtectors", "0x80041001")] })],
      [
        "info locked",
        "warning unreadable",
      ],
    ],
    ["unlocked again", [c(), c(locked), c()], []],
  ]);
});

Deno.test("volumeFindings() says of a locked drive whether its key was ever seen", () => {
  const ids = { ...locked, protectors: [keyDocument(1, { recoveryPassword: null })] };
  assert.match(findingsOf(c(), c(locked))[0]?.text ?? "", /seen before are kept/);
  const never = findingsOf(c(ids))[0]?.text ?? "";
  assert.match(never, /never seen/);
  assert.match(never, /00000001/);
});

Deno.test("volumeFindings() finds unreadable where protectors or state could not be read", () => {
  for (
    const call of [
      "GetProtectionStatus",
      "GetConversionStatus",
      "GetLockStatus",
      "GetEncryptionMethod",
      "GetKeyProtectorType",
      "GetKeyProtectorNumericalPassword",
    ]
  ) {
    check([[call, [c(), c({ errors: [errorDocument(call)] })], ["warning unreadable"]]]);
  }
  check([
    ["the list", [c(), c(unread)], ["warning unreadable"]],
    ["the list, without a word about it", [c(), c({ protectors: null })], ["warning unreadable"]],
    ["an empty list beside the failure of its call", [c(), c({ ...none, errors: unread.errors })], [
      "warning unreadable",
    ]],
    ["protection unknown though unlocked", [c(), c({ protectionStatus: 2 })], ["warning unreadable"]],
    ["protection unknown though unlocked, at first sight", [c({ protectionStatus: 2 })], [
      "warning unreadable",
    ]],
    ["no code", [c(), c({ errors: [errorDocument("GetConversionStatus", null)] })], ["warning unreadable"]],
    ["could not be read is never not encrypted", [
      c({ conversionStatus: null, protectionStatus: null, ...unread }),
    ], ["warning unreadable"]],
    ["one finding for many calls", [
      c({ errors: [errorDocument("GetProtectionStatus"), errorDocument("GetConversionStatus")] }),
    ], ["warning unreadable"]],
    ["readable again", [c(unread), c()], []],
    ["an unencrypted drive without a list", [snapshotOf([plainVolumeDocument({ protectors: null })])], [
      "info not-encrypted",
    ]],
  ]);
  assert.match(
    findingsOf(c({ errors: [errorDocument("GetConversionStatus", -2147217407)] }))[0]?.text ?? "",
    /0x80041001/,
  );
});

Deno.test("volumeFindings() does not mind errors of side calls", () => {
  const calls = ["GetKeyProtectorFriendlyName", "GetSuspendCount", "IsAutoUnlockEnabled"];
  for (const call of calls) {
    check([[
      call,
      [c({ errors: [errorDocument(call, "0x80310019"), errorDocument(call, "0x80310000")] })],
      [],
    ]]);
  }
});

Deno.test("volumeFindings() finds invalid-key for each recovery password that fails its checksum", () => {
  const wrong = passwordOf(1).replace(/^.{6}/, "123456");
  check([
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
  check([
    ["list not read: the last known one stands", [night, c(unread)], [
      "danger invalid-key",
      "warning unreadable",
    ]],
    ["locked", [night, c(locked)], ["danger invalid-key", "info locked"]],
    ["other digits now, and right ones", [night, c()], []],
    ["removed", [night, c({ protectors: [keyDocument(3)] })], []],
  ]);
  const [found] = findingsOf(night);
  assert.equal(found?.about, guidOf(1));
  for (const group of wrong.split("-")) assert.ok(!found?.text.includes(group));
});

Deno.test("volumeFindings() finds what is under way, what is not encrypted, and what the drive encrypts itself", () => {
  check([
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
    check([[deviceId, [c(noKey), c({ ...unread, deviceId })], [
      "danger no-recovery-key",
      "warning unreadable",
    ]]]);
  }
});

Deno.test("volumeFindings() lets no label write more than its name", () => {
  const label = "Win\r\nEverything is fine.\u202e\u0000";
  for (const changes of [noKey, { protectionStatus: 0 }, locked, unread, { conversionStatus: 0 }]) {
    for (const one of findingsOf(c({ ...changes, label }))) {
      // deno-lint-ignore no-control-regex -- none of these may be in a sentence
      assert.doesNotMatch(one.text, /[\u0000-\u001f\u202e]/);
    }
  }
});
