/** Nights with a user's OneDrive folder: what lies ready on the PC, in the folder, and in the cloud. */

import assert from "node:assert/strict";
import type { NightResult } from "../lib/nightly/run_night.ts";
import { type CarriedRig, carriedRig, signIn } from "./helpers/carried_rig.ts";
import { volume } from "./helpers/night_rig.ts";

const USER = "S-1-5-21-1111111111-2222222222-3333333333-1001";
const ONEDRIVE = { destinations: [{ name: "anna", kind: "onedrive", user: USER }] };
const C = [volume("C:", [1])];

const codes = (result: NightResult): readonly string[] =>
  result.findings.map((one) => `${one.severity} ${one.code}`);
const textOf = (result: NightResult, code: string): string =>
  result.findings.find((one) => one.code === code)?.text ?? "";

function freeAll(rig: CarriedRig): void {
  const anna = rig.place("anna");
  for (const path of anna.files.keys()) anna.cloud.add(path);
}

Deno.test("for a user who is not signed in reports lie ready, night after night, and nothing is called delivered", async () => {
  const rig = carriedRig(ONEDRIVE);
  const anna = rig.place("anna");
  anna.signedIn = false;
  for (let night = 1; night <= 4; night++) {
    const { starts, result } = await rig.run(C);
    assert.equal(starts.length, 2);
    assert.deepEqual(codes(result), ["danger no-copy-outside", "warning delivery-pending"], `night ${night}`);
    assert.equal(
      textOf(result, "delivery-pending"),
      '2 reports lie ready on this PC for "anna" and go into OneDrive when its user signs in.',
    );
    assert.deepEqual(result.deliveries.map((one) => one.outcome), ["handed-over", "handed-over"]);
    assert.deepEqual([result.shortfalls.length, rig.ledger.view.lastRun?.exit], [1, 3]);
  }
  assert.deepEqual(anna.files.size, 0);

  signIn(anna);
  const { starts, result } = await rig.run(C);
  assert.equal(starts.length, 1);
  assert.deepEqual([codes(result), result.shortfalls], [[], []]);
  assert.deepEqual(result.deliveries.map((one) => one.outcome), ["delivered", "delivered"]);
  const [row] = rig.ledger.view.deliveries;
  assert.deepEqual([row?.deliveredAt, row?.uploadSeenAt], ["2026-11-24T02:00:01.000Z", null]);
});

Deno.test("after three days without a sign of the upload there is one warning, and none once it was seen", async () => {
  const rig = carriedRig(ONEDRIVE);
  await rig.run(C);
  for (let day = 1; day <= 3; day++) assert.deepEqual(codes((await rig.run(C)).result), [], `day ${day}`);
  const { result } = await rig.run(C);
  assert.deepEqual(codes(result), ["warning upload-not-seen"]);
  assert.match(
    textOf(result, "upload-not-seen"),
    /^2 reports have lain in the OneDrive folder of "anna" since 20 November 2026, and nothing shows/,
  );
  assert.deepEqual(result.shortfalls, [], "the run did what it could");
  assert.equal(rig.ledger.view.lastRun?.exit, 0);

  freeAll(rig);
  const seen = await rig.run(C);
  assert.deepEqual(codes(seen.result), []);
  assert.deepEqual(
    rig.ledger.view.deliveries.map((row) => row.uploadSeenAt),
    [1, 2].map(() => "2026-11-25T02:00:01.000Z"),
  );
  rig.place("anna").cloud.clear(); // opened again: it was in the cloud all the same
  await rig.run(C);
  assert.deepEqual(codes((await rig.run(C)).result), []);
  assert.equal(
    rig.ledger.view.deliveries[0]?.uploadSeenAt,
    "2026-11-25T02:00:01.000Z",
    "the first time counts",
  );
});

Deno.test("a file that is put there anew must be seen uploaded anew", async () => {
  const rig = carriedRig(ONEDRIVE);
  await rig.run(C);
  freeAll(rig);
  await rig.run(C);
  rig.place("anna").files.clear();
  rig.place("anna").cloud.clear();
  await rig.run(C);
  assert.deepEqual(rig.ledger.view.deliveries.map((row) => [row.state, row.uploadSeenAt]), [
    ["delivered", null],
    ["delivered", null],
  ]);
});

Deno.test("a freed file of another size is no copy", async () => {
  const rig = carriedRig(ONEDRIVE);
  await rig.run(C);
  const anna = rig.place("anna");
  const [path = ""] = [...anna.files.keys()].filter((one) => one.endsWith(".TXT"));
  anna.files.set(path, Uint8Array.of(1));
  freeAll(rig);
  const { result } = await rig.run(C);
  assert.deepEqual(codes(result), []);
  assert.ok(anna.files.has(path.replace(/\.TXT$/, " (2).TXT")), "put again beside it");
});

Deno.test("once the account is unlinked, only what was seen uploaded counts as outside the PC", async () => {
  const rig = carriedRig(ONEDRIVE);
  const anna = rig.place("anna");
  await rig.run(C);
  anna.linked = false;
  const open = (await rig.run(C)).result;
  assert.deepEqual(codes(open), ["danger no-copy-outside", "warning destination-unreachable"]);
  assert.match(
    textOf(open, "destination-unreachable"),
    /the account is no longer linked.*no copy outside this PC/,
  );

  anna.linked = true;
  freeAll(rig);
  assert.deepEqual(codes((await rig.run(C)).result), []);
  anna.linked = false;
  assert.deepEqual(codes((await rig.run(C)).result), ["warning destination-unreachable"]);
});

Deno.test("a mail says of a copy in OneDrive that its upload was not seen yet", async () => {
  const mail = { name: "helper", kind: "mail", to: ["tom@example.org"] };
  const rig = carriedRig({
    destinations: [...ONEDRIVE.destinations, mail],
    smtp: { host: "smtp.example.org", from: "keys@example.org" },
  });
  await rig.run(C);
  assert.match(rig.mailer.mails[0]?.text ?? "", /anna: OneDrive, folder ANNA-LAPTOP, upload not seen yet/);
  freeAll(rig);
  await rig.run([volume("C:", [1], { protectionStatus: 0 })]);
  assert.match(rig.mailer.mails[1]?.text ?? "", /anna: OneDrive, folder ANNA-LAPTOP(?!, upload)/);
});

Deno.test("of an account that is no longer linked nothing is said to go into OneDrive by itself", async () => {
  const rig = carriedRig(ONEDRIVE);
  const anna = rig.place("anna");
  anna.signedIn = false;
  await rig.run(C);
  anna.linked = false;
  const { result } = await rig.run(C);
  assert.match(
    textOf(result, "delivery-pending"),
    /^2 reports could not be delivered to "anna": its account is not linked\./,
  );
});
