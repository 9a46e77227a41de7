/**
 * Makes something with its first use.
 *
 * @param make Makes it.
 * @returns Gives it, always the same.
 */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
