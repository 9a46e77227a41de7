/** Ledger files that cannot be trusted, or are gone: what takes their place, and what is said of it. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { NEW_VIEW, run, SAMPLE, SAMPLE_VIEW } from "./contracts/ledger_sample.ts";
import { assertUntouched, type LedgerFolder, ledgerFolder, overwrite } from "./helpers/ledger_folder.ts";

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

for (const [wrong, make, reason] of DAMAGED) {
  Deno.test(`a ledger file with ${wrong} is set aside unaltered, and a new one is begun`, async () => {
    await using place = await ledgerFolder();
    await place.save(SAMPLE);
    await make(place);
    const bytes = await Deno.readFile(place.path);

    await assertUntouched(place.folder, async () => {
      const view = await place.view({ readOnly: true, archiveHasFiles: true });
      assert.deepEqual(view, { ...NEW_VIEW, damage: [`The ledger was damaged: ${reason}`] });
    });

    const ledger = await place.open({ archiveHasFiles: true });
    const told =
      `The ledger was damaged (${reason}) and set aside as "ledger.damaged-1.db"; a new one was begun`;
    assert.deepEqual(await ledger.load(), { ...NEW_VIEW, damage: [told] });
    await ledger.save(SAMPLE);
    assert.deepEqual(await ledger.load(), { ...SAMPLE_VIEW, damage: [told] });
    place.close(ledger);
    assert.deepEqual(await place.view({ archiveHasFiles: true }), SAMPLE_VIEW);
    assert.deepEqual(await place.names(), ["ledger.damaged-1.db", "ledger.db"]);
    assert.deepEqual(await Deno.readFile(join(place.folder, "ledger.damaged-1.db")), bytes);
  });
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
      assert.deepEqual(view, { ...NEW_VIEW, damage: damage === null ? [] : [damage] }, beside);
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
      assert.deepEqual(await place.view({ archiveHasFiles, readOnly }), NEW_VIEW, when);
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
