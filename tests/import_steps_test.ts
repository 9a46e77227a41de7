import assert from "node:assert/strict";
import fc from "fast-check";
import { importText } from "../lib/core/import/import_text.ts";
import { textOfHtml, textOfXml } from "../lib/core/import/strip_tags.ts";
import { unpackRegistry } from "../lib/core/import/unpack_registry.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";

const SEED = Number(Deno.env.get("SPARE_KEY_FUZZ_SEED") ?? 26_128_846);

/** Counts the characters that all searches within texts go over while something is done. */
function stepsOf(act: () => void): number {
  const [exec, indexOf, includes] = [
    RegExp.prototype.exec,
    String.prototype.indexOf,
    String.prototype.includes,
  ];
  let steps = 0;
  RegExp.prototype.exec = function (text): RegExpExecArray | null {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = exec.call(this, text);
    const isTiedDown = this.sticky || (this.source.startsWith("^") && !this.multiline);
    const end = match === null ? (isTiedDown ? from + 1 : text.length) : match.index + match[0].length;
    steps += Math.max(1, end - from);
    return match;
  };
  String.prototype.indexOf = function (part, from = 0): number {
    const at = indexOf.call(this, part, from);
    steps += (at < 0 ? this.length : at) - from;
    return at;
  };
  String.prototype.includes = function (part, from = 0): boolean {
    const at = indexOf.call(this, String(part), from);
    steps += (at < 0 ? this.length : at) - from;
    return at >= 0;
  };
  try {
    act();
  } finally {
    RegExp.prototype.exec = exec;
    String.prototype.indexOf = indexOf;
    String.prototype.includes = includes;
  }
  return steps;
}

const COUNT = 100;

/** Texts that made a reader look at a whole line, or at all that follows, for each key. */
const SHAPES: Readonly<Record<string, (number: number) => string>> = {
  "keys on one line": (n) => `${keyOf(n)};`,
  "pairs on one line": (n) => `${idOf(n)}=${keyOf(n)};`,
  "pairs with blanks on one line": (n) => `${idOf(n)} ${keyOf(n)} `,
  "digits alone on one line": (n) => `${keyOf(n).replaceAll("-", "")},`,
  "cells that nobody closes": (n) => `${n === 0 ? "<html><table>" : ""}<tr><td>${idOf(n)}<td>${keyOf(n)}`,
  "Key IDs on lines": (n) => `Key ID: ${idOf(n)}\n`,
  "objects on one line": (n) => `{"id":"${idOf(n)}","key":"${keyOf(n)}"},`,
  "two layouts in turn": (n) =>
    n % 2 === 0 ? `Key ID: ${idOf(n)} Key: ${keyOf(n)}\n` : `${keyOf(n)};${idOf(n)};PC-${n}\n`,
};

Deno.test("of a text four times as long, a search goes over four times as much, however its lines are", () => {
  assert.equal(stepsOf(() => void "a".repeat(50).includes("b")), 50);
  assert.equal(stepsOf(() => void /b/.test("a".repeat(50))), 50);
  for (const [name, part] of Object.entries(SHAPES)) {
    const textOf = (count: number): string => Array.from({ length: count }, (_, n) => part(n)).join("");
    const [small, large] = [COUNT, 4 * COUNT].map((count) => {
      const text = textOf(count);
      return stepsOf(() => void importText(text));
    });
    assert.ok((small ?? 0) > 0 && (large ?? 0) < (small ?? 0) * 6, `${name}: ${small} steps, then ${large}`);
  }
});

/** What the words of each text are made of. */
const MARKS: readonly string[] = ["<", "!", "-", "--", "<!--", "-->", "a", ">", " ", "\n", "<b>"];

Deno.test(`comments of XML are found by hand as a pattern finds them (seed ${SEED})`, () => {
  const text = fc.array(fc.constantFrom(...MARKS), { maxLength: 30 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (xml) => {
      assert.equal(textOfXml(xml), textOfXml(xml.replace(/<!--(?:[^-]|-(?!->))*-->/g, "")));
    }),
    { numRuns: 3000, seed: SEED },
  );
  const long = `<!--${"a".repeat(4001)}-->`;
  assert.notEqual(textOfXml(long), textOfXml(""), "what is no comment any more is not taken for one");
});

Deno.test("a line end makes one blank of all blanks around it in a page, and blanks alone stay", () => {
  for (
    const [html, text] of [["a \t\n\n b", "a b"], ["a\nb", "a b"], ["a  b", "a b"], ["a\tb", "a\tb"]] as const
  ) assert.equal(textOfHtml(html), text);
});

Deno.test("texts of a registry end before their last noughts, and keep those within", () => {
  const head = "Windows Registry Editor Version 5.00\n\n";
  assert.equal(
    unpackRegistry(`${head}"a"=hex(7):41,00,00,00,42,00,00,00,00,00`),
    `${head}"a"="A B"`,
  );
});

Deno.test("a megabyte that a pattern would go over again from each place is read in one go", () => {
  const MB = 1024 * 1024;
  assert.equal(textOfXml("<!--".repeat(MB / 4)).trim().slice(0, 4), "<!--");
  assert.equal(textOfHtml(`a${" ".repeat(MB)}b`), "a b");
  const bytes = `${"00,".repeat(MB)}41,00`;
  const head = "Windows Registry Editor Version 5.00\n\n";
  assert.equal(unpackRegistry(`${head}"a"=hex(7):${bytes}`), `${head}"a"=" A"`);
});
