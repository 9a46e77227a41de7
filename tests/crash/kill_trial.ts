/** One trial: a night that is killed, the one after it, and a quiet one. */

import { DatabaseSync } from "node:sqlite";
import { keyId } from "../helpers/night_rig.ts";
import {
  alteredFiles,
  brokenFiles,
  destinationFiles,
  digitsInData,
  ledgerTroubles,
  litter,
  mailTroubles,
  missingKeys,
} from "./crash_checks.ts";
import { type MailName, MAILS } from "./bare_pc.ts";
import type { CarrierEnding, CrashPc, NightPlan, RunEnding, RunResult } from "./crash_pc.ts";
import type { Ended } from "./launch.ts";

/** What is killed, and what comes after it. */
export interface Trial {
  /** For whoever reads of a failure. */
  readonly name: string;
  /** The night that is killed. */
  readonly night: NightPlan;
  /** Where: more than one ends it again while it makes up for the first. */
  readonly endings: readonly (RunEnding | CarrierEnding)[];
  /** The run that makes up for it. */
  readonly next: NightPlan;
  /** The one after that, on which nothing is left to do; `null` to do without. */
  readonly quiet: NightPlan | null;
  /** Numbers of keys that earlier nights and the next one show. */
  readonly keys: readonly number[];
  /** Numbers of keys that the killed night alone shows: owed once their reports are kept. */
  readonly shortLived?: readonly number[];
  /** Whether the next run has news of its own. */
  readonly nextAdds?: boolean;
  /** Whether an empty file may stand under a final name: without hard links a name is taken before its content. */
  readonly emptyMayStand?: boolean;
}

/** What a trial came to. */
export interface TrialResult {
  /** Whether the night was really killed, as often as was wanted; else the trial says nothing. */
  readonly counts: boolean;
  /** Sentences; none when all is well. */
  readonly troubles: readonly string[];
  /** Keys that a destination lacks, each counted once a destination. */
  readonly lost: number;
  /** Whether the kill left a journal that SQLite had to play back. */
  readonly hotJournal: boolean;
}

/**
 * Tries it on a PC that is restored to what was kept.
 *
 * @param trial What is killed.
 * @param pc Where.
 * @returns What came of it.
 */
export async function tryKill(trial: Trial, pc: CrashPc): Promise<TrialResult> {
  await pc.restore();
  const troubles: string[] = [];
  const note = (when: string, found: readonly string[]): void => {
    troubles.push(...found.map((one) => `${trial.name}: ${when}: ${one}`));
  };
  let files = await destinationFiles(pc);
  const look = async (when: string): Promise<void> => {
    const now = await destinationFiles(pc);
    note(when, alteredFiles(files, now));
    note(when, await brokenFiles(now, pc, trial));
    files = now;
  };

  const killed: RunResult[] = [];
  let hotJournal = false;
  for (const ending of trial.endings) {
    const run = await pc.night(trial.night, ending);
    if (!run.killed || !run.starts.every(hasOpened)) {
      return { counts: false, troubles: [], lost: 0, hotJournal };
    }
    killed.push(run);
    hotJournal ||= await isHot(`${pc.data}/ledger.db-journal`);
    await look("after the kill");
  }
  const steps = killed.flatMap((run) => run.starts.flatMap((start) => start.steps));

  const next = await pc.night(trial.next);
  note("the next run", endTroubles(next));
  await look("after the next run");
  const lost = await missingKeys([...trial.keys, ...keptKeys(trial.shortLived ?? [], steps)], pc);
  note("after the next run", [
    ...lost,
    ...await litter(pc),
    ...await digitsInData([...trial.keys, ...trial.shortLived ?? []], pc),
    ...await ledgerTroubles(pc),
    ...await mailTroubles(pc, { mayRepeat: repeats(killed), mayAdd: trial.nextAdds }),
    ...eventTroubles(pc, killed, next),
  ]);

  if (trial.quiet === null) return { counts: true, troubles, lost: lost.length, hotJournal };
  const quiet = await pc.night(trial.quiet);
  note("the quiet night", endTroubles(quiet));
  note("the quiet night", idleTroubles(quiet));
  await look("after the quiet night");
  note("after the quiet night", await ledgerTroubles(pc));
  return { counts: true, troubles, lost: lost.length, hotJournal };
}

/** A kill before the data folder was opened proves nothing. Where nobody counts steps, the launcher waits for that. */
function hasOpened({ steps }: Ended): boolean {
  return steps.length === 0 || steps.includes("after open run.lock");
}

async function isHot(journal: string): Promise<boolean> {
  return await Deno.stat(journal).then((info) => info.size > 0, () => false);
}

function endTroubles({ killed, starts, answer }: RunResult): readonly string[] {
  const last = starts.at(-1);
  if (!killed && last?.code === 0) return [];
  const told = answer?.error?.message ?? answer?.shortfalls?.join("; ") ?? last?.stderr;
  return [`it ended with ${last?.code}: ${told}`];
}

function idleTroubles({ starts, answer, mailed }: RunResult): readonly string[] {
  return [
    ...(answer?.changes ?? []).map((one) => `it found a change: ${one.text}`),
    ...(answer?.deliveries ?? []).map((one) => `it delivered: ${JSON.stringify(one)}`),
    ...mailed.map((address) => `it sent a mail to ${address}`),
    ...(starts.length > 1 ? ["it carried a report"] : []),
  ];
}

/** Keys that the archive held when the run was killed. */
function keptKeys(numbers: readonly number[], steps: readonly string[]): readonly number[] {
  return numbers.filter((key) =>
    steps.some((step) => step.startsWith("after archive.put") && step.includes(keyId(key)))
  );
}

/** A mail is sent again only when the kill fell between the server's yes and the record of it. */
function repeats(killed: readonly RunResult[]): Readonly<Record<MailName, number>> {
  const count = (name: MailName): number =>
    killed.filter(({ mailed, starts }) =>
      mailed.includes(MAILS[name]) &&
      !starts.some((start) => start.steps.includes(`after mail recorded ${name}`))
    ).length;
  return { helper: count("helper"), boss: count("boss") };
}

/**
 * What no run has told yet stands in the event log of the next one. Where the ledger holds a killed run as ended, only
 * its answer was lost.
 */
function eventTroubles(pc: CrashPc, killed: readonly RunResult[], next: RunResult): readonly string[] {
  const db = new DatabaseSync(`${pc.data}/ledger.db`, { readOnly: true });
  const ended = new Set(db.prepare("SELECT run_id FROM runs").all().map((row) => row["run_id"]));
  const rows = db.prepare(
    "SELECT run_id, text FROM news WHERE kind IN ('key-added', 'key-removed', 'protection-off')",
  )
    .all();
  db.close();
  // What PowerShell writes into the log of Windows is not seen here.
  if (next.answer === null) return [];
  if (killed.some(({ runId }) => ended.has(runId))) return [];
  const open = new Set([...killed, next].map(({ runId }) => runId));
  const told = (next.answer?.eventLog ?? []).map(({ text }) => text).join("\n");
  return rows.filter((row) => open.has(String(row["run_id"])) && !told.includes(String(row["text"])))
    .map((row) => `the event log never said: ${row["text"]}`);
}
