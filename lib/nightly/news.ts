/** PURE: what of a night is worth telling, and to whom it is still owed. */

import { conversionPhase } from "../core/diff.ts";
import type {
  Change,
  DestinationState,
  Finding,
  KnownVolume,
  News,
  Severity,
  StandingFinding,
} from "../core/model.ts";
import { volumeKey } from "../core/parse_snapshot.ts";
import type { Settings } from "../core/settings.ts";

/** When and in which run something was noticed. */
export interface NewsContext {
  readonly runId: string;
  /** `takenAt` of the snapshot. */
  readonly at: string;
  /** Highest id given so far. */
  readonly lastId: number;
  readonly notify: Settings["notify"];
}

/**
 * Turns changes into news. All go into the history; worth a mail are those of keys, of protection and of
 * encrypted volumes.
 *
 * @param changes Of tonight.
 * @param volumes As known now and before.
 * @param context Run, time, last id.
 * @returns One item a change.
 */
export function changeNews(
  changes: readonly Change[],
  volumes: readonly KnownVolume[],
  context: NewsContext,
): readonly News[] {
  return changes.map((change, index) => ({
    id: context.lastId + index + 1,
    at: context.at,
    runId: context.runId,
    topic: "change",
    kind: change.kind,
    severity: severityOf(change),
    volume: change.volume,
    keyId: change.keyId,
    text: change.text,
    tell: context.notify.changes && isWorthTelling(change, volumes),
  }));
}

function severityOf(change: Change): Severity {
  const warnings: readonly Change["kind"][] = [
    "key-altered",
    "key-removed",
    "protection-off",
    "decryption-started",
    "decrypted",
  ];
  return warnings.includes(change.kind) ? "warning" : "info";
}

function isWorthTelling(change: Change, volumes: readonly KnownVolume[]): boolean {
  switch (change.kind) {
    case "volume-found":
    case "volume-missing":
    case "volume-back":
    case "drive-letter-changed": {
      const key = volumeKey(change.volume?.deviceId ?? "");
      const volume = volumes.find((one) => volumeKey(one.deviceId) === key);
      const phase = conversionPhase(volume?.conversionStatus ?? null);
      return phase === null
        ? (volume?.protectors.length ?? 0) > 0 || volume?.lockStatus === 1
        : phase !== "decrypted";
    }
    default:
      return true;
  }
}

/** A finding that stands is told again after this long. */
const REMIND_MS = 7 * 24 * 60 * 60 * 1000;

const RANK: Readonly<Record<Severity | "none", number>> = { info: 0, warning: 1, danger: 2, none: 3 };

/** Findings compared with those of the last night. */
export interface FindingNews {
  readonly standing: readonly StandingFinding[];
  readonly news: readonly News[];
}

/**
 * Turns findings into news: worth a mail from the set level on, when new, or when told a week ago and still so.
 *
 * @param findings Of tonight.
 * @param before Those that stood last night.
 * @param context Run, time, last id.
 * @returns What stands now, and the news.
 */
export function findingNews(
  findings: readonly Finding[],
  before: readonly StandingFinding[],
  context: NewsContext,
): FindingNews {
  const old = new Map(before.map((one) => [one.key, one]));
  const news: News[] = [];
  const standing = new Map<string, StandingFinding>();
  for (const finding of findings) {
    const key = findingKey(finding);
    const known = old.get(key);
    const loud = RANK[finding.severity] >= RANK[context.notify.findings];
    const due = known?.toldAt === undefined || known.toldAt === null ||
      Date.parse(context.at) - Date.parse(known.toldAt) >= REMIND_MS;
    const tell = loud && due && !standing.has(key);
    standing.set(key, {
      key,
      since: known?.since ?? context.at,
      toldAt: tell ? context.at : standing.get(key)?.toldAt ?? known?.toldAt ?? null,
    });
    if (!tell) continue;
    news.push({
      id: context.lastId + news.length + 1,
      at: context.at,
      runId: context.runId,
      topic: "finding",
      kind: finding.code,
      severity: finding.severity,
      volume: finding.volume,
      keyId: null,
      text: finding.text,
      tell: true,
    });
  }
  return { standing: [...standing.values()].sort((a, b) => (a.key < b.key ? -1 : 1)), news };
}

/**
 * Names a finding, the same every night.
 *
 * @param finding Any.
 * @returns Code, volume and what it is about.
 */
export function findingKey(finding: Finding): string {
  return JSON.stringify([
    finding.code,
    finding.volume === null ? null : volumeKey(finding.volume.deviceId),
    finding.about,
  ]);
}

/**
 * Lists what a mail destination has not been told.
 *
 * @param state Of the destination.
 * @param news Pending items of earlier nights and those of tonight, oldest first.
 * @returns Items worth a mail.
 */
export function untold(state: DestinationState, news: readonly News[]): readonly News[] {
  return news.filter((item) => item.tell && item.id > (state.toldUpTo ?? 0));
}
