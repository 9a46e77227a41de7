/** A file of the package. */

/** What comes to lie in the program folder. */
export interface PackedFile {
  /** From the program folder on, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * When all files were written, it says in packages: the same input is to give the same bytes on any day.
 * A zip knows no time before 1980 and no time zone; at noon clocks are nowhere put on.
 */
export const FIXED_TIME = { year: 1980, month: 1, day: 1, hour: 12 } as const;

/** In seconds since 1970, taken as UTC. */
export const FIXED_EPOCH: number =
  Date.UTC(FIXED_TIME.year, FIXED_TIME.month - 1, FIXED_TIME.day, FIXED_TIME.hour) / 1000;

/**
 * Sorts files by path, by code unit: no language's order.
 *
 * @param files In any order.
 * @returns The same files.
 * @throws {Error} When two have paths that Windows does not tell apart.
 */
export function sortFiles(files: readonly PackedFile[]): readonly PackedFile[] {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path.toLowerCase())) throw new Error(`Cannot pack "${path}" twice`);
    seen.add(path.toLowerCase());
  }
  return files.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
