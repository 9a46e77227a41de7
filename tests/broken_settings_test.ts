/** Settings that cannot be read at all: those of the last run still reach a person. The whole program. */

import assert from "node:assert/strict";
import { flat, withMailedPc } from "./helpers/mailed_pc.ts";
import { program } from "./helpers/program.ts";

const BROKEN: readonly (readonly [what: string, breakIt: (text: string) => string, said: RegExp])[] = [
  [
    "break off",
    (text) => text.slice(0, -20),
    /the JSON in it breaks off \(line \d+, column \d+\)\. Write again what is missing/,
  ],
  [
    "lack a comma",
    (text) => text.replace(",\n", "\n"),
    /the JSON in it is damaged \(line 5, column 7\)\. Look there/,
  ],
  ["are empty", () => "", /it is empty\. Write it again/],
  ["are zero bytes", (text) => "\0".repeat(text.length), /it is no JSON document \(line 1, column 1\)/],
  [
    "name a wrong mail server",
    (text) => text.replace('"security": "none"', '"security": "nnoe"'),
    /"smtp\.security" is "nnoe"/,
  ],
];

for (const [what, breakIt, said] of BROKEN) {
  Deno.test(`settings that ${what}: the mail goes out by those of the last run, and says how to mend them`, () =>
    withMailedPc(async (pc) => {
      const lastGood = JSON.stringify(pc.settings, null, 2);
      assert.equal((await pc.check(20, lastGood)).code, 0);
      const before = pc.server.mails.length;
      for (const day of [21, 22]) {
        const { code, stderr } = await pc.check(day, breakIt(lastGood), { lastGood });
        assert.equal(code, 10, stderr);
        assert.match(stderr, said);
        assert.equal(stderr.trim().split("\n").length, 1, stderr);
      }
      const [mail, ...more] = (await pc.mails()).slice(before);
      assert.equal(more.length, 0);
      assert.equal(mail?.subject, "[ANNA-LAPTOP] Spare Key could not run: its settings cannot be used");
      const text = flat(mail?.text);
      assert.match(text, said);
      assert.match(text, /settings\.json": /);
      assert.match(
        text,
        /came by the settings that worked last: "settings\.last-good\.json" in the data folder/,
      );
      assert.match(text, /For no more mails take the mail out of the "destinations"/);
    }));
}

Deno.test("settings that name no mail any more, and are wrong, mail nobody by those of the last run", () =>
  withMailedPc(async (pc) => {
    const { destinations, ...rest } = pc.settings;
    const file = { ...rest, destinations: [(destinations as readonly unknown[])[0]], copyMaxAgeDays: "soon" };
    assert.equal((await pc.check(21, file, { lastGood: JSON.stringify(pc.settings) })).code, 10);
    assert.equal(pc.server.mails.length, 0);
  }));

Deno.test("settings that are right are used, whatever those of the last run were", () =>
  withMailedPc(async (pc) => {
    const { code } = await pc.check(21, {}, { lastGood: JSON.stringify(pc.settings) });
    assert.equal(code, 0);
    assert.equal(pc.server.mails.length, 0);
  }));

Deno.test("settings that are no JSON where no run knew better: no mail can go out, stderr and status say why", () =>
  withMailedPc(async (pc) => {
    const { code, stderr } = await pc.check(21, `${JSON.stringify(pc.settings).slice(0, -20)}`);
    assert.equal(code, 10);
    assert.match(stderr, /breaks off/);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.equal(pc.server.mails.length, 0);
    assert.match(
      flat((await pc.status()).stdout),
      /No run was good so far: - 21 November 2026: The run failed\. Cannot/,
    );
  }));

Deno.test("a run that failed outside the program is told by the settings that worked last where those now are broken", () =>
  withMailedPc(async (pc) => {
    for (const file of [null, "{ broken"]) {
      const { stdout } = await program(["tell-failure", "--data", pc.data, "--json"], {
        stdin: JSON.stringify({
          schema: 1,
          settings: { policy: null, file, lastGood: JSON.stringify(pc.settings) },
          host: "ANNA-LAPTOP",
          takenAt: `2026-11-2${file === null ? 1 : 2}T03:00:00.000+01:00`,
          failure: {
            exit: 10,
            message: `Cannot read settings: ${file === null ? "access is denied" : "broken"}`,
            hint: "let SYSTEM and administrators read the file",
          },
        }),
      });
      assert.deepEqual(JSON.parse(stdout).told, ["helper"]);
    }
    const [mail] = await pc.mails();
    assert.match(flat(mail?.text), /access is denied\. Let SYSTEM and administrators read the file\. /);
  }));
