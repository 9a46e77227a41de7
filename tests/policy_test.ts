import assert from "node:assert/strict";
import fc from "fast-check";
import { type Overlaid, overlayPolicy, POLICY_SLOTS } from "../lib/core/policy.ts";
import { type SettingsDocument, settingsSchema } from "../lib/core/settings_schema.ts";
import { RECIPIENT } from "./helpers/settings_from.ts";
import { passwordOf } from "./helpers/made_up_values.ts";
import type { Json } from "./helpers/snapshots.ts";

const file: SettingsDocument = {
  destinations: [
    { name: "stick", kind: "folder", path: "E:\\Keys" },
    { name: "Share", kind: "share", path: "\\\\old\\keys", sealed: true },
    { name: "helper", kind: "mail", to: ["tom@example.org"] },
  ],
  recipients: [RECIPIENT],
  smtp: { host: "old.example.org", from: "keys@example.org", port: 25 },
  notify: { heartbeatDays: 7, findings: "info" },
};

const second = `age1${"z".repeat(58)}`;

function overlaid(policy: Json, over: SettingsDocument = file): Overlaid {
  return overlayPolicy(over, policy);
}

Deno.test("overlayPolicy() knows every slot", () => {
  const rows: readonly (readonly [string, unknown, Json])[] = [
    ["Folder.Path", "D:\\Keys", { destinations: [{ name: "folder", kind: "folder", path: "D:\\Keys" }] }],
    ["Share.Path", "\\\\srv\\keys$", {
      destinations: [{ name: "share", kind: "share", path: "\\\\srv\\keys$" }],
    }],
    ["OneDrive.User", "any", { destinations: [{ name: "onedrive", kind: "onedrive", user: "any" }] }],
    ["OneDrive.User", "S-1-5-21-1-2-3-1001", {
      destinations: [{ name: "onedrive", kind: "onedrive", user: "S-1-5-21-1-2-3-1001" }],
    }],
    ["Mail.To", ["a@b.c"], { destinations: [{ name: "mail", kind: "mail", to: ["a@b.c"] }] }],
    ["Recipients", [RECIPIENT, second], { recipients: [RECIPIENT, second] }],
    ["Notify.Changes", 0, { notify: { changes: false } }],
    ["Notify.Findings", "danger", { notify: { findings: "danger" } }],
    ["Notify.HeartbeatDays", 14, { notify: { heartbeatDays: 14 } }],
    ["CopyMaxAgeDays", 60, { copyMaxAgeDays: 60 }],
    ["Verify", "never", { verify: "never" }],
    ["Language", "en", { language: "en" }],
    ["Templates", 1, { templates: true }],
    ["Schedule.At", "03:30", { schedule: { at: "03:30" } }],
    ["Schedule.RandomMinutes", 0, { schedule: { randomMinutes: 0 } }],
    ["Schedule.TimeLimitMinutes", 120, { schedule: { timeLimitMinutes: 120 } }],
    ["Limits.DestinationSeconds", 30, { limits: { destinationSeconds: 30 } }],
    ["Limits.MailSeconds", 30, { limits: { mailSeconds: 30 } }],
    ["Log.Level", "debug", { log: { level: "debug" } }],
  ];
  for (const [slot, value, settings] of rows) {
    const [used] = POLICY_SLOTS[slot] ?? [];
    assert.deepEqual(overlaid({ [slot]: value }, {}), { settings, setAside: [], used: [used] }, slot);
    assert.deepEqual(overlaid({ [slot.toUpperCase()]: value }, {}).settings, settings, `${slot} in capitals`);
  }
});

Deno.test("overlayPolicy() puts the slots of one destination, and of the mail server, together", () => {
  const { settings, setAside } = overlaid({
    "Folder.Path": "E:\\Keys",
    "Folder.Volume": "KEYS",
    "Share.Path": "\\\\srv\\keys$",
    "Share.Sealed": 0,
    "Mail.To": "tom@example.org; anna@example.org",
    "Mail.Keys": "none",
    "Smtp.Host": "smtp.example.org",
    "Smtp.Port": 465,
    "Smtp.Security": "tls",
    "Smtp.User": "tom",
    "Smtp.From": "keys@example.org",
  }, {});
  assert.deepEqual(setAside, []);
  assert.deepEqual(settings, {
    destinations: [
      { name: "folder", kind: "folder", path: "E:\\Keys", volume: "KEYS" },
      { name: "share", kind: "share", path: "\\\\srv\\keys$", sealed: false },
      { name: "mail", kind: "mail", to: ["tom@example.org", "anna@example.org"], keys: "none" },
    ],
    smtp: { host: "smtp.example.org", port: 465, security: "tls", user: "tom", from: "keys@example.org" },
  });
});

