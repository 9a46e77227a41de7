/** PURE: what `status` says of runs: when the last good one was, and why later ones were not good. */

import { addFailure, CUT_OFF, type FailedRun, isCutOff } from "../lib/core/failed_runs.ts";
import { oneLineWithoutKeys, sayDay } from "../lib/core/how_to_say.ts";
import type { Run } from "../lib/core/ledger_model.ts";
import type { RunMark } from "../lib/core/run_mark.ts";
import { reasonOf, sayRuns } from "../lib/core/say_failure.ts";
import { wrapText } from "../lib/core/wrap_text.ts";
import type { LedgerView } from "../lib/ports.ts";

/** Runs that were not good. */
export interface RunsSinceGood {
  /** Those that came to their end, oldest first. */
  readonly ended: readonly Run[];
  /** Those that did not, equal ones in a row together, oldest first. */
  readonly failed: readonly FailedRun[];
}

/** A reason, and the runs that it kept from being good. */
interface Reason {
  readonly text: string;
  readonly times: readonly string[];
  readonly count: number;
}

/** A reason is shown to this length; the log has it whole. */
const LONGEST_REASON = 700;

/**
 * Adds the run that did not come to its end, where no later run has remembered it so far.
 *
 * @param failed Runs that failed, oldest first.
 * @param mark What the last run has left in the lock; `null` when nothing.
 * @param lastRun That of the ledger: a run that was ended after it was recorded there has done its work.
 * @returns With that run last.
 */
export function withCutOffRun(
  failed: readonly FailedRun[],
  mark: RunMark | null,
  lastRun: Pick<Run, "runId"> | null,
): readonly FailedRun[] {
  const isKnown = mark === null || mark.runId === lastRun?.runId ||
    failed.some(({ times }) => times.includes(mark.takenAt));
  return isKnown ? failed : addFailure(failed, CUT_OFF, mark.takenAt);
}

/**
 * Says when the last run was, when the last good one, and of each reason why later ones were not good on which
 * days it was so.
 *
 * @param facts The ledger, `null` when it cannot be read; runs that were not good.
 * @returns Lines; none when there never was a run.
 */
export function sayRunsSinceGood(
  { view, runs }: { readonly view: LedgerView | null; readonly runs: RunsSinceGood },
): readonly string[] {
  const failedTimes = runs.failed.flatMap(({ times }) => times);
  const last = newest([...(view?.lastRun ? [view.lastRun.takenAt] : []), ...failedTimes]);
  if (last === null) return [];
  const didFail = last !== view?.lastRun?.takenAt;
  const how = didFail ? ", which failed" : view?.lastRun?.exit === 0 ? ", which was good" : "";
  const head = `${view?.hostName ?? "This PC"}, last run ${sayDay(last)}${how}`;
  const reasons = reasonsOf(runs);
  if (reasons.length === 0) return [head];
  const good = view?.lastGoodRun ?? null;
  const since = good !== null
    ? `Last good run: ${sayDay(good.takenAt)}. Later ones were not good:`
    : view === null
    ? "Runs failed:"
    : "No run was good so far:";
  return [
    head,
    since,
    ...reasons.map(({ text, times, count }) => {
      const line = oneLineWithoutKeys(`${sayRuns(times, count)}: ${text}`, LONGEST_REASON);
      return wrapText(`- ${line}`);
    }),
  ];
}

/** By the day of the last run that it kept from being good. */
function reasonsOf({ ended, failed }: RunsSinceGood): readonly Reason[] {
  const short = new Map<string, readonly string[]>();
  for (const { shortfalls, findings, takenAt } of ended) {
    const texts = shortfalls.length > 0 ? shortfalls : [findings.join(", ") || "see the log"];
    for (const text of texts) short.set(text, [...(short.get(text) ?? []), takenAt]);
  }
  const reasons = [
    ...[...short].map(([text, times]): Reason => ({ text, times, count: times.length })),
    ...failed.map((one): Reason => ({
      text: isCutOff(one) ? reasonOf(one) : `The run failed. ${reasonOf(one)}`,
      times: [one.since, ...one.times],
      count: one.count,
    })),
  ];
  const time = ({ times }: Reason): number => Date.parse(times.at(-1) ?? "");
  return reasons.toSorted((a, b) => time(a) - time(b));
}

function newest(times: readonly string[]): string | null {
  return times.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
}
