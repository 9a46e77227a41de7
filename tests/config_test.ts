import assert from "node:assert/strict";
import { readSettings } from "../lib/core/config.ts";
import type { Settings } from "../lib/core/settings.ts";
import { settingsFrom } from "./helpers/settings_from.ts";
import { errorOf, folder, mail, onedrive, recipients, share, smtp } from "./helpers/settings_samples.ts";
import type { Json } from "./helpers/snapshots.ts";

Deno.test("readSettings() fills in the defaults", () => {
  const expected: Settings = {
    destinations: [],
    smtp: null,
    recipients: [],
    notify: { changes: true, findings: "warning", heartbeatDays: 30 },
    copyMaxAgeDays: 30,
    verify: "never",
    language: "auto",
    templates: false,
    schedule: { at: "02:00", randomMinutes: 60, timeLimitMinutes: 60 },
    limits: { destinationSeconds: 60, mailSeconds: 60 },
    log: { level: "info" },
  };
  for (
    const file of [null, undefined, {}, "{}", "\ufeff{}\r\n", { notify: {}, limits: {}, log: {}, smtp: null }]
  ) {
    assert.deepEqual(readSettings({ file, policy: null, fileName: "x" }), {
      settings: expected,
      setAside: [],
    });
  }
});

Deno.test("readSettings() takes a file with every setting written out", () => {
  const file = {
    destinations: [onedrive, { ...folder, volume: "KEYS", synced: true, readableByUsers: true }, {
      ...share,
      sealed: true,
    }, {
      ...mail,
      keys: "sealed",
    }],
    smtp: { ...smtp, port: 587, security: "starttls", user: "tom", ca: null },
    recipients,
    notify: { changes: false, findings: "danger", heartbeatDays: 0 },
    copyMaxAgeDays: 14,
    verify: "never",
    language: "en",
    templates: true,
    schedule: { at: "23:59", randomMinutes: 0, timeLimitMinutes: 1440 },
    limits: { destinationSeconds: 5, mailSeconds: 7 },
    log: { level: "debug" },
  };
  for (const given of [file, JSON.stringify(file)]) {
    const { settings } = readSettings({ file: given, policy: null, fileName: "x" });
    assert.deepEqual(settings.destinations.map((one) => [one.name, one.kind]), [
      ["anna", "onedrive"],
      ["stick", "folder"],
      ["office", "share"],
      ["helper", "mail"],
    ]);
    assert.deepEqual(settings.smtp, file.smtp);
    assert.deepEqual(settings.notify, file.notify);
    assert.deepEqual(settings.schedule, file.schedule);
    assert.deepEqual(settings.limits, file.limits);
    assert.deepEqual([settings.copyMaxAgeDays, settings.language, settings.templates, settings.log.level], [
      14,
      "en",
      true,
      "debug",
    ]);
  }
});

Deno.test("readSettings() seals where there are recipients, unless a destination says otherwise", () => {
  const rows: readonly (readonly [Json, boolean, boolean])[] = [
    [folder, true, true],
    [folder, false, false],
    [{ ...folder, sealed: false }, true, false],
    [{ ...folder, sealed: true }, true, true],
    [share, true, true],
    [{ ...share, sealed: false }, true, false],
    [{ ...share, sealed: false }, false, false],
    [onedrive, true, true],
    [onedrive, false, false],
    [{ ...onedrive, sealed: false }, true, false],
  ];
  for (const [destination, withRecipients, sealed] of rows) {
    const settings = settingsFrom({
      destinations: [destination],
      recipients: withRecipients ? recipients : [],
    });
    const [one] = settings.destinations;
    assert.equal(one?.kind !== "mail" && one?.sealed, sealed, JSON.stringify(destination));
  }
});

Deno.test("readSettings() puts keys into a mail only sealed or when written out", () => {
  const rows: readonly (readonly [string | undefined, boolean, string])[] = [
    [undefined, false, "none"],
    [undefined, true, "sealed"],
    ["none", true, "none"],
    ["sealed", true, "sealed"],
    ["plain", true, "plain"],
    ["plain", false, "plain"],
  ];
  for (const [keys, withRecipients, expected] of rows) {
    const settings = settingsFrom({
      destinations: [keys === undefined ? mail : { ...mail, keys }],
      recipients: withRecipients ? recipients : [],
      smtp,
    });
    const [one] = settings.destinations;
    assert.equal(one?.kind === "mail" && one.keys, expected);
  }
});

Deno.test("readSettings() refuses what would give keys to anybody", () => {
  const rows: readonly (readonly [string, Json, RegExp])[] = [
    ["a plain share that is not meant so", { destinations: [share] }, /share "office" would hold plain keys/],
    [
      "a share to be sealed to nobody",
      { destinations: [{ ...share, sealed: true }] },
      /"office" is to be sealed/,
    ],
    [
      "a folder to be sealed to nobody",
      { destinations: [{ ...folder, sealed: true }] },
      /"stick" is to be sealed/,
    ],
    [
      "sealed mail to nobody",
      { destinations: [{ ...mail, keys: "sealed" }], smtp },
      /"helper" is to be sealed/,
    ],
    ["OneDrive of any user, plain", { destinations: [{ ...onedrive, user: "any" }] }, /any user/],
    ["OneDrive of any user, plain though there are recipients", {
      destinations: [{ ...onedrive, user: "any", sealed: false }],
      recipients,
    }, /any user/],
    [
      "OneDrive of any user, sealed to nobody",
      { destinations: [{ ...onedrive, user: "any", sealed: true }] },
      /sealed/,
    ],
  ];
  for (const [what, file, message] of rows) {
    const error = errorOf(file);
    assert.equal(error.code, "settings", what);
    assert.match(error.message, message, what);
    assert.match(error.hint ?? "", /recipients/, what);
  }
  assert.equal(
    settingsFrom({ destinations: [{ ...onedrive, user: "any" }], recipients }).destinations.length,
    1,
  );
  assert.equal(settingsFrom({ destinations: [{ ...share, sealed: false }] }).destinations.length, 1);
});
