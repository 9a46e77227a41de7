import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeFile } from "../lib/core/import/decode_file.ts";
import { importText } from "../lib/core/import/import_text.ts";
import { type Codes, mayHoldKeys } from "../lib/core/import/screen_codes.ts";
import { mayMatter } from "../lib/core/import/screen_file.ts";
import { codesOf } from "../lib/core/import/text_parts.ts";
import * as words from "../lib/core/import/words.ts";
import { FORMS, idOf, keyOf } from "./helpers/key_texts.ts";

const SEED = Number(Deno.env.get("SPARE_KEY_FUZZ_SEED") ?? 26_128_845);

const narrow = (text: string): Uint8Array => new TextEncoder().encode(text);
const wide = (text: string): Uint16Array => Uint16Array.from(text, (one) => one.charCodeAt(0));
const FORMS_OF_CODES = { "UTF-8": narrow, "UTF-16": wide } as const;

const grouped = (joint: string): string => keyOf(7).replaceAll("-", joint);
const wideDigits = (first: number): string =>
  keyOf(7).replace(/\d/g, (one) => String.fromCharCode(first + Number(one)));

/** What a large file is searched for. */
const KEYS: Readonly<Record<string, string>> = {
  "digits with hyphens": keyOf(7),
  "digits with blanks": grouped(" "),
  "digits with nothing between": grouped(""),
  "digits with dashes": grouped("\u2011"),
  "digits with no-break blanks": grouped("\u00a0"),
  "digits on two lines": `${keyOf(7).slice(0, 28)}\r\n        ${keyOf(7).slice(28)}`,
  "digits on two lines of a quoted mail": `${keyOf(7).slice(0, 28)}\n> ${keyOf(7).slice(28)}`,
  "digits with escapes of JSON": grouped("\\u2011"),
  "digits with tags": grouped("</b>-<b>"),
  "digits with entities": grouped("&#8209;"),
  "a wrong group": keyOf(7).replace(/\d(?=-)/, ""),
  "full-width digits": wideDigits(0xff10),
  "Arabic digits": wideDigits(0x660),
  "Persian digits": wideDigits(0x6f0),
  "a Key ID": idOf(7),
  "a Key ID that begins with digits": "12345678-1234-4BBB-8CCC-0000000003F8",
  "a Key ID whose first group is all digits": "12345678-9ABC-4BBB-8CCC-0000000003F8",
  "a Key ID, lower case": `{${idOf(7).toLowerCase()}}`,
  "the word": "BitLocker",
};

Deno.test("a key is seen at any place of a part, in bytes and in units of UTF-16", () => {
  for (const [name, key] of Object.entries(KEYS)) {
    for (const [form, codesFrom] of Object.entries(FORMS_OF_CODES)) {
      for (let before = 0; before < 9; before++) {
        for (const around of [[".".repeat(before), ""], ["x ".repeat(50) + "y".repeat(before), " end\n"]]) {
          assert.ok(mayHoldKeys(codesFrom(around.join(` ${key} `))), `${name}, ${form}, behind ${before}`);
        }
      }
    }
  }
});

Deno.test("what most files hold is no key", () => {
  const lines = [
    "2024-01-02 03:04:05,678 INFO [worker-12] done id=12345678 took 3421 ms",
    '100001,Anna Miller,2024-01-02,4711.50,Berlin,"a comment, with commas"',
    `{"time":"2024-01-02T03:04:05.678Z","trace":"4bf92f3577b34da6","bytes":1234567,"ok":true}`,
    "tel. +49 30 123456, fax +49 30 123457; IBAN DE02 1203 0000 0000 2020 51",
    "Grüße aus Köln, 安装完成，共 123456 个文件, الملف جاهز",
    '<a href="/p/123456/789012">123456</a> commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    "f-2024-01-02-03-04.log  a-b-c-d-e  ----------  0x00000000 12:34:56",
  ];
  for (const codesFrom of Object.values(FORMS_OF_CODES)) {
    for (const line of lines) {
      assert.equal(mayHoldKeys(codesFrom(`${line}\n`.repeat(20))), false, line);
      assert.equal(mayMatter(codesFrom(`${line}\n`.repeat(20))), false, line);
    }
  }
});

