/** A nightly run that fails reaches a person: the whole program, with a real mail server and a run's permissions. */

import assert from "node:assert/strict";
import { LEDGER_MIGRATIONS } from "../lib/effects/ledger_schema.ts";
import { openSqliteLedger } from "../lib/effects/sqlite_ledger.ts";
import { flat, SMTP_PASSWORD, snapshotOf, withMailedPc } from "./helpers/mailed_pc.ts";
import { filesBelow, program } from "./helpers/program.ts";

Deno.test("one wrong value in the settings: a mail says so, once, and status names the days", () =>
  withMailedPc(async (pc) => {
    assert.equal((await pc.check(20, pc.settings)).code, 0);
    const before = pc.server.mails.length;
    const wrong = { ...pc.settings, copyMaxAgeDays: "soon" };
    for (const day of [21, 22, 23]) {
      const { code, stdout, stderr } = await pc.check(day, wrong);
      assert.equal(code, 10, stderr);
      assert.equal(JSON.parse(stdout).error.code, "settings");
    }
    const mails = (await pc.mails()).slice(before);
    assert.equal(mails.length, 1);
    const [mail] = mails;
    assert.equal(mail?.subject, "[ANNA-LAPTOP] Spare Key could not run: its settings cannot be used");
    const text = flat(mail?.text);
    for (
      const part of [
        "PC ANNA-LAPTOP on 21 November 2026",
        '"copyMaxAgeDays" is "soon"',
        "The last good run was on 20 November 2026.",
        "nobody watches this PC",
        "This mail holds no recovery key.",
      ]
    ) assert.ok(text.includes(part), `${part} in: ${text}`);
    assert.doesNotMatch(text, /[0-9]{6}-[0-9]{6}|at .*\.ts:|THE DRIVES NOW/);
    // It hangs in the thread of the PC's other mails.
    assert.equal(mail?.references, (await pc.mails())[0]?.references);

    const { code, stdout } = await pc.status();
    assert.equal(code, 0);
    const said = flat(stdout);
    assert.match(
      said,
      /^ANNA-LAPTOP, last run 23 November 2026, which failed Last good run: 20 November 2026\./,
    );
    assert.match(
      said,
      /- 21 November 2026 to 23 November 2026 \(3 runs\): The run failed\. .*"copyMaxAgeDays" is "soon"/,
    );
    const { failedRuns, lastGoodRun } = JSON.parse((await pc.status("--json")).stdout);
    assert.deepEqual([failedRuns.length, failedRuns[0].exit, failedRuns[0].count, lastGoodRun.runId], [
      1,
      10,
      3,
      "run-20",
    ]);

    assert.equal((await pc.check(24, pc.settings)).code, 0);
    assert.match((await pc.status()).stdout, /^ANNA-LAPTOP, last run 24 November 2026, which was good\n\n/);
    assert.equal((await pc.check(25, wrong)).code, 10);
    assert.equal(pc.server.mails.length, before + 2, "broken again is news again");
  }));

Deno.test("a ledger of a newer version: a mail says so, and status still names the failed run", () =>
  withMailedPc(async (pc) => {
    assert.equal((await pc.check(20, pc.settings)).code, 0);
    const before = pc.server.mails.length;
    const next = { version: LEDGER_MIGRATIONS.length + 1, sql: [], reseal: [] };
    const newer = await openSqliteLedger(`${pc.data}/ledger.db`, {
      archiveHasFiles: true,
      migrations: [...LEDGER_MIGRATIONS, next],
    });
    newer.close();
    assert.equal((await pc.check(21, pc.settings)).code, 12);
    assert.equal((await pc.check(22, pc.settings)).code, 12);
    const [mail, ...more] = (await pc.mails()).slice(before);
    assert.equal(more.length, 0);
    assert.equal(mail?.subject, "[ANNA-LAPTOP] Spare Key could not run: its record cannot be used");
    const { code, stdout, stderr } = await pc.status();
    assert.equal(code, 12, stderr);
    assert.match(flat(stdout), /Runs failed: - 21 November 2026 to 22 November 2026 \(2 runs\)/);
  }));

Deno.test("a snapshot that breaks off: the settings file of the data folder gives the way", () =>
  withMailedPc(async (pc) => {
    await Deno.writeTextFile(`${pc.data}/settings.json`, JSON.stringify(pc.settings));
    const stdin = JSON.stringify({ schema: 1, snapshot: snapshotOf(21) }).slice(0, 200);
    const { code } = await program(["check", "--data", pc.data], { stdin });
    assert.equal(code, 11);
    const [mail] = await pc.mails();
    assert.equal(mail?.subject, "[PC without a name] Spare Key could not run: no usable answer from Windows");
  }));

