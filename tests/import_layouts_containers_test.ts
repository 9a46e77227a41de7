import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const [id0, id1, id8, id9] = [idOf(0), idOf(1), idOf(8), idOf(9)];
const [key0, key1] = [keyOf(0), keyOf(1)];

/** A value of a registry export: UTF-16 bytes, lines of 80 characters that a backslash continues. */
function hexValue(name: string, text: string, type = "1"): string {
  const bytes = [...`${text}\0`].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8])
    .map((byte) => byte.toString(16).padStart(2, "0"));
  const lines: string[] = [];
  let line = `"${name}"=hex(${type}):`;
  bytes.forEach((byte, at) => {
    line += byte + (at < bytes.length - 1 ? "," : "");
    if (line.length > 76 && at < bytes.length - 1) {
      lines.push(`${line}\\`);
      line = "  ";
    }
  });
  return [...lines, line].join("\r\n");
}

const REG =
  "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Example\\BitLocker]\r\n";

const REGISTRY: readonly (readonly [name: string, text: string, pairs: string])[] = [
  ["texts", `${REG}"KeyProtectorId"="{${id0}}"\r\n"RecoveryPassword"="${key0}"\r\n`, "0=0"],
  [
    "texts as bytes",
    `${REG}${hexValue("KeyProtectorId", `{${id0}}`)}\r\n${hexValue("RecoveryPassword", key0)}\r\n`,
    "0=0",
  ],
  ["a list of texts as bytes", `${REG}${hexValue("Keys", `{${id0}}\0${key0}\0`, "7")}\r\n`, "0=0"],
  [
    "expandable text",
    `${REG}${hexValue("KeyID", id0, "2")}\r\n${hexValue("RecoveryKey", key0, "2")}\r\n`,
    "0=0",
  ],
  [
    "plain bytes of ASCII",
    `REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Example]\n"KeyID"="${id0}"\n"RecoveryKey"=hex:${
      [...key0].map((one) => one.charCodeAt(0).toString(16)).join(",")
    },00\n`,
    "0=0",
  ],
  [
    "two keys of the registry",
    `${REG}"KeyID"="${id0}"\r\n"RecoveryKey"="${key0}"\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Other]\r\n"KeyID"="${id1}"\r\n"RecoveryKey"="${key1}"\r\n`,
    "0=0, 1=1",
  ],
  [
    "the Key ID as the registry key's name",
    `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Example\\{${id9}}]\r\n"RecoveryPassword"="${key0}"\r\n`,
    "?=0",
  ],
];

for (const [name, text, pairs] of REGISTRY) {
  Deno.test(`import reads a registry export: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

const body = `Hello Ann,\r\n\r\nKey ID: ${id0}\r\nRecovery key: ${key0}\r\n\r\nTom`;
const head = "From: tom@example.org\r\nTo: ann@example.org\r\nSubject: =?utf-8?B?S2V5?=\r\nMessage-ID: <" +
  id9 +
  "@example.org>\r\nMIME-Version: 1.0\r\n";

function base64Lines(text: string): string {
  return new TextEncoder().encode(text).toBase64().replace(/.{76}/g, "$&\r\n");
}

/** Quoted-printable: lines of at most 76 characters. */
function quoted(text: string): string {
  return text.replace(
    /[=\u0080-\uffff]/g,
    (one) =>
      [...new TextEncoder().encode(one)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`)
        .join(""),
  ).split("\r\n").map((line) => line.replace(/.{30}(?=.)/g, "$&=\r\n")).join("\r\n");
}

const html = `<html><body><p>Key ID: ${id0}</p><p>Recovery key: <b>${key0}</b></p></body></html>`;

