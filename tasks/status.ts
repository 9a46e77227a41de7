/** What is known now. Reads the ledger alone; shows Key IDs, never digits. */

import { isCurrentKey, isForeignVolume, isRecoveryKey } from "../lib/core/current_key.ts";
import { capital, keyIdParts, sayDay, sayTheDrive } from "../lib/core/how_to_say.ts";
import { conversionPhase } from "../lib/core/diff.ts";
import { type AskedKey, askedKey, listedBackups } from "../lib/core/key_backups.ts";
import type { KnownVolume, WindowsBackup } from "../lib/core/ledger_model.ts";
import { parseFailedRuns, sinceGood } from "../lib/core/failed_runs.ts";
import { ACCOUNTS, accountsMatter, sayEventLog, sayWindowsBackup } from "../lib/core/say_windows_backup.ts";
import { cutOffRun } from "../lib/core/run_mark.ts";
import { wrapText } from "../lib/core/wrap_text.ts";
import { EXIT, type ExitName } from "../lib/errors.ts";
import { isThere } from "../lib/nightly/outbox.ts";
import type { Ledger, LedgerView } from "../lib/ports.ts";
import { type RunsSinceGood, sayRunsSinceGood, withCutOffRun } from "./status_runs.ts";
import { showSettings } from "./status_settings.ts";
import { type Deps, flag, type TaskArguments, textOption } from "./task.ts";

/**
 * Shows what is known.
 *
 * @param args `--data`, `--json`; with `--settings` what {@link showSettings} takes.
 * @param deps The world.
 * @returns `ok`, also when nothing is known yet.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  if (flag(args, "settings")) return await showSettings(args, deps);
  const data = textOption(args, "data") ?? deps.defaultData;
  const recorded = sinceGood(parseFailedRuns(await deps.failedRuns(data).read()));
  const now = { runId: null, takenAt: deps.clock.now().toISOString() };
  const cutOff = cutOffRun(deps.readLock(data), now);
  const json = flag(args, "json");
  const say = (lines: readonly string[]): void => lines.forEach((line) => deps.terminal.out(line));
  let ledger: Ledger | null = null;
  try {
    ledger = await deps.openLedger(data);
    const view = await ledger.load();
    const failed = withCutOffRun(recorded, cutOff, view.lastRun);
    const runs: RunsSinceGood = { ended: await ledger.runsSinceGood(), failed };
    if (json) deps.terminal.out(JSON.stringify(statusOf(view, runs)));
    else say(sayStatus(view, { data, runs }));
    return "ok";
  } catch (error) {
    // What keeps the ledger from being read is known best by the runs that it kept.
    const failed = withCutOffRun(recorded, cutOff, null);
    if (!json) say(sayRunsSinceGood({ view: null, runs: { ended: [], failed } }));
    throw error;
  } finally {
    ledger?.close();
  }
}

interface KeyStatus {
  readonly keyId: string;
  readonly current: boolean;
  readonly seen: boolean;
  readonly firstSeenAt: string;
  readonly removedAt: string | null;
  readonly windowsBackups: readonly Omit<WindowsBackup, "about">[];
  readonly copies: readonly {
    readonly destination: string;
    readonly report: string;
    readonly verifiedAt: string | null;
    /** Of OneDrive; `null` elsewhere, or when there was no sign so far. */
    readonly uploadSeenAt: string | null;
  }[];
}

function keysOf(volume: KnownVolume, view: LedgerView): readonly KeyStatus[] {
  return volume.protectors.filter(isRecoveryKey).map((one) => {
    const entries = new Set(
      view.reports.filter((entry) => entry.keyId === one.id && entry.fingerprint === one.fingerprint)
        .map((entry) => entry.id),
    );
    const current = isCurrentKey(one, volume, view);
    return {
      keyId: one.id,
      current,
      seen: one.fingerprint !== null,
      firstSeenAt: one.firstSeenAt,
      removedAt: one.removedAt,
      windowsBackups: listedBackups(askedKey(one, volume, { current }), view.backups),
      copies: view.deliveries.filter((row) => entries.has(row.report) && isThere(row)).map((row) => ({
        destination: row.destination,
        report: row.folder === null ? row.report : `${row.folder}/${row.name}`,
        verifiedAt: row.verifiedAt,
        uploadSeenAt: row.uploadSeenAt,
      })),
    };
  });
}

