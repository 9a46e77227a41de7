import assert from "node:assert/strict";
import fc from "fast-check";
import type { KnownVolume, ReportEntry } from "../lib/core/ledger_model.ts";
import {
  type CurrentKey,
  currentKeys,
  hashOfRecipients,
  neededRenditions,
  newest,
  type ReportNeeds,
  type ReportWish,
  reportWishes,
  wantedRendition,
} from "../lib/nightly/report_plan.ts";
import { knownKey, knownVolume, reportEntry } from "./helpers/ledger_entries.ts";
import { markOf } from "./helpers/made_up_values.ts";
import { RECIPIENT, settingsFrom } from "./helpers/settings_from.ts";
import { deviceOf, guidOf, MACHINE, passwordOf } from "./helpers/made_up_values.ts";
import type { Json } from "./helpers/snapshots.ts";

const PLAIN = { rendition: "plain", recipientsHash: null } as const;
const SEALED = { rendition: "sealed", recipientsHash: "all" } as const;

function keyOf(number: number, volume: KnownVolume = knownVolume()): CurrentKey {
  return { keyId: guidOf(number), fingerprint: markOf(passwordOf(number)), volume };
}

function wishes(needs: Partial<ReportNeeds>): Promise<readonly ReportWish[]> {
  return reportWishes({
    keys: [],
    reports: [],
    renditions: [PLAIN],
    owedReleased: new Set(),
    hostName: "ANNA-LAPTOP",
    ...needs,
  });
}

async function wished(needs: Partial<ReportNeeds>): Promise<readonly string[]> {
  return (await wishes(needs)).map((one) =>
    `${one.rendition} ${one.kind} ${one.keys.map((key) => Number.parseInt(key.keyId, 16)).join(" ")}`
  );
}

/** The entry that a wish becomes. */
function entryOf(wish: ReportWish, takenAt = "2026-11-24T03:00:00Z"): ReportEntry {
  const { kind, rendition, recipientsHash, fingerprint } = wish;
  const keyId = kind === "key" ? wish.keys[0]?.keyId ?? null : null;
  return reportEntry(0, {
    id: `ANNA-LAPTOP/${kind} ${rendition} ${keyId} ${fingerprint} ${takenAt}`,
    kind,
    rendition,
    recipientsHash,
    fingerprint,
    keyId,
    takenAt,
  });
}

Deno.test("currentKeys() lists keys whose digits were read, also of drives that are away or locked", () => {
  const rows: readonly (readonly [string, Partial<KnownVolume>, readonly number[]])[] = [
    ["present", {}, [1]],
    ["away", { present: false }, [1]],
    ["locked", { lockStatus: 1 }, [1]],
    ["two keys", { protectors: [knownKey(1), knownKey(3)] }, [1, 3]],
    ["removed key", { protectors: [knownKey(1, { present: false }), knownKey(3)] }, [3]],
    ["digits never read", { protectors: [knownKey(1, { fingerprint: null })] }, []],
    ["type not read", { protectors: [knownKey(1, { type: null })] }, [1]],
    ["another protector", { protectors: [knownKey(1, { type: 1, fingerprint: null })] }, []],
    ["of another PC", { machineId: "other" }, []],
  ];
  for (const [what, changes, numbers] of rows) {
    const keys = currentKeys([knownVolume(changes)], MACHINE);
    assert.deepEqual(keys.map((one) => one.keyId), numbers.map(guidOf), what);
  }
});

Deno.test("currentKeys() leaves out a fixed drive of which another has taken the place, but no stick", () => {
  const now = knownVolume({ deviceId: deviceOf(5), protectors: [knownKey(5)] });
  const rows: readonly (readonly [string, Partial<KnownVolume>, readonly number[]])[] = [
    ["reinstalled", { present: false }, [5]],
    ["a stick that had the letter", { present: false, volumeType: 2 }, [1, 5]],
    ["away, another letter", { present: false, drive: "D:" }, [1, 5]],
    ["away, without letter", { present: false, drive: null }, [1, 5]],
    ["still there", { drive: "D:" }, [1, 5]],
  ];
  for (const [what, changes, numbers] of rows) {
    const keys = currentKeys([knownVolume(changes), now], MACHINE);
    assert.deepEqual(keys.map((one) => one.keyId), numbers.map(guidOf), what);
  }
});

