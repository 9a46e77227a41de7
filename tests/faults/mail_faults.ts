/** What goes wrong with mail, and what is to come of it. */

import type { SMTPServerOptions } from "smtp-server";
import type { ServerCertificate, TestCertificates } from "../helpers/certificates.ts";
import { refusal } from "../helpers/mail_server.ts";
import type { Conversation, ProxyRules } from "./mail_proxy.ts";

/** Certificates of the authority in the settings, and one for the right name of another. */
export interface MailCertificates extends TestCertificates {
  readonly stranger: ServerCertificate;
}

/** A fault, and the night with it. */
export interface MailFault {
  readonly name: string;
  /** Whether it hits the mail to the helper alone, or each. */
  readonly hits: "helper" | "each";
  /** Of the settings: `starttls` and `tls` go with a login. @default {"none"} */
  readonly security?: "none" | "starttls" | "tls";
  /** What stands between program and server. */
  readonly rules?: ProxyRules;
  /** The server while the fault lasts; a good one without. */
  readonly server?: (certificates: MailCertificates) => SMTPServerOptions;
  /** Nothing listens at the port. */
  readonly refused?: boolean;
  /** In place of the right one. */
  readonly password?: string;
  /** Whether the conversation hangs until the other mail is there; then the line drops. */
  readonly hangs?: boolean;
  /** The limit of the settings, which ends what hangs for ever. */
  readonly limitSeconds?: number;
  /** Whether the server had taken the mail all the same. */
  readonly taken?: boolean;
  /** What the person reads behind `Cannot send mail to "…" through "…": `. */
  readonly told: RegExp;
  /** A command that must not have been sent. */
  readonly unsaid?: RegExp;
}

/** Answers the helper's mail alone. */
function toHelper(command: RegExp, answer: ReturnType<NonNullable<ProxyRules["command"]>>): ProxyRules {
  return {
    command: (line, { recipients }) =>
      command.test(line) && `${recipients}${line}`.includes("helper@") ? answer : "pass",
  };
}

/** Hits one conversation of the two that begin together: which mail that is, is chance. */
function first(action: "hang" | "drop", command?: RegExp): ProxyRules {
  const hit = ({ number }: Conversation): boolean => number === 1;
  return command === undefined
    ? { greet: (one) => hit(one) ? action : "pass" }
    : { command: (line, one) => hit(one) && command.test(line) ? action : "pass" };
}

const CLOSED = /server closed the connection\. /;
const UNKNOWN = /server closed the connection, so it is unknown whether it took the mail\. /;

/** A man in the middle who wants to read along: the server behind him has STARTTLS. */
const STRIPPED: ProxyRules = {
  alter: (line) => line.replace(/^(250[ -])STARTTLS/, "$1XXXXXXXX"),
  command: (line) => /^STARTTLS/.test(line) ? { say: "502 5.5.1 Unknown command\r\n" } : "pass",
};

