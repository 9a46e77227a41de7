import assert from "node:assert/strict";
import type { FolderDisk } from "../lib/effects/folder_destination.ts";
import { writeNew } from "../lib/effects/write_durably.ts";
import { NameTakenError } from "../lib/ports.ts";
import { destinationContract } from "./contracts/destination_contract.ts";
import { memoryDestination } from "./fakes.ts";
import { BYTES, HOST, openFolder, OTHER, says, withFolders } from "./helpers/folder_rig.ts";
import { namesIn } from "./helpers/program.ts";

destinationContract("memory", () => {
  const destination = memoryDestination();
  return Promise.resolve({ destination, [Symbol.asyncDispose]: () => Promise.resolve() });
});

destinationContract("folder", async () => {
  const path = await Deno.makeTempDir();
  return {
    destination: openFolder(path),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
});

Deno.test("a folder without hard links is a destination like any other", async () => {
  for (
    const error of [
      new Deno.errors.PermissionDenied("Operation not permitted (os error 1)"),
      new Deno.errors.NotSupported("Operation not supported (os error 95)"),
      new Error("Incorrect function. (os error 1)"),
    ]
  ) {
    await withFolders(async (root) => {
      const fat = openFolder(root, { disk: { link: () => Promise.reject(error) } });
      assert.equal(await fat.put(HOST, "a.TXT", BYTES), "delivered");
      assert.equal(await fat.put(HOST, "a.TXT", BYTES), "delivered");
      await assert.rejects(() => fat.put(HOST, "a.TXT", OTHER), NameTakenError);
      assert.deepEqual(await Deno.readFile(`${root}/${HOST}/a.TXT`), BYTES);
      assert.deepEqual(await namesIn(`${root}/${HOST}`), ["a.TXT"]);
    });
  }
});

Deno.test("without hard links a name that another took at the last moment is not replaced", async () => {
  await withFolders(async (root) => {
    const link = async (_from: string, to: string): Promise<void> => {
      await Deno.writeFile(to, OTHER);
      throw new Deno.errors.PermissionDenied("Operation not permitted (os error 1)");
    };
    await assert.rejects(
      () => openFolder(root, { disk: { link } }).put(HOST, "a.TXT", BYTES),
      NameTakenError,
    );
    assert.deepEqual(await Deno.readFile(`${root}/${HOST}/a.TXT`), OTHER);
    assert.deepEqual(await namesIn(`${root}/${HOST}`), ["a.TXT"]);
  });
});

Deno.test("a name that another took while the file was written is not replaced", async () => {
  for (const [theirs, outcome] of [[OTHER, "taken"], [BYTES, "delivered"]] as const) {
    await withFolders(async (root) => {
      const slow: FolderDisk["writeNew"] = async (path, bytes) => {
        await writeNew(path, bytes);
        await Deno.writeFile(`${root}/${HOST}/a.TXT`, theirs);
      };
      const put = openFolder(root, { disk: { writeNew: slow } }).put(HOST, "a.TXT", BYTES);
      if (outcome === "taken") await assert.rejects(() => put, NameTakenError);
      else assert.equal(await put, outcome);
      assert.deepEqual(await Deno.readFile(`${root}/${HOST}/a.TXT`), theirs);
      assert.deepEqual(await namesIn(`${root}/${HOST}`), ["a.TXT"]);
    });
  }
});

Deno.test("a file that was altered behind our back is told, and left for a person to see", async () => {
  for (const altered of [OTHER, Uint8Array.of(1, 2), new Uint8Array()]) {
    await withFolders(async (root) => {
      const link: FolderDisk["link"] = async (from, to) => {
        await Deno.link(from, to);
        await Deno.writeFile(to, altered);
      };
      await assert.rejects(
        () => openFolder(root, { disk: { link } }).put(HOST, "a.TXT", BYTES),
        says(/^Cannot write ".*a\.TXT": what was read back differs from what was written$/),
      );
      assert.deepEqual(await Deno.readFile(`${root}/${HOST}/a.TXT`), altered);
    });
  }
});

Deno.test("a root that is missing or no folder is told by every call, and is not made", async () => {
  await withFolders(async (root) => {
    await Deno.writeTextFile(`${root}/file`, "");
    for (
      const [path, reason] of [[`${root}/missing`, /it does not exist$/], [
        `${root}/file`,
        /it is not a folder$/,
      ]] as const
    ) {
      const destination = openFolder(path);
      await assert.rejects(() => destination.list([]), says(reason));
      await assert.rejects(() => destination.list([HOST]), says(reason));
      await assert.rejects(() => destination.put(HOST, "a.TXT", BYTES), says(reason));
      await assert.rejects(() => destination.putStatus(HOST, BYTES), says(reason));
      await assert.rejects(() => destination.sha256(HOST, "a.TXT"), says(reason));
    }
    assert.deepEqual(await namesIn(root), ["file"]);
  });
});

Deno.test("a file where the folder should be is told", async () => {
  await withFolders(async (root) => {
    await Deno.writeTextFile(`${root}/${HOST}`, "");
    await assert.rejects(
      () => openFolder(root).put(HOST, "a.TXT", BYTES),
      says(/ANNA-LAPTOP" is not a folder$/),
    );
    await assert.rejects(() => openFolder(root).list([HOST]), says(/^Cannot look at .* is not a folder$/));
  });
});

Deno.test("list() shows regular files alone", async () => {
  await withFolders(async (root, elsewhere) => {
    const destination = openFolder(root);
    await destination.put(HOST, "a.TXT", BYTES);
    await Deno.mkdir(`${root}/${HOST}/folder.TXT`);
    await Deno.symlink(elsewhere, `${root}/${HOST}/link.TXT`);
    await Deno.writeTextFile(`${root}/${HOST}/.spare-key-${crypto.randomUUID()}.tmp`, "x");
    await Deno.writeTextFile(`${root}/${HOST}/Notes.txt`, "from a person");
    assert.deepEqual((await destination.list([HOST])).folders[0]?.files, [
      { name: "Notes.txt", size: 13, sha256: null, cloud: false },
      { name: "a.TXT", size: 3, sha256: null, cloud: false },
    ]);
  });
});

Deno.test("a status is read only where it is a file of our size", async () => {
  await withFolders(async (root, elsewhere) => {
    const destination = openFolder(root);
    const path = `${root}/${HOST}/status.json`;
    const status = async (): Promise<unknown> => (await destination.list([HOST])).folders[0]?.status;
    await destination.putStatus(HOST, new TextEncoder().encode('\ufeff{"run":1}'));
    assert.deepEqual(await status(), { run: 1 });
    await Deno.writeTextFile(path, `{"run":"${"x".repeat(1024 * 1024)}"}`);
    assert.equal(await status(), null);
    await Deno.remove(path);
    await Deno.writeTextFile(`${elsewhere}/status.json`, '{"run":2}');
    await Deno.symlink(`${elsewhere}/status.json`, path);
    assert.equal(await status(), null);
    await destination.putStatus(HOST, new TextEncoder().encode('{"run":3}'));
    assert.deepEqual(await status(), { run: 3 });
    assert.equal(await Deno.readTextFile(`${elsewhere}/status.json`), '{"run":2}');
    await Deno.remove(path);
    await Deno.mkdir(path);
    assert.equal(await status(), null);
    await assert.rejects(
      () => destination.putStatus(HOST, BYTES),
      says(/^Cannot write ".*status\.json": it is a folder$/),
    );
    assert.deepEqual(await namesIn(`${root}/${HOST}`), ["status.json"]);
  });
});

Deno.test("what a killed run left is removed by the next write, and nothing else is", async () => {
  for (const write of ["put", "putStatus"] as const) {
    await withFolders(async (root) => {
      const folder = `${root}/${HOST}`;
      await Deno.mkdir(folder);
      await Deno.writeTextFile(`${folder}/.spare-key-${crypto.randomUUID()}.tmp`, "half a k");
      const foreign = [".spare-key-notes.txt", ".spare-key-.tmp", "x.tmp", "a (2).TXT"];
      for (const name of foreign) await Deno.writeTextFile(`${folder}/${name}`, "mine");
      const destination = openFolder(root);
      await destination.list([HOST]);
      if (write === "put") await destination.put(HOST, "status.txt", BYTES);
      else await destination.putStatus(HOST, BYTES);
      const ours = write === "put" ? "status.txt" : "status.json";
      assert.deepEqual(await namesIn(folder), [...foreign, ours].sort());
    });
  }
});

Deno.test("two destinations of one folder deliver side by side, and leave each other's unfinished files alone", async () => {
  await withFolders(async (root) => {
    const [one, other] = [openFolder(root), openFolder(root)];
    let goesOn = (): void => {};
    const held = new Promise<void>((resolve) => goesOn = resolve);
    const slow = openFolder(root, {
      disk: {
        writeNew: async (path, bytes) => {
          await writeNew(path, bytes);
          await other.put(HOST, "b.TXT", OTHER);
          goesOn();
        },
      },
    });
    assert.deepEqual(
      await Promise.all([slow.put(HOST, "a.TXT", BYTES), held.then(() => one.put(HOST, "a.TXT", BYTES))]),
      ["delivered", "delivered"],
    );
    assert.deepEqual(await namesIn(`${root}/${HOST}`), ["a.TXT", "b.TXT"]);
  });
  // Neither finds the folder of the PC there.
  for (let round = 0; round < 20; round++) {
    await withFolders(async (root) => {
      const both = [openFolder(root), openFolder(root)];
      assert.deepEqual(await Promise.all(both.map((one) => one.put(HOST, "a.TXT", BYTES))), [
        "delivered",
        "delivered",
      ]);
    });
  }
});

Deno.test("a name may be as long as the file system allows, and is told when it is longer", async () => {
  await withFolders(async (root) => {
    const destination = openFolder(root);
    assert.equal(await destination.put(HOST, "x".repeat(251) + ".TXT", BYTES), "delivered");
    await assert.rejects(
      () => destination.put(HOST, "x".repeat(252) + ".TXT", BYTES),
      says(/the name is too long$/),
    );
    await assert.rejects(
      () => destination.put("x".repeat(300), "a.TXT", BYTES),
      says(/the name is too long$/),
    );
    assert.deepEqual(await namesIn(`${root}/${HOST}`), ["x".repeat(251) + ".TXT"]);
    assert.deepEqual(await namesIn(root), [HOST]);
  });
});

Deno.test("whether names that differ by case are one file is for the file system to say", async () => {
  await withFolders(async (root, elsewhere) => {
    await Deno.writeTextFile(`${elsewhere}/probe`, "");
    const oneFile = await Deno.stat(`${elsewhere}/PROBE`).then(() => true, () => false);
    const destination = openFolder(root);
    await destination.put(HOST, "a.TXT", BYTES);
    assert.equal(await destination.put(HOST, "A.txt", BYTES), "delivered");
    const other = destination.put(HOST, "A.TXT", OTHER);
    if (oneFile) await assert.rejects(() => other, NameTakenError);
    else assert.equal(await other, "delivered");
    assert.deepEqual(await namesIn(`${root}/${HOST}`), oneFile ? ["a.TXT"] : ["A.TXT", "A.txt", "a.TXT"]);
    assert.deepEqual(await Deno.readFile(`${root}/${HOST}/a.TXT`), BYTES);
  });
});
