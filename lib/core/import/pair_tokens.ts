/**
 * Brings Key IDs and digits of a text without known structure together: on one line first, then by nearness, then
 * by order in two lists. A pair is made only where no other reading is likely; all others stay apart.
 */

import type { Pairing } from "./model.ts";
import type { Token } from "./scan_tokens.ts";

/** A token with its place among the others. */
export interface PlacedToken {
  /** The token. */
  readonly token: Token;
  /** Index of its first line. */
  readonly line: number;
  /** Two for each line with text, one for each blank line since the token before; `Infinity` across a border. */
  readonly gap: number;
  /** Whether blank lines stand between it and the token before. */
  readonly apart: boolean;
  /** Whether a label stands before it that fits it. */
  readonly labelled: boolean;
  /** Whether that label stands on its own line. */
  readonly inline: boolean;
  /** Of its line in a numbered list; `null` without. */
  readonly number: number | null;
}

/** A Key ID with its digits, or one of them alone. */
export interface Pair {
  /** `null` for digits alone. */
  readonly id: PlacedToken | null;
  /** `null` for a Key ID alone. */
  readonly key: PlacedToken | null;
  /** How they came together. */
  readonly pairing: Pairing;
  /** Why there is no pair. */
  readonly reason: string | null;
}

/** Further apart, a Key ID and digits below it have nothing to do with each other: Windows' own file has 7 to 12. */
const FARTHEST = 16;

/** Digits and a Key ID below them: at most a label between. */
const NEAREST = 2;

const ALONE = "nothing beside it belongs to it for sure";

/**
 * Pairs.
 *
 * @param tokens In the text's order.
 * @param isAll Whether the text holds no other token.
 * @returns Each token once, in the text's order.
 */
export function pairTokens(tokens: readonly PlacedToken[], isAll: boolean): readonly Pair[] {
  const pairs = new Map<PlacedToken, readonly [PlacedToken, Pairing]>();
  const unsure = new Map<PlacedToken, string>();
  const join = (one: PlacedToken, other: PlacedToken, how: Pairing): void => {
    pairs.set(one, [other, how]);
    pairs.set(other, [one, how]);
  };
  pairLines(tokens, join, unsure);
  const runs = runsOf(tokens, (one) => pairs.has(one) || unsure.has(one));
  for (const run of runs) pairRun(run, join, isAll && run.length === tokens.length);
  return tokens.flatMap((one): readonly Pair[] => {
    const [other, pairing] = pairs.get(one) ?? [null, "none" as const];
    const isId = one.token.sort === "id";
    if (other === null) {
      const reason = unsure.get(one) ?? ALONE;
      return [{ id: isId ? one : null, key: isId ? null : one, pairing, reason }];
    }
    return isId ? [] : [{ id: other, key: one, pairing, reason: null }];
  });
}

type Join = (one: PlacedToken, other: PlacedToken, how: Pairing) => void;

function pairLines(tokens: readonly PlacedToken[], join: Join, unsure: Map<PlacedToken, string>): void {
  for (let from = 0; from < tokens.length;) {
    let to = from + 1;
    while (to < tokens.length && tokens[to]?.line === tokens[from]?.line) to++;
    const line = tokens.slice(from, to);
    const chosen = chooseOnLine(line);
    if (chosen === null) {
      for (const one of line) {
        unsure.set(one, "its line holds several Key IDs or keys that cannot be told apart");
      }
    } else if (chosen.length > 0 && !isTorn(tokens, from, to)) {
      for (let at = 0; at + 1 < chosen.length; at += 2) {
        const [one, other] = [chosen[at], chosen[at + 1]];
        if (one !== undefined && other !== undefined) join(one, other, "line");
      }
      const taken = new Set(chosen);
      for (const one of line) {
        if (!taken.has(one)) unsure.set(one, "another Key ID of its line fits better");
      }
    }
    from = to;
  }
}

