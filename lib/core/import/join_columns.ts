/** Puts the halves of keys together that stand side by side: prints of several columns, narrow cells beside each other. */

/** Parts of several keys, and nothing else on the line. */
const PARTS =
  /^[ \t]{0,120}\d{6}(?:[ -]\d{6}){1,6}-?(?:[ \t|]{2,120}\d{6}(?:[ -]\d{6}){1,6}-?){1,5}[ \t|]{0,8}$/;
const PART = /\d{6}(?:[ -]\d{6}){1,6}/g;
const SOME_PARTS = /[ \t|]{2}\d{6}[ -]\d{6}/;
const LONGEST = 400;
const GROUPS = 8;
/** Columns may be so far from where they should be. */
const SKEWED = 3;

interface Part {
  readonly start: number;
  readonly groups: readonly string[];
}

/**
 * Joins.
 *
 * @param text As `normalizeText` gives it.
 * @returns The same, as many lines; whole keys side by side on the upper line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const columns = "000011-000022-000033-000044   000099-000110-000121-000132\n" +
 *   "000055-000066-000077-000088   000143-000154-000165-000176";
 * assert.match(joinColumns(columns), /^000011-.*-000088 +000099-.*-000176\n$/);
 * ```
 */
export function joinColumns(text: string): string {
  if (!SOME_PARTS.test(text)) return text;
  const lines = text.split("\n");
  for (let at = 0; at + 1 < lines.length; at++) {
    // a hyphen at its end says that more follows: no second half
    if (/\d-(?:[ \t|]|$)/.test(lines[at + 1] ?? "") || lines[at] === lines[at + 1]) continue;
    const [upper, lower] = [partsOf(lines[at] ?? ""), partsOf(lines[at + 1] ?? "")];
    const keys = keysOf(upper, lower);
    if (keys === null) continue;
    // as wide apart as no two parts of one key are
    lines[at] = keys.join("          ");
    lines[at + 1] = "";
  }
  return lines.join("\n");
}

function partsOf(line: string): readonly Part[] {
  if (line.length > LONGEST || !PARTS.test(line)) return [];
  return [...line.matchAll(PART)].map(({ index, 0: part }) => ({ start: index, groups: part.split(/[ -]/) }));
}

function keysOf(upper: readonly Part[], lower: readonly Part[]): readonly string[] | null {
  if (upper.length < 2 || upper.length !== lower.length) return null;
  const keys = upper.map(({ groups }, column) => [...groups, ...lower[column]?.groups ?? []]);
  const isEven = upper.every(({ start }, column) => Math.abs(start - (lower[column]?.start ?? 0)) <= SKEWED);
  return isEven && keys.every((groups) => groups.length === GROUPS)
    ? keys.map((groups) => groups.join("-"))
    : null;
}
