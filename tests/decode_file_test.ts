import assert from "node:assert/strict";
import { OEM_PAGES } from "../lib/core/import/code_pages.ts";
import { decodeFile } from "../lib/core/import/decode_file.ts";
import { importText } from "../lib/core/import/import_text.ts";
import { FORMS, idOf, keyOf } from "./helpers/key_texts.ts";

/** Bytes of a text in an encoding that only decodes here: each byte is tried. */
function encode(text: string, encoding: string): Uint8Array {
  const page = OEM_PAGES[encoding];
  const table = new Map<string, readonly number[]>();
  const decoder = page === undefined ? new TextDecoder(encoding) : null;
  const add = (bytes: readonly number[]): void => {
    const one = decoder?.decode(Uint8Array.from(bytes)) ?? page?.[(bytes[0] ?? 0) - 128] ?? "";
    if ([...one].length === 1 && one !== "\ufffd" && !table.has(one)) table.set(one, bytes);
  };
  for (let high = 0x80; high <= 0xff; high++) add([high]);
  if (["shift_jis", "gbk", "euc-kr"].includes(encoding)) {
    for (let high = 0x81; high <= 0xfe; high++) for (let low = 0x40; low <= 0xfe; low++) add([high, low]);
  }
  return Uint8Array.from([...text].flatMap((one) => {
    if (one < "\x80") return [one.charCodeAt(0)];
    const bytes = table.get(one);
    assert.ok(bytes !== undefined, `${encoding} lacks ${one}`);
    return bytes;
  }));
}

const SCREEN = (head: string, fields: readonly string[], types: readonly string[]): string =>
  [head, "[x]", "", ...fields.map((field) => `    ${field}`), ...types.map((type) => `        ${type}`), ""]
    .join("\r\n");

const GERMAN = SCREEN('Volume "C:" [Büro]', [
  "Größe:                        49,36 GB",
  "BitLocker-Version:            2.0",
  "Konvertierungsstatus:         Nur verwendeter Speicherplatz verschlüsselt",
  "Verschlüsselt (Prozent):      100,0 %",
  "Verschlüsselungsmethode:      XTS-AES 128",
  "Schutzstatus:                 Der Schutz ist aktiviert.",
  "Sperrungsstatus:              Entsperrt",
  "ID-Feld:                      Unbekannt",
  "Schlüsselschutzvorrichtungen:",
], ["TPM", "Numerisches Kennwort"]);
const POLISH = SCREEN("Wolumin C: [Żółw]", [
  "Rozmiar:               475,0 GB",
  "Wersja funkcji BitLocker: 2.0",
  "Stan konwersji:        Zaszyfrowano tylko zajęte miejsce",
  "Procent zaszyfrowania: 100,0%",
  "Metoda szyfrowania:    XTS-AES 128",
  "Stan ochrony:          Ochrona włączona",
  "Stan blokady:          Odblokowany",
  "Pole identyfikacji:    Nieznany",
  "Funkcje ochrony klucza:",
], ["TPM", "Hasło numeryczne"]);
const RUSSIAN = SCREEN("Том C: [Система]", [
  "Размер:                475,0 ГБ",
  "Версия BitLocker:      2.0",
  "Состояние преобразования: Шифрование только занятого места",
  "Зашифровано (процентов): 100,0%",
  "Метод шифрования:      XTS-AES 128",
  "Состояние защиты:      Защита включена",
  "Состояние блокировки:  Разблокировано",
  "Поле идентификации:    Неизвестно",
  "Предохранители ключа:",
], ["TPM", "Числовой пароль"]);
const JAPANESE = SCREEN("ボリューム C: [仕事]", [
  "サイズ:                 930.52 GB",
  "BitLocker のバージョン: 2.0",
  "変換状態:               使用領域のみ暗号化",
  "暗号化された割合:       100.0%",
  "暗号化の方法:           XTS-AES 128",
  "保護状態:               保護はオンです",
  "ロック状態:             ロック解除",
  "識別子フィールド:       不明",
  "キーの保護機能:",
], ["TPM", "数字パスワード"]);
const CHINESE = SCREEN("卷 C: [工作]", [
  "大小:              931.48 GB",
  "BitLocker 版本:    2.0",
  "转换状态:          仅加密了已用空间",
  "已加密百分比:      100.0%",
  "加密方法:          XTS-AES 128",
  "保护状态:          保护已启用",
  "锁定状态:          已解锁",
  "标识字段:          未知",
  "密钥保护器:",
], ["TPM", "数字密码"]);
const KOREAN = SCREEN("C: 볼륨 [업무]", [
  "크기:                 475.69GB",
  "BitLocker 버전:       2.0",
  "변환 상태:            사용된 공간만 암호화됨",
  "암호화된 비율:        100.0%",
  "암호화 방법:          XTS-AES 128",
  "보호 상태:            보호 설정",
  "잠금 상태:            잠금 해제됨",
  "ID 필드:              알 수 없음",
  "키 보호기:",
], ["TPM", "숫자 암호"]);

