/** A PC with a folder for reports and a mail address: the whole program, with a real mail server and a run's permissions. */

import assert from "node:assert/strict";
import { type ParsedMail, simpleParser } from "mailparser";
import { Buffer } from "node:buffer";
import { startMailServer, type TestMailServer } from "./mail_server.ts";
import { password, volume } from "./night_rig.ts";
import { type Ended, filesBelow, inFolder, program, squeezed } from "./program.ts";

/** Its name and machine ID. */
export const HOST = { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" };

/** A secret of the PC. */
export const SMTP_PASSWORD = "correct horse 7";

/** The PC. */
export interface MailedPc {
  readonly data: string;
  readonly server: TestMailServer;
  /** What is right in every test. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Runs `check` with exactly what `permissions` allows for these settings, on a day of November. */
  check(day: number, file: unknown, more?: Readonly<Record<string, unknown>>): Promise<Ended>;
  status(...more: readonly string[]): Promise<Ended>;
  mails(): Promise<readonly ParsedMail[]>;
}

/** What it shows on a day of November. */
export function snapshotOf(day: number): Record<string, unknown> {
  return {
    schema: 1,
    takenAt: `2026-11-${day}T03:00:00.000+01:00`,
    host: HOST,
    volumes: [volume("C:", [1])],
  };
}

/** Makes one, and looks for secrets in all that it leaves. */
export function withMailedPc(act: (pc: MailedPc) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    const data = `${folder}/data`;
    await Deno.mkdir(data);
    await Deno.mkdir(`${folder}/keys`);
    const server = await startMailServer();
    try {
      await act({
        data,
        server,
        settings: {
          destinations: [
            { name: "keys", kind: "folder", path: `${folder}/keys`, synced: true },
            { name: "helper", kind: "mail", to: ["tom@example.org"] },
          ],
          smtp: { host: "localhost", port: server.port, security: "none", from: "keys@example.org" },
        },
        async check(day, file, { lastGood, ...more } = {}): Promise<Ended> {
          const settings = { policy: null, file, ...(lastGood === undefined ? {} : { lastGood }) };
          const config = `${folder}/permissions.json`;
          const made = await program(["permissions"], {
            stdin: JSON.stringify({ schema: 1, settings, dataFolder: data }),
          });
          await Deno.writeTextFile(config, made.stdout);
          const { net } = JSON.parse(made.stdout).permissions.default;
          return await program(["check", "--data", data, "--json"], {
            permissions: [
              `--allow-read=${folder}`,
              `--allow-write=${folder}`,
              ...(net.length === 0 ? [] : [`--allow-net=${net.join(",")}`]),
            ],
            stdin: JSON.stringify({
              schema: 1,
              runId: `run-${day}`,
              snapshot: snapshotOf(day),
              settings,
              secrets: { smtpPassword: SMTP_PASSWORD },
              ...more,
            }),
          });
        },
        status: (...more) => program(["status", "--data", data, ...more]),
        mails: () => Promise.all(server.mails.map((mail) => simpleParser(Buffer.from(mail)))),
      });
      for (const mail of server.mails) assertNoSecret(mail, "a mail");
      for (const [path, bytes] of await filesBelow(data)) assertNoSecret(bytes, path);
    } finally {
      await server.stop();
    }
  });
}

function assertNoSecret(bytes: Uint8Array, where: string): void {
  const text = squeezed(bytes);
  for (const secret of [squeezed(password(1)), squeezed(SMTP_PASSWORD)]) {
    assert.ok(!text.includes(secret), `a secret stands in ${where}`);
  }
}

/** Without line ends. */
export function flat(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, " ");
}
