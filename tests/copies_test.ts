import assert from "node:assert/strict";
import type { Finding } from "../lib/core/model.ts";
import { copiesOf, type CopyFacts, copyFindings } from "../lib/nightly/copies.ts";
import {
  dataVolumeDocument,
  delivery,
  deviceOf,
  guidOf,
  type Json,
  knownKey,
  knownVolume,
  markOf,
  passwordOf,
  reportEntry,
  settingsFrom,
  sheetEntry,
  snapshotOf,
  TAKEN_AT,
  volumeDocument,
} from "./helpers/snapshots.ts";

const c = knownVolume();
const d = knownVolume({
  deviceId: deviceOf(2),
  drive: "D:",
  label: "Photos",
  volumeType: 1,
  protectors: [knownKey(2)],
});
const stick = knownVolume({
  deviceId: deviceOf(3),
  drive: "E:",
  label: "Stick",
  volumeType: 2,
  protectors: [knownKey(3)],
});
const keyOfC = { keyId: guidOf(1), fingerprint: markOf(passwordOf(1)), volume: c };
const keyOfD = { keyId: guidOf(2), fingerprint: markOf(passwordOf(2)), volume: d };
const keyOfStick = { keyId: guidOf(3), fingerprint: markOf(passwordOf(3)), volume: stick };
const report = reportEntry(1);

const smtp = { host: "smtp.example.org", from: "keys@example.org" };
const share = { name: "office", kind: "share", path: "\\\\srv\\keys$", sealed: false };
const mail = { name: "helper", kind: "mail", to: ["tom@example.org"], keys: "plain" };
const folderOn = (path: string, changes: Json = {}): Json => ({
  name: "place",
  kind: "folder",
  path,
  ...changes,
});

const seen = snapshotOf([
  volumeDocument(),
  dataVolumeDocument(),
  dataVolumeDocument({ deviceId: deviceOf(3), drive: "E:", volumeType: 2, mountPaths: ["E:\\"] }),
]).volumes;

/** Facts of a night in which key 1 is reported; destinations as in a settings file. */
function facts(destinations: readonly Json[], changes: Partial<CopyFacts> = {}): CopyFacts {
  return {
    settings: settingsFrom({ destinations, smtp }),
    seen,
    known: [c, d, stick],
    keys: [keyOfC],
    reports: [report],
    deliveries: destinations.map((one) => delivery(String(one["name"]), report)),
    looks: destinations.map((one) => ({ destination: String(one["name"]), trouble: null, cause: null })),
    lost: [],
    mailTrouble: new Map(),
    now: TAKEN_AT,
    ...changes,
  };
}

function codesOf(night: CopyFacts): readonly string[] {
  return copyFindings(night).map((one) => `${one.severity} ${one.code}`);
}

function daysAfter(days: number): string {
  return new Date(Date.parse(TAKEN_AT) + days * 24 * 60 * 60 * 1000).toISOString();
}

function unreachable(destination: string): CopyFacts["looks"] {
  return [{ destination, trouble: "it is not there", cause: null }];
}

Deno.test("copyFindings() finds nothing where a current key is verified outside the PC", () => {
  const rows: readonly (readonly [string, Json, Parameters<typeof delivery>[2]?])[] = [
    ["share", share],
    ["share that is a drop box", share, { state: "accepted", hashedAt: null }],
    ["plain mail", mail, { state: "accepted" }],
    ["synced folder on the system drive", folderOn("C:\\Users\\Anna\\Sync", { synced: true })],
    ["folder on a removable volume", folderOn("E:\\Recovery keys")],
    ["folder on no volume of the PC, as on Linux", folderOn("/mnt/keys")],
    ["folder on a drive that the snapshot does not show", folderOn("X:\\Keys")],
  ];
  for (const [what, destination, state] of rows) {
    const deliveries = [delivery(String(destination["name"]), report, state)];
    assert.deepEqual(codesOf(facts([destination], { deliveries })), [], what);
  }
});

