/** One conversation with a mail server. */

import { Buffer } from "node:buffer";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import nodemailer, { type SendMailOptions } from "nodemailer";
import type { SmtpSettings } from "../core/settings.ts";
import type { Mail, MailReceipt } from "../core/mail.ts";
import { cleanAnswer, smtpError } from "./smtp_error.ts";
import { openSmtpSocket } from "./smtp_socket.ts";

/** How to send. */
export interface SmtpMailerOptions {
  /** The way to the server. */
  readonly smtp: SmtpSettings;
  /** The secret `smtpPassword`; `null` for a server that wants none. */
  readonly password: string | null;
  /** The limit for one mail, from connecting to the server's last answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** One conversation. */
export interface Conversation extends SmtpMailerOptions {
  /** What of the limit has passed already, in milliseconds. */
  readonly spentMs: number;
}

/**
 * What the PC calls itself in EHLO: an address literal (RFC 5321, 4.1.4), as mail programs send it. Its own name is
 * kept back by the permissions and would be no domain name anyway; servers turn away strangers that use theirs.
 */
const EHLO_NAME = "[127.0.0.1]";
/** Real answers are far below; a longer one ends the conversation. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** Of its limit a conversation takes so much: it ends before whoever waits for it gives up, and so can say how. */
const SHARE_OF_LIMIT = 0.95;
/** How long a server may take to hang up after it took the mail, in milliseconds. */
const CLOSE_MS = 1000;

/**
 * Sends one mail.
 *
 * @param mail What to send.
 * @param options The way to the server, the password, the limit and what of it has passed.
 * @returns What the server took, and what it refused.
 * @throws {UserError} `mail` when it took nothing, or when that is unknown.
 */
export async function sendBySmtp(
  mail: Mail,
  { smtp, password, timeoutMs, spentMs }: Conversation,
): Promise<MailReceipt> {
  const line = new AbortController();
  const timer = setTimeout(() => line.abort(new Error("Timeout")), timeoutMs * SHARE_OF_LIMIT - spentMs);
  // nodemailer takes its time to notice
  const late = new Promise<never>((_, reject) =>
    line.signal.addEventListener("abort", () => reject(line.signal.reason), { once: true })
  );
  late.catch(() => undefined); // where nobody waits for it
  let messageBegun = false;
  const transport = nodemailer.createTransport({
    host: smtp.host,
    port: smtp.port,
    name: EHLO_NAME,
    ...securityOptions(smtp),
    // without forceAuth a server that offers no login would get the mail without one
    ...(smtp.user === null ? {} : { auth: { user: smtp.user, pass: password ?? "" }, forceAuth: true }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    socketCloseTimeout: CLOSE_MS,
    maxResponseSize: MAX_ANSWER_BYTES,
    disableFileAccess: true,
    disableUrlAccess: true,
    getSocket: (_options, done) => {
      openSmtpSocket({ host: smtp.host, port: smtp.port, signal: line.signal })
        .then((connection) => done(null, { connection }), done);
    },
  });
  transport.use("stream", (message, done) => {
    // nodemailer starts to read what this gives only when the server has said to go ahead
    message.message.processFunc((source) =>
      Readable.from((async function* (): AsyncGenerator<unknown> {
        messageBegun = true;
        yield* source;
      })())
    );
    done();
  });
  try {
    const sending = transport.sendMail({ ...smtpMessage(mail, smtp.from), signal: line.signal });
    const info = await Promise.race([sending, late]);
    return {
      accepted: info.accepted,
      rejected: (info.rejectedErrors ?? []).map(({ recipient, response }) => ({
        address: recipient ?? "",
        answer: cleanAnswer(response ?? "", smtp, password),
      })),
      answer: cleanAnswer(info.response, smtp, password),
    };
  } catch (error) {
    const timedOut = line.signal.aborted;
    // hangs up at once: nodemailer alone would wait for the server to do so
    line.abort();
    throw smtpError(error, { smtp, password, to: mail.to, timeoutMs, timedOut, messageBegun });
  } finally {
    clearTimeout(timer);
  }
}

function securityOptions({ host, security, ca }: SmtpSettings): {
  readonly secure: boolean;
  readonly requireTLS: boolean;
  readonly ignoreTLS: boolean;
  readonly tls: ConnectionOptions;
} {
  return {
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: {
      minVersion: "TLSv1.2",
      // an address is checked against the certificate but never sent as a name: RFC 6066, 3
      ...(isIP(host) === 0 ? { servername: host } : {}),
      // alone: the system's authorities beside it would need --allow-sys
      ...(ca === null ? {} : { ca }),
    },
  };
}

/**
 * The mail in nodemailer's terms, with the headers of an automatic one (RFC 3834), which no holiday notice answers,
 * and those that tie all mails of one PC together.
 */
function smtpMessage(mail: Mail, from: string): SendMailOptions {
  const thread = `<${oneLine(mail.threadId)}>`;
  return {
    from,
    to: [...mail.to],
    subject: oneLine(mail.subject),
    messageId: `<${oneLine(mail.messageId)}>`,
    inReplyTo: thread,
    references: thread,
    date: mail.date,
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(({ name, type, bytes }) => ({
      filename: oneLine(name),
      contentType: oneLine(type),
      content: Buffer.from(bytes),
    })),
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function oneLine(text: string): string {
  // deno-lint-ignore no-control-regex -- a line break would start a header of its own
  return text.replace(/[\u0000-\u001f\u007f]+/g, " ");
}
