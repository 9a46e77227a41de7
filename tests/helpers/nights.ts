/** Nights, and what a ledger knows after them. */

import { type Before, type Comparison, diff } from "../../lib/core/diff.ts";
import type { Snapshot } from "../../lib/core/model.ts";
import { markOf } from "./made_up_values.ts";
import { dataVolumeDocument, type Json, snapshotOf, volumeDocument } from "./snapshots.ts";

/** @returns A night with C: alone, changed. */
export function c(changes: Json = {}): Snapshot {
  return snapshotOf([volumeDocument(changes)]);
}

/** @returns A night with C: and D:, the latter changed. */
export function cd(changes: Json = {}): Snapshot {
  return snapshotOf([volumeDocument(), dataVolumeDocument(changes)]);
}

/** What a new ledger knows. */
export const NOTHING: Before = { machineId: null, hostName: null, volumes: [] };

/** Compares a snapshot, with {@link markOf} for fingerprints. */
export function compare(before: Before, snapshot: Snapshot): Comparison {
  const passwords = snapshot.volumes.flatMap((volume) => volume.protectors ?? [])
    .flatMap((one) => one.recoveryPassword ?? []);
  return diff(before, snapshot, new Map(passwords.map((password) => [password, markOf(password)])));
}

/** What a ledger knows after nights. A row is replaced by one of the same device ID, as the ledger does it. */
export function knowledgeAfter(...nights: readonly Snapshot[]): Before {
  return nights.reduce<Before>((before, snapshot) => {
    const { volumes, machineId } = compare(before, snapshot);
    const rows = new Map([...before.volumes, ...volumes].map((volume) => [volume.deviceId, volume]));
    return { machineId, hostName: snapshot.host.name, volumes: [...rows.values()] };
  }, NOTHING);
}

/** What the last of some nights changed, each as `kind drive Key-ID-number`, sorted. */
export function changesOf(...nights: readonly Snapshot[]): readonly string[] {
  const last = nights.at(-1);
  if (last === undefined) return [];
  return compare(knowledgeAfter(...nights.slice(0, -1)), last).changes.map((change) =>
    [change.kind, change.volume?.drive, change.keyId && Number.parseInt(change.keyId.slice(0, 8), 16)]
      .filter((part) => part !== null && part !== undefined).join(" ")
  ).sort();
}
