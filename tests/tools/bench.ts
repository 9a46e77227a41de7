/**
 * Measures what a night without news costs beside starting Deno. `deno task bench`
 *
 * Medians of runs in turn, so that what else the PC does meets all alike. Peak memory needs GNU time (the Debian
 * package `time`).
 */

import { bundle } from "./bundle.ts";
import { nightCommand, productionEnvironment, setUpPc } from "./production.ts";
import { ROOT } from "./repository.ts";
import { say } from "./say.ts";

const RUNS = 10;
/** Nights before the first that counts: caches are warm, the ledger has a past. */
const WARM_UP = 3;
const GNU_TIME = "/usr/bin/time";

interface Contestant {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array | null;
  readonly wallMs: number[];
  readonly peakKb: number[];
}

async function measure(one: Contestant, measuresMemory: boolean): Promise<void> {
  const [command, args] = measuresMemory
    ? [GNU_TIME, ["-f", "%M", Deno.execPath(), ...one.args]]
    : [Deno.execPath(), one.args];
  const start = performance.now();
  const child = new Deno.Command(command, {
    args: [...args],
    clearEnv: true,
    env: { ...one.env },
    stdin: one.stdin === null ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (one.stdin !== null) {
    const writer = child.stdin.getWriter();
    await writer.write(one.stdin);
    await writer.close();
  }
  const { code, stderr } = await child.output();
  one.wallMs.push(performance.now() - start);
  const told = new TextDecoder().decode(stderr).trim();
  if (code !== 0) throw new Error(`Cannot measure ${one.name}: it ended with ${code}: ${told}`);
  if (measuresMemory) one.peakKb.push(Number(told.split("\n").at(-1)));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return ((sorted[half] ?? NaN) + (sorted[sorted.length % 2 === 0 ? half - 1 : half] ?? NaN)) / 2;
}

function table(contestants: readonly Contestant[], measuresMemory: boolean): void {
  const [first] = contestants;
  if (first === undefined) return;
  say(`${"".padEnd(28)}   wall ms  ratio  lowest-highest    peak MB  ratio`);
  for (const one of contestants) {
    const wall = median(one.wallMs);
    const peak = median(one.peakKb);
    const memory = measuresMemory
      ? `${(peak / 1024).toFixed(1).padStart(9)}${(peak / median(first.peakKb)).toFixed(2).padStart(7)}`
      : "        ?      ?";
    const range = `${Math.min(...one.wallMs).toFixed(0)}-${Math.max(...one.wallMs).toFixed(0)}`;
    say(
      `${one.name.padEnd(28)}${wall.toFixed(1).padStart(10)}${
        (wall / median(first.wallMs)).toFixed(2).padStart(7)
      }${range.padStart(16)}  ${memory}`,
    );
  }
}

if (import.meta.main) {
  const measuresMemory = await Deno.stat(GNU_TIME).then(() => true, () => false);
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-bench-" }));
  try {
    const program = `${folder}/app/main.js`;
    await bundle(`${folder}/app`);
    const pc = await setUpPc(folder, program);
    const empty = `${folder}/empty.js`;
    await Deno.writeTextFile(empty, "");
    const stdin = await Deno.readFile(pc.envelope);
    const production = productionEnvironment(pc.home);
    const { HOME = "/", DENO_DIR } = Deno.env.toObject();
    // from source, packages come out of the cache of whoever develops
    const developer = { HOME, NO_COLOR: "1", ...(DENO_DIR === undefined ? {} : { DENO_DIR }) };
    const contestant = (
      name: string,
      args: readonly string[],
      rest: Pick<Contestant, "env" | "stdin">,
    ): Contestant => ({ name, args, ...rest, wallMs: [], peakKb: [] });
    const contestants = [
      contestant("deno run empty.js", ["run", "--no-config", empty], { env: production, stdin: null }),
      contestant("quiet night, bundle", nightCommand(pc, program), { env: production, stdin }),
      contestant("quiet night, source", [
        "run",
        "--quiet",
        "--no-prompt",
        "--frozen",
        "--allow-read",
        "--allow-write",
        `${ROOT}main.ts`,
        "check",
        "--data",
        pc.data,
        "--json",
      ], { env: developer, stdin }),
    ];
    for (let run = -WARM_UP; run < RUNS; run++) {
      for (const one of contestants) {
        await measure(one, measuresMemory);
        if (run < 0) one.wallMs.length = one.peakKb.length = 0;
      }
    }
    table(contestants, measuresMemory);
    if (!measuresMemory) say(`Peak memory was not measured: ${GNU_TIME} is missing (Debian package "time")`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
