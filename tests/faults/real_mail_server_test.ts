/** The whole program with a real mail server: Postfix, with TLS of its own authority, logins and mailboxes. */

import assert from "node:assert/strict";
import { makeCertificates } from "../helpers/certificates.ts";
import { LOGIN } from "../helpers/mail_server.ts";
import { type FaultPc, keysIn, type NightSeen, oneLine, parseMails, reportsAt, withPc } from "./fault_pc.ts";
import { countLines, faultReport, toldText } from "./fault_report.ts";
import { startGreylist } from "./greylist.ts";
import { type Postfix, withPostfix } from "./postfix.ts";

const report = faultReport("Postfix");
const KEYS = [1, 2];
const certificates = await makeCertificates();

interface World {
  readonly pc: FaultPc;
  readonly postfix: Postfix;
  /** Runs a night with this password, and waits until Postfix has put all mails into their boxes. */
  night(password?: string): Promise<NightSeen>;
}

/** A PC with a folder and two mails, and a Postfix. */
async function withWorld(
  act: (world: World) => Promise<void>,
  { security = "starttls", to = ["helper@example.org"] }: {
    readonly security?: "starttls" | "tls";
    readonly to?: readonly string[];
  } = {},
): Promise<void> {
  await withPostfix(certificates.right, (postfix) =>
    withPc((folder) => ({
      destinations: [
        { name: "healthy", kind: "folder", path: `${folder}/healthy`, synced: true },
        { name: "helper", kind: "mail", to, keys: "plain" },
        { name: "other", kind: "mail", to: ["other@example.org"], keys: "plain" },
      ],
      smtp: {
        host: "localhost",
        port: security === "tls" ? postfix.tlsPort : postfix.port,
        security,
        from: "keys@example.org",
        user: LOGIN.user,
        ca: certificates.ca,
      },
    }), async (pc) => {
      await Deno.mkdir(`${pc.folder}/healthy`);
      await act({
        pc,
        postfix,
        async night(password = LOGIN.password): Promise<NightSeen> {
          const night = await pc.night({ keys: KEYS, secrets: { smtpPassword: password } });
          await postfix.settled();
          return night;
        },
      });
    }));
}

/** What lies in a mailbox. */
async function boxOf({ postfix }: World, name: string): Promise<
  readonly {
    readonly text: string;
    readonly keys: readonly number[];
    readonly attached: ReadonlyMap<string, Uint8Array>;
  }[]
> {
  return (await parseMails(await postfix.mailsOf(name))).map((mail) => ({
    text: oneLine(mail.text ?? ""),
    keys: keysIn(mail.attachments.map((one) => one.content), KEYS),
    attached: new Map(mail.attachments.map((one) => [one.filename ?? "", Uint8Array.from(one.content)])),
  }));
}

async function assertFolder({ pc }: World): Promise<void> {
  assert.deepEqual(keysIn((await reportsAt(`${pc.folder}/healthy`)).values(), KEYS), KEYS);
}

/** Asserts that these mails are pending for this reason, as the person reads it. */
function assertPending(night: NightSeen, names: readonly string[], reason: RegExp): void {
  assert.equal(night.code, 3, night.stdout + night.stderr);
  const pending = night.deliveries.filter((one) => one.outcome === "pending").map((one) => one.destination);
  assert.deepEqual([...new Set(pending)], names, night.stdout);
  assert.deepEqual(night.findings.map((one) => one.code), names.map(() => "delivery-pending"));
  for (const { text } of night.findings) {
    assert.match(text, reason);
    assert.ok(oneLine(night.stdout).includes(oneLine(text)));
  }
}

/** Asserts that the night makes up for all, and the one after it has nothing to do. */
async function assertMadeUpFor(world: World, boxes: Readonly<Record<string, number>>): Promise<void> {
  const next = await world.night();
  assert.deepEqual([next.code, next.findings], [0, []], next.stdout + next.stderr);
  const quiet = await world.night();
  assert.deepEqual([quiet.code, quiet.deliveries], [0, []], quiet.stdout);
  for (const [name, count] of Object.entries(boxes)) {
    const mails = await boxOf(world, name);
    assert.equal(mails.length, count, name);
    assert.equal(mails.filter((mail) => mail.keys.length === 2).length, 1, name);
  }
}

