import assert from "node:assert/strict";
import {
  backupRows,
  deliveryRows,
  destinationRows,
  findingRows,
  newsRows,
  reportRows,
  rowsOfVolume,
  runRows,
  volumesOfRows,
} from "../lib/effects/ledger_rows.ts";
import { sealRows } from "../lib/effects/ledger_seal.ts";
import {
  backup,
  delivery,
  destination,
  finding,
  news,
  protector,
  report,
  run,
  volume,
} from "./contracts/ledger_sample.ts";

Deno.test("each kind of row gives back what it was made of", () => {
  assert.deepEqual(reportRows.fromRow(reportRows.toRow(report("r"))), report("r"));
  assert.deepEqual(deliveryRows.fromRow(deliveryRows.toRow(delivery("d", "r"))), delivery("d", "r"));
  assert.deepEqual(destinationRows.fromRow(destinationRows.toRow(destination("d"))), destination("d"));
  assert.deepEqual(findingRows.fromRow(findingRows.toRow(finding("f"))), finding("f"));
  assert.deepEqual(newsRows.fromRow(newsRows.toRow(news(7))), news(7));
  assert.deepEqual(runRows.fromRow(runRows.toRow(run("r"))), run("r"));
  assert.deepEqual(backupRows.fromRow(backupRows.toRow(backup("b"))), backup("b"));
});

Deno.test("columns are named after fields, flags are 0 or 1, lists and records JSON", () => {
  assert.deepEqual(destinationRows.toRow(destination("d", { toldUpTo: 3, mailTimes: ["t"] })), {
    name: "d",
    identity: "folder E:\\d",
    place: "E:\\d",
    folders: '{"ANNA-LAPTOP":"ANNA-LAPTOP"}',
    reached_at: "2026-11-24T03:00:12.345+01:00",
    unreachable_since: null,
    told_up_to: 3,
    mail_times: '["t"]',
  });
  assert.deepEqual(
    [news(1, { tell: true }), news(1, { tell: false })].map((one) => newsRows.toRow(one)["tell"]),
    [1, 0],
  );
});

Deno.test("protectors come back to their volume, in their order; those of none are left out", () => {
  const one = volume("one", { protectors: [protector("B"), protector("A"), protector("B")] });
  const two = volume("two", { protectors: [] });
  const rows = [one, two, volume("gone")].map(rowsOfVolume);
  const volumes = rows.slice(0, 2).map((each) => each.volume);
  assert.deepEqual(volumesOfRows(volumes, rows.flatMap((each) => each.protectors)), [one, two]);
});

Deno.test("of a volume that is news only its name is kept, never its keys", () => {
  const recoveryPassword = "249425-539187-330363-273262-016346-600963-497299-188144";
  const whole = { deviceId: "v", drive: "C:", label: "Windows", protectors: [{ recoveryPassword }] };
  const row = newsRows.toRow(news(1, { volume: whole }));
  assert.equal(row["volume"], '{"deviceId":"v","drive":"C:","label":"Windows"}');
});

Deno.test("what is neither text nor number, or is missing, is a bug and no row", () => {
  const broken = [{ place: undefined }, { place: true }, { place: {} }];
  for (const more of broken) {
    assert.throws(() => destinationRows.toRow({ ...destination("d"), ...more } as never), TypeError);
  }
  assert.throws(() => findingRows.fromRow({ key: "k", since: "t" }), /a column is missing/);
});

Deno.test("a checksum covers table, columns, values and their types", () => {
  const seal = (table: string, row: Readonly<Record<string, string | number | null>>): string =>
    sealRows(table, [row])[0]?.sum ?? "";
  const sums = [
    seal("a", { x: 1, y: null }),
    seal("b", { x: 1, y: null }),
    seal("a", { x: "1", y: null }),
    seal("a", { x: null, y: 1 }),
    seal("a", { x: 1, y: "null" }),
    seal("a", { x: 1, y: "" }),
    seal("a", { x: 1 }),
    seal("a", { x: 2, y: null }),
  ];
  assert.equal(new Set(sums).size, sums.length);
  assert.equal(seal("a", { y: null, x: 1 }), sums[0]);
  assert.match(sums[0] ?? "", /^[0-9a-f]{32}$/);
});
