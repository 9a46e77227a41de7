/**
 * Runs that ended by an error before they could record themselves in the ledger: what `failed-runs.json` in the
 * data folder holds. Equal ones in a row are one entry. No secrets: messages are blanked before they come in.
 */

import * as z from "zod/mini";
import { EXIT, type ExitName } from "../errors.ts";

/** One way in which runs failed, from the first to the last time in a row. */
export interface FailedRun {
  /** Name of the exit code. */
  readonly code: ExitName;
  /** What the last one said, on one line. */
  readonly message: string;
  /** What to do about it; `null` when it did not say. */
  readonly hint: string | null;
  /**
   * The last one of each day, oldest first, ISO 8601 with the PC's offset where it was known; only the newest of many
   * days.
   */
  readonly times: readonly string[];
  /** When the first one was. */
  readonly since: string;
  /** How many there were. */
  readonly count: number;
  /** How a later run ended that came to its end: all was well, or not all; `null` while none did. */
  readonly endedBy: "good" | "partial" | null;
  /** When each mail destination was told last: by its addresses. */
  readonly told: Readonly<Record<string, string>>;
}

/** What is remembered of runs that failed: a small text file in the data folder, readable when nothing else is. */
export interface FailedRunsFile {
  /** Tells at once whether there is any. */
  exists(): boolean;
  /** Reads it. @returns `null` when there is none, or it cannot be read. */
  read(): Promise<string | null>;
  /**
   * Replaces it whole or not at all, or removes it. Makes no data folder.
   * @returns Whether there is a data folder: without one nothing was ever set up. @throws When it cannot be written.
   */
  write(text: string | null): Promise<boolean>;
}

/** What failed, as it is added. */
export type Failure = Pick<FailedRun, "code" | "message" | "hint">;

/** A run that left nothing but its mark behind: see `run_mark.ts`. */
export const CUT_OFF: Failure = {
  code: "partial",
  message: "The run did not come to its end: something ended it, or the PC was turned off or restarted",
  hint: "If the PC was on, look what ends programs there (a virus scanner, a clean-up tool, somebody); " +
    'if it is always turned off at that hour, choose another by "schedule.at" in the settings',
};

/** So many days of one entry are kept: `status` names the first and the last. */
const MOST_DAYS = 40;

/** So many entries are kept, and those that are over for so many days: nobody is told of them again before. */
const MOST_ENTRIES = 20;
const KEPT_DAYS = 8;
const DAY_MS = 24 * 60 * 60 * 1000;

const storedSchema = z.object({
  schema: z.literal(1),
  failedRuns: z.array(z.object({
    code: z.enum(Object.keys(EXIT) as [ExitName, ...ExitName[]]),
    message: z.string(),
    hint: z.nullable(z.string()),
    times: z.array(z.string()),
    since: z.string(),
    count: z.number(),
    endedBy: z.nullable(z.enum(["good", "partial"])),
    told: z.record(z.string(), z.string()),
  })),
});

/**
 * Reads the entries.
 *
 * @param text Of the file; `null` when there is none.
 * @returns Oldest first; none when it is damaged or of another version: it is only a memory of what was told.
 */
export function parseFailedRuns(text: string | null): readonly FailedRun[] {
  if (text === null) return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  const result = storedSchema.safeParse(value);
  return result.success ? result.data.failedRuns : [];
}

/**
 * Writes the entries.
 *
 * @param entries Oldest first.
 * @returns JSON with a line feed at the end; `null` when there is nothing to keep.
 */
export function renderFailedRuns(entries: readonly FailedRun[]): string | null {
  return entries.length === 0 ? null : `${JSON.stringify({ schema: 1, failedRuns: entries }, null, 2)}\n`;
}

/**
 * Adds a failed run: to the entry of those before it that failed in the same way, else as a new one. One that was
 * added last is not added again.
 *
 * @param entries Oldest first.
 * @param failure What the run said.
 * @param at When it was, ISO 8601.
 * @returns The entries, that of this run last.
 */
