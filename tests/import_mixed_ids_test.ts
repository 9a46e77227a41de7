import assert from "node:assert/strict";
import { importText } from "../lib/core/import/import_text.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

type Column = "pc" | "device" | "object" | "id" | "key" | "date";

/** Names of a portal's columns. */
const NAMES: Readonly<Record<string, Readonly<Record<Column, string>>>> = {
  en: {
    pc: "Device name",
    device: "Device ID",
    object: "Object ID",
    id: "BitLocker key ID",
    key: "BitLocker recovery key",
    date: "Backup date",
  },
  de: {
    pc: "Gerätename",
    device: "Geräte-ID",
    object: "Objekt-ID",
    id: "BitLocker-Schlüssel-ID",
    key: "BitLocker-Wiederherstellungsschlüssel",
    date: "Datum",
  },
  fr: {
    pc: "Nom de l’appareil",
    device: "ID de l’appareil",
    object: "ID d’objet",
    id: "ID de clé BitLocker",
    key: "Clé de récupération BitLocker",
    date: "Date de sauvegarde",
  },
  pl: {
    pc: "Nazwa urządzenia",
    device: "Identyfikator urządzenia",
    object: "Identyfikator obiektu",
    id: "Identyfikator klucza funkcji BitLocker",
    key: "Klucz odzyskiwania funkcji BitLocker",
    date: "Data",
  },
  hu: {
    pc: "Eszköz neve",
    device: "Eszközazonosító",
    object: "Objektumazonosító",
    id: "BitLocker-kulcs azonosítója",
    key: "BitLocker helyreállítási kulcs",
    date: "Dátum",
  },
  ru: {
    pc: "Имя устройства",
    device: "Идентификатор устройства",
    object: "Идентификатор объекта",
    id: "Идентификатор ключа BitLocker",
    key: "Ключ восстановления BitLocker",
    date: "Дата",
  },
  ja: {
    pc: "デバイス名",
    device: "デバイス ID",
    object: "オブジェクト ID",
    id: "BitLocker キー ID",
    key: "BitLocker 回復キー",
    date: "日付",
  },
};

type Rows = readonly (readonly string[])[];

/** From names and rows to text; the last ones leave it to nobody to tell which ID is which. */
const LAYOUTS: readonly (readonly [
  layout: string,
  isSure: boolean,
  write: (head: readonly string[], rows: Rows) => string,
])[] = [
  [
    "CSV",
    true,
    (head, rows) => [head, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n"),
  ],
  ["tabs", true, (head, rows) => [head, ...rows].map((row) => row.join("\t")).join("\n")],
  [
    "Markdown",
    true,
    (head, rows) => [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n"),
  ],
  ["wide gaps", true, (head, rows) => [head, ...rows].map((row) => row.join("   ")).join("\n")],
  [
    "HTML",
    true,
    (head, rows) =>
      `<table>${
        [head, ...rows].map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")
      }</table>`,
  ],
  [
    "names before values",
    true,
    (head, rows) => rows.map((row) => row.map((cell, at) => `${head[at]}: ${cell}`).join("\n")).join("\n\n"),
  ],
  ["a line a cell", false, (head, rows) => [head, ...rows].flat().join("\n")],
  [
    "names above values",
    false,
    (head, rows) => rows.map((row) => row.map((cell, at) => `${head[at]}\n${cell}`).join("\n")).join("\n\n"),
  ],
  ["one blank", false, (head, rows) => [head, ...rows].map((row) => row.join(" ")).join("\n")],
];

const ORDERS: readonly (readonly Column[])[] = [
  ["pc", "device", "id", "key", "date"],
  ["device", "pc", "key", "id"],
  ["key", "device", "pc", "id", "object"],
  ["date", "id", "object", "pc", "device", "key"],
  ["id", "device", "key"],
  ["pc", "device", "key"],
  ["key", "object", "date", "pc"],
  ["device", "key", "date"],
];

function cell(column: Column, row: number): string {
  const cells = {
    pc: `PC-${row}`,
    device: idOf(50 + row),
    object: idOf(60 + row),
    id: idOf(row),
    key: keyOf(row),
    date: "2024-01-02",
  };
  return cells[column];
}

for (const [language, names] of Object.entries(NAMES)) {
  for (const [layout, isSure, write] of LAYOUTS) {
    Deno.test(`import tells a key's ID from a PC's and an object's: ${layout}, ${language}`, () => {
      for (const order of ORDERS) {
        const rows = [1, 2, 3].map((row) => order.map((column) => cell(column, row)));
        const { keys } = importText(normalizeText(write(order.map((column) => names[column]), rows)));
        const wanted = [1, 2, 3].map((row) => [order.includes("id") ? idOf(row) : null, keyOf(row)]);
        const found = keys.filter(({ recoveryPassword }) => recoveryPassword !== null)
          .map(({ keyId, recoveryPassword }) => [keyId, recoveryPassword]);
        if (isSure) assert.deepEqual(found, wanted, order.join(" "));
        // every key is there, with its own ID or with none
        assert.deepEqual(found.map(([, key]) => key).toSorted(), wanted.map(([, key]) => key).toSorted());
        for (const [id, key] of found) {
          assert.ok(id === null || wanted.some((pair) => pair[0] === id && pair[1] === key), order.join(" "));
        }
      }
    });
  }
}