Deno.test("copyFindings() finds no-copy-outside where a current key was never verified outside, or is missing there", () => {
  const pending = { state: "pending", verifiedAt: null, hashedAt: null } as const;
  const rows: readonly (readonly [string, CopyFacts, readonly string[]])[] = [
    ["no destination", facts([]), ["danger no-copy-outside"]],
    ["folder on another fixed drive", facts([folderOn("D:\\Keys")]), ["danger no-copy-outside"]],
    ["folder on the same drive", facts([folderOn("C:\\Keys")]), [
      "danger no-copy-outside",
      "danger copy-on-same-drive",
    ]],
    ["never delivered", facts([share], { deliveries: [] }), [
      "danger no-copy-outside",
      "warning delivery-pending",
    ]],
    ["looked and found missing", facts([share], { deliveries: [delivery("office", report, pending)] }), [
      "danger no-copy-outside",
      "warning delivery-pending",
    ]],
    [
      "only handed over",
      facts([share], {
        deliveries: [delivery("office", report, { ...pending, state: "handed-over" })],
      }),
      ["danger no-copy-outside", "warning delivery-pending"],
    ],
    ["a mail without keys", facts([{ ...mail, keys: "none" }], { deliveries: [] }), [
      "danger no-copy-outside",
    ]],
    [
      "other digits of the same Key ID",
      facts([share], {
        keys: [{ ...keyOfC, fingerprint: "other" }],
      }),
      ["danger no-copy-outside"],
    ],
    [
      "the sheet alone",
      facts([share], { reports: [sheetEntry()], deliveries: [delivery("office", sheetEntry())] }),
      [
        "danger no-copy-outside",
      ],
    ],
    ["no current key", facts([], { keys: [] }), []],
  ];
  for (const [what, night, expected] of rows) assert.deepEqual(codesOf(night), expected, what);
});

Deno.test("copyFindings() tells of each drive once, with all its keys", () => {
  const second = { ...keyOfC, keyId: guidOf(9), fingerprint: "nine" };
  const found = copyFindings(facts([], { keys: [keyOfC, second, keyOfD] }));
  assert.deepEqual(found.map((one) => [one.code, one.volume?.drive]), [
    ["no-copy-outside", "C:"],
    ["no-copy-outside", "D:"],
  ]);
  assert.match(found[0]?.text ?? "", /00000001.*00000009/);
});

Deno.test("copyFindings() counts a key as safe once one of several places outside holds it", () => {
  const night = facts([folderOn("D:\\Keys"), share], { deliveries: [delivery("office", report)] });
  assert.deepEqual(codesOf(night), ["warning delivery-pending"]);
});

Deno.test("copyFindings() finds copy-on-same-drive for a folder on a volume whose own key it holds", () => {
  const withD = {
    keys: [keyOfD],
    reports: [reportEntry(2)],
    deliveries: [delivery("place", reportEntry(2))],
  };
  const inC =
    snapshotOf([volumeDocument(), dataVolumeDocument({ mountPaths: ["D:\\", "C:\\Mount\\Photos\\"] })])
      .volumes;
  const rows: readonly (readonly [string, CopyFacts, string | null])[] = [
    ["key of C: on C:", facts([folderOn("C:\\Keys")]), "C:"],
    ["key of C: on D:", facts([folderOn("D:\\Keys")]), null],
    ["key of D: on D:", facts([folderOn("D:\\Keys")], withD), "D:"],
    [
      "key of D: on C:, where D: is mounted in a folder",
      facts([folderOn("C:\\Mount\\Photos\\Keys")], { ...withD, seen: inC }),
      "D:",
    ],
    ["key of C: there", facts([folderOn("C:\\Mount\\Photos\\Keys")], { seen: inC }), null],
    ["synced", facts([folderOn("C:\\Keys", { synced: true })]), null],
    ["not there yet", facts([folderOn("C:\\Keys")], { deliveries: [] }), null],
    [
      "key of a stick on the stick",
      facts([folderOn("E:\\Keys")], {
        keys: [keyOfStick],
        reports: [reportEntry(3)],
        deliveries: [delivery("place", reportEntry(3))],
      }),
      "E:",
    ],
  ];
  for (const [what, night, drive] of rows) {
    const found = copyFindings(night).filter((one) => one.code === "copy-on-same-drive");
    assert.deepEqual(
      found.map((one) => [one.severity, one.volume?.drive]),
      drive === null ? [] : [["danger", drive]],
      what,
    );
  }
});