const MAILS: readonly (readonly [name: string, text: string, pairs: string])[] = [
  ["plain", `${head}Content-Type: text/plain; charset=utf-8\r\n\r\n${body}\r\n`, "0=0"],
  [
    "quoted-printable",
    `${head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${
      quoted(body)
    }\r\n`,
    "0=0",
  ],
  [
    "base64",
    `${head}Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${
      base64Lines(body)
    }\r\n`,
    "0=0",
  ],
  [
    "text and HTML",
    `${head}Content-Type: multipart/alternative;\r\n boundary="b1"\r\n\r\n--b1\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${
      base64Lines(body)
    }\r\n--b1\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${
      quoted(html)
    }\r\n--b1--\r\n`,
    "0=0",
  ],
  [
    "Windows' own file attached, UTF-16",
    `${head}Content-Type: multipart/mixed; boundary=b2\r\n\r\n--b2\r\nContent-Type: text/plain\r\n\r\nSee below\r\n--b2\r\nContent-Type: text/plain; name="key.TXT"\r\nContent-Disposition: attachment; filename="BitLocker Recovery Key ${id0}.TXT"\r\nContent-Transfer-Encoding: base64\r\n\r\n${
      Uint8Array.from([
        255,
        254,
        ...[...`Identifier:\r\n\r\n\t${id0}\r\n\r\nRecovery Key:\r\n\r\n\t${key0}\r\n`].flatMap((
          one,
        ) => [one.charCodeAt(0), 0]),
      ]).toBase64().replace(/.{76}/g, "$&\r\n")
    }\r\n--b2--\r\n`,
    "0=0",
  ],
  [
    "a mailbox with two",
    `From tom@example.org Tue Jan  2 03:04:05 2024\r\n${head}Content-Transfer-Encoding: base64\r\n\r\n${
      base64Lines(body)
    }\r\n\r\nFrom tom@example.org Wed Jan  3 03:04:05 2024\r\n${head}\r\nKey ID: ${id1}\r\nRecovery key: ${key1}\r\n`,
    "0=0, 1=1",
  ],
  [
    "a picture beside it",
    `${head}Content-Type: multipart/mixed; boundary=b3\r\n\r\n--b3\r\n\r\n${body}\r\n--b3\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUgAA\r\n--b3--\r\n`,
    "0=0",
  ],
];

