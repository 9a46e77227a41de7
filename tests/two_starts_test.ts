/** Nights that carry to a share: two starts, the second of which tells. */

import assert from "node:assert/strict";
import { carriedRig, held } from "./helpers/carried_rig.ts";
import { codesOf, keyId, killAt, Killed, placeOf, volume } from "./helpers/night_rig.ts";
import { BOTH, FOLDER } from "./helpers/night_settings.ts";

const SHARE = { name: "office", kind: "share", path: "\\\\srv\\keys$", sealed: false };
const ALL = { ...BOTH, destinations: [SHARE, ...BOTH.destinations] };

function statusFiles(files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  return [...files.keys()].filter((path) => path.endsWith("/status.json"));
}

Deno.test("a night with something to carry delivers in the first start and tells in the second", async () => {
  const rig = carriedRig(ALL);
  let between: unknown;
  rig.between = () => {
    between = {
      run: rig.ledger.view.lastRun,
      status: [...statusFiles(rig.place("office").files), ...statusFiles(placeOf(rig, "cloud").files)],
      mails: rig.mailer.mails.length,
      told: rig.ledger.view.findings,
    };
  };
  const { starts: [first, second], carried } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(between, { run: null, status: [], mails: 0, told: [] });
  assert.deepEqual([first?.waiting, second?.waiting], [true, false]);
  assert.equal(carried.length, 2, "a key report and a sheet");
  assert.deepEqual([first?.changes.length, second?.changes.length], [2, 0]);

  assert.deepEqual(held(rig, "office", [1]), [1]);
  assert.deepEqual([second?.shortfalls, codesOf(second ?? { findings: [] })], [[], []]);
  const run = rig.ledger.view.lastRun;
  assert.deepEqual([run?.exit, run?.changes, run?.findings], [0, 2, []]);
  assert.equal(rig.mailer.mails.length, 1);
  assert.match(rig.mailer.mails[0]?.text ?? "", new RegExp(keyId(1).slice(0, 8)));
  assert.deepEqual(statusFiles(rig.place("office").files), ["ANNA-LAPTOP/status.json"]);
  assert.deepEqual(statusFiles(placeOf(rig, "cloud").files), ["ANNA-LAPTOP/status.json"]);
});

Deno.test("the result of the last start names all that the run delivered, that of the first start among it", async () => {
  const rig = carriedRig(ALL);
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(result.deliveries.map((one) => `${one.destination} ${one.outcome} ${one.attempts}`), [
    "office delivered 1",
    "office delivered 1",
    "cloud delivered 1",
    "cloud delivered 1",
    "helper accepted 1",
  ]);
  const quiet = await rig.run([volume("C:", [1])]);
  assert.deepEqual(quiet.result.deliveries, []);
});

Deno.test("a quiet night is one start that carries status.json alone, and sends nothing", async () => {
  const rig = carriedRig(ALL);
  await rig.run([volume("C:", [1])]);
  const saves = rig.ledger.saves.length;
  const { starts, result } = await rig.run([volume("C:", [1])]);
  assert.equal(starts.length, 1);
  assert.deepEqual(result.carry?.map((one) => [one.folder, one.name, one.replace]), [
    ["ANNA-LAPTOP", "status.json", true],
  ]);
  assert.deepEqual([result.waiting, result.findings, result.shortfalls], [false, [], []]);
  assert.equal(rig.ledger.saves.length, saves + 1);
  assert.equal(rig.mailer.mails.length, 1);
});

