import assert from "node:assert/strict";
import type { Destination } from "../lib/ports.ts";
import { codesOf, keyId, killAt, Killed, kindsOf, nightRig, placeOf, volume } from "./helpers/night_rig.ts";
import { BOTH, FOLDER, SMTP } from "./helpers/night_settings.ts";
import { RECIPIENT } from "./helpers/settings_from.ts";

Deno.test("a first night delivers a report for each key and one sheet, the second writes status.json alone", async () => {
  const rig = nightRig(FOLDER);
  const first = await rig.night([volume("C:", [1]), volume("D:", [2, 3])]);
  assert.deepEqual(first.shortfalls, []);
  assert.deepEqual(rig.held("cloud", [1, 2, 3]), [1, 2, 3]);
  const cloud = placeOf(rig, "cloud");
  assert.deepEqual(cloud.calls.length, 5); // three reports, a sheet, the status
  const before = new Map(cloud.files);
  const saves = rig.ledger.saves.length;
  const second = await rig.night([volume("C:", [1]), volume("D:", [2, 3])]);
  assert.deepEqual(second.changes, []);
  assert.deepEqual(second.deliveries, []);
  assert.deepEqual(cloud.calls.slice(5), ["status ANNA-LAPTOP"]);
  assert.deepEqual([...cloud.files.keys()], [...before.keys()]);
  assert.equal(rig.ledger.saves.length, saves + 1, "a quiet night is one transaction");
});

Deno.test("a new key after a reinstall names the old one, and both stay at the destination", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  const result = await rig.night([volume("C:", [2], { deviceId: "\\\\?\\Volume{new}\\" })]);
  assert.deepEqual([...kindsOf(result)].sort(), ["key-added", "volume-found", "volume-missing"]);
  const text = result.changes.find((one) => one.kind === "key-added")?.text ?? "";
  for (
    const part of [
      keyId(1).slice(0, 8),
      keyId(2).slice(0, 8),
      "no longer open this drive",
      "20 November 2026",
    ]
  ) {
    assert.ok(text.includes(part), `${part} in: ${text}`);
  }
  assert.deepEqual(rig.held("cloud", [1, 2]), [1, 2]);
});

Deno.test("a deleted copy is delivered again; an altered one stays and gets a neighbour", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  const cloud = placeOf(rig, "cloud");
  const path = [...cloud.files.keys()].find((one) => one.endsWith(".TXT")) ?? "";
  cloud.files.delete(path);
  const again = await rig.night([volume("C:", [1])]);
  assert.deepEqual(again.deliveries.map((one) => one.outcome), ["delivered"]);
  assert.deepEqual(rig.held("cloud", [1]), [1]);
  const half = cloud.files.get(path)?.slice(0, 100) ?? new Uint8Array();
  cloud.files.set(path, half);
  await rig.night([volume("C:", [1])]);
  assert.deepEqual(cloud.files.get(path), half, "the damaged file is not touched");
  assert.ok(cloud.files.has(path.replace(".TXT", " (2).TXT")));
  const quiet = await rig.night([volume("C:", [1])]);
  assert.deepEqual(quiet.deliveries, []);
});

Deno.test("a destination that cannot be looked at is not empty: nothing is lost, nothing is written", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  placeOf(rig, "cloud").trouble = "not there";
  const away = await rig.night([volume("C:", [1])]);
  assert.deepEqual(codesOf(away), ["destination-unreachable"]);
  assert.equal(away.shortfalls.length, 1);
  placeOf(rig, "cloud").trouble = null;
  const back = await rig.night([volume("C:", [1])]);
  assert.deepEqual(codesOf(back), []);
  assert.deepEqual(back.deliveries, []);
});

