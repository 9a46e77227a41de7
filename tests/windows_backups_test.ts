import assert from "node:assert/strict";
import fc from "fast-check";
import type { EventLogState, WindowsBackup } from "../lib/core/ledger_model.ts";
import type { BitLockerEvent, EventLog } from "../lib/core/model.ts";
import { backupEventIds, eventLogNow, mergeBackups, windowsBackups } from "../lib/core/windows_backups.ts";
import { guidOf } from "./helpers/made_up_values.ts";

const AT = "2026-11-20T18:03:11Z";
const LATER = "2026-11-21T18:03:11Z";

function event(id: number, changes: Partial<BitLockerEvent> = {}): BitLockerEvent {
  return { id, time: AT, protectorId: null, drive: null, code: null, ...changes };
}

function backup(changes: Partial<WindowsBackup> = {}): WindowsBackup {
  return { about: guidOf(1), place: "microsoft-account", outcome: "saved", at: AT, code: null, ...changes };
}

Deno.test("windowsBackups() knows where each event puts a key, and what came of it", () => {
  const key = { protectorId: guidOf(1) };
  const failure = { drive: "C:", code: "0x80072EE7" };
  const rows: readonly (readonly [BitLockerEvent, readonly [string, string, string, string | null]])[] = [
    [event(513, key), [guidOf(1), "active-directory", "saved", null]],
    [event(514, { ...key, ...failure }), [guidOf(1), "active-directory", "failed", "0x80072EE7"]],
    [event(515, key), [guidOf(1), "active-directory", "saved", null]],
    [event(783, key), [guidOf(1), "active-directory", "saved", null]],
    [event(784, { ...key, drive: "C:" }), [guidOf(1), "active-directory", "saved", null]],
    [event(785, key), [guidOf(1), "active-directory", "failed", null]],
    [event(828, { ...key, drive: "C:" }), [guidOf(1), "microsoft-account", "saved", null]],
    [event(829, failure), ["C:", "microsoft-account", "failed", "0x80072EE7"]],
    [event(830), ["", "microsoft-account", "saved", null]],
    [event(831, { code: "0x80072EE7" }), ["", "microsoft-account", "failed", "0x80072EE7"]],
    [event(4106, { code: "0x80072EE7" }), ["", "microsoft-account", "failed", "0x80072EE7"]],
    [event(845, { ...key, drive: "C:" }), [guidOf(1), "entra", "saved", null]],
    [event(846, failure), ["C:", "entra", "failed", "0x80072EE7"]],
    [event(847), ["", "entra", "failed", null]],
    [event(4123, key), [guidOf(1), "entra", "deleted", null]],
  ];
  for (const [one, [about, place, outcome, code]] of rows) {
    assert.deepEqual(windowsBackups([one]), [{ about, place, outcome, at: AT, code }], String(one.id));
  }
  assert.deepEqual(rows.map(([one]) => one.id).sort((a, b) => a - b), backupEventIds());
});

Deno.test("windowsBackups() leaves out what tells of no copy, names no place, or has no time", () => {
  const others = [775, 776, 855, 856, 857, 858, 867, 869, 873, 876, 4107, 4108, 4119, 4121, 24652, -1];
  for (const id of others) {
    assert.deepEqual(windowsBackups([event(id, { protectorId: guidOf(1) })]), [], `${id}`);
  }
  assert.deepEqual(windowsBackups([event(828, { protectorId: guidOf(1), time: "yesterday" })]), []);
  assert.deepEqual(windowsBackups([event(4123)]), [], "a deletion of who knows which key");
});

Deno.test("windowsBackups() keeps of a key, place and outcome the last event, in whatever order they come", () => {
  const events = [
    event(828, { protectorId: guidOf(1) }),
    event(828, { protectorId: guidOf(1), time: LATER }),
    event(828, { protectorId: guidOf(2) }),
    event(845, { protectorId: guidOf(1) }),
    event(829, { drive: "C:", code: "0x1" }),
    event(829, { drive: "C:", code: "0x2" }),
  ];
  const expected = windowsBackups(events);
  assert.deepEqual(expected.map((one) => [one.about, one.place, one.at, one.code]), [
    [guidOf(1), "entra", AT, null],
    [guidOf(1), "microsoft-account", LATER, null],
    [guidOf(2), "microsoft-account", AT, null],
    ["C:", "microsoft-account", AT, "0x2"],
  ]);
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
      assert.deepEqual(windowsBackups(shuffled), expected);
    }),
    { seed: 20261124, numRuns: 50 },
  );
});

