/** PowerShell is killed while it runs the night; the program that it started must end with it. */

import assert from "node:assert/strict";
import { inFolder } from "../helpers/program.ts";
import { findPowerShell } from "../powershell/find_powershell.ts";
import { bundle } from "../tools/bundle.ts";
import { say } from "../tools/say.ts";
import { killsOf, randomFrom, SEED, untilCounted } from "./kill_counts.ts";
import { tryKill } from "./kill_trial.ts";
import { orchestratedPc, type Orchestrator } from "./orchestrated_pc.ts";

const powershell = await findPowerShell();

/** A test that wants PowerShell, and processes that can be looked at in `/proc`. */
function test(name: string, act: (orchestrator: Orchestrator) => Promise<void>): void {
  Deno.test(name, () =>
    inFolder(async (folder) => {
      assert.ok(powershell !== null, "PowerShell is missing: see how tests/powershell/run.ts gets it");
      await bundle(folder);
      await act({ powershell, program: `${folder}/main.js` });
    }));
}

test(`killed at a random instant: PowerShell, in a night with news (seed ${SEED})`, async (orchestrator) => {
  const wanted = killsOf("orchestrator");
  await using one = await orchestratedPc(orchestrator);
  await using other = await orchestratedPc(orchestrator);
  // PowerShell takes seconds to start: a second PC pays only where there are many kills.
  const pcs = wanted < 10 ? [one] : [one, other];
  const lengths = await Promise.all(pcs.map(async (pc) => {
    const { starts: [first] } = await pc.night({ volumes: [1], day: "" });
    assert.equal(first?.code, 0, first?.stderr);
    await pc.keep();
    return first?.openMs ?? 0;
  }));
  const night = { volumes: [2], day: "" };
  const random = randomFrom(SEED + 2);
  const results = await untilCounted(wanted, pcs, async (pc) => {
    const afterMs = Math.round(random() * Math.min(...lengths));
    const name = `PowerShell after ${afterMs} ms`;
    return await tryKill(
      { name, night, endings: [{ start: 0, end: { afterMs } }], next: night, quiet: null, keys: [1, 2] },
      pc,
    );
  });
  const hits = results.filter((result) => result.counts);
  const survived = hits.filter((result) => result.troubles.length === 0).length;
  const lost = hits.reduce((all, result) => all + result.lost, 0);
  say(`orchestrator killed: ${survived} of ${hits.length} kills survived, ${lost} keys lost (seed ${SEED})`);
  assert.deepEqual(hits.flatMap((result) => result.troubles), []);
  assert.ok(hits.length >= wanted, `${hits.length} of ${results.length} attempts hit`);
});

test("a program that waits for a mail server ends when PowerShell is killed", async (orchestrator) => {
  const arrived = Promise.withResolvers<void>();
  let holding = true;
  await using pc = await orchestratedPc({
    ...orchestrator,
    server: {
      onData(stream, _session, done): void {
        stream.resume();
        stream.on("end", () => {
          arrived.resolve();
          // The answer that the program waits for never comes.
          if (!holding) done(null);
        });
      },
    },
    // By itself it would wait ten minutes.
    settings: { limits: { destinationSeconds: 60, mailSeconds: 600 } },
  });
  const killed = await pc.night({ volumes: [1], day: "" }, { start: 0, end: { upon: arrived.promise } });
  assert.ok(killed.killed);
  holding = false;
  const { starts: [next] } = await pc.night({ volumes: [1], day: "" });
  assert.equal(next?.code, 0, next?.stderr);
});
