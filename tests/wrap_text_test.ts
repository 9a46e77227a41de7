import assert from "node:assert/strict";
import fc from "fast-check";
import { wrapText } from "../lib/core/wrap_text.ts";

Deno.test("wrapText() keeps indentation and bullets, long words, and one of several empty lines", () => {
  const words = "word ".repeat(30).trim();
  assert.deepEqual(wrapText(`  ${words}`).split("\n").map((line) => line.slice(0, 4)), ["  wo", "  wo"]);
  assert.deepEqual(wrapText(`- ${words}`).split("\n").map((line) => line.slice(0, 4)), ["- wo", "  wo"]);
  assert.equal(wrapText(`a ${"x".repeat(100)} b`), `a\n${"x".repeat(100)}\nb`);
  assert.equal(wrapText("a\n\n\n\nb\n"), "a\n\nb\n");
});

Deno.test("wrapText() loses no word and breaks every line that it can", () => {
  const text = fc.array(fc.constantFrom("a", "drive", "* ", "  ", " ", "\n", "x".repeat(90), "C:"), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, (pieces) => {
      const wrapped = wrapText(pieces.join(" "));
      const wordsOf = (line: string): readonly string[] => line.split(/\s+/).filter((word) => word !== "");
      assert.deepEqual(wordsOf(wrapped), wordsOf(pieces.join(" ")));
      for (const line of wrapped.split("\n")) {
        assert.ok(line.length <= 78 || wordsOf(line.replace(/^ *[*-] /, "")).length === 1, line);
      }
    }),
    { seed: 20261124 },
  );
});
