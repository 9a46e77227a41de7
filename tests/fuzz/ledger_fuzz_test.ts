// Ledger files that something happened to: the next save holds, what is told is true, no value is made up.

import assert from "node:assert/strict";
import fc from "fast-check";
import { openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import { UserError } from "../../lib/errors.ts";
import type { LedgerView } from "../../lib/ports.ts";
import { fuzzName, fuzzOptions } from "../helpers/fuzz.ts";
import { byteChanges } from "../helpers/mutate.ts";
import { nightRig, volume } from "../helpers/night_rig.ts";

/** In memory where there is such a place: a save waits for the disk, a hundred thousand of them for hours. */
const MEMORY = await Deno.stat("/dev/shm").then(({ isDirectory }) => isDirectory, () => false);

/** What nights record, as one save each. */
async function pastNights(): Promise<LedgerView> {
  const rig = nightRig({ destinations: [{ name: "cloud", kind: "folder", path: "/cloud", synced: true }] });
  for (let night = 1; night <= 4; night++) {
    await rig.night([volume("C:", [night]), volume("D:", [10, 11], { label: "Photos" })]);
  }
  return await rig.ledger.load();
}

function rowsOf(view: LedgerView): readonly string[] {
  const { volumes, reports, deliveries, destinations, findings, news, backups, lastRun, lastGoodRun } = view;
  return [
    ...volumes.map((one) => ({ ...one, protectors: null })),
    ...volumes.flatMap((one) => one.protectors.map((protector) => ({ of: one.deviceId, ...protector }))),
    ...[reports, deliveries, destinations, findings, news, backups].flat(),
    ...[lastRun, lastGoodRun].filter((run) => run !== null),
  ].map((row) => JSON.stringify(row));
}

Deno.test(
  fuzzName("any ledger file is used, set aside or left alone, and the next save holds"),
  async () => {
    const folder = await Deno.makeTempDir({
      prefix: "spare-key-fuzz-",
      ...(MEMORY ? { dir: "/dev/shm" } : {}),
    });
    const path = `${folder}/ledger.db`;
    try {
      const {
        damage: _,
        lastNewsId: __,
        machineId,
        hostName,
        lastRun,
        lastGoodRun: ___,
        eventLog,
        ...lists
      } = await pastNights();
      const first = await openSqliteLedger(path, { archiveHasFiles: false });
      await first.save({
        ...lists,
        machineId: machineId ?? "",
        hostName: hostName ?? "",
        ...(lastRun === null ? {} : { run: lastRun }),
        ...(eventLog === null ? {} : { eventLog }),
      });
      const known = new Set(rowsOf(await first.load()));
      first.close();
      const whole = await Deno.readFile(path);
      assert.ok(known.size > 20);
      const outcomes = { whole: 0, mended: 0, replaced: 0, left: 0 };

      await fc.assert(
        fc.asyncProperty(byteChanges(1), async (change) => {
          for await (const { name } of Deno.readDir(folder)) await Deno.remove(`${folder}/${name}`);
          const altered = change(whole);
          await Deno.writeFile(path, altered);
          let ledger;
          try {
            ledger = await openSqliteLedger(path, { archiveHasFiles: true });
          } catch (error) {
            assert.ok(error instanceof UserError, `${error instanceof Error ? error.stack : error}`);
            assert.equal(error.code, "ledger");
            assert.deepEqual(
              await Deno.readFile(path),
              altered,
              "a ledger that is not ours to replace is left alone",
            );
            outcomes.left++;
            return;
          }
          try {
            const view = await ledger.load();
            const rows = [...new Set(rowsOf(view))];
            assert.deepEqual(rows.filter((row) => !known.has(row)), [], "a row is made up");
            const isWhole = rows.length === known.size;
            assert.ok(isWhole || view.damage.length > 0, "something is missing, and nothing is said");
            const run = {
              runId: "next",
              takenAt: "2026-12-01T03:00:00Z",
              exit: 0,
              changes: 0,
              findings: [],
              shortfalls: [],
            };
            await ledger.save({ run });
            const after = await ledger.load();
            assert.equal(after.lastRun?.runId, "next");
            assert.ok(
              rows.filter((row) => !rowsOf(after).includes(row)).length <= 2,
              "more than the run is gone",
            );
            const aside = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
            if (aside.some((name) => name.includes("damaged"))) outcomes.replaced++;
            else if (isWhole) outcomes.whole++;
            else outcomes.mended++;
          } finally {
            ledger.close();
          }
          const again = await openSqliteLedger(path, { archiveHasFiles: true });
          try {
            assert.deepEqual((await again.load()).damage, [], "what was told is told again");
          } finally {
            again.close();
          }
        }),
        fuzzOptions(),
      );
      // a file of a newer version is seldom met by chance, and has a test of its own
      for (const name of ["whole", "mended", "replaced"] as const) {
        assert.ok(outcomes[name] > 0, `no file was ${name}`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
