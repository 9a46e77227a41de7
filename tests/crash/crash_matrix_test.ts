/**
 * The program is killed for real, at every step that it takes and at random instants; the next run must make up
 * for it.
 */

import assert from "node:assert/strict";
import { volume } from "../helpers/night_rig.ts";
import { inFolder } from "../helpers/program.ts";
import { say } from "../tools/say.ts";
import { type CarrierEnding, type CrashPc, crashPc, type NightPlan, type RunEnding } from "./crash_pc.ts";
import { ALL, killsOf, type Part, pick, randomFrom, SEED, untilCounted, withWorkers } from "./kill_counts.ts";
import { type Trial, type TrialResult, tryKill } from "./kill_trial.ts";
import { type Launch, productionLaunch, stepLaunch } from "./launch.ts";

/** Two drives. */
const OLD = [volume("C:", [1]), volume("E:", [4])];
/** A new key in place of the old one, a new drive, protection off. */
const NEW = [volume("C:", [2]), volume("D:", [3]), volume("E:", [4], { protectionStatus: 0 })];
/** The key once more another one. */
const NEWER = [volume("C:", [5]), volume("D:", [3]), volume("E:", [4], { protectionStatus: 0 })];

const on = (day: string, volumes: readonly unknown[]): NightPlan => ({ day, volumes });

/** The nights of a trial, but for where it is killed. */
type Nights = Omit<Trial, "name" | "endings">;

const NEWS: Nights = {
  night: on("2026-11-21", NEW),
  next: on("2026-11-22", NEW),
  quiet: on("2026-11-23", NEW),
  keys: [1, 2, 3, 4],
};

/** Which nights, and how often. */
interface Scenario {
  readonly part: Part;
  readonly title: string;
  /** Nights before the one that is killed. */
  readonly before: readonly NightPlan[];
  /** One after the other in turn. */
  readonly nights: readonly Nights[];
  /** How often the run is killed before one is let through. @default {1} */
  readonly times?: number;
  /** @default {true} */
  readonly hardLinks?: boolean;
}

const BEFORE = [on("2026-11-20", OLD)];

const SCENARIOS: readonly Scenario[] = [
  { part: "news", title: "a night with news", before: BEFORE, nights: [NEWS] },
  {
    part: "first",
    title: "the first night of all",
    before: [],
    nights: [{
      night: on("2026-11-20", OLD),
      next: on("2026-11-21", OLD),
      quiet: on("2026-11-22", OLD),
      keys: [1, 4],
    }],
  },
  {
    part: "quiet",
    title: "a quiet night",
    before: BEFORE,
    nights: [{
      night: on("2026-11-21", OLD),
      next: on("2026-11-22", OLD),
      quiet: on("2026-11-23", OLD),
      keys: [1, 4],
    }],
  },
  {
    part: "twice",
    title: "a night with news, and again the run that makes up for it",
    before: BEFORE,
    nights: [NEWS],
    times: 2,
  },
  {
    part: "clock",
    title: "a night with news, and then the clock is set back",
    before: BEFORE,
    nights: [
      { ...NEWS, next: on("2026-11-20", NEW), quiet: on("2026-11-21", NEW) },
      // What still stands is told again after a week, here a year.
      { ...NEWS, next: on("2025-11-21", NEW), quiet: on("2025-11-22", NEW), nextAdds: true },
      // Far ahead, and back where it was.
      { ...NEWS, night: on("2027-11-21", NEW), nextAdds: true },
    ],
  },
  {
    part: "replaced",
    title: "a night with news, and then the key is another one",
    before: BEFORE,
    nights: [{
      ...NEWS,
      next: on("2026-11-22", NEWER),
      quiet: on("2026-11-23", NEWER),
      keys: [1, 3, 4, 5],
      shortLived: [2],
      nextAdds: true,
    }],
  },
  {
    part: "noLinks",
    title: "a night with news, on disks without hard links",
    before: BEFORE,
    nights: [{ ...NEWS, emptyMayStand: true }],
    hardLinks: false,
  },
];

/** What the tests of this file came to. */
const sum = { tried: 0, survived: 0, lost: 0 };

function add(title: string, results: readonly TrialResult[]): void {
  const counted = results.filter((one) => one.counts);
  const survived = counted.filter((one) => one.troubles.length === 0).length;
  const lost = counted.reduce((all, one) => all + one.lost, 0);
  sum.tried += counted.length;
  sum.survived += survived;
  sum.lost += lost;
  say(`killed: ${title}: ${survived} of ${counted.length} kills survived, ${lost} keys lost`);
  const troubles = counted.flatMap((one) => one.troubles);
  assert.deepEqual(troubles.slice(0, 20), [], `${troubles.length} troubles`);
}

