import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeFile } from "../../lib/core/import/decode_file.ts";
import { importText } from "../../lib/core/import/import_text.ts";
import { normalizeText } from "../../lib/core/import/normalize_text.ts";
import { isValidRecoveryPassword } from "../../lib/core/recovery_password.ts";
import { FUZZ_RUNS, fuzzName, fuzzOptions } from "../helpers/fuzz.ts";
import { FORMS, idOf, keyOf, OTHERS } from "../helpers/key_texts.ts";
import { type CodePage, inCodePage, OLD_CODE_PAGES } from "../helpers/old_code_pages.ts";

interface Sample {
  readonly keys: readonly { readonly keyId: string | null; readonly recoveryPassword: string | null }[];
}

const CORPUS = new URL("../testdata/corpus/", import.meta.url);
const expected: { readonly samples: Readonly<Record<string, Sample>> } = JSON.parse(
  await Deno.readTextFile(new URL("expected.json", CORPUS)),
);
const samples = await Promise.all(
  Object.entries(expected.samples).map(async ([path, { keys }]) => ({
    keys,
    text: decodeFile(await Deno.readFile(new URL(path, CORPUS)))?.text ?? "",
  })),
);

/** Made-up blocks, and the real layouts of the corpus. */
const forms = [...Object.values(FORMS), ...samples.map(({ text }) => () => text)];

/** What a file goes through. Numbers are taken modulo what there is. */
type Step = readonly [name: keyof typeof STEPS, at: number, to: number];

const at = (lines: readonly string[], number: number): number => number % Math.max(1, lines.length);

/** Lines in, lines out. */
const STEPS = {
  "cut the beginning": (lines: string[], one: number) => lines.slice(at(lines, one)),
  "cut the end": (lines: string[], one: number) => lines.slice(0, at(lines, one)),
  "a line lost": (lines: string[], one: number) => lines.toSpliced(at(lines, one), 1),
  "a line twice": (lines: string[], one: number) =>
    lines.toSpliced(at(lines, one), 0, lines[at(lines, one)] ?? ""),
  "a line end lost": (lines: string[], one: number) =>
    lines.toSpliced(at(lines, one), 2, lines.slice(at(lines, one), at(lines, one) + 2).join(" ")),
  "a line end too many": (lines: string[], one: number, two: number) => {
    const line = lines[at(lines, one)] ?? "";
    // behind the label: a GUID whose label is broken may be anything
    const label = line.lastIndexOf(":") + 1;
    const place = label + two % (line.length - label + 1);
    return lines.toSpliced(at(lines, one), 1, line.slice(0, place), line.slice(place));
  },
  "no indentation": (lines: string[]) => lines.map((line) => line.trimStart()),
  "more indentation": (lines: string[]) => lines.map((line) => `  ${line}`),
  "no blank lines": (lines: string[]) => lines.filter((line) => line.trim() !== ""),
  "blank lines between": (lines: string[]) => lines.flatMap((line) => [line, ""]),
  "a number above": (lines: string[], one: number, two: number) =>
    lines.toSpliced(at(lines, one), 0, String(100_000 + two % 900_000)),
  "digits behind": (lines: string[], one: number, two: number) =>
    lines.with(at(lines, one), `${lines[at(lines, one)] ?? ""} ${two % 1_000_000}`),
  "another GUID": (lines: string[], one: number, two: number) =>
    lines.toSpliced(at(lines, one), 0, `Device ID: ${idOf(OTHERS * 2 + two % 1000)}`),
  "a wrong digit": (lines: string[], one: number, two: number) => {
    const line = lines[at(lines, one)] ?? "";
    return lines.with(at(lines, one), line.replace(/\d(?=\d{0,5}-\d{6})/, String(two % 10)));
  },
  "blanks for hyphens": (lines: string[]) =>
    lines.map((line) => line.replace(/(?<=\d{6})-(?=\d{6})/g, "\u00a0")),
  "no hyphens": (lines: string[]) => lines.map((line) => line.replace(/(?<=\d{6})-(?=\d{6})/g, "")),
  "full-width digits": (lines: string[]) =>
    lines.map((line) =>
      line.replace(
        /(?:\d{6}-){7}\d{6}/g,
        (key) => key.replace(/\d/g, (one) => String.fromCharCode(0xff10 + Number(one))),
      )
    ),
  "quoted": (lines: string[]) => lines.map((line) => `> ${line}`),
} as const;

/** Steps that take lines away. */
const TAKING: ReadonlySet<string> = new Set(["cut the beginning", "cut the end", "a line lost"]);

const UNICODE = ["utf-8", "utf-8 mark", "utf-16le", "utf-16le mark", "utf-16be", "utf-16be mark"] as const;

/** In a code page that lacks a letter of the text, nobody could have written it: then it is UTF-8. */
function encoded(text: string, encoding: typeof UNICODE[number] | CodePage): Uint8Array {
  if (typeof encoding === "number") return inCodePage(text, encoding) ?? encoded(text, "utf-8");
  const marked = encoding.endsWith("mark") ? `\ufeff${text}` : text;
  if (encoding.startsWith("utf-8")) return new TextEncoder().encode(marked);
  const bytes = new Uint8Array(marked.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < marked.length; index++) {
    view.setUint16(index * 2, marked.charCodeAt(index), encoding.startsWith("utf-16le"));
  }
  return bytes;
}

