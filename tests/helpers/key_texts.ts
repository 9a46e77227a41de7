/** Texts of all forms about keys that are made up, for tests that cut, join and shuffle them. */

/** A key of the made-up kind: groups are right, no two numbers give the same. */
export function keyOf(number: number): string {
  return Array.from(
    { length: 8 },
    (_, at) => String(((number * 7919 + at * 10_473 + 1) % 65_536) * 11).padStart(6, "0"),
  )
    .join("-");
}

/** A Key ID; no two numbers give the same. */
export function idOf(number: number): string {
  const hex = (value: number, digits: number): string =>
    value.toString(16).toUpperCase().padStart(digits, "0");
  return `${hex((number * 2_654_435_761) % 2 ** 32, 8)}-${hex((number * 40_503) % 65_536, 4)}-4BBB-8CCC-${
    hex(number, 12)
  }`;
}

/** A block: a text in which this Key ID and this key belong together, and which holds other GUIDs now and then. */
export type Form = (number: number) => string;

/** Numbers of GUIDs that are no Key IDs begin here. */
export const OTHERS = 1_000_000;

/** Blocks by their names. */
export const FORMS: Readonly<Record<string, Form>> = {
  "manage-bde": (n) =>
    [
      "BitLocker Drive Encryption: Configuration Tool version 10.0.22621",
      "Copyright (C) 2013 Microsoft Corporation. All rights reserved.",
      "",
      `Volume ${"CDEFGH"[n % 6]}: [OS]`,
      "All Key Protectors",
      "",
      "    TPM:",
      `      ID: {${idOf(n + OTHERS)}}`,
      "      PCR Validation Profile:",
      "        7, 11",
      "",
      "    Numerical Password:",
      `      ID: {${idOf(n)}}`,
      "      Password:",
      `        ${keyOf(n)}`,
      "",
    ].join("\n"),
  "manage-bde, German": (n) =>
    [
      `Volume "D:" [Daten]`,
      "Alle Schlüsselschutzvorrichtungen",
      "",
      "    Numerisches Kennwort:",
      `      ID: {${idOf(n)}}`,
      "      Kennwort:",
      `        ${keyOf(n)}`,
      "",
      "    Externer Schlüssel:",
      `      ID: {${idOf(n + OTHERS)}}`,
      "      Name der externen Schlüsseldatei:",
      `        ${idOf(n + OTHERS)}.BEK`,
      "",
    ].join("\n"),
  "manage-bde, Japanese": (n) =>
    [
      "ボリューム C: [Windows]",
      "すべてのキーの保護機能",
      "",
      "    数字パスワード:",
      `      ID: {${idOf(n)}}`,
      "      パスワード:",
      `        ${keyOf(n)}`,
      "",
    ].join("\n"),
  "Windows' file": (n) =>
    [
      "BitLocker Drive Encryption recovery key ",
      "",
      "To verify that this is the correct recovery key, compare the start of the following identifier.",
      "",
      "Identifier:",
      "",
      `\t${idOf(n)}`,
      "",
      "If the above identifier matches the one displayed by your PC, then use the following key.",
      "",
      "Recovery Key:",
      "",
      `\t${keyOf(n)}`,
      "",
      "If the above identifier doesn't match, then this isn't the right key to unlock your drive.",
      "Try another recovery key, or refer to https://go.microsoft.com/fwlink/?LinkID=260589",
      "",
    ].join("\n"),
  "Windows' file, Japanese": (n) =>
    [
      "BitLocker ドライブ暗号化の回復キー",
      "",
      "識別子:",
      "",
      `\t${idOf(n)}`,
      "",
      "この識別子と PC の画面の識別子を比べてください。",
      "",
      "回復キー:",
      "",
      `\t${keyOf(n)}`,
      "",
      "------------------------------",
      "",
    ].join("\n"),
  "Windows 7's file": (n) =>
    [
      "BitLocker Drive Encryption Recovery Key",
      "This key unlocks the drive. Compare both identifications with the screen.",
      "",
      `Recovery key identification: ${idOf(n).slice(0, 16)}`,
      `Full recovery key identification: ${idOf(n)}`,
      "",
      "BitLocker Recovery Key:",
      keyOf(n),
      "",
      "",
    ].join("\n"),
  "tab of Active Directory": (n) =>
    [
      "",
      "Recovery Password:",
      keyOf(n),
      "",
      `Computer: PC-${n}.example.org`,
      "Date: 2024-01-02 03:04:05 +0100",
      `Password ID: ${idOf(n)}`,
      "",
      "",
    ].join("\n"),
  "Entra's pane": (n) =>
    [
      "",
      "BitLocker key ID",
      idOf(n),
      "BitLocker recovery key",
      keyOf(n),
      "Drive type",
      "Operating system drive",
      "",
      "",
    ].join("\n"),
  "Markdown": (n) =>
    [
      "",
      "| PC | Device ID | Key ID | Recovery key |",
      "|----|-----------|--------|--------------|",
      `| PC-${n} | ${idOf(n + OTHERS)} | ${idOf(n)} | ${keyOf(n)} |`,
      "",
      "",
    ].join("\n"),
  "YAML": (n) =>
    [`pc-${n}:`, "  bitlocker:", `    key_id: ${idOf(n)}`, `    recovery_key: "${keyOf(n)}"`, "", ""].join(
      "\n",
    ),
  "one line": (n) => `{${idOf(n)}}:${keyOf(n)}\n`,
  "a line with more": (n) => `PC-${n}\tD:\t${idOf(n)}\t${keyOf(n)}\t2024-01-02\n`,
  "note": (n) => `\nLaptop ${n}\nKey ID: ${idOf(n)}\nRecovery key: ${keyOf(n)}\n\n`,
  "note, key first": (n) => `\nLaptop ${n}\nRecovery key: ${keyOf(n)}  Key ID: ${idOf(n)}\n\n`,
  "PowerShell's list": (n) =>
    [
      "",
      `KeyProtectorId      : {${idOf(n + OTHERS)}}`,
      "KeyProtectorType    : Tpm",
      "RecoveryPassword    : ",
      "",
      `KeyProtectorId      : {${idOf(n)}}`,
      "AutoUnlockProtector : ",
      "KeyProtectorType    : RecoveryPassword",
      "KeyFileName         : ",
      `RecoveryPassword    : ${keyOf(n)}`,
      "KeyCertificateType  : ",
      "",
      "",
    ].join("\n"),
  "PowerShell's object as text": (n) =>
    `@{KeyProtectorId={${idOf(n)}}; KeyProtectorType=RecoveryPassword; RecoveryPassword=${keyOf(n)}}\n`,
  "PowerShell's lists of members": (n) =>
    [
      "",
      `KeyProtectorId   : {{${idOf(n + OTHERS)}}, {${idOf(n)}}}`,
      `RecoveryPassword : {, ${keyOf(n)}}`,
      "",
      "",
    ].join("\n"),
  "a log's messages": (n) =>
    `<![LOG[Protector {${idOf(n)}} of C: has ${keyOf(n)}]LOG]!><time="10:11:12.123+000" type="1">\n`,
  "directory": (n) =>
    [
      "",
      `dn: CN=2021-03-01T10:00:00-00:00{${idOf(n)}},CN=PC-${n},OU=PCs,DC=example,DC=org`,
      "objectClass: msFVE-RecoveryInformation",
      `msFVE-RecoveryPassword: ${keyOf(n)}`,
      "",
      "",
    ].join("\n"),
  "hash table on one line": (n) =>
    `    'pc-${n}' = @{ DeviceId = '${idOf(n + OTHERS)}'; KeyProtectorId = '{${idOf(n)}}'; ` +
    `RecoveryPassword = '${keyOf(n)}' }\n`,
  "a log's named values": (n) =>
    `2024-01-02T03:04:05Z INFO host=pc-${n} device_id=${idOf(n + OTHERS)} key_id=${idOf(n)} recovery_key=${
      keyOf(n)
    }\n`,
  "SQL": (n) =>
    `INSERT INTO k (pc, device_uuid, key_id, recovery_key) VALUES ('pc-${n}','${idOf(n + OTHERS)}','${
      idOf(n)
    }','${keyOf(n)}');\n`,
  "YAML's list": (n) =>
    [
      `- host: pc-${n}`,
      `  asset_uuid: ${idOf(n + OTHERS)}`,
      `  key_id: ${idOf(n)}`,
      `  recovery_key: ${keyOf(n)}`,
      "",
    ].join("\n"),
  "array of a program": (n) =>
    [
      `  'pc-${n}' => [`,
      `    'uuid' => '${idOf(n + OTHERS)}',`,
      `    'key_id' => '${idOf(n)}',`,
      `    'recovery_key' => '${keyOf(n)}',`,
      "  ],",
      "",
    ].join("\n"),
  "password manager": (n) => `\nTitle: PC ${n}\nUser name: ${idOf(n)}\nPassword: ${keyOf(n)}\n\n`,
  "card with a broken key": (n) =>
    [
      "",
      "Device name",
      `PC-${n}`,
      "Key ID",
      idOf(n),
      "Recovery key",
      `${keyOf(n).slice(0, 28)}`,
      keyOf(n).slice(28),
      "",
      "",
    ].join("\n"),
  "event": (n) =>
    [
      "Event ID: 845",
      "BitLocker Drive Encryption recovery information for volume C: was backed up successfully to your Azure AD.",
      `Protector GUID: {${idOf(n)}}.`,
      `TraceId: {${idOf(n + OTHERS)}}`,
      "",
      "",
    ].join("\n"),
};
