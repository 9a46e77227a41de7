/**
 * Recovery passwords, passwords, keys and passphrases are looked for everywhere they must not be: output, files,
 * mails, processes; in all tasks, in their success and in their failure.
 */

import assert from "node:assert/strict";
import { brokenInput } from "./canary/broken_input.ts";
import { bugs } from "./canary/bugs.ts";
import { misplacedInInput, misplacedInSettings, misplacedInWords } from "./canary/misplaced.ts";
import { mounts } from "./canary/mounts.ts";
import { nights } from "./canary/nights.ts";
import { type CanaryLab, labWith } from "./canary/pc.ts";
import { orchestrator, processes } from "./canary/processes.ts";
import { reading } from "./canary/reading.ts";
import { watchOver } from "./canary/watch.ts";
import { bundle } from "./tools/bundle.ts";
import { say } from "./tools/say.ts";

const watch = watchOver();
const app = await Deno.makeTempDir({ prefix: "spare-key-canary-app-" });
globalThis.addEventListener("unload", () => Deno.removeSync(app, { recursive: true }));
await bundle(app);
const lab = labWith(app, watch);

/** A test whose searches must find nothing. */
function test(name: string, act: (lab: CanaryLab) => Promise<void>): void {
  Deno.test(name, async () => {
    const before = watch.hits.length;
    await act(lab);
    assert.deepEqual([...new Set(watch.hits.slice(before))], []);
  });
}

test("input that breaks off or is damaged around its secrets is refused without quoting them", brokenInput);

test("a bug tells where it is, and none of the secrets that its error holds", bugs);

test("a secret in the wrong place of the settings goes no further", misplacedInSettings);
test("digits in the wrong place of a snapshot, a listing or a receipt go no further", misplacedInInput);
test("a secret on the command line is repeated nowhere", misplacedInWords);

test(
  "nights with mails taken and refused, with damage and without places leave secrets at their places",
  nights,
);
test("tasks that read reports show digits where they are asked to, and nothing of what opens them", reading);

test("full, read-only and missing disks: no secret in any temporary place", mounts);
test("no process shows a secret, and a killed one leaves none", processes);
test("neither PowerShell nor the program that it starts shows a secret", orchestrator);

Deno.test("Deno's caches hold no secret; the count of what was searched", async () => {
  const cached = await watch.folder(`${app}/deno`);
  assert.ok(cached.size > 0, "there are no caches");
  say(watch.line());
  assert.deepEqual(watch.hits, []);
});
