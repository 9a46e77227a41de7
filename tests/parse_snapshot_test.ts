import assert from "node:assert/strict";
import type { Snapshot } from "../lib/core/model.ts";
import { parseSnapshot } from "../lib/core/parse_snapshot.ts";
import { guidOf, passwordOf } from "./helpers/made_up_values.ts";
import {
  errorDocument,
  hostDocument,
  keyDocument,
  snapshotDocument,
  snapshotOf,
  volumeDocument,
} from "./helpers/snapshots.ts";

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