Deno.test("wantedRendition() and neededRenditions() give each place its form, and the PC a sealed one with recipients", () => {
  const smtp = { host: "smtp.example.org", from: "keys@example.org" };
  const share: Json = { name: "a", kind: "share", path: "\\\\srv\\keys", sealed: false };
  const mail: Json = { name: "m", kind: "mail", to: ["a@b.c"] };
  const rows:
    readonly (readonly [string, readonly Json[], boolean, readonly (string | null)[], readonly string[]])[] =
      [
        ["nothing", [], false, [], ["plain"]],
        ["recipients alone", [], true, [], ["sealed"]],
        ["plain share", [share], false, ["plain"], ["plain"]],
        ["plain share beside recipients", [share], true, ["plain"], ["plain", "sealed"]],
        ["sealed share", [{ ...share, sealed: true }], true, ["sealed"], ["sealed"]],
        ["mail without keys", [{ ...mail, keys: "none" }], true, [null], ["sealed"]],
        ["mail without keys or recipients", [mail], false, [null], ["plain"]],
        ["plain mail", [{ ...mail, keys: "plain" }], true, ["plain"], ["plain", "sealed"]],
        ["sealed mail", [mail], true, ["sealed"], ["sealed"]],
        ["both", [share, mail], true, ["plain", "sealed"], ["plain", "sealed"]],
      ];
  for (const [what, destinations, recipients, wanted, needed] of rows) {
    const settings = settingsFrom({ destinations, smtp, recipients: recipients ? [RECIPIENT] : [] });
    assert.deepEqual(settings.destinations.map(wantedRendition), wanted, what);
    assert.deepEqual(
      neededRenditions(settings, recipients ? "hash" : null).map((one) => one.rendition),
      needed,
      what,
    );
  }
});

Deno.test("hashOfRecipients() names a set: neither order nor a double one matters", async () => {
  const [a, b] = [RECIPIENT, `age1${"z".repeat(58)}`];
  assert.equal(await hashOfRecipients([]), null);
  assert.equal(await hashOfRecipients([a, b, a]), await hashOfRecipients([b, a]));
  assert.notEqual(await hashOfRecipients([a]), await hashOfRecipients([b]));
  assert.notEqual(await hashOfRecipients([a]), await hashOfRecipients([a, b]));
});

Deno.test("reportWishes() wishes for each current key and a sheet of all, in each form", async () => {
  assert.deepEqual(await wished({ keys: [keyOf(1), keyOf(3)], renditions: [PLAIN, SEALED] }), [
    "plain key 1",
    "plain key 3",
    "plain sheet 1 3",
    "sealed key 1",
    "sealed key 3",
    "sealed sheet 1 3",
  ]);
  assert.deepEqual(await wished({ keys: [] }), []);
});

Deno.test("reportWishes() wishes for nothing in a quiet night", async () => {
  const needs = { keys: [keyOf(1), keyOf(3)], renditions: [PLAIN, SEALED] };
  const reports = (await wishes(needs)).map((one) => entryOf(one));
  assert.deepEqual(await wished({ ...needs, reports }), []);
  assert.deepEqual(
    await wished({ ...needs, keys: needs.keys.toReversed(), reports: reports.toReversed() }),
    [],
  );
});

Deno.test("reportWishes() makes up for what a killed run did not make", async () => {
  const needs = { keys: [keyOf(1), keyOf(3)], renditions: [PLAIN] };
  const reports = (await wishes(needs)).map((one) => entryOf(one));
  assert.deepEqual(await wished({ ...needs, reports: reports.slice(0, 1) }), [
    "plain key 3",
    "plain sheet 1 3",
  ]);
  assert.deepEqual(await wished({ ...needs, reports: reports.slice(0, 2) }), ["plain sheet 1 3"]);
});