Deno.test("overlayPolicy() replaces the file's destination of a slot's name and lets the others stay", () => {
  const { settings } = overlaid({ "Share.Path": "\\\\new\\keys" });
  const paths = settings.destinations?.map((one) => [one.name, "path" in one ? one.path : null]);
  assert.deepEqual(paths, [["stick", "E:\\Keys"], ["helper", null], ["share", "\\\\new\\keys"]]);
});

Deno.test("overlayPolicy() goes before the file, value by value, and leaves what it does not name", () => {
  const { settings, setAside } = overlaid({ "Smtp.Host": "new.example.org", "Notify.Findings": "danger" });
  assert.deepEqual(setAside, []);
  assert.deepEqual(settings.smtp, { host: "new.example.org", from: "keys@example.org", port: 25 });
  assert.deepEqual(settings.notify, { heartbeatDays: 7, findings: "danger" });
  assert.deepEqual(settings.recipients, file.recipients);
  assert.deepEqual(overlaid({ Recipients: [second] }).settings.recipients, [second]);
  assert.deepEqual(overlaid({}), { settings: file, setAside: [], used: [] });
});

Deno.test("overlayPolicy() reads lists and flags in each form in which the registry holds them", () => {
  const both = [RECIPIENT, second];
  for (
    const value of [both, { 1: RECIPIENT, 2: second }, `${RECIPIENT};${second}`, `${RECIPIENT}, ${second}`, [
      ...both,
      "",
    ], `${RECIPIENT};${second};`]
  ) assert.deepEqual(overlaid({ Recipients: value }, {}).settings.recipients, both, JSON.stringify(value));
  for (const [value, flag] of [[1, true], [0, false], [true, true], [false, false]] as const) {
    assert.equal(overlaid({ Templates: value }, {}).settings.templates, flag);
  }
});

Deno.test("overlayPolicy() reads certificates as one line and as many", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n";
  const smtp = { "Smtp.Host": "smtp.example.org", "Smtp.From": "keys@example.org" };
  for (const value of [pem, pem.replaceAll("\n", " "), pem.split("\n"), pem.trimEnd().split("\n")]) {
    const { settings, setAside } = overlaid({ ...smtp, "Smtp.Ca": value }, {});
    assert.deepEqual(setAside, []);
    assert.equal(settings.smtp?.ca, pem, JSON.stringify(value));
  }
});

Deno.test("overlayPolicy() sets aside what it does not know or cannot use, tells why, and goes on", () => {
  const rows: readonly (readonly [string, unknown, RegExp, RegExp])[] = [
    ["Future.Slot", "x", /^Future\.Slot$/, /does not know it/],
    ["__proto__x", "x", /^__proto__x$/, /does not know it/],
    ["constructor", "x", /^constructor$/, /does not know it/],
    ["Smtp.Port", "587", /^Smtp\.Port$/, /a text, must be a number \(REG_DWORD\)/],
    ["Templates", 2, /^Templates$/, /must be 0 or 1 \(REG_DWORD\)/],
    ["Templates", "1", /^Templates$/, /a text, must be 0 or 1/],
    ["Log.Level", 1, /^Log\.Level$/, /must be a text \(REG_SZ\)/],
    ["Log.Level", null, /^Log\.Level$/, /empty/],
    ["Recipients", [], /^Recipients$/, /must be a list of texts/],
    ["Recipients", [RECIPIENT, 5], /^Recipients$/, /must be a list of texts/],
    ["Recipients", ["nobody"], /^Recipients/, /an age recipient/],
    ["Log.Level", "chatty", /^Log/, /must be "debug"/],
    ["CopyMaxAgeDays", 0, /^CopyMaxAgeDays/, /a whole number from 1/],
    ["Share.Path", "S:\\keys", /^Share/, /a network path/],
    ["Share.Sealed", 1, /^Share/, /"destinations\[0\]\.path" is missing|path/],
    ["OneDrive.User", "anna", /^OneDrive/, /a SID/],
    ["Mail.To", "nobody", /^Mail/, /a mail address/],
    ["Smtp.Host", "smtp.example.org", /^Smtp/, /"smtp\.from" is missing/],
    ["Smtp.Ca", 1, /^Smtp\.Ca$/, /a number, must be a text \(REG_SZ\) or its lines/],
    ["Smtp.Ca", ["a", 1], /^Smtp\.Ca$/, /a list, must be a text \(REG_SZ\) or its lines/],
    ["Smtp.Ca", "C:\\ca.pem", /^Smtp\.Ca$/, /certificates as PEM text/],
    ["Schedule.At", "2:00", /^Schedule\.At$/, /a time of day/],
    ["Folder.Volume", "E:", /^Folder\.Volume$/, /the label of a removable volume/],
  ];
  for (const [slot, value, name, reason] of rows) {
    const policy = Object.fromEntries([[slot, value], ["Language", "en"]]);
    const { settings, setAside, used } = overlaid(policy, {});
    assert.equal(setAside.length, 1, slot);
    assert.deepEqual(used, ["language"], slot);
    assert.match(setAside[0]?.name ?? "", name);
    assert.match(setAside[0]?.reason ?? "", reason, slot);
    assert.deepEqual(settings, { language: "en" }, slot);
  }
});