/** All of them. */
export const MAIL_FAULTS: readonly MailFault[] = [
  {
    name: "nothing listens at the port",
    hits: "each",
    refused: true,
    told: /server cannot be reached: nothing answers at that port\. /,
  },
  {
    name: "the server hangs after the connection",
    hits: "helper",
    hangs: true,
    rules: first("hang"),
    told: CLOSED,
  },
  {
    name: "the server hangs at EHLO",
    hits: "helper",
    hangs: true,
    rules: first("hang", /^EHLO/),
    told: CLOSED,
  },
  {
    name: "the server hangs at DATA",
    hits: "helper",
    hangs: true,
    rules: toHelper(/^DATA/, "hang"),
    told: CLOSED,
  },
  {
    name: "the server hangs after the message",
    hits: "helper",
    hangs: true,
    taken: true,
    rules: { taken: ({ recipients }) => recipients.includes("helper@") ? "hang" : "pass" },
    told: UNKNOWN,
  },
  {
    name: "the server never answers the message",
    hits: "helper",
    limitSeconds: 5,
    taken: true,
    rules: { taken: ({ recipients }) => recipients.includes("helper@") ? "hang" : "pass" },
    told: /server did not answer within 5 seconds, so it is unknown whether it took the mail\. /,
  },
  {
    name: "the server never answers the connection",
    hits: "helper",
    limitSeconds: 5,
    rules: first("hang"),
    told: /server did not answer within 5 seconds\. /,
  },
  {
    name: "the line drops after the message, before the answer",
    hits: "helper",
    taken: true,
    rules: { taken: ({ recipients }) => recipients.includes("helper@") ? "drop" : "pass" },
    told: UNKNOWN,
  },
  {
    name: "421 in place of a greeting",
    hits: "each",
    rules: { greet: () => ({ say: "421 4.3.2 Closing\r\n" }) },
    told: /server answered 421 4\.3\.2 Closing\. /,
  },
  {
    name: "421 to a command",
    hits: "helper",
    rules: toHelper(/^RCPT/, { say: "421 4.7.0 Too many mails\r\n" }),
    told: /server answered 421 4\.7\.0 Too many mails\. /,
  },
  {
    name: "450, greylisting",
    hits: "helper",
    rules: toHelper(/^RCPT/, { say: "450 4.2.0 Greylisted, come back later\r\n" }),
    told: /server answered 450 4\.2\.0 Greylisted, come back later\. /,
  },
  {
    name: "550, the address is not known",
    hits: "helper",
    rules: toHelper(/^RCPT/, { say: "550 5.1.1 No such user\r\n" }),
    told: /server answered 550 5\.1\.1 No such user\. /,
  },
  {
    name: "552, the mail is too large",
    hits: "helper",
    rules: toHelper(/^DATA/, { say: "552 5.3.4 Too big\r\n" }),
    told: /server answered 552 5\.3\.4 Too big\. /,
  },
  {
    name: "a line of 10 MB",
    hits: "helper",
    rules: toHelper(/^RCPT/, { say: new Uint8Array(10_000_000).fill(0x61) }),
    told: /server sent what no mail server sends\. /,
  },
  {
    name: "535, the password is wrong",
    hits: "each",
    security: "starttls",
    password: "not the password",
    told: /server answered 535 5\.7\.8 Wrong login\. /,
    unsaid: /^MAIL/,
  },
  {
    name: "535, though the password is right",
    hits: "each",
    security: "tls",
    server: ({ right }) => ({
      ...right,
      secure: true,
      onAuth: (_auth, _session, done) => done(refusal(535, "5.7.3 Blocked")),
    }),
    told: /server answered 535 5\.7\.3 Blocked\. /,
    unsaid: /^MAIL/,
  },
  ...(["starttls", "tls"] as const).flatMap((security): readonly MailFault[] => [
    {
      name: `the certificate is of an authority that nobody knows (${security})`,
      hits: "each",
      security,
      server: ({ stranger }) => ({ ...stranger, secure: security === "tls" }),
      told: /server cannot be trusted: no known authority signed its certificate\. /,
      unsaid: /^(AUTH|MAIL)/,
    },
    {
      name: `the certificate has expired (${security})`,
      hits: "each",
      security,
      server: ({ expired }) => ({ ...expired, secure: security === "tls" }),
      told: /server cannot be trusted: its certificate has expired\. /,
      unsaid: /^(AUTH|MAIL)/,
    },
    {
      name: `the certificate is for another host (${security})`,
      hits: "each",
      security,
      server: ({ wrongHost }) => ({ ...wrongHost, secure: security === "tls" }),
      told: /server cannot be trusted: its certificate is for another name\. /,
      unsaid: /^(AUTH|MAIL)/,
    },
  ]),
  {
    name: "a man in the middle takes STARTTLS away",
    hits: "each",
    security: "starttls",
    rules: STRIPPED,
    told: /server refuses STARTTLS \(it answered 502 5\.5\.1 Unknown command\)\. /,
    unsaid: /^(AUTH|MAIL)/,
  },
  {
    name: "a man in the middle answers STARTTLS himself",
    hits: "each",
    security: "starttls",
    rules: { command: (line) => /^STARTTLS/.test(line) ? { say: "454 4.7.0 Not now\r\n" } : "pass" },
    told: /server refuses STARTTLS \(it answered 454 4\.7\.0 Not now\)\. /,
    unsaid: /^(AUTH|MAIL)/,
  },
  {
    name: "a man in the middle slips an answer in behind STARTTLS",
    hits: "each",
    security: "starttls",
    rules: {
      command: (line) => /^STARTTLS/.test(line) ? { say: "220 go\r\n250-x\r\n250 AUTH PLAIN\r\n" } : "pass",
    },
    told: /./,
    unsaid: /^(AUTH|MAIL)/,
  },
];
