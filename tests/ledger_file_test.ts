import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ledgerError } from "../lib/effects/ledger_error.ts";
import {
  LEDGER_KEYS,
  LEDGER_MIGRATIONS,
  type LedgerMigration,
  ledgerVersion,
} from "../lib/effects/ledger_schema.ts";
import { openSqliteLedger } from "../lib/effects/sqlite_ledger.ts";
import { UserError } from "../lib/errors.ts";
import { run, SAMPLE, SAMPLE_VIEW } from "./contracts/ledger_contract.ts";
import { assertUntouched, type LedgerFolder, ledgerFolder } from "./helpers/ledger_folder.ts";

const EMPTY_VIEW = {
  machineId: null,
  hostName: null,
  volumes: [],
  reports: [],
  deliveries: [],
  destinations: [],
  findings: [],
  news: [],
  backups: [],
  eventLog: null,
  hints: [],
  lastNewsId: 0,
  endedNewsId: 0,
  lastRun: null,
  lastGoodRun: null,
} as const;

/** What is wrong with a file, how it comes to be, and what is said of it. */
const DAMAGED: readonly (readonly [string, (place: LedgerFolder) => Promise<void>, string])[] = [
  ["no bytes", (place) => Deno.writeFile(place.path, new Uint8Array()), "it is empty"],
  ["a few bytes", (place) => Deno.writeFile(place.path, Uint8Array.of(83, 81)), "it is not a database"],
  ["text", (place) => Deno.writeTextFile(place.path, "hello\r\n".repeat(2000)), "it is not a database"],
  [
    "its first page overwritten",
    (place) => overwrite(place, 0xa5, { from: 0, to: 4096 }),
    "it is not a database",
  ],
  [
    "a page within overwritten",
    (place) => overwrite(place, 0xa5, { from: 8192, to: 12288 }),
    "its pages are damaged",
  ],
  ["a page within blank", (place) => overwrite(place, 0, { from: 8192, to: 12288 }), "its pages are damaged"],
  ["a page that counts one row less than it has", (place) => loseARow(place), "its pages are damaged"],
  ["half of it", (place) => truncate(place, (size) => size / 2), "its pages are damaged"],
  ["only its first page", (place) => truncate(place, () => 4096), "its pages are damaged"],
  [
    "a mark that makes it read-only",
    (place) => overwrite(place, 7, { from: 18, to: 19 }),
    "its pages are damaged",
  ],
  [
    "a file format that is not known",
    (place) => overwrite(place, 9, { from: 47, to: 48 }),
    "its tables are not those of a ledger",
  ],
  [
    "another version number",
    (place) => Promise.resolve(place.sql("PRAGMA user_version = 9")),
    "its pages are damaged",
  ],
  [
    "no version number",
    (place) => Promise.resolve(place.sql("PRAGMA user_version = 0")),
    "its tables are not those of a ledger",
  ],
  [
    "a table missing",
    (place) => Promise.resolve(place.sql("DROP TABLE runs")),
    "its tables are not those of a ledger",
  ],
  [
    "a table more",
    (place) => Promise.resolve(place.sql("CREATE TABLE more (a)")),
    "its tables are not those of a ledger",
  ],
  [
    "another program's mark",
    (place) => Promise.resolve(place.sql("PRAGMA application_id = 77")),
    "it belongs to another program",
  ],
];

async function overwrite(
  place: LedgerFolder,
  value: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const bytes = await Deno.readFile(place.path);
  await Deno.writeFile(place.path, bytes.fill(value, from, to));
}

/** https://www.sqlite.org/fileformat.html: bytes 3 and 4 of a leaf are the number of its cells. */
async function loseARow(place: LedgerFolder): Promise<void> {
  const db = new DatabaseSync(place.path, { readOnly: true });
  const page = Number(
    db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'deliveries'").get()?.["rootpage"],
  );
  db.close();
  const bytes = await Deno.readFile(place.path);
  const at = (page - 1) * 4096 + 4;
  bytes[at] = (bytes[at] ?? 0) - 1;
  await Deno.writeFile(place.path, bytes);
}

async function truncate(place: LedgerFolder, to: (size: number) => number): Promise<void> {
  await Deno.truncate(place.path, to((await Deno.stat(place.path)).size));
}

