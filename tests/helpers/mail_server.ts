/** A real mail server for tests. */

import { Buffer } from "node:buffer";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A running server and what it got. */
export interface TestMailServer {
  readonly port: number;
  /** The mails, as they came. */
  readonly mails: readonly Uint8Array[];
  /** Sender and recipients of each mail, from the SMTP commands. */
  readonly envelopes: readonly { readonly from: string; readonly to: readonly string[] }[];
  /** User and password of each login tried. */
  readonly logins: readonly (readonly [method: string, user: string, password: string])[];
  /** Waits until no client is connected: what one that was killed had sent by then is taken. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** The user name and password that the server takes. */
export const LOGIN = { user: "tom@example.org", password: "pa§§-Wörd 7" } as const;

/** An answer with a code, for the handlers of smtp-server. */
export function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/**
 * Starts a server on 127.0.0.1 that takes every mail.
 *
 * @param options What it shall do otherwise.
 * @returns The running server.
 */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<TestMailServer> {
  const mails: Uint8Array[] = [];
  const envelopes: { readonly from: string; readonly to: readonly string[] }[] = [];
  const logins: (readonly [string, string, string])[] = [];
  const server = new SMTPServer({
    name: "test.example.org",
    disableReverseLookup: true,
    authOptional: true,
    // smtp-server would offer it with a certificate that everybody has the key of
    disabledCommands: options.cert === undefined ? ["STARTTLS"] : [],
    closeTimeout: 1,
    onAuth(auth, _session, done): void {
      logins.push([auth.method, auth.username ?? "", auth.password ?? ""]);
      const right = auth.username === LOGIN.user && auth.password === LOGIN.password;
      done(right ? null : refusal(535, "5.7.8 Wrong login"), { user: auth.username });
    },
    onData(stream, session, done): void {
      const chunks: Uint8Array[] = [];
      stream.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      stream.on("end", () => {
        mails.push(Buffer.concat(chunks));
        const { mailFrom, rcptTo } = session.envelope;
        envelopes.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
        });
        done(null, "queued as 4711");
      });
    },
    ...options,
  });
  // failed handshakes and lines that break off are what the tests are about
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return {
    port: address.port,
    mails,
    envelopes,
    logins,
    async idle(): Promise<void> {
      while (server.connections.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
