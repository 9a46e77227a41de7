/** Moments in a PC's own time: its day ends at its own midnight. Without `Intl`: the offset is that of the snapshot. */

/**
 * Reads by how much the clock of a moment is ahead of UTC.
 *
 * @param moment ISO 8601 with an offset.
 * @returns Minutes; 0 for UTC, or when it names no offset.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(offsetMinutesOf("2026-11-24T03:00:12.345+01:00"), 60);
 * assert.equal(offsetMinutesOf("2026-11-24T03:00:12Z"), 0);
 * ```
 */
export function offsetMinutesOf(moment: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)$/.exec(moment) ?? [];
  const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === "-" ? -offset : offset;
}

/**
 * Writes a moment as a clock of another offset shows it.
 *
 * @param moment ISO 8601.
 * @param minutes By how much that clock is ahead of UTC.
 * @returns ISO 8601 to the second; the text itself when it is no moment.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(inOffset("2026-11-23T23:30:00.000Z", 60), "2026-11-24T00:30:00+01:00");
 * ```
 */
export function inOffset(moment: string, minutes: number): string {
  const time = Date.parse(moment);
  if (Number.isNaN(time)) return moment;
  const text = new Date(time + minutes * 60_000).toISOString().slice(0, 19);
  const two = (value: number): string => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return minutes === 0
    ? `${text}Z`
    : `${text}${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/**
 * Tells whether a text is a moment that can be said and compared.
 *
 * @param text Of a document that may be damaged.
 * @returns Whether it is ISO 8601 with an offset.
 */
export function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}[0-9:.]*(?:Z|[+-]\d{2}:\d{2})$/.test(text) &&
    !Number.isNaN(Date.parse(text));
}
