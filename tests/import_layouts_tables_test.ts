import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const [id0, id1, id7, id8, id9] = [idOf(0), idOf(1), idOf(7), idOf(8), idOf(9)];
const [key0, key1] = [keyOf(0), keyOf(1)];

/** Exports of management tools, by the names of their columns. */
const EXPORTS: readonly (readonly [tool: string, text: string, pairs: string])[] = [
  [
    "MBAM",
    `VolumeId,LastUpdateTime,RecoveryKeyId,RecoveryKey,Disclosed\n12,2024-01-02 03:04:05,${id0},${key0},False\n`,
    "0=0",
  ],
  [
    "ConfigMgr",
    `Name0,ItemKey,RecoveryKeyId,RecoveryKey,LastUpdateTime\nPC-1,16777220,${id0},${key0},1/2/2024\nPC-2,16777221,${id1},${key1},1/2/2024\n`,
    "0=0, 1=1",
  ],
  [
    "MBAM's report",
    `Machine Name;Volume GUID;Recovery Key ID;Recovery Key\nPC-1;${id9};${id0};${key0}\n`,
    "0=0",
  ],
  [
    "Intune's encryption report",
    `Device id,Device name,UPN,Key ID,Recovery key,Volume type\n${id9},PC-1,a@example.org,${id0},${key0},1\n`,
    "0=0",
  ],
  [
    "Lansweeper",
    `AssetName,Domain,Drive,RecoveryId,RecoveryPassword,Lastchanged\nPC-1,EX,C:,{${id0}},${key0},02/01/2024\n`,
    "0=0 C:",
  ],
  [
    "NinjaOne",
    `Device,Organization,BitLocker Volume,Key Protector ID,Key Protector Type,Recovery Password\nPC-1,Ex,C:,{${id0}},Recovery Password,${key0}\n`,
    "0=0",
  ],
  [
    "PDQ",
    `Computer Name,BitLocker Drive,BitLocker Key Protector Id,BitLocker Recovery Password\nPC-1,C:,{${id0}},${key0}\n`,
    "0=0",
  ],
  ["Datto, one field for both", `Device Hostname,Site,UDF 5\nPC-1,Main,"C: {${id0}} ${key0}"\n`, "0=0"],
  ["N-able, key alone", `Client,Site,Device Name,BitLocker Recovery Key\nEx,Main,PC-1,${key0}\n`, "?=0"],
  [
    "Kaseya",
    `Machine.Group ID;Agent GUID;BL Recovery ID;BL Recovery Key\npc1.root.ex;${id9};${id0};${key0}\n`,
    "0=0",
  ],
  ["JumpCloud", `systemID,hostname,keyId,recoveryKey\n${"5f".repeat(12)},PC-1,${id0},${key0}\n`, "0=0"],
  [
    "Snipe-IT",
    `Asset Tag,Serial,Model,BitLocker Key ID,BitLocker Recovery Key,Checked Out To\n00012345,5CG1234567,X,${id0},${key0},Ann\n`,
    "0=0",
  ],
  [
    "GLPI, the PC's UUID beside",
    `Nom;UUID;Identifiant de clé;Clé de récupération\nPC-1;${id9};${id0};${key0}\n`,
    "0=0",
  ],
  [
    "an ID of the tenant, of the object, of the PC and of the key",
    `TenantId,ObjectId,AzureADDeviceId,Id,Key\n${id7},${id8},${id9},${id0},${key0}\n`,
    "0=0",
  ],
  ["a column without a name", `PC,,Recovery key\nPC-1,${id0},${key0}\n`, "0=0"],
  ["two columns that could be it", `PC,GUID 1,GUID 2,Recovery key\nPC-1,${id0},${id9},${key0}\n`, "?=0"],
  ["a device's ID and no Key ID", `Device name,Device ID,Recovery key\nPC-1,${id9},${key0}\n`, "?=0"],
  ["no names at all", `PC-1,${id0},${key0}\nPC-2,${id1},${key1}\n`, "0=0, 1=1"],
  [
    "formulas against a spreadsheet",
    `PC,Key ID,Recovery key\nPC-1,"=""${id0}""","=""${key0}"""\nPC-2,='${id1},'${key1}\n`,
    "0=0, 1=1",
  ],
  [
    "quoted cells with line ends",
    `"PC","Key ID","Recovery key","Notes"\n"PC-1","${id0}","${key0}","first\nsecond"\n`,
    "0=0",
  ],
  ["sep= above", `sep=;\nPC;Key ID;Recovery key\nPC-1;${id0};${key0}\n`, "0=0"],
  ["a title above", `Export of 2024-01-02\n\nPC\tKey ID\tRecovery key\nPC-1\t${id0}\t${key0}\n`, "0=0"],
  [
    "empty rows and rows of others",
    `PC,Key ID,Recovery key\nPC-1,,\nPC-2,${id1},${key1}\nPC-3,n/a,n/a\n`,
    "1=1",
  ],
  [
    "two keys of a PC in one cell",
    `PC,Key ID,Recovery key\nPC-1,"${id0}; ${id1}","${key0}; ${key1}"\n`,
    "0=0, 1=1",
  ],
];

