import assert from "node:assert/strict";
import fc from "fast-check";
import type { Delivery, ReportEntry } from "../lib/core/ledger_model.ts";
import { alteredRows, isThere, newDelivery, owedReports } from "../lib/nightly/outbox.ts";
import { reportWishes } from "../lib/nightly/report_plan.ts";
import { delivery, knownVolume, reportEntry, sheetEntry } from "./helpers/ledger_entries.ts";
import { markOf } from "./helpers/made_up_values.ts";
import { RECIPIENT, settingsFrom } from "./helpers/settings_from.ts";
import { guidOf, passwordOf } from "./helpers/made_up_values.ts";
import type { Json } from "./helpers/snapshots.ts";

function destinationOf(document: Json, sealed: boolean): Parameters<typeof owedReports>[0] {
  const smtp = { host: "smtp.example.org", from: "keys@example.org" };
  const [one] =
    settingsFrom({ destinations: [document], smtp, recipients: sealed ? [RECIPIENT] : [] }).destinations;
  assert.ok(one);
  return one;
}

const plainPlace = destinationOf(
  { name: "office", kind: "share", path: "\\\\srv\\keys", sealed: false },
  false,
);
const sealedPlace = destinationOf({ name: "office", kind: "share", path: "\\\\srv\\keys" }, true);
const mail = (keys: string): Parameters<typeof owedReports>[0] =>
  destinationOf({ name: "office", kind: "mail", to: ["tom@example.org"], keys }, true);

const early = "2026-11-01T03:00:00Z";
const late = "2026-11-20T03:00:00Z";

function owedIds(
  place: typeof plainPlace,
  reports: readonly ReportEntry[],
  rows: readonly Delivery[] = [],
): readonly string[] {
  return owedReports(place, reports, rows).map((one) => one.entry.id);
}

Deno.test("owedReports() owes every key that was ever reported, and the newest sheet", () => {
  const sheets = [sheetEntry({ takenAt: early }), sheetEntry({ takenAt: late })];
  const reports = [reportEntry(1), reportEntry(2), reportEntry(3), ...sheets];
  const expected = [reportEntry(1), reportEntry(2), reportEntry(3), sheets[1]].map((one) => one?.id).sort();
  assert.deepEqual(owedIds(plainPlace, reports), expected);
  assert.deepEqual(owedIds(plainPlace, reports.toReversed()), expected);
  assert.deepEqual(owedIds(plainPlace, []), []);
});

Deno.test("owedReports() gives each place the form it wants", () => {
  const plain = reportEntry(1);
  const sealed = reportEntry(1, { rendition: "sealed" });
  const rows: readonly (readonly [string, typeof plainPlace, readonly string[]])[] = [
    ["plain place", plainPlace, [plain.id]],
    ["sealed place", sealedPlace, [sealed.id]],
    ["plain mail", mail("plain"), [plain.id]],
    ["sealed mail", mail("sealed"), [sealed.id]],
    ["mail without keys", mail("none"), []],
  ];
  for (const [what, place, ids] of rows) assert.deepEqual(owedIds(place, [plain, sealed]), ids, what);
});

Deno.test("owedReports() owes both digits of a key that was altered under its Key ID", () => {
  const altered = reportEntry(1, { id: "ANNA-LAPTOP/altered", fingerprint: "other", takenAt: late });
  assert.equal(owedIds(plainPlace, [reportEntry(1, { takenAt: early }), altered]).length, 2);
});

Deno.test("owedReports() keeps to a report that is there, else takes the newest that can still be given", () => {
  const first = reportEntry(1, { takenAt: early });
  const second = reportEntry(1, { takenAt: late });
  const third = reportEntry(1, { takenAt: "2026-11-22T03:00:00Z", released: true });
  const rows: readonly (readonly [string, readonly Delivery[], string])[] = [
    ["nothing there", [], second.id],
    ["the older there", [delivery("office", first)], first.id],
    ["the released one there", [delivery("office", third)], third.id],
    ["accepted counts as there", [delivery("office", first, { state: "accepted" })], first.id],
    ["handed over does not", [delivery("office", first, { state: "handed-over" })], second.id],
    ["pending does not", [delivery("office", first, { state: "pending" })], second.id],
    ["there at another place", [delivery("elsewhere", first)], second.id],
  ];
  for (const [what, deliveries, id] of rows) {
    assert.deepEqual(owedIds(plainPlace, [first, second, third], deliveries), [id], what);
  }
});

Deno.test("owedReports() gives a place the sealed twin of a key that the PC can no longer open", () => {
  const released = reportEntry(1, { released: true });
  const sealed = reportEntry(1, { rendition: "sealed" });
  assert.deepEqual(owedIds(plainPlace, [released, sealed]), [sealed.id]);
  assert.deepEqual(
    owedIds(plainPlace, [released]),
    [released.id],
    "without a twin it stays owed, and is told as lost",
  );
});

Deno.test("owedReports() owes an old key also to a sealed place that was set up after the key was gone", () => {
  // reported plain, before there were recipients; no longer on the drive, so that no new report is made of it
  const old = reportEntry(1);
  assert.equal(owedIds(sealedPlace, [old]).length, 1);
  assert.equal(owedIds(mail("sealed"), [old]).length, 1);
});

