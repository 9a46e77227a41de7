// Settings that something happened to: refused by words, or all that is computed from them can be computed.

import assert from "node:assert/strict";
import fc from "fast-check";
import { readSettings } from "../../lib/core/config.ts";
import { explainSettings } from "../../lib/core/explain_settings.ts";
import { permissionsOf } from "../../lib/core/permissions.ts";
import { runPlanOf } from "../../lib/core/run_plan.ts";
import { scheduledTasks } from "../../lib/core/scheduled_task.ts";
import type { Settings } from "../../lib/core/settings.ts";
import { UserError } from "../../lib/errors.ts";
import { FUZZ_RUNS, fuzzName, fuzzOptions } from "../helpers/fuzz.ts";
import { byteChanges, mutatedValue } from "../helpers/mutate.ts";
import { DIGITS } from "../helpers/send_mail.ts";
import { RECIPIENT } from "../helpers/settings_from.ts";

const FILE = {
  destinations: [
    { name: "anna", kind: "onedrive", user: "S-1-5-21-1-2-3-1001" },
    { name: "stick", kind: "folder", path: "E:\\Recovery keys", volume: "KEYS", readableByUsers: true },
    { name: "office", kind: "share", path: "\\\\srv\\keys$", sealed: true },
    { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "sealed" },
  ],
  smtp: { host: "smtp.example.org", port: 587, security: "starttls", user: "tom", from: "keys@example.org" },
  recipients: [RECIPIENT],
  notify: { changes: true, findings: "warning", heartbeatDays: 30 },
  copyMaxAgeDays: 30,
  verify: "never",
  language: "auto",
  templates: false,
  schedule: { at: "02:00", randomMinutes: 60, timeLimitMinutes: 60 },
  limits: { destinationSeconds: 60, mailSeconds: 60 },
  log: { level: "info" },
};

const POLICY = {
  "Share.Path": "\\\\srv\\keys$",
  "Share.Sealed": 1,
  "OneDrive.User": "any",
  "Mail.To": "it@example.org",
  "Mail.Keys": "none",
  "Smtp.Host": "smtp.example.org",
  "Smtp.Port": 587,
  "Smtp.From": "keys@example.org",
  "Recipients": [RECIPIENT],
  "Notify.HeartbeatDays": 7,
  "Schedule.At": "03:30",
};

const DATA = "C:\\ProgramData\\Spare Key";
const PROGRAM = "C:\\Program Files\\Spare Key";

function settingsOf(source: { readonly file: unknown; readonly policy: unknown }): Settings | null {
  const policy = typeof source.policy === "object" && source.policy !== null && !Array.isArray(source.policy)
    ? source.policy as Record<string, unknown>
    : null;
  try {
    const whole = { file: source.file, policy, fileName: "C:\\x.json" };
    const { settings } = readSettings(whole);
    explainSettings(whole);
    return settings;
  } catch (error) {
    assert.ok(
      error instanceof UserError,
      `refused by words, not by ${error instanceof Error ? error.stack : error}`,
    );
    assert.equal(error.code, "settings");
    for (const text of [error.message, error.hint, error.stack, String(error.cause)]) {
      assert.ok(!text?.replaceAll("-", "").includes(DIGITS.replaceAll("-", "")), "an error quotes digits");
    }
    return null;
  }
}

function compute(settings: Settings): void {
  const plan = runPlanOf(settings, []);
  const { permissions } = permissionsOf(plan, DATA);
  // what a run may do is always written out, and never "everything"
  assert.deepEqual(Object.keys(permissions.default).sort(), ["net", "read", "write"]);
  for (const path of permissions.default.write) assert.ok(path.length > 2, `"${path}" may be written`);
  for (const server of permissions.default.net) assert.match(server, /^\S+:\d{1,5}$/);
  const users = settings.destinations.flatMap((one) =>
    one.kind === "onedrive" && one.user !== "any" ? [one.user] : []
  );
  const request = { schedule: settings.schedule, installFolder: PROGRAM, dataFolder: DATA, users };
  assert.equal(scheduledTasks(request).length, 1 + new Set(users).size);
}

Deno.test(fuzzName("any settings are read, or refused by words that quote no digits"), () => {
  let read = 0;
  fc.assert(
    fc.property(mutatedValue([FILE, {}]), mutatedValue([POLICY, null]), (file, policy) => {
      const settings = settingsOf({ file, policy });
      if (settings === null) return;
      read++;
      compute(settings);
    }),
    fuzzOptions(),
  );
  assert.ok(read > FUZZ_RUNS / 20 && read < FUZZ_RUNS, `${read} of ${FUZZ_RUNS} were read`);
});

Deno.test(fuzzName("any text is read as settings, or refused by words that quote no digits"), () => {
  fc.assert(
    fc.property(mutatedValue([FILE]), byteChanges(1), (file, change) => {
      const bytes = change(new TextEncoder().encode(JSON.stringify(file)));
      settingsOf({ file: new TextDecoder().decode(bytes), policy: null });
    }),
    fuzzOptions(),
  );
});
