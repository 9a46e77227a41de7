/** A PC in a folder of its own: the program runs on it as a process, and all that it says is searched. */

import assert from "node:assert/strict";
import { EXIT, messageOf } from "../../lib/errors.ts";
import { volume } from "../helpers/night_rig.ts";
import { PRODUCTION_FLAGS } from "../tools/production.ts";
import { ROOT } from "../tools/repository.ts";
import { ARCHIVE_KEY, KEYS, type SecretKind, SMTP_PASSWORD } from "./secrets.ts";
import type { Named, Watch } from "./watch.ts";

/** How a run ended. */
export interface Ended {
  readonly code: number;
  readonly signal: Deno.Signal | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run is started. */
export interface RunOptions {
  readonly stdin?: Uint8Array | string | AsyncIterable<Uint8Array>;
  /** The exit codes that it may have; any that is no bug without it. */
  readonly codes?: readonly number[];
  /** What has its place in the results. */
  readonly shows?: Named;
  /** What has its place in the talk. */
  readonly says?: Named;
  /** Makes of Deno's command what is really started. */
  readonly through?: (command: readonly string[]) => readonly string[];
  /** Where the bundle lies for whoever starts it. */
  readonly program?: string;
  /** In place of the bundle, a file to run from source, with its words before the task. */
  readonly source?: readonly string[];
  /** Called once the program runs and has its input. */
  readonly running?: (child: Deno.ChildProcess) => Promise<void>;
}

/** A PC. */
export interface CanaryPc {
  /** All that belongs to it. */
  readonly folder: string;
  /** Ledger, archive and log. */
  readonly data: string;
  /** Of the program, on this PC. */
  readonly program: string;
  /** Where the results of runs are searched. */
  readonly watch: Watch;
  /** Runs the program. */
  run(words: readonly string[], options?: RunOptions): Promise<Ended>;
  /** Searches every file of the PC. */
  searchFiles(
    named?: (path: string) => Named,
  ): Promise<ReadonlyMap<string, readonly SecretKind[]>>;
}

/** Makes PCs. */
export interface CanaryLab {
  readonly watch: Watch;
  /** Folder of the bundle. */
  readonly app: string;
  /** Makes a PC for `act`, and removes it. */
  withPc(act: (pc: CanaryPc) => Promise<void>): Promise<void>;
}

/** Every exit code but that of a bug. */
const NO_BUG: readonly number[] = Object.values(EXIT).filter((code) => code !== EXIT.bug);

/** What stands in the folder of a PC beside what the test puts there. */
const OWN_FOLDERS = ["cwd", "temp", "home"] as const;

/** Makes PCs on which the bundle of this folder runs. */
export function labWith(app: string, watch: Watch): CanaryLab {
  return {
    app,
    watch,
    async withPc(act): Promise<void> {
      const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-canary-" }));
      try {
        for (const name of OWN_FOLDERS) await Deno.mkdir(`${folder}/${name}`);
        await act(pcIn(folder, { watch, program: `${app}/main.js` }));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    },
  };
}

function pcIn(folder: string, { watch, program }: Pick<CanaryPc, "watch" | "program">): CanaryPc {
  return {
    folder,
    data: `${folder}/data`,
    program,
    watch,
    async run(words, options = {}): Promise<Ended> {
      const ended = await start(folder, words, { program, ...options });
      const where = `${words.join(" ").slice(0, 60)} (code ${ended.code})`;
      watch.look(`stdout of ${where}`, ended.stdout, options.shows);
      watch.look(`stderr of ${where}`, ended.stderr, options.says);
      const { codes } = options;
      assert.ok(
        (codes ?? NO_BUG).includes(ended.code),
        `${where}: ${ended.stderr.slice(-600)}`,
      );
      return ended;
    },
    searchFiles: (named) => watch.folder(folder, named),
  };
}

/** Where Deno keeps its caches: one for all PCs, for a first start takes longer. */
function denoFolderOf(program: string): string {
  return program.replace(/[^/]*$/, "deno");
}

async function start(
  folder: string,
  words: readonly string[],
  options: RunOptions & { readonly program: string },
): Promise<Ended> {
  const { program, source, stdin, through = (command) => command, running } = options;
  const flags = ["--allow-read", "--allow-write", "--allow-net"];
  const rest = source === undefined
    ? [...PRODUCTION_FLAGS, "--no-config", ...flags, program]
    : ["--no-prompt", "--config", `${ROOT}deno.json`, ...flags, ...source];
  const [command = "", ...args] = through([Deno.execPath(), "run", ...rest, ...words]);
  const child = new Deno.Command(command, {
    args,
    cwd: `${folder}/cwd`,
    env: {
      NO_COLOR: "1",
      TMPDIR: `${folder}/temp`,
      // From source it needs the packages, which are in the usual place.
      ...(source === undefined ? { HOME: `${folder}/home`, DENO_DIR: denoFolderOf(program) } : {}),
    },
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  if (stdin !== undefined) {
    const writer = child.stdin.getWriter();
    // A program that refuses its input may end before it has read all.
    await writeAll(writer, typeof stdin === "string" ? new TextEncoder().encode(stdin) : stdin).catch(() =>
      undefined
    );
  }
  await running?.(child);
  const { code, signal, stdout, stderr } = await output;
  const decoder = new TextDecoder();
  return { code, signal, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

async function writeAll(
  writer: WritableStreamDefaultWriter<Uint8Array>,
  given: Uint8Array | AsyncIterable<Uint8Array>,
): Promise<void> {
  if (given instanceof Uint8Array) await writer.write(given);
  else for await (const bytes of given) await writer.write(bytes);
  await writer.close();
}

/** Name and machine ID of every PC. */
export const HOST = { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" } as const;

/** A snapshot document with these volumes; a drive C: with the first key without them. */
export function snapshotOf(
  volumes: readonly unknown[] = [volume("C:", [KEYS[0]])],
  day = 24,
): Readonly<Record<string, unknown>> {
  return { schema: 1, takenAt: `2026-11-${day}T03:00:12.345+01:00`, host: HOST, volumes };
}

/** The envelope of a night, as text, with all secrets that travel in it. */
export function envelopeOf(
  settings: unknown,
  {
    snapshot = snapshotOf(),
    secrets = { smtpPassword: SMTP_PASSWORD, archiveKey: ARCHIVE_KEY },
    ...more
  }: Readonly<Record<string, unknown>> = {},
): string {
  return JSON.stringify({
    schema: 1,
    runId: "night",
    snapshot,
    settings: { policy: null, file: settings },
    secrets,
    ...more,
  });
}

/**
 * Does all of these, two at a time: more than two processors are not counted on.
 *
 * @throws All that went wrong, once all is done: what still runs uses the folder of its PC.
 */
export async function inPairs<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const rest = [...items];
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      await act(next).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all([work(), work()]);
  if (errors.length > 0) throw new Error(errors.map((one) => messageOf(one)).join("\n"));
}
