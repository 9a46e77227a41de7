/** The line of history about a run that did not come to its end; loaded only by the run that finds it. */

import { sayDay } from "../core/how_to_say.ts";
import type { RunMark } from "../core/run_mark.ts";
import type { Ledger } from "../ports.ts";
import { CUT_OFF_NEWS } from "./news.ts";

/**
 * Records it. No mail is sent for it.
 *
 * @param mark Of the run that was cut off.
 * @param ledger Where the run that found it is about to begin.
 * @param runId Of the run that found it.
 * @throws {UserError} `ledger`
 */
export async function recordCutOff(mark: RunMark, ledger: Ledger, runId: string): Promise<void> {
  const { lastNewsId, damage } = await ledger.load();
  await ledger.save({
    // Saving mends what is damaged: the run that goes on is to tell of it all the same.
    ...(damage.length === 0 ? {} : { damage }),
    news: [{
      id: lastNewsId + 1,
      at: mark.takenAt,
      runId,
      topic: "change",
      kind: CUT_OFF_NEWS,
      severity: "info",
      volume: null,
      keyId: null,
      about: null,
      title: "A run did not come to its end",
      text:
        `The run of ${
          sayDay(mark.takenAt)
        } did not come to its end: something ended it, or the PC was turned off ` +
        "or restarted. The next run made up for it.",
      tell: false,
    }],
  });
}
