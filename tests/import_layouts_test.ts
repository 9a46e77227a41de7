import assert from "node:assert/strict";
import { decodeFile } from "../lib/core/import/decode_file.ts";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const [id0, id1, id9] = [idOf(0), idOf(1), idOf(9)];
const [key0, key1] = [keyOf(0), keyOf(1)];

/** How Windows calls its file, the Key ID and the key in each language. */
const LANGUAGES: readonly (readonly [language: string, title: string, id: string, key: string])[] = [
  ["ar", "مفتاح استرداد تشفير محرك الأقراص BitLocker", "المعرّف:", "مفتاح الاسترداد:"],
  ["bg", "Ключ за възстановяване на BitLocker", "Идентификатор:", "Ключ за възстановяване:"],
  ["cs", "Obnovovací klíč nástroje BitLocker Drive Encryption", "Identifikátor:", "Obnovovací klíč:"],
  ["da", "BitLocker-genoprettelsesnøgle", "Id:", "Genoprettelsesnøgle:"],
  [
    "de",
    "Wiederherstellungsschlüssel für die BitLocker-Laufwerkverschlüsselung",
    "Bezeichner:",
    "Wiederherstellungsschlüssel:",
  ],
  ["el", "Κλειδί αποκατάστασης BitLocker", "Αναγνωριστικό:", "Κλειδί αποκατάστασης:"],
  ["en", "BitLocker Drive Encryption recovery key", "Identifier:", "Recovery Key:"],
  ["es", "Clave de recuperación de Cifrado de unidad BitLocker", "Identificador:", "Clave de recuperación:"],
  ["et", "BitLockeri taastevõti", "Identifikaator:", "Taastevõti:"],
  ["fi", "BitLocker-aseman salauksen palautusavain", "Tunniste:", "Palautusavain:"],
  [
    "fr",
    "Clé de récupération du chiffrement de lecteur BitLocker",
    "Identificateur\u00a0:",
    "Clé de récupération\u00a0:",
  ],
  ["he", "מפתח שחזור של הצפנת כונן BitLocker", "מזהה:", "מפתח שחזור:"],
  ["hi", "BitLocker ड्राइव एन्क्रिप्शन पुनर्प्राप्ति कुंजी", "पहचानकर्ता:", "पुनर्प्राप्ति कुंजी:"],
  ["hr", "Ključ za oporavak BitLocker", "Identifikator:", "Ključ za oporavak:"],
  ["hu", "BitLocker helyreállítási kulcs", "Azonosító:", "Helyreállítási kulcs:"],
  ["id", "Kunci pemulihan BitLocker", "Pengidentifikasi:", "Kunci Pemulihan:"],
  ["it", "Chiave di ripristino di Crittografia unità BitLocker", "Identificatore:", "Chiave di ripristino:"],
  ["ja", "BitLocker ドライブ暗号化の回復キー", "ID:", "回復キー:"],
  ["ja, full-width colons", "BitLocker ドライブ暗号化 回復キー", "識別子：", "回復キー："],
  ["ko", "BitLocker 드라이브 암호화 복구 키", "식별자:", "복구 키:"],
  ["lt", "„BitLocker“ atkūrimo raktas", "Identifikatorius:", "Atkūrimo raktas:"],
  ["lv", "BitLocker atkopšanas atslēga", "Identifikators:", "Atkopšanas atslēga:"],
  ["nb", "Gjenopprettingsnøkkel for BitLocker", "Identifikator:", "Gjenopprettingsnøkkel:"],
  ["nl", "Herstelsleutel voor BitLocker-stationsversleuteling", "Id:", "Herstelsleutel:"],
  ["pl", "Klucz odzyskiwania szyfrowania dysków funkcją BitLocker", "Identyfikator:", "Klucz odzyskiwania:"],
  [
    "pt-BR",
    "Chave de recuperação de Criptografia de Unidade de Disco BitLocker",
    "Identificador:",
    "Chave de Recuperação:",
  ],
  [
    "pt-PT",
    "Chave de recuperação da Encriptação de Unidade BitLocker",
    "Identificador:",
    "Chave de Recuperação:",
  ],
  ["ro", "Cheie de recuperare BitLocker", "Identificator:", "Cheie de recuperare:"],
  ["ru", "Ключ восстановления шифрования диска BitLocker", "Идентификатор:", "Ключ восстановления:"],
  ["sk", "Obnovovací kľúč BitLocker", "Identifikátor:", "Obnovovací kľúč:"],
  ["sl", "Obnovitveni ključ BitLocker", "Identifikator:", "Obnovitveni ključ:"],
  ["sr", "BitLocker ključ za oporavak", "Identifikator:", "Ključ za oporavak:"],
  ["sv", "Återställningsnyckel för BitLocker-diskkryptering", "Identifierare:", "Återställningsnyckel:"],
  ["th", "คีย์การกู้คืน BitLocker", "ตัวระบุ:", "คีย์การกู้คืน:"],
  ["tr", "BitLocker Sürücü Şifrelemesi kurtarma anahtarı", "Tanımlayıcı:", "Kurtarma Anahtarı:"],
  ["uk", "Ключ відновлення шифрування диска BitLocker", "Ідентифікатор:", "Ключ відновлення:"],
  ["vi", "Khóa khôi phục Mã hóa Ổ đĩa BitLocker", "Mã định danh:", "Khóa Khôi phục:"],
  ["zh-CN", "BitLocker 驱动器加密恢复密钥", "标识符:", "恢复密钥:"],
  ["zh-TW", "BitLocker 磁碟機加密修復金鑰", "識別碼:", "修復金鑰:"],
];

