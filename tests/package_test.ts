import assert from "node:assert/strict";
import { filesBelow, inFolder } from "./helpers/program.ts";
import { makeTestPackage, SMALL_DENO, unzip } from "./helpers/test_package.ts";
import { bundledPackages } from "./tools/package/bundled_packages.ts";
import { sha256 } from "./tools/package/name_uuid.ts";
import { readText, ROOT, writtenFiles } from "./tools/repository.ts";

const { version } = JSON.parse(await readText("deno.json"));
const ZIPS = ["x64", "arm64"].map((architecture) => `spare-key-${version}-${architecture}.zip`);
const MSI = `spare-key-${version}-x64.msi`;
const BILL = `spare-key-${version}.cdx.json`;

const text = (bytes: Uint8Array | undefined): string => new TextDecoder("latin1").decode(bytes);

/** Makes the package from a copy of the sources in another folder, in another time zone. */
async function makeElsewhere(folder: string): Promise<string> {
  for (const path of await writtenFiles()) {
    const place = `${folder}/copy of it/${path}`;
    await Deno.mkdir(place.slice(0, place.lastIndexOf("/")), { recursive: true });
    // With the other line ends where they may differ.
    const isScript = /\.(?:ps1|psm1|psd1|cmd|admx|adml)$/.test(path);
    if (!isScript) await Deno.copyFile(ROOT + path, place);
    else await Deno.writeTextFile(place, (await Deno.readTextFile(ROOT + path)).replaceAll("\r\n", "\n"));
  }
  const code = 'import { makeTestPackage } from "./tests/helpers/test_package.ts";\n' +
    `await makeTestPackage({ out: Deno.args[0], msi: true });\n`;
  await Deno.writeTextFile(`${folder}/copy of it/make.ts`, code);
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--frozen", "--no-check", "make.ts", `${folder}/there`],
    cwd: `${folder}/copy of it`,
    env: { TZ: "Pacific/Kiritimati", NO_COLOR: "1" },
    stdin: "null",
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return `${folder}/there`;
}

Deno.test("the package has the same bytes, wherever and whenever it is made", async () => {
  await inFolder(async (folder) => {
    const names = await makeTestPackage({ out: `${folder}/here`, msi: true });
    assert.deepEqual(names, [...ZIPS, MSI, BILL, "SHA256SUMS"]);
    const [here, there] = [await filesBelow(`${folder}/here`), await filesBelow(await makeElsewhere(folder))];
    assert.deepEqual([...here.keys()].sort(), [...names].sort());
    assert.deepEqual([...there.keys()].sort(), [...names].sort());
    for (const name of names) assert.ok(text(here.get(name)) === text(there.get(name)), `${name} differs`);

    const sums = new TextDecoder().decode(here.get("SHA256SUMS")).trimEnd().split("\n");
    assert.deepEqual(
      sums,
      await Promise.all(
        names.slice(0, -1).map(async (name) =>
          `${await sha256((here.get(name) ?? new Uint8Array()).slice())}  ${name}`
        ),
      ),
    );
    if (Deno.build.os !== "linux") return;
    const check = await new Deno.Command("sha256sum", {
      args: ["--check", "--strict", "SHA256SUMS"],
      cwd: `${folder}/here`,
    }).output();
    assert.ok(check.success, new TextDecoder().decode(check.stderr));
  });
});

