/** PURE: `status.json` at a destination: what is known of a PC, without secrets. */

import * as z from "zod/mini";
import type { KnownVolume, Run } from "../core/ledger_model.ts";
import type { Finding, Host } from "../core/model.ts";
import { isCurrentKey, isRecoveryKey } from "../core/current_key.ts";
import type { EarlierKey } from "../core/say_change.ts";
import { askedKey, type BackupFacts, listedBackups } from "../core/key_backups.ts";
import { once } from "../core/once.ts";

/** What the document is made from. */
export interface StatusFacts {
  /** The PC, as the snapshot named it. */
  readonly host: Host;
  /** Whose document it is: only its volumes are in it. */
  readonly machineId: string;
  /** The one that writes it. */
  readonly run: Run;
  /** All of the ledger. */
  readonly volumes: readonly KnownVolume[];
  /** What stands after the mails. */
  readonly findings: readonly Finding[];
  /** What is known of copies that Windows made itself. */
  readonly windows: BackupFacts;
  /** The last run without a shortfall, this one perhaps; `null` when none was. */
  readonly lastGoodRun: Run | null;
}

/**
 * Makes the document.
 *
 * @param facts What is known tonight.
 * @returns UTF-8 JSON, the same bytes for the same facts.
 */
export function statusDocument(facts: StatusFacts): Uint8Array {
  const document = {
    schema: 1,
    machineId: facts.machineId,
    host: { name: facts.host.name, model: facts.host.model, serial: facts.host.serial, os: facts.host.os },
    lastRun: facts.run.takenAt,
    lastGoodRun: facts.lastGoodRun?.takenAt ?? null,
    exit: facts.run.exit,
    shortfalls: facts.run.shortfalls,
    volumes: facts.volumes.filter((volume) => volume.machineId === facts.machineId).map((volume) => ({
      deviceId: volume.deviceId,
      drive: volume.drive,
      label: volume.label,
      volumeType: volume.volumeType,
      present: volume.present,
      lastSeenAt: volume.lastSeenAt,
      conversionStatus: volume.conversionStatus,
      protectionStatus: volume.protectionStatus,
      keys: volume.protectors.filter(isRecoveryKey).map((one) => {
        const current = isCurrentKey(one, volume, facts);
        return {
          keyId: one.id,
          current,
          firstSeenAt: one.firstSeenAt,
          removedAt: one.removedAt,
          windowsBackups: listedBackups(askedKey(one, volume, { current }), facts.windows.backups),
        };
      }),
    })),
    eventLog: facts.windows.eventLog,
    findings: facts.findings.map((one) => ({
      code: one.code,
      severity: one.severity,
      drive: one.volume?.drive ?? null,
      text: one.text,
    })),
  };
  return new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
}

/** Built when it is needed: a usual night reads none. */
const earlierSchema = once(() =>
  z.object({
    machineId: z.string(),
    lastRun: z.string(),
    volumes: z.array(z.object({
      drive: z.nullish(z.string()),
      keys: z.array(z.object({ keyId: z.string(), current: z.boolean() })),
    })),
  })
);

/**
 * Reads which keys an earlier `status.json` of the same PC tells of. For words alone: anybody who can write at
 * the destination could have written it.
 *
 * @param status A parsed document.
 * @param machineId This PC.
 * @returns Keys that were current then; none when it is of another PC or of another form.
 */
export function earlierKeys(status: unknown, machineId: string): readonly EarlierKey[] {
  const result = earlierSchema().safeParse(status);
  if (
    !result.success || result.data.machineId.toLowerCase() !== machineId ||
    Number.isNaN(Date.parse(result.data.lastRun))
  ) return [];
  const { lastRun, volumes } = result.data;
  return volumes.flatMap((volume) =>
    volume.keys.flatMap((key) =>
      key.current && /^[0-9A-F-]{8,36}$/.test(key.keyId)
        ? [{ keyId: key.keyId, drive: volume.drive ?? null, takenAt: lastRun }]
        : []
    )
  );
}
