import assert from "node:assert/strict";
import { decodeFile } from "../lib/core/import/decode_file.ts";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { FORMS, idOf, keyOf } from "./helpers/key_texts.ts";

const CORPUS = new URL("testdata/corpus/", import.meta.url);

interface Expected {
  readonly kind: string;
  readonly keys: readonly unknown[];
  readonly otherProtectors: readonly unknown[];
  readonly volumes: readonly unknown[];
  readonly refuse?: boolean;
}

const { samples }: { readonly samples: Readonly<Record<string, Expected>> } = JSON.parse(
  await Deno.readTextFile(new URL("expected.json", CORPUS)),
);

for (const [path, { kind, keys, otherProtectors, volumes, refuse }] of Object.entries(samples)) {
  Deno.test(`import reads ${path} as it is expected`, async () => {
    const file = decodeFile(await Deno.readFile(new URL(path, CORPUS)));
    const found = importText(file?.text ?? "");
    assert.deepEqual(
      { kind: found.kind, keys: found.keys, otherProtectors: found.otherProtectors, volumes: found.volumes },
      { kind, keys, otherProtectors, volumes },
    );
    assert.equal(found.refused.length > 0, refuse === true);
  });
}

Deno.test("the corpus has all its samples", () => assert.equal(Object.keys(samples).length, 47));

/** Keys as `ID=KEY`, by the numbers of the made-up ones; `?` for what is not known. */
function pairsIn(text: string): string {
  const numbers = Array.from({ length: 10 }, (_, at) => at);
  const ofId = (id: string | null): string =>
    id === null ? "?" : String(numbers.find((at) => idOf(at) === id) ?? id);
  return importText(normalizeText(text)).keys.map(({ keyId, recoveryPassword, drive }) => {
    const key = numbers.find((at) => keyOf(at) === recoveryPassword) ?? "?";
    return `${ofId(keyId)}=${key}${drive === null ? "" : ` ${drive}`}`;
  }).join(", ");
}

const [id0, id1, id2, id9] = [idOf(0), idOf(1), idOf(2), idOf(9)];
const [key0, key1, key2] = [keyOf(0), keyOf(1), keyOf(2)];
const GUID_BYTES = id0.replaceAll("-", "").replace(/^(..)(..)(..)(..)(..)(..)(..)(..)/, "$4$3$2$1$6$5$8$7");

