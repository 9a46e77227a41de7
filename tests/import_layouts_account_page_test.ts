import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { pairsIn } from "./helpers/pairs_in.ts";

const id9 = idOf(9);
const [key0, key1, key2] = [keyOf(0), keyOf(1), keyOf(2)];

/** What the account page calls its columns: title, device, Key ID, key, drive, upload date. */
const COLUMNS: Readonly<Record<string, readonly [string, string, string, string, string, string]>> = {
  en: ["BitLocker recovery keys", "Device name", "Key ID", "Recovery key", "Drive", "Key upload date"],
  de: [
    "BitLocker-Wiederherstellungsschlüssel",
    "Gerätename",
    "Schlüssel-ID",
    "Wiederherstellungsschlüssel",
    "Laufwerk",
    "Hochladedatum des Schlüssels",
  ],
  fr: [
    "Clés de récupération BitLocker",
    "Nom de l’appareil",
    "ID de clé",
    "Clé de récupération",
    "Lecteur",
    "Date de chargement de la clé",
  ],
  es: [
    "Claves de recuperación de BitLocker",
    "Nombre del dispositivo",
    "Id. de clave",
    "Clave de recuperación",
    "Unidad",
    "Fecha de carga de la clave",
  ],
  it: [
    "Chiavi di ripristino BitLocker",
    "Nome dispositivo",
    "ID chiave",
    "Chiave di ripristino",
    "Unità",
    "Data caricamento chiave",
  ],
  pt: [
    "Chaves de recuperação do BitLocker",
    "Nome do dispositivo",
    "ID da chave",
    "Chave de recuperação",
    "Unidade",
    "Data de carregamento da chave",
  ],
  nl: ["BitLocker-herstelsleutels", "Apparaatnaam", "Sleutel-id", "Herstelsleutel", "Station", "Uploaddatum"],
  sv: [
    "BitLocker-återställningsnycklar",
    "Enhetsnamn",
    "Nyckel-ID",
    "Återställningsnyckel",
    "Enhet",
    "Datum",
  ],
  da: ["BitLocker-genoprettelsesnøgler", "Enhedsnavn", "Nøgle-id", "Genoprettelsesnøgle", "Drev", "Dato"],
  fi: [
    "BitLocker-palautusavaimet",
    "Laitteen nimi",
    "Avaimen tunnus",
    "Palautusavain",
    "Asema",
    "Päivämäärä",
  ],
  pl: [
    "Klucze odzyskiwania funkcji BitLocker",
    "Nazwa urządzenia",
    "Identyfikator klucza",
    "Klucz odzyskiwania",
    "Dysk",
    "Data przekazania klucza",
  ],
  cs: ["Obnovovací klíče BitLocker", "Název zařízení", "ID klíče", "Obnovovací klíč", "Jednotka", "Datum"],
  hu: [
    "BitLocker helyreállítási kulcsok",
    "Eszköznév",
    "Kulcsazonosító",
    "Helyreállítási kulcs",
    "Meghajtó",
    "Dátum",
  ],
  tr: [
    "BitLocker kurtarma anahtarları",
    "Cihaz adı",
    "Anahtar Kimliği",
    "Kurtarma anahtarı",
    "Sürücü",
    "Tarih",
  ],
  ru: [
    "Ключи восстановления BitLocker",
    "Имя устройства",
    "Идентификатор ключа",
    "Ключ восстановления",
    "Диск",
    "Дата отправки ключа",
  ],
  uk: [
    "Ключі відновлення BitLocker",
    "Ім’я пристрою",
    "Ідентифікатор ключа",
    "Ключ відновлення",
    "Диск",
    "Дата",
  ],
  el: [
    "Κλειδιά αποκατάστασης BitLocker",
    "Όνομα συσκευής",
    "Αναγνωριστικό κλειδιού",
    "Κλειδί αποκατάστασης",
    "Μονάδα",
    "Ημερομηνία",
  ],
  ja: ["BitLocker 回復キー", "デバイス名", "キー ID", "回復キー", "ドライブ", "キーのアップロード日"],
  "zh-CN": ["BitLocker 恢复密钥", "设备名称", "密钥 ID", "恢复密钥", "驱动器", "密钥上传日期"],
  "zh-TW": ["BitLocker 修復金鑰", "裝置名稱", "金鑰識別碼", "修復金鑰", "磁碟機", "金鑰上傳日期"],
  ko: ["BitLocker 복구 키", "장치 이름", "키 ID", "복구 키", "드라이브", "키 업로드 날짜"],
  ar: [
    "مفاتيح استرداد BitLocker",
    "اسم الجهاز",
    "معرّف المفتاح",
    "مفتاح الاسترداد",
    "محرك الأقراص",
    "تاريخ التحميل",
  ],
  he: ["מפתחות שחזור של BitLocker", "שם המכשיר", "מזהה מפתח", "מפתח שחזור", "כונן", "תאריך העלאה"],
  th: ["คีย์การกู้คืน BitLocker", "ชื่ออุปกรณ์", "รหัสคีย์", "คีย์การกู้คืน", "ไดรฟ์", "วันที่อัปโหลด"],
  vi: ["Khóa khôi phục BitLocker", "Tên thiết bị", "ID Khóa", "Khóa khôi phục", "Ổ đĩa", "Ngày tải lên"],
};

