import assert from "node:assert/strict";
import { backupNews } from "../lib/nightly/backup_news.ts";
import type { WindowsBackup } from "../lib/core/ledger_model.ts";
import { knownVolume } from "./helpers/ledger_entries.ts";
import { guidOf, TAKEN_AT } from "./helpers/made_up_values.ts";
import { keyId, nightRig, placeOf, volume } from "./helpers/night_rig.ts";
import { BOTH, FOLDER } from "./helpers/night_settings.ts";

const LOG = { state: "read", since: "2026-01-01T00:00:00Z", message: null };

function saved(key: number, time: string, id = 828): unknown {
  return { id, time, protectorId: `{${keyId(key)}}`, drive: "C:", code: null };
}

function sheetOf(rig: ReturnType<typeof nightRig>): string {
  const [, bytes] = [...placeOf(rig, "cloud").files].findLast(([path]) => path.endsWith(".html")) ?? [];
  return new TextDecoder().decode(bytes);
}

Deno.test("what Windows' log says of a key stands in ledger, sheet, mail, history and status.json", async () => {
  const rig = nightRig(BOTH);
  await rig.night([volume("C:", [1])], {
    eventLog: LOG,
    events: [saved(1, "2026-11-19T18:00:00Z"), {
      id: 829,
      time: "2026-11-19T17:59:00Z",
      drive: "C:",
      code: -2147012889,
    }],
  });
  const { backups, eventLog } = rig.ledger.view;
  assert.deepEqual(backups.map((one) => [one.about, one.outcome, one.code]), [
    [keyId(1), "saved", null],
    ["C:", "failed", "0x80072EE7"],
  ]);
  assert.deepEqual(eventLog, { state: "read", since: "2026-10-21T02:00:00.000Z" });
  assert.match(sheetOf(rig), /Windows itself saved this key to your Microsoft account on 19 November 2026\./);
  const [mail] = rig.mailer.mails;
  assert.match(
    mail?.text.replace(/\s+/g, " ") ?? "",
    /saved this key to the Microsoft account of this PC's user on 19 November 2026\./,
  );
  assert.match(mail?.text ?? "", /account\.microsoft\.com\/devices\/recoverykey/);
  const history = (await rig.ledger.history()).filter((one) => one.kind === "windows-backup");
  assert.deepEqual(history.map((one) => [one.text.slice(0, 28), one.volume?.drive, one.keyId, one.tell]), [
    ["Windows tried to save a reco", "C:", null, false],
    ["Windows itself saved the rec", "C:", keyId(1), false],
  ]);
  const status = JSON.parse(
    new TextDecoder().decode(placeOf(rig, "cloud").files.get("ANNA-LAPTOP/status.json")),
  );
  assert.deepEqual(status.volumes[0].keys[0].windowsBackups, [
    { place: "microsoft-account", outcome: "saved", at: "2026-11-19T18:00:00Z", code: null },
  ]);
  assert.equal(rig.ledger.view.lastRun?.changes, 2, "a copy that Windows made is no change of the PC");
});

Deno.test("the same events the next night are quiet: one transaction, no row, no mail, no line of history", async () => {
  const rig = nightRig(BOTH);
  const events = [saved(1, "2026-11-19T18:00:00Z")];
  await rig.night([volume("C:", [1])], { eventLog: LOG, events });
  const before = { saves: rig.ledger.saves.length, history: (await rig.ledger.history()).length };
  await rig.night([volume("C:", [1])], { eventLog: LOG, events });
  assert.equal(rig.ledger.saves.length, before.saves + 1);
  assert.equal(rig.ledger.saves.at(-1)?.backups, undefined);
  assert.equal(rig.ledger.saves.at(-1)?.eventLog, undefined);
  assert.equal((await rig.ledger.history()).length, before.history);
  assert.equal(rig.mailer.mails.length, 1);
});

Deno.test("a copy that Windows made since goes into ledger and history without a mail", async () => {
  const rig = nightRig(BOTH);
  await rig.night([volume("C:", [1])], { eventLog: LOG });
  const result = await rig.night([volume("C:", [1])], {
    eventLog: LOG,
    events: [saved(1, "2026-11-20T18:00:00Z", 845)],
  });
  assert.deepEqual(result.changes, []);
  assert.equal(rig.mailer.mails.length, 1);
  assert.deepEqual(rig.ledger.view.backups.map((one) => one.place), ["entra"]);
  assert.match((await rig.ledger.history()).at(-1)?.text ?? "", /saved the recovery key .* to Entra ID/);
});

Deno.test("a log that cannot be read is no shortfall, no finding, and never taken for 'not saved'", async () => {
  for (const state of ["off", "missing", "unreadable"]) {
    const rig = nightRig(FOLDER);
    const result = await rig.night([volume("C:", [1])], {
      eventLog: { state, since: null, message: "Zugriff verweigert" },
    });
    assert.deepEqual([result.shortfalls, result.findings], [[], []], state);
    assert.deepEqual(rig.ledger.view.eventLog, { state, since: null });
    assert.match(sheetOf(rig), /Nobody can say whether Windows itself saved this key/, state);
    assert.doesNotMatch(sheetOf(rig), /No sign/, state);
  }
});

Deno.test("a share that this PC has no account for is named in the result, the ledger and what failed", async () => {
  const settings = {
    destinations: [{ name: "office", kind: "share", path: "\\\\srv\\keys$", sealed: false }],
  };
  const rig = nightRig(settings);
  rig.host = { ...rig.host, join: "entra" };
  rig.wrap = (ports) => ({ ...ports, openDestination: () => null });
  rig.nextDay();
  const start = (shareCredentials: readonly string[]): ReturnType<typeof rig.start> =>
    rig.start([volume("C:", [1])], {}, { shareCredentials });
  const without = await start([]);
  assert.equal(without.hints.length, 1);
  assert.deepEqual(rig.ledger.view.hints, without.hints);
  for (const code of ["destination-unreachable", "delivery-pending"]) {
    const text = without.findings.find((one) => one.code === code)?.text ?? "";
    assert.ok(text.endsWith(without.hints[0] ?? "?"), `${code}: ${text}`);
  }
  rig.nextDay();
  const stored = await start(["office"]);
  assert.deepEqual([stored.hints, rig.ledger.view.hints], [[], []]);
  assert.ok(stored.findings.every((one) => !one.text.includes("no account")));
});

Deno.test("backupNews() goes on from the last id, in the order of the log, and names a drive where it knows one", async () => {
  const row = (changes: Partial<WindowsBackup>): WindowsBackup => ({
    about: guidOf(1),
    place: "microsoft-account",
    outcome: "saved",
    at: "2026-11-20T18:03:11Z",
    code: null,
    ...changes,
  });
  const news = await backupNews(
    [
      row({}),
      row({ about: "C:", outcome: "failed", at: "2026-11-20T18:00:00Z" }),
      row({ about: guidOf(9), at: "2026-11-21T00:00:00Z" }),
    ],
    [knownVolume()],
    { runId: "run", at: TAKEN_AT, lastId: 4 },
  );
  assert.deepEqual(news.map((one) => [one.id, one.at, one.volume?.drive ?? null, one.keyId]), [
    [5, TAKEN_AT, "C:", null],
    [6, TAKEN_AT, "C:", guidOf(1)],
    [7, TAKEN_AT, null, null],
  ]);
});
