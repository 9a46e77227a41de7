/** PURE: what the mail says that comes when there is no news, and what it means when it stops coming. */

import { sayDay, sayList } from "../core/how_to_say.ts";
import type { Delivery } from "../core/ledger_model.ts";
import type { MailHeartbeat } from "../core/mail_model.ts";
import type { Finding } from "../core/model.ts";
import { inOffset } from "../core/offset_time.ts";
import type { CopyFacts } from "./copies.ts";
import { isThere, owedReports } from "./outbox.ts";

/** What a sign of life is made from. */
export interface HeartbeatFacts {
  /** Destinations, deliveries and looks of tonight. */
  readonly copies: CopyFacts;
  /** That stand. */
  readonly findings: readonly Finding[];
  /** What the run fell short of beside these: sentences. */
  readonly faults: readonly string[];
  /** Whether this destination never got a mail before. */
  readonly first: boolean;
  /** By how much the PC's clock is ahead of UTC. */
  readonly offsetMinutes: number;
}

/** A mail may come late by so much and still be no sign of trouble: a weekend on which the PC was off. */
const GRACE_DAYS = 3;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Words a sign of life. A date is that of the look or of the server's answer, never simply tonight's.
 *
 * @param facts Of tonight.
 * @returns A headline, and sentences.
 */
export function heartbeatOf(facts: HeartbeatFacts): MailHeartbeat {
  const loud = facts.findings.filter(({ severity }) => severity !== "info").length;
  const open = loud + facts.faults.length;
  const known = knownCopies(facts);
  return {
    title: `${facts.first ? "Spare Key watches this PC" : "Still watching"}: ${titleOf(open, known, facts)}`,
    text: [
      facts.first
        ? "From now on Spare Key tells you by mail what happens to the recovery keys of this PC."
        : "Spare Key is still watching this PC.",
      ...sentencesOf(known, facts),
      ...(open === 0 ? ["Nothing needs to be done."] : []),
      ...(loud === 0 ? [] : [`${loud === 1 ? "One thing is" : `${loud} things are`} still open, see below.`]),
      ...facts.faults.map((one) => `Not as it should be: ${/[.!?]$/.test(one) ? one : `${one}.`}`),
    ].join(" "),
  };
}

/** Copies, told apart by how far one can be sure of them. */
interface KnownCopies {
  /** Whether every place was seen to have all that it is to hold, whenever that was. */
  readonly complete: boolean;
  /** When what lies at places that could be looked at tonight was seen, oldest first. */
  readonly seen: readonly string[];
  /** Places that could not be looked at, and when what lies there was seen, longest ago. */
  readonly away: readonly { readonly name: string; readonly seen: string }[];
  /** When a server last took a mail with keys; `null` when none did. */
  readonly mailed: string | null;
  /** When a drop box last took a report; `null` when none did. */
  readonly dropped: string | null;
}

function knownCopies({ copies, offsetMinutes }: HeartbeatFacts): KnownCopies {
  const { settings, reports, deliveries, looks } = copies;
  const places = settings.destinations.map((destination) => {
    const owed = owedReports(destination, reports, deliveries);
    const rows = owed.flatMap(({ delivery }) => delivery !== null && isThere(delivery) ? [delivery] : []);
    const trouble = looks.find((look) => look.destination === destination.name)?.trouble ?? null;
    return { destination, rows, away: trouble !== null, complete: rows.length === owed.length };
  });
  const sorted = (rows: readonly Delivery[]): readonly string[] =>
    byTime(
      rows.flatMap(({ verifiedAt }) => verifiedAt === null ? [] : [inOffset(verifiedAt, offsetMinutes)]),
    );
  // What a server or a drop box took is never seen again.
  const taken = (isMail: boolean): string | null =>
    sorted(
      places.filter(({ destination }) => (destination.kind === "mail") === isMail)
        .flatMap(({ rows }) => rows.filter(({ state }) => state === "accepted")),
    ).at(-1) ?? null;
  const readable = places.map((place) => ({
    ...place,
    rows: place.rows.filter(({ state }) => state === "delivered"),
  }));
  return {
    complete: places.every(({ complete }) => complete),
    seen: sorted(readable.filter(({ away }) => !away).flatMap(({ rows }) => rows)),
    away: readable.filter(({ away }) => away).flatMap(({ destination, rows }) => {
      const [oldest] = sorted(rows);
      return oldest === undefined ? [] : [{ name: destination.name, seen: oldest }];
    }),
    mailed: taken(true),
    dropped: taken(false),
  };
}