for (const [name, text, pairs] of MAILS) {
  Deno.test(`import reads a mail: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

const NOTES: readonly (readonly [name: string, text: string, pairs: string])[] = [
  [
    "YAML with a line between a Key ID and its key",
    `pc-1:\nbitlocker:\nkey_id: ${id0}\n100000\nrecovery_key: ${key0}\npc-2:\nbitlocker:\nkey_id: ${id1}\nrecovery_key: ${key1}\n`,
    "0=0, 1=1",
  ],
  [
    "YAML",
    `pcs:\n  - name: PC-1\n    bitlocker:\n      key_id: ${id0}\n      recovery_key: "${key0}"\n  - name: PC-2\n    bitlocker:\n      key_id: ${id1}\n      recovery_key: '${key1}'\n`,
    "0=0, 1=1",
  ],
  [
    "INI",
    `[PC-1]\nKeyId={${id0}}\nRecoveryKey=${key0}\n\n[PC-2]\nKeyId={${id1}}\nRecoveryKey=${key1}\n`,
    "0=0, 1=1",
  ],
  [
    "XML",
    `<?xml version="1.0" encoding="utf-8"?>\n<Keys><Key><Computer>PC-1</Computer><KeyProtectorId>{${id0}}</KeyProtectorId><RecoveryPassword>${key0}</RecoveryPassword></Key><Key><Computer>PC-2</Computer><KeyProtectorId>{${id1}}</KeyProtectorId><RecoveryPassword>${key1}</RecoveryPassword></Key></Keys>`,
    "0=0, 1=1",
  ],
  [
    "XML with attributes",
    `<?xml version="1.0"?>\n<keys>\n<key computer="PC-1" keyId="${id0}" recoveryKey="${key0}"/>\n<key computer="PC-2" keyId="${id1}" recoveryKey="${key1}"/>\n</keys>\n`,
    "0=0, 1=1",
  ],
  [
    "Export-Clixml",
    `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><MS><S N="KeyProtectorId">{${id0}}</S><S N="RecoveryPassword">${key0}</S></MS></Obj><Obj RefId="1"><MS><S N="KeyProtectorId">{${id1}}</S><S N="RecoveryPassword">${key1}</S></MS></Obj></Objs>`,
    "0=0, 1=1",
  ],
  [
    "a handwritten list with numbers",
    `1) Mum's laptop\n   ID ${id0.slice(0, 8)}\n   ${key0}\n\n2) Dad's\n   ID ${
      id1.slice(0, 8)
    }\n   ${key1}\n`,
    `${id0.slice(0, 8)}=0, ${id1.slice(0, 8)}=1`,
  ],
  [
    "a PC's name above",
    `Laptop Ann:\n  Key ID: ${id0}\n  Recovery key: ${key0}\n\nLaptop Tom:\n  Schlüssel-ID: ${id1}\n  Schlüssel: ${key1}\n`,
    "0=0, 1=1",
  ],
  ["arrows", `${id0} -> ${key0}\n${id1} -> ${key1}\n`, "0=0, 1=1"],
  ["key before its Key ID in brackets", `${key0} (${id0})\n${key1} (${id1})\n`, "0=0, 1=1"],
  ["groups below each other", `Key ID: ${id0}\nRecovery key:\n${key0.replaceAll("-", "\n")}\n`, "0=0"],
  [
    "groups with dots of a word processor",
    `Key ID: ${id0}\nRecovery key: ${key0.replaceAll("-", "\u2010")}\n`,
    "0=0",
  ],
  [
    "two lines of four groups",
    `Key ID: ${id0}\nRecovery key:\n${key0.slice(0, 27)}\n${key0.slice(28)}\n`,
    "0=0",
  ],
  [
    "OneNote",
    `BitLocker\r\nMontag, 1. Januar 2024\r\n09:15\r\nSchlüssel-ID: ${id0}\r\nSchlüssel: ${key0}\r\n`,
    "0=0",
  ],
  [
    "Word, a table copied cell by cell",
    `PC\rKey ID\rRecovery key\rPC-1\r${id0}\r${key0}\rPC-2\r${id1}\r${key1}\r`,
    "0=0, 1=1",
  ],
  [
    "a list of PowerShell right below the end of a screen",
    `      ID: {${id0}}\n      Password:\n        ${key0}\nKeyProtectorId : {${id1}}\n` +
    `KeyProtectorType : RecoveryPassword\nRecoveryPassword : ${key1}\n`,
    "1=1, 0=0",
  ],
  [
    "another key among the fields of a list of PowerShell",
    `KeyProtectorId : {${id1}}\nKeyFileName :\n${key0}\nRecoveryPassword : ${key1}\n`,
    "1=?, ?=0, ?=1",
  ],
  ["a command that unlocks", `manage-bde -unlock D: -RecoveryPassword ${key0}\n`, "?=0 D:"],
  ["the volume's path beside", `\\\\?\\Volume{${id8}}\\ ${id0} ${key0}\n`, "0=0"],
  [
    "a Key ID called old beside a new key",
    JSON.stringify({ name: "PC-1", password: key0, notes: `Old key ID: ${id9}` }),
    "?=0",
  ],
];

for (const [name, text, pairs] of NOTES) {
  Deno.test(`import reads notes: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

const SCREEN = [
  "Volume C: [OS]",
  "All Key Protectors",
  "",
  "    TPM:",
  `      ID: {${id8}}`,
  "",
  "    Numerical Password:",
  `      ID: {${id0}}`,
  "      Password:",
  `        ${key0}`,
  "",
];

/** How pages hold what a console printed. */
const PAGES: Readonly<Record<string, string>> = {
  "as it stands": `<pre>\n${SCREEN.join("\n")}</pre>`,
  "in colours": `<pre class="x"><code>${
    SCREEN.map((line) => `<span>${line}</span>`).join("\n")
  }</code></pre>`,
  "with breaks": `<pre>${SCREEN.join("<br>\n")}</pre>`,
  "with breaks alone": `<pre>${SCREEN.join("<br/>")}</pre>`,
  "a block a line": `<pre>${SCREEN.map((line) => `<div>${line || " "}</div>`).join("")}</pre>`,
  "in a field": `<textarea rows="9">${SCREEN.join("\r\n")}</textarea>`,
};

for (const [name, page] of Object.entries(PAGES)) {
  Deno.test(`import reads a console's text on a saved page: ${name}`, () => {
    const text = `<html><body><p>My\n PC</p>${page}<p>Other ID: ${id9}</p></body></html>`;
    assert.equal(pairsIn(text), "0=0 C:");
    const { kind, otherProtectors } = importText(normalizeText(text));
    assert.equal(kind, "manage-bde-protectors");
    assert.deepEqual(otherProtectors, [{ drive: "C:", id: id8, type: "tpm" }]);
  });
}

Deno.test("import counts the lines of a registry export as they stand in the file", () => {
  const text = `${REG}${hexValue("KeyID", id0)}\r\n${hexValue("RecoveryKey", key0)}\r\n`;
  const line = importText(normalizeText(text)).details[0]?.line ?? 0;
  assert.ok(line >= 4 && line <= text.split("\r\n").length, String(line));
});

Deno.test("import reads a directory's entry without a blank behind the colon, and comes to an end", () => {
  assert.equal(
    pairsIn(`dn:CN=2024-01-02T03:04:05-00:00{${id0}},CN=PC-1\nmsFVE-RecoveryPassword: ${key0}\n`),
    "0=0",
  );
});
