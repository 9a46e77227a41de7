import assert from "node:assert/strict";
import fc from "fast-check";
import { isLoopback, readSettings } from "../lib/core/config.ts";
import type { Settings } from "../lib/core/settings.ts";
import { UserError } from "../lib/errors.ts";
import { type Json, passwordOf, RECIPIENT, settingsFrom, userErrorOf } from "./helpers/snapshots.ts";

const smtp = { host: "smtp.example.org", from: "keys@example.org" };
const recipients = [RECIPIENT];
const folder = { name: "stick", kind: "folder", path: "E:\\Recovery keys" };
const share = { name: "office", kind: "share", path: "\\\\srv\\keys$" };
const onedrive = { name: "anna", kind: "onedrive", user: "S-1-5-21-1-2-3-1001" };
const mail = { name: "helper", kind: "mail", to: ["tom@example.org"] };

function errorOf(file: unknown): UserError {
  return userErrorOf(() => readSettings({ file, policy: null, fileName: "C:\\x.json" }));
}

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

Deno.test("readSettings() chooses port and security of the mail server", () => {
  const rows: readonly (readonly [Json, number, string])[] = [
    [{}, 587, "starttls"],
    [{ port: 465 }, 465, "tls"],
    [{ port: 25 }, 25, "starttls"],
    [{ port: 2525 }, 2525, "starttls"],
    [{ security: "tls" }, 465, "tls"],
    [{ security: "tls", port: 4650 }, 4650, "tls"],
    [{ security: "starttls", port: 465 }, 465, "starttls"],
    [{ security: "none" }, 25, "none"],
  ];
  for (const [changes, port, security] of rows) {
    const read = settingsFrom({ smtp: { ...smtp, ...changes } }).smtp;
    assert.deepEqual([read?.port, read?.security], [port, security], JSON.stringify(changes));
  }
});

Deno.test("readSettings() lets neither keys nor a password go over the network in the clear", () => {
  const open = { ...smtp, security: "none" };
  const plain = { ...mail, keys: "plain" };
  const rows: readonly (readonly [string, Json, boolean])[] = [
    ["neither", { smtp: open, destinations: [mail] }, true],
    ["sealed keys", { smtp: open, destinations: [{ ...mail, keys: "sealed" }], recipients }, true],
    ["plain keys", { smtp: open, destinations: [plain] }, false],
    [
      "plain keys in one of two mails",
      { smtp: open, destinations: [mail, { ...plain, name: "second" }] },
      false,
    ],
    ["a password", { smtp: { ...open, user: "tom" }, destinations: [mail] }, false],
    ["plain keys to this PC", { smtp: { ...open, host: "localhost" }, destinations: [plain] }, true],
    [
      "a password to this PC",
      { smtp: { ...open, host: "127.0.0.1", user: "tom" }, destinations: [plain] },
      true,
    ],
    ["to this PC by IPv6", { smtp: { ...open, host: "[::1]", user: "tom" }, destinations: [plain] }, true],
    ["a name that only begins like this PC's", {
      smtp: { ...open, host: "localhost.example.org" },
      destinations: [plain],
    }, false],
    ["an address that only begins so", {
      smtp: { ...open, host: "127.0.0.1.example.org" },
      destinations: [plain],
    }, false],
    ["plain keys with STARTTLS", {
      smtp: { ...open, security: "starttls", user: "tom" },
      destinations: [plain],
    }, true],
    ["plain keys with TLS", { smtp: { ...open, security: "tls", user: "tom" }, destinations: [plain] }, true],
  ];
  for (const [what, file, allowed] of rows) {
    if (allowed) assert.ok(settingsFrom(file).smtp, what);
    else assert.match(errorOf(file).message, /in the clear/, what);
  }
});

Deno.test("isLoopback() knows this PC under its names", () => {
  const rows: readonly (readonly [string, boolean])[] = [
    ["localhost", true],
    ["LOCALHOST", true],
    ["127.0.0.1", true],
    ["127.8.9.10", true],
    ["::1", true],
    ["128.0.0.1", false],
    ["::2", false],
    ["localhost.example.org", false],
    ["notlocalhost", false],
    ["", false],
  ];
  for (const [host, expected] of rows) assert.equal(isLoopback(host), expected, host);
});

Deno.test("readSettings() brings the mail server's name into the form in which it is looked up", () => {
  const rows: readonly (readonly [string, string])[] = [
    ["smtp.example.org", "smtp.example.org"],
    ["SMTP.Example.org", "smtp.example.org"],
    ["smtp.müller.example", "smtp.xn--mller-kva.example"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["192.0.2.1", "192.0.2.1"],
  ];
  for (const [host, expected] of rows) {
    assert.equal(settingsFrom({ smtp: { ...smtp, host } }).smtp?.host, expected);
  }
});

Deno.test("readSettings() refuses a mail server that is no bare name or address", () => {
  for (
    const host of [
      "smtp.example.org:587",
      "smtp://smtp.example.org",
      "tom@smtp.example.org",
      "smtp.example.org/x",
      "smtp.example.org?x",
      "smtp.example.org#x",
      "a,b",
      "",
      "a b",
    ]
  ) {
    assert.equal(errorOf({ smtp: { ...smtp, host } }).code, "settings", host);
  }
});

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
    ["{", /breaks off or is damaged/],
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
