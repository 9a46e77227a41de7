/** Takes what logs and tools put before each line: times, numbers of lines, names of PCs and of files. */

/** `[2024-11-02 10:11:12]`, `11/2/2024 10:11:12 AM INFO:`; one blank behind it, for the others are the line's own. */
const STAMP =
  /^\[?(?:\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{2,4})[T ,]{1,2}\d\d?:\d\d(?::\d\d)?(?:[.,]\d{1,7})?(?: ?[AP]M)?(?:Z| ?[+-]\d\d:?\d\d)?\]?(?: [[(]?(?:info|debug|verbose|output|warn(?:ing)?|error)[\])]?)?(?: ?[:|-])?(?: |$)/i;
/** `  12: `, `12\t`. */
const NUMBER = /^[ \t]{0,8}\d{1,6}(?:[:)|](?: |$)|\t)/;
/** `out.txt:12:`, as Select-String and findstr write it. */
const PLACE = /^[\p{L}\p{N} _.\\/~-]{1,120}(?:\.[a-z]{2,4}):(?:\d{1,6}:)?/u;
const FORMS = [STAMP, NUMBER, PLACE] as const;

/** Fewer lines tell nothing. */
const LEAST = 4;
/** Of a text's lines: titles above and below have none. */
const MOST_OF = 0.8;
const LONGEST_COMMON = 80;

/**
 * Takes prefixes off.
 *
 * @param lines Of a text.
 * @returns As many lines; the same ones where most have no prefix of one form.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(withoutPrefixes(["PC-7: a", "PC-7:   b", "PC-7: ", "PC-7: c d", "PC-7: e"]), [
 *   "a",
 *   "  b",
 *   "",
 *   "c d",
 *   "e",
 * ]);
 * ```
 */
export function withoutPrefixes(lines: readonly string[]): readonly string[] {
  const told = lines.filter((line) => line.trim() !== "");
  if (told.length < LEAST) return lines;
  const form = FORMS.find((form) => told.filter((line) => form.test(line)).length >= told.length * MOST_OF);
  if (form !== undefined) return lines.map((line) => line.replace(form, ""));
  const common = commonOf(told);
  if (common === "") return lines;
  return lines.map((line) => (line.startsWith(common) ? line.slice(common.length) : trimmed(line, common)));
}

/** An empty line may have lost the blank behind its prefix. */
function trimmed(line: string, common: string): string {
  return line.trimEnd() === common.trimEnd() ? "" : line;
}

/** What all lines begin with, up to a colon, a bar or a bracket and one blank. */
function commonOf(lines: readonly string[]): string {
  let [common = ""] = lines;
  common = common.slice(0, LONGEST_COMMON);
  for (const line of lines) {
    let length = 0;
    while (length < common.length && (line[length] === common[length])) length++;
    // "PC-7:" with nothing behind it
    if (length === line.length && common.startsWith(line)) continue;
    common = common.slice(0, length);
    if (common.trim() === "") return "";
  }
  return /^\s{0,8}\S.{0,70}?[:|>\]]/.exec(common)?.[0] === undefined
    ? ""
    : /^.*[:|>\]] ?/.exec(common)?.[0] ?? "";
}