function byTime(moments: readonly string[]): readonly string[] {
  return moments.toSorted((a, b) => Date.parse(a) - Date.parse(b));
}

function titleOf(open: number, known: KnownCopies, { copies }: HeartbeatFacts): string {
  if (open > 0) return `${open} thing${open === 1 ? " needs" : "s need"} attention`;
  const days = [...new Set([...known.seen, ...known.away.map(({ seen }) => seen)].map(sayDay))];
  const [oldest] = byTime([...known.seen, ...known.away.map(({ seen }) => seen)]);
  if (oldest !== undefined) {
    const what = known.complete ? "all copies verified" : "copies verified";
    return `${what}${days.length > 1 ? ", longest ago" : ""} on ${sayDay(oldest)}`;
  }
  if (known.mailed !== null) return `the keys went out by mail on ${sayDay(known.mailed)}`;
  if (known.dropped !== null) return `the reports went into a drop box on ${sayDay(known.dropped)}`;
  return copies.keys.length === 0 ? "there is no key to keep" : "nothing new";
}

function sentencesOf(known: KnownCopies, { copies }: HeartbeatFacts): readonly string[] {
  const { seen, away, mailed, dropped, complete } = known;
  const sentences: string[] = [];
  const [oldest] = seen;
  if (oldest !== undefined) {
    const all = complete && away.length === 0;
    const what = !all
      ? "The copies at the places that could be looked at"
      : mailed === null && dropped === null
      ? "All copies"
      : "All copies that can be looked at";
    const newest = seen.at(-1) ?? oldest;
    sentences.push(
      sayDay(oldest) === sayDay(newest)
        ? `${what} were verified on ${sayDay(oldest)}.`
        : `${what} were verified, the one seen longest ago on ${sayDay(oldest)}.`,
    );
  }
  if (away.length > 0) {
    const names = sayList(
      away.map(({ name, seen: last }) => `"${name}" (last seen there on ${sayDay(last)})`),
    );
    sentences.push(`Tonight nobody could look at the copies at ${names}.`);
  }
  if (mailed !== null) {
    sentences.push(
      `A mailbox cannot be looked into: the server took the last mail with keys on ${
        sayDay(mailed)
      }; keep it.`,
    );
  }
  if (dropped !== null) {
    sentences.push(`A drop box cannot be looked into: it took the last report on ${sayDay(dropped)}.`);
  }
  if (sentences.length === 0 && copies.keys.length === 0) {
    sentences.push("No drive of it has a recovery key now, so there is nothing to copy.");
  }
  return sentences;
}

/**
 * Says from which day on silence means that something is wrong.
 *
 * @param now Of this mail, ISO 8601.
 * @param options After how many days without a mail a sign of life is due; how far the PC's clock is ahead of UTC.
 * @returns Sentences; `null` where signs of life are switched off, so that silence says nothing.
 */
export function silenceNote(
  now: string,
  { heartbeatDays, offsetMinutes }: { readonly heartbeatDays: number; readonly offsetMinutes: number },
): string | null {
  if (heartbeatDays <= 0) return null;
  const until = new Date(Date.parse(now) + (heartbeatDays + GRACE_DAYS) * DAY_MS).toISOString();
  const often = heartbeatDays === 1 ? "every day" : `at least every ${heartbeatDays} days`;
  return `Also when all is well, a mail comes from this PC ${often} while it is in use. If no further mail has ` +
    `come by ${sayDay(inOffset(until, offsetMinutes))}, the PC is silent, and nobody watches its keys. Ask ` +
    'whether it was in use. If it was, look at it: "spare-key status" says when the last good run was, and why ' +
    "later ones were not.";
}
