import assert from "node:assert/strict";
import { withoutPrefixes } from "../lib/core/import/line_prefixes.ts";
import { said } from "./helpers/import_said.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const [id1, id2, id3] = [idOf(1), idOf(2), idOf(3)];
const [key1, key2] = [keyOf(1), keyOf(2)];

/** What manage-bde prints of a volume with a TPM and a recovery password. */
const SCREEN = [
  "BitLocker Drive Encryption: Configuration Tool version 10.0.22631",
  "",
  "Volume C: [X]",
  "All Key Protectors",
  "",
  "    TPM:",
  `      ID: {${id2}}`,
  "      PCR Validation Profile:",
  "        7, 11",
  "",
  "    Numerical Password:",
  `      ID: {${id1}}`,
  "      Password:",
  `        ${key1}`,
  "",
];
const SCREEN_SAID = "manage-bde-protectors; C: [X] - - - - tpm+recovery-password; #1=1 C:; #2 tpm C:";

const CARRIED: readonly (readonly [name: string, text: string])[] = [
  ["times of a log", SCREEN.map((line) => `[2024-11-02 10:11:12] ${line}`).join("\n")],
  ["times and levels", SCREEN.map((line) => `11/2/2024 10:11:12 AM INFO: ${line}`).join("\n")],
  ["numbers of lines", SCREEN.map((line, at) => `${String(at + 1).padStart(4)}: ${line}`).join("\n")],
  ["numbers and tabs", SCREEN.map((line, at) => `${String(at + 1).padStart(6)}\t${line}`).join("\n")],
  ["a file's name and numbers", SCREEN.map((line, at) => `out.txt:${at + 1}:${line}`).join("\n")],
  ["a PC's name", SCREEN.map((line) => `PC-7: ${line}`.trimEnd()).join("\n")],
  ["blanks between all characters", SCREEN.map((line) => [...line].join(" ")).join("\n")],
  ["a string in JSON", JSON.stringify({ pc: "PC-7", output: SCREEN.join("\r\n") })],
  [
    "a string in a line of JSON",
    `${JSON.stringify({ output: SCREEN.join("\n") })}\n${JSON.stringify({ a: 1 })}\n`,
  ],
];

for (const [name, text] of CARRIED) {
  Deno.test(`import reads a screen of manage-bde that is carried by ${name}`, () =>
    assert.equal(said(text), SCREEN_SAID));
}

Deno.test("Lines of which few have a prefix keep it", () => {
  const lines = ["12: a", "13: b", "c", "d", "e"];
  assert.deepEqual(withoutPrefixes(lines), lines);
  const sentences = ["Key: a", "Key: b", "Note: c", "Key: d"];
  assert.deepEqual(withoutPrefixes(sentences), sentences);
});

const SCREENS: readonly (readonly [name: string, text: string, said: string])[] = [
  [
    "a label with brackets and a colon",
    `Volume D: [A [b]: c]\nAll Key Protectors\n\n    Numerical Password:\n      ID: {${id1}}\n      Password:\n        ${key1}\n`,
    "manage-bde-protectors; D: [A [b]: c] - - - - recovery-password; #1=1 D:",
  ],
  [
    "a volume in a folder of another",
    `\nVolume C:\\ClusterStorage\\Volume1\\ [X]\nAll Key Protectors\n\n    Numerical Password:\n      ID: {${id1}}\n      Password:\n        ${key1}\n`,
    "manage-bde-protectors; - [X] - - - - recovery-password; #1=1 -",
  ],
  [
    "a folder and a word in brackets are no volume",
    `\nSaved to C:\\Keys\\ [done]\nRecovery key ID: ${id1}\nRecovery key: ${key1}\n`,
    "notes; #1=1 -",
  ],
  [
    "lines that findstr left",
    `C:\\>manage-bde -protectors -get C: | findstr "ID [0-9]-"\n      ID: {${id2}}\n      ID: {${id1}}\n        ${key1}\n`,
    "manage-bde-protectors; #1=1 C:; #2=- C:",
  ],
  [
    "digits below two IDs, not deeper than they: nobody knows whose",
    `      ID: {${id2}}\n      ID: {${id1}}\n      ${key1}\n`,
    "notes; #2=- -; #1=- -; ?=1 -",
  ],
  [
    "a window so narrow that ID and digits are broken",
    `Volume C: [X]\nAll Key Protectors\n\n    Numerical Password:\n      ID: {${id1.slice(0, 24)}\n${
      id1.slice(24)
    }}\n      Password:\n        ${key1.slice(0, 42)}\n${key1.slice(42)}\n`,
    "manage-bde-protectors; C: [X] - - - - recovery-password; #1=1 C:",
  ],
  [
    "IDs of the boot menu above are no Key IDs",
    "Windows-Startladeprogramm\n-------------------------\n" +
    `Bezeichner              {${id2}}\ndevice                  partition=C:\npath                    \\WINDOWS\\system32\\winload.efi\n` +
    `recoverysequence        {${id3}}\n\nBitLocker: Schlüssel-ID ${id1}\nWiederherstellungsschlüssel: ${key1}\n`,
    "notes; #1=1 -",
  ],
  [
    "the recovery environment's ID is no Key ID",
    `    Windows RE status:         Enabled\n    Boot Configuration Data (BCD) identifier: ${id2}\n\n${
      SCREEN.join("\n")
    }`
      .replaceAll(id2, id3).replace(`{${id3}}`, `{${id2}}`),
    SCREEN_SAID,
  ],
];

