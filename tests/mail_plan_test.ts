import assert from "node:assert/strict";
import type { DestinationState } from "../lib/core/ledger_model.ts";
import { accept, dueMails, type MailFacts, mailIds } from "../lib/nightly/mail_plan.ts";
import { delivery, mailState, newsItem, reportEntry, sheetEntry } from "./helpers/ledger_entries.ts";
import { RECIPIENT, settingsFrom } from "./helpers/settings_from.ts";
import { MACHINE } from "./helpers/made_up_values.ts";
import type { Json } from "./helpers/snapshots.ts";

const NOW = "2026-11-24T03:00:00.000Z";
const YESTERDAY = "2026-11-23T03:00:00.000Z";
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
    // Whoever never got a mail is to get one.
    states: destinations.map((one) => mailState({ name: String(one["name"]), mailTimes: [YESTERDAY] })),
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
  assert.deepEqual(
    due(
      facts({
        news: [newsItem(1), newsItem(2)],
        states: [mailState({ toldUpTo: 1, mailTimes: [YESTERDAY] })],
      }),
    ),
    [
      "helper [2] 0",
    ],
  );
  assert.deepEqual(
    due(facts({ news: [newsItem(1)], states: [mailState({ toldUpTo: 1, mailTimes: [YESTERDAY] })] })),
    [],
  );
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
    mailState({ toldUpTo: 1, mailTimes: [YESTERDAY] }),
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

const DAY = 24;

/** Hours since mails, days of `heartbeatDays`, whether a sign of life is due. */
const SIGNS: readonly (readonly [
  what: string,
  hours: readonly number[],
  heartbeatDays: number,
  due: boolean,
])[] = [
  ["30 days after the last mail", [30 * DAY], 30, true],
  ["not an hour before", [30 * DAY - 1], 30, false],
  ["the last mail counts, not an older one", [60 * DAY, 29 * DAY], 30, false],
  ["every 7 days where that is wanted", [60 * DAY, 7 * DAY], 7, true],
  ["at once where no mail ever came", [], 30, true],
  ["never where it is switched off", [400 * DAY], 0, false],
  ["never where it is switched off, not even at first", [], 0, false],
  ["also after the clock was set back by a year", [-365 * DAY], 30, true],
  ["not for a clock that was set back a little", [-2 * DAY], 30, false],
  // It went back a year, a mail went out, it was set right again: one of both times is near.
  ["once and not every night while the clock goes to and fro", [24, 365 * DAY], 30, false],
  ["the same, the other way round", [365 * DAY, 24], 30, false],
];

for (const [what, hours, heartbeatDays, expected] of SIGNS) {
  Deno.test(`dueMails(), a sign of life: ${what}`, () => {
    const given = facts({ states: withTimes(...hours) }, [helper], { heartbeatDays });
    assert.deepEqual(due(given), expected ? ["helper [] 0 heartbeat"] : []);
  });
}

Deno.test("dueMails() sends no sign of life beside news: the news is one", () => {
  assert.deepEqual(due(facts({ news: [newsItem(1)], states: withTimes(60 * DAY) })), ["helper [1] 0"]);
  assert.deepEqual(due(facts({ news: [newsItem(1)], states: withTimes() })), ["helper [1] 0"]);
});

Deno.test("mailIds() keeps a Message-ID for a retry that adds nothing, and no longer", async () => {
  const idOf = async (given: MailFacts, machine = MACHINE): Promise<string> => {
    const [mail] = dueMails(given);
    assert.ok(mail);
    return (await mailIds(mail, machine)).messageId;
  };
  const news = [newsItem(1)];
  const first = await idOf(facts({ news }));
  assert.match(first, /^[0-9a-f]+@[a-z.-]+$/);
  assert.equal(await idOf(facts({ news, now: "2026-11-25T03:00:00Z" })), first, "the next night");
  const others = [
    await idOf(facts({ news: [...news, newsItem(2)] })),
    await idOf(facts({ news }), "other PC"),
    await idOf(facts({ news, states: [mailState({ identity: "mail anna@example.org" })] })),
    await idOf(facts({ news, reports: [reportEntry(1, { rendition: "sealed" })] }, [sealed])),
    await idOf(facts({ states: withTimes(1000) })),
    await idOf(facts({ states: withTimes(1001) })),
    await idOf(facts({ states: withTimes() })),
  ];
  assert.equal(new Set([first, ...others]).size, others.length + 1);
  const life = await idOf(facts({ states: withTimes(1000) }));
  const retried = facts({ states: withTimes(1000), now: "2026-11-25T03:00:00Z" });
  assert.equal(await idOf(retried), life, "a sign of life that was refused is the same the next night");
});

Deno.test("mailIds() tells news of a new ledger apart from that of the old one, though it counts anew", async () => {
  const idOf = async (at: string): Promise<string | undefined> => {
    const [mail] = dueMails(facts({ news: [newsItem(1, { at }), newsItem(2, { at })] }));
    return mail === undefined ? undefined : (await mailIds(mail, MACHINE)).messageId;
  };
  assert.notEqual(await idOf("2026-11-20T03:00:00+01:00"), await idOf("2026-11-24T03:00:00+01:00"));
});

Deno.test("mailIds() ties all mails of one PC into one thread", async () => {
  const threadOf = async (given: MailFacts, machine: string): Promise<string> => {
    const [mail] = dueMails(given);
    assert.ok(mail);
    return (await mailIds(mail, machine)).threadId;
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
