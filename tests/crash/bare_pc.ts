/** A PC in folders of its own, with a real mail server; what runs a night on it comes from elsewhere. */

import { generateX25519Identity, identityToRecipient } from "age-encryption";
import type { SMTPServerOptions } from "smtp-server";
import { startMailServer } from "../helpers/mail_server.ts";

/** A mail that the server has taken. */
export interface TakenMail {
  readonly to: readonly string[];
  readonly bytes: Uint8Array;
}

/** Destinations for files: name to folder below the PC's root. */
export const PLACES = { plain: "plain", vault: "vault", office: "share" } as const;

/** Destinations for mail. */
export const MAILS = { helper: "tom@example.org", boss: "boss@example.org" } as const;

/** Name of a destination for mail. */
export type MailName = keyof typeof MAILS;

/** What is to be otherwise. */
export interface BarePcOptions {
  readonly server?: SMTPServerOptions;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A PC as the checks look at it. */
export interface BarePc extends AsyncDisposable {
  /** Holds `pc`, with all that is kept and restored. */
  readonly root: string;
  /** The settings file's content. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Opens what is sealed to the recipients. */
  readonly identity: string;
  /** What the server has taken from this PC as it is now. */
  mails(): readonly TakenMail[];
  /** Does what may send mails. @returns What was sent. */
  mailing(act: () => Promise<void>): Promise<readonly TakenMail[]>;
  /** Keeps the PC as it is now. */
  keep(): Promise<void>;
  /** Makes it what it was when it was kept. */
  restore(): Promise<void>;
}

/**
 * Makes one.
 *
 * @param options What the mail server does otherwise, and settings to add.
 * @returns The PC; nothing was ever run on it.
 */
export async function barePc(options: BarePcOptions = {}): Promise<BarePc> {
  const root = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-crash-" }));
  const identity = await generateX25519Identity();
  const server = await startMailServer(options.server);
  for (const folder of Object.values(PLACES)) await Deno.mkdir(`${root}/pc/${folder}`, { recursive: true });
  let taken: readonly TakenMail[] = [];
  let kept = taken;
  return {
    root,
    identity,
    settings: {
      destinations: [
        { name: "plain", kind: "folder", path: `${root}/pc/${PLACES.plain}`, synced: true, sealed: false },
        { name: "vault", kind: "folder", path: `${root}/pc/${PLACES.vault}`, synced: true },
        { name: "office", kind: "share", path: "\\\\nas\\keys$", sealed: false },
        { name: "helper", kind: "mail", to: [MAILS.helper], keys: "sealed" },
        { name: "boss", kind: "mail", to: [MAILS.boss], keys: "none" },
      ],
      smtp: { host: "localhost", port: server.port, security: "none", from: "keys@example.org" },
      recipients: [await identityToRecipient(identity)],
      ...options.settings,
    },
    mails: () => taken,
    async mailing(act): Promise<readonly TakenMail[]> {
      const before = server.mails.length;
      await act();
      await server.idle();
      const more = server.mails.slice(before).map((bytes, index) => (
        { bytes, to: server.envelopes[before + index]?.to ?? [] }
      ));
      taken = [...taken, ...more];
      return more;
    },
    async keep(): Promise<void> {
      await copyFolder(`${root}/pc`, `${root}/kept`);
      kept = taken;
    },
    async restore(): Promise<void> {
      await Deno.remove(`${root}/pc`, { recursive: true });
      await copyFolder(`${root}/kept`, `${root}/pc`);
      taken = kept;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await server.stop();
      await Deno.remove(root, { recursive: true });
    },
  };
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true, mode: (await Deno.stat(from)).mode ?? 0o700 });
  for await (const { name, isDirectory, isSymlink } of Deno.readDir(from)) {
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else if (isSymlink) await Deno.symlink(await Deno.readLink(`${from}/${name}`), `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}
