/** What the names of fields mean, in exports of Windows, Graph, Active Directory and of management tools. */

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

/** Names without blanks, dashes and the like, in lower case. */
const EXACT: Readonly<Record<string, FieldRole>> = {
  id: "plain-id",
  key: "recovery-key",
  name: "none",
  cn: "none",
  dn: "none",
  distinguishedname: "none",
  mountpoint: "drive",
  driveletter: "drive",
  drive: "drive",
  drivetype: "none",
  volumetype: "none",
  volume: "drive",
  volumemountpoint: "drive",
  laufwerk: "drive",
  lecteur: "drive",
  unidad: "drive",
  unità: "drive",
  диск: "drive",
  ドライブ: "drive",
  驱动器: "drive",
  keyprotectortype: "type",
  protectortype: "type",
  msfverecoveryguid: "key-id",
  msfverecoverypassword: "recovery-key",
  msfvevolumeguid: "other-id",
  msfvekeypackage: "none",
  objectguid: "other-id",
  objectid: "other-id",
  deviceid: "other-id",
  azureaddeviceid: "other-id",
  identifier: "key-id",
  protectorguid: "key-id",
  volumekeyprotectorid: "key-id",
  recoveryguid: "key-id",
  kid: "key-id",
  computername: "pc",
  devicename: "pc",
  displayname: "pc",
  hostname: "pc",
  computer: "pc",
  host: "pc",
  pc: "pc",
  pcname: "pc",
  gerätename: "pc",
  createddatetime: "date",
  whencreated: "date",
  created: "date",
  backuptime: "date",
  backupdate: "date",
  keyuploaddate: "date",
  uploaddate: "date",
  timecreated: "date",
  dateadded: "date",
  date: "date",
};

/** The rest by parts of names, the first that fits. */
const PARTS: readonly (readonly [RegExp, FieldRole])[] = [
  [
    /(?:device|gerät|machine|computer|tenant|user|owner|object|trace|correlation|activity|volume|disk|asset|client|agent|site|org|customer|serial|request|batch|hardware|identification)(?:object)?(?:id|guid|uuid|identifier)$/,
    "other-id",
  ],
  [
    /(?:key|password|passwort|protector|recovery|schlüssel|kennwort|bitlocker|clé|clave|chiave|chave|ключ|sleutel|nyckel|klucz|klíč|anahtar).*(?:id|guid|identifier|kennung|bezeichner|identifiant|identificador|identificatore|идентификатор|kimliği)s?\d*$/,
    "key-id",
  ],
  [
    /^(?:id|identifiant|identificador|identificatore|kennung|идентификатор|ид).*(?:key|clé|clave|chiave|chave|schlüssel|wiederherstellung|récupération|recuperación|ripristino|recuperação|ключ|восстановления)/,
    "key-id",
  ],
  [/密钥id|密钥标识|金鑰id|キーid|キー識別子|키id|키식별자|回復キーid/, "key-id"],
  [
    /recoverykey|recoverypassword|bitlockerkey|numericalpassword|wiederherstellungsschlüssel|wiederherstellungskennwort|clé.*récup|clave.*recup|chiave.*ripri|chave.*recup|恢复密钥|復原金鑰|回復キー|복구키|ключ.*восст/,
    "recovery-key",
  ],
  [
    /(?:computer|device|host|machine|pc|endpoint|gerät|ordinateur|equipo|dispositivo).*name|^(?:endpoint|device|machine|workstation|gerät|computer|asset|system)$/,
    "pc",
  ],
  [/driveletter|mountpoint|laufwerksbuchstabe|^volume(?:name|letter)?$|^drive/, "drive"],
  [/datetime$|date$|^date|uploaded|createdat|timestamp|datum/, "date"],
];

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
 * ```
 */
export function roleOf(name: string): FieldRole {
  const plain = plainName(name);
  const exact = Object.hasOwn(EXACT, plain) ? EXACT[plain] : undefined;
  return exact ?? PARTS.find(([pattern]) => pattern.test(plain))?.[1] ?? "none";
}

/**
 * Takes everything but letters and digits out of a name.
 *
 * @param name As it stands in the text.
 * @returns In lower case.
 */
export function plainName(name: string): string {
  return name.slice(0, 100).toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
