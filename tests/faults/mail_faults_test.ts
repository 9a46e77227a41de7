/**
 * Each thing that goes wrong with mail: the whole program with a folder and two mails. Where a fault hits one mail, the
 * other goes out that very night, while the first still hangs; the next night makes up for all of it.
 */

import assert from "node:assert/strict";
import type { SMTPServerOptions } from "smtp-server";
import { makeCertificates } from "../helpers/certificates.ts";
import { LOGIN, refusal, startMailServer, type TestMailServer } from "../helpers/mail_server.ts";
import {
  type FaultPc,
  keysIn,
  type NightSeen,
  oneLine,
  parseMails,
  reportsAt,
  until,
  withPc,
} from "./fault_pc.ts";
import { countLines, faultReport, toldText } from "./fault_report.ts";
import { MAIL_FAULTS, type MailFault } from "./mail_faults.ts";
import { type MailProxy, startMailProxy } from "./mail_proxy.ts";

const report = faultReport("Mail");
const KEYS = [1, 2];
const certificates = { ...await makeCertificates(), stranger: (await makeCertificates()).right };

interface World {
  readonly pc: FaultPc;
  readonly proxy: MailProxy;
  /** The servers, that with the fault first. */
  readonly servers: readonly TestMailServer[];
}

/** A PC with a folder and two mails, and a proxy before a server with the fault and one without. */
async function withMails(fault: MailFault, act: (world: World) => Promise<void>): Promise<void> {
  const security = fault.security ?? "none";
  const right: SMTPServerOptions = security === "none"
    ? {}
    : { ...certificates.right, secure: security === "tls" };
  const servers = [
    await startMailServer(fault.server?.(certificates) ?? right),
    await startMailServer(right),
  ];
  const proxy = startMailProxy(servers[0]?.port ?? 0, fault.rules ?? {});
  const login = security === "none" ? {} : { user: LOGIN.user, ca: certificates.ca };
  try {
    await withPc((folder) => ({
      destinations: [
        { name: "healthy", kind: "folder", path: `${folder}/healthy`, synced: true },
        { name: "helper", kind: "mail", to: ["helper@example.org"], keys: "plain" },
        { name: "other", kind: "mail", to: ["other@example.org"], keys: "plain" },
      ],
      smtp: { host: "localhost", port: proxy.port, security, from: "keys@example.org", ...login },
      ...(fault.limitSeconds === undefined ? {} : { limits: { mailSeconds: fault.limitSeconds } }),
    }), async (pc) => {
      await Deno.mkdir(`${pc.folder}/healthy`);
      await act({ pc, proxy, servers });
    });
  } finally {
    await proxy.stop();
    for (const server of servers) await server.stop();
  }
}

function secrets(password: string): { readonly secrets: Readonly<Record<string, string>> } {
  return { secrets: { smtpPassword: password } };
}

/** Mails to somebody, with what is attached. */
async function mailsTo({ servers }: Pick<World, "servers">, who: string): Promise<
  readonly { readonly messageId: string; readonly text: string; readonly keys: readonly number[] }[]
> {
  const found = await Promise.all(servers.map(async ({ mails, envelopes }) => {
    const parsed = await parseMails(mails);
    return parsed.filter((_, index) => envelopes[index]?.to.includes(`${who}@example.org`));
  }));
  return found.flat().map((mail) => ({
    messageId: mail.messageId ?? "",
    text: oneLine(mail.text ?? ""),
    keys: keysIn(mail.attachments.map((one) => one.content), KEYS),
  }));
}

async function nightWith(fault: MailFault, { pc, proxy, servers }: World): Promise<NightSeen> {
  const password = fault.password ?? LOGIN.password;
  if (fault.hangs !== true) return await pc.night({ keys: KEYS, ...secrets(password) });
  const running = await pc.start({ keys: KEYS, ...secrets(password) });
  const there = fault.taken === true ? 2 : 1;
  await until(
    "the other mail, while one hangs",
    () => Promise.resolve(servers[0]?.mails.length === there && proxy.hanging() === 1),
  );
  proxy.release();
  return await running.ended;
}

