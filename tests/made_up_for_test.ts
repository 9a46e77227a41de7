/** What a killed night leaves undone, and what a clock that is set back must not undo. */

import assert from "node:assert/strict";
import { tidyDataFolder } from "../lib/effects/data_folder.ts";
import { keyId, killAt, Killed, nightRig, placeOf, type Rig, volume } from "./helpers/night_rig.ts";
import { filesBelow, inFolder } from "./helpers/program.ts";
import { RECIPIENT } from "./helpers/settings_from.ts";

const FOLDERS = {
  destinations: [
    { name: "cloud", kind: "folder", path: "/cloud", synced: true, sealed: false },
    { name: "vault", kind: "folder", path: "/vault", synced: true },
    { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "none" },
  ],
  smtp: { host: "mail.example.org", from: "keys@example.org" },
  recipients: [RECIPIENT],
};

/** Runs a night that is killed at its n-th write. */
async function killed(rig: Rig, volumes: readonly unknown[], kill: ReturnType<typeof killAt>): Promise<void> {
  const usual = rig.wrap;
  rig.wrap = (ports) => kill.wrap(ports);
  await assert.rejects(() => rig.night(volumes), Killed);
  rig.wrap = usual;
}

Deno.test("the event log tells changes of a run that was killed, also after its mails were taken", async () => {
  let afterMails = 0;
  for (let count = 1;; count++) {
    const rig = nightRig(FOLDERS);
    await rig.night([volume("C:", [1])]);
    const kill = killAt(count, "after");
    rig.wrap = (ports) => kill.wrap(ports);
    const ended = await rig.night([volume("C:", [2])]).then(() => true, () => false);
    rig.wrap = (ports) => ports;
    if (ended || rig.ledger.view.lastRun?.runId === "run-21") break;
    if (rig.ledger.view.news.length === 0 && rig.mailer.mails.length === 2) afterMails++;
    const { recorded } = await rig.night([volume("C:", [2])]);
    assert.deepEqual(recorded.map(({ kind }) => kind).sort(), ["key-added", "key-removed"], `write ${count}`);
    assert.deepEqual((await rig.night([volume("C:", [2])])).recorded, [], `write ${count}`);
  }
  assert.ok(afterMails > 0, "one kill fell between the record of the mail and that of the run");
});

Deno.test("a key that a killed run has kept is owed everywhere, also when the next run shows another one", async () => {
  let kept = 0;
  for (let count = 1; count < 12; count++) {
    const rig = nightRig(FOLDERS);
    await rig.night([volume("C:", [1])]);
    await killed(rig, [volume("C:", [2])], killAt(count, "after"));
    const isKept = [...rig.archive.files.keys()].some((path) => path.includes(keyId(2)));
    await rig.night([volume("C:", [3])]);
    const keys = isKept ? [1, 2, 3] : [1, 3];
    assert.deepEqual(rig.held("cloud", [1, 2, 3]), keys, `write ${count}`);
    const sealed = [...placeOf(rig, "vault").files.keys()].join("\n");
    assert.ok(keys.every((key) => sealed.includes(keyId(key))), `write ${count}`);
    assert.deepEqual((await rig.night([volume("C:", [3])])).deliveries, [], `write ${count}`);
    if (isKept) kept++;
  }
  assert.ok(kept > 5);
});

Deno.test("a key that lies sealed alone in the archive of a killed run reaches its destinations", async () => {
  const rig = nightRig({
    destinations: [{ name: "vault", kind: "folder", path: "/vault", synced: true }],
    recipients: [RECIPIENT],
  });
  await rig.night([volume("C:", [1])]);
  await killed(rig, [volume("C:", [2])], killAt(1, "after"));
  const { shortfalls } = await rig.night([volume("C:", [3])]);
  assert.deepEqual(shortfalls, []);
  assert.ok([...placeOf(rig, "vault").files.keys()].some((path) => path.includes(keyId(2))));
  assert.deepEqual((await rig.night([volume("C:", [3])])).deliveries, []);
});

Deno.test("after a clock was set back a changed key gives one new sheet, and then nights are quiet", async () => {
  const rig = nightRig(FOLDERS);
  await rig.night([volume("C:", [1])]);
  for (const day of ["2026-11-20", "2025-11-20"]) {
    const key = day.startsWith("2026") ? 2 : 3;
    const start = (hour: number): ReturnType<Rig["start"]> =>
      rig.start([volume("C:", [key])], { takenAt: `${day}T0${hour}:00:00.000+01:00` });
    const { deliveries } = await start(2);
    const cloud = deliveries.filter((one) => one.destination === "cloud").map((one) => one.outcome);
    assert.deepEqual(cloud, ["delivered", "delivered"], day);
    const mails = rig.mailer.mails.length;
    assert.deepEqual((await start(3)).deliveries, [], day);
    assert.equal(rig.mailer.mails.length, mails, day);
  }
});

Deno.test("a run clears the data folder of what a killed one left unfinished, and of nothing else", () =>
  inFolder(async (folder) => {
    const left = `.spare-key-${crypto.randomUUID()}.tmp`;
    await Deno.mkdir(`${folder}/archive`);
    for (const name of [left, ".spare-key-mine.tmp", "archive.key", `archive/${left}`]) {
      await Deno.writeTextFile(`${folder}/${name}`, "AGE-SECRET-KEY-1");
    }
    tidyDataFolder(folder);
    const names = [...(await filesBelow(folder)).keys()].sort();
    assert.deepEqual(names, [".spare-key-mine.tmp", "archive.key", `archive/${left}`]);
  }));
