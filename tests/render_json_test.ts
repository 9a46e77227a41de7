import assert from "node:assert/strict";
import { renderJson } from "../lib/core/render_json.ts";
import type { Report } from "../lib/core/model.ts";
import { family, hostile } from "./testdata/rendered/samples.ts";

/** What schema 1 holds: neither how the PC is joined nor sentences for people. */
function asSchema1({ host: { join: _, ...host }, takenAt, keys }: Report): unknown {
  return { schema: 1, takenAt, host, keys: keys.map(({ windows: __, ...key }) => key) };
}

Deno.test("renderJson() has the same fields in the same order, whatever the order they came in", async (t) => {
  const json = renderJson(family);
  const shuffled = Object.fromEntries(
    Object.entries(family.host).toReversed(),
  ) as unknown as typeof family.host;
  assert.equal(renderJson({ keys: family.keys, takenAt: family.takenAt, host: shuffled }), json);
  assert.deepEqual(JSON.parse(json), asSchema1(family));
  await t.assertSnapshot(json);
});

Deno.test("renderJson() gives foreign text unchanged, and leaves out what is not of the schema", () => {
  const extra = { ...hostile, host: { ...hostile.host, password: "x" } };
  assert.deepEqual(JSON.parse(renderJson(extra)), JSON.parse(JSON.stringify(asSchema1(hostile))));
});
