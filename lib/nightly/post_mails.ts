/** Writes the mails that are due and hands them to the server; loaded only on a night with news. */

import type { Delivery, DestinationState, ReportEntry } from "../core/ledger_model.ts";
import type { Finding, ReportKey } from "../core/model.ts";
import type { MailModel } from "../core/mail_model.ts";
import { parseReportText } from "../core/parse_report.ts";
import { isValidRecoveryPassword } from "../core/recovery_password.ts";
import { offsetMinutesOf } from "../core/offset_time.ts";
import { renderMail } from "../core/render_mail.ts";
import { messageOf, UserError } from "../errors.ts";
import type { Attachment, Mail, MailReceipt } from "../core/mail.ts";
import type { CopyFacts } from "./copies.ts";
import type { Delivered } from "./deliver_reports.ts";
import { heartbeatOf, silenceNote } from "./heartbeat.ts";
import { accept, type DueMail, mailIds } from "./mail_plan.ts";
import { mailAccounts, mailVolumes } from "./mail_volumes.ts";
import { archivedBytes } from "./make_reports.ts";
import type { MailOutcome, Night, StepPorts } from "./night.ts";
import { owedRows } from "./outbox.ts";
import { startTimeLimit } from "./time_limit.ts";
import { shortfallsOf } from "./verdict.ts";

/** What the mails are written from. */
export interface PostContext {
  /** After the comparison. */
  readonly night: Night;
  /** Reports and deliveries to places for files. */
  readonly delivered: Delivered;
  /** Copies as they are once the mails are taken. */
  readonly facts: CopyFacts;
  /** As they stand once the mails are taken. */
  readonly findings: readonly Finding[];
}

/** What became of the mails. */
export interface Posted {
  /** One a mail that was due. */
  readonly mails: readonly MailOutcome[];
  /** All, those of accepted mails among them. */
  readonly deliveries: readonly Delivery[];
  /** One a destination of the settings, in their order. */
  readonly states: readonly DestinationState[];
}

/**
 * Posts, side by side. Each acceptance is recorded at once.
 *
 * @param due Mails of the plan.
 * @param context What they are written from.
 * @param ports Templates, archive, server, ledger.
 * @returns Deliveries and states with the server's answers.
 */
export async function postMails(
  due: readonly DueMail[],
  context: PostContext,
  ports: StepPorts,
): Promise<Posted> {
  const { now } = context.night;
  const posted = await Promise.all(due.map(async (mail): Promise<readonly [DueMail, MailOutcome]> => {
    const destination = mail.settings.name;
    const limit = startTimeLimit(context.night.input.settings.limits.mailSeconds);
    let sent = mail;
    let trouble: string | null;
    try {
      if (ports.mailer === null) throw new Error("no mail server is set up");
      const written = await write(mail, context, ports);
      sent = { ...mail, reports: written.reports };
      trouble = refusals(await limit.wait(ports.mailer.send(written.mail)));
    } catch (error) {
      const hint = error instanceof UserError ? error.hint : null;
      return [mail, { destination, accepted: false, trouble: messageOf(error), hint }];
    }
    // What cannot be recorded ends the night: the next one sends the same mail again.
    await ports.ledger.save({ deliveries: accept([], sent, now), destinations: [told(mail, now)] });
    return [sent, { destination, accepted: true, trouble }];
  }));
  const accepted = posted.filter(([, outcome]) => outcome.accepted).map(([mail]) => mail);
  return {
    mails: posted.map(([, outcome]) => outcome),
    deliveries: accepted.reduce((rows, mail) => accept(rows, mail, now), context.delivered.deliveries),
    states: context.delivered.states.map((state) => {
      const mail = accepted.find((one) => one.state.name === state.name);
      return mail === undefined ? state : told(mail, now);
    }),
  };
}

function refusals(receipt: MailReceipt): string | null {
  return receipt.rejected.length === 0
    ? null
    : receipt.rejected.map((one) => `${one.address} was refused: ${one.answer}`).join("; ");
}

