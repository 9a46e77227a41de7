import assert from "node:assert/strict";
import type { DestinationState } from "../lib/core/ledger_model.ts";
import { accept, dueMails, heartbeatText, type MailFacts, mailIds } from "../lib/nightly/mail_plan.ts";
import {
  delivery,
  finding,
  type Json,
  MACHINE,
  mailState,
  newsItem,
  RECIPIENT,
  reportEntry,
  settingsFrom,
  sheetEntry,
} from "./helpers/snapshots.ts";

const NOW = "2026-11-24T03:00:00.000Z";
const smtp = { host: "smtp.example.org", from: "keys@example.org" };
const helper: Json = { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "none" };
const sealed: Json = { ...helper, keys: "sealed" };

function facts(
  changes: Partial<MailFacts> = {},
  destinations: readonly Json[] = [helper],
  notify: Json = {},
): MailFacts {
  return {
    settings: settingsFrom({ destinations, smtp, notify, recipients: [RECIPIENT] }),
    states: destinations.map((one) => mailState({ name: String(one["name"]) })),
    news: [],
    reports: [],
    deliveries: [],
    now: NOW,
    ...changes,
  };
}

/** Due mails, each as name, ids of its news, number of reports, heartbeat. */
function due(given: MailFacts): readonly string[] {
  return dueMails(given).map((one) =>
    `${one.settings.name} [${one.news.map((item) => item.id)}] ${one.reports.length}${
      one.heartbeat ? " heartbeat" : ""
    }`
  );
}

function hoursAgo(...hours: readonly number[]): readonly string[] {
  return hours.map((hour) => new Date(Date.parse(NOW) - hour * 60 * 60 * 1000).toISOString());
}

function withTimes(...hours: readonly number[]): readonly DestinationState[] {
  return [mailState({ mailTimes: hoursAgo(...hours) })];
}

Deno.test("dueMails() gives one mail a run with all news, and none without", () => {
  assert.deepEqual(due(facts()), []);
  assert.deepEqual(due(facts({ news: [newsItem(1), newsItem(2)] })), ["helper [1,2] 0"]);
  assert.deepEqual(due(facts({ news: [newsItem(1, { tell: false })] })), []);
  assert.deepEqual(due(facts({ news: [newsItem(1), newsItem(2)], states: [mailState({ toldUpTo: 1 })] })), [
    "helper [2] 0",
  ]);
  assert.deepEqual(due(facts({ news: [newsItem(1)], states: [mailState({ toldUpTo: 1 })] })), []);
});

Deno.test("dueMails() sends the keys that a mail is owed, with or without news", () => {
  const reports = [
    reportEntry(1, { rendition: "sealed" }),
    reportEntry(2, { rendition: "sealed" }),
    reportEntry(1),
  ];
  const rows: readonly (readonly [string, Partial<MailFacts>, readonly Json[], readonly string[]])[] = [
    ["keys alone", { reports }, [sealed], ["helper [] 2"]],
    ["with news", { reports, news: [newsItem(1)] }, [sealed], ["helper [1] 2"]],
    ["none wanted", { reports }, [helper], []],
    [
      "one accepted before",
      {
        reports,
        deliveries: [delivery("helper", reportEntry(1, { rendition: "sealed" }), { state: "accepted" })],
      },
      [sealed],
      ["helper [] 1"],
    ],
    ["the sheet, too", { reports: [...reports, sheetEntry({ rendition: "sealed" })] }, [sealed], [
      "helper [] 3",
    ]],
    ["plain", { reports }, [{ ...helper, keys: "plain" }], ["helper [] 2"]],
  ];
  for (const [what, changes, destinations, expected] of rows) {
    assert.deepEqual(due(facts(changes, destinations)), expected, what);
  }
});

Deno.test("dueMails() looks at each mail by itself, in the order of the settings", () => {
  const second: Json = { ...helper, name: "second", to: ["anna@example.org"] };
  const stick: Json = { name: "stick", kind: "folder", path: "E:\\Keys" };
  const states = [
    mailState({ toldUpTo: 1 }),
    mailState({ name: "stick", toldUpTo: null }),
    mailState({ name: "second", toldUpTo: 0 }),
  ];
  const given = facts({ states, news: [newsItem(1)] }, [helper, stick, second]);
  assert.deepEqual(due(given), ["second [1] 0"]);
  assert.deepEqual(due({ ...given, news: [newsItem(1), newsItem(2)] }), ["helper [2] 0", "second [1,2] 0"]);
});

