/** A mail server on this PC alone that keeps what it gets as files, for the demonstration. */

import { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import { messageOf } from "../errors.ts";
import { redactRecoveryPasswords } from "../core/recovery_password.ts";
import { below } from "./path_parts.ts";

/** A running server. */
export interface LocalMailServer {
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  /** Lists what came. @returns Paths of the mails so far, in the order of their arrival. */
  messages(): readonly string[];
  /** Takes no further mail, and returns once all lines are closed. */
  stop(): Promise<void>;
}

/** Where the mails go. */
export interface LocalMailServerOptions {
  /** An existing folder. */
  readonly folder: string;
}

/** No mail of a report comes near. */
const MAX_MAIL_BYTES = 25 * 1024 * 1024;
/** How long a client may keep its line when the server stops, in milliseconds. */
const CLOSE_MS = 1000;
const MAX_SUBJECT_CHARACTERS = 80;

/**
 * Starts the server on 127.0.0.1, at a free port, without login and TLS. Each mail becomes a file
 * `001 <subject>.eml`; none is overwritten.
 *
 * Needs `--allow-net=127.0.0.1` and `--allow-read`, `--allow-write` of the folder.
 *
 * @param options The folder.
 * @returns The running server.
 */
export async function startLocalMailServer({ folder }: LocalMailServerOptions): Promise<LocalMailServer> {
  const { SMTPServer } = await import("smtp-server");
  const kept: string[] = [];
  let number = await lastNumber(folder);
  const server = new SMTPServer({
    // the host's own name would need --allow-sys, the sender's --allow-net of a name server
    name: "localhost",
    disableReverseLookup: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    size: MAX_MAIL_BYTES,
    closeTimeout: CLOSE_MS,
    onData(stream, _session, done): void {
      readAll(stream)
        .then(async (bytes) => {
          const path = below(folder, `${`${++number}`.padStart(3, "0")} ${fileNamePart(bytes)}.eml`);
          await Deno.writeFile(path, bytes, { createNew: true });
          kept.push(path);
          done(null, "kept");
        })
        .catch((error) => done(new Error(messageOf(error))));
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.removeListener("error", reject);
      // a client that breaks off is no reason to stop
      server.on("error", () => {});
      resolve();
    });
  });
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The mail server has no port");
  return {
    port: address.port,
    messages: () => [...kept],
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function readAll(stream: Readable & { readonly sizeExceeded?: boolean }): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) if (stream.sizeExceeded !== true) chunks.push(chunk);
  if (stream.sizeExceeded === true) throw new Error("The mail is too large");
  return Buffer.concat(chunks);
}

/** The highest number that a file of the folder has. */
async function lastNumber(folder: string): Promise<number> {
  let last = 0;
  for await (const { name } of Deno.readDir(folder)) {
    last = Math.max(last, Number(/^([0-9]+) /.exec(name)?.[1] ?? 0));
  }
  return last;
}

/** The subject, as far as it can stand in a name on Windows. */
function fileNamePart(mail: Uint8Array): string {
  const headers = Buffer.from(mail).toString("latin1").split("\r\n\r\n", 1)[0] ?? "";
  const raw = /^Subject: *(.*)$/im.exec(headers.replace(/\r\n[ \t]+/g, " "))?.[1] ?? "";
  const safe = redactRecoveryPasswords(decodeWords(raw))
    // deno-lint-ignore no-control-regex -- Microsoft, "Naming Files, Paths, and Namespaces"
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, " ")
    .replace(/\s+/g, " ");
  return Array.from(safe).slice(0, MAX_SUBJECT_CHARACTERS).join("").replace(/^[. ]+|[. ]+$/g, "") ||
    "no subject";
}

/** Encoded words of a header (RFC 2047) in UTF-8, the only kind that Spare Key's own mails hold. */
function decodeWords(text: string): string {
  return text.replace(/(\?=) +(?==\?)/g, "$1").replace(
    /(?:=\?utf-8\?[bq]\?[^?]*\?=)+/gi,
    (words) =>
      Buffer.concat(
        [...words.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)].map(([, kind = "", body = ""]) =>
          kind.toLowerCase() === "b" ? Buffer.from(body, "base64") : Buffer.from(
            body.replaceAll("_", " ").replace(/=([0-9A-F]{2})/gi, (_, hex) =>
              String.fromCharCode(parseInt(hex, 16))),
            "latin1",
          )
        ),
      ).toString("utf8"),
  );
}
