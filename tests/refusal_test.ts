import assert from "node:assert/strict";
import type { FolderDescriptor } from "../lib/core/carry_model.ts";
import { refusalOf } from "../lib/nightly/refusal.ts";
import { nightRig, placeOf, volume } from "./helpers/night_rig.ts";
import { RECIPIENT, settingsFrom } from "./helpers/settings_from.ts";

const CLOSED = "O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
const OPEN = `${CLOSED}(A;OICI;0x1200a9;;;BU)`;

function access(sddl: string | null, error: string | null = null): readonly FolderDescriptor[] {
  return [{ destination: "local", sddl, error }];
}

function refusal(
  changes: Readonly<Record<string, unknown>>,
  list: readonly FolderDescriptor[],
): string | null {
  const destination = { name: "local", kind: "folder", path: "D:\\Keys", ...changes };
  const [settings] = settingsFrom({ destinations: [destination], recipients: [RECIPIENT] }).destinations;
  assert.ok(settings !== undefined);
  return refusalOf(settings, list);
}

Deno.test("a folder that ordinary users can read takes no plain report", () => {
  assert.match(
    refusal({ sealed: false }, access(OPEN)) ?? "",
    /^Users may read what lies in "D:\\Keys"; let SYSTEM and Administrators alone read .* "readableByUsers": true$/,
  );
  assert.match(
    refusal({ sealed: false }, access(`${OPEN}(A;OICI;FR;;;WD)`)) ?? "",
    /^Users, Everyone may read/,
  );
});

Deno.test("what is not known of its rights is not taken for safe", () => {
  for (
    const [list, reason] of [
      [access(null, "Access is denied"), /^it could not be found out who may read .*: Access is denied$/],
      [access(null), /^it is not known who may read what lies in "D:\\Keys"; let/],
      [access("drwxr-xr-x"), /^it is not known who may read/],
    ] as const
  ) {
    assert.match(refusal({ sealed: false }, list) ?? "", reason);
  }
});

Deno.test("free are closed folders, sealed reports, removable volumes, what is meant so, and other systems", () => {
  assert.equal(refusal({ sealed: false }, access(CLOSED)), null);
  assert.equal(refusal({}, access(OPEN)), null, "sealed");
  assert.equal(refusal({ sealed: false, readableByUsers: true }, access(OPEN)), null);
  assert.equal(refusal({ sealed: false, volume: "STICK" }, access(OPEN)), null);
  assert.equal(refusal({ sealed: false }, []), null, "nobody looked");
  assert.equal(refusal({ sealed: false, name: "other" }, access(OPEN)), null);
});

Deno.test("a refused folder is neither looked at nor written, and is told with what to do; the others go on", async () => {
  const rig = nightRig({
    destinations: [
      { name: "local", kind: "folder", path: "/local", synced: true },
      { name: "cloud", kind: "folder", path: "/cloud", synced: true },
    ],
  });
  await rig.night([volume("C:", [1])]);
  const local = placeOf(rig, "local");
  const calls = local.calls.length;
  rig.nextDay();
  const result = await rig.start([volume("C:", [1, 2])], {}, { access: access(OPEN) });
  assert.equal(local.calls.length, calls);
  assert.deepEqual(rig.held("cloud", [1, 2]), [1, 2]);
  assert.deepEqual(result.findings.map((one) => [one.code, one.severity, one.about]), [
    ["delivery-pending", "warning", "local"],
    ["destination-unreachable", "warning", "local"],
  ]);
  const [pending, refused] = result.findings.map((one) => one.text);
  assert.match(pending ?? "", /^2 reports could not be delivered to "local": it is not used\./);
  assert.match(refused ?? "", /^"local" is not used: Users may read what lies in "\/local"; let SYSTEM/);
  assert.equal(result.shortfalls.length, 2);

  const later = await rig.night([volume("C:", [1, 2])]);
  assert.deepEqual([later.findings, rig.held("local", [1, 2])], [[], [1, 2]]);
});
