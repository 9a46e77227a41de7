/** A PC on which PowerShell runs the night, with recorded answers of WMI, and is what gets killed. */

import { keyId, password } from "../helpers/night_rig.ts";
import { filesBelow } from "../helpers/program.ts";
import { ROOT } from "../tools/repository.ts";
import type { FoundPowerShell } from "../powershell/find_powershell.ts";
import { barePc, type BarePcOptions, PLACES } from "./bare_pc.ts";
import type { CrashPc, RunResult } from "./crash_pc.ts";
import type { Ended, ProgramEnd } from "./launch.ts";

/** Any of the recorded PCs with one key on one drive. */
const RECORDING = `${ROOT}tests/testdata/cim/single-volume.json`;
const RECORDED = {
  keyId: "58E9DFAD-7235-4E32-B7F1-000000000001",
  password: "249425-539187-330363-273262-016346-600963-497299-188144",
} as const;

/** What starts a run, and what is otherwise on the PC. */
export interface Orchestrator extends BarePcOptions {
  readonly powershell: FoundPowerShell;
  /** The bundle's `main.js`. */
  readonly program: string;
}

/**
 * Sets up a PC. Volumes of its nights are numbers of keys, one on drive C:.
 *
 * @param orchestrator What starts a run.
 * @returns The PC; nothing was ever run on it.
 */
export async function orchestratedPc({ powershell, program, ...options }: Orchestrator): Promise<CrashPc> {
  const pc = await barePc(options);
  const data = `${pc.root}/pc/data`;
  await Deno.mkdir(data);
  await Deno.writeTextFile(`${data}/settings.json`, JSON.stringify(pc.settings));
  // Elsewhere than on Windows a network path is an ordinary name: of a folder in the current one.
  await Deno.symlink(`${pc.root}/pc/${PLACES.office}`, `${pc.root}/pc/\\\\nas\\keys$`);
  const recording = await Deno.readTextFile(RECORDING);
  return {
    ...pc,
    data: `${data}/state`,
    async night({ volumes: [key] }, ending = null): Promise<RunResult> {
      const replay = `${pc.root}/recording.json`;
      const number = Number(key);
      await Deno.writeTextFile(
        replay,
        recording.replaceAll(RECORDED.keyId, keyId(number)).replaceAll(RECORDED.password, password(number)),
      );
      const end = ending !== null && "start" in ending ? ending.end : null;
      let ended: Ended | null = null;
      const mails = await pc.mailing(async () => {
        ended = await runPowerShell(powershell, {
          folder: `${pc.root}/pc`,
          command: commandOf({ replay, data, program }),
          lock: `${data}/state/run.lock`,
          end,
        });
      });
      const starts = ended === null ? [] : [ended as Ended];
      const killed = starts.some(({ signal }) => signal !== null);
      if (killed) await letADayPass(`${pc.root}/pc/${PLACES.office}`);
      return { runId: null, killed, starts, answer: null, mailed: mails.flatMap(({ to }) => to) };
    },
  };
}

/** PowerShell leaves unfinished files of the same day at a share: another PC may be writing them. */
async function letADayPass(folder: string): Promise<void> {
  const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000);
  for (const path of (await filesBelow(folder)).keys()) {
    if (path.endsWith(".tmp")) await Deno.utime(`${folder}/${path}`, yesterday, yesterday);
  }
}

function commandOf(
  { replay, data, program }: { readonly replay: string; readonly data: string; readonly program: string },
): string {
  const kit = `${ROOT}tests/powershell`;
  return [
    `[System.Environment]::CurrentDirectory = (Get-Location).ProviderPath`,
    `Import-Module '${kit}/CimReplay.psm1', '${kit}/EventReplay.psm1' -Global`,
    `Import-CimRecording -Path '${replay}'`,
    `& '${ROOT}scheduled/Invoke-SpareKey.ps1' -DataFolder '${data}' -DenoPath '${Deno.execPath()}' ` +
    `-ProgramPath '${program}'`,
    "exit $LASTEXITCODE",
  ].join("; ");
}

/** Kills PowerShell alone, and waits until the program that it had started has ended, too. */
async function runPowerShell(
  { shell, env }: FoundPowerShell,
  { folder, command, lock, end }: {
    readonly folder: string;
    readonly command: string;
    readonly lock: string;
    readonly end: ProgramEnd | null;
  },
): Promise<Ended> {
  await Deno.remove(lock).catch(() => undefined);
  const child = new Deno.Command(shell, {
    args: ["-NoProfile", "-NonInteractive", "-Command", command],
    cwd: folder,
    env: { ...env, NO_COLOR: "1", POWERSHELL_TELEMETRY_OPTOUT: "1", POWERSHELL_UPDATECHECK: "Off" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let over = false;
  const status = child.status.finally(() => {
    over = true;
  });
  const talk = Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  while (!over && !await isThere(lock)) await pause(2);
  const openedAt = performance.now();
  if (!over && end !== null) {
    await Promise.race([status, "upon" in end ? end.upon : pause("afterMs" in end ? end.afterMs : 0)]);
    if (!over) { for (const id of [child.pid, ...await processesWith(command)]) kill(id); }
  }
  const { code, signal } = await status;
  const openMs = performance.now() - openedAt;
  await childrenEnd(folder);
  // Its pipes end no earlier than the last process that holds them.
  const [stdout, stderr] = await talk;
  return { code, signal, stdout, stderr, steps: [], openMs };
}

/** The bound only keeps a broken program from hanging the test. */
const MOST_WAITS = 6000;

/** Waits until no program runs on a PC any more. */
async function childrenEnd(folder: string): Promise<void> {
  for (let waits = 0; waits < MOST_WAITS; waits++) {
    if ((await processesWith(`${folder}/data`)).length === 0) return;
    await pause(10);
  }
  throw new Error("A program goes on without the orchestrator that started it");
}

/** Finds processes by a part of their command line that no other one has. */
async function processesWith(text: string): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const line = await Deno.readTextFile(`/proc/${name}/cmdline`).catch(() => "");
    if (line.replaceAll("\0", " ").includes(text)) found.push(Number(name));
  }
  return found;
}

/** PowerShell as a dotnet tool is two processes; the first may be gone by now. */
function kill(id: number): void {
  try {
    Deno.kill(id, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
