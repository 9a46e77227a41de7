import assert from "node:assert/strict";
import { run } from "../tasks/status.ts";
import { knownKey, knownVolume } from "./helpers/ledger_entries.ts";
import { deviceOf, guidOf, MACHINE, TAKEN_AT } from "./helpers/made_up_values.ts";
import { outputOf } from "./helpers/ledger_task.ts";

const BEFORE = knownVolume({
  deviceId: deviceOf(7),
  machineId: "4c4c4544-0042-3510-8052-b4c04f000000",
  drive: "E:",
  label: "Old disk",
  present: false,
  protectors: [knownKey(7)],
});

function status(json: boolean): Promise<string> {
  return outputOf(run, {
    machineId: MACHINE,
    hostName: "ANNA-LAPTOP",
    volumes: [knownVolume({ protectors: [knownKey(1)] }), BEFORE],
    run: { runId: "run-1", takenAt: TAKEN_AT, exit: 0, changes: 0, findings: [], shortfalls: [] },
  }, { json });
}

Deno.test("status does not call the keys of a PC that used the ledger before current", async () => {
  const text = await status(false);
  assert.match(text, new RegExp(`Key ID ${guidOf(1)} {2}opens it now`));
  assert.match(text, new RegExp(`Key ID ${guidOf(7)} {2}not of this PC, seen until 24 November 2026`));
  assert.match(text, /^Drive E: \(Old disk\) - of another PC, last seen 24 November 2026$/m);
  assert.equal(text.split("NO COPY").length, 2, "this PC does not owe a copy of the other one's key");
  const { volumes } = JSON.parse(await status(true));
  assert.deepEqual(
    volumes.map((volume: { readonly keys: readonly { readonly current: boolean }[] }) =>
      volume.keys.map(({ current }) => current)
    ),
    [[true], [false]],
  );
});
