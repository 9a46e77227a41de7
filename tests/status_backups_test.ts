import assert from "node:assert/strict";
import type { LedgerChanges } from "../lib/ports.ts";
import { run as history } from "../tasks/history.ts";
import { run as status } from "../tasks/status.ts";
import type { TaskArguments, TaskRun } from "../tasks/task.ts";
import { knownKey, knownVolume, newsItem } from "./helpers/ledger_entries.ts";
import { outputOf } from "./helpers/ledger_task.ts";
import { deviceOf, guidOf, MACHINE, TAKEN_AT } from "./helpers/made_up_values.ts";

const OLD = "2026-11-01T03:00:00+01:00";

const KNOWN: LedgerChanges = {
  machineId: MACHINE,
  hostName: "ANNA-LAPTOP",
  volumes: [
    knownVolume({ firstSeenAt: OLD, protectors: [knownKey(1, { firstSeenAt: OLD }), knownKey(2)] }),
    knownVolume({
      deviceId: deviceOf(2),
      drive: "D:",
      label: "Photos",
      firstSeenAt: OLD,
      protectors: [knownKey(3), knownKey(4, { present: false, removedAt: TAKEN_AT })],
    }),
  ],
  backups: [
    {
      about: guidOf(1),
      place: "microsoft-account",
      outcome: "saved",
      at: "2026-11-20T18:03:11Z",
      code: null,
    },
    { about: "C:", place: "entra", outcome: "failed", at: "2026-11-23T18:03:11Z", code: "0x80072EE7" },
  ],
  eventLog: { state: "read", since: "2026-10-05T16:31:22Z" },
  run: { runId: "run-1", takenAt: TAKEN_AT, exit: 0, changes: 0, findings: [], shortfalls: [] },
};

function out(
  task: TaskRun,
  changes: LedgerChanges = {},
  values: TaskArguments["values"] = {},
): Promise<string> {
  return outputOf(task, { ...KNOWN, ...changes }, values);
}

Deno.test("status says of each key what Windows did with it, and tells the accounts apart once", async () => {
  const text = await out(status);
  const said = (number: number): string =>
    text.slice(text.indexOf(guidOf(number))).split("\n").slice(1).find((line) =>
      /Windows|Nobody/.test(line)
    ) ?? "";
  assert.match(
    said(1),
    /itself saved this key to your Microsoft account on 20 November 2026\. Windows tried to save/,
  );
  assert.match(said(2), /tried to save a recovery key of drive C: to Entra ID.* and failed \(0x80072EE7\)\./);
  assert.match(said(3), /No sign that Windows itself saved this key/);
  assert.equal(text.split("Easily mixed up").length, 2);
  assert.ok(text.indexOf("Easily mixed up") > text.indexOf(guidOf(4)));
  const old = text.slice(text.indexOf(guidOf(4)), text.indexOf("Easily mixed up"));
  assert.doesNotMatch(old, /Windows|Nobody/, "an old key of which nothing is known");
});

Deno.test("status says why nobody can know where Windows' log was not read, and what does not fit this PC", async () => {
  const text = await out(status, {
    backups: [],
    eventLog: { state: "off", since: null },
    hints: ['For the share "office" no credential is stored.'],
  });
  assert.match(text, /Windows' log of BitLocker is switched off/);
  assert.match(text, /Nobody can say whether Windows itself saved this key: its log is switched off\./);
  assert.match(text, /Note: For the share "office" no credential is stored\./);
  assert.doesNotMatch(text, /No sign/);
});

Deno.test("status --json lists the copies that Windows made by key, how far its log goes, and the hints", async () => {
  const document = JSON.parse(await out(status, { hints: ["one"] }, { json: true }));
  const keys = document.volumes.flatMap((one: { readonly keys: readonly unknown[] }) => one.keys);
  const failure = { place: "entra", outcome: "failed", at: "2026-11-23T18:03:11Z", code: "0x80072EE7" };
  assert.deepEqual(keys.map((one: { readonly windowsBackups: unknown }) => one.windowsBackups), [
    [{ place: "microsoft-account", outcome: "saved", at: "2026-11-20T18:03:11Z", code: null }, failure],
    [failure],
    [],
    [],
  ]);
  assert.deepEqual(document.eventLog, KNOWN.eventLog);
  assert.deepEqual(document.hints, ["one"]);
});

Deno.test("history shows copies that Windows made among the changes, of a drive where asked", async () => {
  const item = newsItem(1, {
    kind: "windows-backup",
    volume: { deviceId: deviceOf(1), drive: "C:", label: "Windows" },
    keyId: guidOf(1),
    text: "Windows itself saved the recovery key 00000001.",
    tell: false,
  });
  assert.match(
    await out(history, { news: [item] }),
    /- 24 November 2026: Windows itself saved the recovery key 00000001\./,
  );
  assert.match(await out(history, { news: [item] }, { drive: "D:" }), /No change of drive D: is known/);
  const { events } = JSON.parse(await out(history, { news: [item] }, { json: true, drive: "C:" }));
  assert.deepEqual(events.map((one: { readonly kind: string }) => one.kind), ["windows-backup"]);
});
