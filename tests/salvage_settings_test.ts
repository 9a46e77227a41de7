import assert from "node:assert/strict";
import fc from "fast-check";
import { salvageSettings } from "../lib/core/salvage_settings.ts";
import type { Json } from "./helpers/snapshots.ts";

const smtp: Json = { host: "smtp.example.org", port: 465, from: "keys@example.org", user: "tom" };
const helper: Json = { name: "helper", kind: "mail", to: ["tom@example.org"] };
const good: Json = { smtp, destinations: [helper] };
const WRONG = { copyMaxAgeDays: "soon" };

/** What is left: server, and each mail with its addresses. */
function salvaged(
  file: unknown,
  policy: Json | null = null,
  lastGood: unknown = null,
): readonly string[] | null {
  const found = salvageSettings({ file, policy, lastGood, fileName: "settings.json" });
  if (found === null) return null;
  const { settings, isLastGood } = found;
  const { host, port, security } = settings.smtp ?? {};
  return [
    `${host}:${port} ${security}`,
    ...settings.destinations.map((one) =>
      one.kind === "mail" ? `${one.name} ${one.to.join(" ")} ${one.keys}` : one.kind
    ),
    ...(isLastGood ? ["by the last good ones"] : []),
  ];
}

const SERVER = "smtp.example.org:465 tls";
const HELPER = "helper tom@example.org none";

const TABLE: readonly (readonly [what: string, file: unknown, left: readonly string[] | null])[] = [
  ["another value is wrong", { ...good, ...WRONG }, [SERVER, HELPER]],
  ["as text, with byte order mark", `\ufeff${JSON.stringify({ ...good, ...WRONG })}`, [SERVER, HELPER]],
  ["a name that is not known", { ...good, destinatoins: [] }, [SERVER, HELPER]],
  ["a name that is not known, at the server", { ...good, smtp: { ...smtp, prt: 25 } }, [SERVER, HELPER]],
  ["a name that is not known, at the mail", { ...good, destinations: [{ ...helper, key: "none" }] }, [
    SERVER,
    HELPER,
  ]],
  ["the mail's keys are wrong", { ...good, destinations: [{ ...helper, keys: "open" }] }, [SERVER, HELPER]],
  ["sealed without recipients", { ...good, destinations: [{ ...helper, keys: "sealed" }] }, [SERVER, HELPER]],
  [
    "another place is wrong",
    { ...good, destinations: [{ name: "x", kind: "share", path: "C:\\x" }, helper] },
    [SERVER, HELPER],
  ],
  [
    "one of two addresses is wrong",
    { ...good, destinations: [{ ...helper, to: ["tom", "a@example.org"] }] },
    [
      SERVER,
      "helper a@example.org none",
    ],
  ],
  ["two mails of one name", { ...good, destinations: [helper, { ...helper, to: ["a@example.org"] }] }, [
    SERVER,
    HELPER,
  ]],
  ["the port is wrong", { ...good, smtp: { ...smtp, port: "abc" } }, null],
  ["the kind of security is wrong", { ...good, smtp: { ...smtp, security: "some" } }, null],
  ["a password would go in the clear", { ...good, smtp: { ...smtp, security: "none" } }, null],
  ["there is no server", { destinations: [helper], ...WRONG }, null],
  ["there is no mail", { smtp, ...WRONG }, null],
  ["it is no JSON", "{ destinations: ", null],
  ["it is something else", [good], null],
  ["there is none", null, null],
];

for (const [what, file, left] of TABLE) {
  Deno.test(`salvageSettings() where ${what}`, () => assert.deepEqual(salvaged(file), left));
}

Deno.test("salvageSettings() takes server and mail from policy where the file is broken", () => {
  const policy = {
    "Smtp.Host": "mx.example.org",
    "Smtp.From": "pc@example.org",
    "Mail.To": ["it@example.org"],
  };
  assert.deepEqual(salvaged("{ broken", policy), ["mx.example.org:587 starttls", "mail it@example.org none"]);
  assert.deepEqual(salvaged({ destinations: [helper], ...WRONG }, policy), [
    "mx.example.org:587 starttls",
    HELPER,
    "mail it@example.org none",
  ]);
});

const anna: Json = { name: "anna", kind: "mail", to: ["anna@example.org"], keys: "plain" };
/** Of the night before. */
const LAST = JSON.stringify({
  smtp: { ...smtp, host: "old.example.org" },
  destinations: [{ name: "x", kind: "folder", path: "/x" }, anna],
});
const BY_LAST = ["old.example.org:465 tls", "anna anna@example.org none", "by the last good ones"];

const FORMER: readonly (readonly [what: string, file: unknown, left: readonly string[] | null])[] = [
  ["the file is no JSON", "{ destinations: ", BY_LAST],
  ["the file breaks off", JSON.stringify(good).slice(0, -9), BY_LAST],
  ["the file is empty", "", BY_LAST],
  ["the file is all zero bytes", "\0".repeat(200), BY_LAST],
  ["the file is a list", "[]", BY_LAST],
  ["the file could not be read", null, BY_LAST],
  ["the mail server is what is wrong", { ...good, smtp: { ...smtp, port: "abc" } }, BY_LAST],
  ["the name of the mail server is mistyped", { smpt: smtp, destinations: [helper] }, BY_LAST],
  ["the kind of the mail is mistyped", { smtp, destinations: [{ ...helper, kind: "mial" }] }, BY_LAST],
  ["the list of destinations is mistyped", { smtp, destinatons: [helper] }, BY_LAST],
  ["the file names a server and an address that serve", { ...good, ...WRONG }, [SERVER, HELPER]],
  ["the file lists other places alone", {
    smtp,
    destinations: [{ name: "x", kind: "folder", path: 7 }],
  }, null],
  ["the file wants no place at all", { smtp, destinations: [], ...WRONG }, null],
];

for (const [what, file, left] of FORMER) {
  Deno.test(`salvageSettings() with those of the last run where ${what}`, () =>
    assert.deepEqual(salvaged(file, null, LAST), left));
}

Deno.test("salvageSettings() lays policy over those of the last run, too, and takes nothing of broken ones", () => {
  const policy = { "Smtp.Host": "mx.example.org", "Mail.To": ["it@example.org"] };
  assert.deepEqual(salvaged("{ broken", policy, LAST), [
    "mx.example.org:465 tls",
    "anna anna@example.org none",
    "mail it@example.org none",
    "by the last good ones",
  ]);
  const whole = { ...policy, "Smtp.From": "pc@example.org" };
  for (const lastGood of ["{ broken, too", "", null, 7, JSON.stringify({ destinations: [] })]) {
    assert.deepEqual(
      salvaged("{ broken", whole, lastGood)?.slice(0, 2),
      ["mx.example.org:587 starttls", "mail it@example.org none"],
      String(lastGood),
    );
    assert.equal(salvaged("{ broken", null, lastGood), null, String(lastGood));
  }
});

Deno.test("salvageSettings() never names a place for keys, and never throws (seed 20261124)", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.jsonValue()), fc.jsonValue(), (text, value) => {
      for (const file of [text, { ...good, smtp: value }, { ...good, destinations: [value, helper] }]) {
        for (const lastGood of [null, text, { ...good, destinations: [value, helper] }]) {
          const found = salvageSettings({ file, policy: null, lastGood, fileName: "x" });
          const { destinations = [] } = found?.settings ?? {};
          assert.ok(destinations.every((one) => one.kind === "mail" && one.keys === "none"));
        }
      }
    }),
    { seed: 20261124 },
  );
});
