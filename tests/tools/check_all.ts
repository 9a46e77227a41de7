/**
 * Checks all that is no test: form, rules, types, documentation and its examples. Part of `deno task ok`
 *
 * Goes on after a failure, so that one run tells everything.
 */

import { readText, ROOT, writtenFiles } from "./repository.ts";
import { say } from "./say.ts";

/** Runs Deno; what it says is shown, except of a silent run, which gives it back. */
async function deno(args: readonly string[], silent = false): Promise<{ success: boolean; told: string }> {
  const output = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: silent ? "null" : "inherit",
    stderr: silent ? "piped" : "inherit",
  }).spawn();
  const told = silent ? await new Response(output.stderr).text() : "";
  return { success: (await output.status).success, told };
}

/** A field of an interface whose name and type say all. */
const PLAIN_FIELD = /^\s+(?:override )?readonly \w+\??[:(]| (?:override )?readonly \w+ = /;

/**
 * Runs `deno doc --lint` over the library. It wants a comment at each single field; that is left to judgement.
 *
 * @returns What it found of all else.
 */
async function documentationGaps(): Promise<readonly string[]> {
  const library = (await writtenFiles()).filter((path) => /^lib\/.*\.ts$/.test(path));
  const { success, told } = await deno(["doc", "--lint", "--quiet", ...library], true);
  const found = told.split(/^(?=error\[)/m).filter((part) => part.startsWith("error["));
  if (!success && found.length === 0) return [told];
  const gaps: string[] = [];
  for (const part of found) {
    const [, path = "", line = ""] = /--> (.+):(\d+):\d+/.exec(part) ?? [];
    const source = (await readText(path.replace(ROOT, ""))).split("\n")[Number(line) - 1] ?? "";
    if (!part.startsWith("error[missing-jsdoc]") || !PLAIN_FIELD.test(source)) gaps.push(part.trimEnd());
  }
  return gaps;
}

const STEPS: readonly (readonly [what: string, run: () => Promise<boolean>])[] = [
  ["form", async () => (await deno(["fmt", "--check"])).success],
  ["rules", async () => (await deno(["lint"])).success],
  ["types", async () => (await deno(["check", "--frozen", "."])).success],
  ["documentation", async () => {
    const gaps = await documentationGaps();
    for (const gap of gaps) say(gap);
    return gaps.length === 0;
  }],
  // Not checked as types: Deno imports all of a file into each example, then tells of what it does not use.
  ["examples", async () => (await deno(["test", "--frozen", "--doc", "--no-check", "-A", "lib/"])).success],
];

const failed: string[] = [];
for (const [what, run] of STEPS) {
  say(`--- ${what}`);
  if (!await run()) failed.push(what);
}
const good = failed.length === 0;
say(good ? "form, rules, types, documentation and examples are right" : `FAILED: ${failed.join(", ")}`);
Deno.exit(good ? 0 : 1);
