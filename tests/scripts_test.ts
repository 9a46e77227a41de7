import assert from "node:assert/strict";
import { ISO_WITH_OFFSET, snapshotSchema } from "../lib/core/snapshot_schema.ts";
import { snapshotDocument, volumeDocument } from "./helpers/snapshots.ts";
import { readText, ROOT, writtenFiles } from "./tools/repository.ts";
import { denoTally, judged, powershellTally, summary } from "./tools/run_tests.ts";
import { snapshotJsonSchema } from "./tools/schema.ts";

const files = await writtenFiles();
const TEXT =
  /\.(?:ts|json|jsonc|md|ps1|psm1|psd1|html|css|txt|snap|xml|admx|adml|cmd|wxs|lock)$|(?:^|\/)(?:\.git\w+|LICENSE|run)$/;
const texts = new Map<string, string>();
for (const path of files) {
  if (TEXT.test(path) && !path.startsWith("tests/testdata/")) texts.set(path, await readText(path));
}

Deno.test("beside the README lie only what the layout names", () => {
  const allowed = new Set(["deno.json", "deno.lock", "main.ts", "README.md", "LICENSE", "CHANGELOG.md"]);
  const folders = new Set(["lib", "scheduled", "tasks", "templates", "tests"]);
  const wrong = files.filter((path) => {
    const [first = "", ...rest] = path.split("/");
    return !first.startsWith(".") && !(rest.length > 0 ? folders.has(first) : allowed.has(first));
  });
  assert.deepEqual(wrong, []);
});

