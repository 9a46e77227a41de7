import assert from "node:assert/strict";
import { copiesOf, type CopyFacts, copyFindings } from "../lib/nightly/copies.ts";
import {
  codesOf,
  daysAfter,
  facts,
  folderOn,
  keyOfC,
  keyOfD,
  keyOfStick,
  mail,
  report,
  share,
} from "./helpers/copy_facts.ts";
import { delivery, reportEntry, sheetEntry } from "./helpers/ledger_entries.ts";
import { guidOf, TAKEN_AT } from "./helpers/made_up_values.ts";
import { dataVolumeDocument, type Json, snapshotOf, volumeDocument } from "./helpers/snapshots.ts";

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
