import assert from "node:assert/strict";
import fc from "fast-check";
import { conversionPhase, diff } from "../lib/core/diff.ts";
import type { Snapshot } from "../lib/core/model.ts";
import {
  changesOf,
  compare,
  dataVolumeDocument,
  deviceOf,
  errorDocument,
  guidOf,
  hostDocument,
  type Json,
  keyDocument,
  knowledgeAfter,
  knownVolume,
  NOTHING,
  passwordOf,
  plainVolumeDocument,
  snapshotOf,
  tpmDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

type Row = readonly [what: string, nights: readonly Snapshot[], changes: readonly string[]];

function check(rows: readonly Row[]): void {
  for (const [what, nights, changes] of rows) {
    assert.deepEqual(changesOf(...nights), [...changes].sort(), what);
  }
}

/** A night with C: alone, changed. */
function c(changes: Json = {}): Snapshot {
  return snapshotOf([volumeDocument(changes)]);
}

/** A night with C: and D:, the latter changed. */
function cd(changes: Json = {}): Snapshot {
  return snapshotOf([volumeDocument(), dataVolumeDocument(changes)]);
}

const noKeys = { protectors: [tpmDocument()] };
const locked = { lockStatus: 1, protectionStatus: 2, conversionStatus: null, encryptionMethod: null };
const unreadKey = (number: number): Json => keyDocument(number, { recoveryPassword: null });

Deno.test("diff() gives volume-found and key-added on first sight of a volume, and nothing else for it", () => {
  check([
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
  check([
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

Deno.test("diff() finds no change in the spelling of a device ID, tonight and in the nights after", () => {
  for (const deviceId of [deviceOf(1).toUpperCase(), deviceOf(1).slice(0, -1)]) {
    check([
      [`tonight: ${deviceId}`, [c(), c({ deviceId })], []],
      [`the night after: ${deviceId}`, [c(), c({ deviceId }), c({ deviceId })], []],
      [`and back: ${deviceId}`, [c(), c({ deviceId }), c()], []],
    ]);
  }
});

Deno.test("diff() takes a device ID without braces for the same volume", () => {
  const deviceId = deviceOf(1).replace(/[{}]/g, "");
  // without its persistent ID, which would do as well
  const bare = { persistentVolumeId: null };
  check([["tonight", [c(bare), c({ ...bare, deviceId })], []]]);
});

Deno.test("diff() knows a volume again by its persistent ID, tonight and in the nights after", () => {
  const moved = c({ deviceId: deviceOf(9) });
  check([
    ["tonight", [c(), moved], []],
    ["the night after", [c(), moved, moved], []],
    ["no persistent ID on one side: another volume", [
      c(),
      c({ deviceId: deviceOf(9), persistentVolumeId: null }),
    ], [
      "volume-found C:",
      "key-added C: 1",
      "volume-missing C:",
    ]],
  ]);
});

Deno.test("diff() tells of keys that come and go", () => {
  const two = c({ protectors: [keyDocument(1), keyDocument(3), tpmDocument()] });
  const other = c({ protectors: [keyDocument(3), tpmDocument()] });
  const altered = c({ protectors: [keyDocument(1, { recoveryPassword: passwordOf(8) }), tpmDocument()] });
  check([
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
  check([
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
  check([
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
  check([
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

Deno.test("diff() tells of protection, from a value that was read to another", () => {
  check([
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
    check([[`${field} tonight`, [c(), unread], []], [`${field} and back`, [c(), unread, c()], []]]);
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
  check([["tonight", [c(), unread], []], ["and back", [c(), unread, c()], []]]);
});

Deno.test("diff() tells of letters, and of volumes that go and come", () => {
  check([
    ["another letter", [cd(), cd({ drive: "M:" })], ["drive-letter-changed M:"]],
    ["told once", [cd(), cd({ drive: "M:" }), cd({ drive: "M:" })], []],
    ["letter taken away", [cd(), cd({ drive: null })], ["drive-letter-changed"]],
    ["letter given", [cd({ drive: null }), cd()], ["drive-letter-changed D:"]],
    ["gone", [cd(), c()], ["volume-missing D:"]],
    ["still gone", [cd(), c(), c()], []],
    ["back", [cd(), c(), cd()], ["volume-back D:"]],
    ["back with another letter", [cd(), c(), cd({ drive: "M:" })], [
      "volume-back M:",
      "drive-letter-changed M:",
    ]],
    ["back with another key", [
      cd(),
      c(),
      cd({ protectors: [keyDocument(5), tpmDocument(0xF2, { type: 8 })] }),
    ], [
      "volume-back D:",
      "key-added D: 5",
      "key-removed D: 2",
    ]],
    ["gone again", [cd(), c(), cd(), c()], ["volume-missing D:"]],
    ["an empty list without error: all are gone", [cd(), snapshotOf([])], [
      "volume-missing C:",
      "volume-missing D:",
    ]],
    ["a stick in place of another, same letter", [
      snapshotOf([plainVolumeDocument({ deviceId: deviceOf(3) })]),
      snapshotOf([plainVolumeDocument({ deviceId: deviceOf(4) })]),
    ], ["volume-found D:", "volume-missing D:"]],
  ]);
});

Deno.test("diff() calls no volume missing in a night with an error of the whole reading", () => {
  for (const code of ["0x80041003", "0x8004100E", "0x80041010", "0x80041001", null]) {
    const blind = snapshotOf([], { errors: [errorDocument("Win32_EncryptableVolume", code)] });
    check([
      [`${code} tonight`, [cd(), blind], []],
      [`${code} and back`, [cd(), blind, cd()], []],
      [`${code}, then really gone`, [cd(), blind, c()], ["volume-missing D:"]],
      [
        `${code}, one volume shown`,
        [cd(), snapshotOf(undefined, { errors: [errorDocument("X", code)] })],
        [],
      ],
      [`${code} in the first night`, [blind, c()], ["volume-found C:", "key-added C: 1"]],
    ]);
  }
});

Deno.test("diff() goes on with the ledger under another machine ID when it knows a volume, else begins anew", () => {
  const host = hostDocument({ machineId: "other" });
  const other = (volumes: readonly Json[]): Snapshot => snapshotOf(volumes, { host });
  const strange = volumeDocument({
    deviceId: deviceOf(7),
    persistentVolumeId: `{${guidOf(0xA7)}}`,
    protectors: [keyDocument(7), tpmDocument()],
  });
  check([
    ["main board changed", [cd(), other([volumeDocument(), dataVolumeDocument()])], []],
    ["main board changed, one drive missing", [cd(), other([volumeDocument()])], ["volume-missing D:"]],
    ["one drive moved here", [cd(), other([strange, dataVolumeDocument()])], [
      "volume-found C:",
      "key-added C: 7",
      "volume-missing C:",
    ]],
    ["known by its persistent ID", [
      cd(),
      other([volumeDocument({ deviceId: deviceOf(9) }), dataVolumeDocument()]),
    ], []],
    ["another PC: nothing is missing", [cd(), other([strange])], ["volume-found C:", "key-added C: 7"]],
    ["another PC without volumes", [cd(), other([])], []],
    ["another PC, the second night", [cd(), other([strange]), other([strange])], []],
    ["another PC, its own drive goes", [cd(), other([strange]), other([])], ["volume-missing C:"]],
    ["same PC, all drives new", [cd(), snapshotOf([strange])], [
      "volume-found C:",
      "key-added C: 7",
      "volume-missing C:",
      "volume-missing D:",
    ]],
  ]);
  assert.equal(knowledgeAfter(cd(), other([strange])).machineId, "other");
  assert.equal(knowledgeAfter(cd(), other([volumeDocument()])).machineId, "other");
});

Deno.test("diff() keeps the keys of a predecessor, under the predecessor's machine ID", () => {
  const other = snapshotOf([], { host: hostDocument({ machineId: "other" }) });
  const { volumes } = knowledgeAfter(cd(), other);
  assert.deepEqual(
    volumes.map((volume) => [volume.drive, volume.machineId, volume.protectors[0]?.present]).sort(),
    [
      ["C:", String(hostDocument()["machineId"]), true],
      ["D:", String(hostDocument()["machineId"]), true],
    ],
  );
});

Deno.test("diff() tells of another host name, but not of another case", () => {
  const named = (name: string): Snapshot => snapshotOf(undefined, { host: hostDocument({ name }) });
  check([
    ["renamed", [c(), named("MARIE-PC")], ["host-renamed"]],
    ["told once", [c(), named("MARIE-PC"), named("MARIE-PC")], []],
    ["another case", [c(), named("anna-laptop")], []],
    ["blanks", [c(), named(" ANNA-LAPTOP ")], []],
    ["another PC is not a renamed one", [
      c(),
      snapshotOf([], { host: hostDocument({ name: "MARIE-PC", machineId: "other" }) }),
    ], []],
  ]);
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

/** A document of some volumes with all that may vary. */
const anyVolume = fc.record({
  number: fc.integer({ min: 1, max: 4 }),
  drive: fc.constantFrom(null, "C:", "D:", "e:"),
  protectionStatus: fc.constantFrom(null, 0, 1, 2),
  conversionStatus: fc.constantFrom(null, 0, 1, 2, 3, 4, 5),
  lockStatus: fc.constantFrom(null, 0, 1),
  persistent: fc.option(fc.integer({ min: 1, max: 3 })),
  protectors: fc.option(
    fc.array(
      fc.record({
        number: fc.integer({ min: 1, max: 6 }),
        type: fc.constantFrom(null, 1, 3, 3, 3, 8),
        digits: fc.option(fc.integer({ min: 1, max: 6 })),
      }),
      { maxLength: 4 },
    ),
  ),
}).map(({ number, persistent, protectors, ...rest }) =>
  volumeDocument({
    ...rest,
    deviceId: deviceOf(number),
    persistentVolumeId: persistent === null ? null : `{${guidOf(0xA0 + persistent)}}`,
    protectors: protectors?.map(({ number, type, digits }) =>
      keyDocument(number, { type, recoveryPassword: digits === null ? null : passwordOf(digits) })
    ) ?? null,
  })
);

const anyDocument = fc.record({
  volumes: fc.uniqueArray(anyVolume, { maxLength: 4, selector: (one) => String(one["deviceId"]) }),
  machineId: fc.constantFrom("m1", "m2"),
  name: fc.constantFrom("ANNA", "MARIE"),
  failed: fc.boolean(),
}).map(({ volumes, machineId, name, failed }) => ({
  volumes,
  changes: { host: hostDocument({ machineId, name }), errors: failed ? [errorDocument("X")] : [] },
}));

const anyNight = anyDocument.map(({ volumes, changes }) => snapshotOf(volumes, changes));

const RUNS = { seed: 20261124, numRuns: 500 } as const;

Deno.test("diff() finds nothing the second time, whatever the nights before", () => {
  fc.assert(
    fc.property(fc.array(anyNight, { maxLength: 3 }), anyNight, (nights, night) => {
      assert.deepEqual(changesOf(...nights, night, night), []);
    }),
    RUNS,
  );
});

Deno.test("diff() gives the same for volumes and protectors in another order and spelling", () => {
  const respell = (one: Json): Json => ({
    ...one,
    deviceId: String(one["deviceId"]).toUpperCase(),
    drive: typeof one["drive"] === "string" ? one["drive"].toLowerCase() : null,
    protectors: Array.isArray(one["protectors"])
      ? one["protectors"].toReversed().map((each: Json) => ({
        ...each,
        id: String(each["id"]).toLowerCase().replace(/[{}]/g, " "),
        recoveryPassword: typeof each["recoveryPassword"] === "string"
          ? each["recoveryPassword"].replaceAll("-", " ")
          : null,
      }))
      : null,
  });
  // A Key ID twice with other digits has no right order.
  const orderly = anyDocument.filter(({ volumes }) =>
    volumes.every((one) => {
      const ids = Array.isArray(one["protectors"]) ? one["protectors"].map((each: Json) => each["id"]) : [];
      return new Set(ids).size === ids.length;
    }) && new Set(volumes.map((one) => one["persistentVolumeId"])).size === volumes.length
  );
  fc.assert(
    fc.property(fc.array(anyNight, { maxLength: 2 }), orderly, (nights, { volumes, changes }) => {
      const night = snapshotOf(volumes, changes);
      const respelt = snapshotOf(volumes.map(respell).toReversed(), changes);
      assert.deepEqual(changesOf(...nights, respelt), changesOf(...nights, night));
    }),
    RUNS,
  );
});

Deno.test("diff() takes nothing that could not be read for gone, off or decrypted", () => {
  const fields = [
    "protectionStatus",
    "conversionStatus",
    "encryptionMethod",
    "lockStatus",
    "label",
    "protectors",
    "sizeBytes",
  ];
  const good = snapshotOf([volumeDocument(), dataVolumeDocument()]);
  fc.assert(
    fc.property(
      fc.subarray(fields),
      fc.subarray(fields),
      fc.boolean(),
      fc.subarray([0, 1, 2, 3]),
      (ofC, ofD, blind, unreadProtectors) => {
        const spoil = (document: Json, names: readonly string[], from: number): Json => ({
          ...document,
          protectors: (document["protectors"] as readonly Json[]).map((one, at) =>
            unreadProtectors.includes(from + at) ? { ...one, type: null, recoveryPassword: null } : one
          ),
          ...Object.fromEntries(names.map((name) => [name, null])),
          errors: names.map((name) =>
            errorDocument(name === "protectors" ? "GetKeyProtectors" : `Get ${name}`)
          ),
        });
        const volumes = [spoil(volumeDocument(), ofC, 0), spoil(dataVolumeDocument(), ofD, 2)];
        const night = blind
          ? snapshotOf([volumes[0]], { errors: [errorDocument("Win32_EncryptableVolume")] })
          : snapshotOf(volumes);
        assert.deepEqual(changesOf(good, night), []);
        assert.deepEqual(changesOf(good, night, good), []);
      },
    ),
    RUNS,
  );
});

Deno.test("diff() tells of each key once, and keeps every one that a readable night showed", () => {
  fc.assert(
    fc.property(fc.array(anyNight, { minLength: 1, maxLength: 4 }), (nights) => {
      const seen = nights.flatMap((night) => night.volumes).flatMap((volume) => volume.protectors ?? [])
        .filter((one) => one.recoveryPassword !== null).map((one) => one.id);
      const known = knowledgeAfter(...nights).volumes.flatMap((volume) => volume.protectors)
        .filter((one) => one.fingerprint !== null).map((one) => one.id);
      for (const id of seen) assert.ok(known.includes(id));
      const { changes } = compare(knowledgeAfter(...nights.slice(0, -1)), nights.at(-1) ?? snapshotOf([]));
      const told = changes.map((one) =>
        JSON.stringify([one.kind, one.volume?.deviceId, one.keyId, one.protectorId])
      );
      assert.equal(new Set(told).size, told.length);
    }),
    RUNS,
  );
});

Deno.test("diff() gives key-added for every key of a new ledger and no change but first sights", () => {
  fc.assert(
    fc.property(anyDocument, ({ volumes, changes }) => {
      const kinds = new Set(compare(NOTHING, snapshotOf(volumes, changes)).changes.map((one) => one.kind));
      kinds.delete("volume-found");
      kinds.delete("key-added");
      assert.deepEqual([...kinds], []);
    }),
    RUNS,
  );
});