Deno.test("a place that was away for copyMaxAgeDays with the only copies is a danger", async () => {
  const rig = nightRig({ ...FOLDER, copyMaxAgeDays: 2 });
  await rig.night([volume("C:", [1])]);
  placeOf(rig, "cloud").trouble = "not there";
  const severities: unknown[] = [];
  for (let night = 0; night < 4; night++) {
    const { findings } = await rig.night([volume("C:", [1])]);
    severities.push(findings.map((one) => `${one.code} ${one.severity}`).join());
  }
  assert.deepEqual(severities, [
    "destination-unreachable warning",
    "destination-unreachable warning",
    "destination-unreachable danger",
    "destination-unreachable danger",
  ]);
});

Deno.test("two PCs of one name do not share a folder", async () => {
  const anna = nightRig(FOLDER);
  await anna.night([volume("C:", [1])]);
  const other = nightRig(FOLDER);
  other.host = { name: "Anna-Laptop", machineId: "4c4c4544-0000-0000-0000-00000000beef" };
  other.places.set("cloud", placeOf(anna, "cloud"));
  await other.night([volume("C:", [2])]);
  const folders = new Set([...placeOf(anna, "cloud").files.keys()].map((path) => path.split("/")[0]));
  assert.equal(folders.size, 2, [...folders].join());
});

Deno.test("a path changed in the settings is another place: everything is delivered there", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  rig.settings = { destinations: [{ name: "cloud", kind: "folder", path: "/elsewhere", synced: true }] };
  rig.places.clear();
  await rig.night([volume("C:", [1])]);
  assert.deepEqual(rig.held("cloud", [1]), [1]);
});

Deno.test("a night ended at any write is made up for: no key lost, nothing told twice but the one mail at risk", async () => {
  const settings = {
    destinations: [
      ...BOTH.destinations,
      { name: "stick", kind: "folder", path: "/stick", sealed: false },
    ],
    smtp: SMTP,
    recipients: [RECIPIENT],
  };
  let tried = 0;
  for (const when of ["before", "after"] as const) {
    for (let count = 1;; count++) {
      const rig = nightRig(settings);
      await rig.night([volume("C:", [1])]);
      const kill = killAt(count, when);
      rig.wrap = (ports) => kill.wrap(ports);
      let died = false;
      try {
        await rig.night([volume("C:", [2]), volume("D:", [3])]);
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        died = true;
      }
      rig.wrap = (ports) => ports;
      const result = await rig.night([volume("C:", [2]), volume("D:", [3])]);
      const name = `${when} write ${count}`;
      assert.deepEqual(rig.held("stick", [1, 2, 3]), [1, 2, 3], name);
      assert.deepEqual(result.shortfalls, [], name);
      const told = rig.mailer.mails.slice(1).map((mail) => mail.text).join("\n");
      for (const number of [2, 3]) {
        assert.ok(told.includes(keyId(number).slice(0, 8)), `${name}: key ${number} was told`);
      }
      assert.ok(rig.mailer.mails.length <= 3, `${name}: ${rig.mailer.mails.length} mails`);
      assert.deepEqual((await rig.night([volume("C:", [2]), volume("D:", [3])])).deliveries, [], name);
      tried++;
      if (!died && kill.writes() < count) break;
    }
  }
  assert.ok(tried > 20, `${tried} places`);
});

Deno.test("a slow place costs at most its limit and delays no other", async () => {
  const rig = nightRig({
    destinations: [
      { name: "slow", kind: "folder", path: "/slow" },
      { name: "cloud", kind: "folder", path: "/cloud", synced: true },
    ],
    limits: { destinationSeconds: 1 },
  });
  rig.wrap = (ports) => ({
    ...ports,
    openDestination(settings, state): Destination | null {
      const real = ports.openDestination(settings, state);
      // never answers
      return real === null || settings.name !== "slow"
        ? real
        : { ...real, list: () => new Promise(() => {}) };
    },
  });
  const result = await rig.night([volume("C:", [1])]);
  assert.deepEqual(rig.held("cloud", [1]), [1]);
  assert.ok(
    result.findings.some((one) =>
      one.code === "destination-unreachable" && one.text.includes("longer than 1 second")
    ),
  );
});