for (const fault of MAIL_FAULTS) {
  Deno.test(`mail: ${fault.name}`, () =>
    withMails(fault, async (world) => {
      const { pc, proxy, servers } = world;
      if (fault.refused === true) proxy.refuse();
      const night = await nightWith(fault, world);
      const failed = night.deliveries.filter((one) => one.outcome === "pending").map((one) =>
        one.destination
      );
      assert.equal(night.code, 3, night.stdout + night.stderr);
      assert.equal(failed.length, fault.hits === "each" ? 2 : 1, night.stdout);
      assert.deepEqual(night.findings.map((one) => one.code), failed.map(() => "delivery-pending"));
      assert.equal(night.findings.length, failed.length);
      for (const [index, { text }] of night.findings.entries()) {
        const name = failed[index] ?? "";
        const [, reason = ""] = new RegExp(
          `^The mail could not be delivered to "${name}": Cannot send mail to "${name}@example\\.org" through "localhost:\\d+": (.*tried again.*)\\.$`,
        ).exec(text) ?? [];
        assert.match(reason, fault.told, text);
        assert.ok(oneLine(night.stdout).includes(oneLine(text)));
      }
      const folder = await reportsAt(`${pc.folder}/healthy`);
      assert.deepEqual(keysIn(folder.values(), KEYS), KEYS);
      if (fault.unsaid !== undefined) {
        assert.deepEqual(proxy.commands.filter((line) => fault.unsaid?.test(line)), []);
        assert.deepEqual(servers[0]?.envelopes, []);
      }
      if (fault.server !== undefined && fault.unsaid?.test("AUTH")) assert.deepEqual(servers[0]?.logins, []);
      const others = ["helper", "other"].filter((name) => !failed.includes(name));
      for (const name of others) {
        assert.deepEqual((await mailsTo(world, name)).map((mail) => mail.keys), [KEYS], name);
      }

      proxy.rules = {};
      proxy.upstream = servers[1]?.port ?? 0;
      if (fault.refused === true) proxy.accept();
      const next = await pc.night({ keys: KEYS, ...secrets(LOGIN.password) });
      assert.deepEqual([next.code, next.findings], [0, []], next.stdout + next.stderr);
      assert.ok(next.deliveries.every((one) => one.outcome === "accepted" && one.destination !== "healthy"));
      assert.deepEqual(await reportsAt(`${pc.folder}/healthy`), folder);
      for (const name of failed) {
        const mails = await mailsTo(world, name);
        // the server had taken the first: whoever gets the second sees by its Message-ID that it is the same
        assert.equal(mails.length, fault.taken === true ? 2 : 1);
        assert.equal(new Set(mails.map((mail) => mail.messageId)).size, 1);
        assert.ok(mails.every((mail) => mail.keys.length === 2));
      }
      for (const name of others) {
        const [first, second, ...more] = await mailsTo(world, name);
        assert.deepEqual([first?.keys, second?.keys, more], [KEYS, [], []]);
        assert.ok(second?.text.includes(oneLine(night.findings[0]?.text ?? "?")), second?.text);
      }
      const count = servers.map((server) => server.mails.length);
      const quiet = await pc.night({ keys: KEYS, ...secrets(LOGIN.password) });
      assert.deepEqual([quiet.code, quiet.deliveries, quiet.findings], [0, [], []], quiet.stdout);
      assert.deepEqual(servers.map((server) => server.mails.length), count);
      report.add({
        fault: fault.name,
        delivered: countLines(night.deliveries, ["delivered", "accepted"]),
        pending: countLines(night.deliveries, ["pending"]),
        told: toldText(night.findings.slice(0, 1), pc.folder).replace(/localhost:\d+/g, "localhost"),
        lost: "none",
      });
    }));
}

Deno.test("mail: 550 to one of two addresses: the other has the keys, and the person is told which was refused", async () => {
  const server = await startMailServer({
    onRcptTo: ({ address }, _session, done) =>
      done(address.startsWith("gone@") ? refusal(550, "5.1.1 No such user") : null),
  });
  try {
    await withPc((folder) => ({
      destinations: [
        { name: "healthy", kind: "folder", path: `${folder}/healthy`, synced: true },
        { name: "helper", kind: "mail", to: ["helper@example.org", "gone@example.org"], keys: "plain" },
        { name: "other", kind: "mail", to: ["other@example.org"], keys: "plain" },
      ],
      smtp: { host: "localhost", port: server.port, security: "none", from: "keys@example.org" },
    }), async (pc) => {
      await Deno.mkdir(`${pc.folder}/healthy`);
      const night = await pc.night({ keys: KEYS });
      const refused = "gone@example.org was refused: 550 5.1.1 No such user";
      assert.deepEqual(night.findings.map((one) => one.code), ["delivery-pending"]);
      assert.equal(night.code, 3, night.stdout);
      assert.ok(night.findings[0]?.text.includes(refused));
      assert.ok(oneLine(night.stdout).includes(refused));
      assert.deepEqual(server.envelopes.map((one) => one.to).sort(), [["helper@example.org"], [
        "other@example.org",
      ]]);
      for (const name of ["helper", "other"]) {
        assert.deepEqual((await mailsTo({ servers: [server] }, name)).map((mail) => mail.keys), [KEYS]);
      }
      const next = await pc.night({ keys: KEYS });
      assert.equal(next.code, 0, next.stdout);
      for (const name of ["helper", "other"]) {
        const mails = await mailsTo({ servers: [server] }, name);
        assert.deepEqual(
          mails.map((mail) => mail.keys.length),
          name === "other" ? [2, 0] : [2],
          JSON.stringify(mails),
        );
        if (name === "other") assert.ok(mails.at(-1)?.text.includes(refused));
      }
      report.add({
        fault: "550, one of two addresses is not known",
        delivered: countLines(night.deliveries, ["delivered", "accepted"]),
        pending: countLines(night.deliveries, ["pending"]),
        told: toldText(night.findings, pc.folder),
        lost: "none",
      });
    });
  } finally {
    await server.stop();
  }
});

Deno.test("the last line: what each fault of mail came to", () => report.print());
