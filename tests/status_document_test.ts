import assert from "node:assert/strict";
import fc from "fast-check";
import { earlierKeys, statusDocument, type StatusFacts } from "../lib/nightly/status_document.ts";
import { finding, knownKey, knownVolume } from "./helpers/ledger_entries.ts";
import { markOf } from "./helpers/made_up_values.ts";
import { deviceOf, guidOf, MACHINE, passwordOf, TAKEN_AT } from "./helpers/made_up_values.ts";
import { type Json, snapshotOf } from "./helpers/snapshots.ts";

const removed = knownKey(3, { present: false, removedAt: "2026-11-20T03:00:00Z" });
const tpm = knownKey(9, { type: 1, fingerprint: null });
const lastGoodRun = {
  runId: "r",
  takenAt: "2026-11-23T03:00:00Z",
  exit: 0,
  changes: 0,
  findings: [],
  shortfalls: [],
};

const facts: StatusFacts = {
  host: snapshotOf().host,
  machineId: MACHINE,
  run: { runId: "now", takenAt: TAKEN_AT, exit: 3, changes: 0, findings: [], shortfalls: ['No "office"'] },
  volumes: [
    knownVolume({ protectors: [knownKey(1), removed, tpm] }),
    knownVolume({ deviceId: deviceOf(2), drive: "D:", machineId: "other" }),
  ],
  findings: [finding()],
  windows: {
    backups: [
      {
        about: guidOf(1),
        place: "microsoft-account",
        outcome: "saved",
        at: "2026-11-20T18:03:11Z",
        code: null,
      },
    ],
    eventLog: { state: "read", since: "2026-11-01T00:00:00Z" },
  },
  lastGoodRun,
};

function documentOf(changes: Partial<StatusFacts> = {}): Json {
  return JSON.parse(new TextDecoder().decode(statusDocument({ ...facts, ...changes })));
}

Deno.test("statusDocument() says which PC it is, when it ran, and what its drives and Key IDs are", () => {
  const document = documentOf();
  assert.equal(document["schema"], 1);
  assert.equal(document["machineId"], MACHINE);
  assert.equal(document["lastRun"], TAKEN_AT);
  assert.equal(document["lastGoodRun"], lastGoodRun.takenAt);
  assert.deepEqual(
    [document["exit"], document["shortfalls"]],
    [3, ['No "office"']],
    "why the last was not good",
  );
  assert.equal(documentOf({ lastGoodRun: null })["lastGoodRun"], null);
  assert.match(JSON.stringify(document["host"]), /ANNA-LAPTOP/);
  const volumes = document["volumes"] as readonly Json[];
  assert.deepEqual(volumes.map((one) => one["drive"]), ["C:"], "a predecessor's drives are not this PC's");
  assert.equal(volumes[0]?.["lastSeenAt"], facts.volumes[0]?.lastSeenAt, "of the drive, not of the run");
  const keys = volumes[0]?.["keys"] as readonly Json[];
  assert.deepEqual(keys.map((one) => [one["keyId"], one["current"]]), [[guidOf(1), true], [
    guidOf(3),
    false,
  ]]);
  const saved = { place: "microsoft-account", outcome: "saved", at: "2026-11-20T18:03:11Z", code: null };
  assert.deepEqual(keys.map((one) => one["windowsBackups"]), [[saved], []]);
  assert.deepEqual(document["eventLog"], facts.windows.eventLog);
  const findings = document["findings"] as readonly Json[];
  assert.deepEqual(findings.map((one) => [one["code"], one["severity"], one["drive"]]), [[
    "suspended",
    "warning",
    "C:",
  ]]);
});

Deno.test("statusDocument() holds no secrets: neither digits nor what stands for them", () => {
  const text = JSON.stringify(documentOf());
  for (const number of [1, 3]) {
    assert.ok(!text.includes(markOf(passwordOf(number))));
    for (const group of passwordOf(number).split("-")) assert.ok(!text.includes(group));
  }
});

Deno.test("statusDocument() gives the same bytes for the same facts", () => {
  assert.deepEqual(statusDocument(facts), statusDocument(structuredClone(facts)));
});

Deno.test("earlierKeys() reads back which keys were current on this PC", () => {
  const expected = [{ keyId: guidOf(1), drive: "C:", takenAt: TAKEN_AT }];
  assert.deepEqual(earlierKeys(documentOf(), MACHINE), expected);
  assert.deepEqual(earlierKeys({ ...documentOf(), machineId: MACHINE.toUpperCase() }, MACHINE), expected);
  assert.deepEqual(earlierKeys(documentOf(), "other"), [], "another PC's");
});

Deno.test("earlierKeys() gives nothing for what is no status of ours", () => {
  const good = documentOf();
  const wrong: readonly unknown[] = [
    null,
    undefined,
    "text",
    [],
    {},
    { ...good, machineId: 5 },
    { ...good, lastRun: "yesterday" },
    { ...good, lastRun: null },
    { ...good, volumes: {} },
    { ...good, volumes: [{ drive: "C:", keys: [{ keyId: 5, current: true }] }] },
    { ...good, volumes: [{ drive: "C:", keys: [{ keyId: "<b>print this</b>", current: true }] }] },
  ];
  for (const status of wrong) assert.deepEqual(earlierKeys(status, MACHINE), [], JSON.stringify(status));
});

Deno.test("earlierKeys() never throws, whatever somebody put there", () => {
  const fields = fc.constantFrom("machineId", "lastRun", "volumes");
  fc.assert(
    fc.property(fc.jsonValue(), fields, (value, field) => {
      for (const status of [value, { ...documentOf(), [field]: value }]) {
        for (const one of earlierKeys(status, MACHINE)) assert.match(one.keyId, /^[0-9A-F-]+$/);
      }
    }),
    { seed: 20261124, numRuns: 300 },
  );
});
