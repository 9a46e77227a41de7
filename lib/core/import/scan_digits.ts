/** Finds the 48 digits: with hyphens, blanks, line ends or nothing between them; and says why some are none. */

import { formatRecoveryPassword, wrongGroups } from "../recovery_password.ts";
import { type OddRun, OddRuns } from "./odd_runs.ts";

/** Digits that are a recovery key, or look like one. */
export interface FoundDigits {
  /** Of the first digit. */
  readonly start: number;
  /** Behind the last digit. */
  readonly end: number;
  /** 8 groups of 6 digits with hyphens, checksum right; `null` when refused. */
  readonly password: string | null;
  /** Why it is none; `null` when it is one. */
  readonly problem: Problem | null;
}

/** What is wrong with digits, without any of them. */
export interface Problem {
  /** From 1; `null` when it is about the whole. */
  readonly group: number | null;
  /** Words without any digit of it. */
  readonly reason: string;
}

/** A run of digits without anything between. */
interface Group {
  readonly start: number;
  readonly end: number;
}

/** What stands between two groups: hyphen wins over line end, line end over blank. */
type Joint = "-" | "line" | " ";

/** A part of a long text line is indented at most so far. */
const JOINT = /^(?:[ \t]{0,4}|[ \t]{0,4}-[ \t]{0,4}|[ \t]{0,120}-?[ \t]*\n[ \t>]{0,160}-?[ \t]{0,4})$/;
const LONGEST_JOINT = 300;

/**
 * Finds digits in a text.
 *
 * @param text Lines part at `\n`; GUIDs masked out.
 * @param count Told of steps.
 * @returns In the text's order.
 */
export function scanDigits(text: string, count: (steps: number) => void = () => {}): readonly FoundDigits[] {
  const found: FoundDigits[] = [];
  let chain: Group[] = [];
  let joints: Joint[] = [];
  let digits = 0;
  const odd = new OddRuns(text);
  const close = (): void => {
    count(chain.length);
    if (digits >= LEAST_DIGITS) found.push(...readChain(text, chain, joints));
    if (chain.length > 0) [chain, joints] = [[], []];
    digits = 0;
  };
  // by hand: a log of a hundred megabytes has millions of numbers, and a match for each takes its time
  for (let at = 0; at < text.length; at++) {
    if (!isDigit(text.charCodeAt(at))) continue;
    const start = at;
    do at++; while (isDigit(text.charCodeAt(at)));
    odd.push(start, at);
    const last = chain.at(-1);
    const between = last === undefined ? null : jointOf(text, last.end, start);
    if (between === null) close();
    else joints.push(between);
    if (isWord(text, at)) {
      // a letter behind the digits: part of a word, unless a slip of the pen within a key
      joints.length = Math.max(0, chain.length - 1);
      close();
      continue;
    }
    chain.push({ start, end: at });
    digits += at - start;
  }
  close();
  return withOdd(found.map((one) => isTorn(text, one) ? { ...one, ...TORN } : one), odd.end());
}

const TORN: Pick<FoundDigits, "password" | "problem"> = {
  password: null,
  problem: { group: null, reason: "its lines are not all of one key" },
};

/** Halves of several keys side by side: read line by line, the last half of one is followed by the first of another. */
const [PART_BEFORE, PART_BEHIND] = [
  /(?<!\d)(?<!\d[ -])\d{6}[ -]?(?:\d{6}[ -]?){1,6}[ \t|]{1,120}$/,
  /^-?[ \t|]{1,120}\d{6}(?:[ -]?\d{6}){1,6}(?![ -]?\d)/,
];

function isTorn(text: string, { start, end, password }: FoundDigits): boolean {
  if (password === null) return false;
  // a hyphen at its end says that more follows
  if (MORE_FOLLOWS.test(text.slice(end, end + LONGEST_SIDE))) return true;
  const isOneLine = !text.slice(start, end).includes("\n");
  // a half twice is a line that was copied twice
  const isDoubled = password.slice(0, HALF) === password.slice(HALF + 1);
  if (isDoubled && (!isOneLine || text[end] === "-")) return true;
  if (isOneLine) return false;
  if (text[end] === "-") return true;
  const before = text.slice(Math.max(text.lastIndexOf("\n", start) + 1, start - LONGEST_SIDE), start);
  const behind = text.slice(end, end + LONGEST_SIDE).split("\n", 1)[0] ?? "";
  return PART_BEFORE.test(before) || PART_BEHIND.test(behind);
}

const MORE_FOLLOWS = /^-\s{0,160}\d{6}(?!\d)/;

/** Characters of four groups with their hyphens. */
const HALF = 27;
/** Of a line, beside a key. */
const LONGEST_SIDE = 240;

function withOdd(found: readonly FoundDigits[], odd: readonly OddRun[]): readonly FoundDigits[] {
  if (odd.length === 0) return found;
  const rest = found.filter(({ start, end }) => !odd.some((one) => one.start < end && start < one.end));
  return [...rest, ...odd].sort((one, other) => one.start - other.start);
}

/** @returns Also for no code at all, behind the text's end: `false`. */
function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

const GROUPS = 8;
const GROUP_DIGITS = 6;
const ALL_DIGITS = GROUPS * GROUP_DIGITS;

/** Fewer are no attempt at 48. */
export const LEAST_DIGITS = 36;

