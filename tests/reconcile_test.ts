import assert from "node:assert/strict";
import fc from "fast-check";
import type { ListedKey } from "../lib/core/reconcile/model.ts";
import { reconcile } from "../lib/core/reconcile/reconcile.ts";
import {
  judged,
  known,
  ledgerAfter,
  listed,
  notes,
  print,
  short,
  statusOf,
  volumes,
} from "./helpers/reconcile_rig.ts";
import { guidOf, MACHINE } from "./helpers/made_up_values.ts";
import { dataVolumeDocument, type Json, keyDocument, volumeDocument } from "./helpers/snapshots.ts";

const MISSING_2 = `${short(2)} missing`;

/** What the list shows of a key that this PC does not have, and what becomes of it. */
const NAMES: readonly (readonly [host: string | null, verdict: string])[] = [
  [null, "unknown"],
  ["", "unknown"],
  ["OSV", "unknown"],
  ["Removable data drives - BitLocker To Go", "unknown"],
  ["1/31/2021", "unknown"],
  ["ANNA-LAPTOP", "old by name"],
  ["anna-laptop", "old by name"],
  ["CONTOSO\\ANNA-LAPTOP$", "old by name"],
  ["anna-laptop.example.org", "old by name"],
  ["5CD1234XYZ", "old by name"],
  ["TOM-PC", "other-pc by name"],
];

for (const [host, verdict] of NAMES) {
  Deno.test(`reconcile calls a key that this PC does not have, listed under ${JSON.stringify(host)}, ${verdict}`, async () => {
    const given = { changes: { host: { name: "ANNA-LAPTOP", machineId: MACHINE, serial: "5CD1234XYZ" } } };
    const rows = await judged(
      [listed(), listed({ keyId: guidOf(2) }), listed({ keyId: guidOf(77), host })],
      given,
    );
    assert.deepEqual(rows.at(-1), `${short(77)} ${verdict}`);
  });
}

Deno.test("reconcile never lets a name decide: a present key is current under any name", async () => {
  for (const host of [null, "TOM-PC", "ANNA-LAPTOP", "DESKTOP-4F7K2LQ"]) {
    assert.deepEqual(
      await judged([listed({ host })]),
      [`${short(1)} current by key-id`, MISSING_2],
      String(host),
    );
  }
  assert.match(await notes([listed({ host: "TOM-PC" })]), /The list says TOM-PC\. That name is wrong/);
  assert.equal(await notes([listed({ host: "anna-laptop" })]), "");
});

