import assert from "node:assert/strict";
import { renderJson } from "../lib/core/render_json.ts";
import { family, hostile } from "./testdata/rendered/samples.ts";

Deno.test("renderJson() has the same fields in the same order, whatever the order they came in", async (t) => {
  const json = renderJson(family);
  const shuffled = Object.fromEntries(
    Object.entries(family.host).toReversed(),
  ) as unknown as typeof family.host;
  assert.equal(renderJson({ keys: family.keys, takenAt: family.takenAt, host: shuffled }), json);
  assert.deepEqual(JSON.parse(json), { schema: 1, ...family });
  await t.assertSnapshot(json);
});

Deno.test("renderJson() gives foreign text unchanged, and leaves out what is not of the schema", () => {
  const extra = { ...hostile, host: { ...hostile.host, password: "x" } };
  assert.deepEqual(JSON.parse(renderJson(extra)), JSON.parse(JSON.stringify({ schema: 1, ...hostile })));
});