function told(mail: DueMail, now: string): DestinationState {
  const last = mail.news.at(-1)?.id ?? mail.state.toldUpTo;
  return {
    ...mail.state,
    toldUpTo: last,
    reachedAt: now,
    mailTimes: [...mail.state.mailTimes, now].slice(-4),
  };
}

/** A mail, and the reports that really go with it. */
interface Written {
  readonly mail: Mail;
  readonly reports: readonly ReportEntry[];
}

async function write(mail: DueMail, context: PostContext, ports: StepPorts): Promise<Written> {
  const { night } = context;
  const attachments: Attachment[] = [];
  const plainKeys: ReportKey[] = [];
  const reports: ReportEntry[] = [];
  for (const entry of mail.reports) {
    const bytes = await archivedBytes(entry, ports);
    if (bytes === null) continue; // lost: it stays pending, and the news goes out all the same
    reports.push(entry);
    attachments.push({ name: entry.name, type: typeOf(entry), bytes });
    const key = entry.kind === "key" && entry.rendition === "plain" ? plainKey(bytes, entry, night) : null;
    if (key !== null) plainKeys.push(key);
  }
  const offsetMinutes = offsetMinutesOf(night.input.snapshot.takenAt);
  const model: MailModel = {
    host: night.input.snapshot.host.name,
    takenAt: night.input.snapshot.takenAt,
    language: "en",
    heartbeat: mail.heartbeat
      ? heartbeatOf({
        copies: context.facts,
        findings: context.findings,
        faults: faultsOf(context, ports),
        first: mail.state.mailTimes.length === 0,
        offsetMinutes,
      })
      : null,
    news: mail.news,
    findings: context.findings.filter((one) => one.severity !== "info"),
    volumes: mailVolumes(night, context.facts),
    accounts: mailAccounts(night),
    silence: silenceNote(night.now, { ...night.input.settings.notify, offsetMinutes }),
    attachments: attachments.map((one) => one.name),
    keys: mail.settings.keys,
    plainKeys: mail.settings.keys === "plain" ? plainKeys : [],
  };
  if (mail.news.length === 0 && reports.length === 0 && !mail.heartbeat) {
    throw new Error("the archive no longer holds the reports that are owed");
  }
  const rendered = await ports.pages.render((templates) => renderMail(model, templates));
  const ids = await mailIds({ ...mail, reports }, night.machineId);
  return {
    mail: { ...ids, to: mail.settings.to, ...rendered, date: new Date(night.now), attachments },
    reports,
  };
}

/** No finding tells of them: values of the policy that were not used, templates, files that could not be verified. */
function faultsOf({ night, facts, findings }: PostContext, ports: StepPorts): readonly string[] {
  const { settings } = night.input;
  const told = new Set(findings.map(({ text }) => text));
  return shortfallsOf({
    input: night.input,
    findings,
    deliveries: owedRows(settings.destinations, facts.reports, facts.deliveries),
    templateProblems: ports.pages.problems(),
  }).filter((one) => !told.has(one));
}

function typeOf(entry: ReportEntry): string {
  if (entry.rendition === "sealed") return "application/octet-stream";
  return entry.kind === "sheet" ? "text/html; charset=utf-8" : "text/plain; charset=utf-16le";
}

function plainKey(bytes: Uint8Array, entry: ReportEntry, night: Night): ReportKey | null {
  const parsed = parseReportText(bytes);
  if (parsed === null) return null;
  const volume = night.volumes.find((one) => one.deviceId === entry.deviceId);
  return {
    keyId: parsed.keyId,
    recoveryPassword: parsed.recoveryPassword,
    valid: isValidRecoveryPassword(parsed.recoveryPassword),
    current: night.keys.some((key) => key.fingerprint === entry.fingerprint),
    volume: {
      deviceId: entry.deviceId ?? "",
      drive: parsed.drive,
      label: parsed.label,
      volumeType: volume?.volumeType ?? null,
      sizeBytes: volume?.sizeBytes ?? null,
    },
  };
}
