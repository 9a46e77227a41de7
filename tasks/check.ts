/** The nightly job: an envelope in, a night, the result out. */

import { blankUserError } from "../lib/core/blank_secrets.ts";
import { eventEntries } from "../lib/core/event_log.ts";
import type { EventLog } from "../lib/core/model.ts";
import { type Envelope, parseEnvelope } from "../lib/core/parse_envelope.ts";
import { parseJsonDocument } from "../lib/core/parse_json.ts";
import type { SetAside } from "../lib/core/policy.ts";
import { cutOffRun, renderRunMark, type RunMark } from "../lib/core/run_mark.ts";
import type { Settings } from "../lib/core/settings.ts";
import { EXIT, type ExitName, messageOf, UserError } from "../lib/errors.ts";
import { type NightResult, runNight } from "../lib/nightly/run_night.ts";
import type { Log, RunLock } from "../lib/ports.ts";
import type { FailedCheck } from "./failed_check.ts";
import { settingsOf } from "./read_settings.ts";
import { type Deps, flag, type TaskArguments, textOption } from "./task.ts";

/** How long a run waits for another one, in milliseconds: longer than any usual night. */
const LOCK_WAIT_MS = 60_000;

/** How far a run came, for whoever has to tell that it failed. */
interface Progress {
  /** The parsed document, as it came in. */
  document: unknown;
  envelope: Envelope | null;
  settings: Settings | null;
}

/**
 * Runs the nightly job. A run that fails is remembered for `status`, and told by mail where mail still works.
 *
 * @param args `--snapshot`, `--dry-run`, `--data`, `--config`, `--json`.
 * @param deps The world.
 * @returns `ok`, or `partial` when something could not be read, delivered or verified.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const progress: Progress = { document: null, envelope: null, settings: null };
  try {
    return await runCheck(args, deps, progress);
  } catch (error) {
    if (!flag(args, "dry-run")) {
      const { tellFailedCheck } = await import("./failed_check.ts");
      const data = textOption(args, "data") ?? deps.defaultData;
      await tellFailedCheck({ ...progress, error, data, config: textOption(args, "config") }, deps);
    }
    const { smtpPassword, archiveKey } = progress.envelope?.secrets ??
      { smtpPassword: null, archiveKey: null };
    throw blankUserError(error, [smtpPassword, archiveKey].filter((one) => one !== null));
  }
}

async function runCheck(args: TaskArguments, deps: Deps, progress: Progress): Promise<ExitName> {
  const data = textOption(args, "data") ?? deps.defaultData;
  const path = textOption(args, "snapshot");
  const dryRun = flag(args, "dry-run");
  const what = path === null ? "snapshot from standard input" : `snapshot "${path}"`;
  const bytes = path === null ? await deps.readInput() : await readSnapshotFile(path, deps);
  try {
    progress.document = parseJsonDocument(bytes, { code: "snapshot", what });
  } finally {
    bytes.fill(0);
  }
  const envelope = progress.envelope = parseEnvelope(progress.document, what);
  const { settings, setAside } = await settingsOf(
    { ...envelope, config: textOption(args, "config"), data },
    deps,
  );
  progress.settings = settings;

  const lock = dryRun ? null : deps.openLock(data);
  if (lock !== null && !await lock.acquire(LOCK_WAIT_MS)) {
    throw new UserError(
      "busy",
      `Cannot run: another run holds the data folder "${data}" for more than a minute`,
      {
        hint: "Wait for it to end, or end it",
      },
    );
  }
  const runId = envelope.runId ?? deps.newRunId();
  const mark: RunMark = { runId, takenAt: envelope.snapshot.takenAt };
  let waiting = false;
  try {
    const check = { ...progress, data, config: textOption(args, "config") };
    const cutOff = lock === null ? null : await beginRun(mark, lock, { check, deps });
    const tell = (text: string): void => deps.terminal.say(text);
    const ports = await deps.openNight(data, {
      settings,
      secrets: envelope.secrets,
      listings: envelope.listings,
      runId,
      dryRun,
      ...(dryRun ? { tell } : {}),
    });
    let result: NightResult;
    try {
      if (cutOff !== null) {
        const { recordCutOff } = await import("../lib/nightly/cut_off_news.ts");
        await recordCutOff(cutOff, ports.ledger, runId);
      }
      result = await runNight({
        snapshot: envelope.snapshot,
        settings,
        setAside,
        runId,
        carries: envelope.listings !== null,
        receipts: envelope.receipts,
        access: envelope.access,
        shareCredentials: envelope.shareCredentials,
      }, ports);
      logResult(result, ports.log);
      logEventLog(envelope.snapshot.eventLog, ports.log);
    } finally {
      await ports.close();
    }
    waiting = result.waiting;
    if (!dryRun && !waiting) await noteEnd(result, data, deps);
    if (flag(args, "json")) deps.terminal.out(JSON.stringify(document(result, { dryRun, setAside })));
    else (await import("./say_night.ts")).sayNight(result, deps.terminal);
    return result.shortfalls.length === 0 ? "ok" : "partial";
  } finally {
    // A run that goes on with a second start has not ended.
    lock?.write(waiting ? renderRunMark({ ...mark, waiting }) : null);
    lock?.release();
  }
}

/** Marks the run as under way. @returns The one before it, where that did not come to its end. */
async function beginRun(
  mark: RunMark,
  lock: RunLock,
  { check, deps }: { readonly check: Omit<FailedCheck, "error" | "at">; readonly deps: Deps },
): Promise<RunMark | null> {
  const markOwn = (): void => lock.write(renderRunMark(mark));
  const cutOff = cutOffRun(lock.read(), mark);
  if (cutOff === null) {
    markOwn();
    return null;
  }
  const { tellCutOff } = await import("./cut_off_run.ts");
  return await tellCutOff(cutOff, check, { deps, markOwn }) ? cutOff : null;
}

