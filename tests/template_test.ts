import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../lib/errors.ts";
import { html } from "../lib/core/html.ts";
import { fillTemplate, type Slots, type Values } from "../lib/core/template.ts";

const SLOTS = { pc: "value", drives: { drive: "value", keys: { id: "value" }, old: {} } } as const;

const VALUES: Values<typeof SLOTS> = {
  pc: "A&B",
  drives: [
    { drive: "C:", keys: [{ id: "1" }, { id: "2" }], old: [{}] },
    { drive: "D:", keys: [], old: [] },
  ],
};

function fill(
  template: string,
  mode: "html" | "text" = "html",
  slots: Slots = SLOTS,
  values: Values = VALUES,
): string {
  return fillTemplate(template, values, { name: "sheet.html", mode, slots });
}

Deno.test("fillTemplate() fills values, repeats sections, and takes an empty row as a condition", () => {
  const template =
    "{{pc}}:{{#drives}} {{drive}}{{#keys}}[{{id}}@{{pc}}]{{/keys}}{{#old}} old{{/old}};{{/drives}}";
  assert.equal(fill(template), "A&amp;B: C:[1@A&amp;B][2@A&amp;B] old; D:;");
});

Deno.test("fillTemplate() takes the line of a section's tag that stands alone on it", () => {
  const template =
    "{{pc}}\r\n{{#drives}}\r\n  {{#keys}}\n- {{id}}\n  {{/keys}}\n{{drive}}{{#old}}!{{/old}}\n{{/drives}}\nend";
  assert.equal(fill(template, "text"), "A&B\n- 1\n- 2\nC:!\nD:\nend");
});

Deno.test("fillTemplate() escapes in HTML, and keeps a value on its line in text", () => {
  const slots = { value: "value" } as const;
  const rows: readonly (readonly ["html" | "text", Values<typeof slots>, string])[] = [
    ["html", { value: `"<b>'` }, "&quot;&lt;b&gt;&#39;"],
    ["html", { value: html`<b>` }, "<b>"],
    ["html", { value: "{{value}} $& $1" }, "{{value}} $&amp; $1"],
    ["text", { value: "<b>\r\nBcc: x\u0000\u202e" }, "<b> Bcc: x [U+202E]"],
  ];
  for (const [mode, values, expected] of rows) {
    assert.equal(fillTemplate("{{value}}", values, { name: "x", mode, slots }), expected);
  }
});

Deno.test("fillTemplate() refuses a template with wrong, missing or broken slots and names them", () => {
  const all = "{{pc}}{{#drives}}{{drive}}{{#keys}}{{id}}{{/keys}}{{#old}}{{/old}}{{/drives}}";
  const rows: readonly (readonly [string, RegExp])[] = [
    [`${all}{{serial}}`, /"sheet\.html": there is no slot "\{\{serial\}\}"$/],
    [`${all}{{drive}}`, /no slot "\{\{drive\}\}"$/],
    [`${all}{{#pc}}{{/pc}}`, /no slot "\{\{#pc\}\}"$/],
    [`${all}{{drives}}`, /no slot "\{\{drives\}\}"$/],
    [all.replace("{{id}}", "{{id}}{{digits}}"), /no slot "\{\{digits\}\}" in section "drives in keys"$/],
    [all.replace("{{id}}", "{{id}}{{#drives}}{{/drives}}"), /no slot "\{\{#drives\}\}"/],
    [all.replace("{{id}}", "{{id}}{{toString}}"), /no slot "\{\{toString\}\}"/],
    [all.replace("{{pc}}", ""), /slot "\{\{pc\}\}" is missing$/],
    [all.replace("{{id}}", ""), /slot "\{\{drives\.keys\.id\}\}" is missing$/],
    [all.replace("{{#old}}{{/old}}", ""), /slot "\{\{drives\.old\}\}" is missing$/],
    [`${all}{{ pc }}`, /"\{\{ pc \}\}" is no slot/],
    [`${all}{{pc`, /"\{\{pc" is no slot/],
    [`${all}{{#drives}}`, /"\{\{#drives\}\}" is never closed/],
    [`${all}{{/drives}}`, /"\{\{\/drives\}\}" closes no section/],
    [all.replace("{{/keys}}{{#old}}", "{{#old}}{{/keys}}"), /"\{\{\/keys\}\}" closes no section/],
    ["{{#a}}".repeat(9), /nested deeper than 8/],
  ];
  for (const [template, message] of rows) {
    // tonight's values do not matter: a wrong template is refused on a night without rows as well
    for (const values of [VALUES, { pc: "", drives: [] }]) {
      assert.throws(() => fill(template, "html", SLOTS, values), (error) => {
        assert.ok(error instanceof UserError, template);
        assert.equal(error.code, "settings");
        assert.match(error.message, message);
        assert.notEqual(error.hint, null);
        return true;
      }, template);
    }
  }
});

Deno.test("fillTemplate() ends on any template, also on one of a megabyte", () => {
  const outcome = (template: string): string => {
    try {
      return `filled ${fill(template).length}`;
    } catch (error) {
      assert.ok(error instanceof UserError);
      return "refused";
    }
  };
  const MEGABYTE = 1024 * 1024;
  const hostile = [
    "{{",
    "{{#drives}}",
    "{{pc",
    "}}",
    "{",
    " ",
    "{{pc}}",
    "\n",
    "{{#drives}}{{/drives}}",
    "{{#a}} ",
  ];
  for (const piece of hostile) {
    assert.equal(outcome(piece.repeat(Math.ceil(MEGABYTE / piece.length))), "refused", piece);
  }
  const good = "{{pc}}{{#drives}}{{drive}}{{#keys}}{{id}}{{/keys}}{{#old}}{{/old}}{{/drives}}";
  assert.match(outcome(good.repeat(MEGABYTE / 64)), /^filled/);
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          "{{",
          "}}",
          "#",
          "/",
          "pc",
          "drives",
          "keys",
          "{{pc}}",
          "{{#drives}}",
          "{{/drives}}",
          "\n",
          " ",
        ),
      ),
      (pieces) => {
        outcome(pieces.join(""));
      },
    ),
    { seed: 20261124, numRuns: 1000 },
  );
});

Deno.test("fillTemplate() calls a value that is no text a bug, not the template's fault", () => {
  const values = { pc: 7 } as unknown as Values;
  assert.throws(
    () => fillTemplate("{{pc}}", values, { name: "x", mode: "text", slots: { pc: "value" } }),
    TypeError,
  );
  const safe = { pc: html`<b>` };
  assert.throws(
    () => fillTemplate("{{pc}}", safe, { name: "x", mode: "text", slots: { pc: "value" } }),
    TypeError,
  );
});