Deno.test("whatever a reader finds in a file, a glance has not taken it for nothing", async () => {
  const corpus = new URL("testdata/corpus/", import.meta.url);
  const { samples } = JSON.parse(await Deno.readTextFile(new URL("expected.json", corpus)));
  const paths = Object.keys(samples);
  assert.ok(paths.length > 40);
  for (const path of paths) {
    const bytes = await Deno.readFile(new URL(path, corpus));
    const decoded = decodeFile(bytes);
    const { kind } = importText(decoded?.text ?? "");
    const codes = codesOf(bytes, decoded?.encoding ?? "utf-8");
    if (kind !== "none" && codes !== null) assert.ok(mayMatter(codes), path);
  }
});

Deno.test("every word that makes a text one about BitLocker, or an error, is seen", () => {
  const about = words.ABOUT_BITLOCKER.source.split("|").flatMap((word) => {
    const plain = word.replaceAll("\\b", "");
    return [plain.replaceAll("?", ""), plain.replaceAll(" ?", "")];
  });
  const errors = [
    "Error: x",
    "ERROR : x",
    "  Fehler: x",
    "Ошибка: x",
    "错误: x",
    "błąd: x",
    "code 0x80310000",
  ];
  const states = ["Volume C: [OS]", "볼륨 C: [Windows]\n", "卷 C：[系统]", "Prozent verschlüsselt: 100,0 %"];
  for (const text of [...about, ...errors, ...states, "FullyQualifiedErrorId", "58E9DFAD"]) {
    for (const codesFrom of Object.values(FORMS_OF_CODES)) {
      assert.ok(mayMatter(codesFrom(`One line.\n${text}\nAnother.\n`)), text);
    }
  }
  assert.equal(mayMatter(narrow("No error was found.\nterror: x\n")), false);
});

Deno.test(`a glance passes whatever holds a key or a Key ID, cut and mixed (seed ${SEED})`, () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("\n", " ", "-", "{", "}", ",", "<b>", "\u00a0", "\u2011", "PC", "id: "),
    fc.constantFrom(...Object.values(KEYS)),
    fc.tuple(fc.constantFrom(...Object.values(FORMS)), fc.nat(99)).map(([form, number]) => form(number)),
    fc.nat(9).map((number) => keyOf(number).slice(0, 20 + number * 3)),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      const decoded = decodeFile(narrow(text));
      if (decoded === null) return;
      const { keys, refused, otherProtectors, kind } = importText(decoded.text);
      const codes = codesOf(narrow(text), decoded.encoding);
      if (
        codes === null || (keys.length + refused.length + otherProtectors.length === 0 && kind === "none")
      ) {
        return;
      }
      assert.ok(mayMatter(codes), `${kind}: ${JSON.stringify(text)}`);
    }),
    { numRuns: 3000, seed: SEED },
  );
});

/** Codes that count how often they are looked at. */
function counted(codes: Codes): { readonly codes: Codes; readonly looks: () => number } {
  let looks = 0;
  const proxy = new Proxy(codes, {
    get(target, name): unknown {
      looks++;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { codes: proxy, looks: () => looks };
}

Deno.test("work grows with the length of a file alone, whatever it is made of", () => {
  const units = [
    "1234567 ",
    "123456 1 ",
    "-1111",
    "-abcd-abcd",
    "12 ",
    "123456<",
    "123456&nbsp",
    "1<b>",
    ": ",
    " :",
    "error",
    "[a:",
    "A1",
    "ä1234",
    "BitLocke",
    "%:",
    "\n",
    "recov",
  ];
  const SIZE = 20_000;
  for (const unit of units) {
    for (const screen of [mayHoldKeys, mayMatter]) {
      const [one, two] = [SIZE, 2 * SIZE].map((size) => {
        const { codes, looks } = counted(narrow(unit.repeat(Math.ceil(size / unit.length)).slice(0, size)));
        screen(codes);
        return looks();
      });
      assert.ok(
        (two ?? 0) <= (one ?? 0) * 2.1 + 100,
        `${screen.name} of ${JSON.stringify(unit)}: ${one}, ${two}`,
      );
      assert.ok((two ?? 0) < SIZE * 200, `${screen.name} of ${JSON.stringify(unit)}: ${two}`);
    }
  }
});
