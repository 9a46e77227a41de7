/**
 * Sends mail by SMTP. What does the work is loaded with the first mail: node:net and nodemailer take longer to
 * load than the whole of a quiet night.
 */

import { UserError } from "../errors.ts";
import type { Mail, MailReceipt } from "../core/mail.ts";
import type { Mailer } from "../ports.ts";
import type { SmtpMailerOptions } from "./smtp_send.ts";

export type { SmtpMailerOptions };

/**
 * Makes a mailer that connects anew for every mail. Needs `--allow-net=host:port`, the host as the settings spell
 * it, and nothing else.
 *
 * @param options The way to the server, the password and the limit.
 * @returns The mailer. Its `send()` throws a {@link UserError}: `settings` where a password is missing or would go
 * in the clear, else `mail` with what the server answered.
 */
export function smtpMailer(options: SmtpMailerOptions): Mailer {
  return {
    async send(mail: Mail): Promise<MailReceipt> {
      refuseUnsafe(mail, options);
      const begun = performance.now();
      const { sendBySmtp } = await import("./smtp_send.ts");
      return await sendBySmtp(mail, { ...options, spentMs: performance.now() - begun });
    },
  };
}

/** A second fence behind the check of the settings. */
function refuseUnsafe(mail: Mail, { smtp, password }: SmtpMailerOptions): void {
  const server = `${smtp.host}:${smtp.port}`;
  if (smtp.user !== null && password === null) {
    throw new UserError("settings", `Cannot send mail through "${server}": "smtp.user" needs a password`, {
      hint: 'Set the secret "smtpPassword"',
    });
  }
  if (smtp.user !== null && smtp.security === "none" && !isLoopback(smtp.host)) {
    throw new UserError(
      "settings",
      `Cannot send mail through "${server}": the password would go in the clear`,
      {
        hint: 'Set "smtp.security" to "starttls" or "tls"',
      },
    );
  }
  // deno-lint-ignore no-control-regex -- these are what ends a header or a command
  const broken = [smtp.from, ...mail.to].find((address) => /[\u0000-\u001f\u007f]/.test(address));
  if (broken !== undefined) {
    throw new UserError("settings", `Cannot send mail: ${JSON.stringify(broken)} holds a control character`);
  }
}

/** Addresses that never leave the PC (RFC 6890: 127.0.0.0/8 and ::1), and the name that RFC 6761 keeps for them. */
function isLoopback(host: string): boolean {
  return host.toLowerCase() === "localhost" || host === "::1" || /^127(\.[0-9]{1,3}){3}$/.test(host);
}
