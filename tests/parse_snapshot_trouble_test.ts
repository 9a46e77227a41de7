import assert from "node:assert/strict";
import fc from "fast-check";
import { parseSnapshot } from "../lib/core/parse_snapshot.ts";
import { UserError } from "../lib/errors.ts";
import { passwordOf } from "./helpers/made_up_values.ts";
import {
  hostDocument,
  type Json,
  keyDocument,
  snapshotDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";
import { userErrorOf } from "./helpers/user_error.ts";

function without(document: Json, ...names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}

Deno.test("parseSnapshot() refuses a document that lacks what must be there, and names it", () => {
  const good = snapshotDocument();
  const rows: readonly (readonly [string, unknown, RegExp])[] = [
    ["no object", "text", /"document" is a text, must be an object/],
    ["null", null, /"document" is null/],
    ["a list", [good], /"document" is a list/],
    ["no schema", without(good, "schema"), /"schema" is missing, must be 1/],
    ["schema as text", { ...good, schema: "1" }, /"schema" is a text, must be 1/],
    ["a later schema", { ...good, schema: 2 }, /it is of schema 2, must be 1/],
    ["an earlier schema", { ...good, schema: 0 }, /it is of schema 0, must be 1/],
    ["no time", without(good, "takenAt"), /"takenAt" is missing/],
    [
      "time without offset",
      { ...good, takenAt: "2026-11-24T03:00:00" },
      /"takenAt" .*must be a time with offset/,
    ],
    ["time in a local form", { ...good, takenAt: "24.11.2026 03:00" }, /"takenAt"/],
    ["time that is none", { ...good, takenAt: "2026-13-24T03:00:00Z" }, /"takenAt"/],
    ["no host", without(good, "host"), /"host" is missing/],
    ["no host name", { ...good, host: hostDocument({ name: null }) }, /"host\.name" is null/],
    ["empty host name", { ...good, host: hostDocument({ name: "" }) }, /"host\.name"/],
    [
      "no machine ID",
      { ...good, host: without(hostDocument(), "machineId") },
      /"host\.machineId" is missing/,
    ],
    ["empty machine ID", { ...good, host: hostDocument({ machineId: "" }) }, /"host\.machineId"/],
    ["no volumes", without(good, "volumes"), /"volumes" is missing/],
    ["volumes not read", { ...good, volumes: null }, /"volumes" is null/],
    ["volumes as text", { ...good, volumes: "C:" }, /"volumes\[0\]" is a text, must be an object/],
  ];
  for (const [what, document, message] of rows) {
    const error = userErrorOf(() => parseSnapshot(document, 'snapshot "x.json"'));
    assert.equal(error.code, "snapshot", what);
    assert.match(error.message, message, what);
    assert.match(error.message, /^Cannot read snapshot "x\.json": /, what);
  }
});

Deno.test("parseSnapshot() names the volume and field that is wrong, also where a bare object may stand for a list", () => {
  const rows: readonly (readonly [Json, RegExp])[] = [
    [
      snapshotDocument([volumeDocument(), without(volumeDocument(), "deviceId")]),
      /"volumes\[1\]\.deviceId" is missing/,
    ],
    [
      snapshotDocument([volumeDocument({ sizeBytes: "5" })]),
      /"volumes\[0\]\.sizeBytes" is a text, must be a number/,
    ],
    [snapshotDocument(without(volumeDocument(), "deviceId")), /"volumes\[0\]\.deviceId" is missing/],
    [
      snapshotDocument([volumeDocument({ protectors: "none" })]),
      /"volumes\[0\]\.protectors\[0\]" is a text/,
    ],
  ];
  for (const [document, message] of rows) {
    assert.match(userErrorOf(() => parseSnapshot(document, "snapshot")).message, message);
  }
});

Deno.test("parseSnapshot() refuses names of PC and volume that are blank, for nothing is left of them", () => {
  for (
    const document of [
      snapshotDocument([], { host: hostDocument({ name: "  " }) }),
      snapshotDocument([], { host: hostDocument({ machineId: "{}" }) }),
      snapshotDocument([volumeDocument({ deviceId: " " })]),
    ]
  ) assert.equal(userErrorOf(() => parseSnapshot(document, "snapshot")).code, "snapshot");
});

Deno.test("parseSnapshot() never quotes a recovery password, wherever it stands wrongly", () => {
  const secret = passwordOf(9);
  const documents: readonly unknown[] = [
    secret,
    { schema: secret },
    snapshotDocument([], { takenAt: secret }),
    snapshotDocument([volumeDocument({ sizeBytes: secret })]),
    snapshotDocument([volumeDocument({ protectors: [keyDocument(1, { recoveryPassword: [secret] })] })]),
    snapshotDocument([volumeDocument({ protectors: secret })]),
    snapshotDocument(secret),
  ];
  for (const document of documents) {
    const error = userErrorOf(() => parseSnapshot(document, "snapshot"));
    for (const group of secret.split("-")) assert.ok(!`${error.message} ${error.hint}`.includes(group));
  }
});

Deno.test("parseSnapshot() returns or throws a UserError for any JSON, and quotes no digits of a key", () => {
  const secret = passwordOf(11);
  const leaf = fc.oneof(fc.constant(secret), fc.constant(null), fc.string(), fc.integer(), fc.boolean());
  const names = fc.constantFrom(
    ..."schema takenAt host volumes name machineId deviceId protectors id type recoveryPassword errors events call code drive"
      .split(" "),
    secret,
  );
  const { any } = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("any"), { maxLength: 3 }),
      fc.dictionary(names, tie("any"), { maxKeys: 5, noNullPrototype: true }),
    ),
  }));
  const spoilt = fc.record({ field: fc.constantFrom(...Object.keys(snapshotDocument())), value: any })
    .map(({ field, value }) => snapshotDocument([volumeDocument()], { [field]: value }));
  const spoiltVolume = fc.record({ field: fc.constantFrom(...Object.keys(volumeDocument())), value: any })
    .map(({ field, value }) => snapshotDocument([volumeDocument({ [field]: value })]));
  fc.assert(
    fc.property(fc.oneof(any, spoilt, spoiltVolume), (document) => {
      try {
        parseSnapshot(document, "snapshot");
      } catch (error) {
        assert.ok(error instanceof UserError && error.code === "snapshot", String(error));
        for (const group of secret.split("-")) assert.ok(!`${error.message} ${error.hint}`.includes(group));
      }
    }),
    { seed: 20261124, numRuns: 1000 },
  );
});

Deno.test("parseSnapshot() keeps digits in recoveryPassword alone, wherever a person or a program repeats them", () => {
  const digits = passwordOf(7);
  const { host, volumes } = parseSnapshot(
    snapshotDocument(volumeDocument({
      label: `key ${digits}`,
      protectors: [
        keyDocument(7, { friendlyName: digits }),
        keyDocument(8, { id: digits }),
        keyDocument(9, { id: digits }),
      ],
      errors: [{ call: "GetKeyProtectorFriendlyName", code: 1, message: `no name for ${digits}` }],
    })),
    "snapshot",
  );
  assert.deepEqual(volumes[0]?.protectors?.map((one) => one.recoveryPassword), [7, 8, 9].map(passwordOf));
  assert.deepEqual(volumes[0]?.protectors?.slice(1).map((one) => one.id), ["WITHOUT-ID-2", "WITHOUT-ID-3"]);
  const rest = JSON.stringify([host, volumes], (name, value) => name === "recoveryPassword" ? null : value);
  assert.ok(!rest.includes(digits));
  assert.match(rest, /key \[recovery password\]/);
});
