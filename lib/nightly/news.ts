/** PURE: what of a night is worth telling, and to whom it is still owed. */

import { conversionPhase } from "../core/diff.ts";
import type { DestinationState, KnownVolume, News, StandingFinding } from "../core/ledger_model.ts";
import type { Change, Finding, Severity, VolumeRef } from "../core/model.ts";
import { volumeKey } from "../core/parse_snapshot.ts";
import { isReplaced } from "../core/replaced_volume.ts";
import { sayHeadline, type Topic } from "../core/say_headline.ts";
import type { Settings } from "../core/settings.ts";

/** Kind of the items of news that are no change of the PC but runs that did not come to their end. */
export const CUT_OFF_NEWS = "run-cut-off";

/** When and in which run something was noticed. */
export interface NewsContext {
  /** The run that noticed. */
  readonly runId: string;
  /** `takenAt` of the snapshot. */
  readonly at: string;
  /** Highest id given so far. */
  readonly lastId: number;
  /** What is worth a mail. */
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
    about: null,
    title: sayHeadline(topicOf(change, changes, volumes), change.volume),
    text: change.text,
    tell: context.notify.changes && isWorthTelling(change, volumes) && !isPartOfMore(change, changes),
  }));
}

/** What a headline says more exactly than the kind of the change. */
function topicOf(change: Change, all: readonly Change[], volumes: readonly KnownVolume[]): Topic {
  if (change.kind === "volume-missing") {
    const volume = volumes.find((one) => sameVolume(one, change.volume));
    return volume !== undefined && isReplaced(volume, volumes) ? "volume-replaced" : change.kind;
  }
  if (change.kind !== "key-added") return change.kind;
  if (change.replaces !== undefined) return "key-replaced";
  return all.some((one) => one.kind === "volume-found" && sameVolume(one.volume, change.volume))
    ? "key-saved"
    : change.kind;
}

/** Turning BitLocker on adds protectors: the encryption is the news. */
function isPartOfMore(change: Change, all: readonly Change[]): boolean {
  return change.kind === "protector-added" &&
    all.some((one) =>
      (one.kind === "encryption-started" || one.kind === "encryption-finished") &&
      sameVolume(one.volume, change.volume)
    );
}

function sameVolume(one: VolumeRef | null, other: VolumeRef | null): boolean {
  return one !== null && other !== null && volumeKey(one.deviceId) === volumeKey(other.deviceId);
}

function severityOf(change: Change): Severity {
  const warnings: readonly Change["kind"][] = [
    "key-altered",
    "key-removed",
    "protection-off",
    "decryption-started",
    "decrypted",
  ];
  return warnings.includes(change.kind) || change.replaces !== undefined ? "warning" : "info";
}

function isWorthTelling(change: Change, volumes: readonly KnownVolume[]): boolean {
  switch (change.kind) {
    case "volume-found":
    case "volume-missing":
    case "volume-back":
    case "drive-letter-changed": {
      const volume = volumes.find((one) => sameVolume(one, change.volume));
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

/** A finding that says no more than a change told in the same mail. */
const SAID_BY: Readonly<Partial<Record<Finding["code"], Change["kind"]>>> = {
  "suspended": "protection-off",
  "encryption-in-progress": "encryption-started",
  "decryption-in-progress": "decryption-started",
  "not-encrypted": "decrypted",
};

/** Findings compared with those of the last night. */
export interface FindingNews {
  /** What stands now, sorted by key. */
  readonly standing: readonly StandingFinding[];
  /** Items worth a mail, with ids from `lastId` on. */
  readonly news: readonly News[];
}

/**
 * Turns findings into news: worth a mail from the set level on, when new, or when told a week ago and still so.
 *
 * @param findings Of tonight.
 * @param before Those that stood last night.
 * @param context Run, time, last id, and the changes told in the same run.
 * @returns What stands now, and the news.
 */
export function findingNews(
  findings: readonly Finding[],
  before: readonly StandingFinding[],
  context: NewsContext & { readonly told: readonly News[] },
): FindingNews {
  const old = new Map(before.map((one) => [one.key, one]));
  const news: News[] = [];
  const standing = new Map<string, StandingFinding>();
  for (const finding of findings) {
    const key = findingKey(finding);
    const known = old.get(key);
    const loud = RANK[finding.severity] >= RANK[context.notify.findings];
    const due = known?.toldAt === undefined || known.toldAt === null ||
      Math.abs(Date.parse(context.at) - Date.parse(known.toldAt)) >= REMIND_MS;
    const isNew = loud && due && !standing.has(key);
    const said = isNew &&
      context.told.some((one) =>
        one.tell && one.kind === SAID_BY[finding.code] && sameVolume(one.volume, finding.volume)
      );
    const tell = isNew && !said;
    standing.set(key, {
      key,
      since: known?.since ?? sinceMilder(finding, old) ?? context.at,
      toldAt: isNew ? context.at : standing.get(key)?.toldAt ?? known?.toldAt ?? null,
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
      about: finding.about,
      title: sayHeadline(finding.code, finding.volume),
      text: finding.text,
      tell: true,
    });
  }
  return { standing: [...standing.values()].sort((a, b) => (a.key < b.key ? -1 : 1)), news };
}

/** A finding that got worse, or better, has stood since it first came. */
function sinceMilder(finding: Finding, old: ReadonlyMap<string, StandingFinding>): string | null {
  const others = (["info", "warning", "danger"] as const).map((severity) =>
    old.get(findingKey({ ...finding, severity }))
  );
  return others.find((one) => one !== undefined)?.since ?? null;
}

/**
 * Names a finding, the same every night.
 *
 * @param finding Any.
 * @returns Code, severity, volume and what it is about: one that got worse is news.
 */
export function findingKey(finding: Finding): string {
  return JSON.stringify([
    finding.code,
    finding.severity,
    finding.volume === null ? null : volumeKey(finding.volume.deviceId),
    finding.about,
  ]);
}

/**
 * Picks changes that no run has told so far: those of this run's first start, and of runs that were killed since
 * the last one that ended. Counted, not dated: the clock of a PC may be set back in between.
 *
 * @param items Pending, or of the history.
 * @param view How far the news went when the last run ended.
 * @returns Without those of this start.
 */
export function openChanges(
  items: readonly News[],
  { endedNewsId }: { readonly endedNewsId: number },
): readonly News[] {
  return items.filter((one) => one.topic === "change" && one.id > endedNewsId);
}

/** Whoever reads a mail need not be told that it comes late; and the retry is to keep its Message-ID. */
function isOwnDelay(item: News, state: DestinationState): boolean {
  return item.kind === "delivery-pending" && item.about === state.name;
}

/**
 * Lists what a mail destination has not been told.
 *
 * @param state Of the destination.
 * @param news Pending items of earlier nights and those of tonight, oldest first.
 * @returns Items worth a mail.
 */
export function untold(state: DestinationState, news: readonly News[]): readonly News[] {
  return news.filter((item) => item.tell && item.id > (state.toldUpTo ?? 0) && !isOwnDelay(item, state));
}