type Row = readonly [device: string, id: string, key: string, drive: string, date: string];
const ROWS: readonly Row[] = [
  ["ANNA-LAPTOP", "58E9DFAD", key0, "OSV", "1/31/2021 9:15:02 AM"],
  ["TOM", "7A345678", key1, "FDV", "2/1/2021 11:00:00 PM"],
  ["Surface Pro 7", "0C0FFEE1", key2, "RDV", "12/24/2022 1:02:03 PM"],
];
const WANTED = "58E9DFAD=0, 7A345678=1, 0C0FFEE1=2";

type Layout = (columns: readonly string[], rows: readonly Row[], title: string) => string;

/** How a browser, a pen and a reader of pictures leave the same list. */
const LAYOUTS: Readonly<Record<string, Layout>> = {
  "rows with tabs": (columns, rows, title) =>
    [title, "", columns.join("\t"), ...rows.map((row) => row.join("\t"))].join("\n"),
  "rows with blanks, as read from a picture": (columns, rows, title) =>
    [title, columns.join("   "), ...rows.map((row) => row.join("   "))].join("\n"),
  "rows with one blank": (columns, rows, title) =>
    [title, columns.join(" "), ...rows.map((row) => row.join(" "))].join("\n"),
  "a line a cell": (columns, rows, title) => [title, ...columns, ...rows.flat()].join("\n"),
  "a line a cell, blank lines between": (columns, rows, title) =>
    [title, ...columns, ...rows.flat()].join("\n\n"),
  "a line a cell, blank lines between rows": (columns, rows, title) =>
    [title, ...columns, "", ...rows.map((row) => `${row.join("\n")}\n`)].join("\n"),
  "cards: label above value": (columns, rows, title) =>
    [
      title,
      "",
      ...rows.map(([device, ...cells]) =>
        [device, ...cells.flatMap((cell, at) => [columns[at + 1] ?? "", cell]), ""].join("\n")
      ),
    ].join("\n"),
  "cards: label before value": (columns, rows, title) =>
    [title, "", ...rows.map((row) => [...row.map((cell, at) => `${columns[at]}: ${cell}`), ""].join("\n"))]
      .join("\n"),
  "cards without blank lines": (columns, rows, title) =>
    [title, ...rows.flatMap((row) => row.map((cell, at) => `${columns[at]}: ${cell}`))].join("\n"),
  "a saved page with a table": (columns, rows, title) =>
    `<!DOCTYPE html><html><head><title>${title}</title><script>var a="${id9}";</script></head><body><h1>${title}</h1>` +
    `<table><thead><tr>${columns.map((one) => `<th scope="col">${one}</th>`).join("")}</tr></thead><tbody>` +
    rows.map((row) => `<tr>${row.map((cell) => `<td>\n  <span>${cell}</span>\n</td>`).join("")}</tr>`).join(
      "\n",
    ) +
    "</tbody></table></body></html>",
  "a saved page with parts": (columns, rows, title) =>
    `<html><body><div>${title}</div>` +
    rows.map(([device, ...cells]) =>
      `<div class="card"><div>${device}</div>${
        cells.map((cell, at) => `<div><span>${columns[at + 1]}</span></div><div>${cell}</div>`).join("")
      }</div>`
    ).join("") + "</body></html>",
  "a saved page with a button behind each row": (columns, rows, title) =>
    `<html><body><h1>${title}</h1><table><tr>${
      columns.map((one) => `<th>${one}</th>`).join("")
    }<th></th></tr>` +
    rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}<td>Delete</td></tr>`).join("") +
    "</table></body></html>",
  "rows with a button that has no name": (columns, rows, title) =>
    [title, "", columns.join("\t"), ...rows.map((row) => `${row.join("\t")}\tDelete`)].join("\n"),
  "a Markdown table": (columns, rows, title) =>
    [
      `# ${title}`,
      "",
      `| ${columns.join(" | ")} |`,
      `|${columns.map(() => "---").join("|")}|`,
      ...rows.map((row) => `| ${row.join(" | ")} |`),
    ].join("\n"),
  "semicolons": (columns, rows) => [columns.join(";"), ...rows.map((row) => row.join(";"))].join("\n"),
};

