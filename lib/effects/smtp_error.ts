/** Words what went wrong on the way to the mail server: what failed, what the server said, what to do. */

import { Buffer } from "node:buffer";
import { redactSecrets } from "../core/recovery_password.ts";
import type { SmtpSettings } from "../core/settings.ts";
import { messageOf, UserError } from "../errors.ts";

/** What was being tried when it went wrong. */
export interface SmtpAttempt {
  /** The way to the server. */
  readonly smtp: SmtpSettings;
  /** Blanked wherever a server repeats it. */
  readonly password: string | null;
  /** The addresses of the mail. */
  readonly to: readonly string[];
  /** The limit for the whole, in milliseconds. */
  readonly timeoutMs: number;
  /** Whether the limit ended it. */
  readonly timedOut: boolean;
  /** Whether the message was on its way: without an answer, nobody knows then whether the server took it. */
  readonly messageBegun: boolean;
}

/** A server's answer is cut here, so that no flood reaches the log. */
const MAX_ANSWER = 300;

/** Longer than the numbers that servers give to mails: part of the mail or of the login, in base64 or hexadecimal. */
const ENCODED = /[A-Za-z0-9+/]{32,}={0,2}/g;

/** Codes of OpenSSL's certificate check, as Node and Deno name them, and what they mean for the person. */
const CERTIFICATE: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  CERT_HAS_EXPIRED: [
    "its certificate has expired",
    "Check the clock of this PC, or have the certificate renewed",
  ],
  CERT_NOT_YET_VALID: ["its certificate is not valid yet", "Check the clock of this PC"],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    "its certificate is for another name",
    'Set "smtp.host" to a name that the certificate holds',
  ],
};
const UNKNOWN_AUTHORITY = [
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
];

/** Errors of the system for a server that cannot be reached. */
const UNREACHABLE: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOTFOUND: ["its name is not known", 'Check "smtp.host" and that this PC is online'],
  EAI_AGAIN: ["its name cannot be looked up now", "Check that this PC is online"],
  ECONNREFUSED: ["nothing answers at that port", 'Check "smtp.host" and "smtp.port"'],
  EHOSTUNREACH: ["there is no way to it", "Check that this PC is online"],
  ENETUNREACH: ["there is no way to it", "Check that this PC is online"],
  ETIMEDOUT: ["it does not answer", 'Check "smtp.host" and "smtp.port", and that no firewall stands between'],
};

/** A line that the other end closed: as nodemailer and as the system name it. */
const HUNG_UP = ["ECONNECTION", "ECONNRESET", "EPIPE"];

/** What nodemailer and node:net add to an error. */
interface SmtpTrouble {
  readonly code: string;
  /** Set for the limits of nodemailer, which are as long as that of the whole. */
  readonly timeoutType: string;
  readonly command: string;
  readonly response: string;
  readonly responseCode: number;
}

/**
 * Turns whatever nodemailer or the socket threw into words.
 *
 * @param error What was thrown.
 * @param attempt What was being tried.
 * @returns A {@link UserError} `mail` (or the one that was thrown) without the password, the message, or a cause:
 * the original quotes the server unchecked.
 */
export function smtpError(error: unknown, attempt: SmtpAttempt): UserError {
  if (error instanceof UserError) return error;
  const { smtp, to } = attempt;
  const [reason, hint] = explain(readTrouble(error), messageOf(error), attempt);
  const recipients = to.map((address) => `"${address}"`).join(", ");
  return new UserError("mail", `Cannot send mail to ${recipients} through "${serverName(smtp)}": ${reason}`, {
    hint,
  });
}

/**
 * Names the server for messages.
 *
 * @param smtp The way to it.
 * @returns `smtp.example.org:587`, IPv6 in brackets.
 */
export function serverName({ host, port }: SmtpSettings): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/**
 * Makes a server's answer fit for a message: one line, cut, without the password or anything shaped like a key,
 * both of which a server may repeat.
 *
 * @param answer As it came.
 * @param smtp Whose user name goes into the blanked login.
 * @param password What to blank, or `null`.
 * @returns The safe answer.
 */
export function cleanAnswer(answer: string, smtp: SmtpSettings, password: string | null): string {
  let text = answer;
  for (const secret of secretForms(smtp.user ?? "", password)) text = text.replaceAll(secret, "[password]");
  // deno-lint-ignore no-control-regex
  text = redactSecrets(text).replace(ENCODED, "[…]").replace(/[\u0000-\u001f\u007f-\u009f\s]+/g, " ").trim();
  return text.length > MAX_ANSWER ? `${text.slice(0, MAX_ANSWER)}…` : text;
}

