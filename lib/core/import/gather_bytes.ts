/** Puts the pieces of a file together as far as they are wanted at once, and parts what is whole. */

/** The beginning of a file. */
export interface Gathered {
  /** More than was asked for, unless that is the whole. */
  readonly bytes: Uint8Array;
  /** Whether nothing comes behind it. */
  readonly isWhole: boolean;
}

/**
 * Gathers the beginning of a file.
 *
 * @param pieces What is left of it.
 * @param limit In bytes.
 * @param start What was gathered before.
 * @returns More than the limit, unless that is the whole.
 */
export async function gather(
  pieces: AsyncIterator<Uint8Array>,
  limit: number,
  start: Uint8Array = new Uint8Array(),
): Promise<Gathered> {
  const parts = start.length === 0 ? [] : [start];
  let size = start.length;
  while (size <= limit) {
    const next = await pieces.next();
    if (next.done === true) return { bytes: joined(parts, size), isWhole: true };
    // what comes behind the first part is overwritten sooner or later
    parts.push(parts.length === 0 ? next.value : next.value.slice());
    size += next.value.length;
  }
  return { bytes: joined(parts, size), isWhole: false };
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Parts bytes.
 *
 * @param bytes All of them.
 * @param size Of a piece, in bytes.
 * @returns Pieces of that size; the last may be smaller.
 */
export async function* piecesOf(
  bytes: Uint8Array,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += size) {
    yield await Promise.resolve(bytes.subarray(at, at + size));
  }
}
