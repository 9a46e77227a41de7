/** How much the fuzz tests try, and from which seed. */

/**
 * Cases of a fuzz suite: a tenth of the 100,000 that `SPARE_KEY_FUZZ=100000` tries before a release, and a
 * hundredth of `deno task fuzz`.
 */
export const FUZZ_RUNS = Number(Deno.env.get("SPARE_KEY_FUZZ") ?? 10_000);

/** The same cases each time; another number tries others. */
export const FUZZ_SEED = Number(Deno.env.get("SPARE_KEY_FUZZ_SEED") ?? 58_915_845);

/**
 * Names a fuzz test, so that a failure can be tried again.
 *
 * @param what It shows.
 * @param runs Cases.
 * @returns The name with both numbers.
 */
export function fuzzName(what: string, runs: number = FUZZ_RUNS): string {
  return `${what} (${runs} cases, seed ${FUZZ_SEED})`;
}

/**
 * Gives what fast-check is to be told.
 *
 * @param runs Cases.
 * @returns Runs and seed.
 */
export function fuzzOptions(
  runs: number = FUZZ_RUNS,
): { readonly numRuns: number; readonly seed: number } {
  return { numRuns: runs, seed: FUZZ_SEED };
}
