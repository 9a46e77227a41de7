/** PURE: which mails are due tonight, and what each tells. */

import type { Delivery, DestinationState, News, ReportEntry } from "../core/ledger_model.ts";
import { sha256OfText } from "../core/sha256.ts";
import type { MailSettings, Settings } from "../core/settings.ts";
import type { CopyFacts } from "./copies.ts";
import { isThere, mayHold, newDelivery, owedReports } from "./outbox.ts";
import { untold } from "./news.ts";

/** A mail that is due. */
export interface DueMail {
  /** To whom, and whether with keys. */
  readonly settings: MailSettings;
  /** What was told there before. */
  readonly state: DestinationState;
  /** Empty when only keys are owed, or for a heartbeat. */
  readonly news: readonly News[];
  /** Reports that go with it. */
  readonly reports: readonly ReportEntry[];
  /** Whether it only says that somebody still watches: no news, no reports. */
  readonly heartbeat: boolean;
}

/** A server takes this many mails a day from one PC; the rest waits for the nightly one. */
const MOST_A_DAY = 4;

const DAY_MS = 24 * 60 * 60 * 1000;

/** How mails are decided on. */
export interface MailFacts {
  /** Destinations, and after how many days a heartbeat is due. */
  readonly settings: Settings;
  /** One a destination of the settings, in their order. */
  readonly states: readonly DestinationState[];
  /** All news that is not yet told everywhere, tonight's last. */
  readonly news: readonly News[];
  /** All of the ledger, tonight's among them. */
  readonly reports: readonly ReportEntry[];
  /** All, those of mails among them. */
  readonly deliveries: CopyFacts["deliveries"];
  /** ISO 8601. */
  readonly now: string;
  /** How far the PC's clock is ahead of UTC, in minutes: its day ends at its own midnight. @default {0} */
  readonly offsetMinutes?: number;
}

/**
 * Decides which mails are due: one a destination with news or keys that it was not sent yet, at most four a
 * day; a sign of life where there was no mail for `heartbeatDays`, or never one.
 *
 * @param facts What is pending.
 * @returns Mails, in the order of the settings.
 */
export function dueMails(facts: MailFacts): readonly DueMail[] {
  return facts.settings.destinations.flatMap((settings, index) => {
    const state = facts.states[index];
    if (settings.kind !== "mail" || state === undefined) return [];
    // A clock that was set back must neither silence a PC nor, going to and fro, let it flood.
    const age = (time: string): number => Math.abs(Date.parse(facts.now) - Date.parse(time));
    const today = state.mailTimes.filter((time) => dayOf(time, facts) === dayOf(facts.now, facts));
    if (today.length >= MOST_A_DAY) return [];
    const news = untold(state, facts.news);
    const reports = owedReports(settings, facts.reports, facts.deliveries)
      .filter((one) => !isThere(one.delivery) && mayHold(settings, one.entry)).map((one) => one.entry);
    const { heartbeatDays } = facts.settings.notify;
    // Whoever never got a mail would not notice that none comes any more: the first one comes at once.
    const silent = heartbeatDays > 0 && state.mailTimes.every((time) => age(time) >= heartbeatDays * DAY_MS);
    if (news.length === 0 && reports.length === 0 && !silent) return [];
    return [{ settings, state, news, reports, heartbeat: news.length === 0 && reports.length === 0 }];
  });
}

function dayOf(time: string, { offsetMinutes = 0 }: MailFacts): string {
  return new Date(Date.parse(time) + offsetMinutes * 60_000).toISOString().slice(0, 10);
}

/**
 * Makes the Message-ID from machine, destination and what is told: a retry that adds nothing keeps it, and news
 * never hides behind an old one.
 *
 * @param mail Due.
 * @param machineId This PC.
 * @returns Message-ID and the ID of the PC's thread, without angle brackets.
 */
export async function mailIds(
  mail: DueMail,
  machineId: string,
): Promise<{ readonly messageId: string; readonly threadId: string }> {
  const told = [
    // Numbers begin anew with a new ledger.
    mail.news.map((item) => [item.id, item.at]),
    mail.reports.map((entry) => entry.id),
    // A sign of life is the one that follows the last mail, however often it has to be tried.
    mail.heartbeat ? mail.state.mailTimes.at(-1) ?? "first" : null,
  ];
  const message = await sha256OfText(
    JSON.stringify([machineId, mail.settings.name, mail.state.identity, told]),
  );
  return { messageId: `${message.slice(0, 32)}@spare-key.invalid`, threadId: await threadIdOf(machineId) };
}

/**
 * Makes the ID of the thread that all mails of a PC belong to.
 *
 * @param machineId The PC.
 * @returns Without angle brackets.
 */
export async function threadIdOf(machineId: string): Promise<string> {
  const thread = await sha256OfText(JSON.stringify([machineId, "thread"]));
  return `${thread.slice(0, 32)}@spare-key.invalid`;
}

/**
 * Marks what a mail carried as accepted.
 *
 * @param rows All deliveries.
 * @param mail Taken by the server.
 * @param now ISO 8601.
 * @returns All deliveries.
 */
export function accept(rows: readonly Delivery[], mail: DueMail, now: string): readonly Delivery[] {
  const carried = new Set(mail.reports.map((entry) => entry.id));
  const isOurs = (row: Delivery): boolean =>
    row.destination === mail.settings.name && carried.has(row.report);
  const old = new Map(rows.filter(isOurs).map((row) => [row.report, row]));
  return [
    ...rows.filter((row) => !isOurs(row)),
    ...mail.reports.map((entry): Delivery => {
      const row = old.get(entry.id) ?? newDelivery(mail.settings.name, entry.id);
      return {
        ...row,
        state: "accepted",
        name: entry.name,
        attempts: row.attempts + 1,
        deliveredAt: now,
        verifiedAt: now,
        error: null,
      };
    }),
  ];
}
