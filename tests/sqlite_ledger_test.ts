import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { UserError } from "../lib/errors.ts";
import type { Ledger, LedgerView } from "../lib/ports.ts";
import { ledgerContract } from "./contracts/ledger_contract.ts";
import { destination, news, run, SAMPLE, SAMPLE_VIEW, volume } from "./contracts/ledger_sample.ts";
import { memoryLedger } from "./fakes.ts";
import { anySaves } from "./helpers/any_ledger_changes.ts";
import { type LedgerFolder, ledgerFolder } from "./helpers/ledger_folder.ts";
import { marksOf } from "./helpers/save_ledger.ts";

const SAVER = fileURLToPath(new URL("helpers/save_ledger.ts", import.meta.url));

ledgerContract("sqlite", async () => {
  const place = await ledgerFolder();
  let ledger: Ledger = await place.open();
  return {
    ledger,
    async reopen(): Promise<Ledger> {
      place.close(ledger);
      return ledger = await place.open({ archiveHasFiles: true });
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
});

ledgerContract(
  "memory",
  () => Promise.resolve({ ledger: memoryLedger(), [Symbol.asyncDispose]: () => Promise.resolve() }),
);

/** Rows in any order: those of the one are sorted by UTF-16, of the other by UTF-8. */
function sorted(view: LedgerView): LedgerView {
  const inOrder = <T>(rows: readonly T[]): readonly T[] =>
    rows.map((row) => [JSON.stringify(row), row] as const).sort(([a], [b]) => a < b ? -1 : 1).map(([, row]) =>
      row
    );
  return {
    ...view,
    volumes: inOrder(view.volumes),
    reports: inOrder(view.reports),
    deliveries: inOrder(view.deliveries),
    destinations: inOrder(view.destinations),
    findings: inOrder(view.findings),
    lastNewsId: 0,
  };
}

Deno.test("arbitrary saves read the same as in memory, also after reopening", async () => {
  await fc.assert(
    fc.asyncProperty(anySaves, async (saves) => {
      await using place = await ledgerFolder();
      const model = memoryLedger();
      for (const changes of saves) {
        await model.save(changes);
        await place.save(changes);
      }
      assert.deepEqual(sorted(await place.view()), sorted(model.view));
    }),
    { seed: 11, numRuns: 60 },
  );
});

Deno.test("a text that SQLite cannot keep comes back with U+FFFD, and is not damage", async () => {
  await using place = await ledgerFolder();
  const label = "a\0b\ud800c\udc00";
  await place.save({
    volumes: [volume("v", { label })],
    news: [news(1, { volume: { deviceId: "v", drive: null, label } })],
  });
  const view = await place.view();
  assert.equal(view.volumes[0]?.label, "a\ufffdb\ufffdc\ufffd");
  // In JSON such texts are written with escapes.
  assert.equal(view.news[0]?.volume?.label, label);
  assert.deepEqual(view.damage, []);
});

Deno.test("a number that is no whole one is refused, and nothing is saved", async () => {
  await using place = await ledgerFolder();
  const ledger = await place.open();
  for (const sizeBytes of [0.5, NaN, Infinity, 2 ** 53]) {
    await assert.rejects(
      () => ledger.save({ hostName: "X", volumes: [volume("v", { sizeBytes })] }),
      TypeError,
    );
  }
  assert.equal((await ledger.load()).hostName, null);
});

Deno.test("while no mail destination is known, the newest 100 items of news are kept at hand", async () => {
  await using place = await ledgerFolder();
  await place.save({ news: Array.from({ length: 130 }, (_, index) => news(index + 1)) });
  const view = await place.view();
  assert.deepEqual([view.news.length, view.news[0]?.id, view.lastNewsId], [100, 31, 130]);
});

Deno.test("ids that a mail destination was told do not come again when the rows are lost", async () => {
  await using place = await ledgerFolder();
  await place.save({
    news: [news(1), news(2), news(3)],
    destinations: [destination("mail", { toldUpTo: 3 })],
  });
  place.sql("DELETE FROM news WHERE id > 1", "DELETE FROM meta WHERE key = 'lastNewsId'");
  assert.equal((await place.view()).lastNewsId, 3);
  await place.save({ news: [news(4)] });
  assert.deepEqual((await place.view()).news, [news(4)]);
});

Deno.test("another process that saves is waited for; what keeps the file for long is named", async () => {
  await using place = await ledgerFolder();
  const ledger = await place.open();
  const other = new DatabaseSync(place.path);
  other.exec("BEGIN EXCLUSIVE");
  await assert.rejects(() => ledger.save({ hostName: "X" }), (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, "ledger");
    assert.equal(error.message, `Cannot save to ledger "${place.path}": another program has it open`);
    return true;
  });
  other.exec("ROLLBACK");
  other.close();
  await ledger.save({ hostName: "X" });
  assert.equal((await ledger.load()).hostName, "X");
});

/** Starts the program that saves over and over, with the permissions that production has. */
function startSaver(place: LedgerFolder, ...args: readonly string[]): Deno.ChildProcess {
  const allow = [`--allow-read=${place.folder}`, `--allow-write=${place.folder}`];
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-prompt", "--cached-only", ...allow, SAVER, place.path, ...args],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

Deno.test("the permission to read and write the folder is enough, also to replace a damaged file", async () => {
  await using place = await ledgerFolder();
  for (const start of ["new", "existing", "damaged"]) {
    if (start === "damaged") await Deno.writeTextFile(place.path, "no database");
    const { success, stdout, stderr } = await startSaver(place, start, "2").output();
    assert.ok(success, `${start}: ${new TextDecoder().decode(stderr)}`);
    assert.equal(new TextDecoder().decode(stdout), `1\n2\n["${start} 2"]\n`);
  }
  assert.deepEqual(await place.names(), ["ledger.damaged-1.db", "ledger.db"]);
});

Deno.test("a folder that may only be read gives a UserError", async () => {
  await using place = await ledgerFolder();
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-prompt",
      "--cached-only",
      `--allow-read=${place.folder}`,
      SAVER,
      place.path,
      "x",
      "1",
    ],
  }).output();
  assert.equal(code, 1);
  const told = `UserError: Cannot open ledger "${place.path}": this run was not permitted to use it`;
  assert.ok(new TextDecoder().decode(stderr).includes(told), new TextDecoder().decode(stderr));
});

