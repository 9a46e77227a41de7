import assert from "node:assert/strict";
import fc from "fast-check";
import { cutOffRun, renderRunMark, type RunMark } from "../lib/core/run_mark.ts";

const mark: RunMark = { runId: "run-24", takenAt: "2026-11-24T03:00:00.000+01:00" };
const next = { runId: "run-25", takenAt: "2026-11-25T03:00:00.000+01:00" };

const TABLE: readonly (readonly [
  what: string,
  text: string | null,
  now: { readonly runId: string | null; readonly takenAt: string },
  isCutOff: boolean,
])[] = [
  ["a run before left its mark", renderRunMark(mark), next, true],
  ["… whatever the clock says now", renderRunMark(mark), { ...next, takenAt: "2026-11-20T03:00:00Z" }, true],
  ["nobody runs, somebody looks", renderRunMark(mark), { ...next, runId: null }, true],
  ["nothing was left", null, next, false],
  ["the file is empty", "", next, false],
  ["it is the first start of this run", renderRunMark({ ...mark, waiting: true }), mark, false],
  ["a run waits for its carrier", renderRunMark({ ...mark, waiting: true }), {
    ...next,
    takenAt: "2026-11-24T03:10:00Z",
  }, false],
  ["… since last night", renderRunMark({ ...mark, waiting: true }), next, true],
  ["it was written by half", renderRunMark(mark).slice(0, 40), next, false],
  ["a later version wrote it", renderRunMark(mark).replace('"schema":1', '"schema":2'), next, false],
  ["its time is none", renderRunMark({ ...mark, takenAt: "soon" }), next, false],
  ["it is long", renderRunMark({ ...mark, runId: "x".repeat(1000) }), next, false],
];

for (const [what, text, now, isCutOff] of TABLE) {
  Deno.test(`cutOffRun() where ${what}`, () => {
    const found = cutOffRun(text, now);
    assert.equal(found !== null, isCutOff);
    if (found !== null) assert.deepEqual([found.runId, found.takenAt], [mark.runId, mark.takenAt]);
  });
}

Deno.test("cutOffRun() never throws, whatever stands there (seed 20261124)", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      cutOffRun(text, next);
    }),
    { seed: 20261124 },
  );
});
