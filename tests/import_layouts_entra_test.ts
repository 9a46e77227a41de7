import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const [id0, id1, id2, id9] = [idOf(0), idOf(1), idOf(2), idOf(9)];
const [key0, key1] = [keyOf(0), keyOf(1)];

const ENTRA: readonly (readonly [name: string, text: string, pairs: string])[] = [
  [
    "the device's pane, label above value",
    `BitLocker keys\nBitLocker key ID\n${id0}\nBitLocker recovery key\n${key0}\nDrive type\nOperating system drive\n\n` +
    `BitLocker key ID\n${id1}\nBitLocker recovery key\n${key1}\nDrive type\nFixed data drive\n`,
    "0=0, 1=1",
  ],
  [
    "the device's pane, keys still hidden",
    `BitLocker key ID\tBitLocker recovery key\tDrive type\n${id0}\tShow recovery key\tOperating system drive\n`,
    "0=?",
  ],
  [
    "the pane, masked",
    `BitLocker Key ID: ${id0}\nBitLocker Recovery Key: ******-******-******-******-******-******-******-******\n`,
    "0=?",
  ],
  [
    "the tenant's list with tabs",
    `Device\tDevice ID\tKey ID\tRecovery key\tDrive type\tBackup date\nPC-1\t${id9}\t${id0}\t${key0}\tOperating system drive\t1/1/2024\n`,
    "0=0",
  ],
  [
    "the tenant's list, German",
    `Gerätename;Geräte-ID;BitLocker-Schlüssel-ID;BitLocker-Wiederherstellungsschlüssel;Laufwerkstyp\nPC-1;${id9};${id0};${key0};Betriebssystemlaufwerk\n`,
    "0=0",
  ],
  [
    "the pane, French",
    `ID de clé BitLocker\n${id0}\nClé de récupération BitLocker\n${key0}\nType de lecteur\nLecteur du système d’exploitation\n`,
    "0=0",
  ],
  [
    "a pane in which the PC's own IDs stand first",
    `Name\nPC-1\nDevice ID\n${id9}\nObject ID\n${id2}\nBitLocker key ID\n${id0}\nBitLocker recovery key\n${key0}\n`,
    "0=0",
  ],
  [
    "Intune's recovery keys, several",
    `Recovery keys\n\nBitLocker Key ID\tBitLocker Recovery Key\tDrive Type\n${id0}\t${key0}\tOperating system drive\n${id1}\t${key1}\tFixed data drive\n`,
    "0=0, 1=1",
  ],
  [
    "Graph, one object",
    JSON.stringify(
      {
        "@odata.context":
          "https://graph.microsoft.com/v1.0/$metadata#informationProtection/bitlocker/recoveryKeys/$entity",
        id: id0,
        createdDateTime: "2024-01-01T00:00:00Z",
        volumeType: "operatingSystemVolume",
        deviceId: id9,
        key: key0,
      },
      null,
      2,
    ),
    "0=0",
  ],
  [
    "Graph, $select=key",
    JSON.stringify({
      "@odata.context":
        `https://graph.microsoft.com/v1.0/$metadata#informationProtection/bitlocker/recoveryKeys(key)/$entity`,
      id: id0,
      key: key0,
    }),
    "0=0",
  ],
  [
    "Graph, key alone",
    JSON.stringify({ "@odata.type": "#microsoft.graph.bitlockerRecoveryKey", key: key0 }),
    "?=0",
  ],
  [
    "Graph, a batch",
    JSON.stringify({
      responses: [0, 1].map((n) => ({
        id: String(n),
        status: 200,
        body: {
          "@odata.type": "#microsoft.graph.bitlockerRecoveryKey",
          id: idOf(n),
          deviceId: id9,
          key: keyOf(n),
        },
      })),
    }),
    "0=0, 1=1",
  ],
  [
    "Graph, list without digits",
    JSON.stringify({
      value: [{ id: id0, createdDateTime: "2024-01-01T00:00:00Z", volumeType: "1", deviceId: id9 }],
    }),
    "0=?",
  ],
  [
    "Graph, a device with its keys",
    JSON.stringify({
      id: id2,
      deviceId: id9,
      displayName: "PC-1",
      bitLockerKeys: [{ keyIdentifier: id0, keyMaterial: key0, creationTime: "2020-01-01" }],
    }),
    "0=0",
  ],
  [
    "PowerShell's Graph, list",
    `AdditionalProperties : {[@odata.context, https://graph.microsoft.com/v1.0/$metadata#informationProtection/bitlocker/recoveryKeys(key)/$entity]}\nCreatedDateTime      : 1/2/2024 3:04:05 AM\nDeviceId             : ${id9}\nId                   : ${id0}\nKey                  : ${key0}\nVolumeType           : operatingSystemVolume\n`,
    "0=0",
  ],
  [
    "PowerShell's Graph, table",
    `Id                                   CreatedDateTime      DeviceId                             Key VolumeType\n` +
    `--                                   ---------------      --------                             --- ----------\n` +
    `${id0} 1/2/2024 3:04:05 AM  ${id9}     operatingSystemVolume\n`,
    "0=?",
  ],
  [
    "PowerShell's own objects",
    `DeviceName    : PC-1\nDeviceId      : ${id9}\nRecoveryKeyId : ${id0}\nRecoveryKey   : ${key0}\n\nDeviceName    : PC-2\nDeviceId      : ${id2}\nRecoveryKeyId : ${id1}\nRecoveryKey   : ${key1}\n`,
    "0=0, 1=1",
  ],
  [
    "a device list without the Key ID",
    `DeviceName,DeviceId,RecoveryKey\nPC-1,${id9},${key0}\n`,
    "?=0",
  ],
];