Deno.test("copyFindings() finds delivery-pending for what a destination does not hold yet, with the reason", () => {
  const failed = delivery("office", report, { state: "pending", verifiedAt: null, error: "disk full" });
  const [one] = copyFindings(facts([share], { deliveries: [failed] })).filter((each) =>
    each.code === "delivery-pending"
  );
  assert.equal(one?.about, "office");
  assert.match(one?.text ?? "", /office.*disk full/);
  const mailed = facts([mail], {
    deliveries: [],
    mailTrouble: new Map([["helper", { reason: "server answered 550", taken: false }]]),
  });
  assert.deepEqual(codesOf(mailed), ["danger no-copy-outside", "warning delivery-pending"]);
  assert.match(copyFindings(mailed)[1]?.text ?? "", /server answered 550/);
  const newsOnly = facts([{ ...mail, keys: "none" }, share], {
    mailTrouble: new Map([["helper", { reason: "no route", taken: false }]]),
  });
  assert.deepEqual(codesOf(newsOnly), ["warning delivery-pending"]);
});

Deno.test("copyFindings() says of a mail that one address took that the other did not, and promises no retry", () => {
  const partly = facts([{ ...mail, keys: "none" }, share], {
    mailTrouble: new Map([["helper", { reason: "ann@example.org was refused: 550", taken: true }]]),
  });
  const [one] = copyFindings(partly).filter((each) => each.code === "delivery-pending");
  assert.match(one?.text ?? "", /^The mail to "helper" went out, but not to everybody: ann@example\.org/);
  assert.doesNotMatch(one?.text ?? "", /tried again/);
});

Deno.test("copyFindings() also owes keys that no longer open anything", () => {
  const old = reportEntry(7);
  const night = facts([share], { reports: [report, old], deliveries: [delivery("office", report)] });
  assert.deepEqual(codesOf(night), ["warning delivery-pending"]);
});

Deno.test("copyFindings() finds destination-unreachable, nothing more, until the copies are too old", () => {
  const night = (destination: Json, days: number, changes: Partial<CopyFacts> = {}): readonly string[] =>
    codesOf(
      facts([destination], {
        looks: unreachable(String(destination["name"])),
        now: daysAfter(days),
        ...changes,
      }),
    );
  assert.deepEqual(night(share, 0), ["warning destination-unreachable"]);
  assert.deepEqual(night(share, 30), ["warning destination-unreachable"]);
  assert.deepEqual(night(share, 31), ["danger destination-unreachable"]);
  assert.deepEqual(night(folderOn("E:\\Keys"), 0), ["info destination-unreachable"]);
  assert.deepEqual(night(folderOn("E:\\Keys"), 31), ["danger destination-unreachable"]);
  assert.deepEqual(night(folderOn("C:\\Sync", { synced: true }), 1), ["warning destination-unreachable"]);
  assert.deepEqual(
    night(share, 31, { keys: [] }),
    ["warning destination-unreachable"],
    "no key depends on it",
  );
  const shorter = facts([share], { looks: unreachable("office"), now: daysAfter(8) });
  const settings = { ...shorter.settings, copyMaxAgeDays: 7 };
  assert.deepEqual(codesOf({ ...shorter, settings }), ["danger destination-unreachable"]);
});

Deno.test("copyFindings() does not call old copies a danger where another place was looked at", () => {
  const deliveries = [delivery("place", report), delivery("office", report, { verifiedAt: daysAfter(40) })];
  const night = facts([folderOn("E:\\Keys"), share], {
    looks: unreachable("place"),
    deliveries,
    now: daysAfter(40),
  });
  assert.deepEqual(codesOf(night), ["info destination-unreachable"]);
});

