/**
 * Measures `import` of a folder of all sorts of files beside a search by grep. `deno task bench:import`
 *
 * Options: `--megabytes 1024`, `--runs 3`, `--hostile` for texts of 10 and 100 MB that are made to take long.
 * Needs GNU time (the Debian package `time`) and GNU grep.
 */

import { parseArgs } from "node:util";
import { newArchiveKey } from "../../lib/effects/archive_key_file.ts";
import { ageSealer } from "../../lib/effects/age_sealer.ts";
import { HOSTILE, writeHostile } from "./bench_import_hostile.ts";
import { bundle } from "./bundle.ts";
import { makeMixedFolder } from "./mixed_folder.ts";
import { say } from "./say.ts";

const GNU_TIME = "/usr/bin/time";
const PATTERN = "([0-9]{6}-){7}[0-9]{6}";
const MB = 1024 * 1024;

interface Measured {
  readonly seconds: number;
  /** Of the processor, in the program and in the system for it: what else the PC does counts less. */
  readonly cpuSeconds: number;
  readonly peakMb: number;
}

interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly runs: Measured[];
}

async function measure({ name, command, env }: Contestant): Promise<Measured> {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", 'exec "$@" >/dev/null', "sh", GNU_TIME, "-f", "%e %U %S %M", ...command],
    clearEnv: true,
    env: { PATH: "/usr/bin:/bin", ...env },
  }).output();
  const told = new TextDecoder().decode(stderr).trim();
  if (code !== 0) throw new Error(`Cannot measure ${name}: it ended with ${code}: ${told}`);
  if (stdout.length > 0) throw new Error(`Cannot measure ${name}: it wrote past the redirect`);
  const [seconds = NaN, user = NaN, system = NaN, peak = NaN] = (told.split("\n").at(-1) ?? "").split(" ")
    .map(
      Number,
    );
  return { seconds, cpuSeconds: user + system, peakMb: peak / 1024 };
}

function median(runs: readonly Measured[], of: (one: Measured) => number): number {
  const sorted = runs.map(of).toSorted((one, other) => one - other);
  const half = sorted.length >> 1;
  return ((sorted[half] ?? NaN) + (sorted[sorted.length % 2 === 0 ? half - 1 : half] ?? NaN)) / 2;
}

function table(contestants: readonly Contestant[], megabytes: number): void {
  const [first] = contestants;
  say(`${"".padEnd(22)} wall s    MB/s   CPU s  CPU ratio  peak MB`);
  for (const { name, runs } of contestants) {
    const seconds = median(runs, (one) => one.seconds);
    const cpu = median(runs, (one) => one.cpuSeconds);
    const cells = [
      seconds.toFixed(2).padStart(6),
      (megabytes / seconds).toFixed(0).padStart(7),
      cpu.toFixed(2).padStart(7),
      (median(first?.runs ?? [], (one) => one.cpuSeconds) / cpu).toFixed(2).padStart(10),
      median(runs, (one) => one.peakMb).toFixed(0).padStart(8),
    ];
    say(`${name.padEnd(22)} ${cells.join(" ")}`);
  }
}

async function hostile(folder: string, importOf: (path: string) => Contestant): Promise<void> {
  say(`\n${"text of".padEnd(22)}  10 MB s  100 MB s   peak MB`);
  for (const [name, text] of Object.entries(HOSTILE)) {
    const runs: Measured[] = [];
    for (const megabytes of [10, 100]) {
      const path = `${folder}/hostile.txt`;
      await writeHostile(path, text, megabytes * MB);
      runs.push(await measure(importOf(path)));
      await Deno.remove(path);
    }
    const seconds = runs.map((one) => one.cpuSeconds.toFixed(2).padStart(9)).join(" ");
    say(`${name.padEnd(22)} ${seconds} ${Math.max(...runs.map((one) => one.peakMb)).toFixed(0).padStart(9)}`);
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    args: [...Deno.args],
    options: {
      megabytes: { type: "string", default: "1024" },
      runs: { type: "string", default: "3" },
      hostile: { type: "boolean", default: false },
    },
  });
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-bench-" }));
  try {
    await bundle(`${folder}/app`);
    const identity = await newArchiveKey();
    const recipient = await ageSealer().recipientOf(identity);
    await Deno.writeTextFile(`${folder}/identity.txt`, `${identity}\n`);
    const mixed = `${folder}/mixed`;
    const made = await makeMixedFolder({ folder: mixed, megabytes: Number(values.megabytes), recipient });
    say(`${(made.bytes / MB).toFixed(0)} MB in ${made.files} files, ${made.keys} keys`);
    // as spare-key.cmd has it
    const deno = { DENO_DIR: `${folder}/deno`, NO_COLOR: "1", DENO_V8_FLAGS: "--max-semi-space-size=4" };
    const flags = ["run", "--no-prompt", "--no-config", "--no-npm", "--no-remote", "--allow-read"];
    const importOf = (path: string): Contestant => ({
      name: "spare-key import",
      command: [
        Deno.execPath(),
        ...flags,
        ...[`${folder}/app/main.js`, "import", path, "--identity", `${folder}/identity.txt`, "--json"],
      ],
      env: deno,
      runs: [],
    });
    const grep = (locale: string): Contestant => ({
      name: `grep -raE, ${locale}`,
      command: ["grep", "-raE", PATTERN, mixed],
      env: { LC_ALL: locale },
      runs: [],
    });
    const contestants = [grep("C.UTF-8"), grep("C"), importOf(mixed)];
    // the first round fills the system's cache
    for (let run = -1; run < Number(values.runs); run++) {
      for (const one of contestants) {
        const measured = await measure(one);
        if (run >= 0) one.runs.push(measured);
      }
    }
    table(contestants, made.bytes / MB);
    if (values.hostile) await hostile(folder, importOf);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
