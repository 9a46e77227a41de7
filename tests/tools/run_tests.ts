/**
 * Runs all tests: TypeScript, then PowerShell. `deno task test [FILE…]`
 *
 * The last line sums both up, `412 passed, 0 failed`. Where `CI` is set, a test that was left out counts as failed.
 */

import { ROOT } from "./repository.ts";
import { say } from "./say.ts";

/** What a run of tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly leftOut: number;
}

/** As many at once as there are cores, but never more than this: each starts programs of its own. */
const MOST_JOBS = 4;

/**
 * Reads the summary that `deno test` writes.
 *
 * @param output All of its output, without colours.
 * @returns The numbers, `null` when it did not get that far.
 */
export function denoTally(output: string): Tally | null {
  const line = output.match(/^(?:ok|FAILED) \| \d+ passed.*$/gm)?.at(-1);
  if (line === undefined) return null;
  const number = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return {
    passed: number("passed"),
    failed: number("failed"),
    leftOut: number("ignored") + number("filtered out"),
  };
}

/**
 * Reads the summary that the PowerShell tests write.
 *
 * @param output All of their output.
 * @returns The numbers, `null` when they did not get that far.
 */
export function powershellTally(output: string): Tally | null {
  const sum = /^powershell: (\d+) passed, (\d+) failed\r?$/m.exec(output);
  if (sum !== null) {
    // A test that Pester did not run stands among its failed ones already.
    return { passed: Number(sum[1]), failed: Number(sum[2]), leftOut: 0 };
  }
  const skipped = /^(\d+) PowerShell tests skipped:/m.exec(output);
  return skipped === null ? null : { passed: 0, failed: 0, leftOut: Number(skipped[1]) };
}

/**
 * Adds up.
 *
 * @param tallies One a kind of test; `null` counts as one that failed.
 * @param options Whether nothing may be left out.
 * @returns The last line, and whether all is well.
 */
export function summary(
  tallies: readonly (Tally | null)[],
  { strict }: { readonly strict: boolean },
): { readonly line: string; readonly good: boolean } {
  const sum = (pick: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + (tally === null ? 0 : pick(tally)), 0);
  const leftOut = sum((tally) => tally.leftOut);
  const failed = sum((tally) => tally.failed) + tallies.filter((tally) => tally === null).length +
    (strict ? leftOut : 0);
  const rest = leftOut > 0 ? `, ${leftOut} left out` : "";
  return { line: `${sum((tally) => tally.passed)} passed, ${failed} failed${rest}`, good: failed === 0 };
}

/**
 * Runs Deno; what it writes is shown as it comes, and given back.
 *
 * @param args All arguments.
 * @param env Added to the environment.
 * @returns Its standard output, and whether it ended well.
 */
export async function show(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly output: string; readonly success: boolean }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: ROOT,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let output = "";
  const decoder = new TextDecoder();
  for await (const bytes of child.stdout) {
    output += decoder.decode(bytes, { stream: true });
    for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
  }
  return { output, success: (await child.status).success };
}

/**
 * Lets the exit code have the last word: a run that ended badly is no good one, whatever it wrote.
 *
 * @param tally As written.
 * @param success Whether the program ended well.
 * @returns The numbers, `null` when they cannot be trusted.
 */
export function judged(tally: Tally | null, success: boolean): Tally | null {
  return tally !== null && (success || tally.failed > 0 || tally.leftOut > 0) ? tally : null;
}

if (import.meta.main) {
  const env = { DENO_JOBS: String(Math.min(navigator.hardwareConcurrency, MOST_JOBS)) };
  const files = Deno.args.length > 0 ? Deno.args : ["tests/"];
  const deno = await show(["test", "--frozen", "--parallel", "-A", "--ignore=tests/windows", ...files], env);
  const tallies = [judged(denoTally(deno.output), deno.success)];
  if (Deno.args.length === 0) {
    const powershell = await show(["run", "--frozen", "-A", "tests/powershell/run.ts"]);
    tallies.push(judged(powershellTally(powershell.output), powershell.success));
  }
  const { line, good } = summary(tallies, { strict: Deno.env.get("CI") !== undefined });
  say(line);
  Deno.exit(good ? 0 : 1);
}