/** Runs that failed before are over; hardly ever were there any. */
async function noteEnd({ shortfalls, takenAt }: NightResult, data: string, deps: Deps): Promise<void> {
  const file = deps.failedRuns(data);
  if (!file.exists()) return;
  try {
    const { noteEndedRun } = await import("../lib/nightly/tell_failure.ts");
    await noteEndedRun(file, { good: shortfalls.length === 0, at: takenAt });
  } catch (error) {
    deps.terminal.say(messageOf(error));
  }
}

/** For this task a file that is not there is a snapshot that cannot be used. */
async function readSnapshotFile(path: string, deps: Deps): Promise<Uint8Array> {
  try {
    return await deps.files.read(path);
  } catch (error) {
    throw error instanceof UserError ? new UserError("snapshot", error.message, { cause: error }) : error;
  }
}

function document(
  result: NightResult,
  { dryRun, setAside }: { readonly dryRun: boolean; readonly setAside: readonly SetAside[] },
): unknown {
  return {
    schema: 1,
    host: result.host.name,
    takenAt: result.takenAt,
    changes: result.changes,
    findings: result.findings,
    deliveries: result.deliveries,
    ...(result.carry === null ? {} : { carry: result.carry }),
    ...(dryRun ? { dryRun } : {}),
    shortfalls: result.shortfalls,
    hints: result.hints,
    // The last start of a run tells what there is to tell.
    ...(result.waiting || dryRun ? {} : { eventLog: eventEntries({ ...result, setAside }) }),
  };
}

function logResult(result: NightResult, log: Log): void {
  for (const change of result.changes) {
    log.write("info", "CHG001", change.text, { kind: change.kind, keyId: change.keyId });
  }
  for (const finding of result.findings) {
    log.write(finding.severity === "info" ? "debug" : "warning", "FND001", finding.text, {
      code: finding.code,
    });
  }
  for (const one of result.deliveries) {
    log.write(one.error === null ? "info" : "warning", "DST001", `${one.outcome} at "${one.destination}"`, {
      report: one.report,
      attempts: one.attempts,
      error: one.error,
    });
  }
  const code = result.shortfalls.length === 0 ? EXIT.ok : EXIT.partial;
  log.write("info", "RUN001", "The run is done", { exit: code, changes: result.changes.length });
}

/** Nothing of the run is wrong with it, but whoever wonders why finds here what Windows said. */
function logEventLog(eventLog: EventLog | null, log: Log): void {
  if (eventLog === null || eventLog.state === "read") return;
  const { state, message } = eventLog;
  log.write("info", "EVT001", "Windows' own log of BitLocker was not read", { state, message });
}
