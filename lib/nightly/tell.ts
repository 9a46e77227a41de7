/** The third step of a night: findings, and the mails about them. */

import type { Delivery, DestinationState, News, StandingFinding } from "../core/ledger_model.ts";
import type { Finding } from "../core/model.ts";
import type { JoinHint } from "../core/join_hints.ts";
import { hostFindings } from "../core/host_findings.ts";
import { offsetMinutesOf } from "../core/offset_time.ts";
import { volumeFindings } from "../core/volume_findings.ts";
import { type CopyFacts, copyFindings } from "./copies.ts";
import type { Delivered } from "./deliver_reports.ts";
import { ledgerFindings } from "./ledger_findings.ts";
import { accept, dueMails } from "./mail_plan.ts";
import { findingNews } from "./news.ts";
import { knowledgeOf, type MailOutcome, type Night, type StepPorts } from "./night.ts";
import { alteredRows } from "./outbox.ts";

/** The night after the mails. */
export interface Told {
  /** What stands now, mails taken or refused. */
  readonly findings: readonly Finding[];
  /** The same for the ledger, with when each was told. */
  readonly standing: readonly StandingFinding[];
  /** All, those of tonight's mails among them. */
  readonly deliveries: readonly Delivery[];
  /** One a destination of the settings, in their order. */
  readonly states: readonly DestinationState[];
  /** One a mail that was due; empty on a night without. */
  readonly mails: readonly MailOutcome[];
  /** News that is not in the ledger yet. */
  readonly unsavedNews: readonly News[];
}

/**
 * Tells.
 *
 * @param night After the comparison.
 * @param delivered After the deliveries.
 * @param ports The world; `waiting` when the second start of this run gives the verdict and writes the mail.
 * @returns Findings as they stand after the mails.
 */
export async function tell(
  night: Night,
  delivered: Delivered,
  ports: StepPorts & { readonly waiting: boolean },
): Promise<Told> {
  const { settings } = night.input;
  const standing = [
    ...hostFindings(night.input.snapshot, night.volumes),
    ...volumeFindings(night.input.snapshot, night.volumes),
    ...ledgerFindings(night.view.damage, delivered.unreadable),
  ];
  const factsWith = (
    deliveries: readonly Delivery[],
    mailTrouble: CopyFacts["mailTrouble"],
  ): CopyFacts => ({
    settings,
    seen: night.input.snapshot.volumes,
    known: night.volumes,
    keys: night.keys,
    reports: delivered.reports,
    deliveries,
    looks: delivered.looks,
    lost: delivered.lost,
    mailTrouble,
    now: night.now,
  });
  const copies = (facts: CopyFacts): readonly Finding[] => withHints(copyFindings(facts), night.hints);
  const context = {
    runId: night.input.runId,
    at: night.input.snapshot.takenAt,
    lastId: night.view.lastNewsId + night.changeNews.length,
    notify: settings.notify,
    told: [...night.openChanges, ...night.changeNews],
  };
  const mailFacts = {
    settings,
    states: delivered.states,
    reports: delivered.reports,
    deliveries: delivered.deliveries,
    now: night.now,
    offsetMinutes: offsetMinutesOf(night.input.snapshot.takenAt),
  };

  // Findings are worded for a reader of the mail: for him, the mail was taken. Which mails carry keys is
  // decided by what is owed, before the findings are known.
  const carrying = dueMails({ ...mailFacts, news: [] });
  const outlook = carrying.reduce((rows, mail) => accept(rows, mail, night.now), delivered.deliveries);
  const expected = factsWith(outlook, new Map());
  const findings = [...standing, ...copies(expected)];
  const first = findingNews(findings, night.view.findings, context);
  const news = [...night.view.news, ...night.changeNews, ...first.news];

  const due = ports.waiting ? [] : dueMails({ ...mailFacts, news });
  if (due.length === 0) {
    return {
      findings: ports.waiting
        ? [...standing, ...copies(factsWith(delivered.deliveries, new Map()))]
        : findings,
      standing: ports.waiting ? night.view.findings : first.standing,
      deliveries: delivered.deliveries,
      states: delivered.states,
      mails: [],
      unsavedNews: ports.waiting ? [] : first.news,
    };
  }

  // News is recorded before it is told, so that a refused mail is made up for.
  await ports.ledger.save({
    ...knowledgeOf(night),
    reports: delivered.altered,
    deliveries: alteredRows(delivered.deliveries, night.deliveries),
    destinations: delivered.states,
    findings: first.standing,
    news: first.news,
  });
  const { postMails } = await import("./post_mails.ts");
  const posted = await postMails(
    due,
    { night, delivered, facts: expected, findings },
    ports,
  );
  const final = [
    ...standing,
    ...copies(
      factsWith(
        posted.deliveries,
        new Map(
          posted.mails.flatMap(({ destination, trouble, hint, accepted }) =>
            trouble === null ? [] : [[destination, { reason: trouble, hint: hint ?? null, taken: accepted }]]
          ),
        ),
      ),
    ),
  ];
  const last = findingNews(final, first.standing, { ...context, lastId: context.lastId + first.news.length });
  return {
    findings: final,
    standing: last.standing,
    deliveries: posted.deliveries,
    states: posted.states,
    mails: posted.mails,
    unsavedNews: last.news,
  };
}

/** What cannot work is said with what did not. */
function withHints(findings: readonly Finding[], hints: readonly JoinHint[]): readonly Finding[] {
  return findings.map((one) => {
    const hint = one.code === "destination-unreachable" || one.code === "delivery-pending"
      ? hints.find(({ destination }) => destination === one.about)
      : undefined;
    return hint === undefined ? one : { ...one, text: `${one.text} ${hint.text}` };
  });
}