Deno.test("overlayPolicy() sets aside a wrong value alone, not its neighbours of the same group", () => {
  const smtp = { "Smtp.Host": "smtp.example.org", "Smtp.From": "keys@example.org" };
  const rows: readonly (readonly [Json, string, (settings: SettingsDocument) => unknown, unknown])[] = [
    [{ ...smtp, "Smtp.Port": 99999 }, "Smtp.Port", (settings) => settings.smtp?.host, "smtp.example.org"],
    [
      { ...smtp, "Smtp.Security": "ssl" },
      "Smtp.Security",
      (settings) => settings.smtp?.host,
      "smtp.example.org",
    ],
    [
      { "Notify.Findings": "all", "Notify.HeartbeatDays": 14 },
      "Notify.Findings",
      (settings) => settings.notify?.heartbeatDays,
      14,
    ],
    [
      { "Mail.To": ["a@b.c"], "Mail.Keys": "clear" },
      "Mail.Keys",
      (settings) => settings.destinations?.[0]?.name,
      "mail",
    ],
    [
      { "Limits.MailSeconds": 0, "Limits.DestinationSeconds": 5 },
      "Limits.MailSeconds",
      (settings) => settings.limits?.destinationSeconds,
      5,
    ],
  ];
  for (const [policy, name, pick, expected] of rows) {
    const { settings, setAside } = overlaid(policy, {});
    assert.equal(pick(settings), expected, name);
    assert.deepEqual(setAside.map((one) => one.name), [name]);
  }
});

Deno.test("overlayPolicy() shows no secret that stands in the wrong slot", () => {
  const identity = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;
  const key = passwordOf(5);
  for (
    const policy of [{ Recipients: [identity] }, { Recipients: identity }, { "Log.Level": key }, {
      "Mail.To": [key],
    }]
  ) {
    const said = JSON.stringify(overlaid(policy, {}).setAside);
    assert.ok(!/SECRET-KEY-1Q/.test(said), said);
    for (const group of key.split("-")) assert.ok(!said.includes(group), said);
  }
});

Deno.test("overlayPolicy() never throws, and what it gives is valid, whatever the registry holds", () => {
  const slots = [
    ..."Folder.Path Folder.Synced Folder.Sealed Share.Path Share.Sealed OneDrive.User Mail.To Mail.Keys"
      .split(" "),
    ..."Smtp.Host Smtp.Port Smtp.Security Smtp.From Smtp.Ca Recipients Notify.Changes Notify.Findings".split(
      " ",
    ),
    ..."CopyMaxAgeDays Verify Language Templates Limits.MailSeconds Log.Level".split(" "),
  ];
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      "D:\\Keys",
      "\\\\srv\\keys",
      "any",
      "a@b.c",
      "smtp.example.org",
      "sealed",
      "en",
      RECIPIENT,
      0,
      1,
      587,
    ),
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof(fc.constantFrom(...slots), fc.string()), value, { maxKeys: 8 }),
      fc.constantFrom<SettingsDocument>({}, file),
      (policy, over) => {
        const before = structuredClone(over);
        const { settings, setAside } = overlayPolicy(over, policy);
        assert.ok(settingsSchema.safeParse(settings).success);
        for (const one of setAside) assert.ok(one.reason !== "" && typeof one.name === "string");
        assert.deepEqual(over, before);
      },
    ),
    { seed: 20261124, numRuns: 1000 },
  );
});
