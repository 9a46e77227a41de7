import assert from "node:assert/strict";
import type { Delivery } from "../lib/core/ledger_model.ts";
import { heartbeatOf, silenceNote } from "../lib/nightly/heartbeat.ts";
import { nightRig, placeOf, volume } from "./helpers/night_rig.ts";
import { delivery, finding, knownVolume, reportEntry } from "./helpers/ledger_entries.ts";
import { markOf } from "./helpers/made_up_values.ts";
import { settingsFrom } from "./helpers/settings_from.ts";
import { guidOf, passwordOf } from "./helpers/made_up_values.ts";
import type { Json } from "./helpers/snapshots.ts";

const NOW = "2026-11-24T02:00:01.000Z";
const smtp = { host: "smtp.example.org", from: "keys@example.org" };
const cloud: Json = { name: "cloud", kind: "folder", path: "/cloud", synced: true };
const stick: Json = { name: "stick", kind: "folder", path: "E:\\Keys" };
const helper: Json = { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" };
const report = reportEntry(1);

/** A night on 24 November: what lies where since when, and where nobody could look. */
interface Given {
  readonly places:
    readonly (readonly [destination: Json, verifiedAt: string | null, state?: Delivery["state"]])[];
  readonly away?: readonly string[];
  readonly noKeys?: boolean;
  readonly open?: number;
  readonly faults?: readonly string[];
  readonly first?: boolean;
  readonly offsetMinutes?: number;
}

function life(given: Given): { readonly title: string; readonly text: string } {
  const destinations = given.places.map(([destination]) => destination);
  const key = { keyId: guidOf(1), fingerprint: markOf(passwordOf(1)), volume: knownVolume() };
  return heartbeatOf({
    copies: {
      settings: settingsFrom({ destinations, smtp }),
      seen: [],
      known: [],
      keys: given.noKeys ? [] : [key],
      reports: given.noKeys ? [] : [report],
      deliveries: given.places.flatMap(([{ name }, verifiedAt, state = "delivered"]) =>
        verifiedAt === null ? [] : [delivery(String(name), report, { verifiedAt, state })]
      ),
      looks: destinations.filter(({ kind }) => kind !== "mail").map(({ name }) => ({
        destination: String(name),
        trouble: given.away?.includes(String(name)) ? "the drive is not there" : null,
        cause: null,
      })),
      lost: [],
      mailTrouble: new Map(),
      now: NOW,
    },
    findings: Array.from({ length: given.open ?? 0 }, () => finding()),
    faults: given.faults ?? [],
    first: given.first ?? false,
    offsetMinutes: given.offsetMinutes ?? 60,
  });
}

const TABLE: readonly (readonly [what: string, given: Given, title: string, says: readonly RegExp[]])[] = [
  [
    "all copies were looked at tonight",
    { places: [[cloud, NOW]] },
    "Still watching: all copies verified on 24 November 2026",
    [/All copies were verified on 24 November 2026\. Nothing needs to be done\.$/],
  ],
  [
    "the oldest look counts, not tonight",
    { places: [[cloud, NOW], [stick, "2026-11-03T02:00:01Z"]] },
    "Still watching: all copies verified, longest ago on 3 November 2026",
    [/All copies were verified, the one seen longest ago on 3 November 2026\./],
  ],
  [
    "a place could not be looked at",
    { places: [[cloud, NOW], [stick, "2026-11-03T02:00:01Z"]], away: ["stick"] },
    "Still watching: all copies verified, longest ago on 3 November 2026",
    [
      /The copies at the places that could be looked at were verified on 24 November 2026\./,
      /nobody could look at the copies at "stick" \(last seen there on 3 November 2026\)\./,
    ],
  ],
  [
    "the only place could not be looked at",
    { places: [[stick, "2026-11-03T02:00:01Z"]], away: ["stick"] },
    "Still watching: all copies verified on 3 November 2026",
    [/"stick" \(last seen there on 3 November 2026\)/],
  ],
  [
    "a place that lacks its report",
    { places: [[cloud, NOW], [stick, null]] },
    "Still watching: copies verified on 24 November 2026",
    [/The copies at the places that could be looked at were verified/],
  ],
  [
    "a mailbox is never looked into",
    { places: [[helper, "2026-10-20T02:00:01Z", "accepted"]] },
    "Still watching: the keys went out by mail on 20 October 2026",
    [/the server took the last mail with keys on 20 October 2026; keep it\./],
  ],
  [
    "a mailbox beside a folder",
    { places: [[cloud, NOW], [helper, "2026-10-20T02:00:01Z", "accepted"]] },
    "Still watching: all copies verified on 24 November 2026",
    [/All copies that can be looked at were verified on 24 November/, /A mailbox cannot be looked into/],
  ],
  [
    "a drop box is never looked into",
    { places: [[cloud, "2026-10-20T02:00:01Z", "accepted"]] },
    "Still watching: the reports went into a drop box on 20 October 2026",
    [/A drop box cannot be looked into: it took the last report on 20 October 2026\./],
  ],
  [
    "a PC without keys",
    { places: [[cloud, null]], noKeys: true },
    "Still watching: there is no key to keep",
    [/No drive of it has a recovery key now/],
  ],
  [
    "things that are open",
    { places: [[cloud, NOW]], open: 2 },
    "Still watching: 2 things need attention",
    [/2 things are still open, see below\.$/],
  ],
  [
    "a fault that is no finding",
    { places: [[cloud, NOW]], faults: ['Policy "Smtp.Port" was not used: it is 0'] },
    "Still watching: 1 thing needs attention",
    [/Not as it should be: Policy "Smtp\.Port" was not used: it is 0\.$/],
  ],
  [
    "the first mail ever",
    { places: [[cloud, NOW]], first: true },
    "Spare Key watches this PC: all copies verified on 24 November 2026",
    [/^From now on Spare Key tells you by mail what happens to the recovery keys of this PC\./],
  ],
  [
    "the day is that of the PC",
    { places: [[cloud, "2026-11-23T23:30:00.000Z"]], offsetMinutes: 60 },
    "Still watching: all copies verified on 24 November 2026",
    [/24 November 2026/],
  ],
];

for (const [what, given, title, says] of TABLE) {
  Deno.test(`heartbeatOf(): ${what}`, () => {
    const { title: saidTitle, text } = life(given);
    assert.equal(saidTitle, title);
    for (const part of says) assert.match(text, part);
    if ((given.open ?? 0) + (given.faults ?? []).length > 0) {
      assert.doesNotMatch(text, /Nothing needs to be done/);
    }
    if ((given.away ?? []).length > 0) assert.doesNotMatch(text, /All copies/);
  });
}

Deno.test("silenceNote() names the day from which on silence means trouble, and nothing where none comes", () => {
  assert.equal(silenceNote(NOW, { heartbeatDays: 0, offsetMinutes: 60 }), null);
  assert.match(silenceNote(NOW, { heartbeatDays: 30, offsetMinutes: 60 }) ?? "", /at least every 30 days/);
  assert.match(silenceNote(NOW, { heartbeatDays: 30, offsetMinutes: 60 }) ?? "", /by 27 December 2026/);
  assert.match(
    silenceNote(NOW, { heartbeatDays: 1, offsetMinutes: 60 }) ?? "",
    /every day .* by 28 November 2026/,
  );
});

const SETTINGS = {
  destinations: [cloud, { ...stick, path: "/stick", synced: true }, { ...helper, keys: "none" }],
  smtp,
  notify: { heartbeatDays: 5 },
};

/** Lets this many nights pass in which nothing happens. */
async function quietNights(rig: ReturnType<typeof nightRig>, count: number): Promise<void> {
  for (let night = 0; night < count; night++) await rig.night([volume("C:", [1])]);
}

Deno.test("after heartbeatDays a night without news sends a sign of life, with true dates, and once", async () => {
  const rig = nightRig(SETTINGS);
  await quietNights(rig, 5);
  assert.equal(rig.mailer.mails.length, 1);
  await quietNights(rig, 1);
  const mail = rig.mailer.mails[1];
  assert.equal(mail?.subject, "[ANNA-LAPTOP] Still watching: all copies verified on 25 November 2026");
  const text = mail?.text.replace(/\s+/g, " ") ?? "";
  for (
    const part of [
      "Spare Key is still watching this PC.",
      "Key ID 00000001-",
      "- cloud: /cloud",
      "last seen on 25 November 2026",
      "by 3 December 2026, the PC is silent",
    ]
  ) assert.ok(text.includes(part), `${part} in: ${text}`);
  assert.doesNotMatch(text, /WHAT HAPPENED|All is well: nothing/);
  await quietNights(rig, 4);
  assert.equal(rig.mailer.mails.length, 2);
});

Deno.test("a stick in the drawer is named by the day on which it was last seen", async () => {
  const keys = { ...stick, path: "E:\\Keys", volume: "KEYS" };
  const rig = nightRig({ ...SETTINGS, destinations: [cloud, keys, { ...helper, keys: "none" }] });
  const drive = volume("E:", [], { label: "KEYS", volumeType: 2, conversionStatus: 0, mountPaths: ["E:\\"] });
  for (let night = 0; night < 6; night++) {
    await rig.night([volume("C:", [1]), ...(night < 3 ? [drive] : [])]);
  }
  const mail = rig.mailer.mails.at(-1);
  assert.equal(
    mail?.subject,
    "[ANNA-LAPTOP] Still watching: all copies verified, longest ago on 22 November 2026",
  );
  assert.match(
    mail?.text.replace(/\s+/g, " ") ?? "",
    /"stick" \(last seen there on 22 November 2026\)\. Nothing needs/,
  );
});

Deno.test("a sign of life names the place that nobody could look at, by the date of the last look", async () => {
  // Warnings are not told here, else the place that is away would be news of its own.
  const rig = nightRig({ ...SETTINGS, notify: { heartbeatDays: 5, findings: "danger" } });
  await quietNights(rig, 3);
  placeOf(rig, "stick").trouble = "not there";
  await quietNights(rig, 3);
  const mail = rig.mailer.mails[1];
  assert.equal(mail?.subject, "[ANNA-LAPTOP] Still watching: 1 thing needs attention");
  const text = mail?.text.replace(/\s+/g, " ") ?? "";
  assert.match(text, /could be looked at were verified on 25 November 2026/);
  assert.match(text, /"stick" \(last seen there on 22 November 2026\)/);
  assert.doesNotMatch(text, /All copies|Nothing needs to be done/);
});

Deno.test("a sign of life does not say that all is well where a part of the policy was set aside", async () => {
  const rig = nightRig(SETTINGS);
  await quietNights(rig, 5);
  rig.nextDay();
  const setAside = [{ name: "Smtp.Port", reason: "it is 0" }];
  const result = await rig.start([volume("C:", [1])], {}, { setAside });
  assert.equal(result.shortfalls.length, 1);
  const mail = rig.mailer.mails[1];
  assert.equal(mail?.subject, "[ANNA-LAPTOP] Still watching: 1 thing needs attention");
  assert.match(mail?.text.replace(/\s+/g, " ") ?? "", /Policy "Smtp\.Port" was not used: it is 0\./);
});

Deno.test("an address that never got a mail gets the first one at once, and it says so", async () => {
  const rig = nightRig({ ...SETTINGS, destinations: [cloud] });
  await quietNights(rig, 2);
  rig.settings = SETTINGS;
  await quietNights(rig, 1);
  assert.deepEqual(rig.mailer.mails.map(({ subject }) => subject), [
    "[ANNA-LAPTOP] Spare Key watches this PC: all copies verified on 22 November 2026",
  ]);
  await quietNights(rig, 3);
  assert.equal(rig.mailer.mails.length, 1);
});

Deno.test("a sign of life that is refused is told as pending, and sent under the same Message-ID", async () => {
  const rig = nightRig(SETTINGS);
  const sent: string[] = [];
  await quietNights(rig, 5);
  rig.wrap = (ports) => ({
    ...ports,
    mailer: { send: (mail) => (sent.push(mail.messageId), rig.mailer.send(mail)) },
  });
  rig.mailer.trouble = "450 later";
  const refused = await rig.night([volume("C:", [1])]);
  assert.deepEqual(refused.findings.map(({ code }) => code), ["delivery-pending"]);
  rig.mailer.trouble = null;
  await quietNights(rig, 1);
  assert.equal(new Set(sent).size, 1);
  assert.equal(sent.length, 2);
  assert.match(rig.mailer.mails[1]?.subject ?? "", /Still watching/);
});