Deno.test("owedReports() owes what was sealed anew to other recipients", () => {
  const old = reportEntry(1, { rendition: "sealed", recipientsHash: "before", takenAt: early });
  const fresh = reportEntry(1, { rendition: "sealed", recipientsHash: "now", takenAt: late });
  assert.deepEqual(owedIds(sealedPlace, [old, fresh], [delivery("office", old)]), [fresh.id]);
  assert.deepEqual(owedIds(sealedPlace, [old], [delivery("office", old)]), [old.id]);
});

Deno.test("owedReports() or the wishes see to it that recipients who are set again can open what is delivered", async () => {
  const first = reportEntry(1, { rendition: "sealed", recipientsHash: "anna", takenAt: early });
  const second = reportEntry(1, { rendition: "sealed", recipientsHash: "tom", takenAt: late });
  const reports = [first, second];
  const key = { keyId: guidOf(1), fingerprint: markOf(passwordOf(1)), volume: knownVolume() };
  const wishes = await reportWishes({
    keys: [key],
    reports,
    renditions: [{ rendition: "sealed", recipientsHash: "anna" }],
    owedReleased: new Set(),
    hostName: "ANNA-LAPTOP",
  });
  const made = wishes.some((wish) => wish.kind === "key");
  assert.ok(
    made || owedIds(sealedPlace, reports).includes(first.id),
    "what is owed is sealed to Tom, Anna is set",
  );
});

Deno.test("owedReports() owes no older sheet in place of the newest", () => {
  const old = sheetEntry({ takenAt: early });
  const now = sheetEntry({ takenAt: late });
  assert.deepEqual(owedIds(plainPlace, [old, now], [delivery("office", old)]), [now.id]);
});

Deno.test("owedReports() shows how far each report is", () => {
  const failed = delivery("office", reportEntry(1), { state: "pending", attempts: 3, error: "disk full" });
  const [one, two] = owedReports(plainPlace, [reportEntry(1), reportEntry(2)], [failed]);
  assert.deepEqual(one?.delivery, failed);
  assert.equal(two?.delivery, null);
});

Deno.test("isThere() takes only what was read back or what a server took", () => {
  for (const state of ["delivered", "accepted"] as const) {
    assert.ok(isThere(delivery("office", reportEntry(1), { state })));
  }
  for (const state of ["pending", "handed-over"] as const) {
    assert.ok(!isThere(delivery("office", reportEntry(1), { state })));
  }
  assert.ok(!isThere(null) && !isThere(undefined) && !isThere(newDelivery("office", "x")));
});

Deno.test("owedReports() owes every key ever reported to every place that takes keys, whatever was delivered", () => {
  const anyEntry = fc.record({
    number: fc.integer({ min: 1, max: 4 }),
    sealed: fc.boolean(),
    released: fc.boolean(),
    hash: fc.constantFrom("a", "b"),
    day: fc.integer({ min: 10, max: 28 }),
  }).map(({ number, sealed, released, hash, day }) =>
    reportEntry(number, {
      rendition: sealed ? "sealed" : "plain",
      recipientsHash: sealed ? hash : null,
      released: released && !sealed,
      takenAt: `2026-11-${day}T03:00:00Z`,
      id: `ANNA-LAPTOP/${number} ${sealed} ${hash} ${day}`,
    })
  );
  const anyReports = fc.uniqueArray(anyEntry, { maxLength: 8, selector: (one) => one.id });
  const anyState = fc.constantFrom("pending", "delivered", "accepted", "handed-over");
  fc.assert(
    fc.property(anyReports, fc.array(anyState, { maxLength: 8 }), (reports, states) => {
      const rows = reports.slice(0, states.length).map((entry, index) =>
        delivery("office", entry, { state: states[index] ?? "pending" })
      );
      const keys = [...new Set(reports.map((one) => one.keyId))].sort();
      const owed = owedReports(plainPlace, reports, rows);
      assert.deepEqual(owed.map((one) => one.entry.keyId).sort(), keys);
      assert.deepEqual(owedReports(plainPlace, reports.toReversed(), rows.toReversed()), owed);
      const settled = [...rows, ...owed.map((one) => delivery("office", one.entry))];
      assert.ok(owedReports(plainPlace, reports, settled).every((one) => isThere(one.delivery)));
    }),
    { seed: 20261124, numRuns: 500 },
  );
});

Deno.test("alteredRows() gives rows that are new or differ in any field, and no others", () => {
  const known = [delivery("office", reportEntry(1)), delivery("office", reportEntry(2))];
  assert.deepEqual(alteredRows(known.map((row) => ({ ...row })), known), []);
  const fields = Object.keys(newDelivery("office", "x")).filter((name) =>
    name !== "destination" && name !== "report"
  );
  for (const field of fields) {
    const altered = { ...delivery("office", reportEntry(1)), [field]: "other" } as Delivery;
    assert.deepEqual(alteredRows([altered, ...known.slice(1)], known), [altered], field);
  }
  const fresh = [newDelivery("stick", reportEntry(1).id), newDelivery("office", reportEntry(3).id)];
  assert.deepEqual(alteredRows([...known, ...fresh], known), fresh);
});
