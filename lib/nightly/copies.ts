/** PURE: where verified copies of the current keys are, and what a person should know about that. */

import { capital, keyIdParts, sayDay, sayTheDrive } from "../core/how_to_say.ts";
import { refOf } from "../core/diff.ts";
import type { Delivery, KnownVolume, ReportEntry } from "../core/ledger_model.ts";
import type { Finding, Volume } from "../core/model.ts";
import { matchVolumes } from "../core/match_volumes.ts";
import { volumeOfPath } from "../core/mount_paths.ts";
import { volumeKey } from "../core/parse_snapshot.ts";
import { isCalled } from "../core/removable_folder.ts";
import type { DestinationSettings, FolderSettings, Settings } from "../core/settings.ts";
import { isThere, owedReports } from "./outbox.ts";
import type { CurrentKey } from "./report_plan.ts";
import { type Look, type MailTrouble, sayPending, sayTrouble } from "./say_trouble.ts";
import { isUploadOpen, uploadFindings } from "./uploads.ts";

/** What the findings are made from. */
export interface CopyFacts {
  /** Destinations, and how long a copy is trusted unseen. */
  readonly settings: Settings;
  /** Of the snapshot. */
  readonly seen: readonly Volume[];
  /** All volumes of the ledger, tonight's values in them. */
  readonly known: readonly KnownVolume[];
  /** Keys that open volumes now: each is to have a copy outside. */
  readonly keys: readonly CurrentKey[];
  /** All of the ledger, tonight's among them. */
  readonly reports: readonly ReportEntry[];
  /** As they stand after tonight's deliveries. */
  readonly deliveries: readonly Delivery[];
  /** How the look at each destination for files went. */
  readonly looks: readonly Look[];
  /** Reports that are owed somewhere, whose bytes neither the archive nor tonight's snapshot can give. */
  readonly lost: readonly ReportEntry[];
  /** Destinations of kind mail that have news or keys left to send, with the reason. */
  readonly mailTrouble: ReadonlyMap<string, MailTrouble>;
  /** ISO 8601. */
  readonly now: string;
}

/** A verified copy of a key. */
export interface Copy {
  /** Name of the destination. */
  readonly destination: string;
  /** What kind of place it is. */
  readonly kind: DestinationSettings["kind"];
  /** Whether it survives the PC. */
  readonly outside: boolean;
  /** Whether it lies in a OneDrive folder, without a sign so far that it was uploaded. */
  readonly uploadOpen: boolean;
  /** When it was last seen there, or taken by a server. */
  readonly verifiedAt: string;
}

/**
 * Lists the verified copies of a key.
 *
 * @param key Key ID and fingerprint.
 * @param facts Reports, deliveries and settings.
 * @returns One a destination that was seen to hold it, or a server that took it.
 */
export function copiesOf(key: Pick<CurrentKey, "keyId" | "fingerprint">, facts: CopyFacts): readonly Copy[] {
  const entries = (reportsByKey(facts.reports).get(key.keyId) ?? []).filter((entry) =>
    entry.kind === "key" && (entry.fingerprint === null || entry.fingerprint === key.fingerprint)
  );
  const there = entries.flatMap((entry) => deliveriesByReport(facts.deliveries).get(entry.id) ?? [])
    .filter(isThere);
  return facts.settings.destinations.flatMap((destination) => {
    const rows = there.filter((one) => one.destination === destination.name);
    const best = rows.map((one) => one.verifiedAt).filter((time) => time !== null).sort().at(-1);
    const uploaded = rows.some((one) => !isUploadOpen(destination, one));
    return best === undefined ? [] : [{
      destination: destination.name,
      kind: destination.kind,
      outside: isOutside(destination, facts) && (uploaded || isLinked(destination, facts)),
      uploadOpen: !uploaded,
      verifiedAt: best,
    }];
  });
}

