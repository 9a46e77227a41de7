/** Nights with all that a mail server, a ledger, an archive and a folder do. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { identityToRecipient } from "age-encryption";
import { openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import { refusal, startMailServer, type TestMailServer } from "../helpers/mail_server.ts";
import { volume } from "../helpers/night_rig.ts";
import { type CanaryLab, type CanaryPc, envelopeOf, snapshotOf } from "./pc.ts";
import { latin } from "./needles.ts";
import { DIGITS, IDENTITY, KEYS, SMTP_PASSWORD } from "./secrets.ts";
import type { Named, Watch } from "./watch.ts";

/** Who gets which mails. */
const TO = { none: "tom@example.org", sealed: "boss@example.org", plain: "anna@example.org" } as const;

/** A server that knows the password, and repeats whatever it can to who is refused. */
async function tellTaleServer(refuses: () => boolean): Promise<TestMailServer> {
  const told = (secret: string): string =>
    `5.7.1 no ${SMTP_PASSWORD} ${secret} ${btoa(`x ${secret}`)} ${new TextEncoder().encode(DIGITS).toHex()}`;
  return await startMailServer({
    onAuth(auth, _session, done): void {
      if (auth.password === SMTP_PASSWORD) done(null, { user: "tom" });
      else {
        const given = auth.password ?? "";
        // Some read UTF-8 as Latin-1.
        done(
          refusal(
            535,
            `5.7.8 Wrong: ${given} ${latin(new TextEncoder().encode(given))} ${
              btoa(latin(new TextEncoder().encode(`tom ${given}`)))
            }`,
          ),
        );
      }
    },
    onRcptTo({ address }, _session, done): void {
      done(refuses() && address !== TO.sealed ? refusal(550, told(DIGITS)) : null);
    },
  });
}

/** Settings with a place and a mail of each kind. */
async function settingsOf(folder: string, port: number): Promise<Readonly<Record<string, unknown>>> {
  return {
    destinations: [
      { name: "keys", kind: "folder", path: `${folder}/keys`, synced: true, sealed: false },
      { name: "vault", kind: "folder", path: `${folder}/vault`, synced: true },
      ...(["none", "sealed", "plain"] as const).map((keys) => ({
        name: keys,
        kind: "mail",
        to: [TO[keys]],
        keys,
      })),
    ],
    smtp: { host: "localhost", port, security: "none", from: "keys@example.org", user: "tom" },
    recipients: [await identityToRecipient(IDENTITY)],
    notify: { heartbeatDays: 1 },
    log: { level: "debug" },
  };
}

/** What has its place where: digits in plain reports, and nothing else anywhere. */
function placesOf(path: string): Named {
  return path.startsWith("keys/") && !path.endsWith("status.json") ? ["digits"] : [];
}

/** Searches mails. @returns To whom which kinds of secrets went. */
async function searchMails(
  server: TestMailServer,
  watch: Watch,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const [index, bytes] of server.mails.entries()) {
    const to = server.envelopes[index]?.to.join() ?? "";
    const kinds = await watch.mail(`mail ${index} to ${to}`, bytes, to === TO.plain ? ["digits"] : []);
    found[to] = [...new Set([...found[to] ?? [], ...kinds])];
  }
  return found;
}

/** Makes the ledger believe that the last mails were sent days ago. */
async function forgetMails({ data }: CanaryPc): Promise<void> {
  const then = new Date(Date.now() - 9 * 86_400_000).toISOString();
  const ledger = await openSqliteLedger(`${data}/ledger.db`, { archiveHasFiles: true });
  const { destinations } = await ledger.load();
  await ledger.save({
    destinations: destinations.map((one) => one.mailTimes.length === 0 ? one : { ...one, mailTimes: [then] }),
  });
  ledger.close();
}

/** Spoils files of the data folder in place. */
async function spoil(
  folder: string,
  pattern: RegExp,
  spoiled: (bytes: Uint8Array) => Uint8Array,
): Promise<number> {
  let count = 0;
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) count += await spoil(path, pattern, spoiled);
    else if (isFile && pattern.test(path)) {
      await Deno.writeFile(path, spoiled(await Deno.readFile(path)));
      count++;
    }
  }
  return count;
}

const flipped = (bytes: Uint8Array): Uint8Array =>
  bytes.map((byte, at) => at % 97 === 50 ? byte ^ 0x55 : byte);

