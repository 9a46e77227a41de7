import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const [id0, id1, id8, id9] = [idOf(0), idOf(1), idOf(8), idOf(9)];
const [key0, key1] = [keyOf(0), keyOf(1)];

const tab = (key: string, id: string): string =>
  `Recovery Password:\n${key}\n\nComputer: PC-1.example.org\nDate: 2024-01-02 03:04:05 +0100\nPassword ID: ${id}\n\n`;
const wrong = key0.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
/** The end of a block whose beginning is cut off, and the beginning of one whose end is. */
const [tabEnd, tabBegin] = [`Date: 2024-01-02\nPassword ID: ${id9}\n\n\n`, `Recovery Password:\n${key1}\n`];

/** No Key ID goes to the digits below it, which are the next block's. */
const TORN_TABS: readonly (readonly [name: string, text: string, pairs: string])[] = [
  ["a tab with a wrong digit above half a one", `${tab(wrong, id0)}\n\n${tabBegin}`, "0=?, ?=1"],
  [
    "half a tab above one with a number in it",
    tabEnd + tab(key0, id0).replace("\n\n", "\n100000\n\n"),
    "0=0, 9=?",
  ],
  [
    "half a tab above one with another ID in it",
    tabEnd + tab(key0, id0).replace("Date", `Device ID: ${id8}\nDate`),
    "0=0, 9=?",
  ],
  [
    "half a tab above one that has lost a line end",
    tabEnd + tab(key0, id0).replace("\nPassword", " Password"),
    "0=0, 9=?",
  ],
  [
    "half a tab above one that has lost the line end behind its digits",
    tabEnd + tab(key0, id0).replace("\n\nComputer", " Computer"),
    "0=0, 9=?",
  ],
  [
    "a tab right below a screen that has lost its blanks",
    `Volume C: [OS]\nAll Key Protectors\nPassword:\nID: {${id9}}\n${tab(key0, id0).replaceAll("\n\n", "\n")}`,
    "0=0",
  ],
  ["half a tab above one with a key twice", tabEnd + tab(`${key0}\n${key0}`, id0), "0=0, 9=?"],
  [
    "a tab whose key a line end cuts, above half a one",
    `${tab(key0.replace("-", "-\n"), id0)}\n${tabBegin}`,
    "0=0, ?=1",
  ],
];

/** A GUID's bytes as Active Directory keeps them, in hexadecimal. */
function hexOf(id: string): string {
  return id.replaceAll("-", "").replace(/^(..)(..)(..)(..)(..)(..)(..)(..)/, "$4$3$2$1$6$5$8$7");
}

function base64Of(id: string): string {
  return Uint8Array.fromHex(hexOf(id)).toBase64();
}

/** As .NET prints bytes. */
function decimalsOf(id: string): string {
  return [...Uint8Array.fromHex(hexOf(id))].join(", ");
}

/** As dsquery and LDAP filters write bytes. */
function escapedOf(id: string): string {
  return hexOf(id).replace(/../g, "\\$&");
}

function nameOf(id: string, zone = "+01:00"): string {
  return `2024-01-02T03:04:05${zone}{${id}}`;
}

function pathOf(id: string, pc = "PC-1"): string {
  return `CN=${nameOf(id, "\\+01:00")},CN=${pc},OU=Laptops,DC=example,DC=org`;
}

