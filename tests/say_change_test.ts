import assert from "node:assert/strict";
import fc from "fast-check";
import type { Change, Snapshot } from "../lib/core/model.ts";
import { type EarlierKey, sayChanges } from "../lib/core/say_change.ts";
import { compare, knowledgeAfter } from "./helpers/nights.ts";
import { deviceOf, guidOf, passwordOf } from "./helpers/made_up_values.ts";
import {
  dataVolumeDocument,
  hostDocument,
  type Json,
  keyDocument,
  plainVolumeDocument,
  snapshotOf,
  tpmDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

interface Told {
  readonly reportedAt?: ReadonlyMap<string, string>;
  readonly earlier?: readonly EarlierKey[];
}

/** Words what the last of some nights changed. */
function said(nights: readonly Snapshot[], told: Told = {}): readonly Change[] {
  const last = nights.at(-1);
  assert.ok(last);
  const before = knowledgeAfter(...nights.slice(0, -1));
  const { changes, volumes } = compare(before, last);
  return sayChanges(changes, {
    before: before.volumes,
    now: volumes,
    hostName: last.host.name,
    oldHostName: before.hostName,
    reportedAt: told.reportedAt ?? new Map(),
    earlier: told.earlier ?? [],
  });
}

function textOf(kind: Change["kind"], nights: readonly Snapshot[], told: Told = {}): string {
  return said(nights, told).find((one) => one.kind === kind)?.text ?? "";
}

const c = (changes: Json = {}): Snapshot => snapshotOf([volumeDocument(changes)]);
const other = c({ protectors: [keyDocument(3), tpmDocument()] });

Deno.test("sayChanges() words every kind of change, naming the drive, in whole sentences", () => {
  const withD = (changes: Json = {}): Snapshot => snapshotOf([volumeDocument(), dataVolumeDocument(changes)]);
  const plain = snapshotOf([volumeDocument(), plainVolumeDocument()]);
  const rows: readonly (readonly [Change["kind"], readonly Snapshot[], RegExp])[] = [
    ["volume-found", [c(), withD()], /D:/],
    ["volume-missing", [withD(), c()], /D:.*keys are kept/],
    ["volume-back", [withD(), c(), withD()], /D:.*back/],
    ["key-added", [c({ protectors: [tpmDocument()] }), c()], /C:.*00000001/],
    ["key-removed", [c(), other], /00000001.*C:/],
    ["key-altered", [
      c(),
      c({ protectors: [keyDocument(1, { recoveryPassword: passwordOf(8) }), tpmDocument()] }),
    ], /00000001.*C:/],
    ["protector-added", [
      c(),
      c({ protectors: [keyDocument(1), tpmDocument(), tpmDocument(0xF1, { type: 4 })] }),
    ], /C:.*PIN/],
    ["protector-removed", [c(), c({ protectors: [keyDocument(1)] })], /C:.*TPM/],
    ["protection-on", [c({ protectionStatus: 0 }), c()], /C:/],
    ["protection-off", [c(), c({ protectionStatus: 0 })], /C:/],
    ["protection-off", [withD(), plain], /D:.*off with its encryption/],
    ["encryption-started", [plain, withD({ conversionStatus: 2 })], /D:/],
    ["encryption-finished", [plain, withD()], /D:.*00000002/],
    ["decryption-started", [withD(), withD({ conversionStatus: 3 })], /D:/],
    ["decrypted", [withD(), plain], /D:.*no longer encrypted/],
    ["drive-letter-changed", [withD(), withD({ drive: "M:" })], /D:.*M:/],
    [
      "host-renamed",
      [c(), snapshotOf(undefined, { host: hostDocument({ name: "MARIE-PC" }) })],
      /MARIE-PC.*ANNA-LAPTOP/,
    ],
  ];
  for (const [kind, nights, text] of rows) {
    assert.match(textOf(kind, nights), text, kind);
    assert.match(textOf(kind, nights), /^[A-Z].*\.$/s, kind);
  }
});

Deno.test("sayChanges() tells the first key from one more, and from one in place of another", () => {
  const first = textOf("key-added", [c()]);
  assert.match(first, /saved/);
  assert.doesNotMatch(first, /no longer open/);
  const more = textOf("key-added", [c(), c({ protectors: [keyDocument(1), keyDocument(3), tpmDocument()] })]);
  assert.match(more, /00000003/);
  assert.match(more, /00000001/);
  assert.doesNotMatch(more, /no longer open/, "both open the drive");
  const instead = textOf("key-added", [c(), other]);
  assert.match(instead, /00000003.*00000001.*no longer open/);
});

Deno.test("sayChanges() says what opens a drive after its key was removed", () => {
  assert.match(textOf("key-removed", [c(), other]), /00000003/);
  assert.match(textOf("key-removed", [c({ protectors: [keyDocument(1), keyDocument(3)] }), c()]), /00000001/);
  assert.match(textOf("key-removed", [c(), c({ protectors: [tpmDocument()] })]), /no recovery key/);
});

Deno.test("sayChanges() names the sheet that no longer opens the drive by its date", () => {
  const told = { reportedAt: new Map([[guidOf(1), "2026-05-03T03:00:00+02:00"]]) };
  for (const kind of ["key-added", "key-removed"] as const) {
    assert.match(textOf(kind, [c(), other], told), /3 May 2026/, kind);
  }
  assert.doesNotMatch(textOf("key-added", [c()], told), /3 May 2026/);
});

Deno.test("sayChanges() does not call a sheet useless that shows another key of the same drive", () => {
  const both = c({ protectors: [keyDocument(1), keyDocument(3), tpmDocument()] });
  const date = "2026-05-03T03:00:00+02:00";
  const told = { reportedAt: new Map([[guidOf(1), date], [guidOf(3), date]]) };
  // Both keys stand on that sheet; key 1 still opens the drive.
  assert.doesNotMatch(textOf("key-removed", [both, c()], told), /sheet[^.]*no longer open/i);
});

Deno.test("sayChanges() knows after a reinstall which key an earlier status tells of", () => {
  const earlier = [{ keyId: guidOf(7), drive: "C:", takenAt: "2026-05-03T03:00:00+02:00" }];
  const text = textOf("key-added", [c()], { earlier });
  assert.match(text, /00000007.*no longer open/);
  assert.match(text, /3 May 2026/);
  for (
    const unrelated of [
      [{ ...earlier[0], keyId: guidOf(7), takenAt: TAKEN, drive: "D:" }],
      [{ keyId: guidOf(1), drive: "C:", takenAt: TAKEN }],
    ]
  ) assert.doesNotMatch(textOf("key-added", [c()], { earlier: unrelated }), /no longer open/);
});

Deno.test("sayChanges() says that a reinstalled drive's old key no longer opens it", () => {
  const fresh = volumeDocument({
    deviceId: deviceOf(5),
    persistentVolumeId: `{${guidOf(0xA5)}}`,
    protectors: [keyDocument(5), tpmDocument()],
  });
  const text = textOf("key-added", [c(), snapshotOf([fresh])]);
  assert.match(text, /00000005.*00000001.*no longer open/);
});

Deno.test("sayChanges() lets no label or host name write more than its name", () => {
  const label = "Win\r\n\u202eAll is well";
  const nights = [c({ label }), c({ label, protectionStatus: 0, protectors: [keyDocument(3)] })];
  const renamed = [c(), snapshotOf(undefined, { host: hostDocument({ name: "MARIE\r\nPC\u202e" }) })];
  for (const one of [...said(nights), ...said(renamed)]) {
    // deno-lint-ignore no-control-regex -- none of these may be in a sentence
    assert.doesNotMatch(one.text, /[\u0000-\u001f\u202e]/, one.kind);
  }
});

Deno.test("sayChanges() keeps all but the words, and never says digits", () => {
  const anyVolume = fc.record({
    drive: fc.constantFrom("C:", "D:", null),
    protectionStatus: fc.constantFrom(0, 1),
    conversionStatus: fc.constantFrom(0, 1, 2, 3),
    protectors: fc.subarray([1, 3, 5]).map((
      numbers,
    ) => [...numbers.map((one) => keyDocument(one)), tpmDocument()]),
  }).map((changes) => volumeDocument(changes));
  const digits = [1, 3, 5].flatMap((one) => passwordOf(one).split("-"));
  fc.assert(
    fc.property(fc.option(anyVolume), fc.option(anyVolume), (first, second) => {
      const nights = [first, second].map((one) => snapshotOf(one === null ? [] : [one]));
      const bare = compare(knowledgeAfter(...nights.slice(0, 1)), nights[1] ?? snapshotOf([])).changes;
      const kept = bare.map(({ kind, volume, keyId }) => ({ kind, volume, keyId }));
      const worded = said(nights);
      assert.deepEqual(worded.map(({ kind, volume, keyId }) => ({ kind, volume, keyId })), kept);
      for (const { text, kind } of worded) {
        assert.ok(text.length > 10, kind);
        for (const group of digits) assert.ok(!text.includes(group));
      }
    }),
    { seed: 20261124, numRuns: 500 },
  );
});

const TAKEN = "2026-05-03T03:00:00+02:00";
