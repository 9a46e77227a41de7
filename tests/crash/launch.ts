/** The program as a process of its own, which ends at a step, at an instant, or by itself. */

import { bundle } from "../tools/bundle.ts";
import { ROOT } from "../tools/repository.ts";
import { PRODUCTION_FLAGS, productionEnvironment, runDeno } from "../tools/production.ts";
import type { StepPlan } from "./steps.ts";

/** Ends the program at a step, or once it has opened its data folder that long ago and something has happened. */
export type ProgramEnd =
  | { readonly atStep: number }
  | { readonly afterMs: number }
  | { readonly upon: Promise<void> };

/** How a start of the program ended. */
export interface Ended {
  /** `null` when it ended by itself. */
  readonly signal: Deno.Signal | null;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Names of the steps that it reached; empty where nobody counted. */
  readonly steps: readonly string[];
  /** From the opening of the data folder to the end, in milliseconds. */
  readonly openMs: number;
}

/** What a start is told. */
export interface CheckOptions {
  readonly end: ProgramEnd | null;
  /** What the program takes for the present, where it can be told. */
  readonly now: string;
}

/** The program, ready for one PC. */
export interface Ready {
  /** Runs `check`. */
  check(envelope: string, options: CheckOptions): Promise<Ended>;
}

/** A PC as far as the program must know it. */
export interface PcFolders {
  readonly root: string;
  readonly data: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A way of starting the program. */
export interface Launch {
  ready(pc: PcFolders): Promise<Ready>;
}

/**
 * Starts the test entry, which counts steps and may die at one; bundled, for it is started a thousand times.
 *
 * @param folder Where the bundle is to lie.
 * @param options Whether the disk has hard links.
 * @returns The way.
 */
export async function stepLaunch(
  folder: string,
  { hardLinks = true }: { readonly hardLinks?: boolean } = {},
): Promise<Launch> {
  const program = `${folder}/crash_entry.js`;
  if (!exists(program)) await bundleEntry(folder);
  return {
    ready: ({ root, data }) =>
      Promise.resolve({
        async check(envelope, { end, now }): Promise<Ended> {
          const log = `${root}/steps.log`;
          await Deno.writeTextFile(log, "");
          const killAt = end !== null && "atStep" in end ? end.atStep : 0;
          const plan: StepPlan = { killAt, log, now, hardLinks };
          const args = [
            "run",
            "--no-prompt",
            "--no-lock",
            "--no-config",
            "-A",
            program,
            JSON.stringify(plan),
          ];
          const ended = await run([...args, "check", "--json", "--data", data], { envelope, env: {} });
          const steps = (await Deno.readTextFile(log)).split("\n").filter((line) => line !== "");
          return { ...ended, openMs: 0, steps: steps.map((line) => line.slice(line.indexOf(" ") + 1)) };
        },
      }),
  };
}

async function bundleEntry(folder: string): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--code-splitting", "--minify", "--keep-names", "--outdir", folder, ENTRY],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`Cannot bundle the test entry: ${new TextDecoder().decode(stderr)}`);
}

const ENTRY = `${ROOT}tests/crash/crash_entry.ts`;

/**
 * Starts the bundle as production does: computed permissions, an environment built from nothing.
 *
 * @param folder Where the bundle is to lie.
 * @returns The way.
 */
export async function productionLaunch(folder: string): Promise<Launch> {
  await bundle(folder);
  const program = `${folder}/main.js`;
  return {
    async ready({ root, data, settings }): Promise<Ready> {
      const home = `${root}/deno`;
      await Deno.mkdir(`${home}/temp`, { recursive: true });
      const request = { schema: 1, settings: { policy: null, file: settings }, dataFolder: data };
      const asked = await runDeno(
        home,
        ["run", ...PRODUCTION_FLAGS, "--no-config", program, "permissions"],
        new TextEncoder().encode(JSON.stringify(request)),
      );
      if (asked.code !== 0) throw new Error(`Cannot compute permissions: ${asked.stderr}`);
      const permissions = `${root}/permissions.json`;
      await Deno.writeTextFile(permissions, asked.stdout);
      const args = ["run", ...PRODUCTION_FLAGS, "--config", permissions, "-P", program, "check", "--json"];
      return {
        async check(envelope, { end }): Promise<Ended> {
          const lock = `${data}/run.lock`;
          // The system holds the lock, not the file: made anew, it shows when this run opened the folder.
          await Deno.remove(lock).catch(() => undefined);
          const env = productionEnvironment(home);
          const afterMs = end !== null && "afterMs" in end ? end.afterMs : null;
          return {
            ...await run([...args, "--data", data], { envelope, env, opened: lock, afterMs }),
            steps: [],
          };
        },
      };
    },
  };
}

async function run(
  args: readonly string[],
  { envelope, env, opened = null, afterMs = null }: {
    readonly envelope: string;
    readonly env: Readonly<Record<string, string>>;
    readonly opened?: string | null;
    readonly afterMs?: number | null;
  },
): Promise<Omit<Ended, "steps">> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...env, NO_COLOR: "1" },
    clearEnv: opened !== null,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let over = false;
  const output = child.output().finally(() => {
    over = true;
  });
  const writer = child.stdin.getWriter();
  // who is killed early does not read all
  await writer.write(new TextEncoder().encode(envelope)).then(() => writer.close()).catch(() => undefined);
  let openedAt = 0;
  if (opened !== null) {
    while (!over && !exists(opened)) await pause(1);
    openedAt = performance.now();
    if (!over && afterMs !== null) {
      await Promise.race([output, pause(afterMs)]);
      if (!over) end(child);
    }
  }
  const { code, signal, stdout, stderr } = await output;
  const decoder = new TextDecoder();
  return {
    code,
    signal,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
    openMs: performance.now() - openedAt,
  };
}

function end(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It ended by itself before the signal came, and its output is not yet read: that is no kill, and counts as none.
    if (!(error instanceof TypeError)) throw error;
  }
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