const TEXTS: readonly (readonly [name: string, text: string, pairs: string])[] = [
  [
    "ldifde, all attributes",
    `dn: ${pathOf(id0)}\nchangetype: add\nobjectClass: top\nobjectClass: msFVE-RecoveryInformation\ncn: ${
      nameOf(id0)
    }\n` +
    `distinguishedName: \n ${pathOf(id0)}\ninstanceType: 4\nwhenCreated: 20240102030405.0Z\nname: ${
      nameOf(id0)
    }\n` +
    `objectGUID:: ${
      base64Of(id9)
    }\nobjectCategory: \n CN=ms-FVE-RecoveryInformation,CN=Schema,CN=Configuration,DC=example,DC=org\n` +
    `msFVE-RecoveryPassword: ${key0}\nmsFVE-RecoveryGuid:: ${base64Of(id0)}\nmsFVE-VolumeGuid:: ${
      base64Of(id8)
    }\nmsFVE-KeyPackage:: \n ${base64Of(id9)}\n\n` +
    `dn: ${pathOf(id1)}\nchangetype: add\nmsFVE-RecoveryPassword: ${key1}\nmsFVE-RecoveryGuid:: ${
      base64Of(id1)
    }\n\n`,
    "0=0, 1=1",
  ],
  [
    "ldifde, lines folded within the path and the key",
    `dn: CN=2024-01-02T03:04:05\\+01:00{${id0.slice(0, 20)}\n ${
      id0.slice(20)
    }},CN=PC-1,DC=example\nmsFVE-RecoveryPassword: ${key0.slice(0, 30)}\n ${key0.slice(30)}\n\n`,
    "0=0",
  ],
  [
    "ldapsearch, name alone",
    `# PC-1\ndn: ${
      pathOf(id0)
    }\nmsFVE-RecoveryPassword: ${key0}\n\n# search result\nsearch: 2\nresult: 0 Success\n`,
    "0=0",
  ],
  [
    "csvde",
    `DN,objectClass,cn,distinguishedName,objectGUID,msFVE-RecoveryGuid,msFVE-RecoveryPassword\n` +
    `"${pathOf(id0)}",msFVE-RecoveryInformation,${nameOf(id0)},"${pathOf(id0)}",X'${
      hexOf(id9).toLowerCase()
    }',X'${hexOf(id0).toLowerCase()}',${key0}\n` +
    `"${pathOf(id1)}",msFVE-RecoveryInformation,${nameOf(id1)},"${pathOf(id1)}",X'${
      hexOf(id8).toLowerCase()
    }',X'${hexOf(id1).toLowerCase()}',${key1}\n`,
    "0=0, 1=1",
  ],
  ["csvde, path and key alone", `DN,msFVE-RecoveryPassword\n"${pathOf(id0)}",${key0}\n`, "0=0"],
  [
    "Get-ADObject, list",
    `\n\nDistinguishedName      : ${pathOf(id0)}\nmsFVE-RecoveryGuid     : {${
      decimalsOf(id0)
    }...}\nmsFVE-RecoveryPassword : ${key0}\nName                   : ${
      nameOf(id0)
    }\nObjectClass            : msFVE-RecoveryInformation\nObjectGUID             : ${id9.toLowerCase()}\n\n`,
    "0=0",
  ],
  [
    "Get-ADObject, list with its path on two lines",
    `DistinguishedName      : CN=${
      nameOf(id0, "\\+01:00")
    },CN=PC-1,OU=A very long name of a unit\n                         ,DC=example,DC=org\nmsFVE-RecoveryPassword : ${key0}\nName                   : ${
      nameOf(id0)
    }\nObjectGUID             : ${id9}\n`,
    "0=0",
  ],
  [
    "Get-ADObject, table",
    `Name                                                                msFVE-RecoveryPassword\n----                                                                ----------------------\n${
      nameOf(id0)
    }       ${key0}\n${nameOf(id1)}       ${key1}\n`,
    "0=0, 1=1",
  ],
  [
    "Get-ADObject, CSV",
    `#TYPE Selected.Microsoft.ActiveDirectory.Management.ADObject\n"Name","ObjectGUID","msFVE-RecoveryPassword","DistinguishedName"\n"${
      nameOf(id0)
    }","${id9}","${key0}","${pathOf(id0)}"\n`,
    "0=0",
  ],
  [
    "Get-ADObject, JSON",
    JSON.stringify([{
      DistinguishedName: pathOf(id0),
      Name: nameOf(id0),
      ObjectClass: "msFVE-RecoveryInformation",
      ObjectGUID: id9,
      "msFVE-RecoveryPassword": key0,
    }]),
    "0=0",
  ],
  [
    "Get-ADObject, JSON with bytes",
    JSON.stringify({
      ObjectGUID: id9,
      "msFVE-RecoveryGuid": [...Uint8Array.fromHex(hexOf(id0))],
      "msFVE-RecoveryPassword": key0,
    }),
    "0=0",
  ],
  [
    "dsquery",
    `  name                                                    msFVE-RecoveryPassword\n  ${
      nameOf(id0)
    }    ${key0}    \ndsget succeeded\n`,
    "0=0",
  ],
  [
    "dsquery, all attributes",
    `dn: ${pathOf(id0)}\nname: ${nameOf(id0)}\nmsFVE-RecoveryPassword: ${key0}\nmsFVE-RecoveryGuid: 0x${
      hexOf(id0).replace(/../g, "$& 0x").slice(0, -3)
    }\n`,
    "0=0",
  ],
  [
    "adfind",
    `dn:${pathOf(id0)}\n>name: ${
      nameOf(id0)
    }\n>msFVE-RecoveryPassword: ${key0}\n>msFVE-RecoveryGuid: {${id0}}\n\n`,
    "0=0",
  ],
  [
    "a script's list",
    `name: ${nameOf(id0)}\nmsFVE-RecoveryGuid: {${id0}}\nmsFVE-RecoveryPassword: ${key0}\n\nname: ${
      nameOf(id1)
    }\nmsFVE-RecoveryGuid: {${id1}}\nmsFVE-RecoveryPassword: ${key1}\n`,
    "0=0, 1=1",
  ],
  [
    "an LDAP browser, bytes escaped",
    `msFVE-RecoveryGuid: ${escapedOf(id0)}\nmsFVE-RecoveryPassword: ${key0}\n`,
    "0=0",
  ],
  [
    "the tab of Users and Computers",
    `Recovery Password:\n${key0}\n\nComputer: PC-1.example.org\nDate: 2024-01-02 03:04:05 +0100\nPassword ID: ${id0}\n`,
    "0=0",
  ],
  [
    "the tab of Users and Computers, labels above",
    `Recovery Password:\n\t${key0}\n\nComputer:\n\tPC-1.example.org\nDate:\n\t2024-01-02\nPassword ID:\n\t${id0}\n`,
    "0=0",
  ],
  [
    "the tab of Users and Computers, German",
    `Wiederherstellungskennwort:\n${key0}\n\nComputer: PC-1\nDatum: 02.01.2024\nKennwort-ID: ${id0}\n`,
    "0=0",
  ],
  [
    "the tab of Users and Computers, two below each other",
    `Recovery Password:\n${key0}\n\nComputer: PC-1\nDate: 2024\nPassword ID: ${id0}\n\nRecovery Password:\n${key1}\n\nComputer: PC-1\nDate: 2023\nPassword ID: ${id1}\n`,
    "0=0, 1=1",
  ],
  ...TORN_TABS,
  [
    "the tab's list",
    `Date Added\tPassword ID\n1/2/2024 3:04:05 AM\t${id0}\n1/2/2023 3:04:05 AM\t${id1}\n`,
    "0=?, 1=?",
  ],
  [
    "a find by Password ID",
    `Password ID (first 8 characters): ${id0.slice(0, 8)}\nPassword ID: ${id0}\nRecovery Password: ${key0}\n`,
    "0=0",
  ],
];

for (const [name, text, pairs] of TEXTS) {
  Deno.test(`import reads Active Directory: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

Deno.test("import tells the PC of a key in Active Directory by its folder, and when the key was made", () => {
  for (
    const text of [
      `dn: ${pathOf(id0)}\nmsFVE-RecoveryPassword: ${key0}\n`,
      `DN,msFVE-RecoveryPassword\n"${pathOf(id0)}",${key0}\n`,
    ]
  ) {
    const { kind, details } = importText(normalizeText(text));
    assert.equal(kind, "active-directory");
    assert.equal(details[0]?.host, "PC-1");
    assert.equal(details[0]?.date, "2024-01-02T03:04:05+01:00");
  }
});
