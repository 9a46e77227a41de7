/** What the nightly job does when the run before did not come to its end; loaded only then. */

import { CUT_OFF, parseFailedRuns } from "../lib/core/failed_runs.ts";
import type { RunMark } from "../lib/core/run_mark.ts";
import { messageOf, UserError } from "../lib/errors.ts";
import { rememberFailure } from "../lib/nightly/tell_failure.ts";
import { type FailedCheck, tellFailedCheck } from "./failed_check.ts";
import type { Deps } from "./task.ts";

/**
 * Remembers the run that was cut off, and mails when it was not the first in a row: before this one, which may be
 * cut off at the same place.
 *
 * @param mark Of that run.
 * @param check What is known of this run.
 * @param world To do it; `markOwn` is called as soon as the other run is remembered.
 * @returns Whether that run was really cut off: its script may have told already why it ended.
 */
export async function tellCutOff(
  mark: RunMark,
  check: Omit<FailedCheck, "error" | "at">,
  { deps, markOwn }: { readonly deps: Deps; readonly markOwn: () => void },
): Promise<boolean> {
  const file = deps.failedRuns(check.data);
  const isTold = parseFailedRuns(await file.read()).some(({ times }) => times.includes(mark.takenAt));
  if (isTold || await didEnd(mark, check.data, deps)) {
    markOwn();
    return false;
  }
  try {
    await rememberFailure(file, CUT_OFF, mark.takenAt);
  } catch (error) {
    deps.terminal.say(messageOf(error));
  }
  markOwn();
  const error = new UserError(
    CUT_OFF.code,
    CUT_OFF.message,
    CUT_OFF.hint === null ? {} : { hint: CUT_OFF.hint },
  );
  await tellFailedCheck({ ...check, error, at: mark.takenAt }, deps);
  return true;
}

/** It may have been ended between the record of its end and its last word. */
async function didEnd(mark: RunMark, data: string, deps: Deps): Promise<boolean> {
  try {
    const ledger = await deps.openLedger(data);
    try {
      return (await ledger.load()).lastRun?.runId === mark.runId;
    } finally {
      ledger.close();
    }
  } catch {
    return false;
  }
}
