/** How many kills a run of the tests tries, which ones, and two at a time. */

/** In `task test` 50; `SPARE_KEY_KILLS=all` tries every step and 500 instants, a number that many in all. */
const WANTED = Deno.env.get("SPARE_KEY_KILLS") ?? "50";

/** Whether all is tried; else a quiet night follows every second trial. */
export const ALL = WANTED === "all";

/** Chooses steps and instants; printed with the result. */
export const SEED = Number(Deno.env.get("SPARE_KEY_KILLS_SEED") ?? 20_261_124);

/** Of 50 kills, and of all. */
const SHARES = {
  news: [17, Infinity],
  first: [6, Infinity],
  quiet: [2, Infinity],
  twice: [4, 60],
  clock: [6, 120],
  replaced: [4, 120],
  noLinks: [4, 120],
  instants: [7, 500],
  orchestrator: [3, 50],
} as const;

/** What is killed. */
export type Part = keyof typeof SHARES;

/**
 * Tells how many kills of a kind are to be tried.
 *
 * @param part What is killed.
 * @returns A number, `Infinity` for one at every step.
 */
export function killsOf(part: Part): number {
  const [few, all] = SHARES[part];
  return ALL ? all : Math.max(1, Math.round(few * Number(WANTED) / 50));
}

/**
 * Picks some of many, evenly from the first to the last.
 *
 * @param points All of them.
 * @param options How many, and where to begin.
 * @returns All when there are no more than that.
 */
export function pick<T>(
  points: readonly T[],
  { count, random }: { readonly count: number; readonly random: () => number },
): readonly T[] {
  if (points.length <= count) return points;
  const distance = points.length / count;
  const offset = random() * distance;
  return points.filter((_, index) =>
    Math.floor((index - offset) / distance) !== Math.floor((index - 1 - offset) / distance)
  );
}

/**
 * Makes a sequence of numbers from a seed: a linear congruential generator, with the constants of Numerical Recipes.
 *
 * @param seed Any whole number.
 * @returns A function that gives the next one, from 0 to below 1.
 */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * Works through a list with several workers, each one item at a time.
 *
 * @param items The list.
 * @param workers What each worker works with.
 * @param act The work.
 */
export async function withWorkers<T, W>(
  items: readonly T[],
  workers: readonly W[],
  act: (item: T, worker: W) => Promise<void>,
): Promise<void> {
  const left = [...items];
  await Promise.all(workers.map(async (worker) => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item, worker);
  }));
}

/**
 * Tries until enough attempts have hit.
 *
 * @param wanted How many.
 * @param workers What each worker works with.
 * @param attempt One of them; whether it hit is in what it gives.
 * @returns What all attempts gave; fewer hits than wanted when hardly one hits.
 */
export async function untilCounted<W, R extends { readonly counts: boolean }>(
  wanted: number,
  workers: readonly W[],
  attempt: (worker: W) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  let attempts = 0;
  // One that is under way elsewhere is taken for a hit.
  const open = (): number =>
    wanted - results.filter((one) => one.counts).length - (attempts - results.length);
  await Promise.all(workers.map(async (worker) => {
    while (open() > 0 && attempts < 5 * wanted + 20) {
      attempts++;
      results.push(await attempt(worker));
    }
  }));
  return results;
}
