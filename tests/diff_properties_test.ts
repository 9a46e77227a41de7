import assert from "node:assert/strict";
import fc from "fast-check";
import { deviceOf, guidOf, passwordOf } from "./helpers/made_up_values.ts";
import { changesOf, compare, knowledgeAfter, NOTHING } from "./helpers/nights.ts";
import {
  dataVolumeDocument,
  errorDocument,
  hostDocument,
  type Json,
  keyDocument,
  snapshotOf,
  volumeDocument,
} from "./helpers/snapshots.ts";

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
