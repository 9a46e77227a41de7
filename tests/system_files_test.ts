import assert from "node:assert/strict";
import { systemFiles } from "../lib/effects/system_files.ts";
import { UserError } from "../lib/errors.ts";
import { ownMounts } from "./contracts/own_mounts.ts";
import { inFolder, namesIn } from "./helpers/program.ts";

async function walked(folder: string): Promise<{ readonly files: string[]; readonly troubles: string[][] }> {
  const troubles: string[][] = [];
  const walk = systemFiles().walk(folder, (path, reason) => troubles.push([path, reason]));
  return { files: await Array.fromAsync(walk), troubles };
}

async function plant(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await Deno.mkdir(`${folder}/${name}`.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(`${folder}/${name}`, name);
  }
}

/** The command that runs `files_child.ts`. */
function child(step: string, folder: string, permissions: readonly string[]): readonly string[] {
  const script = new URL("contracts/files_child.ts", import.meta.url).pathname;
  const closed = ["--no-prompt", "--no-lock", "--no-npm", "--no-remote"];
  return [Deno.execPath(), "run", ...closed, ...permissions, script, step, folder];
}

Deno.test("read() gives the bytes of a file, empty or of megabytes", async () => {
  await inFolder(async (folder) => {
    for (const size of [0, 1, 65_536, 65_537, 3_000_001]) {
      const bytes = new Uint8Array(size).fill(7);
      await Deno.writeFile(`${folder}/x`, bytes);
      assert.deepEqual(await systemFiles().read(`${folder}/x`), bytes);
    }
  });
});

Deno.test("open() tells size and kind, and gives a file part by part", async () => {
  await inFolder(async (folder) => {
    const bytes = Uint8Array.from({ length: 700_001 }, (_, at) => at % 251);
    await Deno.writeFile(`${folder}/x`, bytes);
    const { size, isFolder, chunks } = await systemFiles().open(`${folder}/x`);
    const parts = await Array.fromAsync(chunks(), (part) => part.slice());
    assert.deepEqual([size, isFolder, parts.length > 1], [bytes.length, false, true]);
    assert.deepEqual(new Uint8Array(await new Blob(parts.map((part) => part.slice())).arrayBuffer()), bytes);
    assert.equal((await systemFiles().open(folder)).isFolder, true);
    await assert.rejects(
      () => systemFiles().open(`${folder}/none`),
      (error) => error instanceof UserError && error.message.endsWith('/none": it does not exist'),
    );
  });
});

Deno.test("read() names the path and the reason", async () => {
  await inFolder(async (folder) => {
    const file = await Deno.open(`${folder}/large`, { write: true, create: true });
    await file.truncate(64 * 1024 * 1024 + 1);
    file.close();
    for (
      const [name, reason] of [
        ["missing", "it does not exist"],
        [".", "it is a folder"],
        ["large", "it is larger than 64 MB"],
      ]
    ) {
      await assert.rejects(() => systemFiles().read(`${folder}/${name}`), (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.code, "usage");
        assert.equal(error.message, `Cannot read "${folder}/${name}": ${reason}`);
        return true;
      });
    }
  });
});

Deno.test("walk() gives the files below a folder in one order, and nothing else", async () => {
  await inFolder(async (folder) => {
    await plant(folder, ["b.txt", "a/z.txt", "a/b/c.txt", "a b/ü.txt", "B.txt"]);
    await Deno.mkdir(`${folder}/empty`);
    assert.deepEqual(await walked(folder), {
      files: ["B.txt", "b.txt", "a/z.txt", "a/b/c.txt", "a b/ü.txt"],
      troubles: [],
    });
  });
});

Deno.test("walk() follows links once, however they turn", async () => {
  await inFolder(async (folder) => {
    await plant(folder, ["root/a/x.txt", "root/b/y.txt", "outside/z.txt"]);
    const root = `${folder}/root`;
    await Deno.symlink("..", `${root}/a/up`);
    await Deno.symlink(".", `${root}/b/self`);
    await Deno.symlink("../a", `${root}/b/other`);
    await Deno.symlink(`${folder}/outside`, `${root}/out`);
    await Deno.symlink("a/x.txt", `${root}/link.txt`);
    assert.deepEqual(await walked(root), {
      files: ["link.txt", "a/x.txt", "b/y.txt", "out/z.txt"],
      troubles: [],
    });
  });
});

Deno.test("walkFolders() gives each folder once, sorted, with the names of its files", async () => {
  await inFolder(async (folder) => {
    await plant(folder, ["root/b/y.txt", "root/a/x.txt", "root/a/w.txt", "root/top.txt", "outside/z.txt"]);
    const root = `${folder}/root`;
    await Deno.symlink("..", `${root}/a/up`);
    await Deno.symlink("../a", `${root}/b/again`);
    await Deno.symlink(`${folder}/outside`, `${root}/out`);
    await Deno.symlink("a/x.txt", `${root}/link.txt`);
    await Deno.symlink("missing", `${root}/dangling`);
    const troubles: string[][] = [];
    const walk = systemFiles().walkFolders(root, (path, reason) => troubles.push([path, reason]));
    const folders = (await Array.fromAsync(walk)).map(({ path, names }) => [path, ...names.toSorted()]);
    assert.deepEqual(folders, [
      ["", "link.txt", "top.txt"],
      ["a", "w.txt", "x.txt"],
      ["b", "y.txt"],
      ["out", "z.txt"],
    ]);
    assert.deepEqual(troubles, [[`${root}/dangling`, "it does not exist"]]);
  });
});