/** Runs nights with mails that are taken and refused, and with damage to all that the program keeps. */
export async function nights(lab: CanaryLab): Promise<void> {
  let refuses = false;
  const server = await tellTaleServer(() => refuses);
  try {
    await lab.withPc(async (pc) => {
      for (const name of ["keys", "vault"]) await Deno.mkdir(`${pc.folder}/${name}`);
      const settings = await settingsOf(pc.folder, server.port);
      let day = 10;
      const night = async (
        keys: readonly number[],
        { words = [], more = {}, codes = [0, 3] }: {
          readonly words?: readonly string[];
          readonly more?: Readonly<Record<string, unknown>>;
          readonly codes?: readonly number[];
        } = {},
      ): Promise<void> => {
        const snapshot = snapshotOf([volume("C:", keys)], day++);
        const stdin = envelopeOf(settings, { snapshot, ...more });
        await pc.run(["check", "--data", pc.data, ...words], { stdin, codes });
      };
      await night([KEYS[0]], { codes: [0] });
      await night([KEYS[0]], { words: ["--json"], codes: [0] });
      refuses = true;
      await night([KEYS[1]], { words: ["--json"], codes: [3] });
      refuses = false;
      await night([KEYS[1], KEYS[2]]);
      await night([KEYS[2]], { more: { secrets: { smtpPassword: `${SMTP_PASSWORD}x`, archiveKey: null } } });
      await forgetMails(pc);
      // A sign of life.
      await night([KEYS[2]]);

      assert.ok(await spoil(`${pc.data}/archive`, /./, flipped) > 0, "nothing was archived");
      await night([KEYS[2], KEYS[3]], { words: ["--json"] });
      await spoil(pc.data, /ledger\.db$/, flipped);
      await night([KEYS[2], KEYS[3]]);
      await spoil(pc.data, /ledger\.db$/, (bytes) => bytes.subarray(0, bytes.length / 2));
      await pc.run(["status", "--data", pc.data], { codes: [0, 12] });
      await night([KEYS[3]], { words: ["--json"] });
      await spoil(
        pc.data,
        /ledger\.db$/,
        () => new TextEncoder().encode(`no ledger, but ${"x".repeat(9000)}`),
      );
      await night([KEYS[3]]);
      for (const name of ["keys", "vault"]) {
        await Deno.rename(`${pc.folder}/${name}`, `${pc.folder}/${name} gone`);
      }
      await night([KEYS[3], KEYS[0]], { words: ["--json"] });
      for (const name of ["keys", "vault"]) {
        await Deno.rename(`${pc.folder}/${name} gone`, `${pc.folder}/${name}`);
      }
      await night([KEYS[3], KEYS[0]]);
      for (const words of [["status"], ["status", "--json"], ["history"], ["history", "--json"]]) {
        await pc.run([...words, "--data", pc.data], { codes: [0] });
      }

      const database = new DatabaseSync(`${pc.data}/ledger.db`);
      database.exec("CREATE TABLE newer (a TEXT); PRAGMA user_version = 99");
      database.close();
      await night([KEYS[1]], { codes: [12] });
      await pc.run(["status", "--json", "--data", pc.data], { codes: [12] });
      // Failures that are told by mail.
      await pc.run(["check", "--data", pc.data, "--json"], {
        stdin: envelopeOf({ ...settings, [DIGITS]: SMTP_PASSWORD }),
        codes: [10],
      });
      // … by the settings that worked last, where the file is no JSON any more.
      const file = `{ "${DIGITS}": "${SMTP_PASSWORD}",\n "${IDENTITY}" ${DIGITS}`;
      const lastGood = JSON.stringify({ ...settings, [DIGITS]: SMTP_PASSWORD });
      await pc.run(["check", "--data", pc.data, "--json"], {
        stdin: envelopeOf(null, { settings: { policy: null, file, lastGood } }),
        codes: [10],
      });
      const failure = {
        exit: 11,
        message: `Cannot start: ${DIGITS} ${SMTP_PASSWORD}`,
        hint: `${IDENTITY} ${DIGITS}`,
      };
      await pc.run(["tell-failure", "--data", pc.data], {
        stdin: JSON.stringify({
          schema: 1,
          settings: { policy: null, file: settings },
          secrets: { smtpPassword: SMTP_PASSWORD },
          host: "ANNA-LAPTOP",
          takenAt: null,
          failure,
        }),
        codes: [0],
      });
      await pc.run(["status", "--data", pc.data], { codes: [12] });

      const found = await pc.searchFiles(placesOf);
      assert.ok([...found].some(([path, kinds]) => path.startsWith("keys/") && kinds.includes("digits")));
      assert.ok([...found.keys()].some((path) => path.startsWith("vault/") && path.endsWith(".age")));
    });
    assert.ok(server.logins.length === 0, "the test's own handler was not asked");
    const mailed = await searchMails(server, lab.watch);
    assert.deepEqual(mailed, { [TO.none]: [], [TO.sealed]: [], [TO.plain]: ["digits"] });
    assert.ok(server.mails.length >= 9, `${server.mails.length} mails`);
  } finally {
    await server.stop();
  }
}