function add(fault: string, night: NightSeen, { pc }: World): void {
  report.add({
    fault,
    delivered: countLines(night.deliveries, ["delivered", "accepted"]),
    pending: countLines(night.deliveries, ["pending"]),
    told: toldText(night.findings.slice(0, 1), pc.folder).replace(/localhost:\d+/g, "localhost"),
    lost: "none",
  });
}

for (const security of ["starttls", "tls"] as const) {
  Deno.test(`Postfix takes mails with a login over ${security}, and they lie in the mailboxes byte for byte`, () =>
    withWorld(async (world) => {
      const night = await world.night();
      assert.deepEqual([night.code, night.findings], [0, []], night.stdout + night.stderr);
      const reports = await reportsAt(`${world.pc.folder}/healthy`);
      for (const name of ["helper", "other"]) {
        const mails = await boxOf(world, name);
        assert.equal(mails.length, 1);
        assert.deepEqual(mails[0]?.attached, reports);
      }
      const quiet = await world.night();
      assert.deepEqual([quiet.code, quiet.deliveries], [0, []]);
      add(`none, over ${security}`, night, world);
    }, { security }));
}

Deno.test("Postfix refuses a wrong password: 535, both mails wait, and come once with the right one", () =>
  withWorld(async (world) => {
    const night = await world.night("not the password");
    assertPending(night, ["helper", "other"], /server answered 535 5\.7\.8 .*authentication fail/i);
    await assertFolder(world);
    add("535, the password is wrong", night, world);
    await assertMadeUpFor(world, { helper: 1, other: 1 });
  }));

Deno.test("Postfix refuses one of two addresses: 550, the other has the keys", () =>
  withWorld(async (world) => {
    const night = await world.night();
    assert.equal(night.code, 3, night.stdout);
    assert.deepEqual(night.findings.map((one) => one.code), ["delivery-pending"]);
    assert.match(night.findings[0]?.text ?? "", /gone@example\.org was refused: 550 5\.1\.1 .*User unknown/);
    assert.deepEqual((await boxOf(world, "helper")).map((mail) => mail.keys), [KEYS]);
    assert.deepEqual((await boxOf(world, "other")).map((mail) => mail.keys), [KEYS]);
    add("550, one of two addresses is not known", night, world);
    assert.equal((await world.night()).code, 0);
    assert.equal((await boxOf(world, "helper")).length, 1);
    const [, second] = await boxOf(world, "other");
    assert.match(second?.text ?? "", /gone@example\.org was refused/);
  }, { to: ["helper@example.org", "gone@example.org"] }));

Deno.test("Postfix refuses what is over its limit: both mails wait, and come once when it is raised", () =>
  withWorld(async (world) => {
    await world.postfix.stop();
    await world.postfix.set({ message_size_limit: "5000" });
    await world.postfix.start();
    const night = await world.night();
    assertPending(night, ["helper", "other"], /552 5\.3\.4|larger than allowed/);
    await assertFolder(world);
    add("552, the mail is too large", night, world);
    await world.postfix.stop();
    await world.postfix.set({ message_size_limit: "10240000" });
    await world.postfix.start();
    await assertMadeUpFor(world, { helper: 1, other: 1 });
  }));

Deno.test("Postfix greylists: both mails wait, and come once the next night", async () => {
  const greylist = startGreylist();
  try {
    await withWorld(async (world) => {
      await world.postfix.stop();
      await world.postfix.set({
        smtpd_recipient_restrictions:
          `check_policy_service inet:127.0.0.1:${greylist.port}, permit_sasl_authenticated, reject`,
      });
      await world.postfix.start();
      const night = await world.night();
      assertPending(night, ["helper", "other"], /server answered 450 4\.2\.0 .*Greylisted/);
      await assertFolder(world);
      add("450, greylisting", night, world);
      await assertMadeUpFor(world, { helper: 1, other: 1 });
      assert.deepEqual([...greylist.seen].sort(), ["helper@example.org", "other@example.org"]);
    });
  } finally {
    await greylist.stop();
  }
});

Deno.test("Postfix is down one night: both mails wait, and come once when it is up again", () =>
  withWorld(async (world) => {
    await world.postfix.stop();
    const night = await world.pc.night({ keys: KEYS, secrets: { smtpPassword: LOGIN.password } });
    assertPending(night, ["helper", "other"], /server cannot be reached: nothing answers at that port/);
    await assertFolder(world);
    add("the server is down", night, world);
    await world.postfix.start();
    await assertMadeUpFor(world, { helper: 1, other: 1 });
  }));

Deno.test("the last line: what each night with Postfix came to", () => report.print());
