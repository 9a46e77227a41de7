import assert from "node:assert/strict";
import type { Snapshot } from "../lib/core/model.ts";
import { checkChanges } from "./helpers/change_rows.ts";
import { guidOf, passwordOf } from "./helpers/made_up_values.ts";
import { c, cd, changesOf, compare, knowledgeAfter } from "./helpers/nights.ts";
import {
  errorDocument,
  type Json,
  keyDocument,
  snapshotOf,
  tpmDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

const noKeys = { protectors: [tpmDocument()] };
const locked = { lockStatus: 1, protectionStatus: 2, conversionStatus: null, encryptionMethod: null };
const unreadKey = (number: number): Json => keyDocument(number, { recoveryPassword: null });

Deno.test("diff() tells of keys that come and go", () => {
  const two = c({ protectors: [keyDocument(1), keyDocument(3), tpmDocument()] });
  const other = c({ protectors: [keyDocument(3), tpmDocument()] });
  const altered = c({ protectors: [keyDocument(1, { recoveryPassword: passwordOf(8) }), tpmDocument()] });
  checkChanges([
    ["one more", [c(), two], ["key-added C: 3"]],
    ["one less", [two, c()], ["key-removed C: 3"]],
    ["another instead", [c(), other], ["key-added C: 3", "key-removed C: 1"]],
    ["removed and back", [two, c(), two], ["key-added C: 3"]],
    ["removed is told once", [two, c(), c()], []],
    ["other digits under the same ID", [c(), altered], ["key-altered C: 1"]],
    ["altered is told once", [c(), altered, altered], []],
    ["first key of a known volume", [c(noKeys), c()], ["key-added C: 1"]],
    ["last key gone", [c(), c(noKeys)], ["key-removed C: 1"]],
    ["all protectors gone", [c(), c({ protectors: [] })], ["key-removed C: 1", "protector-removed C:"]],
    ["not activated means none", [
      c(),
      c({ protectors: null, errors: [errorDocument("GetKeyProtectors", -2144272376)] }),
    ], ["key-removed C: 1", "protector-removed C:"]],
  ]);
});

Deno.test("diff() calls an ID a key once its digits were read", () => {
  const idOnly = c({ protectors: [keyDocument(1), unreadKey(3), tpmDocument()] });
  const both = c({ protectors: [keyDocument(1), keyDocument(3), tpmDocument()] });
  checkChanges([
    ["first sight without digits", [c({ protectors: [unreadKey(1)] })], ["volume-found C:"]],
    ["digits the next night", [c({ protectors: [unreadKey(1)] }), c({ protectors: [keyDocument(1)] })], [
      "key-added C: 1",
    ]],
    ["a new ID", [c(), idOnly], []],
    ["its digits", [c(), idOnly, both], ["key-added C: 3"]],
    ["its digits again", [c(), idOnly, both, both], []],
    ["an ID that goes before its digits were read", [c(), idOnly, c()], []],
    ["digits that cannot be read tonight", [c(), c({ protectors: [unreadKey(1), tpmDocument()] })], []],
    ["type that cannot be read tonight", [
      c(),
      c({ protectors: [keyDocument(1, { type: null, recoveryPassword: null }), tpmDocument()] }),
    ], []],
  ]);
});

Deno.test("diff() keeps the keys of a locked volume, and tells when its list lacks a known one", () => {
  checkChanges([
    ["locked, list not read", [cd(), cd({ ...locked, protectors: null })], []],
    ["locked, list empty beside the refusal", [
      cd(),
      cd({ ...locked, protectors: [], errors: [errorDocument("GetKeyProtectors", "0x80310000")] }),
    ], []],
    ["locked, IDs without digits", [
      cd(),
      cd({ ...locked, protectors: [unreadKey(2), tpmDocument(0xF2, { type: 8 })] }),
    ], []],
    ["locked, a new ID", [
      cd(),
      cd({ ...locked, protectors: [unreadKey(2), unreadKey(5), tpmDocument(0xF2, { type: 8 })] }),
    ], []],
    ["locked, the known key is no longer listed", [
      cd(),
      cd({ ...locked, protectors: [unreadKey(5), tpmDocument(0xF2, { type: 8 })] }),
    ], ["key-removed D: 2"]],
    ["unlocked again with a new key", [
      cd(),
      cd({ ...locked, protectors: null }),
      cd({ protectors: [keyDocument(2), keyDocument(5), tpmDocument(0xF2, { type: 8 })] }),
    ], ["key-added D: 5"]],
  ]);
});

Deno.test("diff() tells of other protectors by their ID and type, without a Key ID", () => {
  const pin = tpmDocument(0xF1, { type: 4 });
  checkChanges([
    ["PIN added", [c(), c({ protectors: [keyDocument(1), tpmDocument(), pin] })], ["protector-added C:"]],
    ["TPM replaced by PIN", [c(), c({ protectors: [keyDocument(1), pin] })], [
      "protector-added C:",
      "protector-removed C:",
    ]],
    ["first list of a known volume", [c({ protectors: null }), c()], ["key-added C: 1"]],
    ["removed and back", [c(), c({ protectors: [keyDocument(1)] }), c()], ["protector-added C:"]],
  ]);
  const before = knowledgeAfter(c());
  const { changes } = compare(before, c({ protectors: [keyDocument(1), pin] }));
  assert.deepEqual(
    changes.map(({ kind, keyId, protectorId, protectorType }) => [kind, keyId, protectorId, protectorType]),
    [
      ["protector-added", null, guidOf(0xF1), 4],
      ["protector-removed", null, guidOf(0xF0), 1],
    ],
  );
});

Deno.test("diff() tells of a protector whose type could not be read at first once it is known", () => {
  const unread = tpmDocument(0xF1, { type: null });
  const pin = tpmDocument(0xF1, { type: 4 });
  const at = (day: number, ...more: readonly Json[]): Snapshot =>
    snapshotOf([volumeDocument({ protectors: [keyDocument(1), tpmDocument(), ...more] })], {
      takenAt: `2026-11-0${day}T03:00:00Z`,
    });
  assert.deepEqual(changesOf(at(1), at(2, unread)), [], "its type is not known yet");
  assert.deepEqual(changesOf(at(1), at(2, unread), at(3, pin)), ["protector-added C:"]);
  assert.deepEqual(changesOf(at(1, unread), at(2, pin)), [], "there since first sight");
});
