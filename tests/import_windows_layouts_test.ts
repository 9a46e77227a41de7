import assert from "node:assert/strict";
import { said } from "./helpers/import_said.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const [id1, id2, id3] = [idOf(1), idOf(2), idOf(3)];
const key1 = keyOf(1);

const SCREENS: readonly (readonly [name: string, text: string, said: string])[] = [
  [
    "all on the left, header and sort on one line, a field without a blank behind its colon",
    "Volúmenes del disco que se pueden proteger con el Cifrado de unidad\nBitLocker:\n" +
    "Volumen C: [] [Volumen del sistema operativo]\nTamaño: 100.57 GB\nVersión de BitLocker: 2.0\n" +
    "Estado de conversión: Cifrado solo de espacio usado\nPorcentaje cifrado: 100.0%\nMétodo de cifrado: XTS-AES 128\n" +
    "Estado de protección: Protección desactivada\nEstado de bloqueo: Desbloqueado\nCampo de identificación:Desconocido\n" +
    "Protectores de clave: ninguno\n",
    "manage-bde-status; C: [] used-space-only 100 off unlocked ",
  ],
  [
    "the sentence above the first volume on its line",
    "Volumes de disques pouvant être protégés avec le Chiffrement de lecteur BitLocker : Volume C: [X ] [Volume du système]\n" +
    "Taille : 1 Go\nVersion de BitLocker : 2.0\nÉtat de la conversion : Intégralement chiffré\nPourcentage chiffré : 100,0%\n" +
    "Méthode de chiffrement : AES 256\nÉtat de la protection : Protection activée\n",
    "manage-bde-status; C: [X ] encrypted 100 on - -",
  ],
  [
    "a screen that breaks off behind the percentage",
    "Volume C: [X]\n[OS Volume]\n\n    Size:                 1 GB\n    BitLocker Version:    2.0\n" +
    "    Conversion Status:    Fully Encrypted\n    Percentage Encrypted: 100.0%\n",
    "manage-bde-status; C: [X] encrypted 100 - - -",
  ],
  [
    "a screen that breaks off before its protectors",
    "Volume D: [X]\n\n    Conversion Status: Fully Encrypted\n    Percentage Encrypted: 100.0%\n    Encryption Method: AES 128\n    Protection Status: Protection On\n    Lock Status: Unlocked\n    Identification Field: None\n    Automatic Unlock: Disabled\n",
    "manage-bde-status; D: [X] encrypted 100 on unlocked -",
  ],
  [
    "a screen that breaks off before the percentage",
    "Volume C: [X]\n[OS Volume]\n\n    Size:                 1 GB\n    BitLocker Version:    2.0\n",
    "manage-bde-status; C: [X] - - - - -",
  ],
  [
    "a piece below its command, with no indentation",
    "PS C:\\> manage-bde -status D:\nBitLocker 버전:       없음\n변환 상태:            완전 암호 해독됨\n암호화된 비율:        0.0%\n" +
    "암호화 방법:          없음\n보호 상태:            보호 해제\n잠금 상태:            잠금 해제됨\n키 보호기:            없음\n",
    "manage-bde-status; D: - decrypted 0 off unlocked ",
  ],
  [
    "a piece below some notes",
    "Name: Anna\nPlace: here\nWhen: today\nWhat: this\n\n    Conversion Status:    Encryption Paused\n" +
    "    Percentage Encrypted: 12.0%\n    Protection Status:    Protection Off\n\nDone.\n",
    "manage-bde-status; - - encryption-paused 12 off - -",
  ],
  [
    "encryption that has not come far, and that is nearly at its end",
    "Volume C: []\n[OS Volume]\n    Size: 1 GB\n    Conversion Status: Encryption in Progress\n    Percentage Encrypted: 0.0%\n" +
    "    Encryption Method: XTS-AES 128\n\nVolume D: []\n[Data Volume]\n    Size: 1 GB\n" +
    "    Conversion Status: Encryption in Progress\n    Percentage Encrypted: 100.0%\n    Encryption Method: XTS-AES 128\n",
    "manage-bde-status; C: [] encrypting 0 - - -; D: [] encrypting 100 - - -",
  ],
  [
    "protectors on the line of their field",
    "Volume C: [X]\n    Size: 1 GB\n    Conversion Status: Fully Encrypted\n    Percentage Encrypted: 100.0%\n" +
    "    Encryption Method: AES 128\n    Protection Status: Protection On\n    Lock Status: Unlocked\n    Key Protectors: TPM, Numerical Password\n",
    "manage-bde-status; C: [X] encrypted 100 on unlocked tpm+recovery-password",
  ],
  [
    "a list in Markdown",
    "**Volume C: [X]**\n- **Size:** 1 GB\n- **Conversion Status:** Fully Decrypted\n- **Percentage Encrypted:** 0.0%\n" +
    "- **Encryption Method:** None\n- **Protection Status:** Protection Off\n",
    "manage-bde-status; C: [X] decrypted 0 off - -",
  ],
  [
    "what -add prints names no volume, its command does",
    `PS C:\\> manage-bde -protectors -add D: -recoverypassword\nBitLocker Drive Encryption: Configuration Tool version 10.0.22621\n` +
    `Copyright (C) 2013 Microsoft Corporation. All rights reserved.\n\nKey Protectors Added:\n\n    Numerical Password:\n` +
    `      ID: {${id1}}\n      Password:\n        ${key1}\n`,
    "manage-bde-protectors; #1=1 D:",
  ],
  [
    "what -autounlock prints",
    `Key Protectors Added:\n    External Key:\n      ID: {${id2}}\n      External Key File Name:\n        ${id2}.BEK\n      Automatic unlock enabled.\nC:\\Windows\\System32>`,
    "manage-bde-protectors; #2 external-key -",
  ],
  [
    "what -on prints",
    `Volume "C:" []\n[Betriebssystemvolume]\nHinzugefügte Schlüsselschutzvorrichtungen:\n\n    TPM:\n      ID: {${id2}}\n` +
    `      PCR-Validierungsprofil:\n        0, 2, 4, 11\n\nERFORDERLICHE AKTIONEN:\n\n    1. Starten Sie den Computer neu.\n`,
    "manage-bde-protectors; C: [] - - - - tpm; #2 tpm C:",
  ],
  [
    "IDs that were made unreadable",
    `Volume C: [X]\nAll Key Protectors\n\n    TPM:\n      ID: {${
      id1.slice(0, 24)
    }XXXXXXXXXXXX}\n      PCR Validation Profile:\n        7, 11\n\n` +
    `    Numerical Password:\n      ID: {${id2.slice(0, 24)}XXXXXXXXXXXX}\n      Password:\n        ${
      key1.slice(0, 34)
    }-XXXXXX-XXXXXX-XXXXXX\n`,
    "manage-bde-protectors; C: [X] - - - - tpm+recovery-password",
  ],
  [
    "IDs without braces",
    `Volume C: [X]\n\n    TPM And PIN And Startup Key:\n      ID: ${id2}\n      External Key File Name:\n        ${id2}.BEK\n\n` +
    `    Numerical Password:\n      ID: ${id1}\n      Password:\n        ${key1}\n`,
    "manage-bde-protectors; C: [X] - - - - tpm-pin-startup-key+recovery-password; #1=1 C:; #2 tpm-pin-startup-key C:",
  ],
  [
    "an error that is not the lack of protectors",
    "Volume C: [X]\nAll Key Protectors\n\nERROR: The operation cannot be performed because the volume is locked.\n",
    "manage-bde-protectors; C: [X] - - - - -",
  ],
  [
    "the tool's help is no error",
    `BitLocker Drive Encryption: Configuration Tool version 10.0.22621\n\nmanage-bde[.exe] -parameter [arguments]\n\nParameter List:\n${
      ["status", "on", "off", "pause", "resume", "lock", "unlock", "protectors"].map((one) =>
        `    -${one}  Text\n`
      ).join("")
    }`,
    "label-list",
  ],
  [
    "an error in Chinese",
    "BitLocker 驱动器加密: 配置工具版本 10.0.19041\n版权所有 (C) 2013 Microsoft Corporation。保留所有权利。\n\n错误: BitLocker 无法打开卷 D:。\n",
    "error",
  ],
];

