import assert from "node:assert/strict";
import { EVENT_ID } from "../lib/core/event_log.ts";
import { POLICY_SLOTS } from "../lib/core/policy.ts";
import { SETTING_NAMES } from "../lib/core/settings_schema.ts";
import { backupEventIds } from "../lib/core/windows_backups.ts";
import { EXIT } from "../lib/errors.ts";
import { EXIT_WORDS, helpOf, helpOfAll, parseTaskArguments, taskNamed } from "../tasks/arguments.ts";
import { TASKS } from "../tasks/mod.ts";
import { readText, writtenFiles } from "./tools/repository.ts";
import { filledReadme } from "./tools/readme.ts";

const readme = await readText("README.md");
/** The same, with no `#` at the beginning of a line of code: there it is no heading. */
const prose = readme.replace(/^```[\s\S]*?^```$/gm, (code) => code.replace(/^#/gm, " "));

/** The text below a heading, down to the next of its level or above. */
function section(heading: string): string {
  const level = heading.indexOf(" ");
  const start = readme.indexOf(`\n${heading}\n`);
  assert.ok(start >= 0, `the README has no "${heading}"`);
  const from = start + heading.length + 1;
  const length = prose.slice(from).search(new RegExp(`\\n#{1,${level}} `));
  return readme.slice(from, length < 0 ? undefined : from + length);
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
    const lines = helpOf(task).split("\n");
    const starts = Object.values(task.options).map((option) =>
      lines.find((line) => line.startsWith("  --") && line.endsWith(`  ${option.help}`))?.indexOf(option.help)
    );
    assert.equal(new Set(starts).size, 1, "what an option does stands in one column");
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

Deno.test("the README has every package that the program loads, and no other", async () => {
  const { imports } = JSON.parse(await readText("deno.json"));
  const loaded = new Set<string>();
  for (
    const path of (await writtenFiles()).filter((one) => /^(?:(?:lib|tasks)\/.*|main)\.ts$/.test(one))
  ) {
    const text = await readText(path);
    const specifiers = text.matchAll(
      /(?:^(?:import|export|\})[^"\n]* from |^import |\bimport\(\s*)"([^"\n]+)"/gm,
    );
    for (const [, name = ""] of specifiers) {
      if (/^(?:\.{1,2}\/|node:)/.test(name)) continue;
      const [, packageName] = /^npm:(@?[^@]+)@/.exec(imports[name] ?? "") ?? [];
      assert.ok(packageName !== undefined, `${path} imports "${name}"`);
      loaded.add(packageName);
    }
  }
  const named = [...section("### Dependencies").matchAll(/^\| `([^`]+)`/gm)].map(([, name = ""]) => name);
  assert.ok(loaded.size > 5);
  assert.deepEqual(named.toSorted(), [...loaded].sort());
});

Deno.test("the README says of each file of the program that it lies in the program's half of the data folder", async () => {
  const sources = [await readText("main.ts"), await readText("lib/effects/file_archive.ts")].join("\n");
  const names = new Set(
    [...sources.matchAll(/below\((?:data|this\.#data), "([\w.-]+)"/g)].map(([, name = ""]) => name),
  );
  assert.ok(names.size >= 5);
  const text = section("## Where things lie");
  const rows = [...text.matchAll(/^\| `state\\([\w.-]+)\\?` \|/gm)].map(([, name = ""]) => name);
  assert.deepEqual([...names].filter((name) => !rows.includes(name)), []);
  assert.deepEqual([...text.matchAll(/^\| `([\w.-]+)\\?`/gm)].filter(([, name = ""]) => names.has(name)), []);
});

Deno.test("every command of deno.json is in the README, and the README names no other", async () => {
  const { tasks } = JSON.parse(await readText("deno.json"));
  const named = [...readme.matchAll(/\bdeno(?:@[\d.]+)? task ([a-z]+(?::[a-z]+)*)/g)].map(([, name = ""]) =>
    name
  );
  assert.deepEqual([...new Set(named)].sort(), Object.keys(tasks).sort());
  const firstScreen = readme.slice(0, readme.indexOf("\n## "));
  for (const name of ["demo", "test"]) {
    assert.ok(firstScreen.includes(`npx -y deno@2.9.6 task ${name}\n`), name);
  }
});

/** What GitHub makes of a title. */
function anchorOf(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\d _-]/gu, "").replaceAll(" ", "-");
}

Deno.test("links inside the README lead somewhere", async () => {
  const anchors = [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) => anchorOf(title));
  assert.deepEqual(
    anchors.filter((one, index) => anchors.indexOf(one) < index),
    [],
    "two headings of one name",
  );
  for (const [, target = ""] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith("#")) assert.ok(anchors.includes(target.slice(1)), target);
    else if (!target.includes("://")) await readText(target);
  }
});

const administrators = section("## For administrators");

Deno.test("the contents of the administrators' part name each heading of it", () => {
  const [contents = ""] = administrators.split("\n### ", 1);
  const titles = [...administrators.matchAll(/^### (.+)$/gm)].map(([, title = ""]) => title);
  assert.ok(titles.length >= 15);
  assert.deepEqual(titles.filter((title) => !contents.includes(`](#${anchorOf(title)})`)), []);
});

Deno.test("scripts and functions that the README names are there, with the parameters that it gives them", async () => {
  const lines = readme.split("\n").flatMap((
    line,
  ) => [...line.matchAll(/[\w\\-]*[A-Z][a-z]+-SpareKey\w*(?:\.\w+)?[^`|;]*/g)])
    .map(([line]) => line);
  assert.ok(lines.length > 30);
  for (const line of new Set(lines)) {
    const [, folder = "", name = "", kind = ""] = /^(?:(intune)\\)?(?:\S*\\)?([\w-]+)(\.\w+)?/.exec(line) ??
      [];
    const path = kind === "" ? `SpareKey/Public/${name}` : [folder, name].filter(Boolean).join("/");
    const text = await readText(`scheduled/${path}${kind || ".ps1"}`);
    const given = [...line.matchAll(/ -([A-Z]\w+)/g)].map(([, parameter = ""]) => parameter);
    // What PowerShell itself gives each of them.
    const unknown = given.filter((one) => one !== "WhatIf" && !new RegExp(`\\] \\$${one}\\b`).test(text));
    assert.deepEqual(unknown, [], line);
  }
});

Deno.test("every function of the module is in the README", async () => {
  const manifest = await readText("scheduled/SpareKey/SpareKey.psd1");
  const exported = [...manifest.matchAll(/'(\w+-SpareKey\w*)'/g)].map(([, name = ""]) => name);
  assert.ok(exported.length > 5);
  assert.deepEqual(exported.filter((name) => !administrators.includes(`\`${name}\``)), []);
});

Deno.test("the README has the MSI's properties, and no other", async () => {
  const source = await readText("scheduled/msi/SpareKey.wxs");
  const settings = [...source.matchAll(/&quot;\[([A-Z]+)\]&quot;\}/g)].map(([, name = ""]) => name);
  const places = [...source.matchAll(/<Property Id="([A-Z]+FOLDER)">/g)].map(([, name = ""]) => name);
  assert.ok(settings.length > 5 && places.length === 2);
  const named = [...section("### Install by MSI").matchAll(/`([A-Z]{6,})`/g)].map(([, name = ""]) => name);
  assert.deepEqual(named.sort(), [...settings, ...places].sort());
});

Deno.test("the README has every ID of the event log, and no other", () => {
  const rows = [...section("### Event log").matchAll(/^\| (\d+) \|/gm)].map(([, id]) => Number(id));
  assert.deepEqual(rows, Object.values(EVENT_ID));
});

Deno.test("the README has every event that tells where Windows saved a key", () => {
  const named = [...section("### Copies that Windows makes itself").matchAll(/\b\d{3,4}\b/g)].map(Number);
  // 513 to 515 stand in a log that is not read.
  assert.deepEqual(named.sort(), backupEventIds().filter((id) => id > 515).sort());
});