const LITHUANIAN = SCREEN("Tomas C: [Duomenų]", [
  "Dydis:                 475,0 GB",
  "BitLocker versija:     2.0",
  "Konvertavimo būsena:   Užšifruota tik naudojama vieta",
  "Užšifruota procentų:   100,0%",
  "Šifravimo metodas:     XTS-AES 128",
  "Apsaugos būsena:       Apsauga įjungta",
  "Užrakto būsena:        Atrakinta",
  "Identifikavimo laukas: Nežinoma",
  "Rakto saugikliai:",
], ["TPM", "Skaitmeninis slaptažodis"]);
const HUNGARIAN = SCREEN("C: kötet [Idő]", [
  "Méret:                475,0 GB",
  "BitLocker-verzió:     2.0",
  "Átalakítás állapota:  Csak a használt terület titkosítva",
  "Titkosított százalék: 100,0%",
  "Titkosítási módszer:  XTS-AES 128",
  "Védelem állapota:     Védelem bekapcsolva",
  "Zárolás állapota:     Feloldva",
  "Azonosítómező:        Ismeretlen",
  "Kulcsvédők:",
], ["TPM", "Numerikus jelszó"]);

const SCREENS: readonly (readonly [encoding: string, text: string, label: string])[] = [
  ["cp850", GERMAN, "Büro"],
  ["cp437", GERMAN.replaceAll("ß", "ss"), "Büro"],
  ["windows-1252", GERMAN, "Büro"],
  ["cp852", POLISH, "Żółw"],
  ["windows-1250", POLISH, "Żółw"],
  ["windows-1250", HUNGARIAN, "Idő"],
  ["cp775", LITHUANIAN, "Duomenų"],
  ["windows-1257", LITHUANIAN, "Duomenų"],
  ["ibm866", RUSSIAN, "Система"],
  ["windows-1251", RUSSIAN, "Система"],
  ["shift_jis", JAPANESE, "仕事"],
  ["gbk", CHINESE, "工作"],
  ["euc-kr", KOREAN, "업무"],
];

for (const [encoding, text, label] of SCREENS) {
  Deno.test(`import knows a screen in ${encoding}, and its states in its language: ${label}`, () => {
    const file = decodeFile(encode(text, encoding));
    assert.deepEqual(importText(file?.text ?? "").volumes, [{
      drive: "C:",
      label,
      conversion: "used-space-only",
      percent: 100,
      protection: "on",
      lock: "unlocked",
      protectorTypes: ["tpm", "recovery-password"],
    }]);
  });
}

Deno.test("import tells Windows' code pages apart by letters alone, without any word of BitLocker", () => {
  for (
    const [encoding, text] of [
      ["shift_jis", "これは私のノートパソコンの鍵です"],
      ["ibm866", "Это ключ от моего ноутбука"],
      ["cp850", "Schlüssel für Jörgs Gerät"],
    ] as const
  ) {
    const file = decodeFile(encode(`${text}\n${idOf(0)} ${keyOf(0)}\n`, encoding));
    assert.equal(file?.text.split("\n")[0], text);
  }
});

Deno.test("import takes a file that PowerShell added UTF-16 to, and one that UTF-8 was added to", () => {
  const wide = (text: string): number[] => [...text].flatMap((one) => [one.charCodeAt(0), 0]);
  const narrow = (text: string): number[] => [...new TextEncoder().encode(text)];
  const [one, other] = [FORMS["one line"]?.(0) ?? "", FORMS["one line"]?.(1) ?? ""];
  for (const bytes of [[...narrow(one), ...wide(other)], [0xff, 0xfe, ...wide(one), ...narrow(other)]]) {
    const { keys } = importText(decodeFile(Uint8Array.from(bytes))?.text ?? "");
    assert.deepEqual(
      keys.map(({ keyId, recoveryPassword }) => [keyId, recoveryPassword]),
      [0, 1].map((number) => [idOf(number), keyOf(number)]),
    );
  }
});

Deno.test("import passes over what is no text", () => {
  for (
    const bytes of [
      [0x50, 0x4b, 3, 4, 20, 0, 0, 0],
      [0x89, 0x50, 0x4e, 0x47, 13, 10],
      [...new TextEncoder().encode("%PDF-1.7\n")],
      Array.from({ length: 300 }, (_, at) => (at * 37) % 256),
      Array.from({ length: 300 }, () => 0),
    ]
  ) {
    assert.equal(decodeFile(Uint8Array.from(bytes)), null);
  }
  assert.equal(decodeFile(new Uint8Array())?.text, "");
});