for (const [tool, text, pairs] of EXPORTS) {
  Deno.test(`import reads an export: ${tool}`, () =>
    assert.equal(pairsIn(text).replace(/ [A-Z]:/g, ""), pairs.replace(/ [A-Z]:/g, "")));
}

const MARKED: readonly (readonly [name: string, text: string, pairs: string])[] = [
  [
    "Markdown",
    `# Keys\n\n| PC | Drive | Key ID | Recovery key |\n|---|:-:|---|---|\n| PC-1 | C: | \`${id0}\` | \`${key0}\` |\n| PC-2 | D: | ${id1} | ${key1} |\n\nEnd.\n`,
    "0=0 C:, 1=1 D:",
  ],
  [
    "Markdown, the PC's ID beside",
    `| Device ID | Key ID | Recovery key |\n|---|---|---|\n| ${id9} | ${id0} | ${key0} |\n`,
    "0=0",
  ],
  ["Markdown, the PC's ID alone", `| Device ID | Recovery key |\n|---|---|\n| ${id9} | ${key0} |\n`, "?=0"],
  [
    "Markdown, a list",
    `## PC-1\n\n- **Key ID:** \`${id0}\`\n- **Recovery key:** \`${key0}\`\n\n## PC-2\n\n- **Key ID:** \`${id1}\`\n- **Recovery key:** \`${key1}\`\n`,
    "0=0, 1=1",
  ],
  [
    "MediaWiki",
    `{| class="wikitable"\n|+ Keys\n! PC !! Key ID !! Recovery key\n|-\n| PC-1 || ${id0} || ${key0}\n|-\n| PC-2 || ${id1} || ${key1}\n|}\n`,
    "0=0, 1=1",
  ],
  [
    "MediaWiki, a line a cell",
    `{|\n! PC\n! Device ID\n! Key ID\n! Recovery key\n|-\n| PC-1\n| ${id9}\n| ${id0}\n| ${key0}\n|}\n`,
    "0=0",
  ],
  ["Jira", `||PC||Device ID||Key ID||Recovery key||\n|PC-1|${id9}|${id0}|${key0}|\n`, "0=0"],
  ["DokuWiki", `^ PC ^ Key ID ^ Recovery key ^\n| PC-1 | ${id0} | ${key0} |\n`, "0=0"],
  [
    "a database's console",
    `+------+---------+\n| Key ID | Recovery key |\n+------+---------+\n| ${id0} | ${key0} |\n| ${id1} | ${key1} |\n+------+---------+\n`,
    "0=0, 1=1",
  ],
  [
    "text of a picture: the PC's ID and no Key ID",
    `Device name  Device ID  Recovery key\nPC-1  ${id9}  ${key0}\n`,
    "?=0",
  ],
  [
    "text of a picture: Key ID and key",
    `Device name  Key ID  Recovery key\nPC-1  ${id0}  ${key0}\nPC-2  ${id1}  ${key1}\n`,
    "0=0, 1=1",
  ],
  [
    "HTML of a mail",
    `<html><body><p>Hello Ann,</p><table><tr><td>Key ID:</td><td>${id0}</td></tr><tr><td>Recovery key:</td><td>${
      key0.replaceAll("-", "&#8209;")
    }</td></tr></table></body></html>`,
    "0=0",
  ],
  [
    "HTML with breaks and entities",
    `<div>Key&nbsp;ID:<br>{${id0}}<br/>Recovery&nbsp;key:<br><b>${key0.replaceAll("-", "&ndash;")}</b></div>`,
    "0=0",
  ],
  [
    "HTML, each group in its own mark",
    `<p>Key ID: ${id0}</p><p>${key0.split("-").map((one) => `<span>${one}</span>`).join("-")}</p>`,
    "0=0",
  ],
];

