import assert from "node:assert/strict";
import { ageSealer } from "../lib/effects/age_sealer.ts";
import { FORMS, idOf, keyOf } from "./helpers/key_texts.ts";
import { type Ended, inFolder, program, squeezed } from "./helpers/program.ts";

const DATA = new URL("testdata/reconcile/", import.meta.url).pathname;
const SNAPSHOT = `${DATA}snapshot.json`;

interface Row {
  readonly keyId: string | null;
  readonly verdict: string;
  readonly drive: string | null;
  readonly host: string | null;
  readonly listedHosts: readonly string[];
  readonly sources: readonly {
    readonly path: string;
    readonly line: number | null;
    readonly digits: string;
  }[];
}

interface Answer {
  readonly schema: number;
  readonly keys: readonly Row[];
  readonly files: readonly { readonly list: string }[];
  readonly advice: readonly { readonly text: string; readonly commands: readonly string[] }[];
  readonly troubles: readonly string[];
}

const expected: Readonly<Record<string, Pick<Row, "verdict" | "drive" | "listedHosts">>> = JSON.parse(
  await Deno.readTextFile(`${DATA}expected.json`),
);

type Options = Parameters<typeof program>[1];

async function reconciled(
  words: readonly string[],
  options: Options = {},
): Promise<readonly [number, Answer]> {
  const { code, stdout } = await program(["reconcile", ...words, "--json"], options);
  return [code, JSON.parse(stdout)];
}

const verdicts = ({ keys }: Answer): readonly string[] =>
  keys.map(({ keyId, verdict }) => `${keyId?.slice(0, 8)} ${verdict}`);

/** Lists of one machine listed twice, and of a drive of it under a wrong name. */
const LISTS: readonly (readonly [file: string, list: string])[] = [
  ["account-page.txt", "microsoft-account"],
  ["account-page-lines.txt", "microsoft-account"],
  ["account-page-cards.txt", "microsoft-account"],
  ["account-page-labels.txt", "microsoft-account"],
  ["account-page-de.txt", "microsoft-account"],
  ["account-page.html", "microsoft-account"],
  ["account-page-cards.html", "microsoft-account"],
  ["entra.csv", "entra"],
  ["directory.ldf", "active-directory"],
  ["graph.json", "entra"],
];

for (const [file, list] of LISTS) {
  Deno.test(`reconcile judges a machine listed twice and one under a wrong name: ${file}`, async () => {
    const [code, answer] = await reconciled([DATA + file, "--snapshot", SNAPSHOT]);
    assert.deepEqual([code, answer.schema, answer.files.map((one) => one.list)], [0, 1, [list]]);
    assert.equal(answer.keys.length, Object.keys(expected).length);
    for (const [keyId, wanted] of Object.entries(expected)) {
      const row = answer.keys.find((one) => one.keyId !== null && keyId.startsWith(one.keyId));
      const listedHosts = file === "graph.json" ? [] : wanted.listedHosts;
      assert.deepEqual(
        { verdict: row?.verdict, drive: row?.drive, listedHosts: row?.listedHosts },
        { ...wanted, listedHosts },
        keyId,
      );
      assert.equal(row?.sources.length, wanted.verdict === "missing" ? 0 : 1);
    }
  });
}

Deno.test("reconcile ends with plain advice, and shows no digit of a key in text, JSON or talk", async () => {
  const files = LISTS.map(([file]) => DATA + file);
  const shown: Ended[] = [];
  for (const json of [[], ["--json"]]) {
    shown.push(await program(["reconcile", ...files, "--snapshot", SNAPSHOT, ...json]));
  }
  for (const { stdout, stderr } of shown) {
    for (let number = 1; number <= 6; number++) {
      for (const text of [stdout, stderr]) {
        assert.ok(!squeezed(text).includes(keyOf(number).replaceAll("-", "")), "digits of a key");
      }
    }
    assert.doesNotMatch(stdout, /\d{6}-\d{6}/);
  }
  const advice = shown[0]?.stdout.split("WHAT TO DO")[1]?.replace(/\s+/g, " ") ?? "";
  for (
    const words of [
      "Keep 9E3779B1: it opens drive C: now.",
      "Missing: DAA66D13, which opens drive E: now.",
      '"Save to your Microsoft account"',
      `BackupToAAD-BitLockerKeyProtector -MountPoint "E:" -KeyProtectorId "{${idOf(3)}}"`,
      `manage-bde -protectors -adbackup E: -id "{${idOf(3)}}"`,
      "Old keys may stay in the list",
      "Leave the keys of other PCs where they are",
    ]
  ) assert.ok(advice.includes(words), words);
  assert.ok(shown[0]?.stdout.includes("listed as DESKTOP-9QK2B7M"));
});