Deno.test("a part of the snapshot is wrong: the mail names the PC all the same", () =>
  withMailedPc(async (pc) => {
    const snapshot = { ...snapshotOf(21), volumes: null };
    assert.equal((await pc.check(21, pc.settings, { snapshot })).code, 11);
    const [mail] = await pc.mails();
    assert.equal(mail?.subject, "[ANNA-LAPTOP] Spare Key could not run: no usable answer from Windows");
    assert.match(flat(mail?.text), /PC ANNA-LAPTOP on 21 November 2026/);
  }));

Deno.test("a bug: a mail says so, without a stack and without digits that an error quotes", () =>
  withMailedPc(async (pc) => {
    await Deno.writeTextFile(`${pc.data}/settings.json`, JSON.stringify(pc.settings));
    await Deno.writeTextFile(`${pc.data}/s.json`, JSON.stringify({ ...snapshotOf(21), volumes: [] }));
    const { code } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-A",
        new URL("helpers/failing_main.ts", import.meta.url).pathname,
        "check",
        "--data",
        pc.data,
        "--snapshot",
        `${pc.data}/s.json`,
      ],
      stderr: "null",
    }).output();
    assert.equal(code, 1);
    const [mail] = await pc.mails();
    assert.equal(mail?.subject, "[ANNA-LAPTOP] Spare Key could not run: an error in the program");
    const text = flat(mail?.text);
    assert.match(text, /Spare Key has a bug: Unexpected token/);
    assert.doesNotMatch(text, /[0-9]{6}|failing_main/);
  }));

Deno.test("a server that cannot be reached: it is said, and the address is still to be told", () =>
  withMailedPc(async (pc) => {
    await pc.server.stop();
    const refused = await pc.check(21, { ...pc.settings, copyMaxAgeDays: "soon" });
    assert.equal(refused.code, 10);
    assert.match(refused.stderr, /Cannot tell "helper" of the failed run: /);
    const { failedRuns } = JSON.parse(await Deno.readTextFile(`${pc.data}/failed-runs.json`));
    assert.deepEqual(failedRuns[0].told, {});
  }));

Deno.test("a dry run that fails remembers and mails nothing", () =>
  withMailedPc(async (pc) => {
    await Deno.writeTextFile(
      `${pc.data}/settings.json`,
      JSON.stringify({ ...pc.settings, verify: "always" }),
    );
    const stdin = JSON.stringify(snapshotOf(21));
    const { code } = await program(["check", "--data", pc.data, "--dry-run"], { stdin });
    assert.equal(code, 10);
    assert.equal(pc.server.mails.length, 0);
    assert.deepEqual([...(await filesBelow(pc.data)).keys()], ["settings.json"]);
  }));

Deno.test("a run that failed outside the program is told by the hidden task, also where it had no snapshot", () =>
  withMailedPc(async (pc) => {
    const request = (day: number, more: object): string =>
      JSON.stringify({
        schema: 1,
        settings: { policy: null, file: JSON.stringify(pc.settings) },
        secrets: { smtpPassword: SMTP_PASSWORD },
        host: "ANNA-LAPTOP",
        takenAt: `2026-11-${day}T03:00:00.000+01:00`,
        failure: {
          exit: 3,
          message: "The program did not end within 900 seconds and was ended",
          hint: "wait",
        },
        ...more,
      });
    const rows: readonly (readonly [day: number, more: object, subject: string | null])[] = [
      [21, {}, "[ANNA-LAPTOP] Spare Key could not run: it did not come to its end"],
      [22, {}, null],
      [
        23,
        { failure: { exit: 11, message: "Cannot tell which PC this is", hint: null }, host: null },
        "[PC without a name] Spare Key could not run: no usable answer from Windows",
      ],
      [
        24,
        { failure: { exit: 3221225477, message: "The program ended with code 3221225477 and no answer" } },
        "[ANNA-LAPTOP] Spare Key could not run: an error in the program",
      ],
    ];
    for (const [day, more, subject] of rows) {
      const before = pc.server.mails.length;
      const { code, stdout, stderr } = await program(["tell-failure", "--data", pc.data, "--json"], {
        stdin: request(day, more),
      });
      assert.equal(code, 0, stderr);
      assert.deepEqual(JSON.parse(stdout).told, subject === null ? [] : ["helper"]);
      const subjects = (await pc.mails()).slice(before).map((mail) => mail.subject);
      assert.deepEqual(subjects, subject === null ? [] : [subject]);
    }
    assert.match(
      flat((await pc.status()).stdout),
      /\(2 runs\): The run failed\. The program did not end within 900/,
    );
  }));
