import assert from "node:assert/strict";
import type { LedgerChanges, LedgerView } from "../lib/ports.ts";
import {
  delivery,
  destination,
  news,
  report,
  run,
  SAMPLE,
  SAMPLE_VIEW,
  volume,
} from "./contracts/ledger_sample.ts";
import { ledgerFolder } from "./helpers/ledger_folder.ts";

/** What decays, by which statement; the row that is named; what the view has instead. */
const DECAYED: readonly (readonly [string, string, Partial<LedgerView>])[] = [
  ["UPDATE meta SET value = 'X' WHERE key = 'hostName'", 'Row "hostName" of table "meta"', {
    hostName: null,
  }],
  ["UPDATE meta SET value = '9' WHERE key = 'lastNewsId'", 'Row "lastNewsId" of table "meta"', {}],
  [
    "UPDATE volumes SET lock_status = 1 WHERE device_id LIKE '%{1}%'",
    'Row "\\\\?\\Volume{1}\\" of table "volumes"',
    { volumes: SAMPLE_VIEW.volumes.slice(1) },
  ],
  [
    "UPDATE protectors SET fingerprint = NULL WHERE id = 'A'",
    'Row "\\\\?\\Volume{3}\\, A" of table "protectors"',
    {
      volumes: SAMPLE_VIEW.volumes.map((one) => ({
        ...one,
        protectors: one.protectors.filter(({ id }) => id !== "A"),
      })),
    },
  ],
  [
    "UPDATE reports SET released = 1 WHERE id = 'ANNA-LAPTOP/a.TXT'",
    'Row "ANNA-LAPTOP/a.TXT" of table "reports"',
    { reports: SAMPLE_VIEW.reports.slice(1) },
  ],
  [
    "UPDATE deliveries SET state = 'delivered' WHERE state = 'pending'",
    'Row "stick, ANNA-LAPTOP/b.html.age" of table "deliveries"',
    { deliveries: SAMPLE_VIEW.deliveries.slice(0, 2) },
  ],
  [
    "UPDATE findings SET sum = upper(sum) WHERE key = 'no-copy-outside'",
    'Row "no-copy-outside" of table "findings"',
    { findings: SAMPLE_VIEW.findings.slice(1) },
  ],
  ["UPDATE news SET tell = 0 WHERE id = 4", 'Row "4" of table "news"', {
    news: SAMPLE_VIEW.news.slice(0, 1),
  }],
  ["UPDATE news SET id = 9007199254740993 WHERE id = 4", 'Row "9007199254740993" of table "news"', {
    news: SAMPLE_VIEW.news.slice(0, 1),
  }],
  ["UPDATE runs SET exit = 0", 'Row "run-1" of table "runs"', { lastRun: null }],
];

for (const [statement, row, left] of DECAYED) {
  Deno.test(`damaged by "${statement}": the row is left out and named, and gone with the next save`, async () => {
    await using place = await ledgerFolder();
    await place.save(SAMPLE);
    place.sql(statement);
    const ledger = await place.open();
    const damage = [`${row} of the ledger was damaged and left out`];
    const expected = { ...SAMPLE_VIEW, ...left, damage };
    assert.deepEqual(await ledger.load(), expected);
    assert.deepEqual(await ledger.load(), expected);
    await ledger.save({});
    assert.deepEqual(await ledger.load(), { ...expected, damage: [] });
    const { news: _, ...rest } = SAMPLE;
    await ledger.save(rest);
    place.close(ledger);
    const { news: pending, lastNewsId, ...view } = await place.view();
    const { news: __, lastNewsId: ___, ...all } = SAMPLE_VIEW;
    assert.deepEqual(view, all);
    assert.deepEqual(pending, left.news ?? SAMPLE_VIEW.news);
    assert.equal(lastNewsId, 4);
  });
}