Deno.test("reportWishes() wishes anew for what differs, and for nothing else", async () => {
  const at = (drive: string | null): CurrentKey => keyOf(1, knownVolume({ drive }));
  const reports = (await wishes({ keys: [keyOf(1)] })).map((one) => entryOf(one));
  const rows: readonly (readonly [string, Partial<ReportNeeds>, readonly string[]])[] = [
    ["one more key", { keys: [keyOf(1), keyOf(3)] }, ["plain key 3", "plain sheet 1 3"]],
    ["another key", { keys: [keyOf(3)] }, ["plain key 3", "plain sheet 3"]],
    ["other digits", { keys: [{ ...keyOf(1), fingerprint: "other" }] }, ["plain key 1", "plain sheet 1"]],
    ["another letter", { keys: [at("M:")] }, ["plain sheet 1"]],
    ["no letter", { keys: [at(null)] }, ["plain sheet 1"]],
    ["another host name", { keys: [keyOf(1)], hostName: "MARIE-PC" }, ["plain sheet 1"]],
    ["another label", { keys: [keyOf(1, knownVolume({ label: "New" }))] }, []],
    ["no key left", { keys: [] }, []],
    ["recipients added", { keys: [keyOf(1)], renditions: [SEALED] }, ["sealed key 1", "sealed sheet 1"]],
    ["given up and owed again", { keys: [keyOf(1)], owedReleased: new Set([reports[0]?.id ?? ""]) }, [
      "plain key 1",
    ]],
  ];
  for (const [what, needs, expected] of rows) {
    assert.deepEqual(await wished({ ...needs, reports }), expected, what);
  }
});

Deno.test("reportWishes() wishes for reports sealed to other recipients", async () => {
  const needs = { keys: [keyOf(1)], renditions: [SEALED] };
  const reports = (await wishes(needs)).map((one) => entryOf(one));
  const other = [{ rendition: "sealed", recipientsHash: "other" }] as const;
  assert.deepEqual(await wished({ ...needs, renditions: other, reports }), [
    "sealed key 1",
    "sealed sheet 1",
  ]);
});

Deno.test("reportWishes() wishes for the old sheet again when the old keys are back", async () => {
  const first = (await wishes({ keys: [keyOf(1)] })).map((one) => entryOf(one, "2026-11-01T03:00:00Z"));
  const second = (await wishes({ keys: [keyOf(1), keyOf(3)], reports: first }))
    .map((one) => entryOf(one, "2026-11-02T03:00:00Z"));
  assert.deepEqual(await wished({ keys: [keyOf(1)], reports: [...first, ...second] }), ["plain sheet 1"]);
});

Deno.test("newest() goes by the moment, not by the text of the time", () => {
  const entries = [
    reportEntry(1, { id: "a", takenAt: "2026-11-24T03:00:00+01:00" }),
    reportEntry(1, { id: "b", takenAt: "2026-11-24T02:30:00Z" }),
    reportEntry(1, { id: "c", takenAt: "2026-11-23T23:00:00-05:00" }),
  ];
  assert.equal(newest(entries)?.id, "c");
  assert.equal(newest(entries.toReversed())?.id, "c");
  assert.equal(newest(entries.slice(0, 2))?.id, "b");
  assert.equal(newest([]), null);
});

Deno.test("reportWishes() is content once its wishes are fulfilled, for any keys and forms", async () => {
  const anyKey = fc.record({
    number: fc.integer({ min: 1, max: 5 }),
    drive: fc.constantFrom("C:", "D:", null),
    device: fc.integer({ min: 1, max: 2 }),
  }).map(({ number, drive, device }) => keyOf(number, knownVolume({ drive, deviceId: deviceOf(device) })));
  const anyKeys = fc.uniqueArray(anyKey, { maxLength: 4, selector: (one) => one.keyId });
  const anyForms = fc.subarray([PLAIN, SEALED]);
  await fc.assert(
    fc.asyncProperty(anyKeys, anyKeys, anyForms, async (before, keys, renditions) => {
      const old = (await wishes({ keys: before, renditions })).map((one) =>
        entryOf(one, "2026-11-01T03:00:00Z")
      );
      const fresh = (await wishes({ keys, renditions, reports: old })).map((one) => entryOf(one));
      assert.deepEqual(await wished({ keys, renditions, reports: [...old, ...fresh] }), []);
    }),
    { seed: 20261124, numRuns: 300 },
  );
});
