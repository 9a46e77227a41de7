/** Nights with shares on which something goes wrong: runs that are killed, reports that are gone, folders that are closed. */

import assert from "node:assert/strict";
import { carriedRig, held } from "./helpers/carried_rig.ts";
import { codesOf, Killed, volume } from "./helpers/night_rig.ts";

const SHARE = { name: "office", kind: "share", path: "\\\\srv\\keys$", sealed: false };
const MAIL = { name: "helper", kind: "mail", to: ["tom@example.org"] };
const ALL = { destinations: [SHARE, MAIL], smtp: { host: "smtp.example.org", from: "keys@example.org" } };

Deno.test("what a killed run changed is told by the next one, once, in event log and mail", async () => {
  const rig = carriedRig(ALL);
  await rig.run([volume("C:", [1])]);
  rig.between = () => {
    throw new Killed();
  };
  const off = [volume("C:", [1, 2], { protectionStatus: 0 })];
  await assert.rejects(() => rig.run(off), Killed);
  rig.between = () => {};
  const { result } = await rig.run(off);
  assert.deepEqual(result.changes, []);
  assert.deepEqual(result.recorded.map((one) => one.kind).sort(), ["key-added", "protection-off"]);
  assert.equal(rig.ledger.view.lastRun?.changes, 2);
  const told = rig.mailer.mails[1]?.text ?? "";
  assert.match(told, /Protection OFF for drive C:/);
  const news = rig.ledger.saves.flatMap((one) => one.news ?? []).map((one) => one.kind);
  assert.ok(!news.includes("suspended"), "the change says it already");
  assert.deepEqual((await rig.run(off)).result.recorded, []);
});

Deno.test("what a killed run left where there was no time for the content is carried once more and compared", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  rig.place("office").hashes = false;
  rig.between = () => {
    throw new Killed();
  };
  await assert.rejects(() => rig.run([volume("C:", [1])]), Killed);
  rig.between = () => {};
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(result.deliveries.map((one) => one.outcome), ["delivered", "delivered"]);
  assert.deepEqual([result.findings, result.shortfalls], [[], []]);
  assert.equal(rig.place("office").files.size, 3, "key, sheet and status, none of them twice");
});

Deno.test("a report that is gone is not called delivered once another one takes its place", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  await rig.run([volume("C:", [1])]);
  rig.place("office").files.clear();
  rig.archive.files.clear();
  rig.place("office").putTrouble = "the disk is full";
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(codesOf(result), ["no-copy-outside", "delivery-pending"]);
  rig.place("office").putTrouble = null;
  const next = await rig.run([volume("C:", [1])]);
  assert.deepEqual([codesOf(next.result), next.result.shortfalls], [[], []]);
  assert.deepEqual(held(rig, "office", [1]), [1]);
});

Deno.test("a sheet that could not be verified is no trouble any more once a newer one has taken its place", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  await rig.run([volume("C:", [1])]);
  rig.place("office").hashes = false;
  let shortfalls = "";
  // A sheet is hashed once a week.
  for (let night = 0; night < 7 && !shortfalls.includes("Recovery sheet"); night++) {
    shortfalls = (await rig.run([volume("C:", [1])])).result.shortfalls.join();
  }
  assert.match(shortfalls, /Recovery sheet.html" at "office" could not be verified/);
  rig.place("office").hashes = true;
  const { result } = await rig.run([volume("C:", [1, 2])]);
  assert.deepEqual(result.shortfalls, []);
  assert.equal(rig.ledger.view.lastRun?.exit, 0);
});

Deno.test("this PC's folder that cannot be looked into is a place that cannot be looked at, not an empty one", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  await rig.run([volume("C:", [1])]);
  const rows = rig.ledger.view.deliveries;
  rig.place("office").closed.set("ANNA-LAPTOP", "access is denied");
  const { starts, result } = await rig.run([volume("C:", [1])]);
  assert.equal(starts.length, 1);
  assert.deepEqual(codesOf(result), ["destination-unreachable"]);
  assert.match(result.findings[0]?.text ?? "", /"ANNA-LAPTOP" cannot be looked into: access is denied\./);
  assert.deepEqual([rig.ledger.view.deliveries, result.carry], [rows, []]);
});

Deno.test("a folder of an earlier name that cannot be looked into keeps its copies, and delays no other", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  await rig.run([volume("C:", [1])]);
  rig.host = { ...rig.host, name: "BERTA" };
  await rig.run([volume("C:", [1])]);
  rig.place("office").closed.set("ANNA-LAPTOP", "access is denied");
  const { result } = await rig.run([volume("C:", [1, 2])]);
  assert.deepEqual(codesOf(result), []);
  assert.match(
    result.shortfalls.join(),
    /could not be verified: the folder "ANNA-LAPTOP" cannot be looked into/,
  );
  assert.deepEqual(held(rig, "office", [1, 2]), [1, 2]);
  assert.ok([...rig.place("office").files.keys()].some((path) => path.startsWith("BERTA/2026-11-22 C ")));
});

Deno.test("a folder that shows nothing from the first file on: the carrier's word counts, as in a drop box", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  rig.between = () => rig.place("office").closed.set("ANNA-LAPTOP", "access is denied");
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(result.deliveries.map((one) => one.outcome), ["delivered", "delivered"]);
  rig.between = () => {};
  const next = await rig.run([volume("C:", [1])]);
  assert.equal(next.starts.length, 1, "not carried again");
  assert.match(
    next.result.shortfalls.join(),
    /the folder "ANNA-LAPTOP" cannot be looked into: access is denied/,
  );
});