/** The password as it is or misread, and in the forms in which AUTH PLAIN (RFC 4616) and AUTH LOGIN send it. */
function secretForms(user: string, password: string | null): readonly string[] {
  if (password === null || password === "") return [];
  const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");
  // Some servers repeat UTF-8 as if it were Latin-1.
  const misread = Buffer.from(password, "utf8").toString("latin1");
  return [base64(`\0${user}\0${password}`), base64(password), password, misread];
}

function readTrouble(error: unknown): SmtpTrouble {
  const fields: Readonly<Record<string, unknown>> = typeof error === "object" && error !== null
    ? { ...error }
    : {};
  const text = (name: string): string => typeof fields[name] === "string" ? fields[name] : "";
  const responseCode = typeof fields["responseCode"] === "number" ? fields["responseCode"] : 0;
  // nodemailer puts its own code in front and keeps that of the system
  return {
    code: text("originalCode") || text("code"),
    timeoutType: text("timeoutType"),
    command: text("command"),
    response: text("response"),
    responseCode,
  };
}

function explain(trouble: SmtpTrouble, message: string, attempt: SmtpAttempt): readonly [string, string] {
  const { smtp, password, timeoutMs, timedOut, messageBegun } = attempt;
  if (trouble.response !== "") {
    return explainAnswer(trouble, cleanAnswer(trouble.response, smtp, password), smtp);
  }
  const unknown = messageBegun ? ", so it is unknown whether it took the mail" : "";
  const again = "It is tried again next time, under the same Message-ID";
  if (timedOut || trouble.timeoutType !== "") {
    const hint = smtp.security === "starttls" && smtp.port === 465
      ? 'Set "smtp.security" to "tls": port 465 speaks TLS from the first byte'
      : messageBegun
      ? again
      : 'Check "smtp.host", "smtp.port" and "smtp.security", and that no firewall stands between';
    return [`server did not answer within ${timeoutMs / 1000} seconds${unknown}`, hint];
  }
  const certificate = CERTIFICATE[trouble.code];
  if (certificate !== undefined) return [`server cannot be trusted: ${certificate[0]}`, certificate[1]];
  if (UNKNOWN_AUTHORITY.includes(trouble.code)) {
    const hint = smtp.ca === null
      ? 'Put the certificate of its authority into "smtp.ca"'
      : 'Check that "smtp.ca" holds the certificate of its authority';
    return ["server cannot be trusted: no known authority signed its certificate", hint];
  }
  if (trouble.code === "ERR_SSL_WRONG_VERSION_NUMBER") {
    return [
      "server does not speak TLS at that port",
      'Set "smtp.security" to "starttls", or "smtp.port" to 465',
    ];
  }
  if (messageBegun) return [`server closed the connection${unknown}`, again];
  const unreachable = UNREACHABLE[trouble.code];
  if (unreachable !== undefined) return [`server cannot be reached: ${unreachable[0]}`, unreachable[1]];
  if (HUNG_UP.includes(trouble.code)) return ["server closed the connection", "It is tried again next time"];
  if (trouble.code === "EPROTOCOL") {
    return ["server sent what no mail server sends", 'Check "smtp.host" and "smtp.port"'];
  }
  return [cleanAnswer(message, smtp, password), 'Check the settings below "smtp"'];
}

function explainAnswer(trouble: SmtpTrouble, answer: string, smtp: SmtpSettings): readonly [string, string] {
  const { command, responseCode } = trouble;
  if (
    smtp.security === "starttls" && (command === "STARTTLS" || (command === "EHLO" && responseCode >= 500))
  ) {
    const hint =
      'Do not send in the clear: set "smtp.security" to "tls" if the server has it, or ask who runs it';
    return [`server refuses STARTTLS (it answered ${answer})`, hint];
  }
  return [`server answered ${answer}`, hintForAnswer(command, responseCode)];
}

function hintForAnswer(command: string, code: number): string {
  // RFC 5321, 4.2.1: every 4yz reply is for now, also that of a server that lets unknown senders wait
  if (code >= 400 && code < 500) return "The server asks to try later: it is tried again next time";
  if (command.startsWith("AUTH") || code === 535) {
    return 'Check "smtp.user" and the secret "smtpPassword"; some providers want a password made for this program';
  }
  if (code === 530 || code === 538) {
    return 'The server wants a login or TLS: check "smtp.user" and "smtp.security"';
  }
  if (code === 552) return "The mail is too large for the server, or the mailbox is full";
  if (command === "MAIL FROM") return 'The server does not let this user send from "smtp.from"';
  if (command === "RCPT TO") return "Check the address";
  return "Ask who runs the server";
}