const TEXTS: readonly (readonly [name: string, text: string, pairs: string])[] = [
  ["digits with blanks", `ID: ${id0}\n${key0.replaceAll("-", " ")}`, "0=0"],
  ["digits with no-break spaces", `ID: ${id0}\n${key0.replaceAll("-", "\u00a0")}`, "0=0"],
  ["digits with nothing between", `ID: ${id0}\n${key0.replaceAll("-", "")}`, "0=0"],
  ["digits with dashes of a word processor", `ID: ${id0}\n${key0.replaceAll("-", "\u2013")}`, "0=0"],
  ["digits on two lines", `ID: ${id0}\nKey: ${key0.slice(0, 28)}\n     ${key0.slice(28)}`, "0=0"],
  ["digits cut within a group", `ID: ${id0}\nKey: ${key0.slice(0, 30)}\n     ${key0.slice(30)}`, "0=0"],
  [
    "full-width digits",
    `ID: ${id0}\n${key0.replace(/\d/g, (one) => String.fromCharCode(0xff10 + Number(one)))}`,
    "0=0",
  ],
  ["a date beside the digits", `${id0} ${key0} 2024-01-02`, "0=0"],
  ["a mail's quote", `> Key ID: ${id0}\n> Recovery key: ${key0}`, "0=0"],
  ["Key IDs first, keys later", `Key IDs\n${id0}\n${id1}\n\nKeys\n${key0}\n${key1}`, "0=0, 1=1"],
  [
    "one Key ID fewer than keys",
    `Key IDs\n${id1}\n\nKeys\n${key0}\n${key1}`,
    "1=?, ?=0, ?=1",
  ],
  ["two columns", `${id0}\t${key0}\n${id1}\t${key1}`, "0=0, 1=1"],
  ["keys above their Key IDs", `${key0}\n${id0}\n\n${key1}\n${id1}\n`, "0=0, 1=1"],
  ["a GUID that is the PC's", `Device ID: ${id9}\nRecovery key: ${key0}`, "?=0"],
  ["a GUID twice", `BitLocker Recovery Key ${id0}.TXT\n\nIdentifier:\n${id0}\nRecovery Key:\n${key0}`, "0=0"],
  ["one Key ID with two keys", `${id0} ${key0}\n${id0} ${key1}`, "?=0, ?=1"],
  ["a key alone", `Mum's laptop: ${key0}\nDad's (D:) ${key1}`, "?=0, ?=1 D:"],
  [
    "the account page, a row each",
    `BitLocker recovery keys\n\nDevice name\tKey ID\tRecovery key\tDrive\tKey upload date\n` +
    `ANNA\t58E9DFAD\t${key0}\tOSV\t1/31/2021\nTOM\t12345678\t${key1}\tFDV\t2/1/2021`,
    "58E9DFAD=0, 12345678=1",
  ],
  [
    "the account page, a line each",
    `ANNA\nKey ID\n58E9DFAD\nRecovery key\n${key0}\nDrive\nOSV\n\nTOM\nKey ID\n7A345678\nRecovery key\n${key1}`,
    "58E9DFAD=0, 7A345678=1",
  ],
  [
    "the account page, saved",
    `<html><body><table><tr><th>Key ID</th><th>Recovery key</th></tr><tr><td>58E9DFAD</td><td>${key0}</td></tr></table>`,
    "58E9DFAD=0",
  ],
  [
    "CSV of Entra",
    `"Device name","Device ID","BitLocker Key ID","BitLocker recovery key","Drive type"\n` +
    `"PC1","${id9}","${id0}","${key0}","Operating system drive"`,
    "0=0",
  ],
  ["CSV with semicolons, German", `Gerät;Laufwerk;Schlüssel-ID;Schlüssel\nA;C:;${id0};${key0}`, "0=0 C:"],
  ["CSV without telling names", `Asset,F1,F2\nA,${id0},${key0}\nB,${id1},${key1}`, "0=0, 1=1"],
  ["CSV with two columns of GUIDs", `Asset,F1,F2,F3\nA,${id9},${id0},${key0}`, "?=0"],
  [
    "CSV with several keys a row",
    `PC,C: Key ID,C: Key,D: Key ID,D: Key\nA,${id0},${key0},${id1},${key1}`,
    "0=0 C:, 1=1 D:",
  ],
  [
    "LDIF with bytes",
    `dn: CN=x,CN=PC1,DC=a\nobjectGUID:: AAAAAAAAAAAAAAAAAAAAAA==\nmsFVE-RecoveryPassword: ${key0}\n` +
    `msFVE-RecoveryGuid:: ${Uint8Array.fromHex(GUID_BYTES).toBase64()}\n`,
    "0=0",
  ],
  [
    "csvde with bytes",
    `DN,msFVE-RecoveryGuid,msFVE-RecoveryPassword\n"CN=x",X'${GUID_BYTES}',${key0}`,
    "0=0",
  ],
  [
    "Active Directory in PowerShell",
    `DistinguishedName      : CN=2021-03-01T10:00:00-00:00{${id0}},CN=PC1,DC=a\n` +
    `msFVE-RecoveryPassword : ${key0}\nObjectGUID             : ${id9}`,
    "0=0",
  ],
  [
    "Graph, beta",
    JSON.stringify({
      "@odata.context":
        "https://graph.microsoft.com/beta/$metadata#informationProtection/bitlocker/recoveryKeys",
      value: [{
        id: id0.toLowerCase(),
        createdDateTime: "2022-01-01T00:00:00Z",
        volumeType: "1",
        deviceId: id9,
        key: key0,
      }],
    }),
    "0=0",
  ],
  [
    "JSON with an id that is the PC's",
    JSON.stringify([{ id: id9, deviceName: "PC1", recoveryKey: key0 }]),
    "?=0",
  ],
  [
    "JSON below a warning",
    `WARNING: slow\n[{"MountPoint":"C:","KeyProtectorId":"{${id0}}","RecoveryPassword":"${key0}"}]`,
    "0=0 C:",
  ],
  [
    "JSON that breaks off",
    `[\n {\n  "KeyProtectorId": "{${id0}}",\n  "RecoveryPassword": "${key0}"\n },\n {\n  "KeyProtectorId": "{${id1}}",`,
    "0=0, 1=?",
  ],
  [
    "a table of PowerShell",
    `KeyProtectorId                         KeyProtectorType RecoveryPassword\n` +
    `--------------                         ---------------- ----------------\n` +
    `{${id2}}              Tpm\n{${id0}} RecoveryPassword ${key0}`,
    "0=0",
  ],
  ["digits above the name of a TPM", `    Password:\n      ${key0}\n    TPM:\n      ID: {${id9}}`, "?=0"],
  ["a third key without an ID", `${id0} ${key0}\n${key2}\n${id1} ${key1}`, "0=0, ?=2, 1=1"],
];

for (const [name, text, pairs] of TEXTS) {
  Deno.test(`import pairs what belongs together: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

const REFUSED: readonly (readonly [text: string, group: number | null, reason: RegExp])[] = [
  [key0.replace(/\d$/, (one) => String((Number(one) + 1) % 10)), 8, /not divisible by 11/],
  [`999999-${key0.slice(7)}`, 1, /larger than 720885/],
  [key0.replace(/^(\d{6}-\d)\d/, "$1"), 2, /has 5 digits/],
  [key0.slice(7), null, /7 groups/],
  [key0.replaceAll("-", "").slice(1), null, /47 digits/],
];

for (const [text, group, reason] of REFUSED) {
  Deno.test(`import refuses digits: ${reason.source}`, () => {
    const { keys, refused } = importText(`Key: ${text}`);
    assert.deepEqual(keys, []);
    assert.deepEqual(refused.map((one) => [one.line, one.group]), [[1, group]]);
    assert.match(refused[0]?.reason ?? "", reason);
    assert.doesNotMatch(refused[0]?.reason ?? "", /\d{6}-|(?<!than )\d{6}/);
  });
}

Deno.test("import takes an error of manage-bde neither for no protectors nor for a key", () => {
  const head = "ボリューム C: [Windows]\nすべてのキーの保護機能\n\n";
  const typesOf = (text: string): unknown => importText(head + text).volumes[0]?.protectorTypes;
  assert.deepEqual(typesOf("エラー: キーの保護機能は見つかりませんでした。\n"), []);
  assert.deepEqual(typesOf("エラー: エラーが発生しました (コード 0x80310000):\n"), null);
});

Deno.test("import works in proportion to the length of a text: no step is done again for each line", () => {
  for (const form of [...Object.values(FORMS), () => "123456 654321 ", () => '{["a\n', () => "58E9DFAD "]) {
    const stepsFor = (blocks: number): number => {
      let steps = 0;
      const text = Array.from({ length: blocks }, (_, at) => form(at)).join("");
      importText(text, { count: (more) => void (steps += more) });
      return steps;
    };
    const [small, large] = [stepsFor(200), stepsFor(800)];
    assert.ok(small > 0 && large < small * 4.4, `${small} steps for 200 blocks, ${large} for 800`);
  }
});
