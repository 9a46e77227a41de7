import assert from "node:assert/strict";
import { isLoopback } from "../lib/core/config.ts";
import { settingsFrom } from "./helpers/settings_from.ts";
import { errorOf, mail, recipients, smtp } from "./helpers/settings_samples.ts";
import type { Json } from "./helpers/snapshots.ts";

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
