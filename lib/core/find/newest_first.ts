import type { FoundKey } from "./model.ts";

/**
 * Orders keys: newest first, as moments, since offsets differ; those without a date last; then by path.
 *
 * @param one A key.
 * @param other Another.
 * @returns Below 0 when `one` comes first.
 */
export function newestFirst(
  one: Pick<FoundKey, "takenAt" | "path">,
  other: Pick<FoundKey, "takenAt" | "path">,
): number {
  const [first, second] = [instantOf(one.takenAt), instantOf(other.takenAt)];
  if (first !== second) return first > second ? -1 : 1;
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
}

/**
 * Tells when a moment was.
 *
 * @param moment ISO 8601 moment, or a day.
 * @returns Milliseconds since 1970, without an offset as if in UTC; `-Infinity` for any other text, which a PC would
 * read by its own time zone and language.
 */
export function instantOf(moment: string | null): number {
  const [, day = "", time, offset] = ISO.exec(moment ?? "") ?? [];
  const instant = Date.parse(time === undefined ? day : `${day}T${time}${offset ?? "Z"}`);
  return Number.isNaN(instant) ? -Infinity : instant;
}

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:\d{2})?)?$/;