export function addFailure(
  entries: readonly FailedRun[],
  failure: Failure,
  at: string,
): readonly FailedRun[] {
  const isSame = (one: FailedRun): boolean => one.endedBy === null && wayOf(one) === wayOf(failure);
  const old = entries.find(isSame);
  if (old?.times.at(-1) === at && old === entries.at(-1)) return entries;
  return [
    ...entries.filter((one) => one !== old),
    {
      ...failure,
      times: [...(old?.times ?? []).filter((time) => dayOf(time) !== dayOf(at)), at].slice(-MOST_DAYS),
      since: old?.since ?? at,
      count: (old?.count ?? 0) + 1,
      endedBy: null,
      told: old?.told ?? {},
    },
  ].slice(-MOST_ENTRIES);
}

/** Numbers and hexadecimal names in a message change from night to night; what failed is the same. */
function wayOf({ code, message }: Failure): string {
  return `${code} ${message.replace(/[0-9a-f]*\d[0-9a-f-]*/gi, "#")}`;
}

/**
 * Notes that a run came to its end. Who mended something wants to hear of it when it breaks again; what was told
 * today is remembered all the same, so that a PC that goes to and fro sends no flood.
 *
 * @param entries Oldest first.
 * @param end How that run ended, and when.
 * @returns Those that still matter.
 */
export function endFailures(
  entries: readonly FailedRun[],
  { good, at }: { readonly good: boolean; readonly at: string },
): readonly FailedRun[] {
  const now = Date.parse(at);
  return entries
    .map((one): FailedRun => ({ ...one, endedBy: good ? "good" : one.endedBy ?? "partial" }))
    .filter((one) =>
      one.endedBy !== "good" || Math.abs(now - Date.parse(one.times.at(-1) ?? "")) < KEPT_DAYS * DAY_MS
    );
}

/**
 * Picks the failed runs that `status` names: those after the last good run.
 *
 * @param entries Of the file.
 * @returns Oldest first.
 */
export function sinceGood(entries: readonly FailedRun[]): readonly FailedRun[] {
  return entries.filter(({ endedBy }) => endedBy !== "good");
}

/** What stands is told again after this long, as a finding is. */
const REMIND_MS = 7 * DAY_MS;

/** Another run may be under way for a good reason once or twice. */
const BUSY_DAYS = 3;

/** A PC may be turned off or restarted in the middle of a run; twice, and no whole run between, is no chance. */
const CUT_OFF_DAYS = 2;

/**
 * Tells whether an address is to be told of the run that failed last: when it is new, or was told a week ago and
 * still is so; one mail a day at most, whatever else fails.
 *
 * @param entries With that of the run last.
 * @param address Key in {@link FailedRun.told}.
 * @param now When it would be told: a run that was cut off is found later. @default {the time of that run}
 * @returns Whether a mail is due.
 */
export function isDue(entries: readonly FailedRun[], address: string, now?: string): boolean {
  const entry = entries.at(-1);
  const at = now ?? entry?.times.at(-1);
  if (entry === undefined || at === undefined) return false;
  if (entry.code === "busy" && entry.times.length < BUSY_DAYS) return false;
  if (isCutOff(entry) && entry.times.length < CUT_OFF_DAYS) return false;
  if (entries.some(({ told }) => dayOf(told[address] ?? "") === dayOf(at))) return false;
  const told = entry.told[address];
  // A clock that was set back must not silence it.
  return told === undefined || Math.abs(Date.parse(at) - Date.parse(told)) >= REMIND_MS - DAY_MS / 2;
}

/**
 * Tells runs that were cut off from those that said why they failed.
 *
 * @param failure Of a run.
 * @returns Whether it is {@link CUT_OFF}.
 */
export function isCutOff({ code, message }: Failure): boolean {
  return code === CUT_OFF.code && message === CUT_OFF.message;
}

/** In the offset in which the moment is written. */
function dayOf(moment: string): string {
  return moment.slice(0, 10);
}

/**
 * Notes that a server took the mail about the run that failed last.
 *
 * @param entries With that of the run last.
 * @param address Key in {@link FailedRun.told}.
 * @param now When. @default {the time of that run}
 * @returns The entries.
 */
export function markTold(entries: readonly FailedRun[], address: string, now?: string): readonly FailedRun[] {
  const last = entries.at(-1);
  const at = now ?? last?.times.at(-1);
  return last === undefined || at === undefined
    ? entries
    : [...entries.slice(0, -1), { ...last, told: { ...last.told, [address]: at } }];
}