Deno.test("walkFolders() ends where a walk begins at a link into its own tree", async () => {
  await inFolder(async (folder) => {
    await plant(folder, ["root/a/x.txt"]);
    await Deno.symlink("../..", `${folder}/root/a/back`);
    await Deno.symlink("root", `${folder}/start`);
    const walk = systemFiles().walkFolders(`${folder}/start`, () => assert.fail("no trouble"));
    assert.deepEqual(
      (await Array.fromAsync(walk)).map(({ path }) => path),
      ["", "a", "a/back"],
    );
  });
});

Deno.test("walk() tells of what leads nowhere, and goes on", async () => {
  await inFolder(async (folder) => {
    await plant(folder, ["root/x.txt"]);
    const root = `${folder}/root`;
    await Deno.symlink("missing", `${root}/dangling`);
    await Deno.symlink("loop", `${root}/loop`);
    assert.deepEqual(await walked(root), {
      files: ["x.txt"],
      troubles: [[`${root}/dangling`, "it does not exist"], [`${root}/loop`, "its links lead in a circle"]],
    });
    assert.deepEqual(await walked(`${folder}/none`), {
      files: [],
      troubles: [[`${folder}/none`, "it does not exist"]],
    });
    assert.deepEqual(await walked(`${root}/x.txt`), {
      files: [],
      troubles: [[`${root}/x.txt`, "it is no folder"]],
    });
  });
});

Deno.test("walk() tells of a folder that it may not read, and goes on", async () => {
  await inFolder(async (folder) => {
    await plant(folder, ["a/x.txt", "closed/y.txt", "z/w.txt"]);
    const [command = "", ...args] = child("walk", folder, [
      `--allow-read=${folder}`,
      `--deny-read=${folder}/closed`,
    ]);
    const { stdout } = await new Deno.Command(command, { args, stderr: "inherit" }).output();
    assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), {
      files: ["a/x.txt", "z/w.txt"],
      troubles: [[`${folder}/closed`, "this run was not permitted to use it"]],
    });
  });
});

Deno.test("write() makes the folder, and never replaces", async () => {
  await inFolder(async (folder) => {
    const files = systemFiles();
    const out = `${folder}/out/deep`;
    for (
      const [name, expected] of [
        ["a.TXT", "a.TXT"],
        ["a.TXT", "a (2).TXT"],
        ["a.TXT", "a (3).TXT"],
        ["a.TXT.age", "a.TXT.age"],
        ["a.TXT.age", "a (2).TXT.age"],
        ["plain", "plain"],
        ["plain", "plain (2)"],
        ["v1.0 of the sheet.html", "v1.0 of the sheet.html"],
        ["v1.0 of the sheet.html", "v1.0 of the sheet (2).html"],
      ] as const
    ) {
      assert.equal(await files.write(out, name, new TextEncoder().encode(expected)), `${out}/${expected}`);
    }
    for (const name of await namesIn(out)) assert.equal(await Deno.readTextFile(`${out}/${name}`), name);
    if (Deno.build.os !== "windows") {
      assert.equal(((await Deno.stat(`${out}/a.TXT`)).mode ?? 0) & 0o777, 0o600);
    }
  });
});

Deno.test("write() does not write through a link of that name", async () => {
  await inFolder(async (folder) => {
    await Deno.symlink(`${folder}/missing`, `${folder}/a.TXT`);
    assert.equal(await systemFiles().write(folder, "a.TXT", Uint8Array.of(1)), `${folder}/a (2).TXT`);
    assert.deepEqual(await namesIn(folder), ["a (2).TXT", "a.TXT"]);
  });
});

Deno.test("write() names the path and the reason, and leaves no part", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const files = systemFiles();
    for (
      const [place, name, reason] of [
        [
          `${folder}/file`,
          "a.TXT",
          /^Cannot write ".*": (it exists already|a part of the path is not a folder)$/,
        ],
        [folder, "../a.TXT", /^Cannot write ".*": Cannot use the name "\.\.\/a\.TXT": /],
        [folder, "x".repeat(300), /^Cannot write ".*": the name is too long$/],
      ] as const
    ) {
      await assert.rejects(() => files.write(place, name, Uint8Array.of(1)), (error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, reason);
        return true;
      });
    }
    assert.deepEqual(await namesIn(folder), ["file"]);
  });
});

Deno.test("write() on a full disk leaves no part", async () => {
  await inFolder(async (folder) => {
    const { command, args } = ownMounts(folder, {
      before: "mount -t tmpfs -o size=64k tmpfs $ROOT",
      after: "ls -A $ROOT >&2",
      command: child("write", folder, [`--allow-read=${folder}`, `--allow-write=${folder}`]),
    });
    const { stdout, stderr } = await new Deno.Command(command, { args: [...args] }).output();
    assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), {
      files: [],
      troubles: [[folder, `Cannot write "${folder}/a.TXT": the disk is full`]],
    });
    assert.equal(new TextDecoder().decode(stderr), "");
  });
});
