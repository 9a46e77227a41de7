/** Nights that lost something: of the archive, the ledger, the secret or the template. */

import assert from "node:assert/strict";
import { codesOf, keyId, nightRig, placeOf, volume } from "./helpers/night_rig.ts";
import { BOTH, FOLDER } from "./helpers/night_settings.ts";
import { RECIPIENT } from "./helpers/settings_from.ts";

Deno.test("with recipients the PC keeps nothing that it can open once all is delivered", async () => {
  const rig = nightRig({
    destinations: [
      { name: "cloud", kind: "folder", path: "/cloud", synced: true },
      { name: "safe", kind: "folder", path: "/safe", sealed: false },
    ],
    recipients: [RECIPIENT],
  });
  placeOf(rig, "safe").trouble = "not there";
  await rig.night([volume("C:", [1])]);
  const own = (): number => [...rig.archive.files.keys()].filter((key) => key.startsWith("pc ")).length;
  assert.equal(own(), 2, "the plain report and sheet are kept while they are owed");
  assert.deepEqual(rig.held("cloud", [1]), [], "sealed there");
  placeOf(rig, "safe").trouble = null;
  await rig.night([volume("C:", [1])]);
  assert.deepEqual(rig.held("safe", [1]), [1]);
  assert.equal(own(), 0);
  const quiet = await rig.night([volume("C:", [1])]);
  assert.deepEqual(quiet.deliveries, []);
  rig.settings = {
    ...rig.settings,
    destinations: [...rig.settings["destinations"] as unknown[], {
      name: "later",
      kind: "folder",
      path: "/later",
      sealed: false,
    }],
  };
  await rig.night([volume("C:", [1])]);
  assert.deepEqual(rig.held("later", [1]), [1], "a plain place added later gets the current keys");
  const calls = placeOf(rig, "safe").calls.length;
  const last = await rig.night([volume("C:", [1])]);
  assert.deepEqual(last.deliveries, []);
  assert.equal(placeOf(rig, "safe").calls.length, calls + 1);
  assert.equal(own(), 0);
});

Deno.test("an old key that the archive lost is told as lost once its last copy is gone", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  await rig.night([volume("C:", [2])]);
  for (const key of [...rig.archive.files.keys()]) if (key.includes(keyId(1))) rig.archive.files.delete(key);
  assert.ok(!codesOf(await rig.night([volume("C:", [2])])).includes("copy-lost"), "a copy is left");
  const cloud = placeOf(rig, "cloud");
  for (const path of [...cloud.files.keys()]) if (path.includes(keyId(1))) cloud.files.delete(path);
  for (let night = 0; night < 2; night++) {
    const result = await rig.night([volume("C:", [2])]);
    assert.ok(codesOf(result).includes("copy-lost"), codesOf(result).join());
  }
});

Deno.test("a current key that the archive lost is made again from tonight's snapshot", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  rig.archive.files.clear();
  const cloud = placeOf(rig, "cloud");
  for (const path of [...cloud.files.keys()]) if (path.endsWith(".TXT")) cloud.files.delete(path);
  const result = await rig.night([volume("C:", [1])]);
  assert.deepEqual(rig.held("cloud", [1]), [1]);
  assert.deepEqual(result.shortfalls, []);
  assert.deepEqual((await rig.night([volume("C:", [1])])).deliveries, []);
});

Deno.test("a new ledger beside a full archive delivers old keys again and says what happened", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  await rig.night([volume("C:", [2])]);
  const fresh = nightRig(FOLDER);
  for (const [key, bytes] of rig.archive.files) fresh.archive.files.set(key, bytes);
  fresh.ledger.damage = ["it was lost"];
  fresh.places.set("cloud", placeOf(rig, "cloud"));
  const count = placeOf(rig, "cloud").files.size;
  const result = await fresh.night([volume("C:", [2])]);
  assert.ok(codesOf(result).includes("ledger-replaced"));
  assert.equal(result.shortfalls.length, 1);
  assert.equal(
    placeOf(rig, "cloud").files.size,
    count + 1,
    "what lies there right stays, and a sheet joins it",
  );
  assert.deepEqual(fresh.held("cloud", [1, 2]), [1, 2]);
  placeOf(rig, "cloud").files.clear();
  fresh.ledger.damage = [];
  await fresh.night([volume("C:", [2])]);
  assert.deepEqual(fresh.held("cloud", [1, 2]), [1, 2], "the old key is still owed");
});