/** Grouped once a list: with many keys, each of them asks. */
const reportsByKey = groupedBy((entry: ReportEntry) => entry.keyId);
const deliveriesByReport = groupedBy((row: Delivery) => row.report);

function groupedBy<T, K>(keyOf: (one: T) => K): (list: readonly T[]) => ReadonlyMap<K, readonly T[]> {
  const known = new WeakMap<readonly T[], ReadonlyMap<K, readonly T[]>>();
  return (list) => {
    const groups = known.get(list) ?? Map.groupBy(list, keyOf);
    known.set(list, groups);
    return groups;
  };
}

/** A folder on a fixed drive of the PC dies with it; one on no drive of the PC cannot be on it. */
function isOutside(destination: DestinationSettings, facts: CopyFacts): boolean {
  if (destination.kind !== "folder" || destination.synced) return true;
  const home = homeOf(destination, facts);
  return home === null || home.volumeType === REMOVABLE;
}

/** What lies in a OneDrive folder of an account that is no longer linked stays on the PC. */
function isLinked(destination: DestinationSettings, facts: CopyFacts): boolean {
  return facts.looks.find((one) => one.destination === destination.name)?.cause !== "unlinked";
}

/** Win32_EncryptableVolume.VolumeType */
const REMOVABLE = 2;

/**
 * The volume that a folder lies on: by the name of the volume; else by the mount paths of tonight, else by the
 * letter it had when last seen.
 */
function homeOf({ path, volume }: FolderSettings, facts: CopyFacts): KnownVolume | null {
  const mounted = matchVolumes(facts.seen, facts.known).flatMap(({ seen, known }) =>
    known === null ? [] : [{ ...seen, known }]
  );
  if (volume !== null) {
    const called = facts.known.filter((one) => isCalled(one, volume));
    return mounted.find((one) => isCalled(one, volume))?.known ??
      called.toSorted((a, b) => Date.parse(b.lastSeenAt) - Date.parse(a.lastSeenAt))[0] ?? null;
  }
  const shown = new Set(mounted.map((one) => one.known));
  return volumeOfPath(path, mounted)?.known ??
    volumeOfPath(path, facts.known.filter((one) => !shown.has(one)));
}

/**
 * Finds what a person should know about the copies.
 *
 * @param facts What is where.
 * @returns Findings, in the order of keys and destinations.
 */
export function copyFindings(facts: CopyFacts): readonly Finding[] {
  return [
    ...withoutCopyOutside(facts),
    ...facts.settings.destinations.flatMap((destination) => destinationFindings(destination, facts)),
    ...lostCopies(facts),
  ];
}

function withoutCopyOutside(facts: CopyFacts): readonly Finding[] {
  const lacking = facts.keys.filter((key) => !copiesOf(key, facts).some((copy) => copy.outside));
  const byVolume = Map.groupBy(lacking, (key) => volumeKey(key.volume.deviceId));
  return [...byVolume.values()].flatMap((keys) => {
    const [first] = keys;
    if (first === undefined) return [];
    const ids = keys.map((key) => keyIdParts(key.keyId).short).join(", ");
    const why = facts.settings.destinations.length === 0
      ? "No destination is set up. Name a folder that something carries off the PC, a USB stick, a share or a mail address in the settings."
      : "It is at none of the destinations outside this PC yet. Print the sheet now, and see below what keeps the copies back.";
    return [{
      code: "no-copy-outside" as const,
      severity: "danger" as const,
      volume: refOf(first.volume),
      about: null,
      text: `The recovery key of ${sayTheDrive(first.volume)} (Key ID ${ids}) has no copy outside this PC. ` +
        `If Windows asks for it, nobody can open the drive. ${why}`,
    }];
  });
}

/** Why nothing gets to a place, in short: the look that failed says more. */
const NO_WAY: Readonly<Record<NonNullable<Look["cause"]>, string>> = {
  refused: "it is not used",
  unlinked: "its account is not linked",
};

