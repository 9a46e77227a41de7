/** Words for runs that could not be done, for a mail and for `status`. */

import { oneLine, sayDay } from "./how_to_say.ts";
import { sayReason } from "./say_reason.ts";
import type { FailedRun, Failure } from "./failed_runs.ts";
import { blankSecrets, sayBug } from "./blank_secrets.ts";
import { type ExitName, UserError } from "../errors.ts";

/** Longest message that is kept: a settings error quotes a path and a value. */
const LONGEST_MESSAGE = 600;

/**
 * Takes from an error what may be kept and mailed.
 *
 * @param error What a run ended by.
 * @param secrets Texts that must not stand in it, such as the password of the mail server.
 * @returns Code, message and hint, each on one line, without stack and without secrets.
 */
export function failureOf(error: unknown, secrets: readonly string[]): Failure {
  const clean = (text: string): string => oneLine(blankSecrets(text, secrets), LONGEST_MESSAGE);
  if (error instanceof UserError) {
    return {
      code: error.code,
      message: clean(error.message),
      hint: error.hint === null ? null : clean(error.hint),
    };
  }
  return {
    code: "bug",
    message: oneLine(`Spare Key has a bug: ${sayBug(error, secrets)}`, LONGEST_MESSAGE),
    hint: "Report it with logs\\last-failure.txt of the data folder, which says where",
  };
}

const WHY: Readonly<Partial<Record<ExitName, string>>> = {
  bug: "an error in the program",
  partial: "it did not come to its end",
  settings: "its settings cannot be used",
  snapshot: "no usable answer from Windows",
  ledger: "its record cannot be used",
  busy: "an earlier run does not end",
};

/**
 * Makes the headline of a failed run.
 *
 * @param code Name of the exit code.
 * @returns A few words without a full stop.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(failureTitle("settings"), "Spare Key could not run: its settings cannot be used");
 * ```
 */
export function failureTitle(code: ExitName): string {
  const why = WHY[code];
  return `Spare Key could not run${why === undefined ? "" : `: ${why}`}`;
}

/**
 * Words a failed run for a mail.
 *
 * @param failed The run, and those before it that failed in the same way.
 * @param options When the last good run was; `null` when there was none or nobody knows. Whether the mail goes out
 * by settings that are no longer those of the file.
 * @returns Sentences.
 */
export function failureText(
  failed: FailedRun,
  { lastGoodAt, isLastGood = false }: { readonly lastGoodAt: string | null; readonly isLastGood?: boolean },
): string {
  const { count, since } = failed;
  return [
    reasonOf(failed),
    ...(count > 1 ? [`So ended the last ${count} runs, since ${sayDay(since)}.`] : []),
    ...(lastGoodAt === null ? [] : [`The last good run was on ${sayDay(lastGoodAt)}.`]),
    "Until this is mended nobody watches this PC: a new recovery key is not saved, a missing copy not noticed. " +
    "Copies that were made before stay where they are.",
    ...(isLastGood ? [BY_LAST_GOOD] : []),
    "You hear of it again in a week if it is still so.",
    failed.code === "settings"
      ? 'Once it is mended, "spare-key status --settings" on the PC says whether the settings can be used.'
      : '"spare-key status" on the PC says when a run was good again.',
  ].join(" ");
}

/** Whoever broke the file to be rid of mails reads how that is done. */
const BY_LAST_GOOD =
  'This mail came by the settings that worked last: "settings.last-good.json" in the data folder of the PC, ' +
  'to be copied over "settings.json" if they still fit. For no more mails take the mail out of the "destinations".';

/**
 * Says why runs failed.
 *
 * @param failed Their message and hint.
 * @returns One sentence or two.
 */
export function reasonOf({ message, hint }: Failure): string {
  return sayReason(message, hint);
}

/**
 * Says on which days something was.
 *
 * @param times Of the runs, oldest first.
 * @param count How many runs there were.
 * @returns `21 November 2026`, `21 November 2026 to 24 November 2026 (5 runs)`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sayRuns(["2026-11-21T03:00:00Z"], 1), "21 November 2026");
 * assert.equal(sayRuns(["2026-11-21", "2026-11-22"], 2), "21 November 2026 to 22 November 2026 (2 runs)");
 * ```
 */
export function sayRuns(times: readonly string[], count: number): string {
  const [first, last] = [sayDay(times[0] ?? ""), sayDay(times.at(-1) ?? "")];
  return `${first === last ? first : `${first} to ${last}`}${count === 1 ? "" : ` (${count} runs)`}`;
}
