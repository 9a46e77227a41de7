import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const [id0, id1, id2, id7, id8, id9] = [idOf(0), idOf(1), idOf(2), idOf(7), idOf(8), idOf(9)];
const [key0, key1, key2] = [keyOf(0), keyOf(1), keyOf(2)];
const [short0, short1] = [id0.slice(0, 8), id1.slice(0, 8)];

type Row = readonly [name: string, text: string, pairs: string];

const TABLES: readonly Row[] = [
  [
    "several keys in one cell",
    `PC,Site,UID,UDF 7\nPC-1,HQ,${id9},"C: {${id0}} ${key0} | D: {${id1}} ${key1}"\nPC-2,HQ,${id8},none\n`,
    "0=0 C:, 1=1 D:",
  ],
  [
    "several Key IDs in one cell, as many keys and drives in others",
    `PC,Drives,Key IDs,Recovery keys\nPC-1,"C:\nD:","${id0}\n${id1}","${key0}\n${key1}"\n`,
    "0=0 C:, 1=1 D:",
  ],
  [
    "one Key ID fewer than keys in a cell",
    `PC,Key IDs,Recovery keys\nPC-1,"${id0}\n","${key0}\n${key1}"\n`,
    "?=0, ?=1",
  ],
  [
    "a table on its side",
    `PC;PC-1;PC-2\nDevice ID;${id8};${id9}\nKey ID;${id0};${id1}\nRecovery key;${key0};${key1}\nDrive;C:;D:\n`,
    "0=0 C:, 1=1 D:",
  ],
  [
    "names in two rows",
    `PC\tUUID\tRecovery\tRecovery\nPC\tUUID\tID\tPassword\nPC-1\t${id9}\t${id0}\t${key0}\n`,
    "0=0",
  ],
  [
    "an identifier as Windows' key file calls it",
    `Gerät,Bezeichner,Wiederherstellungsschlüssel\nPC-1,${id0},${key0}\nPC-2,${id1},${key1}\n`,
    "0=0, 1=1",
  ],
  [
    "an ID of which a PC has two",
    `PC,ID,Key\nPC-1,${id0},${key0}\nPC-1,${id1},${key1}\n`,
    "0=0, 1=1",
  ],
  ["an ID that may be the PC's", `PC,ID,Key\nPC-1,${id0},${key0}\nPC-2,${id1},${key1}\n`, "?=0, ?=1"],
  [
    "eight columns of groups",
    `PC,ID,1,2,3,4,5,6,7,8\nPC-1,${id0},${key0.replaceAll("-", ",")}\n`,
    "0=0",
  ],
  [
    "a drive with its name",
    `Volume,Recovery Key ID,Recovery Key\nC: (Boot),${id0},${key0}\n`,
    "0=0 C:",
  ],
  [
    "a row without the second of two keys",
    `PC,C: Key ID,C: Recovery Key,D: Key ID,D: Recovery Key\nPC-1,${id0},${key0},${id1},${key1}\nPC-2,${id2},${key2},,\n`,
    "0=0 C:, 1=1 D:, 2=2 C:",
  ],
  [
    "details below a copied table",
    `Name\tDate\tPassword ID\nPC-1\t2023-03-14\t${id0}\nPC-1\t2021-11-02\t${id1}\n\nRecovery password: ${key1}\n` +
    `Computer: PC-1\nDate: 2021-11-02 08:00:45 +0100\nPassword ID: ${id1}\nEndpoint ID: ${id9}\n`,
    "0=?, 1=1",
  ],
  [
    "a dump whose columns stand in the table's definition",
    "CREATE TABLE `k` (\n  `id` int NOT NULL,\n  `device_uuid` char(36),\n  `key_id` char(36),\n  `recovery_key` varchar(64),\n" +
    `  PRIMARY KEY (\`id\`)\n);\nINSERT INTO \`k\` VALUES (1,'${id9}','${id0}','${key0}'),(2,'${id8}','${id1}','${key1}');\n`,
    "0=0, 1=1",
  ],
  [
    "rows that PostgreSQL copies",
    `COPY public.k (host, asset, protector_id, recovery_password) FROM stdin;\npc-1\t${id9}\t${id0}\t${key0}\n\\.\n`,
    "0=0",
  ],
  [
    "PowerShell's hash tables in one field",
    `ComputerName : PC-1\nKeys         : {@{Id=${id0}; Password=${key0}}, @{Id=${id1}; Password=${key1}}}\n`,
    "0=0, 1=1",
  ],
  [
    "YAML's maps on a line",
    `C: {id: ${id0}, key: "${key0}"}\nD: {id: ${id1}, key: "${key1}"}\n`,
    "0=0 C:, 1=1 D:",
  ],
  [
    "YAML's text below its name",
    `- drive: "C:"\n  protector_id: "{${id0}}"\n  recovery_password: >-\n    ${key0}\n`,
    "0=0 C:",
  ],
  [
    "the end of one record and the beginning of the next on one line",
    `Key ID: ${id0} Device ID: ${id8}\nRecovery key: ${key0} Device ID: ${id9} Key ID: ${id1}\nRecovery key: ${key1}\n`,
    "0=0, 1=1",
  ],
];

