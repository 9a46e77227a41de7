import assert from "node:assert/strict";
import { XMLValidator } from "fast-xml-parser";
import { POLICY_SLOTS } from "../lib/core/policy.ts";
import { SETTING_NAMES } from "../lib/core/settings_schema.ts";
import { PART_SHAPES, settingsSchema } from "../lib/core/settings_schema.ts";
import { ADMLS, ADMX, admx, all, attribute, boxOf, parsed, policies, slotOf } from "./helpers/policy_xml.ts";
import { policyFiles } from "./tools/policy.ts";
import { readText } from "./tools/repository.ts";

/** What an ADMX refers to: `$(string.X)` gives X. */
async function references(kind: "string" | "presentation"): Promise<ReadonlySet<string>> {
  const text = await readText(ADMX);
  return new Set([...text.matchAll(new RegExp(`"\\$\\(${kind}\\.(\\w+)\\)"`, "g"))].map(([, id = ""]) => id));
}

Deno.test("the policy files are what their description makes (deno task policy)", async () => {
  for (const [path, text] of policyFiles()) assert.equal(await readText(path), text, path);
});

Deno.test("the policy files are well-formed UTF-8", async () => {
  for (const path of [ADMX, ...ADMLS]) {
    assert.equal(XMLValidator.validate(await readText(path)), true, path);
    new TextDecoder("utf-8", { fatal: true }).decode(
      await Deno.readFile(new URL(`../${path}`, import.meta.url)),
    );
  }
});

for (const path of ADMLS) {
  Deno.test(`${path} says all that the ADMX asks for, and nothing else`, async () => {
    const adml = await parsed(path);
    for (const kind of ["string", "presentation"] as const) {
      const ids = all(adml, kind).map((one) => attribute(one, "id"));
      assert.equal(new Set(ids).size, ids.length, kind);
      assert.deepEqual([...ids].sort(), [...await references(kind)].sort(), kind);
    }
    for (const string of all(adml, "string")) {
      assert.ok(string.text.trim() === string.text && string.text !== "", attribute(string, "id"));
    }
    assert.equal(attribute(adml, "revision"), attribute(admx, "revision"));
  });

  Deno.test(`${path} has for each box the control that belongs to it, and no combo box`, async () => {
    const presentations = all(await parsed(path), "presentation");
    const CONTROLS: Readonly<Record<string, string>> = {
      text: "textBox",
      multiText: "multiTextBox",
      decimal: "decimalTextBox",
      enum: "dropdownList",
    };
    for (const policy of policies) {
      const box = boxOf(policy);
      const shown = presentations.find((one) =>
        `$(presentation.${attribute(one, "id")})` === attribute(policy, "presentation")
      );
      assert.deepEqual(
        shown?.children.map((control) => [control.name, attribute(control, "refId")]),
        box === null ? undefined : [[CONTROLS[box.name], attribute(box, "id")]],
        attribute(policy, "name"),
      );
    }
  });
}

Deno.test("each policy has a name of its own, stands in a category that is there, and is for the machine", () => {
  const names = policies.map((policy) => attribute(policy, "name"));
  assert.equal(new Set(names).size, names.length);
  const categories = all(admx, "category").map((one) => attribute(one, "name"));
  for (const ref of all(admx, "parentCategory")) assert.ok(categories.includes(attribute(ref, "ref")));
  const [supported] = all(admx, "definition");
  for (const policy of policies) {
    assert.equal(attribute(policy, "class"), "Machine");
    const on = policy.children.filter(({ name }) => name === "supportedOn");
    assert.deepEqual(on.map((one) => one.attributes), [{ ref: supported?.attributes["name"] }]);
  }
  const boxes = policies.flatMap((policy) => boxOf(policy)?.attributes["id"] ?? []);
  assert.equal(new Set(boxes).size, boxes.length);
});

Deno.test("the ADMX needs no other file first, and no key that Intune refuses", () => {
  assert.deepEqual(all(admx, "using"), []);
  // learn.microsoft.com, "Win32 and Desktop Bridge app ADMX policy ingestion"
  for (const policy of policies) {
    assert.ok(
      !/^(?:system|software\\microsoft|software\\policies\\microsoft)\b/i.test(attribute(policy, "key")),
    );
  }
});

Deno.test("the ADMX sets each slot, and no other; once more only for a console that takes no long line", () => {
  const plain = policies.filter((policy) => !attribute(policy, "name").endsWith("_OneLine"));
  assert.deepEqual(plain.map(slotOf).sort(), Object.keys(POLICY_SLOTS).sort());
  const again = policies.filter((policy) => !plain.includes(policy));
  for (const policy of again) {
    assert.equal(boxOf(policy)?.name, "text");
    const first = plain.find((one) => slotOf(one) === slotOf(policy));
    assert.equal(first && boxOf(first)?.name, "multiText", slotOf(policy));
  }
});

Deno.test("every setting has a slot, apart from what only a list of objects can hold", () => {
  const paths = [
    ...Object.keys(settingsSchema.shape).filter((name) => !(name in PART_SHAPES) && name !== "destinations"),
    ...Object.entries(PART_SHAPES).flatMap(([part, shape]) =>
      Object.keys(shape).filter((name) => !["name", "kind"].includes(name)).map((name) => `${part}.${name}`)
    ),
  ];
  assert.deepEqual(Object.values(POLICY_SLOTS).map(([path]) => path).sort(), paths.sort());
  for (const path of paths) assert.ok(SETTING_NAMES.includes(path.split(".").at(-1) ?? ""));
});

Deno.test("flags are 1 when enabled and 0 when disabled, and all other policies leave nothing when disabled", () => {
  for (const policy of policies) {
    const states = ["enabledValue", "disabledValue"].map((name) =>
      policy.children.filter((one) => one.name === name).flatMap((one) =>
        one.children.map((at) => at.attributes)
      )
    );
    const flag = boxOf(policy) === null;
    assert.deepEqual(states, flag ? [[{ value: "1" }], [{ value: "0" }]] : [[], []]);
    assert.equal(policy.attributes["valueName"] === undefined, !flag);
  }
});

Deno.test("both languages speak of the same limits", async () => {
  const digits = (text: string): readonly string[] =>
    text.replace(/(?<=\d)[.,](?=\d{3}\b)/g, "").match(/\d+/g) ?? [];
  const [english, german] = await Promise.all(ADMLS.map(parsed));
  assert.ok(english && german);
  const others = new Map(all(german, "string").map((one) => [attribute(one, "id"), one.text]));
  for (const one of all(english, "string")) {
    const id = attribute(one, "id");
    assert.deepEqual([...digits(one.text)].sort(), [...digits(others.get(id) ?? "")].sort(), id);
  }
});
