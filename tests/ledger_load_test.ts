// How much of a ledger a quiet night reads and writes: as much after ten years as at first.

import assert from "node:assert/strict";
import { openSqliteLedger } from "../lib/effects/sqlite_ledger.ts";
import { news, run } from "./contracts/ledger_sample.ts";
import { damagePc } from "./damage/damage_pc.ts";
import { countRows } from "./helpers/count_statements.ts";
import { keyId, volume } from "./helpers/night_rig.ts";

Deno.test("a quiet night reads and writes as many rows after 3,650 nights and 500 changes as at first", async () => {
  await using pc = await damagePc();
  const plan = { volumes: [volume("C:", [1]), volume("D:", [10])] };
  await pc.night(plan);
  const quiet = (): Promise<unknown> => pc.night(plan);
  await quiet();
  const first = await countRows(quiet);
  assert.ok(
    (first["SELECT deliveries"] ?? 0) > 0 && (first["INSERT runs"] ?? 0) === 1,
    JSON.stringify(first),
  );

  const ledger = await openSqliteLedger(pc.ledger, { archiveHasFiles: true });
  const { lastNewsId, destinations } = await ledger.load();
  for (let night = 0; night < 3650; night++) {
    const id = lastNewsId + 1 + Math.floor(night / 7);
    await ledger.save({
      run: run(`past ${night}`, { exit: night % 50 === 0 ? 3 : 0 }),
      ...night % 7 > 0 || id > lastNewsId + 500 ? {} : { news: [news(id, { runId: `past ${night}` })] },
    });
  }
  const told = { toldUpTo: lastNewsId + 500 };
  await ledger.save({
    destinations: destinations.map((one) => one.toldUpTo === null ? one : { ...one, ...told }),
  });
  ledger.close();
  await quiet();
  assert.deepEqual(await countRows(quiet), first);
});

Deno.test("a quiet night of a PC with many protectors writes one row a volume, and none of theirs", async () => {
  await using pc = await damagePc();
  const others = Array.from({ length: 38 }, (_, index) => ({ id: `{${keyId(5000 + index)}}`, type: 1 }));
  const volumes = Array.from({ length: 8 }, (_, index) => {
    const { protectors, ...rest } = volume(`${"CDEFGHIJ"[index]}:`, [2 * index, 2 * index + 1]);
    return { ...rest, protectors: [...protectors as readonly unknown[], ...others] };
  });
  await pc.night({ volumes });
  const counts = await countRows(() => pc.night({ volumes }));
  assert.equal(counts["INSERT volumes"], 8);
  assert.deepEqual([counts["INSERT protectors"], counts["DELETE protectors"]], [undefined, undefined]);
  // read once to know them, and once to see that they are the same
  assert.equal(counts["SELECT protectors"], 2 * 8 * 41);

  const changed = volumes.map((one, index) =>
    index === 3 ? { ...one, protectors: one.protectors.slice(1) } : one
  );
  const one = await countRows(() => pc.night({ volumes: changed }));
  assert.equal(one["INSERT protectors"], 41, "of the volume that changed alone");
});
