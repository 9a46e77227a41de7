import assert from "node:assert/strict";
import { fingerprintOf } from "../lib/core/fingerprint.ts";
import { advise } from "../lib/core/reconcile/advise.ts";
import { hasMorePages } from "../lib/core/reconcile/graph_devices.ts";
import { hostLookup, isSameHost } from "../lib/core/reconcile/host_names.ts";
import type { ListedKey } from "../lib/core/reconcile/model.ts";
import { knownPcs } from "../lib/core/reconcile/own_pc.ts";
import { reconcile } from "../lib/core/reconcile/reconcile.ts";
import { sayReconciled } from "../lib/core/reconcile/say_reconciled.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { nightRig, volume } from "./helpers/night_rig.ts";
import { inFolder, program } from "./helpers/program.ts";
import { type Given, known, listed, short, verdicts, volumes } from "./helpers/reconcile_rig.ts";
import { dataVolumeDocument, type Json, keyDocument, volumeDocument } from "./helpers/snapshots.ts";
import { guidOf } from "./helpers/made_up_values.ts";

const DATA = new URL("testdata/reconcile/", import.meta.url).pathname;
const SNAPSHOT = `${DATA}snapshot.json`;

interface Told {
  readonly sum: string;
  readonly text: string;
  readonly rows: readonly string[];
}

/** All that a comparison says, on one line a sentence. */
async function told(list: readonly ListedKey[], given: Given = {}, isNothingRead = false): Promise<Told> {
  const { own, foreign } = await known(given);
  const keys = reconcile(list, { own, foreign }, { isNothingRead });
  const advice = advise({ keys, own, kinds: new Set(["other"]), isPartial: isNothingRead, backups: [] });
  const lines = sayReconciled({ keys, own, remarks: [], advice, isPartial: isNothingRead });
  const text = lines.map((line) => line.replace(/\s+/g, " ").trim()).join("\n");
  return { sum: lines[1] ?? "", text, rows: verdicts(keys) };
}

/** C: and D: have keys whose Key IDs begin alike. */
const TWIN = `${short(1)}-1111-4222-8333-444455556666`;
const twins: readonly Json[] = [
  volumeDocument({ protectors: [keyDocument(1)] }),
  dataVolumeDocument({ protectors: [keyDocument(2, { id: TWIN })] }),
];

Deno.test("reconcile counts keys that begin alike as keys that open a drive, and says that the list is not clear", async () => {
  const { sum, text, rows } = await told([listed({ keyId: short(1) })], { volumes: twins });
  assert.deepEqual(rows, [`${short(1)} current by key-id`]);
  assert.equal(sum, "2 keys open its drives now; whether the list has them is not known.");
  assert.match(text, new RegExp(`^- ${short(1)} begins 2 Key IDs of this PC: compare the digits`, "m"));
  const withThird = [...twins, volumeDocument({ deviceId: "x", drive: "E:", protectors: [keyDocument(3)] })];
  const list = [listed({ keyId: short(1) }), listed({ keyId: guidOf(3) })];
  const { sum: some } = await told(list, { volumes: withThird });
  assert.equal(some, "3 keys open its drives now; whether the list has 2 of them is not known.");
  const other = listed({ keyId: `${short(1)}-9999-4222-8333-444455556666`, path: "b" });
  const { sum: one } = await told([listed({ keyId: short(1) }), other], { volumes: volumes([1]) });
  assert.equal(one, "1 key opens its drives now; whether the list has it is not known.");
});

Deno.test("reconcile says when digits beside a short Key ID are those of none of the keys that begin so", async () => {
  const wrong = listed({ keyId: short(1), fingerprint: await fingerprintOf(keyOf(77)) });
  const { text, sum } = await told([wrong], { volumes: twins });
  assert.match(text, /^The digits in list\.txt are those of none of them\.$/m);
  assert.match(text, new RegExp(`^- Correct ${short(1)} in the list: the digits there open no drive`, "m"));
  assert.match(sum, /is not known\.$/);
  const unread = twins.map((one) => ({
    ...one,
    protectors: (one["protectors"] as readonly Json[]).map((key) => ({ ...key, recoveryPassword: null })),
  }));
  assert.doesNotMatch(
    (await told([wrong], { volumes: unread })).text,
    /none of them/,
    "nothing to compare with",
  );
});

Deno.test("reconcile calls no key missing whose unread digits may stand in the list without a Key ID", async () => {
  const locked = dataVolumeDocument({
    lockStatus: 1,
    protectors: [keyDocument(2, { recoveryPassword: null })],
  });
  const digits = listed({ keyId: null, fingerprint: await fingerprintOf(keyOf(77)) });
  const given = { volumes: [...volumes([1]), locked] };
  const { rows, sum, text } = await told([listed(), digits], given);
  assert.deepEqual(rows, [`${short(1)} current by key-id`, `${short(2)} unknown`, "? unknown"]);
  assert.equal(sum, "2 keys open its drives now; whether the list has 1 of them is not known.");
  assert.match(text, /^A list shows digits without a Key ID, and the digits of this key could not/m);
  assert.match(text, new RegExp(`^- Whether the list has ${short(2)} is not known: compare once more`, "m"));
  assert.deepEqual((await told([listed()], given)).rows.at(-1), `${short(2)} missing`);
});

Deno.test("reconcile calls no key missing where no list could be read", async () => {
  const { rows, sum, text } = await told([], {}, true);
  assert.deepEqual(rows, [`${short(1)} unknown`, `${short(2)} unknown`]);
  assert.equal(sum, "2 keys open its drives now; whether the list has them is not known.");
  assert.doesNotMatch(text, /MISSING|Missing|Delete none/);
  assert.match(text, /^- Nothing was compared, since no list could be read/m);
});

