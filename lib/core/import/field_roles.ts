/** What the names of fields mean, in exports of Windows, Graph, Active Directory and of management tools. */

import { DEVICE, ID, KEY, NAME, OTHER, plainName, RECOVERY } from "./field_words.ts";
import { remember } from "./remember.ts";

/** What a field holds. */
export type FieldRole =
  | "key-id"
  | "plain-id"
  | "other-id"
  | "recovery-key"
  | "drive"
  | "pc"
  | "date"
  | "type"
  | "none";

/** Names that programs write, and those that say too little by their parts. */
const NAMES: Readonly<Partial<Record<FieldRole, string>>> = {
  "plain-id": "id",
  "key-id":
    "ms-FVE-RecoveryGuid ИДключа ИДключавосстановления identifier ProtectorGUID VolumeKeyProtectorID RecoveryGuid KID keyIdentifier protector keyProtector",
  "other-id": "KeyContainerId ms-FVE-VolumeGuid objectGUID objectId deviceId azureADDeviceId uid",
  "recovery-key": "key ms-FVE-RecoveryPassword keyMaterial",
  drive:
    "MountPoint DriveLetter drive drives volume volumes VolumeMountPoint VolumeLetter VolumeName Laufwerk Laufwerksbuchstabe lecteur unidad " +
    "unidade unità station drev asema dysk jednotka meghajtó sürücü диск μονάδα ドライブ 驱动器 磁碟機 드라이브 כונן ไดรฟ์ Ổđĩa",
  type: "KeyProtectorType ProtectorType",
  pc:
    "ComputerName DeviceName displayName HostName computer host pc PCName endpoint device machine workstation asset " +
    "system Gerät SystemName NetBIOSName FQDN ordinateur ordenador equipo computador computadora komputer počítač számítógép " +
    "tietokone dator datamaskin computerul υπολογιστής bilgisayar компьютер компютер コンピューター コンピュータ 컴퓨터 计算机 " +
    "計算機 電腦 מחשב الكمبيوتر كمبيوتر คอมพิวเตอร์ máytính appareil dispositivo apparaat enhet enhed laite urządzenie zařízení " +
    "zariadenie eszköz cihaz устройство пристрій συσκευή デバイス 设备 裝置 장치 جهاز מכשיר อุปกรณ์ thiếtbị",
  date:
    "createdDateTime whenCreated created BackupTime BackupDate KeyUploadDate uploadDate TimeCreated DateAdded date",
  none: "name cn dn distinguishedName DriveType VolumeType ms-FVE-KeyPackage",
};

const EXACT: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([role, names]) =>
    names.split(" ").map((name): [string, string] => [plainName(name), role])
  ),
);

/** In Thai "password" begins as "ID" does. */
const ID_NO_PASSWORD = ID.replace(plainName("รหัส"), (id) => `${id}(?!${plainName("ผ่าน")})`);
const IS_ID = new RegExp(`^ids?(?!e)|ids?\\d*$|${ID_NO_PASSWORD}`, "u");
const IS_ID_ALONE = new RegExp(`^(?:${ID})\\p{L}{0,8}$`, "u");
const IS_OTHER = new RegExp(`${DEVICE}|${OTHER}`, "u");
const IS_KEY = new RegExp(`${KEY}|${RECOVERY}`, "u");
/** An ID and whose it is, with nothing between but "of the". */
const OWNER_BESIDE = new RegExp(
  `(?:${DEVICE}|${OTHER})[sn]?(?:object)?(?:ids?|${ID})\\d*$` +
    `|^(?:ids?|(?:${ID})\\p{L}{0,6}?)(?:of|the|der|des|de|la|du|del|di|do|da|d|l|van){0,3}(?:${DEVICE}|${OTHER})`,
  "u",
);
const IS_DATE = new RegExp(
  "datetime$|date$|^date|uploaded|createdat|timestamp|^dat[oa]$|^tanggal|" +
    "datum fecha дата 日期 日時 日付 날짜 tarih ημερομην تاريخ תאריך วันที่ ngày päivämäärä kuupäev".split(" ")
      .map(plainName)
      .join("|"),
  "u",
);
/** What tells about a key and is none. */
const IS_STATE = /(?:type|typ|tipo|status|state|present|stored|escrowed|count|url|link)$/u;
const IS_RECOVERY_KEY = new RegExp(`(?:${RECOVERY}).*(?:${KEY})|(?:${KEY}).*(?:${RECOVERY})`, "u");
const IS_PC = new RegExp(`(?:${DEVICE}).*(?:${NAME})|(?:${NAME}).*(?:${DEVICE})`, "u");
const IS_DRIVE = /driveletter|mountpoint|laufwerksbuchstabe/u;