const POWERSHELL: typeof SCREENS = [
  [
    "a table whose dashes do not fit",
    "VolumeType        Mount CapacityGB VolumeStatus    Encryption KeyProtector              AutoUnlockEnabled\n" +
    "                  Point                            Percentage\n-----        --- ----- ------    ----- ------              ---------\n" +
    "OperatingSystem   C:    24.55      FullyEncrypted  100        {Tpm, RecoveryPassword}\n",
    "powershell; C: - encrypted 100 - - tpm+recovery-password",
  ],
  [
    "columns that the user chose",
    "MountPoint EncryptionMethod ProtectionStatus VolumeStatus   LockStatus\n---------- ---------------- ---------------- ------------   ----------\n" +
    "C:                XtsAes128               On FullyEncrypted   Unlocked\nD:                     None              Off FullyDecrypted   Unlocked\n",
    "powershell; C: - encrypted - on unlocked -; D: - decrypted - off unlocked -",
  ],
  [
    "a list of some fields",
    "MountPoint           : C:\nVolumeType           : OperatingSystem\nProtectionStatus     : On\nEncryptionPercentage : 100\n",
    "powershell; C: - - 100 on - -",
  ],
  [
    "Win32_EncryptableVolume",
    `ConversionStatus                 : 1\nDeviceID                         : \\\\?\\Volume{${id2}}\\\nDriveLetter                      : C:\n` +
    `EncryptionMethod                 : 6\nPersistentVolumeID               : {${id3}}\nProtectionStatus                 : 1\n`,
    "powershell; C: - encrypted - on - -",
  ],
  [
    "Export-Clixml",
    `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n<Obj RefId="0"><TN RefId="0"><T>x</T></TN><ToString>C:</ToString><Props>\n` +
    `<S N="MountPoint">C:</S><Obj N="VolumeStatus" RefId="1"><TNRef RefId="0" /><ToString>FullyEncrypted</ToString><I32>1</I32></Obj>\n` +
    `<Sg N="EncryptionPercentage">100</Sg><Obj N="KeyProtector" RefId="2"><LST>` +
    [["Tpm", id2, ""], ["RecoveryPassword", id1, key1]].map(([type, id, key]) =>
      `<Obj RefId="3"><ToString>${type}</ToString><Props><S N="KeyProtectorId">{${id}}</S>` +
      `<Obj N="KeyProtectorType" RefId="4"><ToString>${type}</ToString><I32>1</I32></Obj><S N="RecoveryPassword">${key}</S></Props></Obj>`
    ).join("") + `</LST></Obj></Props></Obj></Objs>`,
    "powershell; C: - encrypted 100 - - tpm+recovery-password; #1=1 C:; #2 tpm C:",
  ],
  [
    "a protector's empty field above the next one's ID",
    `KeyProtectorId      : {${id2}}\nKeyProtectorType    : Tpm\nRecoveryPassword    :\nThumbprint          :\n\n` +
    `KeyProtectorId      : {${id1}}\nKeyProtectorType    : RecoveryPassword\nRecoveryPassword    : ${key1}\nThumbprint          :\n`,
    "powershell; #1=1 -; #2 tpm -",
  ],
  [
    "a table that Windows wrote in German, of events",
    "TimeCreated                     Id LevelDisplayName Message\n-----------                     -- ---------------- -------\n" +
    `12.11.2024 14:23:07            774 Informationen    BitLocker wurde für Volume "C:" fortgesetzt.\n`,
    "eventlog; C: - - - on - -",
  ],
];

