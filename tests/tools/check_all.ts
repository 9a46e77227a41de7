/**
 * Checks all that is no test: form, rules, types, documentation and its examples. Part of `deno task ok`
 *
 * Goes on after a failure, so that one run tells everything.
 */

import { ROOT, writtenFiles } from "./repository.ts";
import { say } from "./say.ts";

/** Runs Deno and shows what it says. @returns Whether it ended well. */
async function deno(...args: readonly string[]): Promise<boolean> {
  const command = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
  return (await command.spawn().status).success;
}

const library = (await writtenFiles()).filter((path) => /^lib\/.*\.ts$/.test(path));

const STEPS: readonly (readonly [what: string, args: readonly string[]])[] = [
  ["form", ["fmt", "--check"]],
  ["rules", ["lint"]],
  ["types", ["check", "--frozen", "."]],
  ["documentation", ["doc", "--lint", "--quiet", ...library]],
  // Not checked as types: Deno imports all of a file into each example, then tells of what it does not use.
  ["examples", ["test", "--frozen", "--doc", "--no-check", "-A", "lib/"]],
];

const failed: string[] = [];
for (const [what, args] of STEPS) {
  say(`--- ${what}`);
  if (!await deno(...args)) failed.push(what);
}
const good = failed.length === 0;
say(good ? "form, rules, types, documentation and examples are right" : `FAILED: ${failed.join(", ")}`);
Deno.exit(good ? 0 : 1);
