import assert from "node:assert/strict";
import { type OwnDocument, readOwnDocument } from "../lib/core/reconcile/own_documents.ts";
import type { KeyVerdict } from "../lib/core/reconcile/model.ts";
import { knownPcs } from "../lib/core/reconcile/own_pc.ts";
import { reconcile } from "../lib/core/reconcile/reconcile.ts";
import { nightRig, volume } from "./helpers/night_rig.ts";
import {
  at,
  type Given,
  judged,
  known,
  ledgerAfter,
  listed,
  notes,
  short,
  statusOf,
  verdicts,
  volumes,
} from "./helpers/reconcile_rig.ts";
import { deviceOf, guidOf, MACHINE } from "./helpers/made_up_values.ts";
import {
  dataVolumeDocument,
  errorDocument,
  type Json,
  keyDocument,
  plainVolumeDocument,
  snapshotDocument,
  volumeDocument,
} from "./helpers/snapshots.ts";

const MISSING_2 = `${short(2)} missing`;

Deno.test("reconcile knows former keys from the ledger, and until when they opened what", async () => {
  const ledger = await ledgerAfter({ volumes: volumes([9], [2]) }, { volumes: volumes([1], [2]) });
  const list = [listed({ keyId: short(9), host: "TOM-PC" })];
  assert.deepEqual(await judged(list, { ledger }), [
    `${short(1)} missing`,
    MISSING_2,
    `${short(9)} old by ledger`,
  ]);
  assert.match(
    await notes(list, { ledger }),
    /It opened drive C: \(Windows\) until 2 November 2026\. Now it opens nothing/,
  );
  const alone = knownPcs({ ledger, snapshot: null, fingerprints: new Map(), documents: [] });
  assert.deepEqual(verdicts(reconcile(list, alone)), [
    `${short(1)} missing`,
    MISSING_2,
    `${short(9)} old by ledger`,
  ]);
});

Deno.test("reconcile claims neither old nor another PC's while this PC could not be read whole", async () => {
  const list = [
    listed({ keyId: guidOf(77), host: "ANNA-LAPTOP" }),
    listed({ keyId: guidOf(78), host: "TOM-PC" }),
  ];
  const unread: readonly Given[] = [
    { volumes: [volumeDocument({ protectors: null, errors: [errorDocument("GetKeyProtectors")] })] },
    { volumes: [], changes: { errors: [errorDocument("Win32_EncryptableVolume")] } },
    { changes: { collector: { elevated: false } } },
  ];
  for (const given of unread) {
    const rows = await judged(list, given);
    assert.deepEqual(rows.filter((row) => !row.endsWith("missing")), [
      `${short(77)} unknown`,
      `${short(78)} unknown`,
    ]);
    const pcs = await known(given);
    assert.equal(pcs.own.unread.length, 1);
  }
  const plain = plainVolumeDocument({ protectors: null });
  assert.deepEqual(
    (await known({ volumes: [...volumes([1]), plain] })).own.unread,
    [],
    "nothing is encrypted there",
  );
  const ledger = await ledgerAfter({ volumes: volumes([9]) }, { volumes: volumes([1]) });
  const rows = await judged([listed({ keyId: guidOf(9) })], { ...unread[0], ledger });
  assert.deepEqual(rows, [`${short(1)} missing`, `${short(9)} old by ledger`]);
});

Deno.test("reconcile counts a stick that is away as this PC's, a replaced Windows drive as old", async () => {
  const stick = (number: number): Json =>
    dataVolumeDocument({ drive: "E:", volumeType: 2, protectors: [keyDocument(number)] });
  const old = volumeDocument({ protectors: [keyDocument(8)] });
  const now = volumeDocument({
    deviceId: deviceOf(9),
    persistentVolumeId: null,
    protectors: [keyDocument(1)],
  });
  const ledger = await ledgerAfter({ volumes: [old, stick(3)] });
  const given = { ledger, volumes: [now] };
  assert.deepEqual(
    await judged([listed({ keyId: short(3) }), listed({ keyId: short(8) })], given),
    [
      `${short(3)} current by key-id`,
      `${short(1)} missing`,
      `${short(8)} old by ledger`,
    ].toSorted((one, other) => order(one) - order(other)),
  );
  assert.match(
    await notes([listed({ keyId: short(3) })], given),
    /Drive E: \(Photos\) is not there now, last seen on 1 November/,
  );
});

const order = (row: string): number =>
  ["current", "missing", "old"].findIndex((verdict: string) => row.includes(verdict as KeyVerdict));

