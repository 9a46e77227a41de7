import assert from "node:assert/strict";
import fc from "fast-check";
import { pemOf } from "../lib/core/pem.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";
const END = "-----END CERTIFICATE-----";
const base64 = `${"Q".repeat(64)}${"R".repeat(64)}S=`;
const pem = `${BEGIN}\n${"Q".repeat(64)}\n${"R".repeat(64)}\nS=\n${END}\n`;

Deno.test("pemOf() puts each certificate into lines of 64, however it was broken", () => {
  const rows: readonly (readonly [string, string])[] = [
    [pem, pem],
    [pem.replaceAll("\n", "\r\n"), pem],
    [pem.replaceAll("\n", " "), pem],
    [`${BEGIN}${base64}${END}`, pem],
    [`${BEGIN}\n${base64}\n${END}`, pem],
    [`the office's\n${pem}  ${BEGIN} TUlJQg== ${END}`, `${pem}${BEGIN}\nTUlJQg==\n${END}\n`],
  ];
  for (const [text, expected] of rows) assert.equal(pemOf(text), expected, text);
});

Deno.test("pemOf() leaves a text without a certificate as it is", () => {
  for (const text of ["", "C:\\ca.pem", BEGIN, `${BEGIN} ! ${END}`, `${END}${BEGIN}`]) {
    assert.equal(pemOf(text), text);
  }
});

Deno.test("pemOf() keeps every character of the base64, and changes nothing the second time", () => {
  const characters = fc.constantFrom(..."ABCabc019+/= \r\n\t");
  fc.assert(
    fc.property(fc.array(characters, { maxLength: 400 }), (list) => {
      const inner = list.join("");
      const made = pemOf(`${BEGIN}${inner}${END}`);
      assert.equal(made.slice(BEGIN.length, -END.length - 1).replace(/\s/g, ""), inner.replace(/\s/g, ""));
      assert.equal(pemOf(made), made);
    }),
    { seed: 20261124 },
  );
});
