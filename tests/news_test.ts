import assert from "node:assert/strict";
import type { KnownVolume, News, StandingFinding } from "../lib/core/ledger_model.ts";
import type { ChangeKind, Finding, Severity } from "../lib/core/model.ts";
import {
  changeNews,
  findingKey,
  type FindingNews,
  findingNews,
  type NewsContext,
  untold,
} from "../lib/nightly/news.ts";
import { change, finding, knownVolume, mailState, newsItem } from "./helpers/ledger_entries.ts";
import { deviceOf, TAKEN_AT } from "./helpers/made_up_values.ts";

const context: NewsContext & { readonly told: readonly News[] } = {
  runId: "run-1",
  at: TAKEN_AT,
  lastId: 41,
  notify: { changes: true, findings: "warning", heartbeatDays: 30 },
  told: [],
};

function nightsLater(days: number): typeof context {
  return { ...context, at: new Date(Date.parse(TAKEN_AT) + days * 24 * 60 * 60 * 1000).toISOString() };
}

const encrypted = knownVolume();
const decrypted = knownVolume({ conversionStatus: 0, protectors: [] });

Deno.test("changeNews() numbers and dates every change for the history", () => {
  const news = changeNews(
    [change("volume-found"), change("key-added", { keyId: "K" })],
    [encrypted],
    context,
  );
  assert.deepEqual(news.map((one) => [one.id, one.at, one.runId, one.topic, one.kind, one.keyId]), [
    [42, TAKEN_AT, "run-1", "change", "volume-found", null],
    [43, TAKEN_AT, "run-1", "change", "key-added", "K"],
  ]);
  assert.deepEqual(changeNews([], [encrypted], context), []);
});

Deno.test("changeNews() tells of keys, of protection and of encrypted volumes; a plain stick is history only", () => {
  const always: readonly ChangeKind[] = [
    "key-added",
    "key-removed",
    "key-altered",
    "protection-on",
    "protection-off",
    "encryption-started",
    "encryption-finished",
    "decryption-started",
    "decrypted",
  ];
  const comings: readonly ChangeKind[] = [
    "volume-found",
    "volume-missing",
    "volume-back",
    "drive-letter-changed",
  ];
  const told = (kind: ChangeKind, volume: KnownVolume): boolean | undefined =>
    changeNews([change(kind)], [volume], context)[0]?.tell;
  for (const kind of [...always, ...comings]) assert.equal(told(kind, encrypted), true, kind);
  for (const kind of always) assert.equal(told(kind, decrypted), true, `${kind} of what is now decrypted`);
  for (const kind of comings) {
    assert.equal(told(kind, decrypted), false, kind);
    for (const conversionStatus of [2, 3, 4, 5]) {
      assert.equal(told(kind, { ...encrypted, conversionStatus }), true, kind);
    }
    assert.equal(
      told(kind, { ...encrypted, conversionStatus: null, lockStatus: 1, protectors: [] }),
      true,
      "locked",
    );
    assert.equal(told(kind, { ...encrypted, conversionStatus: null }), true, "unread, with protectors");
    assert.equal(
      told(kind, { ...encrypted, conversionStatus: null, protectors: [] }),
      false,
      "nothing known",
    );
  }
});

Deno.test("changeNews() gives each item a headline, and no mail of its own to a part of something greater", () => {
  const added = change("protector-added", { protectorId: "X", protectorType: 1 });
  const alone = changeNews([added], [encrypted], context);
  assert.deepEqual(alone.map((one) => one.tell), [true]);
  const begun = changeNews([change("encryption-started"), added], [encrypted], context);
  assert.deepEqual(begun.map((one) => one.tell), [true, false]);
  const elsewhere = { volume: { deviceId: deviceOf(2), drive: "D:", label: null } };
  const apart = changeNews([change("encryption-started", elsewhere), added], [encrypted], context);
  assert.deepEqual(apart.map((one) => one.tell), [true, true]);
  for (const one of [...alone, ...begun, ...apart]) assert.match(one.title, /^[A-Z].{5,}[^.]$/);
});

Deno.test("changeNews() finds the volume of a change under any spelling of its device ID", () => {
  const spelt = change("volume-missing", {
    volume: { deviceId: deviceOf(1).toUpperCase(), drive: "C:", label: null },
  });
  assert.equal(changeNews([spelt], [encrypted], context)[0]?.tell, true);
});

Deno.test("changeNews() tells nothing where changes are not wanted, but keeps the history", () => {
  const quiet = { ...context, notify: { ...context.notify, changes: false } };
  const news = changeNews([change("key-added")], [encrypted], quiet);
  assert.deepEqual(news.map((one) => [one.kind, one.tell]), [["key-added", false]]);
});