Deno.test("mergeBackups() adds what is new or later, and takes for news only what turns out otherwise", () => {
  const saved = backup();
  const failed = backup({ about: "C:", outcome: "failed" });
  const rows: readonly (readonly [
    string,
    readonly WindowsBackup[],
    readonly BitLockerEvent[],
    readonly string[],
    readonly string[],
  ])[] = [
    ["nothing", [saved], [], [], []],
    ["a first one", [], [event(828, { protectorId: guidOf(1) })], ["saved"], ["saved"]],
    ["the same event again", [saved], [event(828, { protectorId: guidOf(1) })], [], []],
    ["a later one of the same kind", [saved], [event(828, { protectorId: guidOf(1), time: LATER })], [
      "saved",
    ], []],
    [
      "an older snapshot",
      [backup({ at: LATER })],
      [event(828, { protectorId: guidOf(1) })],
      [],
      [],
    ],
    ["a success after a failure", [failed], [event(828, { protectorId: guidOf(1) })], ["saved"], ["saved"]],
    ["a failure again", [failed], [event(829, { drive: "C:", time: LATER })], ["failed"], []],
    [
      "deleted, then saved again",
      [backup({ place: "entra" })],
      [
        event(4123, { protectorId: guidOf(1), time: LATER }),
        event(845, { protectorId: guidOf(1), time: "2026-11-22T00:00:00Z" }),
      ],
      ["deleted", "saved"],
      [],
    ],
    [
      "saved, then deleted",
      [backup({ place: "entra" })],
      [event(4123, { protectorId: guidOf(1), time: LATER })],
      ["deleted"],
      ["deleted"],
    ],
    [
      "an older failure comes to light",
      [backup({ outcome: "saved", at: LATER })],
      [event(785, { protectorId: guidOf(1) })],
      ["failed"],
      ["failed"],
    ],
  ];
  for (const [what, known, events, altered, turns] of rows) {
    const merged = mergeBackups(known, events);
    assert.deepEqual(merged.altered.map((one) => one.outcome), altered, what);
    assert.deepEqual(merged.turns.map((one) => one.outcome), turns, what);
    const again = mergeBackups(merged.all, events);
    assert.deepEqual(again, { all: merged.all, altered: [], turns: [] }, `${what}, twice`);
  }
});

Deno.test("eventLogNow() knows the log from the oldest event on, at most thirty days back, and on from there night by night", () => {
  const log = (since: string | null, state: EventLog["state"] = "read"): EventLog => ({
    state,
    since,
    message: null,
  });
  const read = (since: string | null): EventLogState => ({ state: "read", since });
  const takenAt = "2026-11-24T03:00:00+01:00";
  const month = "2026-10-25T02:00:00.000Z";
  const lastNight = "2026-11-23T03:00:00+01:00";
  const rows: readonly (readonly [
    string,
    EventLogState | null,
    EventLog | null,
    string | null,
    EventLogState | null,
  ])[] = [
    ["nobody ever looked", null, null, null, null],
    ["nobody looked tonight", read(month), null, lastNight, read(month)],
    ["first look at an old log", null, log("2024-01-01T00:00:00Z"), null, read(month)],
    [
      "first look at a young log",
      null,
      log("2026-11-10T00:00:00Z"),
      null,
      read("2026-11-10T00:00:00.000Z"),
    ],
    [
      "the next night",
      read("2026-10-01T00:00:00Z"),
      log("2024-01-01T00:00:00Z"),
      lastNight,
      read("2026-10-01T00:00:00Z"),
    ],
    ["an empty log", read(month), log(null), lastNight, read(null)],
    [
      "cleared since",
      read(month),
      log("2026-11-23T12:00:00Z"),
      lastNight,
      read("2026-11-23T12:00:00.000Z"),
    ],
    [
      "two months without a run",
      read("2026-09-01T00:00:00Z"),
      log("2024-01-01T00:00:00Z"),
      "2026-09-24T03:00:00+02:00",
      read(month),
    ],
    ["switched off", read(month), log("2024-01-01T00:00:00Z", "off"), lastNight, {
      state: "off",
      since: null,
    }],
    [
      "switched on again",
      { state: "off", since: null },
      log("2024-01-01T00:00:00Z"),
      lastNight,
      read(month),
    ],
    ["an older snapshot", read(month), log("2026-11-01T00:00:00Z"), "2026-11-25T03:00:00Z", read(month)],
    [
      "a longer memory than the ledger's",
      read("2026-11-20T00:00:00Z"),
      log("2024-01-01T00:00:00Z"),
      lastNight,
      read(month),
    ],
  ];
  for (const [what, known, found, lastRunAt, expected] of rows) {
    assert.deepEqual(eventLogNow(known, found, { takenAt, lastRunAt }), expected, what);
  }
});
