import assert from "node:assert/strict";
import { checkFindings, findingsOf, LOCKED, LOCKED_CALLS, UNREAD } from "./helpers/finding_rows.ts";
import { c } from "./helpers/nights.ts";
import {
  errorDocument,
  keyDocument,
  plainVolumeDocument,
  snapshotOf,
  tpmDocument,
} from "./helpers/snapshots.ts";

const none = { protectors: [] };

Deno.test("volumeFindings() finds locked, and nothing else that a lock explains", () => {
  checkFindings([
    ["known", [c(), c(LOCKED)], ["info locked"]],
    ["at first sight", [c(LOCKED)], ["info locked"]],
    ["codes as signed numbers", [
      c(),
      c({ ...LOCKED, errors: LOCKED_CALLS.map((call) => errorDocument(call, -2144272384)) }),
    ], ["info locked"]],
    ["with its list of IDs", [
      c(),
      c({ ...LOCKED, protectors: [keyDocument(1, { recoveryPassword: null }), tpmDocument()] }),
    ], [
      "info locked",
    ]],
    [
      "and another error",
      [c(), c({ ...LOCKED, errors: [errorDocument("GetKeyProtectors", "0x80041001")] })],
      [
        "info locked",
        "warning unreadable",
      ],
    ],
    ["unlocked again", [c(), c(LOCKED), c()], []],
  ]);
});

Deno.test("volumeFindings() says of a locked drive whether its key was ever seen", () => {
  const ids = { ...LOCKED, protectors: [keyDocument(1, { recoveryPassword: null })] };
  assert.match(findingsOf(c(), c(LOCKED))[0]?.text ?? "", /seen before are kept/);
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
    checkFindings([[call, [c(), c({ errors: [errorDocument(call)] })], ["warning unreadable"]]]);
  }
  checkFindings([
    ["the list", [c(), c(UNREAD)], ["warning unreadable"]],
    ["the list, without a word about it", [c(), c({ protectors: null })], ["warning unreadable"]],
    ["an empty list beside the failure of its call", [c(), c({ ...none, errors: UNREAD.errors })], [
      "warning unreadable",
    ]],
    ["protection unknown though unlocked", [c(), c({ protectionStatus: 2 })], ["warning unreadable"]],
    ["protection unknown though unlocked, at first sight", [c({ protectionStatus: 2 })], [
      "warning unreadable",
    ]],
    ["no code", [c(), c({ errors: [errorDocument("GetConversionStatus", null)] })], ["warning unreadable"]],
    ["could not be read is never not encrypted", [
      c({ conversionStatus: null, protectionStatus: null, ...UNREAD }),
    ], ["warning unreadable"]],
    ["one finding for many calls", [
      c({ errors: [errorDocument("GetProtectionStatus"), errorDocument("GetConversionStatus")] }),
    ], ["warning unreadable"]],
    ["readable again", [c(UNREAD), c()], []],
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
    checkFindings([[
      call,
      [c({ errors: [errorDocument(call, "0x80310019"), errorDocument(call, "0x80310000")] })],
      [],
    ]]);
  }
});
