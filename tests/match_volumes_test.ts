import assert from "node:assert/strict";
import { matchVolumes } from "../lib/core/match_volumes.ts";
import { knownVolume } from "./helpers/ledger_entries.ts";
import { deviceOf, guidOf } from "./helpers/made_up_values.ts";
import { snapshotOf, volumeDocument } from "./helpers/snapshots.ts";

function pairsOf(
  seen: readonly (readonly [device: string, persistent: number | null])[],
  known: readonly (readonly [device: string, persistent: number | null])[],
): readonly string[] {
  const volumes = seen.map(([deviceId, id]) => ({
    ...volumeDocument({ deviceId, drive: null, persistentVolumeId: id === null ? null : `{${guidOf(id)}}` }),
  }));
  const rows = known.map(([deviceId, id]) =>
    knownVolume({ deviceId, persistentVolumeId: id === null ? null : guidOf(id) })
  );
  return matchVolumes(snapshotOf(volumes).volumes, rows)
    .map((pair) => `${pair.seen.deviceId} is ${pair.known?.deviceId ?? "new"}`).sort();
}

Deno.test("matchVolumes() goes by device ID, failing that by persistent volume ID where both have one", () => {
  const rows: readonly (readonly [
    string,
    Parameters<typeof pairsOf>[0],
    Parameters<typeof pairsOf>[1],
    readonly string[],
  ])[] = [
    ["first sight", [["a", 1]], [], ["a is new"]],
    ["same device", [["a", 1]], [["a", 1]], ["a is a"]],
    ["same device in another case", [["A", 1]], [["a", 1]], ["A is a"]],
    ["same device, encrypted anew", [["a", 2]], [["a", 1]], ["a is a"]],
    ["same device, no persistent ID tonight", [["a", null]], [["a", 1]], ["a is a"]],
    ["other device, same persistent ID", [["b", 1]], [["a", 1]], ["b is a"]],
    ["other device, both without persistent ID", [["b", null]], [["a", null]], ["b is new"]],
    ["other device, other persistent ID", [["b", 2]], [["a", 1]], ["b is new"]],
    ["the device ID goes before the persistent one", [["a", 2], ["b", 1]], [["a", 1], ["b", 2]], [
      "a is a",
      "b is b",
    ]],
    ["a clone beside its original is new", [["a", 1], ["b", 1]], [["a", 1]], ["a is a", "b is new"]],
    ["a clone whose name sorts first is new, too", [["b", 1], ["a", 1]], [["b", 1]], ["a is new", "b is b"]],
    ["two new devices share one known persistent ID", [["b", 1], ["c", 1]], [["a", 1]], [
      "b is a",
      "c is new",
    ]],
    ["known ones that are away pair with nobody", [["a", 1]], [["a", 1], ["z", 9]], ["a is a"]],
  ];
  for (const [what, seen, known, expected] of rows) assert.deepEqual(pairsOf(seen, known), expected, what);
});

Deno.test("matchVolumes() takes a device ID with another case or without its last backslash for the same", () => {
  const known = knownVolume();
  for (const deviceId of [deviceOf(1).toUpperCase(), deviceOf(1).slice(0, -1), ` ${deviceOf(1)} `]) {
    const [pair] = matchVolumes(snapshotOf([volumeDocument({ deviceId })]).volumes, [known]);
    assert.equal(pair?.known, known, deviceId);
  }
});