/** Names of fields that anybody may fill: `F1`, `UDF 5`, `custom_field_2`, and what a password manager calls a user. */
const FREE =
  /^(?:f|field|feld|champ|campo|column|spalte|colonne|columna|col|udf|custom|attribut\p{L}{0,2}|value|wert|valeur|valor|data|text|info|unnamed|username|user|login|name|title)*\d*$/u;

/**
 * Tells whether a field may hold a Key ID though its name does not say so.
 *
 * @param name As it stands in the text.
 * @returns `false` where the name speaks of something else.
 */
export function mayHoldKeyId(name: string): boolean {
  const plain = plainName(name);
  return FREE.test(plain) || IS_KEY.test(plain);
}

/** Where a password manager has no field for a Key ID, it stands in place of a user's name. */
const USER =
  /^(?:username|user|login|loginname|account|benutzername|benutzer|utilisateur|usuario|utente|gebruikersnaam|uzytkownik)$/;

/**
 * Tells whether a field holds the name of a user.
 *
 * @param name As it stands in the text.
 * @returns Whether its name says so.
 */
export function isUserName(name: string): boolean {
  return USER.test(plainName(name));
}

/**
 * Tells whether a name speaks of a key, a password or recovery: "Key ID" does, "Identifier" does not.
 *
 * @param name As it stands in the text.
 * @returns Whether it does.
 */
export function speaksOfKey(name: string): boolean {
  return IS_KEY.test(plainName(name));
}

/** "Identifier" in the languages of Windows' own key file, where it is the Key ID. */
const IDENTIFIERS: ReadonlySet<string> = new Set(
  ("identifier bezeichner identificateur identificador identificatore identifierare identifikator identifikátor " +
    "identyfikator tunniste azonosító tanımlayıcı идентификатор ідентифікатор αναγνωριστικό معرف المعرف מזהה ตัวระบุ " +
    "标识符 識別碼 識別項 識別子 식별자").split(" ").map(plainName),
);

/**
 * Tells whether an ID's name is the one that Windows' own key file gives to the Key ID.
 *
 * @param name As it stands in the text.
 * @returns `false` for names of two letters, which are anything's.
 */
export function isIdentifier(name: string): boolean {
  return IDENTIFIERS.has(plainName(name));
}

/**
 * Tells what a field holds.
 *
 * @param name As it stands in the text.
 * @returns Its role by its name alone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(roleOf("ms-FVE-RecoveryPassword"), "recovery-key");
 * assert.equal(roleOf("BitLocker Key ID"), "key-id");
 * assert.equal(roleOf("Device ID"), "other-id");
 * assert.equal(roleOf("Идентификатор ключа"), "key-id");
 * ```
 */
export function roleOf(name: string): FieldRole {
  return rememberedRole(name);
}

const rememberedRole = remember((name): FieldRole => {
  const plain = plainName(name);
  const exact = EXACT.get(plain);
  if (exact !== undefined) return exact as FieldRole;
  if (IS_ID.test(plain)) {
    if (OWNER_BESIDE.test(plain)) return "other-id";
    if (IS_KEY.test(plain)) return "key-id";
    if (IS_OTHER.test(plain)) return "other-id";
    if (IS_ID_ALONE.test(plain)) return "plain-id";
  }
  if (IS_DATE.test(plain)) return "date";
  if (IS_STATE.test(plain)) return "none";
  if (IS_DRIVE.test(plain)) return "drive";
  if (IS_RECOVERY_KEY.test(plain)) return "recovery-key";
  return IS_PC.test(plain) ? "pc" : "none";
});