Deno.test("reconcile takes standard input and folders, and the ledger for the past", () =>
  inFolder(async (folder) => {
    const earlier = JSON.parse(await Deno.readTextFile(SNAPSHOT));
    earlier.takenAt = "2026-10-01T03:00:00.000+02:00";
    earlier.volumes[0].protectors[0] = { id: idOf(4), type: 3, recoveryPassword: keyOf(4) };
    await Deno.writeTextFile(`${folder}/earlier.json`, JSON.stringify(earlier));
    const data = `${folder}/data`;
    for (const snapshot of [`${folder}/earlier.json`, SNAPSHOT]) {
      const { code, stderr } = await program(["check", "--snapshot", snapshot, "--data", data, "--json"]);
      assert.equal(code, 0, stderr);
    }
    await Deno.mkdir(`${folder}/lists/deep`, { recursive: true });
    const note = `Tom's PC\nKey ID: ${idOf(4)}\nRecovery key: ${keyOf(4)}\n`;
    await Deno.writeTextFile(`${folder}/lists/deep/note.txt`, note);
    await Deno.writeTextFile(`${folder}/lists/story.txt`, "Once upon a time\n");
    const wanted = [
      `${idOf(1).slice(0, 8)} missing`,
      `${idOf(2).slice(0, 8)} missing`,
      `${idOf(3).slice(0, 8)} missing`,
      `${idOf(4).slice(0, 8)} old`,
    ];
    const [code, answer] = await reconciled([`${folder}/lists`, "--data", data]);
    assert.deepEqual([code, verdicts(answer), answer.files.length], [0, wanted, 1]);
    const [piped, same] = await reconciled(["-", "--snapshot", SNAPSHOT, "--data", data], { stdin: note });
    assert.deepEqual([piped, verdicts(same), same.keys.at(-1)?.sources[0]?.path], [0, wanted, "-"]);
    const graph = await Deno.readTextFile(`${DATA}graph.json`);
    const [, devices] = await reconciled(["-", "--snapshot", SNAPSHOT], { stdin: graph });
    assert.ok(
      verdicts(devices).includes(`${idOf(6).slice(0, 8)} other-pc`),
      "the device of piped JSON counts",
    );
  }));

Deno.test("reconcile goes on when a list cannot be read, warns that missing may be wrong, and ends with 3", () =>
  inFolder(async (folder) => {
    await Deno.writeFile(`${folder}/picture.png`, Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10));
    await Deno.writeTextFile(`${folder}/story.txt`, "Once upon a time\n");
    for (
      const [name, trouble] of [
        ["none.txt", /it does not exist/],
        ["picture.png", /it is no text/],
        ["story.txt", /shows neither Key IDs nor digits/],
      ] as const
    ) {
      const words = [`${folder}/${name}`, `${DATA}account-page.txt`, "--snapshot", SNAPSHOT];
      const [code, { keys, advice, troubles }] = await reconciled(words);
      assert.deepEqual([code, keys.length, troubles.length], [3, 5, 1], name);
      assert.match(troubles[0] ?? "", trouble);
      assert.ok(advice.some(({ text }) => text.startsWith("Something could not be read")), name);
    }
    const wrong = keyOf(3).replace(/\d$/, (one) => String((Number(one) + 1) % 10));
    await Deno.writeTextFile(`${folder}/typo.txt`, `Key ID: ${idOf(3)}\nRecovery key: ${wrong}\n`);
    const { code, stdout } = await program(["reconcile", `${folder}/typo.txt`, "--snapshot", SNAPSHOT]);
    assert.equal(code, 0);
    assert.match(stdout.replace(/\s+/g, " "), /line 2: the digits there are no recovery key, group 8/);
    assert.ok(!squeezed(stdout).includes(wrong.replaceAll("-", "")));
  }));

Deno.test("reconcile knows sealed reports by their names, and opens them with an identity", () =>
  inFolder(async (folder) => {
    const { generateX25519Identity } = await import("age-encryption");
    const identity = await generateX25519Identity();
    const sealer = ageSealer();
    const text = new TextEncoder().encode(FORMS["Windows' file"]?.(3) ?? "");
    const sealed = await sealer.seal(text, [await sealer.recipientOf(identity)]);
    const report = `${folder}/ANNA-LAPTOP/2026-11-24 E BitLocker Recovery Key ${idOf(3)}.TXT.age`;
    await Deno.mkdir(`${folder}/ANNA-LAPTOP`);
    await Deno.writeFile(report, sealed);
    await Deno.writeTextFile(`${folder}/me.txt`, `${identity}\n`);
    await Deno.writeTextFile(`${folder}/other.txt`, `${await generateX25519Identity()}\n`);
    const digits = async (words: readonly string[]): Promise<readonly unknown[]> => {
      const [code, { keys }] = await reconciled([`${folder}/ANNA-LAPTOP`, "--snapshot", SNAPSHOT, ...words]);
      return [
        code,
        ...keys.filter(({ verdict }) => verdict === "current").map(({ sources }) => sources[0]?.digits),
      ];
    };
    assert.deepEqual(await digits([]), [0, "not-compared"]);
    assert.deepEqual(await digits(["--identity", `${folder}/me.txt`]), [0, "same"]);
    assert.deepEqual(await digits(["--identity", `${folder}/other.txt`]), [3, "not-compared"]);
    await Deno.writeFile(`${folder}/ANNA-LAPTOP/2026-11-24 Recovery sheet.html.age`, sealed);
    assert.deepEqual(await digits([]), [3, "not-compared"]);
  }));

