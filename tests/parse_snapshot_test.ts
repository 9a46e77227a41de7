import assert from "node:assert/strict";
import fc from "fast-check";
import type { Snapshot, Volume } from "../lib/core/model.ts";
import { parseSnapshot } from "../lib/core/parse_snapshot.ts";
import { UserError } from "../lib/errors.ts";
import {
  errorDocument,
  guidOf,
  hostDocument,
  type Json,
  keyDocument,
  passwordOf,
  snapshotDocument,
  snapshotOf,
  tpmDocument,
  userErrorOf,
  volumeDocument,
} from "./helpers/snapshots.ts";

/** The one volume of a snapshot with some changes. */
function volumeOf(changes: Json): Volume {
  const [volume] = snapshotOf([volumeDocument(changes)]).volumes;
  assert.ok(volume);
  return volume;
}

function without(document: Json, ...names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}

Deno.test("parseSnapshot() takes the document of the collector and leaves out what it does not know", () => {
  const snapshot = parseSnapshot({
    ...snapshotDocument([
      volumeDocument({ fresh: { deep: true }, protectors: [keyDocument(1, { added: 1 })] }),
    ]),
    later: "field",
  }, "snapshot");
  assert.deepEqual(Object.keys(snapshot).sort(), [
    "elevated",
    "errors",
    "eventLog",
    "events",
    "host",
    "takenAt",
    "volumes",
  ]);
  assert.ok(!JSON.stringify(snapshot).match(/fresh|added|later/));
  assert.equal(snapshot.elevated, true);
  assert.equal(snapshot.host.os.edition, "Core");
});

Deno.test("parseSnapshot() reads the least that must be there", () => {
  const least = {
    schema: 1,
    takenAt: "2026-11-24T03:00:00Z",
    host: { name: "ANNA", machineId: "m1" },
    volumes: [{ deviceId: "a" }],
  };
  const volume = {
    persistentVolumeId: null,
    drive: null,
    label: null,
    volumeType: null,
    sizeBytes: null,
    protectionStatus: null,
    conversionStatus: null,
    encryptionPercentage: null,
    encryptionMethod: null,
    lockStatus: null,
    suspendCount: null,
    autoUnlock: null,
    protectors: null,
  };
  const expected: Snapshot = {
    takenAt: "2026-11-24T03:00:00Z",
    elevated: null,
    host: {
      name: "ANNA",
      domain: null,
      machineId: "m1",
      serial: null,
      model: null,
      os: { caption: null, version: null, edition: null },
      join: null,
    },
    volumes: [{ ...volume, deviceId: "a", mountPaths: [], errors: [] }],
    events: [],
    eventLog: null,
    errors: [],
  };
  assert.deepEqual(parseSnapshot(least, "snapshot"), expected);
  const nulls = { domain: null, serial: null, model: null, os: null, join: null };
  assert.deepEqual(
    parseSnapshot({
      ...least,
      collector: null,
      host: { ...least.host, ...nulls },
      volumes: [{ ...volume, deviceId: "a", mountPaths: null, errors: null }],
      events: null,
      eventLog: null,
      errors: null,
    }, "snapshot"),
    expected,
    "null and absent mean the same",
  );
});

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

Deno.test("parseSnapshot() takes every time that .NET and ISO 8601 write with an offset", () => {
  for (
    const takenAt of [
      "2026-11-24T03:00:12.345+01:00",
      "2026-11-24T03:00:12.3456789-08:00",
      "2026-11-24T03:00:12Z",
      "2024-02-29T23:59:59+05:45",
    ]
  ) assert.equal(snapshotOf([], { takenAt }).takenAt, takenAt);
});

Deno.test("parseSnapshot() takes a bare object for a list of one, as Windows PowerShell 5.1 writes it", () => {
  const event = {
    id: 845,
    time: "2026-11-20T18:03:11Z",
    protectorId: `{${guidOf(1)}}`,
    drive: null,
    code: null,
  };
  const bare = snapshotOf(
    volumeDocument({
      protectors: keyDocument(1),
      mountPaths: "C:\\",
      errors: errorDocument("GetKeyProtectorFriendlyName"),
    }),
    { events: event, errors: errorDocument("Win32_BIOS") },
  );
  const listed = snapshotOf(
    [volumeDocument({
      protectors: [keyDocument(1)],
      mountPaths: ["C:\\"],
      errors: [errorDocument("GetKeyProtectorFriendlyName")],
    })],
    { events: [event], errors: [errorDocument("Win32_BIOS")] },
  );
  assert.deepEqual(bare, listed);
  assert.equal(bare.volumes.length, 1);
});