const PAGES: readonly Row[] = [
  [
    "cells without their end tags, over several rows",
    `<table><tr><th rowspan=2>PC<th rowspan=2>UUID<th colspan=2>Recovery<tr><th>ID<th>Password` +
    `<tr><td rowspan=2>PC-1<td rowspan=2>${id9}<td>${id0}<td>${key0}<tr><td>${id1}<td>${key1}</table>`,
    "0=0, 1=1",
  ],
  [
    "names and values side by side",
    `<html><div><span>ID klíče</span><span>${short0}</span></div><div><span>Obnovovací klíč</span><span>${key0}</span></div></html>`,
    `${short0}=0`,
  ],
  [
    "a spreadsheet saved as XML",
    `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>` +
    ["PC|Device ID|Key ID|Recovery Key", `PC-1|${id9}|${id0}|${key0}`].map((row) =>
      `<Row>${
        row.split("|").map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join("")
      }</Row>`
    ).join("") + "</Table></Worksheet></Workbook>",
    "0=0",
  ],
  [
    "KeePass",
    `<?xml version="1.0"?><KeePassFile><Root><Entry><UUID>AAAA</UUID>` +
    [["Password", key0], ["Title", "PC"], ["URL", ""], ["UserName", id0]].map(([name, value]) =>
      `<String><Key>${name}</Key><Value>${value}</Value></String>`
    ).join("") + "</Entry></Root></KeePassFile>",
    "0=0",
  ],
  [
    "a property list",
    `<?xml version="1.0"?><plist><dict><key>DeviceUDID</key><string>${id9}</string><key>RecoveryKeyID</key>` +
    `<string>${id0}</string><key>RecoveryKey</key><string>${key0}</string></dict></plist>`,
    "0=0",
  ],
  [
    "ConvertTo-Xml",
    `<?xml version="1.0"?><Objects><Object><Property Name="ObjectGUID" Type="System.Guid">${id9}</Property>` +
    `<Property Name="KeyProtectorId" Type="System.String">{${id0}}</Property>` +
    `<Property Name="RecoveryPassword" Type="System.String">${key0}</Property></Object></Objects>`,
    "0=0",
  ],
  [
    "RTF",
    `{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}Key ID: \\b ${id0}\\b0\\par\nKey:\\par\n${key0}\\par\n}`,
    "0=0",
  ],
  [
    "a saved page whose boundary ends with hyphens",
    `From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\tboundary="----B--1----"\n\n------B--1----\n` +
    `Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<table><tr><th>Key ID</th><th>Recovery key</th>` +
    `</tr><tr><td>${short0}</td><td>=\n${key0}</td></tr></table>\n------B--1------\n`,
    `${short0}=0`,
  ],
  [
    "parts of Graph's answer to many questions",
    JSON.stringify({
      responses: [
        { id: "1", body: { id: id0, volumeType: 1, deviceId: id9, key: key0 } },
        { id: "2", body: { id: id1, volumeType: 3, deviceId: id8, key: null } },
        { id: "3", body: { error: { innerError: { "request-id": id7 } } } },
      ],
    }),
    "0=0, 1=?",
  ],
  [
    "a snapshot of Spare Key's own",
    JSON.stringify({
      host: { name: "PC-1", machineId: id9 },
      volumes: [{
        deviceId: `\\\\?\\Volume{${id8}}\\`,
        drive: "C:",
        protectors: [{ id: `{${id7}}`, type: 1, recoveryPassword: null }, {
          id: `{${id0}}`,
          type: 3,
          recoveryPassword: key0,
        }, { id: `{${id1}}`, type: 3, recoveryPassword: null }],
      }],
    }),
    "0=0 C:, 1=? C:",
  ],
  ["JSON of Key IDs and keys", JSON.stringify({ [id0]: key0, [id1]: key1 }), "0=0, 1=1"],
  ["JSON of a login", JSON.stringify({ id: id9, login: { username: id0, password: key0 } }), "0=0"],
];

for (const [name, text, pairs] of [...TABLES, ...PAGES]) {
  Deno.test(`import reads a list: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

Deno.test("import reads cards on which a line end cuts the key", () => {
  const card = (pc: string, id: string, key: string): string =>
    `장치 이름\n${pc}\n키 ID\n${id}\n복구 키\n${key.slice(0, 28)}\n${key.slice(28)}\n드라이브\nOSV\n`;
  const { keys, details } = importText(card("PC-1", short0, key0) + card("PC-2", short1, key1));
  assert.deepEqual(keys.map(({ keyId, recoveryPassword }) => [keyId, recoveryPassword]), [[short0, key0], [
    short1,
    key1,
  ]]);
  assert.deepEqual(details.map(({ host }) => host), ["PC-1", "PC-2"]);
});
