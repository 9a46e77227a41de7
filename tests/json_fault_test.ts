import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonFault } from "../lib/core/json_fault.ts";

const PLACES: readonly (readonly [what: string, text: string, place: string])[] = [
  ["a comma is missing", '{\n  "a": 1\n  "b": 2\n}', "3:3 other"],
  ["a comma is too many", '{\r\n  "a": [1, 2,],\r\n}', "2:14 other"],
  ["… before the last bracket", '{"a": 1,\n}', "2:1 other"],
  ["a quotation mark is missing at the end", '{\n  "a": "x,\n  "b": 2\n}', "2:11 other"],
  ["… at the beginning", '{\n  a": 1\n}', "2:3 other"],
  ["a colon is missing", '{\n"a" 1\n}', "2:5 other"],
  ["a bracket is of the wrong kind", "[1, 2}", "1:6 other"],
  ["a path has single backslashes", '{"path":\n "E:\\Keys"}', "2:5 backslash"],
  ["a \\u has too few digits", '["\\u12"]', "1:3 backslash"],
  ["it breaks off in a text", '{\n"a": "x', "2:8 end"],
  ["it breaks off behind a backslash", '["\\', "1:3 end"],
  ["it breaks off between two lines", '{\n"a": 1,\n', "3:1 end"],
  ["it is empty", "", "1:1 end"],
  ["something stands behind it", "{}\n{}", "2:1 other"],
  ["a comment", "{\n  // mine\n}", "2:3 other"],
  ["single quotation marks", "{'a': 1}", "1:2 other"],
  ["zero bytes, as after a power failure", "\0\0\0", "1:1 other"],
  ["a word of another language", "[True]", "1:2 other"],
  ["a number that goes on", "[01, 1.]", "1:2 other"],
  ["a line end of old Macs", '{\r"a"\r1}', "3:1 other"],
  ["a tab in a text", '["a\tb"]', "1:4 other"],
];

for (const [what, text, place] of PLACES) {
  Deno.test(`jsonFault() says where: ${what}`, () => {
    const fault = jsonFault(text);
    assert.equal(`${fault?.line}:${fault?.column} ${fault?.kind}`, place);
  });
}

Deno.test("jsonFault() finds a fault in just what JSON.parse refuses (seed 20261124)", () => {
  const good = fc.json();
  const cut = fc.tuple(good, fc.nat(), fc.nat(3)).map(([text, at, more]) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + text.slice(from + more);
  });
  const added = fc.tuple(good, fc.nat(), fc.constantFrom(...'{}[]",:\\0-.eE \n\tau')).map(
    ([text, at, char]) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + char + text.slice(from);
    },
  );
  const bits = fc.array(fc.constantFrom(...'{}[]",:\\0123-.eE+ \n', "true", "null", "u00e9")).map((all) =>
    all.join("")
  );
  fc.assert(
    fc.property(fc.oneof(good, cut, added, bits, fc.string()), (text) => {
      let isJson = true;
      try {
        JSON.parse(text);
      } catch {
        isJson = false;
      }
      assert.equal(jsonFault(text) === null, isJson, JSON.stringify(text));
    }),
    { seed: 20261124, numRuns: 5000 },
  );
});

Deno.test("jsonFault() takes any depth", () => {
  assert.equal(jsonFault("[".repeat(200_000))?.kind, "end");
  assert.equal(jsonFault("[".repeat(200_000) + "]".repeat(200_000)), null);
});