/** Windows' file: sentences of nobody in particular, labels on lines of their own, values below a blank line. */
function keyFile(
  [, title, idLabel, keyLabel]: readonly [string, string, string, string],
  { id = id0, key = key0 }: { readonly id?: string; readonly key?: string } = {},
): string {
  const sentence = `${idLabel.replace(/\s*[:：]$/, "")} … ${title} … ${keyLabel.replace(/\s*[:：]$/, "")}.`;
  return [
    `${title} `,
    "",
    sentence,
    "",
    idLabel,
    "",
    `\t${id}`,
    "",
    sentence,
    "",
    keyLabel,
    "",
    `\t${key}`,
    "",
    sentence,
    `${sentence} https://go.microsoft.com/fwlink/?LinkID=260589`,
    "",
  ].join("\r\n");
}

for (const language of LANGUAGES) {
  Deno.test(`import reads Windows' own key file: ${language[0]}`, () => {
    assert.equal(pairsIn(keyFile(language)), "0=0");
    const { kind, volumes, otherProtectors, refused } = importText(normalizeText(keyFile(language)));
    assert.deepEqual({ kind, volumes, otherProtectors, refused }, {
      kind: "backup-txt",
      volumes: [],
      otherProtectors: [],
      refused: [],
    });
    // without the digits the Key ID is still known to be one
    assert.equal(pairsIn(keyFile(language, { key: "" })), "0=?", "without digits");
    assert.equal(pairsIn(keyFile(language, { key: `${key0.slice(0, 49)}xxxx` })), "0=?", "masked");
  });
}

const ENGLISH = LANGUAGES.find(([language]) => language === "en") ?? LANGUAGES[0];
const whole = ENGLISH === undefined ? "" : keyFile(ENGLISH);
const lines = whole.split("\r\n");

