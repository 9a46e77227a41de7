import assert from "node:assert/strict";
import { conversionPhase, diff } from "../lib/core/diff.ts";
import type { Snapshot } from "../lib/core/model.ts";
import { checkChanges } from "./helpers/change_rows.ts";
import { knownVolume } from "./helpers/ledger_entries.ts";
import { deviceOf, guidOf, passwordOf } from "./helpers/made_up_values.ts";
import { c, cd, changesOf, compare, knowledgeAfter } from "./helpers/nights.ts";
import {
  dataVolumeDocument,
  errorDocument,
  hostDocument,
  type Json,
  keyDocument,
  plainVolumeDocument,
  snapshotOf,
  tpmDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

const noKeys = { protectors: [tpmDocument()] };

Deno.test("diff() gives volume-found and key-added on first sight of a volume, and nothing else for it", () => {
  checkChanges([
    ["one key", [c()], ["volume-found C:", "key-added C: 1"]],
    ["two keys", [c({ protectors: [keyDocument(3), keyDocument(1), tpmDocument()] })], [
      "volume-found C:",
      "key-added C: 1",
      "key-added C: 3",
    ]],
    ["no key", [c(noKeys)], ["volume-found C:"]],
    ["list not read", [c({ protectors: null })], ["volume-found C:"]],
    ["protection off, encrypting", [c({ protectionStatus: 0, conversionStatus: 2 })], [
      "volume-found C:",
      "key-added C: 1",
    ]],
    ["not encrypted", [snapshotOf([plainVolumeDocument()])], ["volume-found D:"]],
    ["without letter", [c({ drive: null })], ["volume-found", "key-added 1"]],
    ["a second volume later", [c(), cd()], ["volume-found D:", "key-added D: 2"]],
    ["digits that fail their check are told, too", [
      c({ protectors: [keyDocument(1, { recoveryPassword: "1-2" })] }),
    ], [
      "volume-found C:",
      "key-added C: 1",
    ]],
    ["no volume", [snapshotOf([])], []],
  ]);
});

Deno.test("diff() finds no change in order, case, braces and blanks", () => {
  const id = String(keyDocument(1)["id"]);
  const spelt = (changes: Json): Snapshot => c({ protectors: [keyDocument(1, changes), tpmDocument()] });
  checkChanges([
    ["the same again", [cd(), cd()], []],
    ["volumes in another order", [cd(), snapshotOf([dataVolumeDocument(), volumeDocument()])], []],
    ["protectors in another order", [c(), c({ protectors: [tpmDocument(), keyDocument(1)] })], []],
    ["lower case", [c(), spelt({ id: id.toLowerCase() })], []],
    ["no braces", [c(), spelt({ id: id.replace(/[{}]/g, "") })], []],
    ["blanks", [c(), spelt({ id: ` ${id} `, recoveryPassword: ` ${passwordOf(1)} ` })], []],
    ["digits without hyphens", [c(), spelt({ recoveryPassword: passwordOf(1).replaceAll("-", "") })], []],
    ["digits with blanks", [c(), spelt({ recoveryPassword: passwordOf(1).replaceAll("-", " ") })], []],
    ["letter in lower case", [c(), c({ drive: "c:" })], []],
    ["persistent ID in another spelling", [c(), c({ persistentVolumeId: guidOf(0xA1).toLowerCase() })], []],
    ["machine ID in upper case", [
      c(),
      snapshotOf(undefined, {
        host: hostDocument({ machineId: String(hostDocument()["machineId"]).toUpperCase() }),
      }),
    ], []],
    ["a key's friendly name", [c(), spelt({ friendlyName: "mine" })], []],
    [
      "another label, size or percentage",
      [c(), c({ label: "New", sizeBytes: 1, encryptionPercentage: 3 })],
      [],
    ],
    [
      "an older time is an ordinary night",
      [c(), snapshotOf(undefined, { takenAt: "2020-01-01T00:00:00Z" })],
      [],
    ],
  ]);
});

Deno.test("diff() tells of protection, from a value that was read to another", () => {
  checkChanges([
    ["off", [c(), c({ protectionStatus: 0 })], ["protection-off C:"]],
    ["still off", [c(), c({ protectionStatus: 0 }), c({ protectionStatus: 0 })], []],
    ["on again", [c(), c({ protectionStatus: 0 }), c()], ["protection-on C:"]],
    ["unknown is no change", [c(), c({ protectionStatus: 2 })], []],
    ["off, unknown, on", [c({ protectionStatus: 0 }), c({ protectionStatus: 2 }), c()], ["protection-on C:"]],
    ["on, unread, on", [c(), c({ protectionStatus: null }), c()], []],
    ["unknown at first sight, then on", [c({ protectionStatus: 2 }), c()], []],
  ]);
});

Deno.test("diff() tells of encryption by its phases; a paused conversion is still under way", () => {
  const kinds = ["decrypted", "encryption-finished", "encryption-started", "decryption-started"] as const;
  // from, to: index into kinds, or none
  const rows: readonly (readonly [number, number, number | null])[] = [
    [0, 1, 1],
    [0, 2, 2],
    [0, 4, 2],
    [2, 1, 1],
    [4, 1, 1],
    [1, 3, 3],
    [1, 5, 3],
    [1, 2, 2],
    [3, 0, 0],
    [5, 0, 0],
    [1, 0, 0],
    [2, 3, 3],
    [3, 2, 2],
    [2, 4, null],
    [4, 2, null],
    [3, 5, null],
    [5, 3, null],
    [0, 0, null],
    [1, 1, null],
  ];
  for (const [from, to, index] of rows) {
    const told = changesOf(c({ conversionStatus: from }), c({ conversionStatus: to }));
    assert.deepEqual(told, index === null ? [] : [`${kinds[index]} C:`], `${from} to ${to}`);
  }
  assert.equal(conversionPhase(6), null);
  assert.equal(conversionPhase(-1), null);
  assert.equal(conversionPhase(null), null);
});

Deno.test("diff() tells of an encryption or decryption that took less than a day by its end alone", () => {
  const plain = snapshotOf([plainVolumeDocument()]);
  const full = snapshotOf([dataVolumeDocument()]);
  const ofConversion = (changes: readonly string[]): readonly string[] =>
    changes.filter((one) => /crypt/.test(one));
  assert.deepEqual(ofConversion(changesOf(plain, full)), ["encryption-finished D:"]);
  assert.ok(changesOf(plain, full).includes("key-added D: 2"));
  assert.deepEqual(ofConversion(changesOf(full, plain)), ["decrypted D:"]);
  assert.ok(changesOf(full, plain).includes("key-removed D: 2"));
});

Deno.test("diff() takes a value that could not be read for no change, and remembers the last one", () => {
  for (
    const field of [
      "protectionStatus",
      "conversionStatus",
      "encryptionMethod",
      "lockStatus",
      "label",
      "volumeType",
      "sizeBytes",
      "persistentVolumeId",
      "protectors",
    ]
  ) {
    const unread = c({ [field]: null, errors: [errorDocument(`Get ${field}`)] });
    checkChanges([[`${field} tonight`, [c(), unread], []], [`${field} and back`, [c(), unread, c()], []]]);
    const names = { ...knowledgeAfter(c()).volumes[0] };
    const after = { ...knowledgeAfter(c(), unread).volumes[0] };
    assert.deepEqual(after, names, field);
  }
});

Deno.test("diff() takes a letter that could not be read for no change", () => {
  const unread = c({
    drive: null,
    mountPaths: [],
    errors: [errorDocument("Win32_Volume"), errorDocument("DriveLetter")],
  });
  checkChanges([["tonight", [c(), unread], []], ["and back", [c(), unread, c()], []]]);
});

Deno.test("diff() gives each change its volume as it is now, and alters neither of its arguments", () => {
  const before = knowledgeAfter(cd());
  const copy = structuredClone(before);
  const snapshot = cd({ drive: "M:", label: "New", protectionStatus: 0 });
  const image = structuredClone(snapshot);
  const { changes } = compare(before, snapshot);
  const ref = { deviceId: deviceOf(2), drive: "M:", label: "New" };
  assert.deepEqual(changes.map((one) => one.volume), [ref, ref]);
  assert.deepEqual(before, copy);
  assert.deepEqual(snapshot, image);
});

Deno.test("diff() dates what it learns: first and last sight, and when a key went", () => {
  const at = (takenAt: string, volumes: readonly Json[]): Snapshot => snapshotOf(volumes, { takenAt });
  const [first, second, third] = [
    "2026-11-01T03:00:00Z",
    "2026-11-02T03:00:00Z",
    "2026-11-03T03:00:00Z",
  ] as const;
  const { volumes } = knowledgeAfter(
    at(first, [volumeDocument()]),
    at(second, [volumeDocument({ protectors: [keyDocument(3)] })]),
    at(third, [volumeDocument({ protectors: [keyDocument(3)] })]),
  );
  const [volume] = volumes;
  assert.deepEqual([volume?.firstSeenAt, volume?.lastSeenAt], [first, third]);
  const dates = volume?.protectors.map((one) => [one.id, one.present, one.firstSeenAt, one.removedAt]);
  assert.deepEqual(dates, [
    [guidOf(1), false, first, second],
    [guidOf(3), true, second, null],
    [guidOf(0xF0), false, first, second],
  ]);
});

Deno.test("diff() never forgets a key that it once knew", () => {
  const known = knownVolume();
  const gone = diff({ machineId: "other", hostName: "X", volumes: [known] }, snapshotOf([]), new Map());
  assert.equal(gone.volumes[0]?.protectors[0]?.fingerprint, known.protectors[0]?.fingerprint);
});
