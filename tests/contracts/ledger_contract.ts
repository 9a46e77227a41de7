/** What every ledger does, real or in memory. Called once for each kind. */

import assert from "node:assert/strict";
import type { DestinationState, Run } from "../../lib/core/ledger_model.ts";
import type { Ledger } from "../../lib/ports.ts";
import {
  AT,
  backup,
  delivery,
  destination,
  finding,
  LATER,
  NEW_VIEW,
  news,
  protector,
  report,
  run,
  SAMPLE,
  SAMPLE_VIEW,
  volume,
} from "./ledger_sample.ts";

/** One ledger, and how to put it away. */
export interface OpenLedger extends AsyncDisposable {
  readonly ledger: Ledger;
  /** Closes it and opens the same one again, where it outlives its process. */
  reopen?(): Promise<Ledger>;
}

/**
 * Registers the tests of one kind.
 *
 * @param kind Its name, for the names of the tests.
 * @param open Opens a new one.
 */
export function ledgerContract(kind: string, open: () => Promise<OpenLedger>): void {
  const test = (name: string, act: (ledger: Ledger, opened: OpenLedger) => Promise<void>): void => {
    Deno.test(`${kind} ledger: ${name}`, async () => {
      await using opened = await open();
      await act(opened.ledger, opened);
    });
  };

  test("a new one knows nothing", async (ledger) => {
    assert.deepEqual(await ledger.load(), NEW_VIEW);
    assert.deepEqual(await ledger.history(), []);
  });

  test("load() gives what save() took, in every table", async (ledger, opened) => {
    await ledger.save(SAMPLE);
    assert.deepEqual(await ledger.load(), SAMPLE_VIEW);
    if (opened.reopen !== undefined) assert.deepEqual(await (await opened.reopen()).load(), SAMPLE_VIEW);
  });

  test("an empty save changes nothing", async (ledger) => {
    await ledger.save(SAMPLE);
    await ledger.save({});
    assert.deepEqual(await ledger.load(), SAMPLE_VIEW);
  });

  test("a row of the same key is replaced whole, others stay", async (ledger) => {
    await ledger.save(SAMPLE);
    const changed = volume("\\\\?\\Volume{1}\\", {
      drive: "D:",
      protectors: [protector("NEW")],
      lastSeenAt: LATER,
    });
    const sent = delivery("stick", "ANNA-LAPTOP/b.html.age");
    const reached = destination("stick", { place: null, folders: { "ANNA-LAPTOP": "ANNA-LAPTOP 2" } });
    const released = report("ANNA-LAPTOP/a.TXT", { released: true });
    await ledger.save({
      hostName: "NEW-NAME",
      volumes: [changed],
      reports: [released],
      deliveries: [sent],
      destinations: [reached],
    });
    const { volumes, reports, deliveries, destinations } = SAMPLE_VIEW;
    assert.deepEqual(await ledger.load(), {
      ...SAMPLE_VIEW,
      hostName: "NEW-NAME",
      volumes: [changed, ...volumes.slice(1)],
      reports: [released, ...reports.slice(1)],
      deliveries: [...deliveries.slice(0, 2), sent],
      destinations: [...destinations.slice(0, 1), reached],
    });
  });

  test("a shorter list of protectors leaves none of the old ones behind", async (ledger) => {
    await ledger.save({
      volumes: [volume("v", { protectors: [protector("A"), protector("B"), protector("C")] })],
    });
    await ledger.save({ volumes: [volume("v", { protectors: [protector("C")] })] });
    assert.deepEqual((await ledger.load()).volumes, [volume("v", { protectors: [protector("C")] })]);
  });

  test("rows come sorted by their key, in whatever order they were saved", async (ledger) => {
    for (const id of ["b", "c", "a"]) {
      await ledger.save({
        volumes: [volume(id)],
        reports: [report(id)],
        deliveries: [delivery(id, "y"), delivery(id, "x")],
        destinations: [destination(id)],
      });
    }
    const view = await ledger.load();
    assert.deepEqual(view.volumes.map(({ deviceId }) => deviceId), ["a", "b", "c"]);
    assert.deepEqual(view.reports.map(({ id }) => id), ["a", "b", "c"]);
    assert.deepEqual(view.destinations.map(({ name }) => name), ["a", "b", "c"]);
    const pairs = view.deliveries.map((one) => `${one.destination} ${one.report}`);
    assert.deepEqual(pairs, ["a x", "a y", "b x", "b y", "c x", "c y"]);
  });

  test("findings are those of the last save that had any, even none", async (ledger) => {
    await ledger.save({ findings: [finding("a"), finding("b")] });
    await ledger.save({ findings: [finding("b", { toldAt: LATER })] });
    await ledger.save({ hostName: "X" });
    assert.deepEqual((await ledger.load()).findings, [finding("b", { toldAt: LATER })]);
    await ledger.save({ findings: [] });
    assert.deepEqual((await ledger.load()).findings, []);
  });

  test("forgotten deliveries go before new ones of the same save come", async (ledger) => {
    await ledger.save({ deliveries: [delivery("a", "x"), delivery("a", "y"), delivery("b", "x")] });
    await ledger.save({ forgetDeliveriesOf: ["a", "unknown"], deliveries: [delivery("a", "z")] });
    assert.deepEqual((await ledger.load()).deliveries, [delivery("a", "z"), delivery("b", "x")]);
  });

  test("news is pending until every mail destination was told", async (ledger) => {
    const mail = (name: string, toldUpTo: number): DestinationState =>
      destination(name, { identity: `mail ${name}@example.org`, toldUpTo });
    await ledger.save({
      news: [news(1), news(2, { tell: false }), news(3)],
      destinations: [destination("stick")],
    });
    const pending = async (): Promise<readonly number[]> => (await ledger.load()).news.map(({ id }) => id);
    assert.deepEqual(await pending(), [1, 3]);
    await ledger.save({ destinations: [mail("tom", 3), mail("anna", 1)] });
    assert.deepEqual(await pending(), [3]);
    await ledger.save({ destinations: [mail("anna", 3)] });
    assert.deepEqual(await pending(), []);
    await ledger.save({ news: [news(4)] });
    assert.deepEqual(await pending(), [4]);
    assert.equal((await ledger.load()).lastNewsId, 4);
  });

  test("the last run is the last one saved, whatever its clock said; the last good one ended with 0", async (ledger) => {
    const good = run("good", { takenAt: LATER });
    const bad = run("bad", { exit: 3, findings: ["locked"] });
    await ledger.save({ run: good });
    await ledger.save({ run: bad });
    const view = await ledger.load();
    assert.deepEqual([view.lastRun, view.lastGoodRun], [bad, good]);
  });

  test("a run that is saved again counts as it was saved last", async (ledger) => {
    const first = run("first");
    await ledger.save({ run: first });
    await ledger.save({ run: run("second") });
    await ledger.save({ run: run("second", { exit: 3 }) });
    const bad = await ledger.load();
    assert.deepEqual([bad.lastRun, bad.lastGoodRun], [run("second", { exit: 3 }), first]);
    await ledger.save({ run: run("second") });
    const good = await ledger.load();
    assert.deepEqual([good.lastRun, good.lastGoodRun], [run("second"), run("second")]);
    await ledger.save({ run: run("first", { exit: 1 }) });
    assert.deepEqual((await ledger.load()).lastGoodRun, run("second"));
    await ledger.save({ run: run("second", { exit: 1 }) });
    assert.equal((await ledger.load()).lastGoodRun, null);
  });

  test("of a key, place and outcome the last backup stays; the log is as it was last looked at", async (ledger) => {
    await ledger.save({ backups: [backup("A"), backup("B")], eventLog: { state: "read", since: AT } });
    await ledger.save({ backups: [backup("A", { at: LATER }), backup("A", { place: "entra" })] });
    const view = await ledger.load();
    assert.deepEqual(view.backups, [
      backup("A", { place: "entra" }),
      backup("A", { at: LATER }),
      backup("B"),
    ]);
    assert.deepEqual(view.eventLog, { state: "read", since: AT });
    await ledger.save({ eventLog: { state: "missing", since: null } });
    assert.deepEqual((await ledger.load()).eventLog, { state: "missing", since: null });
    await ledger.save({ hints: ["one", "two"] });
    await ledger.save({ hints: ["three"] });
    assert.deepEqual((await ledger.load()).hints, ["three"]);
  });

  test(
    "what was wrong with it is told until a run ends, also after it was opened anew",
    async (ledger, opened) => {
      await ledger.save({ damage: ["one row was lost"] });
      await ledger.save({ hostName: "X" });
      const later = await opened.reopen?.() ?? ledger;
      assert.deepEqual((await later.load()).damage, ["one row was lost"]);
      await later.save({ damage: ["told"], run: run("run-1") });
      assert.deepEqual((await later.load()).damage, []);
    },
  );

  test(
    "what is set aside is not known any more, and that is told until a run ends",
    async (ledger, opened) => {
      await ledger.save(SAMPLE);
      await ledger.setAside("it is that of another PC");
      const { damage, ...rest } = await ledger.load();
      assert.equal(damage.length, 1);
      assert.match(damage[0] ?? "", /^The ledger was damaged \(it is that of another PC\) and set aside/);
      assert.deepEqual({ ...rest, damage: [] }, NEW_VIEW);
      assert.deepEqual(await ledger.history(), []);
      await ledger.save({ hostName: "X", news: [news(1)] });
      const later = await opened.reopen?.() ?? ledger;
      assert.deepEqual((await later.load()).damage, damage);
      await later.save({ run: run("run-1") });
      assert.deepEqual((await later.load()).damage, []);
    },
  );

  test("history() gives every change, oldest first, and nothing else", async (ledger) => {
    await ledger.save({ news: [news(1), news(2, { topic: "finding" }), news(3, { tell: false })] });
    await ledger.save({
      news: [news(4, { topic: "heartbeat" }), news(5, { at: AT, kind: "volume-missing" })],
    });
    assert.deepEqual(await ledger.history(), [
      news(1),
      news(3, { tell: false }),
      news(5, { kind: "volume-missing" }),
    ]);
  });

  test("runsSinceGood() gives the runs after the last good one, oldest first", async (ledger) => {
    assert.deepEqual(await ledger.runsSinceGood(), []);
    const bad = (runId: string): Run =>
      run(runId, { exit: 3, shortfalls: [`The disk of "${runId}" is full`] });
    await ledger.save({ run: bad("run-1") });
    await ledger.save({ run: bad("run-2") });
    assert.deepEqual(await ledger.runsSinceGood(), [bad("run-1"), bad("run-2")], "none was good");
    await ledger.save({ run: run("run-3") });
    assert.deepEqual(await ledger.runsSinceGood(), []);
    await ledger.save({ run: bad("run-4") });
    await ledger.save({ run: bad("run-5") });
    assert.deepEqual(await ledger.runsSinceGood(), [bad("run-4"), bad("run-5")]);
  });

  test("a save whose news does not continue is refused, and changes nothing", async (ledger) => {
    await ledger.save({ news: [news(1), news(2)], hostName: "OLD" });
    for (const ids of [[2], [1], [3, 5], [3, 3]]) {
      const changes = { news: ids.map((id) => news(id)), hostName: "NEW", findings: [finding("x")] };
      await assert.rejects(() => ledger.save(changes), /Cannot save news/, String(ids));
    }
    const view = await ledger.load();
    assert.deepEqual([view.lastNewsId, view.hostName, view.findings.length], [2, "OLD", 0]);
  });

  test("saves that do not wait for each other all count", async (ledger) => {
    const ids = Array.from({ length: 20 }, (_, index) => `v${String(index).padStart(2, "0")}`);
    await Promise.all(ids.map((id) => ledger.save({ volumes: [volume(id)] })));
    assert.deepEqual((await ledger.load()).volumes.map(({ deviceId }) => deviceId), ids);
  });

  test("what was loaded and saved stays as it was", async (ledger) => {
    await ledger.save(SAMPLE);
    const before = await ledger.load();
    await ledger.save({ hostName: "OTHER", volumes: [volume("x")], findings: [] });
    assert.deepEqual(before, SAMPLE_VIEW);
  });
}