Deno.test("dueMails() sends at most four mails a day", () => {
  const news = [newsItem(1)];
  assert.deepEqual(due(facts({ news, states: withTimes(3, 2, 1) })), ["helper [1] 0"]);
  assert.deepEqual(due(facts({ news, states: withTimes(2.5, 2, 1.5, 1) })), []);
  assert.deepEqual(due(facts({ news, states: withTimes(30, 28, 26, 25) })), ["helper [1] 0"]);
});

Deno.test("dueMails() lets the rest join the nightly mail, however many there were the day before", () => {
  // At 10, 14, 18 and 22 o'clock of the day before; it is 3 o'clock now.
  assert.deepEqual(due(facts({ news: [newsItem(1)], states: withTimes(17, 13, 9, 5) })), ["helper [1] 0"]);
});

Deno.test("dueMails() says that it is still there after some days without a mail", () => {
  const day = 24;
  assert.deepEqual(due(facts({ states: withTimes(30 * day) })), ["helper [] 0 heartbeat"]);
  assert.deepEqual(due(facts({ states: withTimes(29 * day) })), []);
  assert.deepEqual(due(facts({ states: withTimes(60 * day, 7 * day) }, [helper], { heartbeatDays: 7 })), [
    "helper [] 0 heartbeat",
  ]);
  assert.deepEqual(due(facts({ states: withTimes(400 * day) }, [helper], { heartbeatDays: 0 })), []);
  assert.deepEqual(due(facts({ news: [newsItem(1)], states: withTimes(60 * day) })), ["helper [1] 0"]);
});

Deno.test("mailIds() keeps a Message-ID for a retry that adds nothing, and no longer", async () => {
  const idOf = async (given: MailFacts, machine = MACHINE, now = NOW): Promise<string> => {
    const [mail] = dueMails(given);
    assert.ok(mail);
    return (await mailIds(mail, machine, now)).messageId;
  };
  const news = [newsItem(1)];
  const first = await idOf(facts({ news }));
  assert.match(first, /^[0-9a-f]+@[a-z.-]+$/);
  assert.equal(await idOf(facts({ news }), MACHINE, "2026-11-25T03:00:00Z"), first, "the next night");
  const others = [
    await idOf(facts({ news: [...news, newsItem(2)] })),
    await idOf(facts({ news }), "other PC"),
    await idOf(facts({ news, states: [mailState({ identity: "mail anna@example.org" })] })),
    await idOf(facts({ news, reports: [reportEntry(1, { rendition: "sealed" })] }, [sealed])),
    await idOf(facts({ states: withTimes(1000) })),
    await idOf(facts({ states: withTimes(1000) }), MACHINE, "2026-12-25T03:00:00Z"),
  ];
  assert.equal(new Set([first, ...others]).size, others.length + 1);
});

Deno.test("mailIds() ties all mails of one PC into one thread", async () => {
  const threadOf = async (given: MailFacts, machine: string): Promise<string> => {
    const [mail] = dueMails(given);
    assert.ok(mail);
    return (await mailIds(mail, machine, NOW)).threadId;
  };
  const one = await threadOf(facts({ news: [newsItem(1)] }), MACHINE);
  assert.equal(await threadOf(facts({ news: [newsItem(2)] }), MACHINE), one);
  assert.notEqual(await threadOf(facts({ news: [newsItem(1)] }), "other"), one);
});

Deno.test("accept() marks what went with a mail, and nothing else", () => {
  const entry = reportEntry(1, { rendition: "sealed" });
  const failed = delivery("helper", entry, {
    state: "pending",
    attempts: 2,
    verifiedAt: null,
    deliveredAt: null,
    error: "no",
  });
  const others = [delivery("office", entry), delivery("helper", reportEntry(2), { state: "pending" })];
  const [mail] = dueMails(facts({ reports: [entry], deliveries: [failed] }, [sealed]));
  assert.ok(mail);
  const rows = accept([failed, ...others], mail, NOW);
  assert.deepEqual(rows.filter((one) => others.includes(one)), others);
  const [row, ...more] = rows.filter((one) => !others.includes(one));
  assert.equal(more.length, 0);
  assert.deepEqual(
    [row?.state, row?.attempts, row?.deliveredAt, row?.verifiedAt, row?.error, row?.report],
    ["accepted", 3, NOW, NOW, null, entry.id],
  );
  assert.equal(accept([], mail, NOW)[0]?.attempts, 1);
});

Deno.test("heartbeatText() says that all is well only when it is", () => {
  assert.match(heartbeatText([], NOW), /24 November 2026/);
  assert.match(heartbeatText([finding({ severity: "info" })], NOW), /found right/);
  for (const severity of ["warning", "danger"] as const) {
    assert.doesNotMatch(heartbeatText([finding({ severity })], NOW), /found right|Nothing is to be done/);
  }
  assert.match(heartbeatText([finding(), finding()], NOW), /2 things/);
});