Deno.test("reconcile calls what it knows of a PC that could not be read whole no more than that", async () => {
  const given = { volumes: [...volumes([1]), dataVolumeDocument({ protectors: null })] };
  assert.equal(
    (await told([listed()], given)).sum,
    "1 key is known to open its drives now, and the list has it.",
  );
});

Deno.test("reconcile says when a list has no key of this PC at all: it may be another account's", async () => {
  const strangers = [listed({ keyId: guidOf(77), host: "TOM-PC" })];
  const { text } = await told(strangers);
  assert.match(
    text,
    /^- By Key ID and digits no key in the list is this PC's: perhaps it is the list of another/m,
  );
  assert.doesNotMatch((await told([...strangers, listed()])).text, /By Key ID and digits no key/);
  assert.doesNotMatch((await told([])).text, /By Key ID and digits no key/);
});

Deno.test("reconcile takes a name from the ledger only where it is this PC's, not of one that used the ledger before", async () => {
  const rig = nightRig({ destinations: [{ name: "cloud", kind: "folder", path: "/cloud" }] });
  rig.host = { name: "TOM-PC", machineId: "0c11d4f2-0000-4000-8000-00000000aaaa" };
  await rig.night([volume("C:", [1])]);
  rig.host = { name: "ANNA-OLD", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" };
  const disk = volume("C:", [2], { deviceId: "\\\\?\\Volume{anna}\\" });
  await rig.night([disk]);
  rig.host = { ...rig.host, name: "ANNA-NEW" };
  await rig.night([disk]);
  const pcs = knownPcs({
    ledger: await rig.ledger.load(),
    snapshot: null,
    fingerprints: new Map(),
    documents: [],
  });
  const row = (host: string): string | undefined =>
    verdicts(reconcile([listed({ keyId: guidOf(77), host })], pcs)).find((one) => one.startsWith(short(77)));
  assert.equal(row("ANNA-OLD"), `${short(77)} old by name`);
  assert.equal(row("TOM-PC"), `${short(77)} other-pc by name`);
});

Deno.test("hasMorePages() knows a page of a Graph list that is not the last", () => {
  assert.ok(hasMorePages({ value: [], "@odata.nextLink": "https://graph.microsoft.com/x" }));
  assert.ok(hasMorePages([{ value: [], "@odata.nextLink": "x" }, { value: [], "@odata.nextLink": "y" }]));
  for (
    const all of [{ value: [] }, [], null, "@odata.nextLink", [{ "@odata.nextLink": "x" }, { value: [] }]]
  ) {
    assert.ok(!hasMorePages(all), JSON.stringify(all));
  }
});

interface Ended {
  readonly code: number;
  readonly text: string;
}

Deno.test("reconcile says which list is not whole, shows no key, or is not there", () =>
  inFolder(async (folder) => {
    const reconciled = async (path: string): Promise<Ended> => {
      const { code, stdout, stderr } = await program(["reconcile", path, "--snapshot", SNAPSHOT]);
      return { code, text: `${stdout}${stderr}`.replace(/\s+/g, " ") };
    };
    const page = {
      value: [{ id: idOf(1), createdDateTime: "2026-01-01T00:00:00Z" }],
      "@odata.nextLink": "https://x",
    };
    await Deno.writeTextFile(`${folder}/graph.json`, JSON.stringify(page));
    const cut = await reconciled(`${folder}/graph.json`);
    assert.equal(cut.code, 3);
    assert.match(cut.text, /are MISSING in what could be read of the list\..*it is one page of several/);

    await Deno.writeTextFile(
      `${folder}/page.txt`,
      "BitLocker recovery keys\nDevice name\tKey ID\tRecovery key\n",
    );
    const empty = await reconciled(`${folder}/page.txt`);
    assert.equal(empty.code, 0);
    assert.match(empty.text, /page\.txt" shows no key: look whether all of the list is in it/);
    assert.match(empty.text, /To add them to the Microsoft account/);

    const status = { machineId: "x", lastRun: "2026-11-24T03:00:00+01:00", volumes: [] };
    await Deno.mkdir(`${folder}/nothing`);
    await Deno.writeTextFile(`${folder}/status.json`, JSON.stringify(status));
    const about = await reconciled(`${folder}/status.json`);
    assert.equal(about.code, 3);
    assert.match(about.text, /whether the list has them is not known\..*a status\.json is none/);

    const none = await reconciled(`${folder}/nothing`);
    assert.equal(none.code, 3);
    assert.match(none.text, /nothing": no file in it shows one/);
    assert.doesNotMatch(none.text, /MISSING/);
  }));

Deno.test("hostLookup() knows a name as isSameHost() does, cut to what NetBIOS takes or whole", () => {
  const names = ["ANNA-LAPTOP", "RECEPTION-DESK-01", "RECEPTION-DESK-"];
  const asked = [...names, "ANNA", "RECEPTION-DESK-02", "RECEPTION-DESK", "A", "ANNA-LAPTOP-OF-MUM"];
  for (let count = 0; count <= names.length; count++) {
    const all = names.slice(0, count);
    const look = hostLookup(all);
    for (const name of asked) {
      assert.equal(
        look(name),
        all.some((one) => isSameHost(one, name)),
        `${all} ${name}`,
      );
    }
  }
});

Deno.test("reconcile names a file whole whose digits are wrong: reports of one folder begin alike", async () => {
  const path = `/a/folder/of/some/length/ANNA-LAPTOP/2026-11-01 C BitLocker Recovery Key ${guidOf(1)}.TXT`;
  const { text } = await told([listed({ path, fingerprint: await fingerprintOf(keyOf(77)) })]);
  assert.ok(text.replaceAll("\n", " ").includes(`The digits in ${path} are NOT those of this key`), text);
});
