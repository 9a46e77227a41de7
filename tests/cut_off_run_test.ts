/** A run that is killed together with its script: the next one, and `status`, say so. The whole program. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { renderRunMark } from "../lib/core/run_mark.ts";
import { flat, HOST, type MailedPc, snapshotOf, withMailedPc } from "./helpers/mailed_pc.ts";
import { volume } from "./helpers/night_rig.ts";
import { program } from "./helpers/program.ts";

const CONFIG = new URL("../deno.json", import.meta.url).pathname;
const MAIN = new URL("../main.ts", import.meta.url).pathname;

/**
 * Starts a night with a new key, and ends it while it talks to a mail server that never answers: by a signal, or as
 * the system does when the script that started it is gone.
 */
async function cutOff(pc: MailedPc, day: number, how: "kill" | "script"): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const smtp = { host: "127.0.0.1", port: listener.addr.port, security: "none", from: "keys@example.org" };
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--config", CONFIG, "--allow-read", "--allow-write", "--allow-net", MAIN]
      .concat("check", "--data", pc.data, "--json"),
    stdin: "piped",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const writer = child.stdin.getWriter();
  const envelope = {
    schema: 1,
    runId: `run-${day}`,
    snapshot: { ...snapshotOf(day), volumes: [volume("C:", [1, day])] },
    settings: { policy: null, file: { ...pc.settings, smtp } },
  };
  await writer.write(new TextEncoder().encode(`${JSON.stringify(envelope)}\0`));
  const line = await listener.accept();
  if (how === "kill") child.kill("SIGKILL");
  await writer.close().catch(() => {}); // broken already where it was killed
  assert.notEqual((await child.status).code, 0);
  line.close();
  listener.close();
}

async function history(pc: MailedPc): Promise<readonly { readonly kind: string; readonly text: string }[]> {
  const { stdout } = await program(["history", "--data", pc.data, "--json"]);
  return JSON.parse(stdout).events.filter((one: { kind: string }) => one.kind === "run-cut-off");
}

async function subjects(pc: MailedPc): Promise<readonly string[]> {
  return (await pc.mails()).map(({ subject }) => subject ?? "").filter((one) =>
    one.includes("could not run")
  );
}

for (const how of ["kill", "script"] as const) {
  Deno.test(`a run is cut off once (${how}): status says so until the next run, history for good, no mail does`, () =>
    withMailedPc(async (pc) => {
      assert.equal((await pc.check(20, pc.settings)).code, 0);
      await cutOff(pc, 21, how);
      const said = flat((await pc.status()).stdout);
      assert.match(
        said,
        /^ANNA-LAPTOP, last run 21 November 2026, which failed Last good run: 20 November 2026\./,
      );
      assert.match(
        said,
        /- 21 November 2026: The run did not come to its end: something ended it, or the PC was /,
      );
      const { failedRuns } = JSON.parse((await pc.status("--json")).stdout);
      assert.deepEqual([failedRuns.length, failedRuns[0].exit, failedRuns[0].count], [1, 3, 1]);
      assert.deepEqual(await history(pc), []);

      const next = await pc.check(22, pc.settings);
      assert.equal(next.code, 0, next.stderr);
      assert.match((await pc.status()).stdout, /^ANNA-LAPTOP, last run 22 November 2026, which was good\n\n/);
      assert.deepEqual((await history(pc)).map(({ text }) => text.slice(0, 55)), [
        "The run of 21 November 2026 did not come to its end: so",
      ]);
      // What the killed run had found is told, and counted, once; that it was killed is no change of the PC.
      const { lastRun } = JSON.parse((await pc.status("--json")).stdout);
      const changed = JSON.parse((await program(["history", "--data", pc.data, "--json"])).stdout).events
        .filter(({ at, kind }: { at: string; kind: string }) => at > "2026-11-21" && kind !== "run-cut-off");
      assert.deepEqual([lastRun.runId, lastRun.changes], ["run-22", changed.length]);
      assert.equal((await pc.check(23, pc.settings)).code, 0);
      assert.equal((await history(pc)).length, 1);
      assert.deepEqual(await subjects(pc), []);
    }));
}

