import assert from "node:assert/strict";
import { addFailure, CUT_OFF, endFailures, type FailedRun } from "../lib/core/failed_runs.ts";
import type { Run } from "../lib/core/ledger_model.ts";
import type { LedgerView } from "../lib/ports.ts";
import { sayRunsSinceGood, withCutOffRun } from "../tasks/status_runs.ts";
import { memoryLedger } from "./fakes.ts";

const settings = { code: "settings", message: '"smtp.port" is "abc"', hint: "use 1-65535" } as const;

function night(day: number): string {
  return `2026-11-${day}T03:00:00+01:00`;
}

function run(day: number, shortfalls: readonly string[] = [], findings: readonly string[] = []): Run {
  const exit = shortfalls.length + findings.length === 0 ? 0 : 3;
  return { runId: `run-${day}`, takenAt: night(day), exit, changes: 0, findings, shortfalls };
}

function failedOn(...days: readonly number[]): readonly FailedRun[] {
  return days.reduce<readonly FailedRun[]>((all, day) => addFailure(all, settings, night(day)), []);
}

async function said(runs: readonly Run[], failed: readonly FailedRun[] = []): Promise<string> {
  const ledger = memoryLedger({ hostName: "ANNA-LAPTOP" });
  for (const one of runs) await ledger.save({ run: one });
  const view: LedgerView = ledger.view;
  return sayRunsSinceGood({ view, runs: { ended: await ledger.runsSinceGood(), failed } }).join("\n")
    .replace(/\n {2}/g, " ");
}

const AWAY = 'Nobody could look at "office": the server was not found.';

const TABLE:
  readonly (readonly [what: string, runs: readonly Run[], failed: readonly FailedRun[], text: string])[] = [
    ["no run at all", [], [], ""],
    ["a good run", [run(20)], [], "ANNA-LAPTOP, last run 20 November 2026, which was good"],
    [
      "runs that were not good, by reason",
      [run(20), run(21, [AWAY]), run(22, [AWAY, "The mail was refused."])],
      [],
      `ANNA-LAPTOP, last run 22 November 2026
Last good run: 20 November 2026. Later ones were not good:
- 21 November 2026 to 22 November 2026 (2 runs): ${AWAY}
- 22 November 2026: The mail was refused.`,
    ],
    [
      "runs that failed",
      [run(20)],
      failedOn(21, 22),
      `ANNA-LAPTOP, last run 22 November 2026, which failed
Last good run: 20 November 2026. Later ones were not good:
- 21 November 2026 to 22 November 2026 (2 runs): The run failed. "smtp.port" is "abc". Use 1-65535.`,
    ],
    [
      "failed ones, then one that came to its end",
      [run(20), run(23, [AWAY])],
      endFailures(failedOn(21), { good: false, at: night(23) }),
      `ANNA-LAPTOP, last run 23 November 2026
Last good run: 20 November 2026. Later ones were not good:
- 21 November 2026: The run failed. "smtp.port" is "abc". Use 1-65535.
- 23 November 2026: ${AWAY}`,
    ],
    [
      "no good run so far",
      [],
      failedOn(21),
      `ANNA-LAPTOP, last run 21 November 2026, which failed
No run was good so far:
- 21 November 2026: The run failed. "smtp.port" is "abc". Use 1-65535.`,
    ],
    [
      "a run that did not come to its end",
      [run(20)],
      withCutOffRun([], { runId: "run-21", takenAt: night(21) }, run(20)),
      `ANNA-LAPTOP, last run 21 November 2026, which failed
Last good run: 20 November 2026. Later ones were not good:
- 21 November 2026: ${CUT_OFF.message}. ${CUT_OFF.hint}.`,
    ],
    [
      "a run that kept no sentence",
      [run(21, [], ["unreadable"])],
      [],
      `ANNA-LAPTOP, last run 21 November 2026
No run was good so far:
- 21 November 2026: unreadable`,
    ],
  ];

for (const [what, runs, failed, text] of TABLE) {
  Deno.test(`status, of runs: ${what}`, async () => assert.equal(await said(runs, failed), text));
}

Deno.test("a mark tells nothing of a run that the ledger has, or that told why it failed", () => {
  const mark = { runId: "run-21", takenAt: night(21) };
  const failed = failedOn(21);
  assert.deepEqual(withCutOffRun([], mark, run(21)), []);
  assert.equal(withCutOffRun(failed, mark, run(20)), failed);
  assert.equal(withCutOffRun(failed, null, null), failed);
  assert.equal(withCutOffRun(failedOn(20), mark, null).length, 2);
});

Deno.test("status says what failed also where the ledger cannot be read", () => {
  const lines = sayRunsSinceGood({ view: null, runs: { ended: [], failed: failedOn(21) } });
  assert.deepEqual(lines.slice(0, 2), ["This PC, last run 21 November 2026, which failed", "Runs failed:"]);
});
