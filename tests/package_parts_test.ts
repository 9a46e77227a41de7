import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { filesBelow, inFolder } from "./helpers/program.ts";
import { CLOSING_FLAGS, PRODUCTION_FLAGS, productionEnvironment } from "./tools/production.ts";
import { billOfMaterials, type Component } from "./tools/package/bill_of_materials.ts";
import type { BundledPackage } from "./tools/package/bundled_packages.ts";
import { fileVersion } from "./tools/package/file_version.ts";
import { nameUuid } from "./tools/package/name_uuid.ts";
import { fetchPackage, integrityOf, unpackFile } from "./tools/package/npm_package.ts";
import { sortFiles } from "./tools/package/packed_file.ts";
import { splitCommand } from "./tools/package/sign_files.ts";
import { DENO_PACKAGES, DENO_VERSION } from "./tools/package/windows_deno.ts";
import { windowsText } from "./tools/package/windows_text.ts";
import { wixFiles } from "./tools/package/wix_files.ts";
import { readText } from "./tools/repository.ts";

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

Deno.test("nameUuid() makes the UUIDs of RFC 9562, version 5", async () => {
  // RFC 9562, A.4: the namespace of DNS names
  const dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";
  assert.equal(await nameUuid("www.example.com", dns), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  assert.notEqual(await nameUuid("a"), await nameUuid("b"));
});

for (
  const [path, from, to] of [
    ["a.ps1", "x\ny\r\nz\n", "x\r\ny\r\nz\r\n"],
    ["a.ps1", "\ufeffx\n", "x\r\n"],
    ["SpareKey/a.psm1", "\u00fc\n", "\ufeff\u00fc\r\n"],
    ["policy/de-DE/a.adml", "\u00fc\n", "\u00fc\r\n"],
    ["a.cmd", "x\n", "x\r\n"],
    ["LICENSE", "x\n", "x\r\n"],
    ["licences/a.txt", "x\n", "x\r\n"],
    ["main.js", "x\n", "x\n"],
    ["deno.exe", "x\n", "x\n"],
  ] as const
) {
  Deno.test(`windowsText() of ${path} makes ${JSON.stringify(from)} to ${JSON.stringify(to)}`, () => {
    assert.deepEqual(windowsText(path, bytesOf(from)), bytesOf(to));
  });
}

Deno.test("windowsText() refuses a batch file that depends on the code page, and what is not UTF-8", () => {
  assert.throws(() => windowsText("a.cmd", bytesOf("rem \u00fc")), /pure ASCII/);
  assert.throws(() => windowsText("a.ps1", Uint8Array.of(0xfc)), TypeError);
});

Deno.test("sortFiles() refuses names that Windows does not tell apart", () => {
  const bytes = new Uint8Array();
  assert.deepEqual(sortFiles([{ path: "b", bytes }, { path: "a", bytes }]).map(({ path }) => path), [
    "a",
    "b",
  ]);
  assert.throws(() => sortFiles([{ path: "a/B", bytes }, { path: "A/b", bytes }]), /"A\/b" twice/);
});

for (
  const [command, words] of [
    ['signtool sign /n "My name" {file}', ["signtool", "sign", "/n", "My name", "{file}"]],
    ['"C:\\Program Files\\s.exe" /f="a b" {file}', ["C:\\Program Files\\s.exe", "/f=a b", "{file}"]],
  ] as const
) {
  Deno.test(`splitCommand() splits ${command}`, () => assert.deepEqual(splitCommand(command), words));
}

/** A tar archive with one file, by gzip. */
function tgzOf(path: string, content: string): Uint8Array<ArrayBuffer> {
  const tar = new Uint8Array(2048);
  tar.set(bytesOf(path), 0);
  tar.set(bytesOf(content.length.toString(8).padStart(11, "0")), 124);
  tar.set(bytesOf(content), 512);
  return new Uint8Array(gzipSync(tar));
}

Deno.test("a fetched package is used only with the integrity that is written down, and fetched once", async () => {
  await inFolder(async (folder) => {
    const packed = tgzOf("package/deno.exe", "MZ");
    const wanted = { name: "@deno/x", version: "1.0.0", integrity: await integrityOf(packed) };
    let fetched = 0;
    let brought = packed;
    const options = {
      cache: `${folder}/cache`,
      pack: async (_: unknown, to: string): Promise<void> => {
        fetched++;
        await Deno.writeFile(`${to}/deno-x-1.0.0.tgz`, brought);
      },
    };
    for (let time = 0; time < 2; time++) assert.deepEqual(await fetchPackage(wanted, options), packed);
    assert.equal(fetched, 1);
    assert.equal(new TextDecoder().decode(await unpackFile(packed, "package/deno.exe")), "MZ");
    await assert.rejects(() => unpackFile(packed, "package/other"), /no such file/);

    await Deno.writeTextFile(`${folder}/cache/deno-x-1.0.0.tgz`, "cut short");
    assert.deepEqual(await fetchPackage(wanted, options), packed);
    assert.equal(fetched, 2);

    brought = tgzOf("package/deno.exe", "evil");
    await Deno.remove(`${folder}/cache/deno-x-1.0.0.tgz`);
    await assert.rejects(() => fetchPackage(wanted, options), /its integrity is sha512-/);
    assert.equal((await filesBelow(`${folder}/cache`)).size, 0);
  });
});

Deno.test("Deno for Windows is of the version that runs the tests", () => {
  assert.equal(DENO_VERSION, Deno.version.deno);
  for (const { version, integrity } of Object.values(DENO_PACKAGES)) {
    assert.equal(version, DENO_VERSION);
    assert.match(integrity, /^sha512-[\w+/]{86}==$/);
  }
});

Deno.test("fileVersion() reads what a program states of itself", () => {
  const stated = Uint8Array.of(0xbd, 1, 0xbd, 0x04, 0xef, 0xfe, 0, 0, 1, 0, 9, 0, 2, 0, 0, 0, 6, 0);
  assert.equal(fileVersion(stated), "2.9.6.0");
  assert.equal(fileVersion(bytesOf("MZ")), null);
});

Deno.test("wixFiles() gives a path the same keys in each version, and long names a short one of their own", async () => {
  const options = { source: "files" };
  const paths = [
    "SpareKey/Private/Read-Answer.ps1",
    "SpareKey/Private/Read-Answers.ps1",
    "a & b.txt",
    "main.js",
  ];
  const first = await wixFiles(paths, options);
  const second = await wixFiles(paths.slice(1), options);
  for (const path of paths.slice(1)) assert.equal(first.keys.get(path), second.keys.get(path));
  assert.equal(new Set(first.keys.values()).size, paths.length);
  for (
    const name of [
      "READ-A~1.PS1|Read-Answer.ps1",
      "READ-A~2.PS1|Read-Answers.ps1",
      "AB~1.TXT|a &amp; b.txt",
      "main.js",
    ]
  ) {
    assert.ok(first.files.includes(`Name="${name}"`), name);
  }
  assert.equal(first.features.match(/<ComponentRef /g)?.length, paths.length);
});

Deno.test("the bill of materials has what CycloneDX 1.6 demands, and each part with hash and licence", async () => {
  const integrity = await integrityOf(bytesOf("x"));
  const one = (name: string, licence: string, needs: readonly string[]): BundledPackage => (
    { name, version: "1.0.0", integrity, licence, licenceText: bytesOf(""), needs }
  );
  const ingredients = {
    version: "1.2.3",
    packages: [one("@a/b", "MIT", []), one("c", "(MIT OR EUPL-1.1+)", ["@a/b@1.0.0"])],
    imported: ["c@1.0.0", "only-in-tests@1.0.0"],
    deno: [{ from: DENO_PACKAGES.x64, program: bytesOf("MZ") }],
  };
  const bill = await billOfMaterials(ingredients);
  assert.deepEqual(await billOfMaterials(ingredients), bill);
  assert.deepEqual([bill.bomFormat, bill.specVersion, bill.version], ["CycloneDX", "1.6", 1]);
  assert.match(
    bill.serialNumber,
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );

  const all: readonly Component[] = [bill.metadata.component, ...bill.components];
  for (const component of all) {
    assert.ok(component.type.length > 0 && component.name.length > 0);
    assert.match(component.purl ?? "", /^pkg:(?:npm|generic)\/[^@]+@[\d.]+$/);
    assert.equal(component.licenses?.length, 1);
  }
  for (const { hashes } of bill.components) assert.match(hashes?.[0]?.content ?? "", /^[0-9a-f]{128}$/);
  assert.deepEqual(bill.components.map(({ group, name }) => [group, name]), [
    ["@a", "b"],
    [undefined, "c"],
    ["@deno", "win32-x64"],
  ]);
  assert.match(bill.components[2]?.components?.[0]?.hashes?.[0]?.content ?? "", /^[0-9a-f]{64}$/);

  const refs = all.map((component) => component["bom-ref"]);
  assert.equal(new Set(refs).size, refs.length);
  assert.deepEqual(bill.dependencies.map(({ ref }) => ref), refs);
  assert.ok(bill.dependencies.every(({ dependsOn }) => dependsOn.every((ref) => refs.includes(ref))));
  assert.deepEqual(bill.dependencies[0]?.dependsOn, [
    "pkg:npm/%40deno/win32-x64@" + DENO_VERSION,
    "pkg:npm/c@1.0.0",
  ]);
  assert.deepEqual(bill.dependencies[2]?.dependsOn, ["pkg:npm/%40a/b@1.0.0"]);
});

Deno.test("spare-key.cmd starts the program as PowerShell does, except that it may read and write everywhere", async () => {
  const script = await readText("scheduled/spare-key.cmd");
  const start = /^"%~dp0deno\.exe" run (.*) "%~dp0main\.js" %\*$/m.exec(script)?.[1]?.split(" ");
  const own = ["--no-config", "--no-code-cache", "--allow-read", "--allow-write"];
  assert.deepEqual(start, [...CLOSING_FLAGS, ...own]);
  const set = [...script.matchAll(/^set "(\w+)=.+"$/gm)].map(([, name]) => name);
  const wanted = Object.keys(productionEnvironment("x")).filter((name) => name !== "TMPDIR");
  assert.deepEqual(set.toSorted(), [...wanted, "DENO_V8_FLAGS"].toSorted());
  assert.match(script, /%\*\nexit \/b %ERRORLEVEL%\n$/);
  const powershell = await readText("scheduled/SpareKey/Private/Get-ProgramArgument.ps1");
  const flags = [.../@\('run', (.*)\)$/m.exec(powershell)?.[1]?.replaceAll("'", "").split(", ") ?? []];
  const more = /^ *\$arguments \+= '(.*)'$/m.exec(powershell)?.[1];
  assert.deepEqual([...flags, more], PRODUCTION_FLAGS);
  // with a flag that V8 does not know, nothing would start
  const DENO_V8_FLAGS = /^set "DENO_V8_FLAGS=(.+)"$/m.exec(script)?.[1] ?? "";
  const { code } = await new Deno.Command(Deno.execPath(), { args: ["eval", "1"], env: { DENO_V8_FLAGS } })
    .output();
  assert.equal(code, 0);
});