Deno.test("a second night is cut off: the next run mails it at its beginning, before it may be cut off itself", () =>
  withMailedPc(async (pc) => {
    assert.equal((await pc.check(20, pc.settings)).code, 0);
    await cutOff(pc, 21, "script");
    await cutOff(pc, 22, "kill");
    assert.match(
      flat((await pc.status()).stdout),
      /- 21 November 2026 to 22 November 2026 \(2 runs\): The run did not come to its end/,
    );
    // Its ledger cannot be opened: the night fails, and the mail is out all the same.
    const ledger = await Deno.readFile(`${pc.data}/ledger.db`);
    await Deno.remove(`${pc.data}/ledger.db`);
    await Deno.mkdir(`${pc.data}/ledger.db`);
    assert.equal((await pc.check(23, pc.settings)).code, 12);
    await Deno.remove(`${pc.data}/ledger.db`);
    await Deno.writeFile(`${pc.data}/ledger.db`, ledger);
    // One mail a day: that of the ledger would come the next one.
    assert.deepEqual(await subjects(pc), [
      "[ANNA-LAPTOP] Spare Key could not run: it did not come to its end",
    ]);
    const mail = (await pc.mails()).find(({ subject }) => subject?.includes("come to its end"));
    const text = flat(mail?.text);
    assert.match(text, /PC ANNA-LAPTOP on 22 November 2026/);
    assert.match(text, /So ended the last 2 runs, since 21 November 2026\. /);
    assert.match(text, /look what ends programs there/);
    assert.equal(mail?.date?.toISOString(), "2026-11-23T02:00:00.000Z");

    assert.equal((await pc.check(24, pc.settings)).code, 0);
    await cutOff(pc, 25, "kill");
    assert.equal((await pc.check(26, pc.settings)).code, 0);
    assert.equal((await subjects(pc)).length, 1, "once more is the first of a row");
  }));

Deno.test("a run between its two starts is not cut off; one that never started again was", () =>
  withMailedPc(async (pc) => {
    const settings = {
      ...pc.settings,
      destinations: [{ name: "office", kind: "share", path: "\\\\nas\\keys$", sealed: false }],
    };
    const listings = [{ destination: "office", reachable: true, error: null, folders: [] }];
    const carried = await pc.check(21, settings, { listings });
    assert.ok(JSON.parse(carried.stdout).carry.length > 0);
    const left = await Deno.readTextFile(`${pc.data}/run.lock`);
    assert.equal(
      left,
      renderRunMark({ runId: "run-21", takenAt: "2026-11-21T03:00:00.000+01:00", waiting: true }),
    );
    // The second start of the same run finds its own mark.
    assert.equal((await pc.check(21, settings, { listings, receipts: [] })).code, 3);
    assert.equal(await Deno.readTextFile(`${pc.data}/run.lock`), "");
    assert.deepEqual(await history(pc), []);

    await Deno.writeTextFile(`${pc.data}/run.lock`, left.replaceAll("21", "22"));
    assert.equal((await pc.check(23, settings, { listings, receipts: [] })).code, 3);
    assert.equal((await history(pc)).length, 1);
  }));

Deno.test("a run that said why it failed, or that the ledger has, was not cut off; a dry run looks at nothing", () =>
  withMailedPc(async (pc) => {
    const lock = `${pc.data}/run.lock`;
    const mark = (day: number): string =>
      renderRunMark({ runId: `run-${day}`, takenAt: `2026-11-${day}T03:00:00.000+01:00` });
    assert.equal((await pc.check(20, pc.settings)).code, 0);
    await Deno.writeTextFile(lock, mark(20));
    assert.equal((await pc.check(21, pc.settings)).code, 0);
    assert.deepEqual(await history(pc), []);

    // As the script does for a run that it has ended at its time limit.
    await Deno.writeTextFile(lock, mark(22));
    const { code } = await program(["tell-failure", "--data", pc.data, "--json"], {
      stdin: JSON.stringify({
        schema: 1,
        settings: { policy: null, file: JSON.stringify(pc.settings) },
        host: HOST.name,
        takenAt: "2026-11-22T03:00:00.000+01:00",
        failure: { exit: 3, message: "The program did not end within 900 seconds and was ended", hint: null },
      }),
    });
    assert.equal(code, 0);
    assert.doesNotMatch((await pc.status()).stdout, /did not come to its end/);
    const dry = await program(["check", "--data", pc.data, "--dry-run"], {
      stdin: JSON.stringify(snapshotOf(23)),
    });
    assert.equal(dry.code, 0, dry.stderr);
    assert.equal(await Deno.readTextFile(lock), mark(22));
    assert.equal((await pc.check(23, pc.settings)).code, 0);
    assert.deepEqual(await history(pc), []);
    assert.deepEqual(await subjects(pc), [
      "[ANNA-LAPTOP] Spare Key could not run: it did not come to its end",
    ]);
  }));

Deno.test("a ledger with a row that was damaged meanwhile is told of also by the run that records the one cut off", () =>
  withMailedPc(async (pc) => {
    assert.equal((await pc.check(20, pc.settings)).code, 0);
    await cutOff(pc, 21, "kill");
    const db = new DatabaseSync(`${pc.data}/ledger.db`);
    db.exec("UPDATE runs SET taken_at = '2020-01-01T00:00:00Z'");
    db.close();
    const { code, stdout } = await pc.check(22, pc.settings);
    assert.equal(code, 3);
    assert.ok(
      JSON.parse(stdout).findings.some((one: { code: string }) => one.code === "ledger-replaced"),
      stdout,
    );
    assert.equal((await history(pc)).length, 1);
  }));