Deno.test("parseSnapshot() reads entries of lists whose fields are null, for only a few fields must be there", () => {
  const snapshot = snapshotOf(
    [volumeDocument({
      protectors: [keyDocument(1), { id: null, type: null, friendlyName: null, recoveryPassword: null }],
      errors: [{ call: null, protectorId: null, code: null, message: "something" }],
    })],
    {
      errors: [{ code: "0x80041003" }],
      events: [{ id: 845, time: null, protectorId: null, drive: null, code: null }],
    },
  );
  assert.ok(snapshot.volumes[0]?.protectors?.some((one) => one.recoveryPassword === passwordOf(1)));
  assert.equal(snapshot.volumes[0]?.errors.length, 1);
  assert.equal(snapshot.errors[0]?.code, "0x80041003");
});

Deno.test("parseSnapshot() tells a list of protectors that was not read from one that is empty", () => {
  const failed = [errorDocument("GetKeyProtectors", "0x80041001")];
  const notActivated = [errorDocument("GetKeyProtectors", "0x80310008")];
  const locked = [errorDocument("GetKeyProtectors", "0x80310000")];
  const sideCall = [errorDocument("GetKeyProtectorFriendlyName", "0x80310000")];
  const rows: readonly (readonly [string, Json, number | null])[] = [
    ["null", { protectors: null, errors: [] }, null],
    ["absent", { protectors: undefined, errors: [] }, null],
    ["empty", { protectors: [], errors: [] }, 0],
    ["empty beside a failure of the call", { protectors: [], errors: failed }, null],
    ["null beside a failure of the call", { protectors: null, errors: failed }, null],
    ["empty of a locked volume", { protectors: [], errors: locked }, null],
    ["empty beside a failure of another call", { protectors: [], errors: sideCall }, 0],
    ["null beside not activated", { protectors: null, errors: notActivated }, 0],
    ["empty beside not activated", { protectors: [], errors: notActivated }, 0],
    ["not activated as a signed number", {
      protectors: null,
      errors: [errorDocument("GetKeyProtectors", -2144272376)],
    }, 0],
    ["two", { protectors: [keyDocument(1), tpmDocument()], errors: [] }, 2],
    ["two beside a failure of another call", {
      protectors: [keyDocument(1), tpmDocument()],
      errors: sideCall,
    }, 2],
  ];
  for (const [what, changes, expected] of rows) {
    assert.equal(volumeOf(changes).protectors?.length ?? null, expected, what);
  }
});

Deno.test("parseSnapshot() brings codes into one form: signed, unsigned, hexadecimal", () => {
  const rows: readonly (readonly [string | number | null, string | null])[] = [
    ["0x80310000", "0x80310000"],
    ["0X80310000", "0x80310000"],
    ["0x8031003a", "0x8031003A"],
    [-2147217405, "0x80041003"],
    ["-2147217405", "0x80041003"],
    [2147749891, "0x80041003"],
    ["2147749891", "0x80041003"],
    [-2147024809, "0x80070057"],
    [1, "0x00000001"],
    [0, "0x00000000"],
    ["", null],
    [null, null],
    ["none", "none"],
  ];
  for (const [code, expected] of rows) {
    assert.equal(
      snapshotOf([], { errors: [errorDocument("X", code)] }).errors[0]?.code,
      expected,
      String(code),
    );
    assert.equal(volumeOf({ errors: [errorDocument("X", code)] }).errors[0]?.code, expected, String(code));
  }
});

Deno.test("parseSnapshot() brings IDs, letters, labels and digits into one form", () => {
  const key = guidOf(0xABCDEF);
  const rows: readonly (readonly [Json, keyof Volume, unknown])[] = [
    [{ persistentVolumeId: `{${key.toLowerCase()}}` }, "persistentVolumeId", key],
    [{ persistentVolumeId: "" }, "persistentVolumeId", null],
    [{ persistentVolumeId: "{}" }, "persistentVolumeId", null],
    [{ drive: "c:" }, "drive", "C:"],
    [{ drive: "C" }, "drive", "C:"],
    [{ drive: "C:\\" }, "drive", "C:"],
    [{ drive: "" }, "drive", null],
    [{ drive: null }, "drive", null],
    [{ label: "" }, "label", null],
    [{ label: "Größe 数据" }, "label", "Größe 数据"],
  ];
  for (const [changes, field, expected] of rows) assert.deepEqual(volumeOf(changes)[field], expected);

  for (const id of [`{${key}}`, key.toLowerCase(), ` {${key.toLowerCase()}} `]) {
    assert.equal(volumeOf({ protectors: [keyDocument(1, { id })] }).protectors?.[0]?.id, key);
  }
  for (
    const written of [
      passwordOf(1),
      passwordOf(1).replaceAll("-", ""),
      ` ${passwordOf(1).replaceAll("-", " ")}\r\n`,
    ]
  ) {
    const [protector] =
      volumeOf({ protectors: [keyDocument(1, { recoveryPassword: written })] }).protectors ?? [];
    assert.equal(protector?.recoveryPassword, passwordOf(1));
  }
  assert.equal(
    snapshotOf([], { host: hostDocument({ machineId: "{4C4C4544-0042}" }) }).host.machineId,
    "4c4c4544-0042",
  );
  assert.equal(snapshotOf([], { host: hostDocument({ name: " ANNA " }) }).host.name, "ANNA");
});

