import assert from "node:assert/strict";
import type { Finding } from "../lib/core/model.ts";
import { deliveryResults, shortfallsOf, type VerdictFacts } from "../lib/nightly/verdict.ts";
import { delivery, finding, reportEntry } from "./helpers/ledger_entries.ts";
import { settingsFrom } from "./helpers/settings_from.ts";
import { passwordOf } from "./helpers/made_up_values.ts";
import { snapshotOf } from "./helpers/snapshots.ts";

function facts(
  changes: Partial<VerdictFacts> = {},
  setAside: VerdictFacts["input"]["setAside"] = [],
): VerdictFacts {
  const input = {
    snapshot: snapshotOf(),
    settings: settingsFrom(),
    setAside,
    runId: "run-1",
    carries: false,
    receipts: null,
    access: [],
  };
  return { input, findings: [], deliveries: [], ...changes };
}

function shortOf(...findings: readonly Partial<Finding>[]): number {
  return shortfallsOf(facts({ findings: findings.map((one) => finding(one)) })).length;
}

Deno.test("shortfallsOf() finds none where the run did all that it had to, whatever it found on the PC", () => {
  const codes: readonly Finding["code"][] = [
    "no-recovery-key",
    "not-activated",
    "suspended",
    "locked",
    "invalid-key",
    "no-copy-outside",
    "copy-on-same-drive",
    "encryption-in-progress",
    "decryption-in-progress",
    "hardware-encryption",
    "not-encrypted",
    "no-bitlocker",
  ];
  for (const code of codes) assert.equal(shortOf({ code, severity: "danger" }), 0, code);
  assert.deepEqual(shortfallsOf(facts()), []);
});

Deno.test("shortfallsOf() tells what could not be read, delivered or verified", () => {
  const codes: readonly Finding["code"][] = [
    "unreadable",
    "not-elevated",
    "delivery-pending",
    "destination-unreachable",
    "copy-lost",
    "ledger-replaced",
  ];
  for (const code of codes) {
    const said = shortfallsOf(facts({ findings: [finding({ code, text: `Because of ${code}.` })] }));
    assert.deepEqual(said, [`Because of ${code}.`]);
  }
});

Deno.test("shortfallsOf() forgives a stick that is not plugged in, unless something waits for it", () => {
  const away = { code: "destination-unreachable", severity: "info", about: "stick", volume: null } as const;
  assert.equal(shortOf(away), 0);
  assert.equal(shortOf({ ...away, severity: "danger" }), 1);
  assert.equal(shortOf({ ...away, severity: "warning" }), 1);
  assert.equal(shortOf(away, { code: "delivery-pending", about: "stick", volume: null }), 2);
  assert.equal(shortOf(away, { code: "delivery-pending", about: "office", volume: null }), 1);
});

Deno.test("shortfallsOf() tells of policy that was set aside, and of a report that could not be verified", () => {
  const [policy] = shortfallsOf(facts({}, [{ name: "Smtp.Port", reason: "it is a text" }]));
  assert.match(policy ?? "", /Smtp\.Port.*it is a text/);
  const row = delivery("office", reportEntry(1), { error: "read error" });
  const [unverified] = shortfallsOf(facts({ deliveries: [row] }));
  assert.match(unverified ?? "", /office.*read error/);
  assert.deepEqual(shortfallsOf(facts({ deliveries: [delivery("office", reportEntry(1))] })), []);
});

const settings = settingsFrom({
  destinations: [
    { name: "stick", kind: "folder", path: "E:\\Keys" },
    { name: "office", kind: "share", path: "\\\\srv\\keys", sealed: false },
    { name: "helper", kind: "mail", to: ["tom@example.org"] },
  ],
  smtp: { host: "smtp.example.org", from: "keys@example.org" },
});

Deno.test("deliveryResults() lists what was delivered tonight and what is pending, not what was only looked at", () => {
  const [one, two, three] = [reportEntry(1), reportEntry(2), reportEntry(3)] as const;
  const before = [delivery("office", one), delivery("office", two, { state: "pending", attempts: 1 })];
  const after = [
    delivery("office", one, { verifiedAt: "2026-11-25T03:00:00Z", hashedAt: "2026-11-25T03:00:00Z" }),
    delivery("office", two, { attempts: 2 }),
    delivery("office", three, { state: "handed-over" }),
    delivery("stick", one, { state: "pending", folder: null, name: null, attempts: 4, error: "not there" }),
  ];
  const results = deliveryResults(settings, { before, after, mails: [] });
  assert.deepEqual(
    results.map((each) => [each.destination, each.kind, each.outcome, each.attempts, each.error]),
    [
      ["stick", "folder", "pending", 4, "not there"],
      ["office", "share", "delivered", 2, null],
      ["office", "share", "handed-over", 1, null],
    ],
  );
  assert.equal(results[1]?.report, `ANNA-LAPTOP/${two.name}`);
  assert.deepEqual(deliveryResults(settings, { before: [], after: [], mails: [] }), []);
});

Deno.test("deliveryResults() tells of a mail with and without reports", () => {
  const mail = { destination: "helper", accepted: true, trouble: null };
  const [bare] = deliveryResults(settings, { before: [], after: [], mails: [mail] });
  assert.deepEqual(bare, {
    destination: "helper",
    kind: "mail",
    report: null,
    outcome: "accepted",
    attempts: 1,
    error: null,
  });
  const refused = { destination: "helper", accepted: false, trouble: "server answered 550" };
  const [failed] = deliveryResults(settings, { before: [], after: [], mails: [refused] });
  assert.deepEqual([failed?.outcome, failed?.error], ["pending", "server answered 550"]);
  const row = delivery("helper", reportEntry(1), { state: "accepted" });
  const [withKey, ...more] = deliveryResults(settings, { before: [], after: [row], mails: [mail] });
  assert.deepEqual([withKey?.outcome, more.length], ["accepted", 0]);
});

Deno.test("deliveryResults() gives the same order for rows in any order", () => {
  const after = [reportEntry(3), reportEntry(1), reportEntry(2)].map((entry) => delivery("office", entry));
  const given = { before: [], mails: [] };
  const results = deliveryResults(settings, { ...given, after });
  assert.deepEqual(deliveryResults(settings, { ...given, after: after.toReversed() }), results);
  assert.ok(!JSON.stringify(results).includes(passwordOf(1).slice(0, 6)));
});