const EVENTS: typeof SCREENS = [
  ...([
    [
      "de",
      "Ereignis-ID:   845",
      `BitLocker-Informationen für Volume "C:" gesichert.`,
      "Schutzvorrichtungs-GUID",
      "Ablaufverfolgungs-ID",
    ],
    [
      "fr",
      "ID de l’événement : 845",
      "Informations BitLocker du volume C: sauvegardées.",
      "GUID du protecteur",
      "ID de trace",
    ],
    [
      "es",
      "Id. del evento: 845",
      "Información de BitLocker del volumen C: guardada.",
      "GUID de protector",
      "Id. de traza",
    ],
    [
      "it",
      "ID evento:     845",
      "Informazioni di BitLocker per il volume C: salvate.",
      "GUID protezione",
      "ID traccia",
    ],
    [
      "ru",
      "Код события:   845",
      "Сведения BitLocker для тома C: сохранены.",
      "GUID предохранителя",
      "ИД трассировки",
    ],
    [
      "pl",
      "Identyfikator zdarzenia: 845",
      "Informacje funkcji BitLocker dla woluminu C: zapisane.",
      "GUID funkcji ochrony",
      "Identyfikator śledzenia",
    ],
    [
      "ja",
      "イベント ID:      845",
      "ボリューム C: の BitLocker の情報を保存しました。",
      "保護機能の GUID",
      "トレース ID",
    ],
    ["ko", "이벤트 ID:      845", "볼륨 C:의 BitLocker 정보를 백업했습니다.", "보호기 GUID", "추적 ID"],
    ["zh", "事件 ID:       845", "卷 C: 的 BitLocker 信息已备份。", "保护器 GUID", "跟踪 ID"],
    ["he", "מזהה אירוע: 845", "מידע BitLocker עבור C: גובה.", "GUID של מגן ההגנה", "Trace ID"],
  ] as const).map(([language, head, message, protector, trace]): readonly [string, string, string] => [
    `a message in ${language}`,
    `${head}\n${message}\n${trace}: {${id2}}\n${protector}: {${id1}}.\n`,
    "eventlog; C: - - - - - -; #1=- C:",
  ]),
  [
    "names of values in their places make a list of messages",
    "BitLocker-API  |  845  |  Information for volume {VolumeMountPoint} was backed up successfully to your Azure AD.Protector GUID: {ProtectorGUID}.\n",
    "label-list",
  ],
  [
    "the driver's events in the log of the system",
    "Event ID: 24579\nSource: Microsoft-Windows-BitLocker-Driver\nEncryption of volume D: completed.\n",
    "eventlog; D: - encrypted - - - -",
  ],
];

for (const [name, text, expected] of [...SCREENS, ...POWERSHELL, ...EVENTS]) {
  Deno.test(`import reads what Windows prints: ${name}`, () => assert.equal(said(text), expected));
}

Deno.test("import knows a protector's ID by its braces, whatever its label", () => {
  const labels =
    "Id.|ID |ИД|Identyfikator|Azonosító|Kimlik|Идентификатор|Ідентифікатор|Αναγνωριστικό|Tunnus|מזהה|المعرّف|識別子|식별자";
  for (const label of labels.split("|")) {
    const text =
      `Volume C: [X]\nAll\n\n    TPM:\n      ${label}: {${id2}}\n      PCR:\n        7, 11\n\n    Abc:\n      ${label}:      {${id1}}\n` +
      `      Def:\n        ${key1}\n`;
    assert.equal(
      said(text),
      "manage-bde-protectors; C: [X] - - - - tpm+recovery-password; #1=1 C:; #2 tpm C:",
      label,
    );
  }
});
