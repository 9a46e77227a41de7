/**
 * Measures `find` in a tree of 100,000 reports of 5,000 PCs beside what the system's own tools take there.
 * `deno task bench:find`
 *
 * Medians of runs in turn, caches warm. `--cold` measures once more with caches dropped before each run: as root on
 * Linux, and it slows down all else on the PC for a while.
 */

import { parseSnapshot } from "../../lib/core/parse_snapshot.ts";
import { renderText } from "../../lib/core/render_text.ts";
import { keyReportName, sealedName } from "../../lib/core/report_names.ts";
import { reportOf } from "../../lib/core/report_of.ts";
import { ageSealer } from "../../lib/effects/age_sealer.ts";
import { newArchiveKey } from "../../lib/effects/archive_key_file.ts";
import { idOf, keyOf } from "../helpers/key_texts.ts";
import { snapshotDocument, volumeDocument } from "../helpers/snapshots.ts";
import { bundle } from "./bundle.ts";
import { CLOSING_FLAGS, productionEnvironment } from "./production.ts";
import { say } from "./say.ts";

const PCS = 5000;
const REPORTS_OF_PC = 20;
const RUNS = 5;
/** Of the PC whose last report is asked for, as a blue screen would show its Key ID. */
const ASKED_PC = 4321;
const DROP_CACHES = "/proc/sys/vm/drop_caches";

/** A command that is measured. */
interface Contestant {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** What it must end with, so that nothing is measured that failed. */
  readonly code: number;
  /** What its output must hold. */
  readonly shows: string;
  readonly wallMs: number[];
}

function idAt(pc: number, report: number): string {
  return idOf(pc * REPORTS_OF_PC + report);
}

/** Reports of one PC and its `status.json`, as nights leave them. */
async function makePc(root: string, pc: number, recipient: string): Promise<void> {
  const folder = `${root}/PC-${String(pc).padStart(4, "0")}`;
  await Deno.mkdir(folder);
  const host = { name: `PC-${String(pc).padStart(4, "0")}`, machineId: idOf(pc).toLowerCase() };
  const snapshot = parseSnapshot(snapshotDocument([volumeDocument()], { host }), "snapshot");
  const report = reportOf(snapshot);
  const [pattern] = report.keys;
  if (pattern === undefined) throw new Error("The snapshot holds no key");
  const keys = [];
  for (let number = 0; number < REPORTS_OF_PC; number++) {
    const keyId = idAt(pc, number);
    const takenAt = `20${10 + number}-${String(1 + pc % 12).padStart(2, "0")}-24T03:00:00.000+01:00`;
    const recoveryPassword = keyOf(pc * REPORTS_OF_PC + number);
    const key = { ...pattern, keyId, recoveryPassword };
    const bytes = renderText({ ...report, takenAt, keys: [key] });
    const name = keyReportName({ date: takenAt.slice(0, 10), drive: "C:", keyId });
    if (pc === ASKED_PC && number === REPORTS_OF_PC - 1) {
      await Deno.writeFile(`${folder}/${sealedName(name)}`, await ageSealer().seal(bytes, [recipient]));
    } else await Deno.writeFile(`${folder}/${name}`, bytes);
    const current = number === REPORTS_OF_PC - 1;
    keys.push({ keyId, current, firstSeenAt: takenAt, removedAt: null, windowsBackups: [] });
  }
  const volumes = [{ deviceId: "x", drive: "C:", label: "Windows", volumeType: 0, present: true, keys }];
  const status = { schema: 1, host, lastRun: "2030-01-01T03:00:00+01:00", volumes, findings: [] };
  await Deno.writeTextFile(`${folder}/status.json`, JSON.stringify(status, null, 2));
}

