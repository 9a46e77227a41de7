/**
 * Measures a quiet night with a long past beside one with a short past, and a large PC beside a small one.
 * `deno task bench:load`
 *
 * Pasts are made by the program itself. Medians of runs in
 * turn, as `deno task bench` takes them. Processor time and peak memory need GNU time (the Debian package `time`).
 */

import { bundle } from "./bundle.ts";
import { householdNights, type LoadPc, loadPc, type Past, serverNights } from "./load_years.ts";
import { PRODUCTION_FLAGS, productionEnvironment } from "./production.ts";
import { say } from "./say.ts";

const RUNS = Number(Deno.args[0] ?? 15);
const GNU_TIME = "/usr/bin/time";
/** A quiet night after ten years may take so much longer than the first one. */
const AIM = 1.3;

/** Whose nights are measured, and what they are held against. */
const PCS = [
  { name: "household, first night", nights: 2, shows: householdNights, against: 0 },
  { name: "household, after 1 year", nights: 365, shows: householdNights, against: 0 },
  { name: "household, after 10 years", nights: 3650, shows: householdNights, against: 0 },
  { name: "64 volumes, first night", nights: 2, shows: serverNights, against: 3 },
  { name: "64 volumes, after 10 years", nights: 3650, shows: serverNights, against: 3 },
] as const;

/** One run. */
interface Run {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

async function measure(pc: LoadPc, program: string): Promise<Run> {
  const words = ["run", ...PRODUCTION_FLAGS, "--config", pc.permissions, "-P", program, "check", "--json"];
  const stdin = await Deno.readFile(pc.envelope);
  const start = performance.now();
  const child = new Deno.Command(GNU_TIME, {
    args: ["-f", "%U %S %M", Deno.execPath(), ...words, "--data", pc.data],
    clearEnv: true,
    env: { ...productionEnvironment(pc.home) },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(stdin);
  await writer.close();
  const { code, stdout, stderr } = await child.output();
  const wallMs = performance.now() - start;
  const told = new TextDecoder().decode(stderr).trim();
  const { changes } = JSON.parse(new TextDecoder().decode(stdout));
  if (code !== 0 || changes.length > 0) throw new Error(`That was no quiet night: ${code} ${told}`);
  const [user = NaN, system = NaN, peak = NaN] = (told.split("\n").at(-1) ?? "").split(" ").map(Number);
  return { wallMs, cpuMs: (user + system) * 1000, peakMb: peak / 1024 };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[sorted.length >> 1] ?? NaN) + (sorted[(sorted.length - 1) >> 1] ?? NaN)) / 2;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** GNU time counts in hundredths of a second: of these the mean says more than the median. */
function table(pasts: readonly Past[], runs: readonly (readonly Run[])[]): void {
  say(`${"".padEnd(27)}  nights  changes  ledger KB   wall ms  ratio   cpu ms  ratio   peak MB`);
  for (const [index, { name, against }] of PCS.entries()) {
    const [past, own = [], first = []] = [pasts[index], runs[index], runs[against]];
    if (past === undefined) continue;
    const wall = median(own.map(({ wallMs }) => wallMs));
    const cpu = mean(own.map(({ cpuMs }) => cpuMs));
    say([
      name.padEnd(27),
      String(past.nights).padStart(8),
      String(past.changes).padStart(9),
      (past.ledgerBytes / 1024).toFixed(0).padStart(11),
      wall.toFixed(0).padStart(10),
      (wall / median(first.map(({ wallMs }) => wallMs))).toFixed(2).padStart(7),
      cpu.toFixed(0).padStart(9),
      (cpu / mean(first.map(({ cpuMs }) => cpuMs))).toFixed(2).padStart(7),
      median(own.map(({ peakMb }) => peakMb)).toFixed(1).padStart(10),
    ].join(""));
  }
  say(`The aim after ten years: at most ${AIM} times the wall time of the first night`);
}

if (import.meta.main) {
  // Not in memory below /dev: Deno lets nothing there be used by a program with permissions for single folders.
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-load-" }));
  try {
    const program = `${folder}/app/main.js`;
    await bundle(`${folder}/app`);
    const pcs: LoadPc[] = [];
    const pasts: Past[] = [];
    for (const [index, { name, nights, shows }] of PCS.entries()) {
      const start = performance.now();
      const [pc, past] = await loadPc(`${folder}/${index}`, program, { nights, shows });
      pcs.push(pc);
      pasts.push(past);
      say(`made: ${name}, ${past.mails} mails, in ${((performance.now() - start) / 1000).toFixed(0)} s`);
    }
    const runs: readonly Run[][] = pcs.map(() => []);
    for (let run = -2; run < RUNS; run++) {
      for (const [index, pc] of pcs.entries()) {
        const one = await measure(pc, program);
        if (run >= 0) runs[index]?.push(one);
      }
    }
    table(pasts, runs);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
