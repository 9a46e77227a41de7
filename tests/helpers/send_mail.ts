/** Sending for tests: one mail with everything secret in it, and the check that no error repeats any of that. */

import assert from "node:assert/strict";
import type { SmtpSettings } from "../../lib/core/settings.ts";
import { smtpMailer } from "../../lib/effects/smtp_mailer.ts";
import { UserError } from "../../lib/errors.ts";
import type { Mail, MailReceipt } from "../../lib/core/mail.ts";
import { LOGIN } from "./mail_server.ts";

/** What a mail may hold and no error may repeat: the first key of the test data. */
export const DIGITS = "249425-539187-330363-273262-016346-600963-497299-188144";
/** A password that no server takes. */
export const WRONG_PASSWORD = "hunter22";
/** The mail. */
export const MAIL: Mail = {
  messageId: "spare-key.1@example.org",
  threadId: "spare-key.anna@example.org",
  to: ["it@example.org"],
  subject: "ANNA-LAPTOP: the key of drive C: changed",
  text: `The key is ${DIGITS}.\n.\nA dot alone ends nothing.`,
  html: `<p>The key is <b>${DIGITS}</b>.</p>`,
  date: new Date("2026-11-24T03:00:12Z"),
  attachments: [],
};

/** What is to be otherwise. */
export interface Way {
  readonly smtp?: Partial<SmtpSettings>;
  readonly password?: string | null;
  readonly timeoutMs?: number;
  readonly mail?: Partial<Mail>;
}

/** Sends {@link MAIL} in the clear to a server on this PC, but for what `way` says otherwise. */
export function send(
  port: number,
  { smtp = {}, password = null, timeoutMs = 20_000, mail = {} }: Way = {},
): Promise<MailReceipt> {
  const plain: SmtpSettings = {
    host: "localhost",
    port,
    security: "none",
    user: null,
    from: "keys@example.org",
    ca: null,
  };
  return smtpMailer({ smtp: { ...plain, ...smtp }, password, timeoutMs }).send({ ...MAIL, ...mail });
}

/** Sends, expects a refusal, and gives its words, in which nothing secret stands. */
export async function refused(
  sending: Promise<MailReceipt>,
  code: "mail" | "settings" = "mail",
): Promise<UserError> {
  const error = await sending.then(() => null, (error) => error);
  assert.ok(error instanceof UserError, `refused by words, not ${error}`);
  assert.equal(error.code, code);
  assert.ok(error.hint !== null);
  const words = `${error.message} ${error.hint} ${error.stack} ${error.cause}`;
  for (const secret of [LOGIN.password, btoa(WRONG_PASSWORD), WRONG_PASSWORD, DIGITS]) {
    assert.ok(!words.includes(secret));
  }
  assert.doesNotMatch(error.message, /[\r\n]|\.$/);
  return error;
}