async function measure(one: Contestant, env: Readonly<Record<string, string>>): Promise<void> {
  const start = performance.now();
  const { code, stdout, stderr } = await new Deno.Command(one.command, {
    args: [...one.args],
    clearEnv: true,
    env: { ...env, PATH: "/usr/bin:/bin" },
    stdin: "null",
  }).output();
  one.wallMs.push(performance.now() - start);
  const text = new TextDecoder().decode(stdout);
  if (code !== one.code || !text.includes(one.shows)) {
    throw new Error(`Cannot measure ${one.name}: it ended with ${code}: ${new TextDecoder().decode(stderr)}`);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function table(contestants: readonly Contestant[]): void {
  const ofName = (name: string): number =>
    median(contestants.find((one) => one.name.startsWith(name))?.wallMs ?? []);
  say(`${"".padEnd(42)} seconds  lowest-highest  to find  to grep`);
  for (const { name, wallMs } of contestants) {
    const wall = median(wallMs);
    const range = [Math.min(...wallMs), Math.max(...wallMs)].map((ms) => (ms / 1000).toFixed(2)).join("-");
    const ratios = [wall / ofName("find -name"), wall / ofName("grep -r")].map((ratio) =>
      ratio.toFixed(2).padStart(9)
    );
    say(`${name.padEnd(42)}${(wall / 1000).toFixed(3).padStart(8)}${range.padStart(16)}${ratios.join("")}`);
  }
}

async function run(contestants: readonly Contestant[], env: Readonly<Record<string, string>>): Promise<void> {
  for (let number = -1; number < RUNS; number++) {
    for (const one of contestants) {
      await measure(one, env);
      if (number < 0) one.wallMs.length = 0;
    }
  }
  say(`\nwarm caches, medians of ${RUNS} runs`);
  table(contestants);
}

async function runCold(
  contestants: readonly Contestant[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  for (const one of contestants) one.wallMs.length = 0;
  for (let number = 0; number < 3; number++) {
    for (const one of contestants) {
      await new Deno.Command("sync").output();
      await Deno.writeTextFile(DROP_CACHES, "3");
      await measure(one, env);
    }
  }
  say("\ncaches dropped before each run, medians of 3 runs");
  table(contestants);
}

if (import.meta.main) {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-bench-find-" }));
  try {
    const tree = `${folder}/reports`;
    const data = `${folder}/data`;
    for (const path of [tree, data, `${data}/temp`]) await Deno.mkdir(path);
    await bundle(`${folder}/app`);
    await Deno.writeTextFile(`${folder}/empty.js`, "");
    const identity = await newArchiveKey();
    await Deno.writeTextFile(`${folder}/identity.txt`, identity);
    const recipient = await ageSealer().recipientOf(identity);
    for (let pc = 0; pc < PCS; pc++) await makePc(tree, pc, recipient);
    say(`${PCS * REPORTS_OF_PC} reports of ${PCS} PCs, each with its status.json`);

    const sealed = idAt(ASKED_PC, REPORTS_OF_PC - 1).slice(0, 8);
    const plain = idAt(ASKED_PC, 0).slice(0, 8);
    const typo = `${sealed.slice(0, 6)}${(parseInt(sealed.charAt(6), 16) ^ 5).toString(16)}${
      sealed.charAt(7)
    }`;
    const contestant = (
      name: string,
      command: string,
      args: readonly string[],
      rest: Partial<Pick<Contestant, "code" | "shows">> = {},
    ): Contestant => ({ name, command, args, code: 0, shows: "", ...rest, wallMs: [] });
    const spareKey = (...words: readonly string[]): readonly string[] => [
      ...["run", ...CLOSING_FLAGS, "--no-config", `--allow-read=${tree},${folder}/identity.txt`],
      ...[`${folder}/app/main.js`, "find", ...words, "--in", tree],
    ];
    const deno = Deno.execPath();
    const number = ASKED_PC * REPORTS_OF_PC;
    const contestants = [
      contestant("deno run empty.js", deno, ["run", "--no-config", `${folder}/empty.js`]),
      contestant(`find -name '*${sealed}*'`, "find", [tree, "-name", `*${sealed}*`], { shows: sealed }),
      contestant(`grep -r ${sealed}`, "grep", ["-r", sealed, tree], { shows: sealed }),
      contestant(
        "spare-key find, sealed match opened",
        deno,
        spareKey(sealed, "--identity", `${folder}/identity.txt`),
        { shows: keyOf(number + REPORTS_OF_PC - 1) },
      ),
      contestant("spare-key find, plain match", deno, spareKey(plain), { shows: keyOf(number) }),
      contestant("spare-key find, name of a PC", deno, spareKey(`PC-${ASKED_PC}`), { shows: keyOf(number) }),
      contestant("spare-key find, a typing mistake", deno, spareKey(typo), { code: 4, shows: "Near it" }),
    ];
    const env = productionEnvironment(data);
    await run(contestants, env);
    if (Deno.args.includes("--cold")) await runCold(contestants.slice(0, 5), env);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