Deno.test("after a reinstall without ledger, status.json at the destination names the old key", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  const fresh = nightRig(FOLDER);
  fresh.places.set("cloud", placeOf(rig, "cloud"));
  const result = await fresh.night([volume("C:", [2], { deviceId: "\\\\?\\Volume{new}\\" })]);
  const text = result.changes.find((one) => one.kind === "key-added")?.text ?? "";
  assert.ok(text.includes(keyId(1).slice(0, 8)) && text.includes("no longer open"), text);
});

Deno.test("a locked drive without a plain report makes one sheet without it, and one with it once it is unlocked", async () => {
  const rig = nightRig({ ...FOLDER, recipients: [RECIPIENT] });
  const locked = {
    lockStatus: 1,
    protectionStatus: 2,
    conversionStatus: null,
    protectors: [{ id: keyId(2), type: 3 }],
  };
  await rig.night([volume("C:", [1]), volume("D:", [2])]);
  const sheets = (): number =>
    [...placeOf(rig, "cloud").files.keys()].filter((path) => path.includes("sheet")).length;
  assert.equal(sheets(), 1);
  await rig.night([volume("C:", [3]), volume("D:", [2], locked)]);
  await rig.night([volume("C:", [3]), volume("D:", [2], locked)]);
  assert.equal(sheets(), 2);
  await rig.night([volume("C:", [3]), volume("D:", [2])]);
  await rig.night([volume("C:", [3]), volume("D:", [2])]);
  assert.equal(sheets(), 3);
});

Deno.test("a night with another archive key loses nothing for good", async () => {
  const rig = nightRig(FOLDER);
  await rig.night([volume("C:", [1])]);
  await rig.night([volume("C:", [2])]);
  placeOf(rig, "cloud").files.clear();
  rig.wrap = (ports) => ({
    ...ports,
    archiveKey: {
      identity: () => Promise.resolve("AGE-SECRET-KEY-1OTHER"),
      others: () => Promise.resolve([]),
    },
  });
  const other = await rig.night([volume("C:", [2])]);
  assert.ok(codesOf(other).includes("copy-lost"));
  assert.deepEqual(rig.held("cloud", [1, 2]), [2], "the current key is made again");
  rig.wrap = (ports) => ports;
  await rig.night([volume("C:", [2])]);
  assert.deepEqual(rig.held("cloud", [1, 2]), [1, 2]);
});

Deno.test("a wrong template of an organisation keeps no key from leaving: the program's own is used, and it is told", async () => {
  const rig = nightRig(BOTH);
  const { builtIn } = rig.templates;
  rig.templates = {
    builtIn,
    load: async () => ({
      ...await builtIn(),
      sheetHtml: "<!DOCTYPE html><html><head></head>{{digits}}",
      mailText: "{{x}}",
    }),
  };
  const result = await rig.night([volume("C:", [1])]);
  assert.deepEqual(rig.held("cloud", [1]), [1]);
  assert.equal(rig.mailer.mails.length, 1);
  assert.ok([...placeOf(rig, "cloud").files.keys()].some((path) => path.endsWith("Recovery sheet.html")));
  assert.match(result.shortfalls.join("\n"), /"sheet\.html".*digits/);
  assert.match(result.shortfalls.join("\n"), /"mail\.txt"/);
  rig.templates = { builtIn, load: builtIn };
  assert.deepEqual((await rig.night([volume("C:", [1])])).shortfalls, []);
});

Deno.test("what a night without the secret sealed to the key file opens again once the secret is back", async () => {
  const rig = nightRig(FOLDER);
  rig.wrap = (ports) => ({
    ...ports,
    archiveKey: {
      identity: () => Promise.resolve("AGE-SECRET-KEY-1FILE"),
      others: () => Promise.resolve([]),
    },
  });
  await rig.night([volume("C:", [1])]);
  rig.wrap = (ports) => ({
    ...ports,
    archiveKey: {
      identity: () => Promise.resolve("AGE-SECRET-KEY-1PC"),
      others: () => Promise.resolve(["AGE-SECRET-KEY-1FILE"]),
    },
  });
  await rig.night([volume("C:", [2])]);
  placeOf(rig, "cloud").files.clear();
  const result = await rig.night([volume("C:", [2])]);
  assert.deepEqual(rig.held("cloud", [1, 2]), [1, 2]);
  assert.deepEqual(codesOf(result), []);
});