/** Which runs ended how, on which day; the news that a mail destination whose row is lost is to be told. */
const LOST_STATES:
  readonly (readonly [string, Readonly<Record<string, readonly [string, number]>>, number])[] = [
    ["no run was good", { a: ["20", 3], b: ["21", 3], c: ["22", 3] }, 0],
    [
      "one run was good: on its day mails may have been used up",
      { a: ["20", 3], b: ["21", 0], c: ["22", 3] },
      0,
    ],
    ["the last two of one day were good", { a: ["20", 3], b: ["21", 0], c: ["21", 0] }, 0],
    ["two of two days were good", { a: ["20", 0], b: ["21", 0], c: ["22", 3] }, 1],
    ["all were good", { a: ["20", 0], b: ["21", 0], c: ["22", 0] }, 2],
    ["all were good, and the clock was set back", { a: ["22", 0], b: ["21", 0], c: ["20", 0] }, 2],
  ];

for (const [when, runs, told] of LOST_STATES) {
  Deno.test(`a damaged row of a destination, ${when}: news after number ${told} is pending once more`, async () => {
    await using place = await ledgerFolder();
    const days = Object.entries(runs);
    await place.save(
      ...days.map(([runId, [day, exit]], index): LedgerChanges => ({
        news: [news(index + 1, { runId })],
        run: run(runId, { takenAt: `2026-11-${day}T03:00:00+01:00`, exit }),
      })),
      // of a run that was killed
      { news: [news(4, { runId: "d" })], destinations: [destination("boss", { toldUpTo: 4 })] },
      { destinations: [destination("helper", { toldUpTo: 1 })] },
    );
    place.sql("UPDATE destinations SET told_up_to = 4 WHERE name = 'helper'");
    const ledger = await place.open();
    const { news: pending, toldAtLeast, lastNewsId, destinations, damage } = await ledger.load();
    assert.deepEqual(damage, ['Row "helper" of table "destinations" of the ledger was damaged and left out']);
    assert.deepEqual(destinations.map(({ name }) => name), ["boss"]);
    assert.deepEqual([toldAtLeast, lastNewsId], [told, 4]);
    assert.deepEqual(pending.map(({ id }) => id), [1, 2, 3, 4].filter((id) => id > told));
    await ledger.save({ destinations: [destination("helper", { toldUpTo: told })] });
    const { toldAtLeast: later, news: still } = await ledger.load();
    assert.deepEqual([later, still], [undefined, pending]);
  });
}

Deno.test("a row whose checksum was made for another table or key is damaged", async () => {
  await using place = await ledgerFolder();
  await place.save({ deliveries: [delivery("a", "x")], reports: [report("r")] });
  place.sql("UPDATE deliveries SET report = 'y'", "UPDATE reports SET id = 'q'");
  const view = await place.view();
  assert.deepEqual([view.deliveries, view.reports, view.damage.length], [[], [], 2]);
});

Deno.test("what history() leaves out, the next load() names, and the next save removes", async () => {
  await using place = await ledgerFolder();
  await place.save({
    news: [news(1), news(2), news(3)],
    destinations: [destination("mail", { toldUpTo: 3 })],
  });
  place.sql("UPDATE news SET text = 'nothing' WHERE id = 2");
  const ledger = await place.open();
  assert.deepEqual((await ledger.load()).damage, []);
  assert.deepEqual(await ledger.history(), [news(1), news(3)]);
  assert.deepEqual((await ledger.load()).damage, [
    'Row "2" of table "news" of the ledger was damaged and left out',
  ]);
  await ledger.save({ news: [news(4)] });
  assert.deepEqual((await ledger.load()).damage, []);
  assert.deepEqual(await ledger.history(), [news(1), news(3), news(4)]);
});

Deno.test("a last run that is lost is named once, and the one before it takes its place", async () => {
  await using place = await ledgerFolder();
  await place.save({ run: run("one") }, { run: run("two") });
  place.sql("UPDATE runs SET run_id = 'three' WHERE run_id = 'two'");
  const ledger = await place.open();
  assert.deepEqual((await ledger.load()).damage, ['Row "two" of table "runs" of the ledger was not found']);
  await ledger.save({});
  const view = await ledger.load();
  assert.deepEqual([view.lastRun, view.lastGoodRun, view.damage], [run("one"), run("one"), []]);
});

