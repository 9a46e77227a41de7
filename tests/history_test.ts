import assert from "node:assert/strict";
import type { VolumeRef } from "../lib/core/model.ts";
import type { LedgerChanges } from "../lib/ports.ts";
import { run as history } from "../tasks/history.ts";
import { run as status } from "../tasks/status.ts";
import type { TaskArguments, TaskRun } from "../tasks/task.ts";
import { newsItem } from "./helpers/ledger_entries.ts";
import { outputOf } from "./helpers/ledger_task.ts";
import { deviceOf, MACHINE, TAKEN_AT } from "./helpers/made_up_values.ts";
import { inFolder, program } from "./helpers/program.ts";

const at = (drive: string, device: number): VolumeRef => ({ deviceId: deviceOf(device), drive, label: null });

const KNOWN: LedgerChanges = {
  machineId: MACHINE,
  hostName: "ANNA-LAPTOP",
  run: { runId: "run-1", takenAt: TAKEN_AT, exit: 0, changes: 0, findings: [], shortfalls: [] },
};

function shown(
  task: TaskRun,
  changes: LedgerChanges | null,
  values: TaskArguments["values"] = {},
): Promise<string> {
  return outputOf(task, changes === null ? {} : { ...KNOWN, ...changes }, values);
}

Deno.test("history of a drive goes on where it had another letter, and leaves out all others", async () => {
  const news = [
    newsItem(1, { volume: at("C:", 1), text: "One." }),
    newsItem(2, { volume: at("D:", 2), text: "Two." }),
    newsItem(3, { volume: at("E:", 2), text: "Three." }),
    newsItem(4, { volume: null, text: "Four." }),
  ];
  const texts = async (drive: string): Promise<readonly string[]> =>
    JSON.parse(await shown(history, { news }, { json: true, drive })).events.map(
      ({ text }: { readonly text: string }) => text,
    );
  assert.deepEqual(await texts("E:"), ["Two.", "Three."]);
  assert.deepEqual(await texts("D:"), ["Two.", "Three."]);
  assert.deepEqual(await texts("C:"), ["One."]);
  assert.equal(await shown(history, { news }, { drive: "Z:" }), "No change of drive Z: is known.\n");
});

Deno.test("history tells that nothing changed from that nothing is known", async () => {
  assert.equal(await shown(history, {}), "Nothing has changed so far.\n");
  assert.equal(await shown(history, null), 'Nothing is known yet in "/data": there was no run.\n');
  assert.equal(
    await shown(history, null, { drive: "C:" }),
    'Nothing is known yet in "/data": there was no run.\n',
  );
});

Deno.test("status and history do not take a ledger that cannot be read for an empty one", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/ledger.db`, "no database");
    for (const task of ["status", "history"]) {
      const { code, stdout } = await program([task, "--data", folder]);
      assert.equal(code, 0);
      assert.match(
        stdout,
        /^(?:Nothing can be told|What changed cannot be told) from ".*"\.\nDamaged: The ledger was/,
      );
      assert.doesNotMatch(stdout, /there was no run|Nothing has changed/);
    }
    const { stdout } = await program(["history", "--data", folder, "--json"]);
    assert.deepEqual(JSON.parse(stdout).damage.length, 1);
    assert.equal(await shown(status, null), 'Nothing is known yet in "/data": there was no run.\n');
  }));