Deno.test("reconcile takes the name of a key of this PC as a hint on others: sure where Windows made the name up", async () => {
  const list = (
    host: string,
  ): readonly ListedKey[] => [listed({ host }), listed({ keyId: guidOf(77), host })];
  assert.ok((await judged(list("DESKTOP-4F7K2LQ"))).includes(`${short(77)} old by name`));
  assert.ok((await judged(list("TOM-PC"))).includes(`${short(77)} unknown`));
  assert.match(await notes(list("TOM-PC")), /the same name as 00000001, which is this PC's/);
});

Deno.test("reconcile lets digits decide before Key IDs, and says where either is wrong", async () => {
  const byDigits = [listed({ keyId: null, fingerprint: await print(1) })];
  assert.deepEqual(await judged(byDigits), [`${short(1)} current by digits`, MISSING_2]);
  const wrongId = [listed({ keyId: "00000002", fingerprint: await print(1) })];
  assert.deepEqual(await judged(wrongId), [`${short(1)} current by digits`, MISSING_2]);
  assert.match(await notes(wrongId), /under the Key ID 00000002\. That Key ID is wrong/);
  const wrongDigits = [listed({ fingerprint: await print(50) })];
  assert.deepEqual(await judged(wrongDigits), [`${short(1)} current by key-id`, MISSING_2]);
  assert.match(await notes(wrongDigits), /The digits in list\.txt are NOT those of this key/);
  assert.ok(!/NOT/.test(await notes([listed({ fingerprint: await print(1) })])));
});

Deno.test("reconcile says when a short Key ID begins several keys, and calls none of them missing", async () => {
  const twin = `${short(1)}-1111-4222-8333-444455556666`;
  const twins = (number: number): readonly Json[] => [
    volumeDocument({ protectors: [keyDocument(1)] }),
    dataVolumeDocument({ protectors: [keyDocument(number, { id: twin })] }),
  ];
  const list = [listed({ keyId: short(1) })];
  const [row, ...rest] = reconcile(list, await known({ volumes: twins(2) }));
  assert.deepEqual([row?.verdict, row?.keyId, row?.candidates, rest], [
    "current",
    short(1),
    [guidOf(1), twin].sort(),
    [],
  ]);
  assert.match(row?.notes[0] ?? "", /is the beginning of 2 Key IDs/);
  const ledger = await ledgerAfter({ volumes: twins(2) });
  const oneIsOld = { ledger, volumes: volumes([1], [3]) };
  assert.deepEqual(await judged(list, oneIsOld), [`${short(3)} missing`, `${short(1)} unknown`]);
  const withDigits = [listed({ keyId: short(1), fingerprint: await print(1) })];
  assert.deepEqual(await judged(withDigits, oneIsOld), [
    `${short(1)} current by key-id`,
    `${short(3)} missing`,
  ]);
  const otherList = [...list, listed({ keyId: `${short(1)}-9999-4222-8333-444455556666`, path: "b" })];
  assert.deepEqual(await judged(otherList), [MISSING_2, `${short(1)} unknown`, `${short(1)} unknown`]);
});

Deno.test("reconcile knows a locked drive by its Key ID, and says that digits alone cannot be compared", async () => {
  const locked = [
    ...volumes([1]),
    dataVolumeDocument({ lockStatus: 1, protectors: [keyDocument(2, { recoveryPassword: null })] }),
  ];
  assert.deepEqual(await judged([listed({ keyId: short(2) })], { volumes: locked }), [
    `${short(2)} current by key-id`,
    `${short(1)} missing`,
  ]);
  const digits = [listed(), listed({ keyId: null, fingerprint: await print(2), host: "TOM-PC" })];
  assert.deepEqual(await judged(digits, { volumes: locked }), [
    `${short(1)} current by key-id`,
    // they may be those of the locked drive: it is not known to be missing
    `${short(2)} unknown`,
    "? unknown",
  ]);
});

Deno.test("reconcile tells devices of Entra ID apart where a list has no names", async () => {
  const [here, there] = ["DEVICE-1", "DEVICE-2"];
  const list = [
    listed({ device: here }),
    listed({ keyId: guidOf(2), device: here }),
    listed({ keyId: guidOf(77), device: here }),
    listed({ keyId: guidOf(78), device: there }),
  ];
  assert.deepEqual((await judged(list)).slice(2), [
    `${short(77)} old by device`,
    `${short(78)} other-pc by device`,
  ]);
  // no key of this PC in the list: nobody knows which device it is
  assert.deepEqual((await judged(list.slice(3))).at(-1), `${short(78)} unknown`);
});

Deno.test("reconcile says when a Key ID is one slip away from a present key, and takes it for no match", async () => {
  for (const keyId of ["00000007", "00000010", "000000001"]) {
    const rows = reconcile([listed({ keyId, host: "TOM-PC" })], await known({ volumes: volumes([1]) }));
    assert.deepEqual(rows.map(({ verdict }) => verdict), ["missing", "other-pc"], keyId);
    const note = /It is nearly 00000001 of drive C: \(Windows\), .+ If it was misread/;
    assert.equal(note.test(rows.at(-1)?.notes.join() ?? ""), keyId.length === 8, keyId);
  }
  const withDigits = listed({ keyId: "00000007", fingerprint: await print(70) });
  assert.doesNotMatch(await notes([withDigits], { volumes: volumes([1]) }), /nearly/);
});

Deno.test("reconcile gives a key of several lists one entry with all its places, short and whole alike", async () => {
  const list = [
    listed({ path: "b.csv", line: 7, host: "TOM-PC" }),
    listed({ path: "a.txt", line: 3, keyId: short(1), date: "1/31/2021" }),
    listed({ path: "c.txt", line: 1, keyId: null, fingerprint: await print(1) }),
    listed({ path: "a.txt", line: 9, keyId: short(77) }),
    listed({ path: "d.txt", line: 9, keyId: guidOf(77) }),
  ];
  const rows = reconcile(list, await known({ volumes: volumes([1]) }));
  assert.deepEqual(
    rows.map(({ keyId, sources }) => [keyId, sources.map(({ path, line }) => `${path}:${line}`)]),
    [
      [guidOf(1), ["a.txt:3", "b.csv:7", "c.txt:1"]],
      [guidOf(77), ["a.txt:9", "d.txt:9"]],
    ],
  );
});

const SEED = 20_261_128;

Deno.test(`reconcile gives the same entries in whatever order lists are read (seed ${SEED})`, async () => {
  const ledger = await ledgerAfter({ volumes: volumes([9], [2]) }, { volumes: volumes([1], [2]) });
  const pcs = await known({
    ledger,
    documents: [statusOf("another-machine", [{ keyId: guidOf(60), current: true }])],
  });
  const prints = await Promise.all([1, 2, 9, 70].map(print));
  const place = fc.record({
    path: fc.constantFrom("a", "b"),
    line: fc.nat(5),
    keyId: fc.constantFrom(
      null,
      ...[1, 2, 9, 60, 77, 78].flatMap((number) => [guidOf(number), short(number)]),
    ),
    fingerprint: fc.constantFrom(null, ...prints),
    host: fc.constantFrom(null, "ANNA-LAPTOP", "TOM-PC", "DESKTOP-4F7K2LQ"),
    device: fc.constantFrom(null, "DEVICE-1", "DEVICE-2"),
  }).filter(({ keyId, fingerprint }) => keyId !== null || fingerprint !== null).map(listed);
  const shuffled = fc.array(place, { maxLength: 8 }).chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))
  );
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      const rows = reconcile(list, pcs);
      assert.deepEqual(reconcile(other, pcs), rows);
      const shown = rows.flatMap(({ sources }) => sources).length;
      assert.equal(shown, list.length, "each place stands in one entry");
      const whole = rows.flatMap(({ keyId, candidates }) => [keyId, ...candidates]);
      for (const number of [1, 2]) assert.ok(whole.includes(guidOf(number)), "a present key is in no entry");
    }),
    { seed: SEED, numRuns: 2000 },
  );
});
