/** What to do about a trouble reaches whoever reads a mail, not only the log. */

import assert from "node:assert/strict";
import { UserError } from "../lib/errors.ts";
import { type MailTrouble, sayPending } from "../lib/nightly/say_trouble.ts";
import { nightRig, type Rig, volume } from "./helpers/night_rig.ts";
import { settingsFrom } from "./helpers/settings_from.ts";

const smtp = { host: "smtp.example.org", from: "keys@example.org" };
const tom = { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "none" };
const anna = { name: "anna", kind: "mail", to: ["anna@example.org"], keys: "none" };
const MAIL_HINT = 'check "smtp.user" and the secret "smtpPassword"';

const [mail] = settingsFrom({ smtp, destinations: [tom] }).destinations;

const TABLE: readonly (readonly [what: string, trouble: MailTrouble, says: string])[] = [
  [
    "a hint",
    { reason: "server answered 535", hint: MAIL_HINT, taken: false },
    'The mail could not be delivered to "helper": server answered 535. Check "smtp.user" and the secret ' +
    '"smtpPassword". It is tried again every night.',
  ],
  [
    "a hint that says that it is tried again",
    { reason: "server answered 451", hint: "The server is busy: it is tried again next time", taken: false },
    'The mail could not be delivered to "helper": server answered 451. The server is busy: it is tried again next time.',
  ],
  [
    "no hint",
    { reason: "server answered 550 No.", hint: null, taken: false },
    'The mail could not be delivered to "helper": server answered 550 No. It is tried again every night.',
  ],
];

for (const [what, trouble, says] of TABLE) {
  Deno.test(`sayPending() of a mail with ${what}`, () => {
    assert.ok(mail !== undefined);
    assert.equal(sayPending(mail, [], trouble), says);
  });
}

/** A PC whose mails to Tom are refused with a hint. */
function rigWithoutTom(destinations: readonly object[]): Rig {
  const rig = nightRig({ smtp, destinations });
  rig.wrap = (ports) => ({
    ...ports,
    mailer: {
      send: (one) =>
        one.to.includes("tom@example.org")
          ? Promise.reject(
            new UserError("mail", "Cannot send mail: server answered 535", { hint: MAIL_HINT }),
          )
          : rig.mailer.send(one),
    },
  });
  return rig;
}

Deno.test("a mail that one address does not get is told to the other, with what to do", async () => {
  const rig = rigWithoutTom([tom, anna]);
  const first = await rig.night([volume("C:", [1])]);
  await rig.night([volume("C:", [1])]);
  const text = rig.mailer.mails.map((one) => one.text.replace(/\s+/g, " ")).join("\n");
  assert.match(
    text,
    /"helper": Cannot send mail: server answered 535\. Check "smtp\.user" and the secret "smtpP/,
  );
  const { error } = first.deliveries.find(({ destination }) => destination === "helper") ?? {};
  assert.equal(error, "Cannot send mail: server answered 535", "for scripts the reason stands alone");
});

Deno.test("a report that cannot be had is told with what to do", async () => {
  const rig = nightRig({
    smtp,
    destinations: [{ name: "cloud", kind: "folder", path: "/cloud", synced: true }, anna],
  });
  await rig.night([volume("C:", [1])]);
  rig.wrap = (ports) => ({
    ...ports,
    archive: {
      ...ports.archive,
      get: () =>
        Promise.reject(new UserError("ledger", "Cannot read the archive", { hint: "mend its rights" })),
    },
  });
  rig.places.get("cloud")?.files.clear();
  const { findings } = await rig.night([volume("C:", [1])]);
  const { text } = findings.find(({ code }) => code === "delivery-pending") ?? {};
  assert.equal(
    text,
    '2 reports could not be delivered to "cloud": Cannot read the archive. Mend its rights. It is tried again every night.',
  );
});
