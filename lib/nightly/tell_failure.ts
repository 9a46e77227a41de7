/**
 * A run that failed before it could tell anything: remembers it for `status`, and mails where mail still works.
 * Loaded only then.
 */

import {
  addFailure,
  endFailures,
  type FailedRun,
  type FailedRunsFile,
  type Failure,
  isDue,
  markTold,
  parseFailedRuns,
  renderFailedRuns,
} from "../core/failed_runs.ts";
import type { Mail } from "../core/mail.ts";
import type { MailModel } from "../core/mail_model.ts";
import { renderMail } from "../core/render_mail.ts";
import { failureText, failureTitle } from "../core/say_failure.ts";
import { sayReason } from "../core/say_reason.ts";
import type { MailSettings, Settings } from "../core/settings.ts";
import { sha256OfText } from "../core/sha256.ts";
import { messageOf, UserError } from "../errors.ts";
import type { Mailer, TemplateStore } from "../ports.ts";
import { threadIdOf } from "./mail_plan.ts";
import { startTimeLimit } from "./time_limit.ts";

/** What is known of a run that failed. */
export interface FailedNight {
  /** Why it failed, blanked. */
  readonly failure: Failure;
  /** When: that of the snapshot with its offset, else the present. */
  readonly at: string;
  /** When it is told, where that is later. @default {at} */
  readonly toldAt?: string;
  /** `null` where neither the snapshot nor the ledger says. */
  readonly host: string | null;
  /** The same, of the PC itself: ties its mails together. */
  readonly machineId: string | null;
  /** When the last good run was; `null` when there was none or nobody can tell. */
  readonly lastGoodAt: string | null;
  /** Those of the run, or what of them still serves; `null` when no mail can be sent. */
  readonly settings: Settings | null;
  /** Whether they are those of an earlier run, since what is written now tells nobody. @default {false} */
  readonly isLastGood?: boolean;
}

/** What is needed of the world. */
export interface FailurePorts {
  /** What is remembered of runs that failed. */
  readonly file: FailedRunsFile;
  /** Those of the program: own ones may be what failed. */
  readonly templates: TemplateStore;
  /** Makes the way to the mail server of these settings. */
  openMailer(settings: Settings): Mailer | null;
  /** Says what kept this from being told. */
  say(text: string): void;
}

/**
 * Remembers a failed run for `status`. One that is remembered already stays as it is.
 *
 * @param file What is remembered.
 * @param failure Why it failed, blanked.
 * @param at When.
 * @throws When it cannot be written.
 */
export async function rememberFailure(file: FailedRunsFile, failure: Failure, at: string): Promise<void> {
  await file.write(renderFailedRuns(addFailure(parseFailedRuns(await file.read()), failure, at)));
}

/**
 * Remembers and tells. Of a way to fail an address hears once, and again after a week; of all ways once a day. An
 * address that stands at several mail destinations gets one mail.
 *
 * @param night What is known.
 * @param ports The world. What fails there is only said.
 * @returns Names of the mail destinations whose server took a mail.
 */
export async function tellFailure(night: FailedNight, ports: FailurePorts): Promise<readonly string[]> {
  let entries = addFailure(parseFailedRuns(await ports.file.read()), night.failure, night.at);
  const keep = async (): Promise<boolean> => {
    try {
      return await ports.file.write(renderFailedRuns(entries));
    } catch (error) {
      // A full disk is one of the things to tell of: the mail goes out all the same.
      ports.say(messageOf(error));
      return true;
    }
  };
  // First, so that a mail that hangs does not cost it. Where nothing was ever set up, nobody waits for a mail.
  if (!await keep()) return [];
  const { settings } = night;
  const mailer = settings === null ? null : ports.openMailer(settings);
  const due = (settings?.destinations ?? []).flatMap((one) =>
    one.kind === "mail" && isDue(entries, addressesOf(one), night.toldAt) ? [one] : []
  );
  if (settings === null || mailer === null || due.length === 0) return [];
  const taken = await Promise.all(
    distinctMails(due).map(async (one): Promise<readonly string[]> => {
      try {
        const mail = await writeMail(one, entries, { night, ports });
        await startTimeLimit(settings.limits.mailSeconds).wait(mailer.send(mail));
        return one.to.map(spelled);
      } catch (error) {
        const reason = error instanceof UserError ? sayReason(error.message, error.hint) : messageOf(error);
        ports.say(`Cannot tell "${one.destination.name}" of the failed run: ${reason}`);
        return [];
      }
    }),
  );
  const reached = new Set(taken.flat());
  const told = due.filter(({ to }) => to.every((address) => reached.has(spelled(address))));
  for (const one of told) entries = markTold(entries, addressesOf(one), night.toldAt);
  if (told.length > 0) await keep();
  return told.map(({ name }) => name);
}

/** A mail that is due, and those of its addresses that get it. */
interface DueMail {
  readonly destination: MailSettings;
  readonly to: readonly string[];
}

/**
 * Leaves each address to one mail: to that with the fewest, so that a bad address beside it costs it nothing.
 * Destinations of which nothing is left are left out.
 */
function distinctMails(due: readonly MailSettings[]): readonly DueMail[] {
  const taken = new Set<string>();
  return due.toSorted((a, b) => a.to.length - b.to.length).flatMap((one) => {
    const to = one.to.filter((address) => !taken.has(spelled(address)));
    to.forEach((address) => taken.add(spelled(address)));
    return to.length === 0 ? [] : [{ destination: one, to }];
  });
}

function spelled(address: string): string {
  return address.toLowerCase();
}

/**
 * Notes in what is remembered that a run came to its end.
 *
 * @param file What is remembered.
 * @param end Whether all was well, and when.
 */
export async function noteEndedRun(
  file: FailedRunsFile,
  end: { readonly good: boolean; readonly at: string },
): Promise<void> {
  const text = await file.read();
  const kept = renderFailedRuns(endFailures(parseFailedRuns(text), end));
  if (kept !== text) await file.write(kept);
}

function addressesOf({ to }: Pick<MailSettings, "to">): string {
  return [...to].map(spelled).sort().join(" ");
}

async function writeMail(
  { destination, to }: DueMail,
  entries: readonly FailedRun[],
  { night, ports }: { readonly night: FailedNight; readonly ports: FailurePorts },
): Promise<Mail> {
  const last = entries.at(-1);
  if (last === undefined) throw new Error("there is no failed run");
  const title = failureTitle(last.code);
  const model: MailModel = {
    host: night.host ?? "",
    takenAt: night.at,
    language: "en",
    heartbeat: null,
    news: [{
      at: night.at,
      severity: "danger",
      kind: "run-failed",
      volume: null,
      keyId: null,
      title,
      text: failureText(last, night),
    }],
    findings: [],
    volumes: [],
    accounts: null,
    silence: null,
    attachments: [],
    keys: "none",
    plainKeys: [],
  };
  const rendered = renderMail(model, await ports.templates.builtIn());
  const pc = night.machineId ?? night.host ?? "";
  // A retry is the same mail: nobody was told since.
  const message = await sha256OfText(
    JSON.stringify([
      pc,
      "failed",
      addressesOf({ to }),
      last.code,
      last.since,
      last.told[addressesOf(destination)],
    ]),
  );
  return {
    messageId: `${message.slice(0, 32)}@spare-key.invalid`,
    threadId: await threadIdOf(pc),
    to,
    ...rendered,
    date: new Date(night.toldAt ?? night.at),
    attachments: [],
  };
}