for (const [name, text, pairs] of ENTRA) {
  Deno.test(`import reads Entra and Intune: ${name}`, () => assert.equal(pairsIn(text), pairs));
}

Deno.test("import does not refuse what is masked: it is no key", () => {
  for (const mask of ["XXXXXX", "xxxxxx", "******", "••••••", "######"]) {
    const text = `Key ID: ${id0}\nRecovery key: ${Array.from({ length: 8 }, () => mask).join("-")}\n`;
    assert.equal(pairsIn(text), "0=?");
    assert.deepEqual(importText(normalizeText(text)).refused, []);
  }
});

/** An ID stands there, and it is not the key's, or nobody can tell. */
const NOT_THE_KEYS: readonly (readonly [name: string, text: string])[] = [
  ["of a PC around the key", JSON.stringify({ device: { id: id9, bitlockerRecoveryKey: key0 } })],
  [
    "of a PC two levels up",
    JSON.stringify({ uuid: id9, hostname: "PC-1", bitlocker: { recoveryKey: key0 } }),
  ],
  [
    "an XML element's own",
    `<device id="${id9}"><name>PC-1</name><recoveryKey>${key0}</recoveryKey></device>`,
  ],
  ["two of them", `Name,Serial,Intune ID,Entra ID,BitLocker\nPC-1,5CG1234567,${id9},${id2},${key0}\n`],
  ["of the hardware", `Hostname,HWID,Key\nPC-1,${id9},${key0}\n`],
  ["a column with a name of its own", `User,Token,BitLocker\nAnn,${id9},${key0}\n`],
  ["in German", `Hostname;Entra-Geräte-ID;BitLocker-Wiederherstellungsschlüssel\nPC-1;${id9};${key0}\n`],
  [
    "in Spanish",
    `Dispositivo\tId. de dispositivo\tClave de recuperación de BitLocker\nPC-1\t${id9}\t${key0}\n`,
  ],
  ["in French", `Nom de l'appareil;ID de l'appareil;Clé de récupération BitLocker\nPC-1;${id9};${key0}\n`],
  ["in Japanese", `デバイス名,デバイス ID,BitLocker 回復キー\nPC-1,${id9},${key0}\n`],
  [
    "in Russian",
    `Имя устройства;Идентификатор устройства;Ключ восстановления BitLocker\nPC-1;${id9};${key0}\n`,
  ],
  ["in Turkish", `Cihaz adı;Cihaz Kimliği;BitLocker kurtarma anahtarı\nPC-1;${id9};${key0}\n`],
];

for (const [name, text] of NOT_THE_KEYS) {
  Deno.test(`import takes no ID that may be another's: ${name}`, () => assert.equal(pairsIn(text), "?=0"));
}

const KEYS_OF_MANY: readonly (readonly [name: string, text: string])[] = [
  [
    "objects within a PC's",
    JSON.stringify({ id: id9, name: "PC-1", recoveryKeys: [{ id: id0, key: key0 }, { id: id1, key: key1 }] }),
  ],
  ["lines in a list", JSON.stringify({ keys: [`${id0}: ${key0}`, `${id1}: ${key1}`] })],
  [
    "Chinese columns",
    `设备名称,设备 ID,BitLocker 密钥 ID,BitLocker 恢复密钥,驱动器类型\nA,${id9},${id0},${key0},x\nB,${id2},${id1},${key1},x\n`,
  ],
  [
    "Polish columns",
    `Nazwa urządzenia;Identyfikator urządzenia;Identyfikator klucza funkcji BitLocker;Klucz odzyskiwania funkcji BitLocker\nA;${id9};${id0};${key0}\nB;${id2};${id1};${key1}\n`,
  ],
];

for (const [name, text] of KEYS_OF_MANY) {
  Deno.test(`import tells the keys' IDs from the PCs': ${name}`, () =>
    assert.equal(pairsIn(text), "0=0, 1=1"));
}
