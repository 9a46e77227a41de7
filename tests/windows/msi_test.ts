/**
 * The installer under Wine: installed, repaired, upgraded, removed, and rolled back.
 *
 * Its actions run the real scripts in PowerShell 7 for Windows and the real program. Not shown here, since Wine lacks
 * it: rights of folders, and that an upgrade that fails brings the version before back.
 */

import assert from "node:assert/strict";
import { decodeText } from "../../lib/core/decode_text.ts";
import { filesBelow, inFolder } from "../helpers/program.ts";
import { unzip } from "../helpers/test_package.ts";
import { NPM_DENO } from "../tools/package/windows_deno.ts";
import { readText } from "../tools/repository.ts";
import { copyRig, installerOn, partsForWine } from "./installers.ts";
import { type Ended, openRig, type Rig } from "./rig.ts";

const { version } = JSON.parse(await readText("deno.json"));
const NEXT = version.replace(/\d+$/, (last: string) => String(Number(last) + 1));
const DIST = `${openRig().folder}/dist`;
const ZIP = `${DIST}/spare-key-${version}-x64.zip`;

/** ERROR_INSTALL_FAILURE, 1603; Linux keeps eight bits of an exit code. */
const FAILED = 1603 % 256;

const properties: Readonly<Record<string, string>> = {
  MAILTO: "tom@example.org,eva@example.org",
  SMTPHOST: "smtp.example.org",
  SMTPPORT: "465",
  SMTPUSER: "Tom & Eva (family)",
  SMTPFROM: "keys@example.org",
};

/** What is seen of an installation. */
interface Installed {
  readonly program: ReadonlyMap<string, Uint8Array>;
  readonly data: ReadonlyMap<string, Uint8Array>;
  /** Values of `HKLM\SOFTWARE\Spare Key`. */
  readonly registry: Readonly<Record<string, string>>;
}

async function look(rig: Rig): Promise<Installed> {
  const below = (path: string): Promise<ReadonlyMap<string, Uint8Array>> =>
    filesBelow(`${rig.driveC}/${path}/Spare Key`).catch(() => new Map<string, Uint8Array>());
  const { stdout } = await rig.win(["reg", "query", "HKLM\\SOFTWARE\\Spare Key"]);
  const registry = Object.fromEntries(
    [...stdout.matchAll(/^\s+(\w+)\s+REG_SZ\s+(.*)$/gm)].map(([, name, value]) => [name, value]),
  );
  return { program: await below("Program Files"), data: await below("ProgramData"), registry };
}

/** What must outlive repair, upgrade and removal. */
function kept({ data }: Installed): Readonly<Record<string, Uint8Array | undefined>> {
  const names = ["settings.json", "secrets/archiveKey.bin", "state/archive/kept.txt"];
  return Object.fromEntries(names.map((name) => [name, data.get(name)]));
}

function msiexec(rig: Rig, words: readonly string[]): Promise<Ended> {
  return rig.win(["msiexec", ...words, "/qn"]);
}