const DAMAGED: readonly (readonly [name: string, text: string, pairs: string])[] = [
  ["all blank lines lost", lines.filter((line) => line !== "").join("\n"), "0=0"],
  ["every line a paragraph", lines.join("\n\n"), "0=0"],
  ["a mail's quote marks", lines.map((line) => `> > ${line}`).join("\n"), "0=0"],
  ["one long line, as a form field leaves it", lines.join(" "), "0=0"],
  ["braces", whole.replace(id0, `{${id0}}`), "0=0"],
  ["small letters", whole.replace(id0, id0.toLowerCase()), "0=0"],
  ["the Key ID broken within", whole.replace(id0, `${id0.slice(0, 19)}\r\n\t${id0.slice(19)}`), "0=0"],
  [
    "the Key ID broken behind a hyphen",
    whole.replace(id0, `${id0.slice(0, 24)}\r\n\t${id0.slice(24)}`),
    "0=0",
  ],
  [
    "the key broken, another cell behind its first half",
    `Key ID ${id0}\n${key0.slice(0, 28)} OSV 1/2/2024\n   ${key0.slice(28)}\n`,
    "0=0",
  ],
  ["the key broken within", whole.replace(key0, `${key0.slice(0, 27)}\r\n\t${key0.slice(27)}`), "0=0"],
  [
    "the key broken behind a hyphen",
    whole.replace(key0, `${key0.slice(0, 28)}\r\n\t${key0.slice(28)}`),
    "0=0",
  ],
  ["hyphens that never break a line", whole.replaceAll("-", "\u2011"), "0=0"],
  ["minus signs", whole.replaceAll("-", "\u2212"), "0=0"],
  ["soft hyphens beside hyphens", whole.replaceAll("-", "-\u00ad"), "0=0"],
  ["no-break spaces round the values", whole.replaceAll("\t", "\u00a0\u00a0"), "0=0"],
  [
    "marks of right-to-left writing",
    whole.replace(id0, `\u200e\u202a${id0}\u202c`).replace(key0, `\u200f${key0}\u200e`),
    "0=0",
  ],
  [
    "full-width forms",
    whole.replace(
      /[0-9A-F-]{36,}/g,
      (one) => one.replace(/./g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    ),
    "0=0",
  ],
  ["blanks round hyphens", whole.replace(key0, key0.replaceAll("-", " - ")), "0=0"],
  ["quotation marks", whole.replace(id0, `"${id0}"`).replace(key0, `"${key0}"`), "0=0"],
  ["a title of a PC above", `PC-7 (D:)\n\n${whole}`, "0=0"],
  ["the file's name above", `BitLocker Recovery Key ${id0}.TXT\r\n\r\n${whole}`, "0=0"],
  ["two files, one after the other", whole + whole.replace(id0, id1).replace(key0, key1), "0=0, 1=1"],
  ["the same file twice", whole + whole, "0=0"],
  ["values on the labels' lines", `Identifier: ${id0}\n\nRecovery Key: ${key0}\n`, "0=0"],
  [
    "an admin's lines below",
    `${whole}\nDrive: D: (Data)\nComputer: PC-7\nSerial number: 5CG1234567\n`,
    "0=0",
  ],
  [
    "an admin's table of both",
    `${
      ENGLISH?.[1]
    }\n\nIdentifier:   {${id0}}\nRecovery Key: ${key0}\n\nIdentifier:   {${id1}}\nRecovery Key: ${key1}\n\nDrive:        C: (OS)\nComputer:     PC-7\n`,
    "0=0, 1=1",
  ],
  [
    "Windows 7, the beginning of the Key ID first",
    `BitLocker Drive Encryption Recovery Key \nA sentence.\n\nAnother one.\n\nRecovery key identification: ${
      id0.slice(0, 16)
    }\nFull recovery key identification: ${id0}\n\nBitLocker Recovery Key:\n${key0}\n`,
    "0=0",
  ],
  [
    "Windows 7, the beginning of the Key ID alone",
    `Recovery key identification: ${id0.slice(0, 16)}\n\nBitLocker Recovery Key:\n${key0}\n`,
    "?=0",
  ],
  [
    "Windows 7, German",
    `Wiederherstellungsschlüssel-ID: ${
      id0.slice(0, 16)
    }\nVollständige Wiederherstellungsschlüssel-ID: ${id0}\n\nBitLocker-Wiederherstellungsschlüssel:\n${key0}\n`,
    "0=0",
  ],
  [
    "Windows 7, Korean and Chinese below each other",
    `BitLocker 복구 키\n복구 키 ID: ${
      id0.slice(0, 16)
    }\n전체 복구 키 ID: ${id0}\nBitLocker 복구 키:\n${key0}\n\n\n恢复密钥ID:${
      id0.slice(0, 16)
    }\n整体恢复密钥ID:${id0}\nBitLocker恢复键：\n${key0}\n`,
    "0=0",
  ],
  [
    "Vista, drive and password",
    `The recovery password for drive C: follows.\n\nDrive label: PC-7 OS 1/2/2008.\nPassword ID: {${id0}}\nRecovery Password:\n${key0}\n`,
    "0=0",
  ],
  ["another GUID below", `${whole}\nDevice ID: ${id9}\n`, "0=0"],
  ["the PC's own GUID above", `Device ID: ${id9}\n${whole}`, "0=0"],
];

for (const [name, text, pairs] of DAMAGED) {
  Deno.test(`import reads Windows' own key file: ${name}`, () =>
    assert.equal(pairsIn(text).replace(/ [A-Z]:/g, ""), pairs));
}

/** Bytes of a text in an encoding that `TextEncoder` lacks: every character by what the decoder makes of its bytes. */
function encodeAs(text: string, page: string): Uint8Array {
  const decoder = new TextDecoder(page);
  const bytesOf = new Map<string, readonly number[]>();
  for (let byte = 0; byte < 256; byte++) bytesOf.set(decoder.decode(Uint8Array.of(byte)), [byte]);
  if (/shift|gb|big5|euc/.test(page)) {
    for (let lead = 0x81; lead < 0xff; lead++) {
      for (let trail = 0x40; trail < 0xff; trail++) {
        const one = decoder.decode(Uint8Array.of(lead, trail));
        if ([...one].length === 1 && !bytesOf.has(one)) bytesOf.set(one, [lead, trail]);
      }
    }
  }
  return Uint8Array.from([...text].flatMap((one) => bytesOf.get(one) ?? [63]));
}

const PAGES: readonly (readonly [language: string, page: string])[] = [
  ["cs", "windows-1250"],
  ["ru", "windows-1251"],
  ["fr", "windows-1252"],
  ["el", "windows-1253"],
  ["tr", "windows-1254"],
  ["he", "windows-1255"],
  ["ar", "windows-1256"],
  ["lt", "windows-1257"],
  ["th", "windows-874"],
  ["ja", "shift_jis"],
  ["zh-CN", "gbk"],
  ["zh-TW", "big5"],
  ["ko", "euc-kr"],
];

for (const [name, page] of PAGES) {
  Deno.test(`import reads Windows' own key file: ${name} in ${page}`, () => {
    const language = LANGUAGES.find(([one]) => one === name) ?? assert.fail(name);
    for (const key of [key0, ""]) {
      const text = decodeFile(encodeAs(keyFile(language, { key }), page))?.text ?? "";
      assert.equal(pairsIn(text), key === "" ? "0=?" : "0=0", text.split("\n")[0]);
    }
  });
}
