// What the ADMX lets an administrator enter is what the settings take and what the README says.

import assert from "node:assert/strict";
import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import { readSettings } from "../lib/core/config.ts";
import { overlayPolicy, POLICY_SLOTS } from "../lib/core/policy.ts";
import { all, attribute, boxOf, policies, slotOf } from "./helpers/policy_xml.ts";
import { RECIPIENT } from "./helpers/settings_from.ts";
import { POLICIES, type Policy, policyName, USUAL_LENGTH } from "./tools/policy/policies.ts";
import { readText } from "./tools/repository.ts";

/** What stands in the registry once the policy is enabled with this in its box. */
function wrong(slot: string, value: unknown): string | null {
  return overlayPolicy({}, { [slot]: value }).setAside.find(({ name }) => name === slot)?.reason ?? null;
}

Deno.test("what the registry holds by the ADMX is what the reader takes for the slot", () => {
  const KINDS: Readonly<Record<string, readonly string[]>> = {
    flag: ["flag"],
    text: ["text", "text"],
    enum: ["text"],
    decimal: ["number"],
    multiText: ["list", "pem"],
  };
  for (const policy of policies) {
    const slot = slotOf(policy);
    const [, kind = ""] = POLICY_SLOTS[slot] ?? [];
    const oneLine = attribute(policy, "name").endsWith("_OneLine");
    const box = boxOf(policy)?.name ?? "flag";
    assert.ok(oneLine ? ["list", "pem"].includes(kind) : KINDS[box]?.includes(kind), slot);
  }
});

for (const policy of policies.filter((one) => boxOf(one)?.name === "decimal")) {
  const slot = slotOf(policy);
  Deno.test(`${slot}: least and most in the ADMX are those of the settings and of the README`, async () => {
    const box = boxOf(policy);
    const min = Number(box?.attributes["minValue"]);
    const max = Number(box?.attributes["maxValue"]);
    assert.equal(wrong(slot, min), null);
    assert.equal(wrong(slot, max), null);
    assert.match(wrong(slot, min - 1) ?? "", new RegExp(`from ${min} to ${max}$`));
    assert.match(wrong(slot, max + 1) ?? "", new RegExp(`from ${min} to ${max}$`));
    assert.equal((await readmeRow(slot)).limits, `${min} to ${max}`);
  });
}

for (const policy of policies.filter((one) => boxOf(one)?.name === "enum")) {
  const slot = slotOf(policy);
  Deno.test(`${slot}: the choices in the ADMX are those of the settings and of the README`, async () => {
    const values = all(policy, "string").map(({ text }) => text);
    for (const value of values) assert.equal(wrong(slot, value), null, value);
    const reason = wrong(slot, "nothing of the kind") ?? "";
    const [, must = ""] = /must be (.+)$/.exec(reason) ?? [];
    assert.deepEqual([...must.matchAll(/"([^"]+)"/g)].map(([, value]) => value), values);
    const { meaning } = await readmeRow(slot);
    for (const value of values) assert.ok(meaning.includes(`\`${value}\``), `${slot}: ${value}: ${meaning}`);
  });
}

Deno.test("text boxes take what the settings take, where those have a limit", () => {
  const LONGEST: Readonly<Record<string, (length: number) => string>> = {
    "Folder.Volume": (length) => "K".repeat(length),
    "Smtp.Host": (length) => "h".repeat(length),
    "Schedule.At": (length) => `02:00${"0".repeat(length - 5)}`,
  };
  for (const policy of policies) {
    const box = boxOf(policy);
    if (box?.name !== "text" && box?.name !== "multiText") continue;
    const slot = slotOf(policy);
    const length = Number(attribute(box, "maxLength"));
    const make = LONGEST[slot];
    if (make === undefined) {
      assert.ok(length === USUAL_LENGTH || length === 16384, slot);
      continue;
    }
    assert.equal(wrong(slot, make(length)), null, slot);
    assert.notEqual(wrong(slot, make(length + 1)), null, slot);
  }
});

Deno.test("the longest recipients that age makes fit into the boxes, and several of them", async () => {
  const hybrid = await identityToRecipient(await generateHybridIdentity());
  assert.ok(hybrid.startsWith("age1pq1") && hybrid.length > USUAL_LENGTH);
  const eight = Array.from({ length: 8 }, () => hybrid);
  assert.equal(wrong("Recipients", eight), null);
  assert.equal(wrong("Recipients", eight.join(";")), null);
  for (const policy of policies.filter((one) => slotOf(one) === "Recipients")) {
    assert.ok(eight.join(";").length <= Number(boxOf(policy)?.attributes["maxLength"]));
  }
  assert.equal(wrong("Recipients", [RECIPIENT]), null);
});

/** A row of the README's table of settings. */
async function readmeRow(slot: string): Promise<Readonly<Record<"meaning" | "default" | "limits", string>>> {
  const path = POLICY_SLOTS[slot]?.[0] ?? "";
  const readme = await readText("README.md");
  const table = readme.slice(readme.indexOf("\n## Settings\n"), readme.indexOf("\n### Policy\n"));
  const [part = "", field] = path.split(".");
  const above = part in { folder: 1, share: 1, onedrive: 1, mail: 1 } ? "destinations" : part;
  const rows = table.split("\n").filter((line) => line.startsWith("| `") || line.startsWith("| … `"));
  const from = rows.findIndex((line) => line.startsWith(`| \`${above}\``));
  const row = field === undefined
    ? rows[from]
    : rows.slice(from + 1).find((line) => line.startsWith(`| … \`${field}\``));
  const [, , meaning = "", byDefault = "", limits = ""] = (row ?? "").split("|").map((cell) => cell.trim());
  assert.ok(row, `the README has no row for ${path}`);
  return { meaning, default: byDefault, limits };
}

function defaultIn(policy: Policy): unknown {
  const [path = ""] = POLICY_SLOTS[policy.slot] ?? [];
  const { settings } = readSettings({
    policy: null,
    file: { destinations: [{ name: "folder", kind: "folder", path: "D:\\Keys" }] },
    fileName: "x",
  });
  const start: unknown = path.startsWith("folder.") ? { folder: settings.destinations[0] } : settings;
  return path.split(".").reduce<unknown>(
    (value, name) => (value as Readonly<Record<string, unknown>>)[name],
    start,
  );
}

for (const policy of POLICIES.filter(({ byDefault }) => byDefault !== null)) {
  Deno.test(`${policyName(policy)}: the default that is told is the one that counts, in the README too`, async () => {
    assert.equal(policy.byDefault, defaultIn(policy));
    assert.equal((await readmeRow(policy.slot)).default.replaceAll("`", ""), String(policy.byDefault));
  });
}
