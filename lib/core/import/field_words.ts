/**
 * The words of which names of fields are made, in the languages that Windows and its portals speak. Parts of words,
 * so that endings do not matter; accents and signs go in both the words and the names before they are compared.
 */

import { remember } from "./remember.ts";

/**
 * Takes everything but letters and digits out of a name, and accents off its letters.
 *
 * @param name As it stands in the text.
 * @returns In lower case.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(plainName("Clé-ID (C:)"), "cleidc");
 * ```
 */
export function plainName(name: string): string {
  return rememberedName(name);
}

const rememberedName = remember((name) =>
  name.slice(0, 100).toLowerCase().normalize("NFD").replace(/[^\p{L}\p{N}]/gu, "")
);

/** @returns One alternative a word, for use within a pattern. */
function partsOf(...words: readonly string[]): string {
  return words.flatMap((list) => list.split(" ")).map((word) => plainName(word)).join("|");
}

/** "Key", "password", "protector". */
export const KEY: string = partsOf(
  "key password passwort protector schlüssel kennwort clé clave chiave chave sleutel nyckel nøgle nøkkel avain avaime",
  "klucz klíč kľúč kulcs ključ cheie anahtar ключ κλειδι مفتاح מפתח คีย์ khóa kunci võti võtme raktas rakto atslēg kodi",
  "clau gako lykil кључ клуч کلید कुंजी 密钥 密鑰 金鑰 キー 키 parola senha contraseñ hasł hesl парол",
  "motdepasse palavrapasse wachtwoord lösenord adgangskode passord salasana jelszó lozink лозинк gesl şifre κωδικ slaptaž",
  "parole parool mậtkhẩu katasandi كلمة סיסמ รหัสผ่าน 密码 密碼 パスワード 암호",
);

/** "Recovery"; "BitLocker" says as much. */
export const RECOVERY: string = partsOf(
  "recovery bitlocker wiederherstell récup recup ripristin herstel återställ genopret gjenoppret palautus odzysk obnov",
  "helyreáll kurtarma восстанов відновл възстанов αποκατάστ استرداد שחזור กู้คืน khôi phục pemulihan taaste atkūr atkop",
  "oporav numerical numerisch पुनर्प्राप्ति 恢复 恢復 修復 復原 回復 복구 fve",
);

/** "Device" and its like: what has a name and an ID of its own. */
export const DEVICE: string = partsOf(
  "device computer machine host endpoint workstation hardware gerät appareil périphérique ordinateur poste equipo dispositivo",
  "apparaat enhet enhed laite laitte urządz zařízen zariaden eszköz cihaz bilgisayar устройств компьютер пристр συσκευ",
  "デバイス コンピューター 设备 计算机 裝置 電腦 장치 컴퓨터 جهاز מכשיר อุปกรณ์ thiếtbị asset",
);

/** What else has an ID that is not the key's. */
export const OTHER: string = partsOf(
  "tenant user owner object trace correlation activity volume disk client agent hwid smbios site org customer serial request batch",
  "identification subscription group partition folder collection entry benutzer mandant besitzer objekt utilisateur objet",
  "usuario inquilino objeto utente oggetto gebruiker användare bruger użytkownik uživatel felhasználó kullanıcı",
  "locatário locataire inquilino dzierżaw bérlő kiracı nesne obiekt objektum oggetto organisation organiz klientorg 对象 物件 租戶",
  "пользовател объект клиент користувач 用户 租户 使用者 對象 ユーザー テナント オブジェクト 사용자 개체",
);

/** "Name", of a PC. */
export const NAME: string = partsOf(
  "name nom nombre nome naam namn navn nimi nazwa název názov név adı imię имя ім όνομα 名 名称 名稱 이름 اسم שם ชื่อ tên",
);

/** "Identifier", where it is no two letters that stand in many words. */
export const ID: string = partsOf(
  "guid uuid identif kennung bezeichner identyfik tunnus tunniste azonosító kimlik kimliği tanımlayıcı αναγνωριστ معرف",
  "מזהה รหัส ตัวระบุ 識別 标识 식별 идентиф ідентиф mãđịnhdanh địnhdanh पहचान pengecam auðkenni tuvasti dynodwr aitheantóir شناسه",
);
