import assert from "node:assert/strict";
import fc from "fast-check";
import { EVENT_ID, eventEntries, type EventFacts } from "../lib/core/event_log.ts";
import type { ChangeKind, FindingCode, Severity } from "../lib/core/model.ts";
import { guidOf, passwordOf, TAKEN_AT } from "./helpers/made_up_values.ts";

const QUIET: EventFacts = {
  host: { name: "ANNA-LAPTOP" },
  takenAt: TAKEN_AT,
  recorded: [],
  findings: [],
  shortfalls: [],
  hints: [],
  setAside: [],
};

function change(kind: ChangeKind, severity: Severity = "info"): EventFacts["recorded"][number] {
  return { kind, severity, text: `${kind} of key ${guidOf(1)}.` };
}

function finding(code: FindingCode, severity: Severity = "warning"): EventFacts["findings"][number] {
  return { code, severity, text: `${code} is so.` };
}

function idsOf(changes: Partial<EventFacts>): readonly string[] {
  return eventEntries({ ...QUIET, ...changes }).map(({ id, level }) => `${id} ${level}`);
}

Deno.test("a night on which all was well is one event", () => {
  assert.deepEqual(eventEntries(QUIET), [{
    id: 100,
    level: "information",
    text:
      "ANNA-LAPTOP, 24 November 2026, 03:00 (UTC+01:00): the run is done. All that was to be read, delivered and verified was.",
  }]);
});

Deno.test("each change and finding goes under its ID, as loud as the worst of them", () => {
  const short = (code: FindingCode, severity: Severity = "warning"): Partial<EventFacts> => {
    const one = finding(code, severity);
    return { findings: [one], shortfalls: [one.text] };
  };
  const rows: readonly (readonly [string, Partial<EventFacts>, readonly string[]])[] = [
    ["a new key", { recorded: [change("key-added")] }, ["100 information", "110 information"]],
    [
      "a key that is gone",
      { recorded: [change("key-added"), change("key-removed", "warning")] },
      ["100 information", "110 warning"],
    ],
    ["protection off", { recorded: [change("protection-off", "warning")] }, [
      "100 information",
      "110 warning",
    ]],
    ["a stick that comes", { recorded: [change("volume-found")] }, ["100 information"]],
    ["no copy", { findings: [finding("no-copy-outside", "danger")] }, ["100 information", "120 error"]],
    ["not uploaded", { findings: [finding("upload-not-seen")] }, ["100 information", "120 warning"]],
    ["a lost copy", short("copy-lost", "danger"), ["120 error"]],
    ["suspended", { findings: [finding("suspended")] }, ["100 information", "120 warning"]],
    ["unreadable", short("unreadable"), ["130 warning"]],
    ["no rights", short("not-elevated", "danger"), ["130 error"]],
    ["unreachable", short("destination-unreachable"), ["130 warning"]],
    ["a stick that is not plugged in", { findings: [finding("destination-unreachable", "info")] }, [
      "100 information",
    ]],
    ["what could not be verified", { shortfalls: ["It could not be verified."] }, ["130 warning"]],
    ["pending", short("delivery-pending"), ["140 warning"]],
    [
      "set aside",
      {
        setAside: [{ name: "Smtp.Port", reason: "it is 0" }],
        shortfalls: ['Policy "Smtp.Port" was not used: it is 0'],
      },
      ["150 warning"],
    ],
    ["a destination that does not fit", { hints: ["No account there."] }, ["100 information", "150 warning"]],
    [
      "much at once",
      {
        recorded: [change("key-altered", "warning")],
        findings: [
          finding("no-copy-outside", "danger"),
          finding("invalid-key", "danger"),
          finding("delivery-pending"),
        ],
        shortfalls: ["delivery-pending is so."],
      },
      ["110 warning", "120 error", "140 warning"],
    ],
  ];
  for (const [what, changes, expected] of rows) assert.deepEqual(idsOf(changes), expected, what);
  const all = rows.flatMap(([, changes]) => eventEntries({ ...QUIET, ...changes }).map((one) => one.id));
  const known: readonly number[] = Object.values(EVENT_ID).filter((id) => id !== EVENT_ID.bug);
  assert.deepEqual(
    [...new Set(all)].sort(),
    known,
    "190 is written by the script, for the program has failed",
  );
});

Deno.test("an event holds each of its sentences once, with the Key ID, on lines of its own", () => {
  const hint = "There is no account for it.";
  const texts = eventEntries({
    ...QUIET,
    recorded: [change("key-added"), change("key-removed", "warning")],
    findings: [{ code: "destination-unreachable", severity: "warning", text: `Nobody could look. ${hint}` }],
    shortfalls: [`Nobody could look. ${hint}`],
    hints: [hint],
  });
  assert.deepEqual(texts.map((one) => one.id), [110, 130]);
  const [changed, notRead] = texts.map((one) => one.text.split("\r\n"));
  assert.equal(changed?.length, 3);
  assert.ok(changed?.[1]?.includes(guidOf(1)));
  assert.deepEqual(notRead?.slice(1), [`Nobody could look. ${hint}`]);
});

Deno.test("an event never holds digits of a key, a place to fill in, or more than Windows takes", () => {
  const secret = passwordOf(7);
  const part = fc.oneof(
    fc.constantFrom(secret, secret.replaceAll("-", " "), secret.replaceAll("-", ""), "%1", "%%", "\r\n", "%"),
    fc.string(),
  );
  const text = fc.array(part, { maxLength: 6 }).map((parts) => parts.join(" "));
  const any = fc.record({
    name: text,
    recorded: fc.array(
      fc.record({ kind: fc.constant("key-added"), severity: fc.constant("info" as const), text }),
    ),
    findings: fc.array(
      fc.record({
        code: fc.constant("no-copy-outside" as const),
        severity: fc.constant("danger" as const),
        text,
      }),
    ),
    shortfalls: fc.array(text),
    hints: fc.array(text),
    setAside: fc.array(fc.record({ name: text, reason: text })),
  });
  fc.assert(
    fc.property(any, ({ name, ...facts }) => {
      for (const entry of eventEntries({ ...QUIET, ...facts, host: { name } })) {
        assert.ok(!entry.text.replace(/[ \-\r\n]/g, "").includes(secret.replaceAll("-", "")), entry.text);
        assert.doesNotMatch(entry.text, /%[\d%]/);
      }
    }),
    { seed: 20261124, numRuns: 300 },
  );
  const many = Array.from(
    { length: 500 },
    (_, index) => ({ ...change("key-added"), text: `${index} ${"x".repeat(150)}` }),
  );
  const [, long] = eventEntries({ ...QUIET, recorded: many });
  assert.ok(
    long !== undefined && long.text.length <= 31_839 && long.text.length > 31_000,
    String(long?.text.length),
  );
  const [, left] = /\((\d+) more\)$/.exec(long.text) ?? [];
  assert.equal(
    long.text.split("\r\n").length - 2 + Number(left),
    many.length,
    "it says how many it left out",
  );
});