Deno.test("what could not be carried is pending with the carrier's reason, and made up for by the next night", async () => {
  const rig = carriedRig(ALL);
  rig.place("office").putTrouble = "there is not enough space on the disk";
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(
    result.deliveries.filter((one) => one.destination === "office").map((one) => [
      one.outcome,
      one.attempts,
      one.error,
    ]),
    [1, 2].map(() => ["pending", 1, "there is not enough space on the disk"]),
  );
  assert.deepEqual(result.carry?.filter((one) => !one.replace), [], "not put again in the same run");
  assert.match(
    result.findings.find((one) => one.code === "delivery-pending")?.text ?? "",
    /2 reports could not be delivered to "office": there is not enough space on the disk\./,
  );
  assert.equal(rig.ledger.view.lastRun?.exit, 3);

  rig.place("office").putTrouble = null;
  const next = await rig.run([volume("C:", [1])]);
  assert.equal(next.starts.length, 2);
  assert.deepEqual([held(rig, "office", [1]), next.result.shortfalls], [[1], []]);
});

Deno.test("the look wins over a receipt: what was written and is not there is not delivered", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  rig.between = () => rig.place("office").files.clear();
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(
    result.deliveries.map((one) => [one.outcome, one.error]),
    [1, 2].map(() => [
      "pending",
      "it was written there, and does not lie there as it should",
    ]),
  );
  assert.deepEqual(codesOf(result), ["no-copy-outside", "delivery-pending"]);
  assert.equal(result.waiting, false);
  rig.between = () => {};
  await rig.run([volume("C:", [1])]);
  assert.deepEqual(held(rig, "office", [1]), [1]);
});

Deno.test("where the look had no time for the content, the carrier's own reading back counts", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  rig.place("office").hashes = false;
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(result.deliveries.map((one) => [one.outcome, one.error]), [
    ["delivered", null],
    ["delivered", null],
  ]);
  assert.deepEqual(result.shortfalls, []);
});

Deno.test("a place that goes away between the starts is unreachable, and nothing is called delivered", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  rig.between = () => {
    rig.place("office").trouble = "the network path was not found";
  };
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(codesOf(result), ["no-copy-outside", "delivery-pending", "destination-unreachable"]);
  assert.deepEqual(result.deliveries.map((one) => one.outcome), ["handed-over", "handed-over"]);
  rig.place("office").trouble = null;
  rig.between = () => {};
  const next = await rig.run([volume("C:", [1])]);
  assert.deepEqual([next.starts.length, next.result.findings], [1, []], "it lies there since last night");
});

Deno.test("a name that other content has taken gets a number, and the other file stays", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  await rig.run([volume("C:", [1])]);
  const files = rig.place("office").files;
  const name = [...files.keys()].find((path) => path.endsWith(".TXT")) ?? "";
  const foreign = Uint8Array.of(1, 2, 3);
  files.set(name, foreign);
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(result.shortfalls, []);
  assert.deepEqual(files.get(name), foreign);
  assert.ok(files.has(name.replace(/\.TXT$/, " (2).TXT")));
  assert.deepEqual(held(rig, "office", [1]), [1]);
});

Deno.test("a name that is taken before the carrier comes gets its number in the next night", async () => {
  const rig = carriedRig({ destinations: [SHARE] });
  const office = rig.place("office");
  await rig.run([]);
  // Somebody puts a file there after the look.
  const name = `ANNA-LAPTOP/2026-11-21 C BitLocker Recovery Key ${keyId(1)}.TXT`;
  rig.wrap = (ports) => {
    if (!office.files.has(name)) queueMicrotask(() => office.files.set(name, Uint8Array.of(9)));
    return ports;
  };
  const { result } = await rig.run([volume("C:", [1])]);
  assert.deepEqual(
    result.deliveries.map((one) => [one.outcome, one.error]).sort(),
    [["delivered", null], ["pending", "another file has the name"]],
  );
  await rig.run([volume("C:", [1])]);
  assert.deepEqual(office.files.get(name), Uint8Array.of(9));
  assert.deepEqual(held(rig, "office", [1]), [1]);
});