for (const [wrong, make, reason] of DAMAGED) {
  Deno.test(`a ledger file with ${wrong} is set aside unaltered, and a new one is begun`, async () => {
    await using place = await ledgerFolder();
    await place.save(SAMPLE);
    await make(place);
    const bytes = await Deno.readFile(place.path);

    await assertUntouched(place.folder, async () => {
      const view = await place.view({ readOnly: true, archiveHasFiles: true });
      assert.deepEqual(view, { ...EMPTY_VIEW, damage: [`The ledger was damaged: ${reason}`] });
    });

    const ledger = await place.open({ archiveHasFiles: true });
    const told =
      `The ledger was damaged (${reason}) and set aside as "ledger.damaged-1.db"; a new one was begun`;
    assert.deepEqual(await ledger.load(), { ...EMPTY_VIEW, damage: [told] });
    await ledger.save(SAMPLE);
    assert.deepEqual(await ledger.load(), { ...SAMPLE_VIEW, damage: [told] });
    place.close(ledger);
    assert.deepEqual(await place.view({ archiveHasFiles: true }), SAMPLE_VIEW);
    assert.deepEqual(await place.names(), ["ledger.damaged-1.db", "ledger.db"]);
    assert.deepEqual(await Deno.readFile(join(place.folder, "ledger.damaged-1.db")), bytes);
  });
}

Deno.test("a database of another program is set aside with its journal, never over an earlier one", async () => {
  await using place = await ledgerFolder();
  place.sql("CREATE TABLE accounts (name TEXT)", "INSERT INTO accounts VALUES ('anna')");
  const bytes = await Deno.readFile(place.path);
  await Deno.writeTextFile(join(place.folder, "ledger.damaged-1.db"), "first");
  await Deno.writeTextFile(join(place.folder, "ledger.damaged-2.db-journal"), "second");
  await Deno.writeTextFile(`${place.path}-wal`, "");
  assert.match((await place.view()).damage.join(), /another program.*"ledger\.damaged-3\.db"/);
  assert.deepEqual(await Deno.readFile(join(place.folder, "ledger.damaged-3.db")), bytes);
  assert.equal(await Deno.readTextFile(join(place.folder, "ledger.damaged-1.db")), "first");
  assert.equal(await Deno.readTextFile(join(place.folder, "ledger.damaged-2.db-journal")), "second");
});

Deno.test("a journal goes with its file, and is not taken for that of the new one", async () => {
  await using place = await ledgerFolder();
  await Deno.writeFile(place.path, new Uint8Array());
  await Deno.writeTextFile(`${place.path}-journal`, "journal");
  place.close(await place.open({ archiveHasFiles: true }));
  await place.save(SAMPLE);
  assert.deepEqual(await place.names(), ["ledger.damaged-1.db", "ledger.damaged-1.db-journal", "ledger.db"]);
  assert.equal(await Deno.readTextFile(join(place.folder, "ledger.damaged-1.db-journal")), "journal");
});

Deno.test("a missing ledger is damage where there are signs of an earlier one", async () => {
  const rows: readonly (readonly [string, string | null, boolean, string | null])[] = [
    ["nothing", null, false, null],
    ["other files", "run.lock", false, null],
    ["an archive", null, true, "The ledger was missing, although the archive holds reports"],
    [
      "an earlier one",
      "ledger.damaged-4.db",
      false,
      "The ledger was missing, although an earlier one left traces",
    ],
    ["a journal", "ledger.db-journal", false, "The ledger was missing, although an earlier one left traces"],
  ];
  for (const [beside, name, archiveHasFiles, damage] of rows) {
    await using place = await ledgerFolder();
    if (name !== null) await Deno.writeTextFile(join(place.folder, name), "x");
    await assertUntouched(place.folder, async () => {
      const view = await place.view({ readOnly: true, archiveHasFiles });
      assert.deepEqual(view, { ...EMPTY_VIEW, damage: damage === null ? [] : [damage] }, beside);
    });
    assert.deepEqual((await place.view({ archiveHasFiles })).damage, damage === null ? [] : [damage], beside);
    const aside = name === "ledger.db-journal" ? "ledger.damaged-1.db-journal" : name;
    assert.deepEqual(await place.names(), [...aside === null ? [] : [aside], "ledger.db"].sort(), beside);
  }
});