Deno.test("every name can be checked out on Windows, whatever the length of the folder above", () => {
  const reserved = /[<>:"\\|?*]|[ .]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
  for (const path of files) {
    assert.ok(!path.split("/").some((part) => reserved.test(part)), path);
    assert.ok(path.length <= 120, path);
  }
  assert.equal(
    new Set(files.map((path) => path.toLowerCase())).size,
    files.length,
    "two names differ by case",
  );
});

Deno.test("names of files follow their kind", () => {
  const wrong = files.filter((path) => {
    const name = path.split("/").at(-1) ?? "";
    if (name.endsWith(".ts")) return !/^[a-z0-9]+(?:_[a-z0-9]+)*\.ts$/.test(name);
    if (!name.endsWith(".ps1")) return false;
    return !(path.startsWith("tests/") ? /^(?:\w+\.Tests|\w+-\w+)\.ps1$/ : /^[A-Z]\w+-[A-Z]\w+\.ps1$/)
      .test(name);
  });
  assert.deepEqual(wrong, []);
});

/** What is tried by the hundred, and what needs Windows. */
const APART = ["canary", "crash", "damage", "faults", "fuzz", "windows"];

Deno.test("test files lie flat but for those of a matrix, and none leaves a test out", () => {
  const tests = files.filter((path) => path.endsWith("_test.ts"));
  const isApart = (path: string): boolean => APART.some((folder) => path.startsWith(`tests/${folder}/`));
  assert.deepEqual(tests.filter((path) => !isApart(path) && !/^tests\/\w+\.ts$/.test(path)), []);
  const leavesOut = /Deno\.test\.(?:ignore|only)|[{,(]\s*(?:ignore|only):\s|-Skip\b/;
  const wrong = [...texts].filter(([path, text]) =>
    path.startsWith("tests/") && path !== "tests/scripts_test.ts" && leavesOut.test(text)
  );
  assert.deepEqual(wrong.map(([path]) => path), []);
});

Deno.test("no file tells where it was written, or needs a registry of its own", () => {
  // in two parts, so that this file does not find itself
  const telling = ["/" + "work/", ".." + "/shared", "npmjs" + ".org", "nuget" + ".org", "jsr" + ".io"];
  const wrong = [...texts].flatMap(([path, text]) =>
    telling.filter((part) => text.includes(part)).map((part) => `${path}: ${part}`)
  );
  assert.deepEqual(wrong, []);
});

Deno.test("texts have no blanks at line ends, no tabs and one line end at the end", () => {
  const wrong: string[] = [];
  for (const [path, text] of texts) {
    if (path.endsWith(".snap") || path.startsWith("templates/") || path === "deno.lock") continue;
    if (/[ \t]$/m.test(text)) wrong.push(`${path}: blanks at a line end`);
    if (text.includes("\t")) wrong.push(`${path}: tabs`);
    if (!/[^\n]\n$/.test(text)) wrong.push(`${path}: its end`);
  }
  assert.deepEqual(wrong, []);
});

Deno.test("packages come in one exact version, and the lock file is complete and frozen", async () => {
  const config = JSON.parse(await readText("deno.json"));
  const lock = JSON.parse(await readText("deno.lock"));
  assert.equal(config.lock.frozen, true);
  const imports = Object.values<string>(config.imports).map((target) =>
    /^npm:(@?[^@]+@\d+\.\d+\.\d+)(?:\/|$)/.exec(target)?.[1]
  );
  assert.ok(!imports.includes(undefined), "a range in deno.json");
  const specifiers = Object.keys(lock.specifiers).map((specifier) => specifier.replace(/^npm:/, ""));
  assert.deepEqual(specifiers.sort(), [...new Set(imports)].sort());
});

Deno.test("all parts are of one version", async () => {
  const { version } = JSON.parse(await readText("deno.json"));
  assert.match(
    texts.get("scheduled/SpareKey/SpareKey.psd1") ?? "",
    new RegExp(`ModuleVersion\\s*=\\s*'${version}'`),
  );
  assert.match(texts.get("CHANGELOG.md") ?? "", new RegExp(`^## ${version.replaceAll(".", "\\.")}\\b`, "m"));
});

Deno.test("README, checks and tools name one version of Deno", () => {
  const versions = new Set<string>();
  for (const path of ["README.md", ".ci/run"]) {
    for (const [, version = ""] of (texts.get(path) ?? "").matchAll(/\bdeno@([\d.]+\d)/g)) {
      versions.add(version);
    }
  }
  assert.deepEqual([...versions], ["2.9.6"]);
});

Deno.test("the checks start with the command that the README names", async () => {
  const script = texts.get(".ci/run") ?? "";
  assert.match(script, /^npx -y deno@\S+ task test\b/m);
  assert.ok((texts.get("README.md") ?? "").includes("npx -y deno@2.9.6 task test"));
  const { mode } = await Deno.stat(`${ROOT}.ci/run`);
  assert.ok(Deno.build.os === "windows" || ((mode ?? 0) & 0o111) === 0o111, ".ci/run is not executable");
});

Deno.test("snapshot.schema.json is what its tool writes", () => {
  assert.equal(texts.get("scheduled/snapshot.schema.json"), snapshotJsonSchema());
});

Deno.test("the JSON Schema of takenAt takes what the program takes", () => {
  const { pattern } = JSON.parse(snapshotJsonSchema()).properties.takenAt;
  for (
    const [time, good] of [
      ["2026-11-24T03:00:12.3450000+01:00", true],
      ["2026-11-24T03:00:12Z", true],
      ["2026-11-24T03:00:12", false],
      ["24.11.2026 03:00", false],
      ["", false],
    ] as const
  ) {
    assert.equal(new RegExp(pattern).test(time), good, time);
    assert.equal(ISO_WITH_OFFSET.test(time), good, time);
    const document = snapshotDocument([volumeDocument()], { takenAt: time });
    assert.equal(snapshotSchema.safeParse(document).success, good, time);
  }
});

for (
  const [output, tally] of [
    ["ok | 412 passed | 0 failed (3s)\n", { passed: 412, failed: 0, leftOut: 0 }],
    ["FAILED | 3 passed (2 steps) | 2 failed (1 step) | 1 ignored | 4 filtered out (3s)", {
      passed: 3,
      failed: 2,
      leftOut: 5,
    }],
    ["error: Module not found\n", null],
    ["a test that says: ok | 1 passed\n", null],
  ] as const
) {
  Deno.test(`denoTally() reads ${JSON.stringify(output)}`, () => assert.deepEqual(denoTally(output), tally));
}

for (
  const [output, tally] of [
    ["318 tests in 1,0 s, 0 not run\npowershell: 313 passed, 5 failed\n", {
      passed: 313,
      failed: 5,
      leftOut: 0,
    }],
    ["318 PowerShell tests skipped: neither", { passed: 0, failed: 0, leftOut: 318 }],
    ["", null],
  ] as const
) {
  Deno.test(`powershellTally() reads ${JSON.stringify(output)}`, () =>
    assert.deepEqual(powershellTally(output), tally));
}

const GOOD = { passed: 3, failed: 0, leftOut: 0 };
for (
  const [what, tallies, strict, line, good] of [
    ["adds up", [GOOD, { passed: 2, failed: 0, leftOut: 0 }], true, "5 passed, 0 failed", true],
    [
      "fails with one that failed",
      [GOOD, { passed: 2, failed: 1, leftOut: 0 }],
      false,
      "5 passed, 1 failed",
      false,
    ],
    ["fails when a kind of tests says nothing", [GOOD, null], false, "3 passed, 1 failed", false],
    ["tells what was left out", [{ ...GOOD, leftOut: 2 }], false, "3 passed, 0 failed, 2 left out", true],
    [
      "lets nothing be left out where CI is set",
      [{ ...GOOD, leftOut: 2 }],
      true,
      "3 passed, 2 failed, 2 left out",
      false,
    ],
  ] as const
) {
  Deno.test(`summary() ${what}`, () => assert.deepEqual(summary(tallies, { strict }), { line, good }));
}

Deno.test("judged() does not trust a good summary of a run that ended badly", () => {
  assert.equal(judged(GOOD, false), null);
  assert.equal(judged(GOOD, true), GOOD);
  assert.deepEqual(judged({ ...GOOD, failed: 1 }, false), { ...GOOD, failed: 1 });
});
