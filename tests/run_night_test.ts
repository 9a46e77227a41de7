import assert from "node:assert/strict";
import { UserError } from "../lib/errors.ts";
import type { Destination } from "../lib/ports.ts";
import { keyId, killAt, Killed, nightRig, password, placeOf, volume } from "./helpers/night_rig.ts";

const FOLDER = { destinations: [{ name: "cloud", kind: "folder", path: "/cloud", synced: true }] };
const SMTP = { host: "smtp.example.org", from: "keys@example.org" };
const BOTH = {
  destinations: [...FOLDER.destinations, { name: "helper", kind: "mail", to: ["tom@example.org"] }],
  smtp: SMTP,
};
const RECIPIENT = `age1${"q".repeat(58)}`;

const kinds = (result: { readonly changes: readonly { readonly kind: string }[] }): readonly string[] =>
  result.changes.map((one) => one.kind);
const codes = (result: { readonly findings: readonly { readonly code: string }[] }): readonly string[] =>
  result.findings.map((one) => one.code);

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
  assert.deepEqual([...kinds(result)].sort(), ["key-added", "volume-found", "volume-missing"]);
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

Deno.test("a refused mail is told as pending and made up for, under the same Message-ID; news gets another one", async () => {
  const rig = nightRig(BOTH);
  const sent: string[] = [];
  rig.wrap = (ports) => ({
    ...ports,
    mailer: { send: (mail) => (sent.push(mail.messageId), rig.mailer.send(mail)) },
  });
  rig.mailer.trouble = "450 later";
  const first = await rig.night([volume("C:", [1])]);
  assert.ok(codes(first).includes("delivery-pending"));
  assert.equal(first.shortfalls.length, 1);
  rig.mailer.trouble = null;
  await rig.night([volume("C:", [1])]);
  assert.equal(rig.mailer.mails.length, 1);
  const text = rig.mailer.mails[0]?.text ?? "";
  assert.ok(text.includes(keyId(1).slice(0, 8)), text);
  await rig.night([volume("C:", [1, 2])]);
  assert.equal(rig.mailer.mails.length, 2);
  assert.equal(new Set(rig.mailer.mails.map((mail) => mail.messageId)).size, 2);
  assert.equal(rig.mailer.mails[0]?.threadId, rig.mailer.mails[1]?.threadId);
  await rig.night([volume("C:", [1, 2])]);
  assert.equal(rig.mailer.mails.length, 2, "a quiet night sends nothing");
});

Deno.test("a retry that adds nothing keeps its Message-ID", async () => {
  const rig = nightRig(BOTH);
  const sent: string[] = [];
  rig.wrap = (ports) => ({
    ...ports,
    mailer: { send: (mail) => (sent.push(mail.messageId), rig.mailer.send(mail)) },
  });
  rig.mailer.trouble = "421 busy";
  await rig.night([volume("C:", [1])]);
  rig.mailer.trouble = null;
  await rig.night([volume("C:", [1])]);
  assert.equal(sent.length, 2);
  assert.equal(sent[0], sent[1]);
});

Deno.test("a mail without keys holds no digits, a plain one holds them, a sealed one attaches what only recipients open", async () => {
  for (const keys of ["none", "plain", "sealed"] as const) {
    const rig = nightRig({
      destinations: [{ name: "helper", kind: "mail", to: ["tom@example.org"], keys }],
      smtp: SMTP,
      recipients: keys === "sealed" ? [RECIPIENT] : [],
    });
    const result = await rig.night([volume("C:", [1])]);
    const mail = rig.mailer.mails[0];
    assert.ok(mail);
    const bodies = mail.text + mail.html;
    const shown = bodies.replace(/<[^>]*>|[\s-]/g, "").includes(password(1).replaceAll("-", ""));
    assert.equal(shown, keys === "plain", keys);
    assert.deepEqual(
      mail.attachments.map((one) => one.name.replace(/^.*\./, "")),
      {
        none: [],
        plain: ["TXT", "html"],
        sealed: ["age", "age"],
      }[keys],
    );
    assert.equal(codes(result).includes("no-copy-outside"), keys === "none", keys);
    if (keys !== "none") assert.deepEqual(result.shortfalls, []);
  }
});

Deno.test("at most four mails go to one address in a day, the rest is told with the next one", async () => {
  const rig = nightRig(BOTH);
  for (let number = 1; number <= 6; number++) {
    await rig.night([volume("C:", Array.from({ length: number }, (_, index) => index + 1))]);
    rig.clock.set("2026-11-20T02:00:00Z");
    rig.wrap = (ports) => ({ ...ports, clock: { now: () => new Date("2026-11-20T02:00:00Z") } });
  }
  assert.equal(rig.mailer.mails.length, 4);
  rig.wrap = (ports) => ({ ...ports, clock: { now: () => new Date("2026-11-21T02:00:01Z") } });
  await rig.night([volume("C:", [1, 2, 3, 4, 5, 6])]);
  assert.equal(rig.mailer.mails.length, 5);
  const last = rig.mailer.mails[4]?.text ?? "";
  for (const number of [5, 6]) assert.ok(last.includes(keyId(number).slice(0, 8)), last);
});

