import assert from "node:assert/strict";
import fc from "fast-check";
import { readSettings } from "../lib/core/config.ts";
import { UserError } from "../lib/errors.ts";
import { passwordOf } from "./helpers/made_up_values.ts";
import { RECIPIENT, settingsFrom } from "./helpers/settings_from.ts";
import { errorOf, folder, mail, onedrive, recipients, share, smtp } from "./helpers/settings_samples.ts";
import type { Json } from "./helpers/snapshots.ts";

Deno.test("readSettings() names an unknown setting and the nearest known one", () => {
  const rows: readonly (readonly [Json, RegExp, string | null])[] = [
    [{ destination: [] }, /"destination" is no setting/, "destinations"],
    [{ Recipients: [] }, /"Recipients" is no setting/, "recipients"],
    [{ notify: { heartbeatdays: 3 } }, /"heartbeatdays" in "notify"/, "heartbeatDays"],
    [{ smtp: { ...smtp, prot: 5 } }, /"prot" in "smtp"/, "port"],
    [{ destinations: [{ ...folder, seald: true }] }, /"seald" in "destinations/, "sealed"],
    [{ copyMaxAgeDay: 3 }, /"copyMaxAgeDay"/, "copyMaxAgeDays"],
    [{ somethingElseEntirely: 1 }, /"somethingElseEntirely"/, null],
  ];
  for (const [file, message, nearest] of rows) {
    const error = errorOf(file);
    assert.equal(error.code, "settings");
    assert.match(error.message, message);
    assert.match(error.message, /^Cannot read settings "C:\\x\.json": /);
    if (nearest === null) assert.doesNotMatch(error.hint ?? "", /Did you mean/);
    else assert.equal(error.hint, `Did you mean "${nearest}"?`);
  }
});

Deno.test("readSettings() does not propose the very name that is wrong in its place", () => {
  for (
    const file of [{ smtp: { ...smtp, sealed: true } }, {
      destinations: [{ ...share, sealed: false, synced: true }],
    }, { port: 25 }]
  ) {
    assert.doesNotMatch(errorOf(file).hint ?? "", /Did you mean "(sealed|synced|port)"/);
  }
});

Deno.test("readSettings() says which value is wrong and what it should be", () => {
  const rows: readonly (readonly [unknown, RegExp])[] = [
    ["{", /the JSON in it breaks off \(line 1, column 2\)$/],
    ["", /it is empty/],
    ["null", /"document" is null, must be an object/],
    [[], /"document" is a list, must be an object/],
    [{ smtp: { ...smtp, port: "587" } }, /"smtp\.port" is "587", must be a number/],
    [{ smtp: { ...smtp, port: 70000 } }, /"smtp\.port" is 70000, must be a whole number from 1 to 65535/],
    [
      { smtp: { ...smtp, security: "startls" } },
      /"smtp\.security" is "startls", must be "tls" or "starttls" or "none"/,
    ],
    [{ smtp: { host: "a" } }, /"smtp\.from" is missing/],
    [{ smtp: { ...smtp, from: "Tom <tom@example.org>" } }, /"smtp\.from" .*a mail address/],
    [{ smtp: { ...smtp, from: "a@b.c\r\nBcc: x@y.z" } }, /"smtp\.from" .*a mail address/],
    [{ smtp: { ...smtp, ca: "C:\\ca.pem" } }, /"smtp\.ca" .*PEM/],
    [{ notify: { findings: "all" } }, /"notify\.findings" is "all", must be "danger"/],
    [{ notify: { heartbeatDays: -1 } }, /"notify\.heartbeatDays" is -1/],
    [{ notify: { heartbeatDays: 1.5 } }, /"notify\.heartbeatDays" is 1\.5/],
    [{ copyMaxAgeDays: 0 }, /"copyMaxAgeDays" is 0/],
    [{ verify: "always" }, /"verify" is "always", must be "never"/],
    [{ language: "de" }, /"language" is "de", must be "auto" or "en"/],
    [{ log: { level: "trace" } }, /"log\.level" is "trace"/],
    [{ limits: { mailSeconds: 0 } }, /"limits\.mailSeconds" is 0/],
    [
      { schedule: { at: "24:00" } },
      /"schedule\.at" is "24:00", must be a time of day from "00:00" to "23:59"/,
    ],
    [{ schedule: { at: "2:00" } }, /"schedule\.at" is "2:00"/],
    [{ schedule: { at: "02:00\n" } }, /"schedule\.at" is/],
    [
      { schedule: { randomMinutes: 721 } },
      /"schedule\.randomMinutes" is 721, must be a whole number from 0 to 720/,
    ],
    [
      { schedule: { timeLimitMinutes: 4 } },
      /"schedule\.timeLimitMinutes" is 4, must be a whole number from 5 to 1440/,
    ],
    [{ destinations: [{ ...folder, volume: "" }] }, /"destinations\[0\]\.volume" is "", must be the label/],
    [{ destinations: [{ ...folder, volume: "E:\\" }] }, /"destinations\[0\]\.volume" is "E:\\\\"/],
    [{ destinations: [{ ...folder, volume: "E:" }] }, /"destinations\[0\]\.volume" is "E:"/],
    [{ destinations: [{ ...folder, volume: " KEYS" }] }, /"destinations\[0\]\.volume" is " KEYS"/],
    [{ destinations: [{ ...share, volume: "KEYS" }] }, /"volume".* is no setting/],
    [{ templates: "yes" }, /"templates" is "yes", must be true or false/],
    [{ recipients: RECIPIENT }, /"recipients" .*must be a list/],
    [{ recipients: ["ssh-ed25519 AAAA"] }, /"recipients\[0\]" .*an age recipient/],
    [{ destinations: {} }, /"destinations" is an object, must be a list/],
    [
      { destinations: [{ ...folder, kind: "folde" }] },
      /"destinations\[0\]\.kind" is "folde", must be "folder", "share"/,
    ],
    [{ destinations: [folder, { name: "x", kind: "folder" }] }, /"destinations\[1\]\.path" is missing/],
    [{ destinations: [{ ...folder, path: "Keys" }] }, /"destinations\[0\]\.path" .*from its root on/],
    [{ destinations: [{ ...folder, path: "\\\\srv\\keys" }] }, /use kind "share"/],
    [{ destinations: [{ ...folder, path: "\\\\?\\UNC\\srv\\keys" }] }, /use kind "share"/],
    [{ destinations: [{ ...folder, path: "//srv/keys" }] }, /use kind "share"/],
    [{ destinations: [{ ...share, path: "S:\\keys" }] }, /a network path/],
    [{ destinations: [{ ...onedrive, user: "anna" }] }, /a SID/],
    [{ destinations: [{ ...mail, to: [] }], smtp }, /at least one address/],
    [{ destinations: [{ ...mail, to: ["tom"] }], smtp }, /a mail address/],
    [{ destinations: [{ ...mail, keys: "clear" }], smtp }, /"destinations\[0\]\.keys" is "clear"/],
    [{ destinations: [{ ...folder, name: "a/b" }] }, /a name of 1 to 40/],
    [{ destinations: [{ ...folder, name: "" }] }, /a name of 1 to 40/],
    [
      { destinations: [folder, { ...share, name: "STICK", sealed: false }] },
      /two destinations are called "STICK"/,
    ],
    [{ destinations: [mail] }, /mail "helper" has no server/],
  ];
  for (const [file, message] of rows) {
    const error = errorOf(file);
    assert.equal(error.code, "settings", String(message));
    assert.match(error.message, message);
  }
});

Deno.test("readSettings() never shows a secret that somebody wrote in the wrong place", () => {
  const identity = `AGE-SECRET-KEY-1${"Q".repeat(58)}`;
  const key = passwordOf(5);
  for (
    const file of [
      { recipients: [identity] },
      { recipients: [RECIPIENT, ` ${identity}`] },
      { recipients: identity },
      { recipients: [key] },
      { smtp: { ...smtp, port: key } },
      { smtp: { ...smtp, password: key } },
      { [key]: 1 },
      `{ "recipients": ["${identity}" "${key}"`,
    ]
  ) {
    const error = errorOf(file);
    const said = `${error.message} ${error.hint}`;
    assert.ok(!/SECRET-KEY-1Q/i.test(said), said);
    for (const group of key.split("-")) assert.ok(!said.includes(group), said);
  }
});

Deno.test("readSettings() returns or throws a UserError for any JSON", () => {
  const anyPart = fc.record({ field: fc.constantFrom(...Object.keys(settingsFrom())), value: fc.jsonValue() })
    .map(({ field, value }) => ({ [field]: value }));
  const anyDestination = fc.record({
    base: fc.constantFrom<Json>(folder, share, onedrive, mail),
    field: fc.constantFrom("name", "kind", "path", "to", "user", "keys", "sealed", "synced", "x"),
    value: fc.jsonValue(),
  }).map(({ base, field, value }) => ({ destinations: [{ ...base, [field]: value }], smtp, recipients }));
  const anyFile = fc.oneof(fc.jsonValue(), anyPart, anyDestination, fc.json(), fc.string());
  const slots = fc.constantFrom(
    "Share.Path",
    "Smtp.Port",
    "Mail.To",
    "Recipients",
    "Notify.Findings",
    "X",
    "__proto__",
  );
  const anyPolicy = fc.option(fc.dictionary(slots, fc.jsonValue(), { maxKeys: 4 }));
  fc.assert(
    fc.property(anyFile, anyPolicy, (file, policy) => {
      try {
        assert.ok(readSettings({ file, policy, fileName: "x" }).settings.limits.mailSeconds > 0);
      } catch (error) {
        assert.ok(error instanceof UserError && error.code === "settings", String(error));
      }
    }),
    { seed: 20261124, numRuns: 1000 },
  );
});