Deno.test("findingNews() tells from the set level on", () => {
  const levels: readonly (readonly [NewsContext["notify"]["findings"], readonly Severity[]])[] = [
    ["info", ["info", "warning", "danger"]],
    ["warning", ["warning", "danger"]],
    ["danger", ["danger"]],
    ["none", []],
  ];
  for (const [findings, expected] of levels) {
    const told = (["info", "warning", "danger"] as const).filter((severity) =>
      findingNews([finding({ severity })], [], { ...context, notify: { ...context.notify, findings } }).news
        .length > 0
    );
    assert.deepEqual(told, expected, findings);
  }
});

Deno.test("findingNews() tells of a finding when it is new, and again once it has lasted a week", () => {
  const days = [0, 1, 6, 7, 8, 13, 14];
  let standing: readonly StandingFinding[] = [];
  const told = days.filter((day) => {
    const night: FindingNews = findingNews([finding()], standing, nightsLater(day));
    standing = night.standing;
    return night.news.length > 0;
  });
  assert.deepEqual(told, [0, 7, 14]);
  assert.equal(standing[0]?.since, nightsLater(0).at);
});

Deno.test("findingNews() tells of a finding anew that was gone in between", () => {
  const first = findingNews([finding()], [], context);
  const gone = findingNews([], first.standing, nightsLater(1));
  assert.deepEqual([gone.standing, gone.news], [[], []]);
  const back = findingNews([finding()], gone.standing, nightsLater(2));
  assert.equal(back.news.length, 1);
  assert.equal(back.standing[0]?.since, nightsLater(2).at);
});

Deno.test("findingNews() tells at once when a finding reaches the level that is told", () => {
  const first = findingNews([finding({ severity: "info" })], [], context);
  assert.deepEqual([first.news.length, first.standing[0]?.toldAt], [0, null]);
  const worse = findingNews([finding({ severity: "danger" })], first.standing, nightsLater(1));
  assert.equal(worse.news.length, 1);
  assert.equal(worse.standing[0]?.since, TAKEN_AT);
});

Deno.test("findingNews() does not repeat what a change of the same drive says in the same mail", () => {
  const ref = finding().volume;
  const off = newsItem(41, { kind: "protection-off", volume: ref });
  const night = findingNews([finding()], [], { ...context, told: [off] });
  assert.deepEqual(night.news, []);
  assert.equal(night.standing[0]?.toldAt, TAKEN_AT, "it was told, by the change");
  const rows = [
    { ...off, tell: false },
    { ...off, kind: "protection-on" },
    { ...off, volume: { deviceId: deviceOf(2), drive: "D:", label: null } },
  ];
  for (const told of rows) {
    assert.equal(findingNews([finding()], [], { ...context, told: [told] }).news.length, 1);
  }
});

Deno.test("findingNews() keeps apart findings of other codes, drives and places, and tells a double one once", () => {
  const other = { deviceId: deviceOf(2), drive: "D:", label: null };
  const many: readonly Finding[] = [
    finding(),
    finding({ volume: other }),
    finding({ code: "locked" }),
    finding({ about: "office" }),
    finding({ volume: null }),
    finding(),
  ];
  const { news, standing } = findingNews(many, [], context);
  assert.deepEqual(news.map((one) => one.id), [42, 43, 44, 45, 46]);
  assert.equal(standing.length, 5);
  assert.deepEqual(findingNews(many, standing, nightsLater(1)).news, []);
  assert.deepEqual(standing.map((one) => one.key), standing.map((one) => one.key).toSorted());
});

Deno.test("findingNews() does not take another text for another finding", () => {
  const first = findingNews([finding({ text: "43 %" })], [], context);
  assert.deepEqual(findingNews([finding({ text: "44 %" })], first.standing, nightsLater(1)).news, []);
});

Deno.test("findingKey() is the same under any spelling of a device ID", () => {
  const spelt = finding({ volume: { deviceId: deviceOf(1).toUpperCase(), drive: null, label: "other" } });
  assert.equal(findingKey(spelt), findingKey(finding()));
});

Deno.test("untold() gives a mail what it was not sent and what is worth one", () => {
  const news = [newsItem(1), newsItem(2, { tell: false }), newsItem(3), newsItem(4)];
  const rows: readonly (readonly [number | null, readonly number[]])[] = [
    [null, [1, 3, 4]],
    [0, [1, 3, 4]],
    [1, [3, 4]],
    [3, [4]],
    [4, []],
    [9, []],
  ];
  for (const [toldUpTo, ids] of rows) {
    assert.deepEqual(untold(mailState({ toldUpTo }), news).map((one) => one.id), ids, String(toldUpTo));
  }
});