const names = Object.keys(STEPS) as (keyof typeof STEPS)[];
const step: fc.Arbitrary<Step> = fc.tuple(fc.constantFrom(...names), fc.nat(100_000), fc.nat(1_000_000));
const file = fc.record({
  blocks: fc.array(fc.nat(forms.length - 1), { minLength: 1, maxLength: 4 }),
  same: fc.boolean(),
  steps: fc.array(step, { maxLength: 3 }),
  encoding: fc.constantFrom(...UNICODE, ...OLD_CODE_PAGES),
  lineEnd: fc.constantFrom("\n", "\r\n"),
});

function textOf({ blocks, same, steps }: {
  readonly blocks: readonly number[];
  readonly same: boolean;
  readonly steps: readonly Step[];
}): readonly string[] {
  // without borders as well as without some lines, and without several lines, two blocks are one for anybody
  const taking = steps.filter(([name]) => TAKING.has(name));
  const most = steps.some(([name]) => name === "no blank lines") ? 0 : 1;
  const kept = steps.filter((step) => !taking.includes(step) || taking.indexOf(step) < most)
    // the label of a foreign GUID stays whole to the end: without it, nobody can tell it from a Key ID
    .toSorted(([one], [other]) => Number(one === "another GUID") - Number(other === "another GUID"));
  const text = blocks.map((form, index) => forms[same ? blocks[0] ?? 0 : form]?.(index + 1) ?? "").join("");
  const apply = (lines: string[], [name, one, two]: Step): string[] =>
    lines.length === 0 ? lines : STEPS[name](lines, one, two);
  return kept.reduce<string[]>(apply, text.split("\n"));
}

const PAIRS = new Map<string | null, string | null>([
  ...Array.from({ length: 10 }, (_, index) => [keyOf(index), idOf(index)] as const),
  ...samples.flatMap(({ keys }) =>
    keys.map(({ keyId, recoveryPassword }) => [recoveryPassword, keyId] as const)
  ),
]);

Deno.test(fuzzName("import never makes up a key or a pair, whatever happens to a file"), () => {
  fc.assert(
    fc.property(file, (made) => {
      const decoded = decodeFile(encoded(textOf(made).join(made.lineEnd), made.encoding));
      const { keys, details } = importText(decoded?.text ?? "");
      assert.equal(keys.length, details.length);
      for (const { keyId, recoveryPassword, valid } of keys) {
        assert.equal(valid, recoveryPassword === null ? null : true);
        if (recoveryPassword === null) continue;
        assert.ok(isValidRecoveryPassword(recoveryPassword), "a key fails its checksum");
        const partner = PAIRS.get(recoveryPassword);
        // a line end within the Key ID leaves the part that the blue screen shows
        assert.ok(
          keyId === null || partner?.startsWith(keyId),
          `a pair of two blocks: ${recoveryPassword} with ${keyId}`,
        );
      }
    }),
    fuzzOptions(),
  );
});

Deno.test("import finds the same in a file of any code page that has all its letters", () => {
  const seen = new Set<CodePage>();
  const notes = [["Идентификатор ключа", "Ключ восстановления"], ["키 ID", "복구 키"]]
    .map(([id, key]) => `${id}: ${idOf(1)}\n${key}: ${keyOf(1)}\n`);
  for (const [at, text] of [...notes, ...forms.map((form) => form(1))].entries()) {
    const wanted = importText(normalizeText(text)).keys;
    for (const page of OLD_CODE_PAGES) {
      const bytes = inCodePage(text, page);
      if (bytes === null) continue;
      if (/[^\0-\x7f]/.test(text)) seen.add(page);
      assert.deepEqual(importText(decodeFile(bytes)?.text ?? "").keys, wanted, `${at} in ${page}`);
    }
  }
  assert.deepEqual(
    [...seen].sort(),
    [...OLD_CODE_PAGES].sort(),
    "each page has letters of its own somewhere",
  );
});

Deno.test("import finds every pair in files that nothing happened to", () => {
  for (const [name, form] of Object.entries(FORMS)) {
    if (name === "event") continue;
    for (const count of [1, 2, 5]) {
      const text = Array.from({ length: count }, (_, index) => form(index)).join("");
      const pairs = importText(text).keys.filter((key) => key.recoveryPassword !== null)
        .map(({ keyId, recoveryPassword }) => [keyId, recoveryPassword]);
      assert.deepEqual(pairs, Array.from({ length: count }, (_, index) => [idOf(index), keyOf(index)]), name);
    }
  }
});

Deno.test(fuzzName("import reads anything at all without a crash", Math.ceil(FUZZ_RUNS / 5)), () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.constantFrom(
      "\n",
      "\t",
      "{",
      "}",
      "[",
      "]",
      '"',
      ":",
      "-",
      "<Event>",
      "dn: ",
      "Volume C: [",
      "ID: {",
      ",",
      "%",
    ),
    fc.nat(9).map(keyOf),
    fc.nat(9).map(idOf),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      for (const { recoveryPassword } of importText(normalizeText(pieces.join(""))).keys) {
        assert.ok(recoveryPassword === null || isValidRecoveryPassword(recoveryPassword));
      }
    }),
    fuzzOptions(Math.ceil(FUZZ_RUNS / 5)),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void decodeFile(bytes)),
    fuzzOptions(Math.ceil(FUZZ_RUNS / 5)),
  );
});