const POWERSHELL: readonly (readonly [name: string, text: string, said: string])[] = [
  [
    "objects as text",
    `@{KeyProtectorId={${id1}}; RecoveryPassword=${key1}}\n@{KeyProtectorId={${id2}}; KeyProtectorType=Tpm; RecoveryPassword=}\n`,
    "powershell; #1=1 -; #2 tpm -",
  ],
  [
    "a volume as text",
    `PS C:\\> "$v"\n@{MountPoint=D:; VolumeStatus=FullyEncrypted; ProtectionStatus=On; KeyProtector={Tpm, RecoveryPassword}}\n`,
    "powershell; D: - encrypted - on - tpm+recovery-password",
  ],
  [
    "an object as text beside another Key ID: both may be meant",
    `@{RecoveryPassword=${key1}} ${id1} ${id2}\n`,
    "powershell; ?=1 -",
  ],
  [
    "lists of one length",
    `MountPoint       : C:\nKeyProtectorId   : {{${id2}}, {${id1}}}\nRecoveryPassword : {, ${key1}}\n`,
    "powershell; #1=1 C:; #2 unknown C:",
  ],
  [
    "lists of which one is shorter",
    `KeyProtectorId   : {{${id2}}, {${id1}}, {${id3}}}\nRecoveryPassword : {${key1}, ${key2}}\n`,
    "powershell; #2=- -; ?=1 -; ?=2 -",
  ],
  [
    "a drive named by a sentence above each pair",
    `Drive C: is protected.\nRecovery key ID: {${id1}}\nRecovery key: ${key1}\n\nDrive D: is protected.\nRecovery key ID: {${id2}}\nRecovery key: ${key2}\n`,
    "notes; #1=1 C:; #2=2 D:",
  ],
  [
    "a drive named by a title above each pair, in Russian",
    `Диск C:\nИД ключа: {${id1}}\nКлюч восстановления: ${key1}\n\nДиск D:\nИД ключа: {${id2}}\nКлюч восстановления: ${key2}\n`,
    "notes; #1=1 C:; #2=2 D:",
  ],
  [
    "a method of WMI and the call above it",
    `PS C:\\> $v.GetKeyProtectorNumericalPassword("{${id1}}")\n\n\n__GENUS           : 2\n__CLASS           : __PARAMETERS\n` +
    `NumericalPassword : ${key1}\nReturnValue       : 0\n`,
    "powershell; #1=1 -",
  ],
  [
    "a table's row of a locked volume",
    "VolumeType      Mount CapacityGB VolumeStatus           Encryption KeyProtector              AutoUnlock Protection\n" +
    "                Point                                   Percentage                           Enabled    Status\n" +
    "----------      ----- ---------- ------------           ---------- ------------              ---------- ----------\n" +
    "OperatingSystem C:        475,86 FullyEncrypted         100        {RecoveryPassword, Tpm}              On\n" +
    "Data            E:          0,00                                   {Password, RecoveryPa... False      Unknown\n",
    "powershell; C: - encrypted 100 on - recovery-password+tpm; E: - - - unknown - password+unknown",
  ],
  [
    "volumes of Export-Csv",
    '"MountPoint","VolumeStatus","ProtectionStatus","LockStatus","EncryptionPercentage","KeyProtector"\n' +
    '"C:","FullyEncrypted","On","Unlocked","100","System.Collections.ObjectModel.ReadOnlyCollection`1[X]"\n',
    "powershell; C: - encrypted 100 on unlocked -",
  ],
  [
    "volumes of wmic",
    `\nNode,ConversionStatus,DeviceID,DriveLetter,ProtectionStatus\nPC-7,1,\\\\?\\Volume{${id1}}\\,C:,2\n`,
    "powershell; C: - encrypted - unknown - -",
  ],
  [
    "WMI's class as JSON",
    JSON.stringify([{
      DriveLetter: "D:",
      ConversionStatus: 0,
      ProtectionStatus: 0,
      PersistentVolumeID: `{${id1}}`,
    }]),
    "powershell; D: - decrypted - off - -",
  ],
  [
    "members of enumerations from a remote session",
    JSON.stringify({
      MountPoint: "C:",
      VolumeStatus: { value: 1, Value: "FullyEncrypted" },
      ProtectionStatus: { value: 1, Value: "On" },
      KeyProtector: {
        KeyProtectorId: `{${id1}}`,
        KeyProtectorType: { value: 3, Value: "RecoveryPassword" },
        RecoveryPassword: key1,
      },
    }),
    "powershell; C: - encrypted - on - recovery-password; #1=1 C:",
  ],
  [
    "the file of Windows Vista",
    `The password is for the volume.\n\nRecovery Password ID: {${id1}}\nDrive label: PC-7\n\nCompare the tags with those of the screen.\n\n` +
    `Recovery Password:\n${key1}\n`,
    "notes; #1=1 -",
  ],
  [
    "a log of Intune",
    `<![LOG[Protector {${id1}} of C: has recovery password ${key1}]LOG]!><time="10:11:12.123+000" date="11-02-2024" component="X" type="1">\n`,
    "notes; #1=1 C:",
  ],
];