Deno.test("a ledger of a first run that was killed is no damage, also beside what that run has archived", async () => {
  const kills: readonly (readonly [string, (place: LedgerFolder) => Promise<void>, boolean])[] = [
    ["before the tables", (place) => Deno.writeFile(place.path, new Uint8Array()), false],
    ["before the first save", (place) => place.save({}), false],
    ["before the first save, with reports", (place) => place.save({}), true],
  ];
  for (const [when, kill, archiveHasFiles] of kills) {
    await using place = await ledgerFolder();
    await kill(place);
    for (const readOnly of [true, false]) {
      assert.deepEqual(await place.view({ archiveHasFiles, readOnly }), { ...EMPTY_VIEW, damage: [] }, when);
    }
    assert.deepEqual(await place.names(), ["ledger.db"], when);
  }
});

Deno.test("what a new ledger takes the place of is said until a run has ended, whatever was killed in between", async () => {
  const losses: readonly (readonly [string, (place: LedgerFolder) => Promise<void>, RegExp])[] = [
    ["gone", () => Promise.resolve(), /^The ledger was missing, although the archive holds reports$/],
    [
      "text",
      (place) => Deno.writeTextFile(place.path, "hello"),
      /^The ledger was damaged \(.*new one was begun$/,
    ],
    [
      "blank",
      (place) => Promise.resolve(place.sql("PRAGMA user_version = 1", "PRAGMA user_version = 0")),
      /^The ledger was empty, although the archive/,
    ],
  ];
  for (const [loss, lose, told] of losses) {
    await using place = await ledgerFolder();
    await lose(place);
    const { damage } = await place.view({ archiveHasFiles: true });
    assert.equal(damage.length, 1, loss);
    assert.match(damage[0] ?? "", told);
    assert.deepEqual(
      (await place.view({ archiveHasFiles: true })).damage,
      damage,
      "killed before the first save",
    );
    await place.save({ hints: [] });
    assert.deepEqual((await place.view({ archiveHasFiles: true })).damage, damage, "killed after it");
    await place.save({ run: run("first") });
    assert.deepEqual((await place.view({ archiveHasFiles: true })).damage, [], loss);
  }
});

/** Asserts that a step fails in a way that a person can act on. */
async function assertUserError(step: () => Promise<unknown>, message: RegExp): Promise<void> {
  await assert.rejects(step, (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.equal(error.code, "ledger");
    assert.match(error.message, message);
    assert.ok(error.hint !== null && !error.message.endsWith("."));
    return true;
  });
}

Deno.test("a folder in the place of the file, or no folder around it, gives a UserError", async () => {
  await using place = await ledgerFolder();
  const options = { archiveHasFiles: false };
  await Deno.mkdir(place.path);
  await assertUserError(() => place.open(), /^Cannot open ledger ".*ledger\.db": it is a folder$/);
  await assertUserError(() => place.open({ readOnly: true }), /it is a folder$/);
  assert.deepEqual(await place.names(), ["ledger.db"]);
  const lost = join(place.folder, "none", "ledger.db");
  await assertUserError(() => openSqliteLedger(lost, options), /": its folder does not exist$/);
  const below = join(place.folder, "file", "ledger.db");
  await Deno.writeTextFile(join(place.folder, "file"), "x");
  await assertUserError(() => openSqliteLedger(below, options), /": a part of the path is not a folder$/);
});

Deno.test("errors of SQLite are worded for a person", async () => {
  const rows: readonly (readonly [number, RegExp])[] = [
    [5, /^Cannot save to ledger "X": another program has it open$/],
    [13, /^Cannot save to ledger "X": the disk is full$/],
    [8, /: it may not be written$/],
    [778, /: the disk reports an error$/],
    [14, /: its folder may not be changed$/],
    [267, /: its pages are damaged$/],
    [776, /: the last save was cut off and must be undone first/],
  ];
  for (const [errcode, message] of rows) {
    const error = Object.assign(new Error("raw"), { code: "ERR_SQLITE_ERROR", errcode });
    const worded = await ledgerError("save to", "X", error);
    assert.ok(worded instanceof UserError && worded.hint !== null);
    assert.match(worded.message, message);
    assert.equal(worded.cause, error);
  }
  const bug = new TypeError("a bug");
  assert.equal(await ledgerError("save to", "X", bug), bug);
});

/** A step that adds a table, and a column to one that has rows. */
const SECOND: LedgerMigration = {
  version: 2,
  sql: [
    "CREATE TABLE extra (id INTEGER NOT NULL PRIMARY KEY, sum TEXT NOT NULL) STRICT",
    "ALTER TABLE reports ADD COLUMN note TEXT",
  ],
  reseal: ["reports"],
};
const THIRD: LedgerMigration = {
  version: 3,
  sql: ["UPDATE runs SET exit = 3 WHERE exit = 1"],
  reseal: ["runs"],
};

Deno.test("a ledger of a newer version is refused and left as it is", async () => {
  await using place = await ledgerFolder();
  await place.save(SAMPLE);
  place.close(await place.open({ migrations: [...LEDGER_MIGRATIONS, SECOND] }));
  const assertRefused = async (): Promise<void> => {
    for (const readOnly of [true, false]) {
      await assertUntouched(place.folder, async () => {
        const told = /^Cannot open ledger ".*": it is of version 2, and this program knows version 1$/;
        await assertUserError(() => place.open({ readOnly, archiveHasFiles: true }), told);
      });
    }
  };
  await assertRefused();
  // Whatever it did with the tables.
  place.sql("DROP TABLE meta");
  await assertRefused();
});

Deno.test("an older ledger is brought up to date with all its rows, over several versions at once", async () => {
  await using place = await ledgerFolder();
  await place.save({ ...SAMPLE, run: run("run-1", { exit: 1 }) });
  const migrations = [...LEDGER_MIGRATIONS, SECOND, THIRD];
  await assertUntouched(
    place.folder,
    () =>
      assertUserError(() => place.open({ readOnly: true, migrations }), /": it is of the older version 1$/),
  );
  const expected = { ...SAMPLE_VIEW, lastRun: run("run-1", { exit: 3 }) };
  assert.deepEqual(await place.view({ migrations }), expected);
  assert.deepEqual(await place.view({ migrations, readOnly: true }), expected);
  const db = new DatabaseSync(place.path, { readOnly: true });
  assert.equal(db.prepare("PRAGMA user_version").get()?.["user_version"], 3);
  assert.deepEqual(db.prepare("SELECT note FROM reports").all().map((row) => row["note"]), [null, null]);
  db.close();
});

Deno.test("a damaged row does not get a right checksum by an update of the tables", async () => {
  await using place = await ledgerFolder();
  await place.save(SAMPLE);
  place.sql("UPDATE reports SET size = 1 WHERE id = 'ANNA-LAPTOP/a.TXT'");
  const view = await place.view({ migrations: [...LEDGER_MIGRATIONS, SECOND] });
  assert.deepEqual(view.reports, SAMPLE_VIEW.reports.slice(1));
  assert.deepEqual(view.damage, [
    'Row "ANNA-LAPTOP/a.TXT" of table "reports" of the ledger was damaged and left out',
  ]);
});

Deno.test("an update of the tables that fails leaves the older ledger", async () => {
  await using place = await ledgerFolder();
  await place.save(SAMPLE);
  const broken: LedgerMigration = {
    version: 2,
    sql: ["CREATE TABLE a (b)", "ALTER TABLE none ADD c"],
    reseal: [],
  };
  await assertUntouched(place.folder, async () => {
    await assert.rejects(
      () => place.open({ migrations: [...LEDGER_MIGRATIONS, broken] }),
      /no such table: none/,
    );
  });
  assert.deepEqual(await place.view(), SAMPLE_VIEW);
});

Deno.test("the versions count up from 1, and the last one is the program's", () => {
  assert.deepEqual(
    LEDGER_MIGRATIONS.map(({ version }) => version),
    LEDGER_MIGRATIONS.map((_, index) => index + 1),
  );
  assert.equal(LEDGER_MIGRATIONS.at(-1)?.version, ledgerVersion);
});

Deno.test("each table has its key among its columns and ends in the checksum", () => {
  const db = new DatabaseSync(":memory:");
  for (const { sql } of LEDGER_MIGRATIONS) sql.forEach((statement) => db.exec(statement));
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all().map(({ name }) =>
    String(name)
  );
  assert.deepEqual(tables.sort(), Object.keys(LEDGER_KEYS).sort());
  for (const [table, keys] of Object.entries(LEDGER_KEYS)) {
    const columns = db.prepare(`PRAGMA table_info(${table})`).all().map(({ name }) => String(name));
    assert.ok(keys.every((key) => columns.includes(key)), table);
    assert.equal(columns.at(-1), "sum", table);
  }
  db.close();
});

Deno.test("read only: nothing is written, whatever is done", async () => {
  await using place = await ledgerFolder();
  await place.save(SAMPLE);
  await assertUntouched(place.folder, async () => {
    const ledger = await place.open({ readOnly: true, archiveHasFiles: true });
    assert.deepEqual(await ledger.load(), SAMPLE_VIEW);
    assert.equal((await ledger.history()).length, 3);
    await assert.rejects(() => ledger.save({ hostName: "X" }), /for reading only/);
    assert.deepEqual(await ledger.load(), SAMPLE_VIEW);
    place.close(ledger);
  });
  await Deno.remove(place.path);
  await assertUntouched(place.folder, async () => {
    const ledger = await place.open({ readOnly: true });
    assert.deepEqual(await ledger.history(), []);
    await assert.rejects(() => ledger.save({}), /for reading only/);
  });
});

/** Leaves the file of a later save with the journal that undoes it, as a power cut does. */
async function cutOffASave(place: LedgerFolder): Promise<void> {
  const db = new DatabaseSync(place.path);
  // Without synchronisation the journal is whole from its first page on.
  db.exec("PRAGMA synchronous = OFF; BEGIN IMMEDIATE; DELETE FROM volumes; UPDATE meta SET value = 'torn'");
  const journal = await Deno.readFile(`${place.path}-journal`);
  db.exec("COMMIT");
  db.close();
  await Deno.writeFile(`${place.path}-journal`, journal);
}

Deno.test("a save that was cut off is undone at the next opening, but not read only", async () => {
  await using place = await ledgerFolder();
  await place.save(SAMPLE);
  await cutOffASave(place);
  await assertUntouched(
    place.folder,
    () =>
      assertUserError(
        () => place.open({ readOnly: true }),
        /": the last save was cut off and must be undone first/,
      ),
  );
  assert.deepEqual(await place.names(), ["ledger.db", "ledger.db-journal"]);
  assert.deepEqual(await place.view(), SAMPLE_VIEW);
  assert.deepEqual(await place.names(), ["ledger.db"]);
  assert.deepEqual(await place.view({ readOnly: true }), SAMPLE_VIEW);
});

Deno.test("a ledger that another program turned to WAL is turned back, but not read only", async () => {
  await using place = await ledgerFolder();
  await place.save(SAMPLE);
  place.sql("PRAGMA journal_mode = WAL");
  await assertUntouched(
    place.folder,
    () =>
      assertUserError(() => place.open({ readOnly: true }), /": another program changed how it is saved$/),
  );
  assert.deepEqual(await place.view(), SAMPLE_VIEW);
  assert.deepEqual(await place.view({ readOnly: true }), SAMPLE_VIEW);
  assert.deepEqual(await place.names(), ["ledger.db"]);
});

Deno.test("the statistics that an administrator's tool adds are no damage", async () => {
  await using place = await ledgerFolder();
  await place.save(SAMPLE);
  place.sql("ANALYZE", "VACUUM");
  assert.deepEqual(await place.view(), SAMPLE_VIEW);
});

Deno.test("a file that goes bad while it is open is replaced by the next load, and read only told of", async () => {
  for (const readOnly of [true, false]) {
    await using place = await ledgerFolder();
    await place.save(SAMPLE);
    const ledger = await place.open({ readOnly });
    await overwrite(place, 0x5a, { from: 4096, to: Infinity });
    // The counter of changes: SQLite forgets the pages that it has read.
    await overwrite(place, 0xff, { from: 24, to: 28 });
    const { damage, ...view } = await ledger.load();
    assert.deepEqual(view, EMPTY_VIEW);
    assert.match(
      damage.join(),
      readOnly ? /^The ledger was damaged: its/ : /set aside as "ledger\.damaged-1\.db"/,
    );
    assert.deepEqual((await ledger.load()).damage, damage);
    if (readOnly) continue;
    await ledger.save(SAMPLE);
    place.close(ledger);
    assert.deepEqual(await place.view(), SAMPLE_VIEW);
  }
});
