/** The program as the PowerShell side starts it: bundled, with computed permissions and nothing else. */

import { dataVolumeDocument, snapshotDocument, volumeDocument } from "../helpers/snapshots.ts";

/** These close every way round the permissions: packages, remote code, a lock or config file found by chance. */
export const CLOSING_FLAGS: readonly string[] = [
  "--quiet",
  "--no-prompt",
  "--no-lock",
  "--no-npm",
  "--no-remote",
  "--cached-only",
];

/**
 * Those of the nightly run. The last is not for safety: V8's cache then holds all of the program, and a quiet night
 * takes a fifth less time.
 */
export const PRODUCTION_FLAGS: readonly string[] = [
  ...CLOSING_FLAGS,
  "--v8-flags=--no-lazy,--min-semi-space-size=4",
];

/** A PC with two encrypted drives and one synced folder, in folders of its own. */
export interface TestPc {
  /** What decides about runs, and `DENO_DIR` and TEMP: the program may not write there. */
  readonly home: string;
  /** Ledger, archive, log: the program's own. */
  readonly data: string;
  /** The destination's root. */
  readonly keys: string;
  /** The Deno config file that the program computed for this PC. */
  readonly permissions: string;
  /** A file with the envelope of a night. */
  readonly envelope: string;
}

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Gives the environment of the program: built from nothing.
 *
 * @param home The folder that the data folder lies in.
 * @returns All of its variables.
 */
export function productionEnvironment(home: string): Readonly<Record<string, string>> {
  return {
    DENO_DIR: `${home}/deno`,
    DENO_DISABLE_NODE_SHIM: "1",
    DENO_NO_UPDATE_CHECK: "1",
    DENO_TLS_CA_STORE: "mozilla,system",
    NO_COLOR: "1",
    TMPDIR: `${home}/temp`,
  };
}

/**
 * Runs Deno with the environment of production.
 *
 * @param home The folder that the data folder lies in.
 * @param args All arguments of Deno.
 * @param stdin What the program reads; nothing without it.
 * @returns How it ended.
 */
export async function runDeno(home: string, args: readonly string[], stdin?: Uint8Array): Promise<Ended> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    clearEnv: true,
    env: { ...productionEnvironment(home) },
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (stdin !== undefined) {
    const writer = child.stdin.getWriter();
    // a program that fails early does not read all
    await writer.write(stdin).then(() => writer.close()).catch(() => undefined);
  }
  const { code, stdout, stderr } = await child.output();
  return { code, stdout: new TextDecoder().decode(stdout), stderr: new TextDecoder().decode(stderr) };
}

/**
 * Sets up a PC, and lets the bundled program compute its permissions.
 *
 * @param folder An empty folder.
 * @param program The bundle's `main.js`.
 * @returns Where everything lies.
 */
export async function setUpPc(folder: string, program: string): Promise<TestPc> {
  const pc = {
    home: `${folder}/home`,
    data: `${folder}/home/state`,
    keys: `${folder}/keys, and more`,
    permissions: `${folder}/home/permissions/permissions.json`,
    envelope: `${folder}/envelope.json`,
  };
  for (const path of [pc.home, `${pc.home}/temp`, `${pc.home}/permissions`, pc.keys]) await Deno.mkdir(path);
  const file = { destinations: [{ name: "cloud", kind: "folder", path: pc.keys, synced: true }] };
  const snapshot = snapshotDocument([volumeDocument(), dataVolumeDocument()]);
  const settings = { policy: null, file };
  await Deno.writeTextFile(pc.envelope, JSON.stringify({ schema: 1, snapshot, settings, secrets: {} }));
  const request = new TextEncoder().encode(JSON.stringify({ schema: 1, settings, dataFolder: pc.data }));
  const asked = await runDeno(
    pc.home,
    ["run", ...PRODUCTION_FLAGS, "--no-config", program, "permissions"],
    request,
  );
  if (asked.code !== 0) throw new Error(`Cannot compute permissions: ${asked.stderr}`);
  await Deno.writeTextFile(pc.permissions, asked.stdout);
  return pc;
}

/**
 * Gives the command line of a night.
 *
 * @param pc Which.
 * @param program `main.js`.
 * @returns All arguments of Deno.
 */
export function nightCommand(pc: TestPc, program: string): readonly string[] {
  return [
    "run",
    ...PRODUCTION_FLAGS,
    "--config",
    pc.permissions,
    "-P",
    program,
    "check",
    "--data",
    pc.data,
    "--json",
  ];
}
