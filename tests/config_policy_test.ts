import assert from "node:assert/strict";
import fc from "fast-check";
import { readSettings } from "../lib/core/config.ts";
import { RECIPIENT } from "./helpers/settings_from.ts";
import { folder, mail, onedrive, recipients, smtp } from "./helpers/settings_samples.ts";
import type { Json } from "./helpers/snapshots.ts";
import { userErrorOf } from "./helpers/user_error.ts";

Deno.test("readSettings() lays policy over the file", () => {
  const read = readSettings({
    file: { destinations: [folder], log: { level: "debug" }, notify: { heartbeatDays: 7 } },
    policy: { "Notify.Findings": "danger", "Log.Level": "error", "Folder.Path": "D:\\Keys" },
    fileName: "x",
  });
  assert.deepEqual(read.setAside, []);
  assert.deepEqual(read.settings.notify, { changes: true, findings: "danger", heartbeatDays: 7 });
  assert.equal(read.settings.log.level, "error");
  assert.deepEqual(read.settings.destinations.map((one) => one.name), ["stick", "folder"]);
});

Deno.test("readSettings() refuses a wrong file also where there is a policy", () => {
  for (const file of ["{", { destination: [] }, { copyMaxAgeDays: "x" }]) {
    const error = userErrorOf(() => readSettings({ file, policy: { "Log.Level": "error" }, fileName: "x" }));
    assert.equal(error.code, "settings");
  }
});

Deno.test("readSettings() lets policy complete what the file alone lacks", () => {
  const read = readSettings({
    file: { destinations: [mail] },
    policy: { "Smtp.Host": "smtp.example.org", "Smtp.From": "keys@example.org" },
    fileName: "x",
  });
  assert.deepEqual(read.setAside, []);
  assert.equal(read.settings.smtp?.host, "smtp.example.org");
});

Deno.test("readSettings() sets aside a policy value that does not fit the whole, and goes on with the rest", () => {
  const read = readSettings({
    file: {},
    policy: { "Share.Path": "\\\\srv\\keys", "Notify.Findings": "danger" },
    fileName: "x",
  });
  assert.deepEqual(read.settings.destinations, []);
  assert.equal(read.setAside.length, 1);
  assert.match(read.setAside[0]?.name ?? "", /^Share/);
  assert.equal(read.settings.notify.findings, "danger");
});

Deno.test("readSettings() lets no policy value stop a PC whose other settings do", () => {
  const read = readSettings({
    file: { destinations: [mail] },
    policy: {
      "Smtp.Host": "smtp.example.org",
      "Smtp.From": "keys@example.org",
      "Share.Path": "\\\\srv\\keys",
    },
    fileName: "x",
  });
  assert.deepEqual(read.settings.destinations.map((one) => one.name), ["helper"]);
  assert.equal(read.setAside.length, 1);
});

Deno.test("readSettings() lets no policy at all stop a PC whose file is right", () => {
  const files = [{}, { destinations: [folder], recipients }, { destinations: [mail, onedrive], smtp }];
  const names = [
    ..."Folder.Path Share.Path Share.Sealed OneDrive.User OneDrive.Sealed Mail.To Mail.Keys Smtp.Host Smtp.From"
      .split(" "),
    ..."Smtp.Port Smtp.Security Smtp.User Recipients Notify.Findings Later.Slot".split(" "),
  ];
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(
      "any",
      "plain",
      "sealed",
      "none",
      "\\\\srv\\keys",
      "D:\\Keys",
      "smtp.example.org",
      "a@b.c",
      RECIPIENT,
      0,
      1,
      25,
    ),
  );
  fc.assert(
    fc.property(
      fc.constantFrom<Json>(...files),
      fc.dictionary(fc.constantFrom(...names), value),
      (file, policy) => {
        assert.ok(readSettings({ file, policy, fileName: "x" }).settings);
      },
    ),
    { seed: 20261124, numRuns: 1000 },
  );
});