Deno.test("the packaged deno.exe is npm's, byte for byte, in both zips and the installer", async () => {
  await inFolder(async (folder) => {
    for (const architecture of ["x64", "arm64"] as const) {
      const files = await unzip(`${DIST}/spare-key-${version}-${architecture}.zip`);
      assert.deepEqual(files.get("deno.exe"), await NPM_DENO.program(architecture));
    }
    const args = ["--directory", folder, `${DIST}/spare-key-${version}-x64.msi`];
    const { success, stderr } = await new Deno.Command("msiextract", { args }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    const found = new Map(
      [...await filesBelow(folder)].map(([path, bytes]) => [path.replace(/^.*?Spare Key\//, ""), bytes]),
    );
    const files = await unzip(ZIP);
    assert.deepEqual([...found.keys()].sort(), [...files.keys()].sort());
    for (const [path, bytes] of files) assert.deepEqual(found.get(path), bytes, path);
  });
});

Deno.test("the installer installs, repairs, upgrades and removes, and keeps settings and data", async (t) => {
  await inFolder(async (folder) => {
    const rig = await copyRig(openRig(), `${folder}/rig`);
    const parts = await partsForWine(rig, { zip: ZIP, folder });
    const make = (name: string, change = {}): Promise<string> =>
      installerOn(rig, parts, { name: `${name}.msi`, folder: `${folder}/${name}`, change });

    // Each step builds on the one before.
    let good = true;
    const step = async (name: string, act: () => Promise<void>): Promise<void> => {
      if (good) good = await t.step(name, act);
    };

    await step("an action that fails takes all back and gives an exit code that says so", async () => {
      const failing = await make("failing", {
        files: { "deno.exe": null, "Install-SpareKey.ps1": "exit 10\r\n" },
      });
      const ended = await msiexec(rig, ["/i", failing]);
      // Wine gives ERROR_FUNCTION_FAILED, 1627.
      assert.ok([FAILED, 1627 % 256].includes(ended.code), `${ended.code}`);
      const { program, registry } = await look(rig);
      assert.deepEqual([[...program.keys()], registry], [[], {}]);
    });

    const first = await make("first");
    await t.step(
      "a property that would leave its quotation marks is refused before anything happens",
      async () => {
        const ended = await msiexec(rig, ["/i", first, "SHAREPATH=\\\\nas\\share\\"]);
        assert.equal(ended.code, FAILED);
        assert.equal((await look(rig)).program.size, 0);
      },
    );

    await t.step(
      "an installation has files, registry, settings of the properties, archive key and task",
      async () => {
        const ended = await msiexec(rig, [
          "/i",
          first,
          ...Object.entries(properties).map((one) => one.join("=")),
        ]);
        assert.equal(ended.code, 0, ended.stdout + ended.stderr);
        const { program, data, registry } = await look(rig);
        assert.deepEqual([...program.keys()].sort(), parts.files.map(({ path }) => path).sort());
        for (const { path, bytes } of parts.files) assert.deepEqual(program.get(path), bytes, path);
        assert.deepEqual(registry, {
          DataFolder: "C:\\ProgramData\\Spare Key",
          InstallFolder: "C:\\Program Files\\Spare Key\\",
          Version: version,
        });
        const settings = JSON.parse(new TextDecoder().decode(data.get("settings.json")));
        assert.deepEqual(settings.destinations.map(({ to }: { to: unknown }) => to), [
          properties["MAILTO"]?.split(","),
        ]);
        assert.deepEqual(settings.smtp, {
          host: properties["SMTPHOST"],
          port: Number(properties["SMTPPORT"]),
          user: properties["SMTPUSER"],
          from: properties["SMTPFROM"],
        });
        assert.ok((data.get("secrets/archiveKey.bin")?.length ?? 0) > 0);
        const task = decodeText(data.get("tasks/Nightly.xml") ?? new Uint8Array());
        assert.ok(task.includes("C:\\Program Files\\Spare Key\\Invoke-SpareKey.ps1"), task);
      },
    );

    const archive = `${rig.driveC}/ProgramData/Spare Key/state/archive`;
    await Deno.mkdir(archive, { recursive: true });
    await Deno.writeTextFile(`${archive}/kept.txt`, "a report");
    const before = kept(await look(rig));

    await step("spare-key.cmd runs a task, with blanks and umlauts, and gives its exit code", async () => {
      // Started by another batch file: cmd /c takes quotation marks away where its first word has some. Not by "call",
      // after which Wine forgets the exit code.
      await Deno.writeTextFile(
        `${rig.driveC}/try.cmd`,
        '@"%ProgramFiles%\\Spare Key\\spare-key.cmd" %*\r\n',
      );
      await Deno.mkdir(`${rig.driveC}/Schl\u00fcssel von Anna`);
      const run = (...words: readonly string[]): Promise<Ended> =>
        rig.win(["cmd", "/c", "C:\\try.cmd", ...words]);
      const shown = await run("--version");
      assert.deepEqual([shown.code, shown.stdout.split("\n")[0]], [0, `spare-key ${version}`], shown.stderr);
      const found = await run("find", "58E9DFAD", "--in", "C:\\Schl\u00fcssel von Anna");
      assert.equal(found.code, 4, found.stdout + found.stderr);
      assert.equal((await run("no-such-task")).code, 2);
    });

    await step("a repair brings back a lost file and changes no setting", async () => {
      await Deno.remove(`${rig.driveC}/Program Files/Spare Key/main.js`);
      await Deno.writeTextFile(`${rig.driveC}/Program Files/Spare Key/LICENSE`, "by hand");
      // What /fa stands for; Wine knows the long form alone.
      const ended = await msiexec(rig, ["/i", first, "REINSTALL=ALL", "REINSTALLMODE=amus"]);
      assert.equal(ended.code, 0, ended.stdout + ended.stderr);
      const now = await look(rig);
      for (const { path, bytes } of parts.files) assert.deepEqual(now.program.get(path), bytes, path);
      assert.deepEqual(kept(now), before);
    });

    await step("an upgrade replaces the program and keeps settings and data", async () => {
      const files = { "new in this version.txt": "new", "CHANGELOG.md": null };
      const ended = await msiexec(rig, ["/i", await make("next", { version: NEXT, files })]);
      assert.equal(ended.code, 0, ended.stdout + ended.stderr);
      const now = await look(rig);
      assert.ok(now.program.has("new in this version.txt"));
      assert.ok(!now.program.has("CHANGELOG.md"));
      assert.ok(now.program.has("deno.exe"));
      assert.equal(now.registry["Version"], NEXT);
      assert.deepEqual(kept(now), before);
      assert.ok(now.data.has("tasks/Nightly.xml"));
    });

    await step("an older version does not replace a newer one", async () => {
      const ended = await msiexec(rig, ["/i", first]);
      assert.equal(ended.code, FAILED);
      const now = await look(rig);
      assert.equal(now.registry["Version"], NEXT);
      assert.deepEqual(kept(now), before);
    });

    await step("a removal takes program, registry and task away, and keeps the data", async () => {
      const ended = await msiexec(rig, ["/x", "C:\\next.msi"]);
      assert.equal(ended.code, 0, ended.stdout + ended.stderr);
      const now = await look(rig);
      assert.deepEqual([[...now.program.keys()], now.registry], [[], {}]);
      assert.deepEqual(kept(now), before);
      assert.ok(!now.data.has("tasks/Nightly.xml"));
    });
  });
});