/** @returns Tokens two by two; none when the line has one sort alone; `null` when it cannot be told. */
function chooseOnLine(line: readonly PlacedToken[]): readonly PlacedToken[] | null {
  const keys = line.filter(({ token }) => token.sort === "key");
  const ids = line.filter(({ token }) => token.sort === "id");
  if (keys.length === 0 || ids.length === 0) return [];
  const [key] = keys;
  if (key !== undefined && keys.length === 1) {
    const [id] = ids;
    if (ids.length === 1 && id !== undefined) {
      // digits of the block above, and behind them the next block's first line
      const joined = line.indexOf(key) < line.indexOf(id) && id.labelled && !key.labelled;
      return joined ? null : [id, key];
    }
    // of several, the one that a label calls a Key ID, if it stands beside the digits and no other does
    const fitting = ids.filter(({ labelled }) => labelled);
    const place = line.indexOf(key);
    const beside = [line[place - 1], line[place + 1]].filter((one) => one !== undefined);
    return fitting.length === 1 && beside.length === 1 && beside[0] === fitting[0] ? [...fitting, key] : null;
  }
  const regular = line.every(({ token }, at) => token.sort === line[at % 2]?.token.sort);
  return regular && line.length % 2 === 0 && keys.length === ids.length ? line : null;
}

/**
 * A lost line end may bring halves of two pairs onto one line: then the other halves stand above and below, close by,
 * or further away where each is alone on its line and the digits come before the next block's Key ID.
 */
function isTorn(tokens: readonly PlacedToken[], from: number, to: number): boolean {
  const [before, first, second, behind] = [tokens[from - 1], tokens[from], tokens[from + 1], tokens[to]];
  if (to - from !== 2 || before === undefined) return false;
  // digits that a Key ID right above them waits for, and behind them the next block's
  const isAwaited = first?.token.sort === "key" && first.gap <= NEAREST && before.token.sort === "id" &&
    before.labelled && tokens[from - 2]?.line !== before.line;
  if (isAwaited) return true;
  if (behind === undefined) return false;
  const areAlone = tokens[from - 2]?.line !== before.line && tokens[to + 1]?.line !== behind.line;
  const farthest = areAlone && first?.token.sort === "key" ? FARTHEST : NEAREST;
  return (first?.gap ?? 0) <= farthest && behind.gap <= farthest &&
    before.token.sort === second?.token.sort && behind.token.sort === first?.token.sort &&
    before.token.sort !== behind.token.sort;
}

function runsOf(
  tokens: readonly PlacedToken[],
  isDone: (one: PlacedToken) => boolean,
): readonly (readonly Step[])[] {
  const runs: PlacedToken[][] = [];
  let open: PlacedToken[] = [];
  for (const one of tokens) {
    if ((isDone(one) || one.gap === Infinity) && open.length > 0) {
      runs.push(open);
      open = [];
    }
    if (!isDone(one)) open.push(one);
  }
  if (open.length > 0) runs.push(open);
  return runs.filter((run) => run.length > 1).map(withoutRepeats);
}

/** A token of a run, and how far it is from the one of the run before it. */
interface Step {
  readonly one: PlacedToken;
  readonly gap: number;
}

/** A Key ID that stands twice in a row, as in a file's name and its text, counts where the digits are. */
function withoutRepeats(run: readonly PlacedToken[]): readonly Step[] {
  const kept: Step[] = [];
  for (const one of run) {
    const last = kept.at(-1);
    const again = last?.one.token.sort === "id" && one.token.sort === "id" &&
      isSame(last.one.token.id, one.token.id);
    if (again) kept.pop();
    kept.push({ one, gap: again ? last.gap : one.gap });
  }
  return kept;
}

function isSame(one: string, other: string): boolean {
  return one !== "" && other !== "" && (one.startsWith(other) || other.startsWith(one));
}

