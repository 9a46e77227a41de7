/** Turns a plain function into one whose answer and errors come as a promise, as those of a port do. */
export function soon<A extends readonly unknown[], R>(act: (...args: A) => R): (...args: A) => Promise<R> {
  // deno-lint-ignore require-await -- async, so that what it throws becomes a rejection
  return async (...args) => act(...args);
}

/** Compares texts by their code units, as the stores sort. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Compares entries by their keys. */
export function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return compare(one, other);
}