Deno.test("the zip is flat, has all that an installation needs, and scripts as Windows PowerShell reads them", async () => {
  await inFolder(async (folder) => {
    await makeTestPackage({ out: folder, msi: false });
    const files = await unzip(`${folder}/${ZIPS[0]}`);
    const written = await writtenFiles();
    const scheduled = written.filter((path) => path.startsWith("scheduled/") && !path.includes("/msi/"));
    const wanted = [
      ...["deno.exe", "main.js", "main.js.map", "spare-key.cmd", "LICENSE", "README.md", "CHANGELOG.md"],
      ...["SpareKey/SpareKey.psd1", "Invoke-SpareKey.ps1", "licences/deno.txt", "licences/zod-4.6.7.txt"],
      ...scheduled.map((path) => path.slice("scheduled/".length)),
    ];
    assert.deepEqual(wanted.filter((path) => !files.has(path)), []);
    assert.deepEqual([...files.keys()], [...files.keys()].sort());
    assert.deepEqual(
      [...files.keys()].filter((path) => /^(?:tests|lib|tasks|msi)\/|\.ts$|\.wxs$/.test(path)),
      [],
    );

    const scripts = [...files].filter(([path]) => /\.(?:ps1|psm1|psd1|cmd)$/.test(path));
    assert.ok(scripts.length > 40);
    for (const [path, bytes] of scripts) {
      assert.ok(
        text(bytes).startsWith("\xef\xbb\xbf") || bytes.every((byte) => byte < 0x80),
        `${path}: neither ASCII nor marked as UTF-8`,
      );
      assert.ok(!/(?<!\r)\n/.test(text(bytes)), `${path}: a line end without CR`);
    }
    assert.deepEqual(files.get("deno.exe"), await SMALL_DENO.program("x64"));
    const other = await unzip(`${folder}/${ZIPS[1]}`);
    assert.deepEqual(other.get("deno.exe"), await SMALL_DENO.program("arm64"));
    assert.deepEqual([...other.keys()], [...files.keys()]);
  });
});

/** A signer that keeps a list, and adds a line to what it signs: a shell starts faster than anything else. */
const SIGNER = `set -e
if [ "$3" = fails ]; then echo no certificate >&2; exit 3; fi
basename "$1" >>"$2"
printf '# signed\\r\\n' >>"$1"
`;

Deno.test("a signer gets each script and the installer, and never deno.exe", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/my signer`, SIGNER);
    const command = `sh "${folder}/my signer" {file} ${folder}/list`;
    await makeTestPackage({ out: `${folder}/out`, msi: true, sign: command });
    const files = await unzip(`${folder}/out/${ZIPS[0]}`);
    const scripts = [...files.keys()].filter((path) => /\.(?:ps1|psm1|psd1)$/.test(path));
    const list = (await Deno.readTextFile(`${folder}/list`)).trimEnd().split("\n");
    assert.deepEqual(list.sort(), [...scripts.map((path) => path.split("/").at(-1)), "signed.msi"].sort());
    for (const [path, bytes] of files) {
      assert.equal(text(bytes).endsWith("# signed\r\n"), scripts.includes(path), path);
    }
    assert.deepEqual(files.get("deno.exe"), await SMALL_DENO.program("x64"));
    assert.ok(text(await Deno.readFile(`${folder}/out/${MSI}`)).endsWith("# signed\r\n"));

    for (
      const [sign, message] of [
        [`${command} fails`, /"sh" ended with 3: no certificate/],
        ["no-such-signer {file}", /there is no "no-such-signer"/],
        ["signtool sign", /no "\{file\}"/],
        ['signtool "{file}', /quotation mark is left open/],
      ] as const
    ) {
      await assert.rejects(() => makeTestPackage({ out: `${folder}/other`, msi: false, sign }), message);
    }
  });
});

Deno.test("packages in the bundle are known by name, version, licence and its text", async () => {
  const sources = ["npm:zod/4.6.7/v4/mini.js", "npm:@noble/hashes/2.0.1/sha2.js", "lib/errors.ts"];
  const [first, second, ...more] = await bundledPackages([{ name: "main.js", bytes: 1, loads: [], sources }]);
  assert.deepEqual(more, []);
  assert.deepEqual([first?.name, first?.version, first?.licence], ["@noble/hashes", "2.0.1", "MIT"]);
  assert.deepEqual([second?.name, second?.version, second?.licence], ["zod", "4.6.7", "MIT"]);
  assert.match(text(second?.licenceText), /MIT License/);
  const unknown = [{ name: "main.js", bytes: 1, loads: [], sources: ["npm:left-pad/1.0.0/index.js"] }];
  await assert.rejects(() => bundledPackages(unknown), /"left-pad@1\.0\.0": it is not in deno\.lock/);
});