Deno.test("damage that the first start finds is told by the second, and only once", async () => {
  const rig = carriedRig(ALL);
  rig.ledger.damage = ["The ledger was damaged (its pages are damaged) and set aside"];
  rig.between = () => {
    rig.ledger.damage = []; // the new file is whole
  };
  const { result } = await rig.run([volume("C:", [1])]);
  assert.ok(codesOf(result).includes("ledger-replaced"));
  assert.equal(rig.ledger.view.lastRun?.exit, 3);
  assert.match(rig.mailer.mails[0]?.text ?? "", /What Spare Key remembered was damaged/);
  const next = await rig.run([volume("C:", [1])]);
  assert.deepEqual(codesOf(next.result), []);
});

Deno.test("a change and the finding that says the same are told once, also when the starts are two", async () => {
  const rig = carriedRig(ALL);
  await rig.run([volume("C:", [1])]);
  // A new key asks for a second start; the protection is off, too.
  const off = volume("C:", [1, 2], { protectionStatus: 0 });
  const { starts } = await rig.run([off]);
  assert.equal(starts.length, 2);
  const kinds = rig.ledger.saves.flatMap((one) => one.news ?? []).filter((one) =>
    one.at.startsWith("2026-11-21")
  );
  assert.deepEqual(kinds.map((one) => one.kind).sort(), ["key-added", "protection-off"]);
});

Deno.test("a run that was killed anywhere, also between its starts, is made up for by the next night", async () => {
  const volumes = [volume("C:", [1]), volume("D:", [2])];
  for (const when of ["before", "after"] as const) {
    for (let count = 1;; count++) {
      const rig = carriedRig(ALL);
      const kill = killAt(count, when);
      rig.wrap = (ports) => kill.wrap(ports);
      const killed = await rig.run(volumes).then(() => false, (error) => {
        if (!(error instanceof Killed)) throw error;
        return true;
      });
      if (!killed) break;
      rig.wrap = (ports) => ports;
      const where = `killed ${when} write ${count}`;
      const { result } = await rig.run(volumes);
      assert.deepEqual(held(rig, "office", [1, 2]), [1, 2], where);
      assert.deepEqual(rig.held("cloud", [1, 2]), [1, 2], where);
      const told = rig.mailer.mails.map((mail) => mail.text).join("\n");
      for (const key of [1, 2]) assert.ok(told.includes(keyId(key).slice(0, 8)), `${where}: key ${key} told`);
      assert.deepEqual(result.shortfalls, [], where);
      assert.equal(rig.ledger.view.lastRun?.runId, "run-21", where);
    }
  }
});

Deno.test("a run that was killed between its starts told nothing; the next night finds the files and tells", async () => {
  const rig = carriedRig(ALL);
  rig.between = () => {
    throw new Killed();
  };
  await assert.rejects(() => rig.run([volume("C:", [1])]), Killed);
  assert.deepEqual([rig.ledger.view.lastRun, rig.mailer.mails.length], [null, 0]);
  rig.between = () => {};
  const { starts, result } = await rig.run([volume("C:", [1])]);
  assert.equal(starts.length, 1, "what was carried lies there");
  assert.deepEqual(result.findings, []);
  assert.equal(rig.mailer.mails.length, 1);
  assert.match(rig.mailer.mails[0]?.text ?? "", /New recovery key|Recovery key saved/);
  assert.equal((await rig.ledger.history()).length, 2, "each change once");
});

Deno.test("what is handed over is handed over once, also where the archive lost another report that night", async () => {
  const rig = carriedRig({ destinations: [SHARE, ...FOLDER.destinations] });
  await rig.run([volume("C:", [1])]);
  rig.place("office").files.clear();
  rig.archive.files.clear();
  const { carried, result } = await rig.run([volume("C:", [1, 2])]);
  const names = carried.map((one) => one.name);
  assert.deepEqual([...new Set(names)], names);
  assert.deepEqual(held(rig, "office", [1, 2]), [1, 2]);
  const row = result.deliveries.find((one) => one.destination === "office" && one.report?.includes(keyId(2)));
  assert.deepEqual([row?.outcome, row?.attempts], ["delivered", 1]);
});
