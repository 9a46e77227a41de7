import assert from "node:assert/strict";
import { isCurrentKey, isRecoveryKey } from "../lib/core/current_key.ts";
import type { KnownProtector, KnownVolume } from "../lib/core/ledger_model.ts";
import { knownKey, knownVolume } from "./helpers/ledger_entries.ts";
import { deviceOf, MACHINE } from "./helpers/made_up_values.ts";

const NOW = knownVolume({ deviceId: deviceOf(5), protectors: [knownKey(5)] });

const CURRENT: readonly (readonly [
  what: string,
  volume: Partial<KnownVolume>,
  key: Partial<KnownProtector>,
  machineId: string | null,
  current: boolean,
])[] = [
  ["on a drive that is there", {}, {}, MACHINE, true],
  ["removed", {}, { present: false }, MACHINE, false],
  ["on a drive that is unplugged", { present: false, drive: "E:" }, {}, MACHINE, true],
  ["on a drive of which another took the place", { present: false }, {}, MACHINE, false],
  ["on a drive of another PC", { machineId: "other", present: false, drive: "E:" }, {}, MACHINE, false],
  ["where nobody can tell which PC it is", {}, {}, null, true],
];

for (const [what, changes, key, machineId, current] of CURRENT) {
  Deno.test(`a key is ${current ? "" : "not "}current: ${what}`, () => {
    const volume = knownVolume(changes);
    assert.equal(isCurrentKey(knownKey(1, key), volume, { machineId, volumes: [volume, NOW] }), current);
  });
}

Deno.test("isRecoveryKey() knows a key by its kind or by its digits", () => {
  assert.ok(isRecoveryKey(knownKey(1, { fingerprint: null })));
  assert.ok(isRecoveryKey(knownKey(1, { type: null })));
  assert.ok(!isRecoveryKey(knownKey(1, { type: null, fingerprint: null })));
  assert.ok(!isRecoveryKey(knownKey(1, { type: 1, fingerprint: null })));
});
