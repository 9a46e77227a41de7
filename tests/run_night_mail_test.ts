/** Nights and their mails: what they hold, when they go, and what becomes of those that were refused. */

import assert from "node:assert/strict";
import { UserError } from "../lib/errors.ts";
import { codesOf, keyId, nightRig, password, volume } from "./helpers/night_rig.ts";
import { BOTH, SMTP } from "./helpers/night_settings.ts";
import { RECIPIENT } from "./helpers/settings_from.ts";

Deno.test("a refused mail is told as pending and made up for, under the same Message-ID; news gets another one", async () => {
  const rig = nightRig(BOTH);
  const sent: string[] = [];
  rig.wrap = (ports) => ({
    ...ports,
    mailer: { send: (mail) => (sent.push(mail.messageId), rig.mailer.send(mail)) },
  });
  rig.mailer.trouble = "450 later";
  const first = await rig.night([volume("C:", [1])]);
  assert.ok(codesOf(first).includes("delivery-pending"));
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
    assert.equal(codesOf(result).includes("no-copy-outside"), keys === "none", keys);
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

Deno.test("the mail of the first night does not call missing what it brings itself", async () => {
  const rig = nightRig({
    destinations: [{ name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" }],
    smtp: SMTP,
  });
  await rig.night([volume("C:", [1])]);
  assert.ok(!rig.mailer.mails[0]?.text.includes("no copy outside"), rig.mailer.mails[0]?.text);
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
  assert.ok(codesOf(result).includes("copy-lost"), codesOf(result).join());
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