Deno.test("parseSnapshot() keeps what is no GUID and no 48 digits as Windows gave it", () => {
  const [protector] =
    volumeOf({ protectors: [keyDocument(1, { id: "BitLocker", recoveryPassword: "123-456" })] })
      .protectors ?? [];
  assert.equal(protector?.id, "BITLOCKER");
  assert.equal(protector?.recoveryPassword, "123-456");
  const [empty] = volumeOf({ protectors: [keyDocument(1, { recoveryPassword: "" })] }).protectors ?? [];
  assert.equal(empty?.recoveryPassword, null);
});

Deno.test("parseSnapshot() unites a volume that is listed twice", () => {
  const one = volumeDocument({
    label: null,
    mountPaths: ["C:\\"],
    protectors: [keyDocument(1)],
    errors: [errorDocument("A")],
  });
  const two = volumeDocument({
    deviceId: String(volumeDocument()["deviceId"]).toUpperCase(),
    drive: null,
    mountPaths: ["C:\\Mount\\"],
    protectors: [tpmDocument(), keyDocument(1, { recoveryPassword: null }), keyDocument(3)],
    errors: [errorDocument("B")],
  });
  for (const volumes of [[one, two], [two, one]]) {
    const united = snapshotOf(volumes).volumes;
    assert.equal(united.length, 1);
    const [volume] = united;
    assert.equal(volume?.drive, "C:");
    assert.equal(volume?.label, "Windows");
    assert.deepEqual([...volume?.mountPaths ?? []].sort(), ["C:\\", "C:\\Mount\\"]);
    assert.deepEqual(volume?.protectors?.map((each) => each.id), [guidOf(1), guidOf(3), guidOf(0xF0)]);
    assert.equal(volume?.protectors?.[0]?.recoveryPassword, passwordOf(1));
    assert.deepEqual(volume?.errors.map((each) => each.call).sort(), ["A", "B"]);
  }
});

Deno.test("parseSnapshot() takes the list that was read where a volume is listed twice", () => {
  const unread = volumeDocument({ protectors: null, errors: [errorDocument("GetKeyProtectors")] });
  for (const volumes of [[unread, volumeDocument()], [volumeDocument(), unread]]) {
    assert.equal(snapshotOf(volumes).volumes[0]?.protectors?.length, 2);
  }
  assert.equal(snapshotOf([unread, unread]).volumes[0]?.protectors, null);
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

Deno.test("parseSnapshot() reads how the PC is joined and how far Windows' log goes, and takes what it does not know as not said", () => {
  const since = "2026-10-05T16:31:22.004Z";
  const joins: readonly (readonly [unknown, Snapshot["host"]["join"]])[] = [
    ...(["workgroup", "domain", "hybrid", "entra"] as const).map((one) => [one, one] as const),
    ["cloud", null],
    [5, null],
    [null, null],
    [undefined, null],
  ];
  for (const [join, expected] of joins) {
    assert.equal(snapshotOf([], { host: hostDocument({ join }) }).host.join, expected, String(join));
  }
  const logs: readonly (readonly [unknown, Snapshot["eventLog"]])[] = [
    [{ state: "read", since, message: null }, { state: "read", since, message: null }],
    [{ state: "off" }, { state: "off", since: null, message: null }],
    [{ state: "unreadable", since: null, message: "Zugriff verweigert" }, {
      state: "unreadable",
      since: null,
      message: "Zugriff verweigert",
    }],
    [{ state: "read", since: "yesterday" }, { state: "read", since: null, message: null }],
    [{ state: "broken", since }, null],
    [{ since }, null],
    ["read", null],
    [undefined, null],
  ];
  for (const [eventLog, expected] of logs) {
    assert.deepEqual(snapshotOf([], { eventLog }).eventLog, expected, JSON.stringify(eventLog));
  }
});

Deno.test("parseSnapshot() makes one event of each protector that an event names", () => {
  const event = { id: 4123, time: "2026-11-20T18:03:11Z", drive: "c", code: null };
  const named = (protectorId: unknown): readonly (string | null)[] =>
    snapshotOf([], { events: [{ ...event, protectorId }] }).events.map((one) => one.protectorId);
  assert.deepEqual(named(`{${guidOf(1)}}, {${guidOf(2).toLowerCase()}}`), [guidOf(1), guidOf(2)]);
  assert.deepEqual(named(`{${guidOf(1)}}`), [guidOf(1)]);
  assert.deepEqual(named(null), [null]);
  assert.deepEqual(named("BitLocker"), ["BITLOCKER"]);
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
