import assert from "node:assert/strict";
import { loadOwnLedger } from "../lib/nightly/own_ledger.ts";
import { nightRig, volume } from "./helpers/night_rig.ts";
import { deviceOf } from "./helpers/made_up_values.ts";
import { hostDocument, type Json, snapshotOf, volumeDocument } from "./helpers/snapshots.ts";

const OTHER = { host: hostDocument({ machineId: "4c4c4544-0000-0000-0000-00000000beef" }) };
const NEW_DISK = [volumeDocument({ deviceId: deviceOf(9), persistentVolumeId: null })];
const SAME_DISK = [volume("C:", [1])];

/** What the PC shows, whether the ledger's reports lie in the archive, whether the ledger is taken for its own. */
const CASES: readonly (readonly [string, readonly unknown[], Json, boolean, boolean])[] = [
  ["another PC without a known volume, an archive without its reports", NEW_DISK, OTHER, false, false],
  ["another PC without a known volume, that has all of the old one's data", NEW_DISK, OTHER, true, true],
  ["another main board, a known volume", SAME_DISK, OTHER, false, true],
  [
    "the same PC with a new disk",
    NEW_DISK,
    { host: { name: "X", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" } },
    false,
    true,
  ],
  [
    "another PC, read in part",
    NEW_DISK,
    { ...OTHER, errors: [{ call: "CIM", code: "0x80041001" }] },
    false,
    true,
  ],
  ["another PC that shows no volume", [], OTHER, false, true],
];

for (const [shown, volumes, more, archived, isOwn] of CASES) {
  Deno.test(`loadOwnLedger() ${isOwn ? "goes on" : "begins anew"}: ${shown}`, async () => {
    const rig = nightRig({ destinations: [{ name: "cloud", kind: "folder", path: "/cloud", synced: true }] });
    await rig.night([volume("C:", [1])]);
    if (!archived) rig.archive.files.clear();
    const known = rig.ledger.view;
    const view = await loadOwnLedger(snapshotOf(volumes, more), rig);
    if (isOwn) return assert.deepEqual(view, known);
    assert.deepEqual([view.machineId, view.reports, view.volumes], [null, [], []]);
    assert.match(view.damage.join(), /it is that of another PC, "ANNA-LAPTOP"/);
  });
}

Deno.test("loadOwnLedger() goes on with a ledger that has no report: there is nothing to be lost", async () => {
  const rig = nightRig({ destinations: [{ name: "cloud", kind: "folder", path: "/cloud", synced: true }] });
  await rig.night([volume("C:", [])]);
  assert.deepEqual(await loadOwnLedger(snapshotOf(NEW_DISK, OTHER), rig), rig.ledger.view);
});