const FILES: readonly (readonly [name: string, text: string, said: string])[] = [
  [
    "tables of which each is one volume's",
    `\n   MountPoint: C:\n\nKeyProtectorId                         RecoveryPassword\n${"-".repeat(14)}${
      " ".repeat(25)
    }${
      "-".repeat(16)
    }\n{${id1}} ${key1}\n\n\n   MountPoint: D:\n\nKeyProtectorId                         RecoveryPassword\n${
      "-".repeat(14)
    }${" ".repeat(25)}${"-".repeat(16)}\n{${id2}} ${key2}\n\n`,
    "powershell; #1=1 C:; #2=2 D:",
  ],
  [
    "what dsregcmd calls a key container is no Key ID",
    `            KeyContainerId : ${id2}\n               KeyProvider : X\n\n${
      SCREEN.join("\n").replaceAll(id2, id3)
    }`,
    "manage-bde-protectors; C: [X] - - - - tpm+recovery-password; #1=1 C:; #3 tpm C:",
  ],
  [
    "ConvertTo-Xml",
    '<?xml version="1.0" encoding="utf-8"?>\n<Objects>\n  <Object Type="X">\n' +
    `    <Property Name="KeyProtectorId" Type="System.String">{${id1}}</Property>\n    <Property Name="AutoUnlockProtector" Type="Y" />\n` +
    `    <Property Name="KeyProtectorType" Type="Z">RecoveryPassword</Property>\n    <Property Name="RecoveryPassword" Type="System.String">${key1}</Property>\n` +
    "  </Object>\n</Objects>\n",
    "powershell; #1=1 -",
  ],
  [
    "a stream of Export-Clixml's form",
    '#< CLIXML\n<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">' +
    `<S S="Output">C: {${id1}} ${key1}_x000D__x000A_</S></Objs>`,
    "notes; #1=1 C:",
  ],
];

const EVENTS: readonly (readonly [name: string, text: string, said: string])[] = [
  [
    "an event as an object, in German",
    JSON.stringify([{
      Id: 845,
      Message:
        `Die BitLocker-Informationen für Volume C: wurden gesichert.\r\nSchutzvorrichtungs-GUID: {${id1}}.\r\nAblaufverfolgungs-ID: {${id2}}`,
    }]),
    "eventlog; C: - - - - - -; #1=- C:",
  ],
  [
    "an event in parts, as collectors keep it",
    JSON.stringify({
      winlog: {
        event_id: 845,
        provider_name: "Microsoft-Windows-BitLocker-API",
        event_data: { VolumeMountPoint: "C:", ProtectorGUID: `{${id1}}`, TraceId: `{${id2}}` },
      },
    }),
    "eventlog; C: - - - - - -; #1=- C:",
  ],
  [
    "an event's XML that became JSON",
    JSON.stringify({
      Event: {
        System: { EventID: { "#text": "778" }, Channel: "Microsoft-Windows-BitLocker/BitLocker Management" },
        EventData: { VolumeMountPoint: "D:" },
      },
    }),
    "eventlog; D: - - - off - -",
  ],
  [
    "a number and a text about something else",
    JSON.stringify({ id: 845, message: `Order ${id1} sent` }),
    "none",
  ],
];

for (const [name, text, expected] of [...SCREENS, ...POWERSHELL, ...FILES, ...EVENTS]) {
  Deno.test(`import reads what tools make of Windows' texts: ${name}`, () =>
    assert.equal(said(text), expected));
}
