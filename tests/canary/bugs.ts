/** Bugs whose errors hold secrets, in every way that JavaScript throws something. */

import assert from "node:assert/strict";
import { ROOT } from "../tools/repository.ts";
import { type BugPlace, BUGS, type BugTexts } from "./bug_main.ts";
import { type CanaryLab, envelopeOf, inPairs } from "./pc.ts";
import { ARCHIVE_KEY, DIGITS, SMTP_PASSWORD } from "./secrets.ts";

/** Each place at least once; all kinds of errors in the night, where the error goes the longest way. */
const OTHER_PLACES: readonly (readonly [bug: string, place: BugPlace])[] = [
  ["V8 quotes JSON behind the digits", "timer"],
  ["a message with other secrets", "timer"],
  ["a stack of its own", "promise"],
  ["a text", "promise"],
];

/** Lets each bug end a night. */
export async function bugs(lab: CanaryLab): Promise<void> {
  await lab.withPc(async (pc) => {
    const texts: BugTexts = { digits: DIGITS, password: SMTP_PASSWORD, archiveKey: ARCHIVE_KEY };
    await Deno.writeTextFile(`${pc.folder}/texts.json`, JSON.stringify(texts));
    await Deno.mkdir(`${pc.folder}/keys`);
    const settings = { destinations: [{ name: "keys", kind: "folder", path: `${pc.folder}/keys` }] };
    const trials = [...Object.keys(BUGS).map((bug) => [bug, "night"] as const), ...OTHER_PLACES];
    await inPairs(trials.entries().toArray(), async ([index, [bug, place]]) => {
      const source = [`${ROOT}tests/canary/bug_main.ts`, bug, place, `${pc.folder}/texts.json`];
      const json = index % 2 === 0 ? ["--json"] : [];
      const data = `${pc.folder}/data/${index}`;
      const { code, stdout, stderr } = await pc.run(["check", "--data", data, ...json], {
        source,
        stdin: envelopeOf(settings),
        codes: [1, 15],
      });
      assert.equal(code, bug === "an error for people" ? 15 : 1, `${bug}: ${stderr}`);
      assert.match(stderr, /^(?:Spare Key has a bug: |Cannot use )/m, `${bug}: ${stderr}`);
      if (json.length > 0) assert.equal(JSON.parse(stdout).error.exit, code);
    });
    await pc.searchFiles((path) => path === "texts.json" ? ["digits", "password", "archiveKey"] : []);
  });
}
