import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { ledgerError } from "../lib/effects/ledger_error.ts";
import { openSqliteLedger } from "../lib/effects/sqlite_ledger.ts";
import { UserError } from "../lib/errors.ts";
import { NEW_VIEW, SAMPLE, SAMPLE_VIEW } from "./contracts/ledger_sample.ts";
import {
  assertUntouched,
  assertUserError,
  type LedgerFolder,
  ledgerFolder,
  overwrite,
} from "./helpers/ledger_folder.ts";

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
    assert.deepEqual({ ...view, damage: [] }, NEW_VIEW);
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
