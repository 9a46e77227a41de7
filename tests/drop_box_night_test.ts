/** Nights with a share that takes files and shows none. */

import assert from "node:assert/strict";
import { carriedRig } from "./helpers/carried_rig.ts";
import { keyId, Killed, volume } from "./helpers/night_rig.ts";

const SHARE = { name: "office", kind: "share", path: "\\\\srv\\keys$", sealed: false };

Deno.test("a drop box takes each report once: accepted like a mail, never looked for again", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  const office = rig.place("office");
  office.blind = true;
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(result.deliveries.map((one) => [one.outcome, one.attempts, one.error]), [
    ["accepted", 1, null],
    ["accepted", 1, null],
  ]);
  assert.deepEqual([result.findings, result.shortfalls], [[], []]);
  const rows = rig.ledger.view.deliveries;
  assert.deepEqual(
    rows.map((row) => [row.state, row.verifiedAt, row.hashedAt]),
    [1, 2].map(() => [
      "accepted",
      "2026-11-20T02:00:01.000Z",
      null,
    ]),
  );
  office.files.clear(); // its owner has emptied it
  const quiet = await rig.run([volume("C:", [1])]);
  assert.deepEqual([quiet.starts.length, quiet.result.findings, quiet.result.deliveries], [1, [], []]);
  assert.deepEqual(rig.ledger.view.deliveries, rows, "verified when it was taken, and no later");
  assert.deepEqual(rig.ledger.saves.at(-1)?.deliveries, [], "rows that are as they were are not written");
  for (let night = 0; night < 40; night++) await rig.run([volume("C:", [1])]);
  assert.deepEqual((await rig.run([volume("C:", [1])])).result.findings, [], "nobody asks for its age");
});

Deno.test("a drop box that may hold a report already is given it under another name", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  const office = rig.place("office");
  office.blind = true;
  rig.between = () => {
    throw new Killed();
  };
  await assert.rejects(() => rig.run([volume("C:", [1])]), Killed);
  rig.between = () => {};
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(result.deliveries.map((one) => one.outcome), ["accepted", "accepted"]);
  assert.deepEqual([...office.files.keys()].filter((path) => path.endsWith(".TXT")), [
    `ANNA-LAPTOP/2026-11-20 C BitLocker Recovery Key ${keyId(1)}.TXT`,
    `ANNA-LAPTOP/2026-11-20 C BitLocker Recovery Key ${keyId(1)} (2).TXT`,
  ]);
});

Deno.test("a share that shows nothing any more keeps what was seen there", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  await rig.run([volume("C:", [1])]);
  const rows = rig.ledger.view.deliveries;
  rig.place("office").blind = true;
  const { starts, result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual([starts.length, result.findings], [1, []]);
  assert.deepEqual(rig.ledger.view.deliveries, rows);
});
