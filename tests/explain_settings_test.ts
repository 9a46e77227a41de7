import assert from "node:assert/strict";
import { explainSettings, type Origin } from "../lib/core/explain_settings.ts";
import { SETTING_NAMES } from "../lib/core/settings_schema.ts";
import { RECIPIENT } from "./helpers/settings_from.ts";
import { passwordOf } from "./helpers/made_up_values.ts";
import type { Json } from "./helpers/snapshots.ts";
import { userErrorOf } from "./helpers/user_error.ts";

function explained(
  file: unknown,
  policy: Json | null = null,
): ReadonlyMap<string, readonly [unknown, Origin]> {
  const { settings } = explainSettings({ file, policy, fileName: "x" });
  return new Map(settings.map(({ setting, destination, value, origin }) => [
    destination === null ? setting : `${destination}: ${setting}`,
    [value, origin],
  ]));
}

const file = {
  destinations: [
    { name: "stick", kind: "folder", path: "E:\\Keys", volume: "KEYS" },
    { name: "share", kind: "share", path: "\\\\old\\keys", sealed: true },
  ],
  smtp: { host: "old.example.org", from: "keys@example.org", user: null },
  recipients: [RECIPIENT],
  notify: { heartbeatDays: 7 },
  copyMaxAgeDays: 14,
};

Deno.test("explainSettings() tells of each value whether policy, file or default says it", () => {
  const found = explained(file, {
    "Smtp.Host": "new.example.org",
    "Notify.Findings": "danger",
    "CopyMaxAgeDays": 60,
    "Schedule.At": "04:00",
  });
  const rows: readonly (readonly [string, unknown, Origin])[] = [
    ["stick: name", "stick", "file"],
    ["stick: kind", "folder", "file"],
    ["stick: path", "E:\\Keys", "file"],
    ["stick: volume", "KEYS", "file"],
    ["stick: synced", false, "default"],
    ["stick: sealed", true, "default"],
    ["smtp.host", "new.example.org", "policy"],
    ["smtp.from", "keys@example.org", "file"],
    ["smtp.user", null, "file"],
    ["smtp.port", 587, "default"],
    ["smtp.ca", null, "default"],
    ["recipients", [RECIPIENT], "file"],
    ["notify.changes", true, "default"],
    ["notify.findings", "danger", "policy"],
    ["notify.heartbeatDays", 7, "file"],
    ["copyMaxAgeDays", 60, "policy"],
    ["language", "auto", "default"],
    ["schedule.at", "04:00", "policy"],
    ["schedule.randomMinutes", 60, "default"],
    ["log.level", "info", "default"],
  ];
  for (const [name, value, origin] of rows) assert.deepEqual(found.get(name), [value, origin], name);
});

Deno.test("explainSettings() tells of a destination by policy what policy says and what stays of the file", () => {
  const found = explained(file, { "Share.Path": "\\\\new\\keys" });
  assert.deepEqual(found.get("share: name"), ["share", "policy"]);
  assert.deepEqual(found.get("share: path"), ["\\\\new\\keys", "policy"]);
  assert.deepEqual(found.get("share: sealed"), [true, "file"]);
  const alone = explained({}, { "Folder.Path": "D:\\Keys" });
  assert.deepEqual(alone.get("folder: path"), ["D:\\Keys", "policy"]);
  assert.deepEqual(alone.get("folder: synced"), [false, "default"]);
});

Deno.test("explainSettings() takes no other destination for the policy's because of its name", () => {
  const mixed = { destinations: [{ name: "folder", kind: "share", path: "\\\\srv\\keys", sealed: false }] };
  const found = explained(mixed, { "Notify.Changes": 0 });
  assert.deepEqual(found.get("folder: path"), ["\\\\srv\\keys", "file"]);
});

Deno.test("explainSettings() names every setting that there is", () => {
  const all = {
    ...file,
    destinations: [
      ...file.destinations,
      { name: "anna", kind: "onedrive", user: "any" },
      { name: "helper", kind: "mail", to: ["tom@example.org"] },
    ],
  };
  const { settings } = explainSettings({ file: all, policy: null, fileName: "x" });
  const named = new Set(settings.flatMap(({ setting }) => setting.split(".")));
  assert.deepEqual(SETTING_NAMES.filter((name) => !named.has(name)), ["destinations"]);
});

Deno.test("explainSettings() tells what was set aside, and no value of it counts", () => {
  const policy = {
    "Smtp.Port": 99999,
    "Future.Slot": 1,
    "Mail.To": ["tom@example.org"],
    "Log.Level": "error",
  };
  const { settings, setAside } = explainSettings({ file: {}, policy, fileName: "x" });
  assert.deepEqual(setAside.map(({ name }) => name), ["Smtp.Port", "Future.Slot", "Mail"]);
  assert.deepEqual(settings.filter(({ origin }) => origin === "policy").map(({ setting }) => setting), [
    "log.level",
  ]);
});

Deno.test("explainSettings() shows no secret that somebody wrote in the wrong place", () => {
  const key = passwordOf(5);
  const identity = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;
  const wrongs = [
    { destinations: [{ name: "stick", kind: "folder", path: `E:\\${key}` }] },
    { smtp: { ...file.smtp, user: identity } },
  ];
  for (const wrong of wrongs) {
    const error = userErrorOf(() => explainSettings({ file: wrong, policy: null, fileName: "x" }));
    const said = `${error.message} ${error.hint} ${error.stack}`;
    assert.match(said, /holds a recovery key or a secret key/);
    assert.ok(!said.includes(key.slice(0, 13)) && !said.includes("KEY-1Q"), said);
  }
});

Deno.test("explainSettings() refuses what a run refuses", () => {
  const error = userErrorOf(() => explainSettings({ file: { destination: [] }, policy: {}, fileName: "x" }));
  assert.equal(error.code, "settings");
});