function jointOf(text: string, from: number, to: number): Joint | null {
  const first = text[from];
  if (to - from === 1) {
    return first === "-" ? "-" : first === " " || first === "\t" ? " " : first === "\n" ? "line" : null;
  }
  if (to - from > LONGEST_JOINT || first === undefined || !" \t-\n".includes(first)) return null;
  const between = text.slice(from, to);
  if (!JOINT.test(between)) return null;
  return between.includes("-") ? "-" : between.includes("\n") ? "line" : " ";
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code > 127) return /\p{L}/u.test(text[at] ?? "");
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 0;
}

function digitsIn(groups: readonly Group[]): number {
  return groups.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** Cuts a chain where one key ends and another begins: at blanks and line ends beside hyphens first. */
function readChain(text: string, chain: readonly Group[], joints: readonly Joint[]): readonly FoundDigits[] {
  const whole = read(text, chain, joints);
  if (whole?.password !== null && whole !== null) return [whole];
  for (const weak of [["line", " "], ["line"], [" "]] as const) {
    const parts = split(chain, joints, weak);
    if (parts.length === 1) continue;
    const keys = parts.flatMap((part) => read(text, part.groups, part.joints) ?? []);
    if (keys.some(({ password }) => password !== null)) return keys;
  }
  const even = evenRun(chain, joints);
  const key = even === null ? null : read(text, even.groups, even.joints);
  if (key !== null && key.password !== null) return [key];
  const parts = split(chain, joints, ["line", " "]);
  const refused = (parts.length === 1 ? [] : parts).flatMap((part) =>
    read(text, part.groups, part.joints) ?? []
  );
  if (refused.length > 0) return refused;
  return whole === null ? [] : [whole];
}

/** The only eight groups of six in a row, among groups of other sizes: a date or a number stands beside the key. */
function evenRun(chain: readonly Group[], joints: readonly Joint[]): Part | null {
  const runs: Part[] = [];
  for (let from = 0; from < chain.length;) {
    let to = from;
    while (to < chain.length && sizeOf(chain[to]) === GROUP_DIGITS) to++;
    if (to - from === GROUPS) {
      runs.push({ groups: chain.slice(from, to), joints: joints.slice(from, to - 1) });
    }
    from = Math.max(to, from + 1);
  }
  const [only, ...others] = runs;
  return only === undefined || others.length > 0 ? null : only;
}

function sizeOf(group: Group | undefined): number {
  return group === undefined ? 0 : group.end - group.start;
}

interface Part {
  readonly groups: readonly Group[];
  readonly joints: readonly Joint[];
}

function split(chain: readonly Group[], joints: readonly Joint[], weak: readonly Joint[]): readonly Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (let at = 0; at < chain.length; at++) {
    const joint = joints[at];
    if (at < chain.length - 1 && joint !== undefined && !weak.includes(joint)) continue;
    parts.push({ groups: chain.slice(from, at + 1), joints: joints.slice(from, at) });
    from = at + 1;
  }
  return parts;
}

/** @returns `null` when it is no attempt at a recovery key. */
function read(text: string, groups: readonly Group[], joints: readonly Joint[]): FoundDigits | null {
  const [first] = groups;
  const last = groups.at(-1);
  if (first === undefined || last === undefined) return null;
  const place = { start: first.start, end: last.end };
  if (digitsIn(groups) === ALL_DIGITS && isEven(groups, joints)) {
    const password = formatRecoveryPassword(
      groups.map(({ start, end }) => text.slice(start, end)).join(""),
    );
    const [wrong] = password === null ? [1] : wrongGroups(password);
    return wrong === undefined
      ? { ...place, password, problem: null }
      : { ...place, password: null, problem: checksumProblem(password ?? "", wrong) };
  }
  const problem = shapeProblem(groups, joints);
  return problem === null ? null : { ...place, password: null, problem };
}

/** Whether each group but those that a line end cuts is a whole number of sixes, from the beginning on. */
function isEven(groups: readonly Group[], joints: readonly Joint[]): boolean {
  let digits = 0;
  return groups.every(({ start, end }, index) => {
    digits += end - start;
    return digits % GROUP_DIGITS === 0 || joints[index] === "line" || index === groups.length - 1;
  });
}

/** Largest value of a group, see `recovery_password.ts`. */
const GROUP_MAX = 720885;

function checksumProblem(password: string, wrong: number): Problem {
  return {
    group: wrong,
    reason: Number(password.split("-")[wrong - 1]) % 11 === 0
      ? `group ${wrong} is larger than ${GROUP_MAX}`
      : `group ${wrong} is not divisible by 11: a digit is wrong`,
  };
}

/** Hyphens between most groups, and about as many and as long as those of a key: meant to be one. */
function shapeProblem(groups: readonly Group[], joints: readonly Joint[]): Problem | null {
  const sizes = groups.map(({ start, end }) => end - start);
  const hyphens = joints.filter((joint) => joint === "-").length;
  if (groups.length === 1) {
    const digits = sizes[0] ?? 0;
    return Math.abs(digits - ALL_DIGITS) > 2 ? null : {
      group: null,
      reason: `there are ${digits} digits, a recovery key has ${ALL_DIGITS}`,
    };
  }
  const alike = sizes.filter((size) => size === GROUP_DIGITS).length;
  if (alike < 3 || hyphens < joints.length - 1) return null;
  if (groups.length < GROUPS - 1 || groups.length > GROUPS + 1) return null;
  if (sizes.some((size) => size < 4 || size > 8)) return null;
  const wrong = sizes.findIndex((size) => size !== GROUP_DIGITS);
  if (wrong >= 0) {
    return { group: wrong + 1, reason: `group ${wrong + 1} has ${sizes[wrong]} digits, it must have 6` };
  }
  return { group: null, reason: `there are ${groups.length} groups, a recovery key has ${GROUPS}` };
}