function statusOf(view: LedgerView, { ended, failed }: RunsSinceGood): unknown {
  return {
    schema: 1,
    host: view.hostName,
    machineId: view.machineId,
    lastRun: view.lastRun,
    lastGoodRun: view.lastGoodRun,
    runsSinceGood: ended,
    failedRuns: failed.map(({ code, message, hint, times, since, count, endedBy }) => ({
      code,
      exit: EXIT[code],
      message,
      hint,
      since,
      last: times.at(-1) ?? since,
      count,
      endedBy,
    })),
    volumes: byLetter(view.volumes).map((volume) => ({
      deviceId: volume.deviceId,
      drive: volume.drive,
      label: volume.label,
      volumeType: volume.volumeType,
      present: volume.present,
      conversionStatus: volume.conversionStatus,
      protectionStatus: volume.protectionStatus,
      lockStatus: volume.lockStatus,
      lastSeenAt: volume.lastSeenAt,
      keys: keysOf(volume, view),
    })),
    destinations: view.destinations.map((one) => {
      const rows = view.deliveries.filter((row) => row.destination === one.name);
      return {
        name: one.name,
        reachedAt: one.reachedAt,
        unreachableSince: one.unreachableSince,
        lastMailAt: one.mailTimes.at(-1) ?? null,
        reports: rows.filter(isThere).length,
        pending: rows.filter((row) => !isThere(row)).map((row) => ({ report: row.report, error: row.error })),
      };
    }),
    eventLog: view.eventLog,
    hints: view.hints,
    damage: view.damage,
  };
}

function sayStatus(
  view: LedgerView,
  { data, runs }: { readonly data: string; readonly runs: RunsSinceGood },
): readonly string[] {
  const summary = sayRunsSinceGood({ view, runs });
  if (view.lastRun === null) {
    if (view.damage.length > 0) {
      return [...summary, `Nothing can be told from "${data}".`, ...sayDamage(view)];
    }
    return summary.length === 0 ? [`Nothing is known yet in "${data}": there was no run.`] : summary;
  }
  const lines = [...summary];
  const keys: AskedKey[] = [];
  for (const volume of byLetter(view.volumes)) {
    const isForeign = isForeignVolume(volume, view);
    const asOf = isUnseen(volume, view) ? `, as of ${sayDay(volume.lastSeenAt)}` : "";
    lines.push(
      "",
      `${capital(sayTheDrive(volume))} - ${
        isForeign ? `of another PC, last seen ${sayDay(volume.lastSeenAt)}` : `${stateOf(volume)}${asOf}`
      }`,
    );
    for (const key of keysOf(volume, view)) {
      const until = sayDay(key.removedAt ?? volume.lastSeenAt);
      const state = key.current
        ? `opens it${asOf === "" ? " now" : asOf}`
        : isForeign
        ? `not of this PC, seen until ${until}`
        : `old, until ${until}`;
      lines.push(`  Key ID ${key.keyId}  ${key.seen ? state : "never read"}`);
      for (const copy of key.copies) {
        lines.push(
          `    copy at ${copy.destination}, seen ${
            copy.verifiedAt === null ? "never" : sayDay(copy.verifiedAt)
          }${isUploadOpen(copy, view) ? ", upload not seen yet" : ""}: ${copy.report}`,
        );
      }
      if (key.current && key.copies.length === 0) {
        lines.push(`    NO COPY of ${keyIdParts(key.keyId).short} anywhere`);
      }
      const asked = askedKey({ id: key.keyId, firstSeenAt: key.firstSeenAt }, volume, key);
      const says = sayWindowsBackup(asked, view);
      if (says !== "") lines.push(`    ${says}`);
      keys.push(asked);
    }
  }
  const log = sayEventLog(view.eventLog);
  if (log !== null) lines.push("", log);
  if (accountsMatter(keys, view.backups)) lines.push("", wrapText(ACCOUNTS));
  for (const hint of view.hints) lines.push("", wrapText(`Note: ${hint}`));
  return [...lines, ...sayDamage(view).flatMap((line) => ["", line])];
}

function sayDamage({ damage }: LedgerView): readonly string[] {
  return damage.map((one) => wrapText(`Damaged: ${one}`));
}

/** The last run could not look at it: what is known of it is older than that. */
function isUnseen({ present, lastSeenAt }: KnownVolume, { lastRun }: LedgerView): boolean {
  return present && lastRun !== null && lastSeenAt !== lastRun.takenAt;
}

/** What the ledger calls a place begins with its kind. */
function isUploadOpen(copy: KeyStatus["copies"][number], view: LedgerView): boolean {
  return copy.uploadSeenAt === null &&
    view.destinations.some((one) => one.name === copy.destination && one.identity.startsWith("onedrive "));
}

function byLetter(volumes: readonly KnownVolume[]): readonly KnownVolume[] {
  const rank = (one: KnownVolume): string => `${one.drive ?? "~"} ${one.present ? 0 : 1} ${one.deviceId}`;
  return volumes.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function stateOf(volume: KnownVolume): string {
  if (!volume.present) return `not there, last seen ${sayDay(volume.lastSeenAt)}`;
  if (volume.lockStatus === 1) return "locked";
  const phase = conversionPhase(volume.conversionStatus);
  if (phase === "decrypted") return "not encrypted";
  if (phase === "encrypted") {
    return volume.protectionStatus === 0 ? "encrypted, protection off" : "encrypted, protected";
  }
  return phase ?? "state not read";
}
