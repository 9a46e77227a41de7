import assert from "node:assert/strict";
import { run } from "../tasks/status.ts";
import type { Deps } from "../tasks/task.ts";
import { bufferTerminal, fixedClock, memoryFailedRuns } from "./fakes.ts";
import { nightRig, type Rig, volume } from "./helpers/night_rig.ts";

async function status(rig: Rig): Promise<string> {
  const terminal = bufferTerminal();
  const deps = {
    terminal,
    defaultData: "/data",
    openLedger: () => Promise.resolve({ ...rig.ledger, close: () => {} }),
    failedRuns: () => memoryFailedRuns(),
    readLock: () => null,
    clock: fixedClock(),
  } as unknown as Deps;
  assert.equal(await run({ values: {}, positionals: [] }, deps), "ok");
  return terminal.stdout;
}

Deno.test("status dates what it knows of a drive that the last run could not look at", async () => {
  const rig = nightRig({ destinations: [] });
  await rig.night([volume("C:", [1])]);
  const seen = await status(rig);
  assert.match(seen, /^Drive C: \(Windows\) - encrypted, protected$/m);
  assert.match(seen, /opens it now$/m);
  await rig.night([], {
    collector: { elevated: false },
    errors: [{ call: "Win32_EncryptableVolume", code: "0x80041003", message: "Access denied" }],
  });
  const unseen = await status(rig);
  assert.match(unseen, /^Drive C: \(Windows\) - encrypted, protected, as of 20 November 2026$/m);
  assert.match(unseen, /opens it, as of 20 November 2026$/m);
  await rig.night([volume("C:", [1])]);
  assert.equal((await status(rig)).includes("as of"), false);
});
