import assert from "node:assert/strict";
import type { Finding } from "../lib/core/model.ts";
import { type CopyFacts, copyFindings } from "../lib/nightly/copies.ts";
import {
  c,
  codesOf,
  d,
  daysAfter,
  facts,
  folderOn,
  mail,
  report,
  seen,
  share,
  stick,
  unreachable,
} from "./helpers/copy_facts.ts";
import { delivery, reportEntry, sheetEntry } from "./helpers/ledger_entries.ts";
import { guidOf } from "./helpers/made_up_values.ts";
import type { Json } from "./helpers/snapshots.ts";

Deno.test("copyFindings() finds delivery-pending for what a destination does not hold yet, with the reason", () => {
  const failed = delivery("office", report, { state: "pending", verifiedAt: null, error: "disk full" });
  const [one] = copyFindings(facts([share], { deliveries: [failed] })).filter((each) =>
    each.code === "delivery-pending"
  );
  assert.equal(one?.about, "office");
  assert.match(one?.text ?? "", /office.*disk full/);
  const mailed = facts([mail], {
    deliveries: [],
    mailTrouble: new Map([["helper", { reason: "server answered 550", taken: false }]]),
  });
  assert.deepEqual(codesOf(mailed), ["danger no-copy-outside", "warning delivery-pending"]);
  assert.match(copyFindings(mailed)[1]?.text ?? "", /server answered 550/);
  const newsOnly = facts([{ ...mail, keys: "none" }, share], {
    mailTrouble: new Map([["helper", { reason: "no route", taken: false }]]),
  });
  assert.deepEqual(codesOf(newsOnly), ["warning delivery-pending"]);
});

Deno.test("copyFindings() says of a mail that one address took that the other did not, and promises no retry", () => {
  const partly = facts([{ ...mail, keys: "none" }, share], {
    mailTrouble: new Map([["helper", { reason: "ann@example.org was refused: 550", taken: true }]]),
  });
  const [one] = copyFindings(partly).filter((each) => each.code === "delivery-pending");
  assert.match(one?.text ?? "", /^The mail to "helper" went out, but not to everybody: ann@example\.org/);
  assert.doesNotMatch(one?.text ?? "", /tried again/);
});

Deno.test("copyFindings() also owes keys that no longer open anything", () => {
  const old = reportEntry(7);
  const night = facts([share], { reports: [report, old], deliveries: [delivery("office", report)] });
  assert.deepEqual(codesOf(night), ["warning delivery-pending"]);
});

Deno.test("copyFindings() finds destination-unreachable, nothing more, until the copies are too old", () => {
  const night = (destination: Json, days: number, changes: Partial<CopyFacts> = {}): readonly string[] =>
    codesOf(
      facts([destination], {
        looks: unreachable(String(destination["name"])),
        now: daysAfter(days),
        ...changes,
      }),
    );
  assert.deepEqual(night(share, 0), ["warning destination-unreachable"]);
  assert.deepEqual(night(share, 30), ["warning destination-unreachable"]);
  assert.deepEqual(night(share, 31), ["danger destination-unreachable"]);
  assert.deepEqual(night(folderOn("E:\\Keys"), 0), ["info destination-unreachable"]);
  assert.deepEqual(night(folderOn("E:\\Keys"), 31), ["danger destination-unreachable"]);
  assert.deepEqual(night(folderOn("C:\\Sync", { synced: true }), 1), ["warning destination-unreachable"]);
  assert.deepEqual(
    night(share, 31, { keys: [] }),
    ["warning destination-unreachable"],
    "no key depends on it",
  );
  const shorter = facts([share], { looks: unreachable("office"), now: daysAfter(8) });
  const settings = { ...shorter.settings, copyMaxAgeDays: 7 };
  assert.deepEqual(codesOf({ ...shorter, settings }), ["danger destination-unreachable"]);
});

Deno.test("copyFindings() does not call old copies a danger where another place was looked at", () => {
  const deliveries = [delivery("place", report), delivery("office", report, { verifiedAt: daysAfter(40) })];
  const night = facts([folderOn("E:\\Keys"), share], {
    looks: unreachable("place"),
    deliveries,
    now: daysAfter(40),
  });
  assert.deepEqual(codesOf(night), ["info destination-unreachable"]);
});

Deno.test("copyFindings() calls it a danger when all places outside are out of sight for too long", () => {
  const looks = [...unreachable("place"), ...unreachable("office")];
  const night = facts([folderOn("E:\\Keys"), share], { looks, now: daysAfter(40) });
  assert.ok(codesOf(night).includes("danger destination-unreachable"), codesOf(night).join());
});

Deno.test("copyFindings() knows a stick that is not plugged in by the letter it had", () => {
  const away = { ...stick, present: false };
  const night = facts([folderOn("E:\\Keys")], {
    seen: seen.filter((one) => one.drive !== "E:"),
    known: [c, d, away],
    looks: unreachable("place"),
  });
  assert.deepEqual(codesOf(night), ["info destination-unreachable"]);
});

Deno.test("copyFindings() knows on which drive a folder lies also in a night in which nothing could be read", () => {
  // seen is empty and all volumes count as present, since nobody could say that they are gone
  const blind = { seen: [], known: [c, d, stick] };
  assert.deepEqual(codesOf(facts([folderOn("D:\\Keys")], blind)), ["danger no-copy-outside"], "fixed drive");
  assert.deepEqual(
    codesOf(facts([folderOn("C:\\Keys")], blind)),
    ["danger no-copy-outside", "danger copy-on-same-drive"],
    "same drive",
  );
  assert.deepEqual(
    codesOf(facts([folderOn("E:\\Keys")], { ...blind, looks: unreachable("place") })),
    ["info destination-unreachable"],
    "stick",
  );
});

Deno.test("copyFindings() finds copy-lost for an old key that is nowhere any more", () => {
  const old = reportEntry(7, { released: true });
  const gone = delivery("office", old, { state: "pending", verifiedAt: null, error: "gone" });
  const deliveries = [delivery("office", report), gone];
  const lost = [old];
  const lostOf = (night: CopyFacts): readonly Finding[] =>
    copyFindings(night).filter((one) => one.code === "copy-lost");
  const [found, ...more] = lostOf(facts([share], { reports: [report, old], deliveries, lost }));
  assert.deepEqual([found?.severity, found?.about, found?.volume?.drive, more.length], [
    "danger",
    guidOf(7),
    "C:",
    0,
  ]);
  const elsewhere = facts([share, mail], {
    reports: [report, old],
    deliveries: [...deliveries, delivery("helper", old, { state: "accepted" })],
    lost,
  });
  assert.deepEqual(lostOf(elsewhere), [], "another place holds it");
  const two = [old, old];
  assert.equal(
    lostOf(facts([share, mail], { reports: [report, old], deliveries, lost: two })).length,
    1,
    "told once",
  );
  const sheet = [sheetEntry({ released: true })];
  assert.deepEqual(lostOf(facts([share], { lost: sheet })), [], "a sheet can be made again");
});

Deno.test("copyFindings() finds the lost digits of an altered key beside others of the same Key ID", () => {
  const before = reportEntry(7, { id: "ANNA-LAPTOP/old", released: true });
  const after = reportEntry(7, { id: "ANNA-LAPTOP/new", fingerprint: "altered", released: true });
  const lost = [before, after];
  const deliveries = [delivery("office", report), delivery("helper", after, { state: "accepted" })];
  const night = facts([share, mail], { reports: [report, before, after], deliveries, lost });
  assert.equal(copyFindings(night).filter((one) => one.code === "copy-lost").length, 1);
});
