/** How a PC looks now: by its snapshot, its ledger, or both, of which the newer one says what is current. */

import { diff } from "../diff.ts";
import { sayMoment, sayTheDrive } from "../how_to_say.ts";
import type { DestinationState, KnownVolume, ReportEntry, Run } from "../ledger_model.ts";
import { matchVolumes } from "../match_volumes.ts";
import { PROTECTOR_TYPE, type Snapshot } from "../model.ts";
import type { OwnDocument } from "./own_documents.ts";
import { unreadOf } from "./unread_of.ts";

/** What the ledger knows, as far as it matters here. */
export interface LedgerFacts {
  /** `null` in a new ledger. */
  readonly machineId: string | null;
  /** `null` in a new ledger. */
  readonly hostName: string | null;
  /** All ever seen. */
  readonly volumes: readonly KnownVolume[];
  /** They hold the names under which the PC delivered. */
  readonly destinations: readonly Pick<DestinationState, "folders">[];
  /** They hold the names under which the PC made reports. */
  readonly reports: readonly Pick<ReportEntry, "folder" | "deviceId">[];
  /** `null` before the first. */
  readonly lastRun: Pick<Run, "takenAt" | "findings"> | null;
}

/** How this PC looks, and since when nobody looked. */
export interface Look {
  /** As the PC calls itself. */
  readonly name: string;
  /** Lower case; empty when none is known. */
  readonly machineId: string;
  /** When it was last looked at, ISO 8601. */
  readonly asOf: string;
  /** All that are known, those of predecessors among them. */
  readonly volumes: readonly KnownVolume[];
  /** Why its keys may not all be known, as sentences. */
  readonly unread: readonly string[];
  /** How ledger and snapshot came together, as sentences. */
  readonly remarks: readonly string[];
  /** The snapshot, where the ledger is newer: then it tells of the past alone. */
  readonly past: readonly OwnDocument[];
  /** Another PC's, in a ledger that is not this PC's. */
  readonly otherLedger: LedgerFacts | null;
}

/**
 * Looks at a PC.
 *
 * @param ledger An empty one where there is none.
 * @param snapshot `null` when the ledger alone is to tell.
 * @param fingerprints From recovery password to fingerprint, for all of the snapshot.
 * @returns How it looks.
 */
export function lookAtPc(
  ledger: LedgerFacts,
  snapshot: Snapshot | null,
  fingerprints: ReadonlyMap<string, string>,
): Look {
  return snapshot === null ? ledgerLook(ledger) : snapshotLook(ledger, snapshot, fingerprints);
}

/** Findings after which a key may be there that the ledger does not know. */
const BLIND: readonly string[] = ["not-elevated", "unreadable"];

function ledgerLook(ledger: LedgerFacts): Look {
  const { machineId, hostName, volumes, lastRun } = ledger;
  const blind = lastRun?.findings.some((code) => BLIND.includes(code)) ?? false;
  return {
    name: hostName ?? "this PC",
    machineId: machineId ?? "",
    asOf: lastRun?.takenAt ?? volumes.map(({ lastSeenAt }) => lastSeenAt).sort().at(-1) ?? "",
    volumes,
    unread: [
      ...(blind ? ["In the last run not everything could be read"] : []),
      ...volumes.filter((one) => one.present && one.machineId === machineId && !one.protectorsRead)
        .map((one) => `The keys of ${sayTheDrive(one)} were never read`),
    ],
    remarks: [],
    past: [],
    otherLedger: null,
  };
}

function snapshotLook(
  ledger: LedgerFacts,
  snapshot: Snapshot,
  fingerprints: ReadonlyMap<string, string>,
): Look {
  const { host, takenAt } = snapshot;
  // a new main board gives another machine ID to the same PC
  const isOwn = ledger.machineId === null || ledger.machineId === host.machineId ||
    matchVolumes(snapshot.volumes, ledger.volumes).some(({ known }) => known !== null);
  const before = isOwn ? ledger : { machineId: null, hostName: null, volumes: [] };
  const lastRun = isOwn ? ledger.lastRun : null;
  if (lastRun !== null && Date.parse(lastRun.takenAt) > Date.parse(takenAt)) {
    const look = ledgerLook(ledger);
    return {
      ...look,
      remarks: [
        `The snapshot, of ${sayMoment(takenAt)}, is older than the last run, of ${
          sayMoment(lastRun.takenAt)
        }: what is current is what the last run saw`,
      ],
      past: [pastOf(snapshot, look.machineId)],
    };
  }
  const now = diff(before, snapshot, fingerprints);
  return {
    name: host.name,
    machineId: now.machineId,
    asOf: takenAt,
    volumes: now.volumes,
    unread: unreadOf(snapshot).map(({ text }) => text),
    remarks: isOwn ? [] : [
      `The ledger is of another PC, ${
        ledger.hostName ?? "without a name"
      }: it says nothing of the past of ${host.name}`,
    ],
    past: [],
    otherLedger: isOwn ? null : ledger,
  };
}

function pastOf({ host, takenAt, volumes }: Snapshot, machineId: string): OwnDocument {
  return {
    path: "",
    machineId,
    host: host.name,
    takenAt,
    keys: volumes.flatMap(({ drive, protectors }) =>
      (protectors ?? []).filter(({ type }) => type === PROTECTOR_TYPE.recoveryPassword)
        .map(({ id }) => ({ keyId: id, drive, current: true }))
    ),
  };
}
