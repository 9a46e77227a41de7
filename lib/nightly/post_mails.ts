/** Writes the mails that are due and hands them to the server; loaded only on a night with news. */

import type { Delivery, DestinationState, Finding, ReportEntry, ReportKey } from "../core/model.ts";
import type { MailModel } from "../core/mail_model.ts";
import { parseReportText } from "../core/parse_report.ts";
import { isValidRecoveryPassword } from "../core/recovery_password.ts";
import { renderMail } from "../core/render_mail.ts";
import { messageOf } from "../errors.ts";
import type { Attachment, Mail, MailReceipt } from "../ports.ts";
import type { CopyFacts } from "./copies.ts";
import type { Delivered } from "./deliver_reports.ts";
import { accept, type DueMail, heartbeatText, mailIds, mailVolumes } from "./mail_plan.ts";
import { archivedBytes } from "./make_reports.ts";
import type { MailOutcome, Night, NightPorts } from "./night.ts";
import { startTimeLimit } from "./time_limit.ts";

/** What the mails are written from. */
export interface PostContext {
  readonly night: Night;
  readonly delivered: Delivered;
  /** Copies as they are once the mails are taken. */
  readonly facts: CopyFacts;
  readonly findings: readonly Finding[];
}

/** What became of the mails. */
export interface Posted {
  readonly mails: readonly MailOutcome[];
  readonly deliveries: readonly Delivery[];
  readonly states: readonly DestinationState[];
}

/**
 * Posts. Each acceptance is recorded before the next mail.
 *
 * @param due Mails of the plan.
 * @param context What they are written from.
 * @param ports Templates, archive, server, ledger.
 * @returns Deliveries and states with the server's answers.
 */
export async function postMails(
  due: readonly DueMail[],
  context: PostContext,
  ports: NightPorts,
): Promise<Posted> {
  const mails: MailOutcome[] = [];
  let { deliveries, states } = context.delivered;
  for (const mail of due) {
    const limit = startTimeLimit(context.night.input.settings.limits.mailSeconds);
    try {
      if (ports.mailer === null) throw new Error("no mail server is set up");
      const receipt = await limit.wait(ports.mailer.send(await write(mail, context, ports)));
      mails.push({ destination: mail.settings.name, accepted: true, trouble: refusals(receipt) });
      deliveries = accept(deliveries, mail, context.night.now);
      const state = told(mail, context.night.now);
      const rows = deliveries.filter((row) => row.destination === mail.settings.name);
      await ports.ledger.save({ deliveries: rows, destinations: [state] });
      states = states.map((one) => one.name === state.name ? state : one);
    } catch (error) {
      mails.push({ destination: mail.settings.name, accepted: false, trouble: messageOf(error) });
    }
  }
  return { mails, deliveries, states };
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

async function write(mail: DueMail, context: PostContext, ports: NightPorts): Promise<Mail> {
  const { night } = context;
  const attachments: Attachment[] = [];
  const plainKeys: ReportKey[] = [];
  for (const entry of mail.reports) {
    const bytes = await archivedBytes(entry, ports);
    if (bytes === null) throw new Error(`the archive no longer holds "${entry.name}"`);
    attachments.push({ name: entry.name, type: typeOf(entry), bytes });
    const key = entry.kind === "key" && entry.rendition === "plain" ? plainKey(bytes, entry, night) : null;
    if (key !== null) plainKeys.push(key);
  }
  const model: MailModel = {
    host: night.input.snapshot.host.name,
    takenAt: night.input.snapshot.takenAt,
    language: "en",
    heartbeat: mail.heartbeat,
    news: mail.heartbeat
      ? [{
        at: night.now,
        severity: "info",
        kind: "heartbeat",
        volume: null,
        keyId: null,
        text: heartbeatText(context.findings, night.now),
      }]
      : mail.news,
    findings: context.findings,
    volumes: mailVolumes(night, context.facts),
    attachments: attachments.map((one) => one.name),
    keys: mail.settings.keys,
    plainKeys: mail.settings.keys === "plain" ? plainKeys : [],
  };
  const rendered = renderMail(model, await ports.templates.load());
  return {
    ...await mailIds(mail, night.machineId, night.now),
    to: mail.settings.to,
    ...rendered,
    date: new Date(night.now),
    attachments,
  };
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