Deno.test("copyFindings() calls it a danger when all places outside are out of sight for too long", () => {
  const looks = [...unreachable("place"), ...unreachable("office")];
  const night = facts([folderOn("E:\\Keys"), share], { looks, now: daysAfter(40) });
  assert.ok(codesOf(night).includes("danger destination-unreachable"), codesOf(night).join());
});

Deno.test("copyFindings() knows a stick that is not plugged in by the letter it had", () => {
  const away = { ...stick, present: false };
  const night = facts([folderOn("E:\\Keys")], {
    seen: seen.filter((one) => one.drive !== "E:"),
    known: [c, d, away],
    looks: unreachable("place"),
  });
  assert.deepEqual(codesOf(night), ["info destination-unreachable"]);
});

Deno.test("copyFindings() knows on which drive a folder lies also in a night in which nothing could be read", () => {
  // seen is empty and all volumes count as present, since nobody could say that they are gone
  const blind = { seen: [], known: [c, d, stick] };
  assert.deepEqual(codesOf(facts([folderOn("D:\\Keys")], blind)), ["danger no-copy-outside"], "fixed drive");
  assert.deepEqual(
    codesOf(facts([folderOn("C:\\Keys")], blind)),
    ["danger no-copy-outside", "danger copy-on-same-drive"],
    "same drive",
  );
  assert.deepEqual(
    codesOf(facts([folderOn("E:\\Keys")], { ...blind, looks: unreachable("place") })),
    ["info destination-unreachable"],
    "stick",
  );
});

Deno.test("copyFindings() finds copy-lost for an old key that is nowhere any more", () => {
  const old = reportEntry(7, { released: true });
  const gone = delivery("office", old, { state: "pending", verifiedAt: null, error: "gone" });
  const deliveries = [delivery("office", report), gone];
  const lost = [old];
  const lostOf = (night: CopyFacts): readonly Finding[] =>
    copyFindings(night).filter((one) => one.code === "copy-lost");
  const [found, ...more] = lostOf(facts([share], { reports: [report, old], deliveries, lost }));
  assert.deepEqual([found?.severity, found?.about, found?.volume?.drive, more.length], [
    "danger",
    guidOf(7),
    "C:",
    0,
  ]);
  const elsewhere = facts([share, mail], {
    reports: [report, old],
    deliveries: [...deliveries, delivery("helper", old, { state: "accepted" })],
    lost,
  });
  assert.deepEqual(lostOf(elsewhere), [], "another place holds it");
  const two = [old, old];
  assert.equal(
    lostOf(facts([share, mail], { reports: [report, old], deliveries, lost: two })).length,
    1,
    "told once",
  );
  const sheet = [sheetEntry({ released: true })];
  assert.deepEqual(lostOf(facts([share], { lost: sheet })), [], "a sheet can be made again");
});

Deno.test("copyFindings() finds the lost digits of an altered key beside others of the same Key ID", () => {
  const before = reportEntry(7, { id: "ANNA-LAPTOP/old", released: true });
  const after = reportEntry(7, { id: "ANNA-LAPTOP/new", fingerprint: "altered", released: true });
  const lost = [before, after];
  const deliveries = [delivery("office", report), delivery("helper", after, { state: "accepted" })];
  const night = facts([share, mail], { reports: [report, before, after], deliveries, lost });
  assert.equal(copyFindings(night).filter((one) => one.code === "copy-lost").length, 1);
});

Deno.test("copiesOf() lists who holds a key, outside or not, and when it was last seen", () => {
  const later = daysAfter(1);
  const again = reportEntry(1, { id: "ANNA-LAPTOP/again" });
  const night = facts([share, folderOn("D:\\Keys"), mail], {
    reports: [report, again, reportEntry(2)],
    deliveries: [
      delivery("office", report),
      delivery("office", again, { verifiedAt: later }),
      delivery("place", report),
      delivery("helper", reportEntry(2), { state: "accepted" }),
    ],
  });
  assert.deepEqual(copiesOf(keyOfC, night), [
    { destination: "office", kind: "share", outside: true, uploadOpen: false, verifiedAt: later },
    { destination: "place", kind: "folder", outside: false, uploadOpen: false, verifiedAt: TAKEN_AT },
  ]);
});
