/** Ledger files of other versions. */

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import {
  LEDGER_KEYS,
  LEDGER_MIGRATIONS,
  type LedgerMigration,
  ledgerVersion,
} from "../lib/effects/ledger_schema.ts";
import { run, SAMPLE, SAMPLE_VIEW } from "./contracts/ledger_sample.ts";
import { assertUntouched, assertUserError, ledgerFolder } from "./helpers/ledger_folder.ts";

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