Deno.test("without news for heartbeatDays a mail says that all is well", async () => {
  const rig = nightRig({ ...BOTH, notify: { heartbeatDays: 3 } });
  for (let night = 0; night < 8; night++) await rig.night([volume("C:", [1])]);
  assert.equal(rig.mailer.mails.length, 3);
  assert.ok(rig.mailer.mails[1]?.text.includes("still watching"), rig.mailer.mails[1]?.text);
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
  assert.deepEqual(codes(away), ["destination-unreachable"]);
  assert.equal(away.shortfalls.length, 1);
  placeOf(rig, "cloud").trouble = null;
  const back = await rig.night([volume("C:", [1])]);
  assert.deepEqual(codes(back), []);
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
  assert.ok(!codes(await rig.night([volume("C:", [2])])).includes("copy-lost"), "a copy is left");
  const cloud = placeOf(rig, "cloud");
  for (const path of [...cloud.files.keys()]) if (path.includes(keyId(1))) cloud.files.delete(path);
  for (let night = 0; night < 2; night++) {
    const result = await rig.night([volume("C:", [2])]);
    assert.ok(codes(result).includes("copy-lost"), codes(result).join());
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
  assert.ok(codes(result).includes("ledger-replaced"));
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

Deno.test("the mail of the first night does not call missing what it brings itself", async () => {
  const rig = nightRig({
    destinations: [{ name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" }],
    smtp: SMTP,
  });
  await rig.night([volume("C:", [1])]);
  assert.ok(!rig.mailer.mails[0]?.text.includes("no copy outside"), rig.mailer.mails[0]?.text);
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

Deno.test("a mail goes out with its news though the archive lost a report that it was to bring", async () => {
  const rig = nightRig({
    destinations: [{ name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" }],
    smtp: SMTP,
  });
  rig.mailer.trouble = "450 later";
  await rig.night([volume("C:", [1])]);
  rig.mailer.trouble = null;
  rig.archive.files.clear();
  const result = await rig.night([volume("C:", [2])]);
  const mail = rig.mailer.mails[0];
  assert.ok(
    mail?.attachments.some((one) => one.name.includes(keyId(2))),
    mail?.attachments.map((one) => one.name).join(),
  );
  assert.ok(mail?.text.includes(keyId(1).slice(0, 8)));
  assert.ok(codes(result).includes("copy-lost"), codes(result).join());
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
  assert.ok(codes(other).includes("copy-lost"));
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
  assert.deepEqual(codes(result), []);
});

Deno.test("whoever reads a late mail is not told that it is late, but the other one is", async () => {
  const rig = nightRig({
    destinations: [...BOTH.destinations, { name: "other", kind: "mail", to: ["anna@example.org"] }],
    smtp: SMTP,
  });
  rig.mailer.refused.add("tom@example.org");
  await rig.night([volume("C:", [1])]);
  rig.mailer.refused.clear();
  await rig.night([volume("C:", [1])]);
  const [first, ...second] = rig.mailer.mails;
  assert.deepEqual(first?.to, ["anna@example.org"]);
  assert.deepEqual(second.map((mail) => mail.to[0]).sort(), ["anna@example.org", "tom@example.org"]);
  const textTo = (address: string): string => second.find((mail) => mail.to[0] === address)?.text ?? "";
  assert.match(textTo("anna@example.org"), /could not be delivered to "helper"/);
  assert.doesNotMatch(textTo("tom@example.org"), /could not be delivered/);
  await rig.night([volume("C:", [1])]);
  assert.equal(rig.mailer.mails.length, 3);
});

Deno.test("a report that the archive cannot read tonight ends neither the night nor the other mails", async () => {
  const rig = nightRig({
    destinations: [
      { name: "keys", kind: "mail", to: ["tom@example.org"], keys: "plain" },
      { name: "news", kind: "mail", to: ["anna@example.org"] },
    ],
    smtp: SMTP,
  });
  rig.wrap = (ports) => ({
    ...ports,
    archive: {
      ...rig.archive,
      get: () => Promise.reject(new UserError("ledger", "Cannot read: the disk fails")),
    },
  });
  const result = await rig.night([volume("C:", [1])]);
  assert.deepEqual(rig.mailer.mails.map((mail) => mail.to[0]), ["anna@example.org"]);
  assert.match(result.shortfalls.join(), /the disk fails/);
});