Deno.test("reconcile ties keys to PCs by the status.json beside reports", () =>
  inFolder(async (folder) => {
    const volumes = [{ drive: "C:", keys: [{ keyId: idOf(6), current: true }] }];
    const status = {
      schema: 1,
      machineId: "tom",
      host: { name: "TOM-PC" },
      lastRun: "2026-11-01T03:00:00Z",
      volumes,
    };
    await Deno.writeTextFile(`${folder}/status.json`, JSON.stringify(status));
    const list = `${folder}/list.txt`;
    await Deno.writeTextFile(list, `ANNA-LAPTOP\nKey ID: ${idOf(6)}\nRecovery key: ${keyOf(6)}\n`);
    const last = async (words: readonly string[]): Promise<readonly unknown[]> => {
      const [code, { keys, files }] = await reconciled([...words, "--snapshot", SNAPSHOT]);
      return [code, keys.at(-1)?.verdict, keys.at(-1)?.host, files.length];
    };
    assert.deepEqual(await last([list]), [0, "old", "ANNA-LAPTOP", 1]);
    assert.deepEqual(await last([folder]), [0, "other-pc", "TOM-PC", 1]);
  }));

Deno.test("reconcile says what is wrong with its arguments, its snapshot, its ledger", () =>
  inFolder(async (folder) => {
    const list = `${DATA}account-page.txt`;
    await Deno.writeTextFile(`${folder}/broken.json`, '{ "schema": 1, ');
    await Deno.mkdir(`${folder}/damaged`);
    await Deno.writeTextFile(`${folder}/damaged/ledger.db`, "no database");
    for (
      const [words, code, message] of [
        [[], 2, /no list is given/],
        [[list, "--drive", "C:"], 2, /--drive/],
        [[list, "--snapshot", `${folder}/none.json`], 11, /it does not exist/],
        [[list, "--snapshot", `${folder}/broken.json`], 11, /the JSON in it breaks off/],
        [[list, "--snapshot", `${DATA}graph.json`], 11, /Cannot read snapshot/],
        [[list, "--data", `${folder}/none`], 12, /nothing is known of this PC in .+ "spare-key check"/],
        [
          [list, "--data", `${folder}/damaged`],
          12,
          /nothing is known of this PC in .+The ledger was damaged/,
        ],
        [[list, "--data", `${folder}/damaged`, "--snapshot", SNAPSHOT], 3, /The ledger was damaged/],
      ] as const
    ) {
      const ended = await program(["reconcile", ...words]);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr.replace(/\s+/g, " "), message);
    }
    const noRights = await program(["reconcile", list, "--snapshot", SNAPSHOT], {
      permissions: [`--allow-read=${DATA}`],
    });
    // nobody asked for that ledger
    assert.equal(noRights.code, 0, noRights.stderr);
    assert.match(noRights.stdout.replace(/\s+/g, " "), /Note: .+: what this PC had before is not known/);
  }));

Deno.test("reconcile does not take a sealed report that is not there, or is none, for one that has the key", () =>
  inFolder(async (folder) => {
    const report = `${folder}/2026-11-24 E BitLocker Recovery Key ${idOf(3)}.TXT.age`;
    const [code, answer] = await reconciled([report, "--snapshot", SNAPSHOT]);
    assert.equal(code, 3);
    assert.match(answer.troubles.join(), /it does not exist/);
    assert.ok(!verdicts(answer).some((one) => one.endsWith("current")));
    await Deno.writeTextFile(report, "not sealed");
    const [, none] = await reconciled([report, "--snapshot", SNAPSHOT]);
    assert.ok(!verdicts(none).some((one) => one.endsWith("current")));
  }));

Deno.test("reconcile's first line tells wrong digits, and lists that could not be read", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/wrong.txt`, `Key ID: ${idOf(3)}\nRecovery key: ${keyOf(9)}\n`);
    const first = async (...paths: readonly string[]): Promise<string> =>
      (await program(["reconcile", ...paths, "--snapshot", SNAPSHOT])).stdout.split("\n")[1] ?? "";
    assert.match(await first(`${folder}/wrong.txt`), /; 1 of them stands there with WRONG digits\.$/);
    await Deno.writeTextFile(`${folder}/story.txt`, "Once upon a time\n");
    assert.match(
      await first(`${folder}/story.txt`),
      /; all are MISSING in what could be read of the list\.$/,
    );
    assert.match(await first(`${folder}/none.txt`), /; whether the list has them is not known\.$/);
  }));
