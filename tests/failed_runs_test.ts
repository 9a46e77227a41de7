import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addFailure,
  CUT_OFF,
  endFailures,
  type FailedRun,
  type Failure,
  isDue,
  markTold,
  parseFailedRuns,
  renderFailedRuns,
  sinceGood,
} from "../lib/core/failed_runs.ts";

const TOM = "tom@example.org";
const settings: Failure = { code: "settings", message: '"smtp.port" is "abc"', hint: "use 1-65535" };
const ledger: Failure = { code: "ledger", message: "Cannot use the ledger", hint: null };
const busy: Failure = { code: "busy", message: "Cannot run: another run holds it", hint: null };

/** @returns `2026-11-DDT03:00:00+01:00` */
function night(day: number, time = "03:00:00"): string {
  return `2026-11-${String(day).padStart(2, "0")}T${time}+01:00`;
}

/** Runs fail on these days; who is due is told at once. @returns The days on which Tom got a mail. */
function mailed(
  failures: readonly (readonly [day: number, failure: Failure | "good" | "partial", time?: string])[],
): readonly number[] {
  let entries: readonly FailedRun[] = [];
  const days: number[] = [];
  for (const [day, failure, time] of failures) {
    if (failure === "good" || failure === "partial") {
      entries = endFailures(entries, { good: failure === "good", at: night(day, time) });
      continue;
    }
    entries = addFailure(entries, failure, night(day, time));
    if (!isDue(entries, TOM)) continue;
    days.push(day);
    entries = markTold(entries, TOM);
  }
  return days;
}

const days = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const MAILS:
  readonly (readonly [what: string, failures: Parameters<typeof mailed>[0], told: readonly number[]])[] = [
    ["once when it is new, and again after a week", days(1, 16).map((day) => [day, settings]), [1, 8, 15]],
    ["a second run of the same day tells nothing new", [[1, settings], [1, settings, "14:00:00"]], [1]],
    ["one mail a day, whatever fails", [[1, settings], [1, ledger, "14:00:00"], [2, ledger]], [1, 2]],
    ["each way to fail by itself", [[1, settings], [2, ledger], [3, settings], [4, ledger]], [1, 2]],
    ["at once when it is back after a good run", [[1, settings], [2, "good"], [3, settings]], [1, 3]],
    ["at once when it is back after a run that came to its end", [[1, settings], [2, "partial"], [
      3,
      settings,
    ]], [1, 3]],
    ["one mail a day while good and failed runs take turns", [
      [1, settings],
      [1, "good", "04:00:00"],
      [1, settings, "05:00:00"],
      [1, "good", "06:00:00"],
      [1, settings, "07:00:00"],
      [2, settings],
    ], [1, 2]],
    ["another run under way is told on the third day in a row", days(1, 4).map((day) => [day, busy]), [3]],
    [
      "however many runs of a day find it so",
      days(1, 4).flatMap((day) => days(10, 59).map((minute) => [day, busy, `03:${minute}:00`] as const)),
      [3],
    ],
    ["and not when a run came to its end between", [[1, busy], [2, busy], [2, "partial", "05:00:00"], [
      3,
      busy,
    ]], []],
    ["a run that was cut off is no news, as by a restart", [[1, CUT_OFF], [1, "good", "04:00:00"]], []],
    [
      "… nor are several of one night",
      [[1, CUT_OFF], [1, CUT_OFF, "03:20:00"], [1, CUT_OFF, "03:40:00"]],
      [],
    ],
    ["the second night in a row is, and again after a week", days(1, 9).map((day) => [day, CUT_OFF]), [2, 9]],
    ["… however long the PC was off between", [[1, CUT_OFF], [20, CUT_OFF]], [20]],
    ["… and not when a run came to its end between", [[1, CUT_OFF], [2, "partial"], [3, CUT_OFF]], []],
    ["a clock that was set back silences nothing", [[20, settings], [1, settings]], [20, 1]],
    [
      "numbers in a message make no other failure",
      [1, 2, 3].map((day) => [day, {
        ...ledger,
        message: `Cannot write "/x/${day}7f3a-${day}.tmp" after ${day} s`,
      }]),
      [1],
    ],
  ];

for (const [what, failures, told] of MAILS) {
  Deno.test(`a failed run is mailed: ${what}`, () => assert.deepEqual(mailed(failures), told));
}

Deno.test("a run that is told twice counts once", () => {
  const once = addFailure(addFailure([], ledger, night(1)), settings, night(2));
  assert.deepEqual(addFailure(once, settings, night(2)), once);
  assert.equal(addFailure(once, ledger, night(2)).at(-1)?.count, 2, "another way to fail is another run");
});

Deno.test("each address is told by itself", () => {
  const entries = markTold(addFailure([], settings, night(1)), TOM);
  assert.equal(isDue(entries, TOM), false);
  assert.equal(isDue(entries, "anna@example.org"), true);
  assert.equal(isDue([], TOM), false);
  assert.deepEqual(markTold([], TOM), []);
});

Deno.test("equal failures in a row are one entry with its days, others are their own", () => {
  const entries = [1, 2, 3].reduce<readonly FailedRun[]>(
    (all, day) => addFailure(all, settings, night(day)),
    [],
  );
  assert.deepEqual(entries.map(({ since, count, times }) => [since, count, times]), [
    [night(1), 3, [night(1), night(2), night(3)]],
  ]);
  assert.equal(addFailure(entries, ledger, night(4)).length, 2);
  const oneDay = days(10, 59).reduce<readonly FailedRun[]>(
    (all, minute) => addFailure(all, settings, night(1, `03:${minute}:00`)),
    [],
  );
  assert.deepEqual([oneDay[0]?.count, oneDay[0]?.times], [50, [night(1, "03:59:00")]]);
  const many = days(1, 100).reduce<readonly FailedRun[]>(
    (all, day) => addFailure(all, settings, night(day)),
    [],
  );
  assert.deepEqual([many[0]?.count, many[0]?.times.length], [100, 40]);
});

Deno.test("status names those after the last good run; a good run a week later forgets the rest", () => {
  const failed = addFailure([], settings, night(1));
  const partial = endFailures(failed, { good: false, at: night(2) });
  assert.equal(sinceGood(partial).length, 1, "a run that was not good ends nothing for status");
  const good = endFailures(partial, { good: true, at: night(3) });
  assert.deepEqual(sinceGood(good), []);
  assert.equal(good.length, 1, "who was told is remembered");
  assert.deepEqual(endFailures(good, { good: true, at: night(12) }), []);
  assert.equal(renderFailedRuns([]), null);
});

Deno.test("what was written is read back, and what somebody else wrote there is nothing", () => {
  const entries = markTold(addFailure(addFailure([], settings, night(1)), ledger, night(2)), TOM);
  assert.deepEqual(parseFailedRuns(renderFailedRuns(entries)), entries);
  for (
    const text of [
      null,
      "",
      "{",
      "[]",
      "null",
      '{"schema":2,"failedRuns":[]}',
      '{"schema":1,"failedRuns":[{}]}',
    ]
  ) {
    assert.deepEqual(parseFailedRuns(text), [], String(text));
  }
});

Deno.test("parseFailedRuns() never throws, whatever stands there (seed 20261124)", () => {
  const cut = renderFailedRuns(addFailure([], settings, night(1))) ?? "";
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json(), fc.nat(cut.length).map((at) => cut.slice(0, at))),
      (text) => {
        parseFailedRuns(text);
      },
    ),
    { seed: 20261124 },
  );
});
