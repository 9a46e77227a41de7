/** What is known now. Reads the ledger alone; shows Key IDs, never digits. */

import { capital, keyIdParts, sayDay, sayTheDrive } from "../lib/core/how_to_say.ts";
import { conversionPhase } from "../lib/core/diff.ts";
import { type AskedKey, askedKey, listedBackups } from "../lib/core/key_backups.ts";
import type { KnownProtector, KnownVolume, WindowsBackup } from "../lib/core/ledger_model.ts";
import { PROTECTOR_TYPE } from "../lib/core/model.ts";
import { isReplaced } from "../lib/core/replaced_volume.ts";
import { ACCOUNTS, accountsMatter, sayEventLog, sayWindowsBackup } from "../lib/core/say_windows_backup.ts";
import { wrapText } from "../lib/core/wrap_text.ts";
import type { ExitName } from "../lib/errors.ts";
import { isThere } from "../lib/nightly/outbox.ts";
import type { LedgerView } from "../lib/ports.ts";
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
  const ledger = await deps.openLedger(data);
  try {
    const view = await ledger.load();
    if (flag(args, "json")) deps.terminal.out(JSON.stringify(statusOf(view)));
    else for (const line of sayStatus(view, data)) deps.terminal.out(line);
    return "ok";
  } finally {
    ledger.close();
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
  return volume.protectors.filter((one) =>
    one.type === PROTECTOR_TYPE.recoveryPassword || one.fingerprint !== null
  )
    .map((one) => {
      const entries = new Set(
        view.reports.filter((entry) => entry.keyId === one.id && entry.fingerprint === one.fingerprint).map((
          entry,
        ) => entry.id),
      );
      return {
        keyId: one.id,
        current: isCurrent(one, volume, view),
        seen: one.fingerprint !== null,
        firstSeenAt: one.firstSeenAt,
        removedAt: one.removedAt,
        windowsBackups: listedBackups(
          askedKey(one, volume, { current: isCurrent(one, volume, view) }),
          view.backups,
        ),
        copies: view.deliveries.filter((row) => entries.has(row.report) && isThere(row)).map((row) => ({
          destination: row.destination,
          report: row.folder === null ? row.report : `${row.folder}/${row.name}`,
          verifiedAt: row.verifiedAt,
          uploadSeenAt: row.uploadSeenAt,
        })),
      };
    });
}

function isCurrent(key: KnownProtector, volume: KnownVolume, view: LedgerView): boolean {
  return key.present && !isReplaced(volume, view.volumes);
}

function statusOf(view: LedgerView): unknown {
  return {
    schema: 1,
    host: view.hostName,
    machineId: view.machineId,
    lastRun: view.lastRun,
    lastGoodRun: view.lastGoodRun,
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

function sayStatus(view: LedgerView, data: string): readonly string[] {
  if (view.lastRun === null) return [`Nothing is known yet in "${data}": there was no run.`];
  const good = view.lastGoodRun;
  const lines = [`${view.hostName ?? "This PC"}, last run ${sayDay(view.lastRun.takenAt)}`];
  if (good === null) lines.push("No run was good so far.");
  else if (good.runId !== view.lastRun.runId) {
    lines.push(
      `Last good run: ${sayDay(good.takenAt)}. Open since then: ${
        view.lastRun.findings.join(", ") || "see the log"
      }.`,
    );
  }
  const keys: AskedKey[] = [];
  for (const volume of byLetter(view.volumes)) {
    lines.push("", `${capital(sayTheDrive(volume))} - ${stateOf(volume)}`);
    for (const key of keysOf(volume, view)) {
      const state = key.current ? "opens it now" : `old, until ${sayDay(key.removedAt ?? volume.lastSeenAt)}`;
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
  for (const damage of view.damage) lines.push("", `Damaged: ${damage}`);
  return lines;
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