Deno.test("reconcile believes the newer of ledger and snapshot", async () => {
  const ledger = await ledgerAfter({ volumes: volumes([1]) }, { volumes: volumes([5]) });
  const changes = { takenAt: at(1) };
  const list = [listed(), listed({ keyId: guidOf(5) }), listed({ keyId: guidOf(6) })];
  const given = { ledger, changes, volumes: volumes([1, 6]) };
  assert.deepEqual(await judged(list, given), [
    `${short(5)} current by key-id`,
    `${short(1)} old by ledger`,
    `${short(6)} old by report`,
  ]);
  const { remarks } = await known(given);
  assert.match(remarks.join(), /is older than the last run/);
});

Deno.test("reconcile takes nothing from another PC's ledger but that its keys are that PC's", async () => {
  const tom = { name: "TOM-PC", machineId: "0c11d4f2-0000-4000-8000-00000000aaaa" };
  const theirs = [
    volumeDocument({ deviceId: deviceOf(40), persistentVolumeId: null, protectors: [keyDocument(40)] }),
  ];
  const ledger = await ledgerAfter({ host: tom, volumes: theirs });
  const given = { ledger, changes: { collector: { elevated: false } } };
  const rows = reconcile([listed({ keyId: short(40), host: "ANNA-LAPTOP" })], await known(given));
  assert.deepEqual(rows.map(({ verdict, host, basis }) => [verdict, host, basis]).at(-1), [
    "other-pc",
    "TOM-PC",
    "ledger",
  ]);
  assert.match((await known(given)).remarks.join(), /The ledger is of another PC, TOM-PC/);
});

Deno.test("reconcile learns from documents of Spare Key, and only by the machine ID whose keys they tell of", async () => {
  const key = { keyId: guidOf(60), current: true };
  const list = [listed(), listed({ keyId: guidOf(2) }), listed({ keyId: short(60) })];
  const verdict = async (document: OwnDocument | null): Promise<string | undefined> =>
    (await judged(list, { documents: [document] })).at(-1);
  assert.equal(await verdict(statusOf("another-machine", [key])), `${short(60)} other-pc by report`);
  assert.equal(await verdict(statusOf(MACHINE.toUpperCase(), [key])), `${short(60)} old by report`);
  assert.equal(await verdict(statusOf(MACHINE, [key], at(30))), `${short(60)} unknown`);
  assert.equal(
    await verdict(statusOf(MACHINE, [{ ...key, current: false }], at(30))),
    `${short(60)} old by report`,
  );
  // a stick of both PCs is this PC's, too
  const shared = [statusOf("another-machine", [{ keyId: guidOf(2), current: true }])];
  assert.ok((await judged(list, { documents: shared })).includes(`${short(2)} current by key-id`));
});

Deno.test("reconcile takes no other document for one of Spare Key", () => {
  for (
    const document of [null, 7, "x", [], {}, { machineId: MACHINE }, {
      machineId: "",
      lastRun: at(1),
      volumes: [],
    }, {
      machineId: MACHINE,
      lastRun: "yesterday",
      volumes: [],
    }]
  ) assert.equal(readOwnDocument(document, "x"), null, JSON.stringify(document));
  const snapshot = snapshotDocument(volumes([1], [2]));
  for (const document of [snapshot, { schema: 1, snapshot }]) {
    const found = readOwnDocument(document, "x");
    assert.deepEqual([found?.machineId, found?.keys.map(({ keyId }) => keyId)], [MACHINE, [
      guidOf(1),
      guidOf(2),
    ]]);
  }
  assert.deepEqual(statusOf(MACHINE, [{ keyId: "BITLOCKER", current: true }])?.keys, []);
});

Deno.test("reconcile knows the names that the PC had, from the reports that nights made", async () => {
  const rig = nightRig({ destinations: [] });
  await rig.night([volume("C:", [1])]);
  rig.host = { ...rig.host, name: "ANNA-NEW" };
  await rig.night([volume("C:", [1])]);
  const ledger = await rig.ledger.load();
  const { own, foreign } = knownPcs({ ledger, snapshot: null, fingerprints: new Map(), documents: [] });
  assert.deepEqual([own.name, own.otherNames.includes("ANNA-LAPTOP")], ["ANNA-NEW", true]);
  const list = [listed({ keyId: guidOf(77), host: "anna-laptop" })];
  assert.deepEqual(verdicts(reconcile(list, { own, foreign })).at(-1), `${short(77)} old by name`);
});

Deno.test("reconcile claims nothing by name where the last run could not read everything", async () => {
  const ledger = await ledgerAfter({ volumes: volumes([1]) });
  for (const code of ["not-elevated", "unreadable"]) {
    const lastRun = { takenAt: at(1), findings: [code] };
    const pcs = knownPcs({
      ledger: { ...ledger, lastRun },
      snapshot: null,
      fingerprints: new Map(),
      documents: [],
    });
    const list = [listed(), listed({ keyId: guidOf(77), host: "TOM-PC" })];
    assert.deepEqual(verdicts(reconcile(list, pcs)), [
      `${short(1)} current by key-id`,
      `${short(77)} unknown`,
    ], code);
  }
});