/** Two PCs that have had the nights before. */
async function withPcs(
  launch: Launch,
  before: readonly NightPlan[],
  act: (pcs: readonly [CrashPc, CrashPc]) => Promise<void>,
): Promise<void> {
  await using one = await crashPc(launch);
  await using other = await crashPc(launch);
  await Promise.all([one, other].map(async (pc) => {
    for (const night of before) {
      const { starts } = await pc.night(night);
      assert.equal(starts.at(-1)?.code, 0, starts.at(-1)?.stderr);
    }
    await pc.keep();
  }));
  await act([one, other]);
}

/** Every step of both starts, and every file between them that the carrier may not come to. */
async function endingsOf(night: NightPlan, pc: CrashPc): Promise<readonly (RunEnding | CarrierEnding)[]> {
  await pc.restore();
  const { starts, answer } = await pc.night(night);
  assert.equal(starts.at(-1)?.code, 0, answer?.error?.message ?? starts.at(-1)?.stderr);
  const first: { readonly carry?: readonly { readonly replace: boolean }[] } = JSON.parse(
    starts[0]?.stdout ?? "",
  );
  const files = starts.length < 2 ? 0 : first.carry?.filter((item) => !item.replace).length ?? 0;
  return [
    ...starts.flatMap(({ steps }, start) => steps.map((_, index) => ({ start, end: { atStep: index + 1 } }))),
    ...Array.from({ length: files === 0 ? 0 : files + 1 }, (_, carried) => ({ carried })),
  ];
}

function nameOf(ending: RunEnding | CarrierEnding): string {
  return "carried" in ending
    ? `the carrier after ${ending.carried} files`
    : "atStep" in ending.end
    ? `start ${ending.start + 1}, step ${ending.end.atStep}`
    : `start ${ending.start + 1}, after ${"afterMs" in ending.end ? ending.end.afterMs : 0} ms`;
}

for (const { part, title, before, nights, times = 1, hardLinks = true } of SCENARIOS) {
  Deno.test(`killed at a step: ${title} (seed ${SEED})`, () =>
    inFolder(async (folder) => {
      const random = randomFrom(SEED);
      await withPcs(await stepLaunch(folder, { hardLinks }), before, async (pcs) => {
        const [first] = nights;
        assert.ok(first);
        const endings = await endingsOf(first.night, pcs[0]);
        const results: TrialResult[] = [];
        const chosen = pick(endings, { count: killsOf(part), random });
        // Drawn before the workers begin, so that the seed alone decides.
        const trials = chosen.map((ending, index): Trial => {
          const further = Array.from(
            { length: times - 1 },
            () => endings[Math.floor(random() * endings.length)] ?? ending,
          );
          const chosenNights = nights[index % nights.length] ?? first;
          return {
            ...chosenNights,
            quiet: ALL || index % 2 === 0 ? chosenNights.quiet : null,
            name: [ending, ...further].map(nameOf).join(", then "),
            endings: [ending, ...further],
          };
        });
        await withWorkers(trials, pcs, async (trial, pc) => {
          results.push(await tryKill(trial, pc));
        });
        add(title, results);
        assert.ok(results.some((one) => one.counts));
        if (part === "news") assert.ok(results.some((one) => one.hotJournal), "no kill fell into a save");
      });
    }));
}

Deno.test(`killed at a random instant, as production starts it: a night with news (seed ${SEED})`, () =>
  inFolder(async (folder) => {
    const random = randomFrom(SEED + 1);
    await withPcs(await productionLaunch(folder), BEFORE, async (pcs) => {
      const lengths: number[][] = [[], []];
      for (let round = 0; round < 3; round++) {
        await pcs[0].restore();
        const { starts } = await pcs[0].night(NEWS.night);
        starts.forEach(({ openMs }, start) => lengths[start]?.push(openMs));
      }
      const usual = lengths.map((all) => all.toSorted((a, b) => a - b)[1] ?? 0);
      const total = usual.reduce((all, one) => all + one, 0);
      const wanted = killsOf("instants");
      const results = await untilCounted(wanted, pcs, async (pc) => {
        const at = random() * total;
        const [first = 0] = usual;
        const ending = at < first
          ? { start: 0, end: { afterMs: Math.round(at) } }
          : { start: 1, end: { afterMs: Math.round(at - first) } };
        return await tryKill({ ...NEWS, name: nameOf(ending), endings: [ending] }, pc);
      });
      add("a night with news, at a random instant", results);
      assert.ok(results.filter((one) => one.counts).length >= wanted, `${results.length} attempts`);
    });
  }));

Deno.test("the crash matrix sums up", () => {
  say(`crash matrix: ${sum.survived} of ${sum.tried} kills survived, ${sum.lost} keys lost (seed ${SEED})`);
  assert.equal(sum.survived, sum.tried);
});