Deno.test("a run that is the last and the last good one is named once", async () => {
  await using place = await ledgerFolder();
  await place.save({ run: run("one") });
  place.sql("UPDATE runs SET changes = 5");
  assert.deepEqual((await place.view()).damage, [
    'Row "one" of table "runs" of the ledger was damaged and left out',
  ]);
});

Deno.test("anything shaped like a recovery password is blanked where a damaged row is named", async () => {
  await using place = await ledgerFolder();
  const digits = "249425-539187-330363-273262-016346-600963-497299-188144";
  await place.save({ reports: [report("r")] });
  place.sql(`UPDATE reports SET id = '${digits}'`);
  assert.deepEqual((await place.view()).damage, [
    'Row "[recovery password]" of table "reports" of the ledger was damaged and left out',
  ]);
});

const MANY: readonly LedgerChanges[] = [
  SAMPLE,
  {
    volumes: Array.from({ length: 6 }, (_, index) => volume(`volume ${index}`)),
    reports: Array.from({ length: 20 }, (_, index) => report(`report ${index}`)),
    deliveries: Array.from({ length: 40 }, (_, index) => delivery(`to ${index % 2}`, `report ${index >> 1}`)),
    news: Array.from({ length: 20 }, (_, index) => news(index + 5, { tell: index % 3 > 0 })),
  },
  ...Array.from({ length: 20 }, (_, index) => ({ run: run(`night ${index}`, { exit: index > 14 ? 3 : 0 }) })),
];

/** Each row of a view by itself, a volume apart from its protectors. */
function rowsOf(view: LedgerView): readonly string[] {
  const { volumes, reports, deliveries, destinations, findings, news: items, backups } = view;
  const single = {
    lastRun: view.lastRun,
    lastGoodRun: view.lastGoodRun,
    host: view.hostName,
    pc: view.machineId,
    eventLog: view.eventLog,
    hints: view.hints.length === 0 ? null : view.hints,
  };
  return [
    ...volumes.map((one) => ({ ...one, protectors: null })),
    ...volumes.flatMap((one) => one.protectors.map((protector) => ({ of: one.deviceId, ...protector }))),
    ...[reports, deliveries, destinations, findings, items, backups].flat(),
    ...Object.entries(single).filter(([, value]) => value !== null),
  ].map((row) => JSON.stringify(row));
}

Deno.test("a bit that flips anywhere changes no value, and what is missing for it is told", async () => {
  await using place = await ledgerFolder();
  await place.save(...MANY);
  const whole = await Deno.readFile(place.path);
  const before = rowsOf(await place.view());
  // Rows that were already told come back where it is not known any more who was told.
  const told = MANY.flatMap((changes) => changes.news ?? []).filter(({ tell }) => tell).map((one) =>
    JSON.stringify(one)
  );
  const known = new Set([...before, ...told]);
  let seed = 48;
  let damaged = 0;
  for (let round = 0; round < 1000; round++) {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    // The first of them in the first page: the file's header and the list of tables.
    const bit = Math.floor(seed / 2 ** 31 * (round < 300 ? 4096 : whole.length) * 8);
    const bytes = whole.slice();
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    await Deno.writeFile(place.path, bytes);
    const view = await place.view({ readOnly: true, archiveHasFiles: true });
    const rows = rowsOf(view);
    assert.deepEqual(rows.filter((row) => !known.has(row)), [], `bit ${bit}`);
    const kept = new Set(rows);
    const isWhole = before.every((row) => kept.has(row)) && view.lastNewsId === 24;
    assert.ok(isWhole || view.damage.length > 0, `bit ${bit}: something is missing, and nothing is said`);
    if (!isWhole) damaged++;
  }
  // Far more than the odd one was noticed: most of the file is rows.
  assert.ok(damaged > 400, `only ${damaged} of 1000 flips made a difference`);
});
