/** This PC and lists of keys for tests of `reconcile`. */

import { diff } from "../../lib/core/diff.ts";
import { fingerprintOf, fingerprintsOf } from "../../lib/core/fingerprint.ts";
import { parseSnapshot } from "../../lib/core/parse_snapshot.ts";
import type { ListedKey, ReconciledKey } from "../../lib/core/reconcile/model.ts";
import { type OwnDocument, readOwnDocument } from "../../lib/core/reconcile/own_documents.ts";
import type { LedgerFacts } from "../../lib/core/reconcile/look_at_pc.ts";
import { type KnownPcs, knownPcs } from "../../lib/core/reconcile/own_pc.ts";
import { reconcile } from "../../lib/core/reconcile/reconcile.ts";
import { guidOf, passwordOf } from "./made_up_values.ts";
import { type Json, keyDocument, volumeDocument } from "./snapshots.ts";
import { dataVolumeDocument, snapshotDocument } from "./snapshots.ts";

/** @returns What the account page shows of {@link guidOf}. */
export const short = (number: number): string => guidOf(number).slice(0, 8);

/** A place of a list; key 1 in full where nothing is said. */
export function listed(parts: Partial<ListedKey> = {}): ListedKey {
  return {
    path: "list.txt",
    line: 1,
    kind: "notes",
    keyId: guidOf(1),
    fingerprint: null,
    drive: null,
    host: null,
    device: null,
    date: null,
    ...parts,
  };
}

/** @returns The fingerprint of a key. */
export const print = (number: number): Promise<string> => fingerprintOf(passwordOf(number));

/** Where nothing is known. */
export const EMPTY: LedgerFacts = {
  machineId: null,
  hostName: null,
  volumes: [],
  destinations: [],
  reports: [],
  lastRun: null,
};

/** @returns C: with some keys, and D: with others where there are any. */
export const volumes = (one: readonly number[], two: readonly number[] = []): readonly Json[] => [
  volumeDocument({ protectors: one.map((number) => keyDocument(number)) }),
  ...(two.length === 0 ? [] : [dataVolumeDocument({ protectors: two.map((number) => keyDocument(number)) })]),
];

/** @returns A night of November. */
export const at = (day: number): string => `2026-11-${String(day).padStart(2, "0")}T03:00:00+01:00`;

/** What the ledger knows after these nights, on 1 November and the days that follow. */
export async function ledgerAfter(...nights: readonly Json[]): Promise<LedgerFacts> {
  let ledger = EMPTY;
  for (const [night, changes] of nights.entries()) {
    const document = snapshotDocument(changes["volumes"], { takenAt: at(night + 1), ...changes });
    const snapshot = parseSnapshot(document, "snapshot");
    const { volumes, machineId } = diff(ledger, snapshot, await fingerprintsOf(snapshot));
    const lastRun = { takenAt: snapshot.takenAt, findings: [] };
    ledger = { ...ledger, volumes, machineId, hostName: snapshot.host.name, lastRun };
  }
  return ledger;
}

/** What is known beside the lists. */
export interface Given {
  readonly volumes?: readonly Json[];
  readonly changes?: Json;
  readonly ledger?: LedgerFacts;
  readonly documents?: readonly (OwnDocument | null)[];
}

/** ANNA-LAPTOP with key 1 on C: and key 2 on D:, seen on 24 November. */
export async function known(
  { volumes: all, changes = {}, ledger = EMPTY, documents = [] }: Given = {},
): Promise<KnownPcs> {
  const snapshot = parseSnapshot(snapshotDocument(all ?? volumes([1], [2]), changes), "snapshot");
  return knownPcs({
    ledger,
    snapshot,
    fingerprints: await fingerprintsOf(snapshot),
    documents: documents.filter((one) => one !== null),
  });
}

/** @returns One line a key, with the first eight characters of its Key ID. */
export const verdicts = (keys: readonly ReconciledKey[]): readonly string[] =>
  keys.map(({ keyId, verdict, basis }) =>
    `${keyId?.slice(0, 8) ?? "?"} ${verdict}${basis === null ? "" : ` by ${basis}`}`
  );

/** @returns One line a key of a comparison. */
export async function judged(list: readonly ListedKey[], given: Given = {}): Promise<readonly string[]> {
  return verdicts(reconcile(list, await known(given)));
}

/** @returns All that a comparison says of keys. */
export async function notes(list: readonly ListedKey[], given: Given = {}): Promise<string> {
  return reconcile(list, await known(given)).flatMap((key) => key.notes).join("\n");
}

/** @returns A `status.json` of 20 November. */
export const statusOf = (machineId: string, keys: readonly Json[], lastRun = at(20)): OwnDocument | null =>
  readOwnDocument({
    schema: 1,
    machineId,
    host: { name: "ANNA-LAPTOP" },
    lastRun,
    volumes: [{ drive: "C:", keys }],
  }, "reports/status.json");