for (const [name, text, pairs] of MARKED) {
  Deno.test(`import reads a drawn table: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

const VAULTS: readonly (readonly [name: string, text: string, pairs: string])[] = [
  [
    "Bitwarden, CSV",
    `folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\nPCs,,note,PC-1,"Key ID: ${id0}\nRecovery key: ${key0}",,0,,,,\n,,login,PC-2,,Key ID: ${id1},0,,,${key1},\n`,
    "0=0, 1=1",
  ],
  [
    "Bitwarden, JSON",
    JSON.stringify(
      {
        encrypted: false,
        folders: [{ id: id9, name: "PCs" }],
        items: [{
          id: id8,
          folderId: id9,
          type: 2,
          name: "PC-1",
          notes: `BitLocker\nKey ID: ${id0}\nRecovery key: ${key0}`,
          secureNote: { type: 0 },
        }],
      },
      null,
      2,
    ),
    "0=0",
  ],
  [
    "Bitwarden, JSON with fields",
    JSON.stringify({
      items: [{
        id: id8,
        name: "PC-1",
        fields: [{ name: "Key ID", value: id0, type: 0 }, { name: "Recovery key", value: key0, type: 1 }],
      }],
    }),
    "0=0",
  ],
  [
    "KeePass, CSV",
    `"Group","Title","Username","Password","URL","Notes"\n"Root","PC-1","${id0}","${key0}","",""\n"Root","PC-2","","${key1}","","Key ID ${id1}"\n`,
    "0=0, 1=1",
  ],
  [
    "KeePass, XML",
    `<?xml version="1.0"?>\n<KeePassFile><Root><Group><UUID>AAAA</UUID><Entry><UUID>BBBB</UUID><String><Key>Title</Key><Value>PC-1</Value></String><String><Key>UserName</Key><Value>${id0}</Value></String><String><Key>Password</Key><Value>${key0}</Value></String></Entry></Group></Root></KeePassFile>`,
    "0=0",
  ],
  ["1Password, CSV", `Title,Url,Username,Password,Notes\nPC-1,,${id0},${key0},\n`, "0=0"],
  [
    "LastPass, CSV",
    `url,username,password,totp,extra,name,grouping,fav\nhttp://sn,,,,"NoteType:Generic\nKey ID:${id0}\nRecovery key:${key0}",PC-1,PCs,0\n`,
    "0=0",
  ],
  [
    "a card's own ID is no Key ID",
    JSON.stringify({ items: [{ id: id8, name: "PC-1", notes: `Recovery key: ${key0}` }] }),
    "?=0",
  ],
];

for (const [name, text, pairs] of VAULTS) {
  Deno.test(`import reads a password manager's export: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

Deno.test("import refuses what a spreadsheet has made of digits, and says so", () => {
  for (
    const cell of ["2.49425E+47", "2,49425E+47", `${key0.replaceAll("-", "").slice(0, 15)}${"0".repeat(33)}`]
  ) {
    const found = importText(
      normalizeText(`PC;Key ID;Recovery key\nPC-1;${id0};${cell}\nPC-2;${id1};${key1}\n`),
    );
    assert.deepEqual(found.keys.map(({ recoveryPassword }) => recoveryPassword), [null, key1], cell);
    assert.deepEqual(found.refused.map(({ line }) => line), [2], cell);
  }
  const rounded = `111111-222222-333300${"-000000".repeat(5)}`;
  const { keys, refused } = importText(`Key ID: ${id0}\nRecovery key: ${rounded}`);
  assert.deepEqual([keys.map(({ recoveryPassword }) => recoveryPassword), refused.length], [[null], 1]);
  assert.match(refused[0]?.reason ?? "", /spreadsheet/);
});

Deno.test("import shows which column it took as what", () => {
  const { columns } = importText(`Device name,Device ID,Key ID,Recovery key\nPC-1,${id9},${id0},${key0}\n`);
  assert.deepEqual(columns, [
    { column: "Device name", as: "pc" },
    { column: "Key ID", as: "key-id" },
    { column: "Recovery key", as: "recovery-key" },
  ]);
});