function pairRun(run: readonly Step[], join: Join, isAll: boolean): void {
  const half = run.length / 2;
  const sorts = run.map(({ one }) => one.token.sort);
  const gaps = run.map(({ gap }, index) => (index === 0 ? Infinity : gap));
  const takes = (from: number, how: Pairing, to = from + 1): void => {
    const [first, second] = [run[from]?.one, run[to]?.one];
    if (first !== undefined && second !== undefined) join(first, second, how);
  };
  const [, between = Infinity] = gaps;
  if (run.length === 2) {
    if (sorts[0] === sorts[1]) return;
    const labelled = run.every(({ one }) => one.labelled && one.inline);
    const below = isAll && labelled && between <= NEAREST && run[1]?.one.apart === false;
    if (sorts[0] === "id" ? between <= FARTHEST : below) takes(0, "near");
    return;
  }
  if (run.length >= 4 && Number.isInteger(half)) {
    const lists = sorts.every((sort, at) => sort === (at < half ? "id" : "key"));
    if (lists && run.some(({ one }) => one.number !== null)) {
      for (const [at, to] of sameNumbers(run, half) ?? []) takes(at, "order", to);
      return;
    }
    if (lists && isSideBySide(run, half)) {
      for (let at = 0; at < half; at++) takes(at, "order", half + at);
      return;
    }
    if (lists) {
      const inner = gaps.filter((_, at) => at !== 0 && at !== half);
      // a heading or a blank line parts the lists, and each of them is even
      if ((gaps[half] ?? 0) > largest(inner) && new Set(inner).size === 1) {
        for (let at = 0; at < half; at++) takes(at, "order", half + at);
      }
      return;
    }
    const regular = sorts.every((sort, at) => sort === sorts[at % 2]) && sorts[0] !== sorts[1];
    const within = largest(gaps.filter((_, at) => at % 2 === 1));
    const apart = smallest(gaps.filter((_, at) => at % 2 === 0));
    const isSure = sorts[0] === "id"
      ? within <= apart && within <= FARTHEST
      : within < apart && within <= NEAREST;
    if (regular && isSure) {
      for (let at = 0; at < run.length; at += 2) takes(at, "near");
      return;
    }
    // keys above their Key IDs, too far apart to be sure: read the other way round, all pairs would be wrong
    if (regular && sorts[0] === "key") return;
  }
  // digits above their Key ID are the exception: without all the others saying so, they are not taken for it
  for (let at = 1; at < run.length; at++) {
    const gap = gaps[at] ?? Infinity;
    const nearer = gap < (gaps[at - 1] ?? Infinity) && gap < (gaps[at + 1] ?? Infinity);
    if (sorts[at] === "key" && sorts[at - 1] === "id" && nearer && gap <= FARTHEST) takes(at - 1, "near");
  }
}

/** The numbers of two lists say what belongs together; `null` where they do not agree. */
function sameNumbers(
  run: readonly Step[],
  half: number,
): readonly (readonly [id: number, key: number])[] | null {
  const numbers = run.map(({ one }) => one.number);
  const [ids, keys] = [numbers.slice(0, half), numbers.slice(half)];
  const isWhole = !numbers.includes(null) && new Set(ids).size === half &&
    ids.every((one) => keys.includes(one));
  return isWhole ? ids.map((one, at) => [at, half + keys.indexOf(one)]) : null;
}

/** Columns: all Key IDs on one line, all digits on another close below. */
function isSideBySide(run: readonly Step[], half: number): boolean {
  const lines = run.map(({ one }) => one.line);
  const between = run[half]?.gap ?? Infinity;
  return lines.every((line, at) => line === lines[at < half ? 0 : half]) && between <= NEAREST;
}

/** Lists may be longer than a call takes arguments. */
function largest(all: readonly number[]): number {
  return all.reduce((one, other) => Math.max(one, other), -Infinity);
}

function smallest(all: readonly number[]): number {
  return all.reduce((one, other) => Math.min(one, other), Infinity);
}
