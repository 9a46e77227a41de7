/**
 * Each thing that goes wrong with a folder: the whole program, with a folder that fails, one that does not, and a mail.
 * The next night, without the fault, makes up for all of it, and doubles nothing.
 */

import assert from "node:assert/strict";
import { startMailServer } from "../helpers/mail_server.ts";
import { FOLDER_FAULTS } from "./folder_faults.ts";
import type { FolderFault, FolderWorld } from "./folder_fault.ts";
import { HOST, keysIn, type NightSeen, oneLine, parseMails, reportsAt, until, withPc } from "./fault_pc.ts";
import { countLines, faultReport, toldText } from "./fault_report.ts";
import { openOwnMounts } from "./own_mounts.ts";

const report = faultReport("Folders");
const KEYS = [1, 2];

/** A PC with a folder "faulty", a folder "healthy" and a mail, in mounts of its own. */
async function withFolders(
  act: (world: FolderWorld & { readonly mails: readonly Uint8Array[] }) => Promise<void>,
): Promise<void> {
  const server = await startMailServer();
  const mounts = await openOwnMounts();
  try {
    await withPc((folder) => ({
      destinations: [
        { name: "faulty", kind: "folder", path: `${folder}/faulty`, synced: true },
        { name: "healthy", kind: "folder", path: `${folder}/healthy`, synced: true },
        { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" },
      ],
      smtp: { host: "localhost", port: server.port, security: "none", from: "keys@example.org" },
    }), async (pc) => {
      for (const name of ["faulty", "healthy", "elsewhere"]) await Deno.mkdir(`${pc.folder}/${name}`);
      const faulty = `${pc.folder}/faulty`;
      await act({ pc, mounts, faulty, elsewhere: `${pc.folder}/elsewhere`, mails: server.mails });
    });
  } finally {
    await mounts.close();
    await server.stop();
  }
}

function assertHealthy(night: NightSeen): void {
  const others = night.deliveries.filter((one) => one.destination !== "faulty");
  assert.deepEqual(others.filter((one) => one.outcome === "pending" || one.error !== null), [], night.stdout);
}

/** Asserts that each finding is read by the person, on the screen and in the newest mail. */
async function assertTold(
  night: NightSeen,
  mails: readonly Uint8Array[],
  told: readonly RegExp[],
): Promise<void> {
  const mail = oneLine((await parseMails(mails.slice(-1)))[0]?.text ?? "");
  for (const { text } of night.findings) {
    assert.ok(oneLine(night.stdout).includes(oneLine(text)), `not on the screen: ${text}`);
    assert.ok(mail.includes(oneLine(text)), `not in the mail: ${text}\n${mail}`);
  }
  const texts = night.findings.map((one) => one.text);
  assert.equal(texts.length, told.length, texts.join("\n"));
  for (const [index, pattern] of told.entries()) assert.match(texts[index] ?? "", pattern);
}

async function reportsOf(world: FolderWorld): Promise<ReadonlyMap<string, Uint8Array>> {
  return await reportsAt(world.mounts.seen(world.faulty));
}

/** Asserts that the night makes up for all, and the one after it has nothing to do. */
async function assertMadeUpFor(world: FolderWorld, fault: Pick<FolderFault, "left">): Promise<void> {
  const { pc, mounts } = world;
  const healthy = `${pc.folder}/healthy`;
  const before = await reportsAt(healthy);
  const next = await pc.night({ keys: KEYS, through: mounts.inside });
  assert.equal(next.code, 0, next.stdout + next.stderr);
  assert.deepEqual(next.findings, []);
  assert.ok(next.deliveries.every((one) => one.outcome === "delivered" && one.destination === "faulty"));
  assert.deepEqual(await reportsAt(healthy), before);
  const there = await reportsOf(world);
  assert.deepEqual(keysIn(there.values(), KEYS), KEYS);
  const left = fault.left ?? [];
  const whole = [...there].filter(([name]) => !left.some((one) => one.test(name)));
  const plain = (name: string): string => name.replace(/ \(\d+\)(?=\.[^.]+$)/, "");
  assert.deepEqual(new Map(whole.map(([name, bytes]) => [plain(name), bytes])), before);
  assert.equal(whole.length, before.size);
  assert.equal(there.size - whole.length, left.length, [...there.keys()].join("\n"));
  const quiet = await pc.night({ keys: KEYS, through: mounts.inside });
  assert.deepEqual([quiet.code, quiet.deliveries, quiet.findings], [0, [], []], quiet.stdout);
}

for (const fault of FOLDER_FAULTS) {
  Deno.test(`a folder: ${fault.name}`, () =>
    withFolders(async (world) => {
      const { pc, mounts, mails } = world;
      if (fault.known === true) {
        assert.equal((await pc.night({ keys: [1], through: mounts.inside })).code, 0);
      }
      await fault.spoil(world);
      const program = fault.inside === undefined
        ? ["main.ts"]
        : ["tests/faults/faulty_main.ts", fault.inside, world.faulty];
      const through = (command: readonly string[]): readonly string[] =>
        mounts.inside([...(fault.through ?? []), ...command]);
      const night = await pc.night({ keys: KEYS, program, through });
      assert.equal(night.code, fault.exit, night.stdout + night.stderr);
      assert.deepEqual(night.findings.map((one) => one.code), fault.codes, night.stdout);
      assertHealthy(night);
      assert.deepEqual(keysIn((await reportsAt(`${pc.folder}/healthy`)).values(), KEYS), KEYS);
      const attached = (await parseMails(mails)).flatMap((mail) =>
        mail.attachments.map((one) => one.content)
      );
      assert.deepEqual(keysIn(attached, KEYS), KEYS);
      await assertTold(night, mails, fault.told);
      const waiting = night.deliveries.filter((one) =>
        one.destination === "faulty" && one.outcome === "pending"
      );
      assert.equal(waiting.length, fault.pending, night.stdout);
      assert.deepEqual(await Array.fromAsync(Deno.readDir(world.elsewhere)), []);
      const count = mails.length;
      await fault.mend(world);
      await assertMadeUpFor(world, fault);
      assert.equal(mails.length, count, "a mail told twice");
      report.add({
        fault: fault.name,
        delivered: countLines(night.deliveries, ["delivered", "accepted"]),
        pending: countLines(night.deliveries, ["pending"]),
        told: toldText(night.findings, pc.folder),
        lost: "none",
      });
    }));
}

/** Makes a pipe: who opens it to write waits in the system until somebody opens it to read. */
async function makePipe(path: string): Promise<string> {
  const { success } = await new Deno.Command("mkfifo", { args: [path] }).output();
  assert.ok(success);
  return path;
}

const HANGS = ["hangs at the look", "hangs at writing"];

for (const hang of HANGS) {
  const name = hang.replace("hangs", "is slow");
  Deno.test(`a folder that ${name} keeps no other folder waiting, and gets all in the end`, () =>
    withFolders(async (world) => {
      const { pc, mounts, mails } = world;
      const pipe = await makePipe(`${pc.folder}/pipe`);
      assert.equal((await pc.night({ keys: [1], through: mounts.inside })).code, 0);
      const program = ["tests/faults/faulty_main.ts", hang, pipe];
      const running = await pc.start({ keys: KEYS, program, through: mounts.inside });
      // nobody reads the pipe yet, so the folder still hangs
      const held = async (): Promise<readonly number[]> =>
        keysIn((await reportsAt(`${pc.folder}/healthy`)).values(), KEYS);
      await until("the new key in the other folder", async () => (await held()).length === 2);
      assert.deepEqual(keysIn((await reportsOf(world)).values(), KEYS), [1]);
      using _opened = await Deno.open(pipe, { read: true, write: true });
      const night = await running.ended;
      assert.deepEqual([night.code, night.findings], [0, []], night.stdout);
      assertHealthy(night);
      assert.equal(mails.length, 2);
      assert.deepEqual(await reportsOf(world), await reportsAt(`${pc.folder}/healthy`));
      report.add({
        fault: `${name}, within its limit`,
        delivered: countLines(night.deliveries, ["delivered", "accepted"]),
        pending: "-",
        told: "-",
        lost: "none",
      });
    }));

  Deno.test(`a folder that ${hang} for ever costs its limit and no more`, () =>
    withFolders(async (world) => {
      const { pc, mounts, mails } = world;
      pc.settings = { ...pc.settings, limits: { destinationSeconds: 3 } };
      const program = ["tests/faults/faulty_main.ts", hang, await makePipe(`${pc.folder}/pipe`)];
      // that it ends at all is the point: the pipe has no other end, and the system never gives the call back
      const night = await pc.night({ keys: KEYS, program, through: mounts.inside });
      assert.equal(night.code, 3, night.stdout);
      assertHealthy(night);
      assert.deepEqual(keysIn((await reportsAt(`${pc.folder}/healthy`)).values(), KEYS), KEYS);
      assert.ok((await Deno.stat(`${pc.folder}/healthy/${HOST}/status.json`)).isFile);
      const late = /it took longer than 3 seconds/;
      const told = hang === "hangs at writing"
        ? [late]
        : [/^3 reports could not be delivered to "faulty"\./, late];
      await assertTold(night, mails, told);
      assert.equal(night.deliveries.filter((one) => one.outcome === "pending").length, 3);
      await assertMadeUpFor(world, {});
      assert.equal(mails.length, 1);
      report.add({
        fault: hang,
        delivered: countLines(night.deliveries, ["delivered", "accepted"]),
        pending: countLines(night.deliveries, ["pending"]),
        told: toldText(night.findings, pc.folder),
        lost: "none",
      });
    }));
}

Deno.test("the last line: what each fault of a folder came to", () => report.print());
