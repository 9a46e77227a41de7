// Ledgers of other versions, and keys whose every copy is gone: whole runs of the program.

import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import type { WrapNight } from "../../main.ts";
import { LEDGER_MIGRATIONS, type LedgerMigration } from "../../lib/effects/ledger_schema.ts";
import { openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import { keyId, volume } from "../helpers/night_rig.ts";
import { alteredFiles, missingKeys, newReports, untoldTo } from "./damage_checks.ts";
import { type DamagePc, damagePc } from "./damage_pc.ts";
import { asideIn, findingText, pastOf } from "./try_damage.ts";

/** A version of the tables that the program does not know. */
const SECOND: LedgerMigration = {
  version: 2,
  sql: ["ALTER TABLE reports ADD COLUMN note TEXT", "UPDATE runs SET changes = changes + 0"],
  reseal: ["reports", "runs"],
};

/** The program of the next version: it brings the ledger up to date. */
function nextVersion(pc: DamagePc): WrapNight {
  return (night) => {
    const ledger = openSqliteLedger(pc.ledger, {
      archiveHasFiles: true,
      migrations: [...LEDGER_MIGRATIONS, SECOND],
    });
    return {
      ...night,
      ledger: {
        load: async () => await (await ledger).load(),
        save: async (changes) => await (await ledger).save(changes),
        history: async () => await (await ledger).history(),
        runsSinceGood: async () => await (await ledger).runsSinceGood(),
        setAside: async (reason) => await (await ledger).setAside(reason),
        close: () => {},
      },
      async close(): Promise<void> {
        (await ledger).close();
        await night.close();
      },
    };
  };
}

function versionOf(pc: DamagePc): unknown {
  const db = new DatabaseSync(pc.ledger, { readOnly: true });
  const version = db.prepare("PRAGMA user_version").get()?.["user_version"];
  db.close();
  return version;
}

Deno.test("an older ledger is brought up to date within a night, and the night is a quiet one", async () => {
  await using pc = await damagePc();
  const past = await pastOf(pc, { mailWorks: true });
  const volumes = [volume("C:", past.current.c), volume("D:", past.current.d)];
  const before = pc.files();
  const night = await pc.night({ volumes, wrap: nextVersion(pc) });
  assert.deepEqual([night.code, night.mails.length, night.answer.changes], [0, 0, []], night.said);
  assert.equal(versionOf(pc), 2);
  assert.deepEqual(await missingKeys(pc, past.keys), []);
  assert.deepEqual([...newReports(before, pc.files()), ...asideIn(pc)], []);
});

Deno.test("a row of an older ledger that was damaged is named by the night that brings it up to date", async () => {
  await using pc = await damagePc();
  const past = await pastOf(pc, { mailWorks: true });
  const db = new DatabaseSync(pc.ledger);
  db.prepare("UPDATE reports SET size = size + 1 WHERE key_id = ? AND rendition = 'sealed'").run(keyId(1));
  db.close();
  const volumes = [volume("C:", past.current.c), volume("D:", past.current.d)];
  const before = pc.files();
  const night = await pc.night({ volumes, wrap: nextVersion(pc) });
  assert.equal(night.code, 3);
  assert.match(findingText(night.answer, "ledger-replaced"), /Row ".*00000001-.*" of table "reports"/);
  assert.deepEqual(await untoldTo(night.mails, "What Spare Key remembered was damaged"), []);
  assert.deepEqual(await missingKeys(pc, past.keys), []);
  assert.deepEqual([...alteredFiles(before, pc.files()), ...newReports(before, pc.files())], []);
});

Deno.test("a ledger of a newer version: exit 12, every byte as it was, a person is told once", async () => {
  await using pc = await damagePc();
  const past = await pastOf(pc, { mailWorks: true });
  const volumes = [volume("C:", past.current.c), volume("D:", past.current.d)];
  await pc.night({ volumes, wrap: nextVersion(pc) });
  const ledger = await Deno.readFile(pc.ledger);
  const before = pc.files();
  for (const mails of [2, 0]) {
    const night = await pc.night({ volumes: [volume("C:", [3, 4]), volume("D:", past.current.d)] });
    assert.equal(night.code, 12);
    assert.match(night.answer.error?.message ?? "", /it is of version 2, and this program knows version 1$/);
    assert.deepEqual(await Deno.readFile(pc.ledger), ledger);
    assert.deepEqual([...alteredFiles(before, pc.files()), ...newReports(before, pc.files())], []);
    assert.deepEqual(asideIn(pc), []);
    assert.equal(night.mails.length, mails);
    if (mails > 0) {
      assert.deepEqual(
        await untoldTo(night.mails, "it is of version 2, and this program knows version 1"),
        [],
      );
    }
  }
});

/** A PC with one folder and a mail without keys: what is gone there is nowhere else. */
async function withOnePlace(
  act: (pc: DamagePc, night: (keys: readonly number[]) => ReturnType<DamagePc["night"]>) => Promise<void>,
): Promise<void> {
  await using pc = await damagePc({ sealed: false });
  const destinations = (pc.settings["destinations"] as readonly { readonly name: string }[])
    .filter(({ name }) => name === "plain" || name === "boss");
  await act(
    pc,
    (keys) => pc.night({ volumes: [volume("C:", keys)], settings: { ...pc.settings, destinations } }),
  );
}

/** Paths of a key's report at the folder and in the archive. */
function copiesOf(pc: DamagePc, key: number): readonly string[] {
  return [...pc.files().keys()].filter((path) => path.includes(keyId(key))).map((path) =>
    `${pc.root}/${path}`
  );
}

Deno.test("an old key whose every copy is gone is named as lost, in the mail too, until one turns up", () =>
  withOnePlace(async (pc, night) => {
    await night([1]);
    await night([2]);
    const [atPlace = "", archived = ""] = copiesOf(pc, 1).toSorted((a, b) => b.localeCompare(a));
    const copy = await Deno.readFile(atPlace);
    await Deno.remove(atPlace);
    const entry = await Deno.readFile(archived);
    await Deno.writeFile(archived, entry.with(entry.length - 9, (entry.at(-9) ?? 0) ^ 4));
    const lost = await night([2]);
    assert.equal(lost.code, 3);
    assert.match(
      findingText(lost.answer, "copy-lost"),
      /^Drive C: \(Windows\): the last copy of the recovery key 00000001 from 20 November 2026 is gone/,
    );
    assert.deepEqual(await untoldTo(lost.mails, "the last copy of the recovery key 00000001", ["boss"]), []);
    const again = await night([2]);
    assert.deepEqual([again.code, again.mails.length], [3, 0], "told once, and never passed over");
    await Deno.writeFile(atPlace, copy.with(400, 0));
    assert.equal((await night([2])).code, 3, "another content is no copy");
    await Deno.writeFile(atPlace, copy);
    const found = await night([2]);
    assert.deepEqual([found.code, findingText(found.answer, "copy-lost")], [0, ""]);
    assert.equal((await night([2])).code, 0);
  }));

Deno.test("a key that the PC still shows is made anew where every copy of it is gone", () =>
  withOnePlace(async (pc, night) => {
    await night([1]);
    for (const path of copiesOf(pc, 1)) await Deno.remove(path);
    await Deno.remove(`${pc.data}/archive.key`);
    const next = await night([1]);
    assert.equal(next.code, 0, next.said);
    assert.deepEqual(await missingKeys(pc, [1], ["plain"]), []);
    assert.equal((await night([1])).code, 0);
  }));