function destinationFindings(destination: DestinationSettings, facts: CopyFacts): readonly Finding[] {
  const found: Finding[] = [];
  const name = `"${destination.name}"`;
  const owed = owedReports(destination, facts.reports, facts.deliveries);
  const look = facts.looks.find((one) => one.destination === destination.name);
  const mailTrouble = facts.mailTrouble.get(destination.name) ?? null;
  const waiting = sayPending(destination, owed, look?.cause ? NO_WAY[look.cause] : mailTrouble);
  if (waiting !== null) {
    found.push({
      code: "delivery-pending",
      severity: "warning",
      volume: null,
      about: destination.name,
      text: waiting,
    });
  }

  if (destination.kind !== "mail" && look?.trouble) {
    const removable = destination.kind === "folder" && look.cause !== "refused" &&
      (destination.volume !== null || homeOf(destination, facts)?.volumeType === REMOVABLE);
    const oldest = onlyHereAndOld(destination.name, facts);
    found.push({
      code: "destination-unreachable",
      severity: oldest !== null ? "danger" : removable ? "info" : "warning",
      volume: null,
      about: destination.name,
      text: sayTrouble(look, { oldest, removable }),
    });
  } else {
    found.push(...uploadFindings(destination, owed, facts.now));
  }

  if (destination.kind === "folder" && !destination.synced) {
    const home = homeOf(destination, facts);
    const own = home === null
      ? []
      : facts.keys.filter((key) =>
        volumeKey(key.volume.deviceId) === volumeKey(home.deviceId) &&
        copiesOf(key, facts).some((copy) => copy.destination === destination.name)
      );
    const [first] = own;
    if (first !== undefined) {
      found.push({
        code: "copy-on-same-drive",
        severity: "danger",
        volume: refOf(first.volume),
        about: destination.name,
        text:
          `The copy at ${name} lies on ${sayTheDrive(first.volume)}, the very drive that this key opens. ` +
          "When the drive is locked, the copy is locked in with it. Choose a place outside this drive.",
      });
    }
  }
  return found;
}

/** @returns When the last copies of some current key were seen there, if that is too long ago and there is no better one. */
function onlyHereAndOld(destination: string, facts: CopyFacts): string | null {
  const away = new Set(facts.looks.filter((look) => look.trouble !== null).map((look) => look.destination));
  const limit = Date.parse(facts.now) - facts.settings.copyMaxAgeDays * 24 * 60 * 60 * 1000;
  const times = facts.keys.flatMap((key) => {
    const outside = copiesOf(key, facts).filter((copy) => copy.outside);
    // A copy elsewhere helps as long as it was seen in time, or a server took it.
    const others = outside.some((copy) =>
      !away.has(copy.destination) || Date.parse(copy.verifiedAt) >= limit
    );
    return others
      ? []
      : outside.filter((copy) => copy.destination === destination).map((copy) => copy.verifiedAt);
  });
  return times.sort()[0] ?? null;
}

function lostCopies(facts: CopyFacts): readonly Finding[] {
  const lost = new Map(
    facts.lost.map((entry) => [`${entry.keyId} ${entry.fingerprint}`, entry]),
  );
  return [...lost.values()].flatMap((entry) => {
    const key = { keyId: entry.keyId ?? "", fingerprint: entry.fingerprint ?? "" };
    if (entry.kind !== "key" || copiesOf(key, facts).length > 0) return [];
    const volume = facts.known.find((one) => one.deviceId === entry.deviceId);
    const drive = volume === undefined ? "a drive" : sayTheDrive(volume);
    return [{
      code: "copy-lost" as const,
      severity: "danger" as const,
      volume: volume === undefined ? null : refOf(volume),
      about: key.keyId,
      text:
        `${capital(drive)}: the last copy of the recovery key ${keyIdParts(key.keyId).short} from ${
          sayDay(entry.takenAt)
        } is gone, ` +
        "and this PC can no longer make another. Look for a printed sheet, an old mail or a backup of the destination.",
    }];
  });
}