for (const [language, [title, ...columns]] of Object.entries(COLUMNS)) {
  for (const [layout, write] of Object.entries(LAYOUTS)) {
    Deno.test(`import reads the account page: ${layout}, ${language}`, () => {
      const text = write(columns, ROWS, title);
      assert.equal(pairsIn(text), WANTED);
      assert.equal(importText(normalizeText(text)).kind, "account-page");
      assert.equal(pairsIn(write(columns, ROWS.slice(0, 1), title)), "58E9DFAD=0", "one row");
    });
  }
}

Deno.test("import sees a table in rows with a button behind them", () => {
  const [title, ...columns] = COLUMNS["en"] ?? [];
  for (
    const layout of ["a saved page with a button behind each row", "rows with a button that has no name"]
  ) {
    const found = importText(normalizeText(LAYOUTS[layout]?.(columns, ROWS, title ?? "") ?? ""));
    const roles = found.columns.map(({ as }) => as);
    assert.deepEqual(roles, ["pc", "key-id", "recovery-key", "drive", "date"], layout);
    assert.equal(found.details[0]?.host, ROWS[0]?.[0], layout);
  }
});

Deno.test("import reads letters in Key IDs of the account page as the digits that text recognition took them for", () => {
  const [title, ...columns] = COLUMNS["en"] ?? [];
  const slips = ROWS.map(([device, id, ...cells]): Row => [
    device,
    id.replace("0", "O").replace("5", "S"),
    ...cells,
  ]);
  for (const layout of ["rows with tabs", "a line a cell", "cards: label before value"]) {
    assert.equal(pairsIn(LAYOUTS[layout]?.(columns, slips, title ?? "") ?? ""), WANTED, layout);
  }
  assert.equal(pairsIn(`PC: A\nKey ID: 58E9lFIL\nRecovery key: ${key0}\n`), "58E91F11=0", "l and I");
  assert.equal(pairsIn(`Key ID: Disabled\nRecovery key: ${key0}\n`), "?=0", "a word");
});

Deno.test("import tells a list of the page's names from a page", () => {
  for (const [language, [, ...columns]] of Object.entries(COLUMNS)) {
    const { kind, keys } = importText(normalizeText(columns.join("\n")));
    assert.deepEqual({ kind, keys }, { kind: "label-list", keys: [] }, language);
  }
});