Deno.test("the saves of two processes do not mix", async () => {
  await using place = await ledgerFolder();
  await place.save({});
  const outputs = await Promise.all(["one", "two"].map((tag) => startSaver(place, tag, "25").output()));
  for (const { success, stderr } of outputs) assert.ok(success, new TextDecoder().decode(stderr));
  const view = await place.view();
  assert.deepEqual(view.damage, []);
  assert.equal(marksOf(view).length, 1);
  assert.match(marksOf(view)[0] ?? "", /^(one|two) 25$/);
  // What each of them read at its end was one whole save, its own last one or a later one.
  for (const { stdout } of outputs) {
    assert.match(new TextDecoder().decode(stdout), /\n25\n\["(one|two) \d+"\]\n$/);
  }
});

Deno.test("a process that is killed while it saves leaves a whole save, and none that was done is lost", async () => {
  await using place = await ledgerFolder();
  let seed = 20261124;
  for (let round = 0; round < 20; round++) {
    const saver = startSaver(place, `round${round}`);
    let written = "";
    // Killed at a moment that differs each round: after the first save, and a part of the next ones.
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    for await (const chunk of saver.stdout) {
      const before = written;
      written += new TextDecoder().decode(chunk);
      if (before === "") setTimeout(() => saver.kill("SIGKILL"), seed % 40);
    }
    await saver.stderr.cancel();
    await saver.status;
    const view = await place.view();
    assert.deepEqual(view.damage, [], `round ${round}`);
    const [mark = "", ...others] = marksOf(view);
    assert.deepEqual(others, [], `round ${round}`);
    const done = Number(written.trimEnd().split("\n").at(-1));
    assert.ok(
      mark.startsWith(`round${round} `) && Number(mark.split(" ")[1]) >= done,
      `${mark}, done: ${done}`,
    );
  }
});

Deno.test("a view without runs of their own keeps the last ones of the ledger", async () => {
  await using place = await ledgerFolder();
  await place.save(SAMPLE, { run: run("run-2") }, { run: run("run-3", { exit: 3 }) });
  assert.deepEqual(await place.view(), {
    ...SAMPLE_VIEW,
    lastRun: run("run-3", { exit: 3 }),
    lastGoodRun: run("run-2"),
  });
});
