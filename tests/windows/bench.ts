/**
 * Times a quiet night from the start of PowerShell to its end, part by part: PowerShell and Deno for Linux, then those
 * for Windows under Wine, which `deno task test:windows` has set up. Medians of several runs. `deno task bench:windows`
 */

import { bundle } from "../tools/bundle.ts";
import { ROOT } from "../tools/repository.ts";
import { say } from "../tools/say.ts";
import { unpackProgram } from "./packaged.ts";
import { openRig, type Rig } from "./rig.ts";

const RUNS = 5;

/** One kind of machine: how it starts programs, and how it names places. */
interface Machine {
  readonly name: string;
  /** Milliseconds of PowerShell with these arguments, and what it wrote. */
  powershell(args: readonly string[]): Promise<{ readonly ms: number; readonly stdout: string }>;
  /** An empty program. */
  readonly empty: string;
  /** A path below the repository. */
  source(path: string): string;
  readonly module: string;
  readonly data: string;
  readonly deno: string;
  readonly program: string;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
}

async function timed<T>(act: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const start = performance.now();
  const value = await act();
  return { ms: performance.now() - start, value };
}

async function measure(machine: Machine): Promise<void> {
  const night = (): Promise<{ readonly ms: number; readonly stdout: string }> =>
    machine.powershell([
      "-File",
      machine.source("tests/powershell/Measure-Night.ps1"),
      ...["-Module", machine.module, "-DataFolder", machine.data],
      ...["-DenoPath", machine.deno, "-ProgramPath", machine.program, "-EmptyPath", machine.empty],
    ]);
  // The first computes the permissions and delivers; from the third on all is quiet and warm.
  for (let warm = 0; warm < 2; warm++) await night();
  const samples: number[][] = [];
  for (let run = 0; run < RUNS; run++) {
    const empty = (await machine.powershell(["-Command", "exit 0"])).ms;
    const { ms, stdout } = await night();
    // Warnings, such as that of an event source that is not registered, come before it.
    const line = /^(\d+) (\d+) (\d+) (\d+)$/m.exec(stdout);
    if (line === null) throw new Error(`The night gave no times: ${stdout}`);
    const [load = NaN, collect = NaN, deno = NaN, whole = NaN] = line.slice(1).map(Number);
    samples.push([empty, load, collect, deno, whole - collect - deno, ms, load + whole - deno]);
  }
  const names = [
    "PowerShell, started for nothing (Wine, too, where it is used)",
    "the module, loaded",
    "the snapshot, collected from recorded answers",
    "Deno, started for an empty program",
    "the rest of the run: permissions, envelope, the program's own work, result",
    "a quiet night from start to end, with what the measurement itself loads",
    "of which Spare Key's own: module, snapshot and rest",
  ];
  say(`${machine.name}, medians of ${RUNS}`);
  for (const [index, name] of names.entries()) {
    const ms = median(samples.map((sample) => sample[index] ?? NaN));
    say(`${String(Math.round(ms)).padStart(7)} ms  ${name}`);
  }
}

async function linux(folder: string): Promise<Machine> {
  await bundle(`${folder}/app`);
  await Deno.writeTextFile(`${folder}/empty.js`, "");
  await Deno.mkdir(`${folder}/data`);
  await Deno.mkdir(`${folder}/keys`);
  await Deno.writeTextFile(`${folder}/data/settings.json`, settings(`${folder}/keys`));
  const shell = `${ROOT}.cache/powershell/shell-7.6.9/pwsh`;
  const start = async (program: string, args: readonly string[]): Promise<string> => {
    const command = new Deno.Command(program, { args: [...args], stdin: "null", stderr: "inherit" });
    const { success, stdout } = await command.output();
    if (!success) throw new Error(`"${program}" failed`);
    return new TextDecoder().decode(stdout);
  };
  return {
    name: "Linux",
    async powershell(args): ReturnType<Machine["powershell"]> {
      const { ms, value } = await timed(() =>
        start(shell, ["-NoLogo", "-NoProfile", "-NonInteractive", ...args])
      );
      return { ms, stdout: value };
    },
    empty: `${folder}/empty.js`,
    source: (path) => ROOT + path,
    module: `${ROOT}scheduled/SpareKey/SpareKey.psd1`,
    data: `${folder}/data`,
    deno: Deno.execPath(),
    program: `${folder}/app/main.js`,
  };
}

async function wine(rig: Rig): Promise<Machine> {
  await unpackProgram(rig, `${rig.folder}/dist`);
  const folder = `${rig.driveC}/bench`;
  await Deno.remove(folder, { recursive: true }).catch(() => undefined);
  await Deno.mkdir(`${folder}/data`, { recursive: true });
  await Deno.mkdir(`${folder}/keys`);
  await Deno.writeTextFile(`${folder}/empty.js`, "");
  await Deno.writeTextFile(`${folder}/data/settings.json`, settings("C:\\bench\\keys"));
  const deno = "C:\\Program Files\\Spare Key\\deno.exe";
  const must = async (ended: ReturnType<Rig["win"]>): Promise<string> => {
    const { code, stdout, stderr } = await ended;
    if (code !== 0) throw new Error(`It ended with ${code}: ${stdout}${stderr}`);
    return stdout;
  };
  return {
    name: "Windows binaries under Wine",
    async powershell(args): ReturnType<Machine["powershell"]> {
      const { ms, value } = await timed(() => must(rig.powershell(args)));
      return { ms, stdout: value };
    },
    empty: "C:\\bench\\empty.js",
    source: (path) => `Z:\\${path.replaceAll("/", "\\")}`,
    module: "C:\\Program Files\\Spare Key\\SpareKey\\SpareKey.psd1",
    data: "C:\\bench\\data",
    deno,
    program: "C:\\Program Files\\Spare Key\\main.js",
  };
}

function settings(keys: string): string {
  return JSON.stringify({ destinations: [{ name: "cloud", kind: "folder", path: keys, synced: true }] });
}

const folder = await Deno.makeTempDir({ prefix: "spare-key-bench-" });
try {
  await measure(await linux(folder));
  await measure(await wine(openRig()));
} finally {
  await Deno.remove(folder, { recursive: true });
}
