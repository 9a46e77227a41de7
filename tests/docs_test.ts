import assert from "node:assert/strict";
import { POLICY_SLOTS } from "../lib/core/policy.ts";
import { SETTING_NAMES } from "../lib/core/settings_schema.ts";
import { EXIT } from "../lib/errors.ts";
import { EXIT_WORDS, helpOf, helpOfAll, parseTaskArguments, taskNamed } from "../tasks/arguments.ts";
import { TASKS } from "../tasks/mod.ts";
import { readText } from "./tools/repository.ts";
import { filledReadme } from "./tools/readme.ts";

const readme = await readText("README.md");

/** The text below a heading, down to the next of its level or above. */
function section(heading: string): string {
  const level = heading.indexOf(" ");
  const start = readme.indexOf(`\n${heading}\n`);
  assert.ok(start >= 0, `the README has no "${heading}"`);
  const rest = readme.slice(start + heading.length + 1);
  const end = rest.search(new RegExp(`\\n#{1,${level}} `));
  return end < 0 ? rest : rest.slice(0, end);
}

/** Words of a command line as a shell takes them. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}

/** The names of a union of texts in the model. */
async function unionOf(type: string): Promise<readonly string[]> {
  const model = await readText("lib/core/model.ts");
  const [, body = ""] = new RegExp(`export type ${type} =([^;]+);`).exec(model) ?? [];
  return [...body.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name);
}

Deno.test("samples and tables of the README are what the program says (deno task readme)", async () => {
  assert.equal(readme, await filledReadme(readme));
});

for (const task of TASKS.filter(({ hidden }) => hidden !== true)) {
  Deno.test(`the README has task "${task.name}" with summary, example and a part of its own`, () => {
    const row = section("## Tasks").split("\n").find((line) => line.startsWith(`| [\`${task.name}\`]`)) ?? "";
    assert.ok(row.includes(task.summary) && row.includes(task.example), row);
    assert.ok(section(`### ${task.name}`).trim().length > 0);
  });
}

for (const task of TASKS) {
  Deno.test(`task "${task.name}" has help, and an example that its own parser takes`, async () => {
    const [name = "", ...rest] = wordsOf(task.example);
    assert.equal(name, task.name);
    await parseTaskArguments(task, rest);
    for (const part of [task.summary, task.example, ...Object.keys(task.options)]) {
      assert.ok(helpOf(task).includes(part), part);
    }
    assert.equal(helpOfAll().includes(task.summary), task.hidden !== true);
  });
}

/** Command lines in code, inline and in blocks; `spare-key TASK …` stands for any task. */
const commandLines = [...readme.matchAll(/(?:^\$ |`|^)(?:spare-key|[^`\n]*\bmain\.ts) ([a-z-][^`\n|]*)/gm)]
  .map(([, line = ""]) => line.trim());

Deno.test("the README has command lines to check", () => assert.ok(commandLines.length >= 12));

for (const line of new Set(commandLines)) {
  Deno.test(`the README's command line "spare-key ${line}" can be parsed`, async () => {
    const [name = "", ...rest] = wordsOf(line);
    if (name.startsWith("--")) assert.ok(["--version", "--help"].includes(name), name);
    else await parseTaskArguments(taskNamed(name), rest);
  });
}

Deno.test("commandLines() would find a wrong one", async () => {
  await assert.rejects(() => parseTaskArguments(taskNamed("check"), ["--snapshots", "x"]));
  assert.throws(() => taskNamed("chek"));
});

Deno.test("the README's exit codes are those of the program, no more and no fewer", () => {
  const rows = [...section("## Exit codes").matchAll(/^\| (\d+) \| `(\w+)` \| (.+) \|$/gm)]
    .map(([, code, name, words]) => [Number(code), name, words]);
  assert.deepEqual(
    rows,
    Object.entries(EXIT).map(([name, code]) => [code, name, EXIT_WORDS[name as keyof typeof EXIT]]),
  );
});

Deno.test("the README's table of settings has every setting, and no other", () => {
  const named = [...section("## Settings").matchAll(/^\| (?:… )?`(\w+)` \|/gm)].map(([, name = ""]) => name);
  assert.deepEqual([...new Set(named)].sort(), [...new Set(SETTING_NAMES)].sort());
});

Deno.test("the README lists every slot of policy, and no other", () => {
  const listed = [...section("### Policy").matchAll(/`([A-Z]\w+(?:\.\w+)?)`/g)].map(([, name = ""]) => name)
    .filter((name) => !["Host", "Smtp"].includes(name));
  assert.deepEqual([...new Set(listed)].sort(), Object.keys(POLICY_SLOTS).sort());
});

Deno.test("the README has every finding with its severity, and no other", async () => {
  const rows = [...section("## Findings").matchAll(/^\| `([a-z-]+)` \| .+ \| (danger|warning|info) \|$/gm)];
  assert.deepEqual(rows.map(([, code]) => code), await unionOf("FindingCode"));
});

Deno.test("the README has every kind of change", async () => {
  const kinds = await unionOf("ChangeKind");
  assert.ok(kinds.length > 10);
  const text = section("## Findings");
  assert.deepEqual(kinds.filter((kind) => !text.includes(`\`${kind}\``)), []);
});

for (const name of ["sheet.html", "mail.html", "mail.txt"]) {
  Deno.test(`the README names every slot of ${name}`, async () => {
    const template = await readText(`templates/${name}`);
    const slots = new Set([...template.matchAll(/\{\{[#/]?(\w+)\}\}/g)].map(([, slot = ""]) => slot));
    const text = section("## Own templates");
    assert.deepEqual([...slots].filter((slot) => !text.includes(`\`${slot}\``)), []);
  });
}

Deno.test("every command of deno.json is in the README, and the README names no other", async () => {
  const { tasks } = JSON.parse(await readText("deno.json"));
  const named = [...readme.matchAll(/\bdeno(?:@[\d.]+)? task ([a-z]+)/g)].map(([, name = ""]) => name);
  assert.deepEqual([...new Set(named)].sort(), Object.keys(tasks).sort());
  const firstScreen = readme.slice(0, readme.indexOf("\n## "));
  for (const name of ["demo", "test"]) {
    assert.ok(firstScreen.includes(`npx -y deno@2.9.6 task ${name}\n`), name);
  }
});

Deno.test("links inside the README lead somewhere", async () => {
  const anchors = new Set(
    [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
      title.toLowerCase().replace(/[^\p{L}\d -]/gu, "").replaceAll(" ", "-")
    ),
  );
  for (const [, target = ""] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith("#")) assert.ok(anchors.has(target.slice(1)), target);
    else if (!target.includes("://")) await readText(target);
  }
});
