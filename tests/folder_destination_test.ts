import assert from "node:assert/strict";
import { folderDestination, type FolderDisk } from "../lib/effects/folder_destination.ts";
import { writeNew } from "../lib/effects/write_durably.ts";
import { type Destination, NameTakenError } from "../lib/ports.ts";
import { destinationContract } from "./contracts/destination_contract.ts";
import { memoryDestination } from "./fakes.ts";

const HOST = "ANNA-LAPTOP";
const BYTES = Uint8Array.of(1, 2, 3);
const OTHER = Uint8Array.of(4, 5, 6);
const REAL: FolderDisk = { writeNew, link: Deno.link };

function open(
  path: string,
  options: { readonly place?: string; readonly disk?: Partial<FolderDisk> } = {},
): Destination {
  return folderDestination({
    name: "stick",
    path,
    place: options.place ?? null,
    disk: { ...REAL, ...options.disk },
  });
}

/** A temporary folder with `root` and `elsewhere` in it. */
async function withFolders(run: (root: string, elsewhere: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.mkdir(`${folder}/root`);
    await Deno.mkdir(`${folder}/elsewhere`);
    await run(`${folder}/root`, `${folder}/elsewhere`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

/** One line in words, as `perform` quotes it. */
function says(pattern: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof Error && !(error instanceof NameTakenError), String(error));
    assert.match(error.message, pattern);
    assert.doesNotMatch(error.message, /\n|os error/);
    return true;
  };
}

destinationContract("memory", () => {
  const destination = memoryDestination();
  return Promise.resolve({ destination, [Symbol.asyncDispose]: () => Promise.resolve() });
});

destinationContract("folder", async () => {
  const path = await Deno.makeTempDir();
  return {
    destination: open(path),
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
      const fat = open(root, { disk: { link: () => Promise.reject(error) } });
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
    await assert.rejects(() => open(root, { disk: { link } }).put(HOST, "a.TXT", BYTES), NameTakenError);
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
      const put = open(root, { disk: { writeNew: slow } }).put(HOST, "a.TXT", BYTES);
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
        () => open(root, { disk: { link } }).put(HOST, "a.TXT", BYTES),
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
      const destination = open(path);
      await assert.rejects(() => destination.list([]), says(reason));
      await assert.rejects(() => destination.list([HOST]), says(reason));
      await assert.rejects(() => destination.put(HOST, "a.TXT", BYTES), says(reason));
      await assert.rejects(() => destination.putStatus(HOST, BYTES), says(reason));
      await assert.rejects(() => destination.sha256(HOST, "a.TXT"), says(reason));
    }
    assert.deepEqual(await namesIn(root), ["file"]);
  });
});

Deno.test("a root that leads elsewhere than at the first delivery is refused, and nothing is written there", async () => {
  await withFolders(async (root, elsewhere) => {
    const path = `${root}-link`;
    await Deno.symlink(root, path);
    const { place } = await open(path).list([]);
    assert.equal(place, root);
    assert.equal(await open(path, { place: root }).put(HOST, "a.TXT", BYTES), "delivered");
    await Deno.remove(path);
    await Deno.symlink(elsewhere, path);
    const moved = open(path, { place: root });
    const reason = /^Cannot use ".*root-link": it leads to ".*elsewhere", but led to ".*root" before$/;
    await assert.rejects(() => moved.list([]), says(reason));
    await assert.rejects(() => moved.put(HOST, "b.TXT", BYTES), says(reason));
    await assert.rejects(() => moved.putStatus(HOST, BYTES), says(reason));
    await assert.rejects(() => moved.sha256(HOST, "a.TXT"), says(reason));
    assert.deepEqual(await namesIn(elsewhere), []);
  });
});

Deno.test("a folder that is a link is refused, and nothing is written where it leads", async () => {
  await withFolders(async (root, elsewhere) => {
    await Deno.writeFile(`${elsewhere}/a.TXT`, BYTES);
    await Deno.symlink(elsewhere, `${root}/${HOST}`);
    const destination = open(root);
    const reason = /ANNA-LAPTOP" is a link that leads to ".*elsewhere/;
    await assert.rejects(() => destination.list([HOST]), says(reason));
    await assert.rejects(() => destination.put(HOST, "a.TXT", BYTES), says(reason));
    await assert.rejects(() => destination.putStatus(HOST, BYTES), says(reason));
    await assert.rejects(() => destination.sha256(HOST, "a.TXT"), says(/a\.TXT" is a link that leads to/));
    assert.deepEqual(await namesIn(elsewhere), ["a.TXT"]);
  });
});

Deno.test("a folder that becomes a link while the file is written is told, and does not count as delivered", async () => {
  await withFolders(async (root, elsewhere) => {
    const link: FolderDisk["link"] = async (from, to) => {
      await Deno.rename(`${root}/${HOST}`, `${elsewhere}/moved`);
      await Deno.symlink(`${elsewhere}/moved`, `${root}/${HOST}`);
      await Deno.link(from, to);
    };
    await assert.rejects(
      () => open(root, { disk: { link } }).put(HOST, "a.TXT", BYTES),
      says(/a\.TXT" is a link that leads to ".*elsewhere/),
    );
  });
});

Deno.test("a link under a report's name is never taken for the report", async () => {
  await withFolders(async (root, elsewhere) => {
    const destination = open(root);
    await destination.put(HOST, "b.TXT", BYTES);
    await Deno.writeFile(`${elsewhere}/same`, BYTES);
    for (const target of [`${elsewhere}/same`, `${elsewhere}/missing`, `${root}/${HOST}/b.TXT`]) {
      await Deno.symlink(target, `${root}/${HOST}/a.TXT`);
      await assert.rejects(() => destination.put(HOST, "a.TXT", BYTES), NameTakenError);
      assert.deepEqual((await destination.list([HOST])).folders[0]?.files.map(({ name }) => name), ["b.TXT"]);
      assert.equal(await Deno.readLink(`${root}/${HOST}/a.TXT`), target);
      await Deno.remove(`${root}/${HOST}/a.TXT`);
    }
    // A link is as long as its target's path: length and content alike still do not make it a file.
    const alike = new Uint8Array(`${elsewhere}/same`.length);
    await Deno.writeFile(`${elsewhere}/same`, alike);
    await Deno.symlink(`${elsewhere}/same`, `${root}/${HOST}/a.TXT`);
    await assert.rejects(() => destination.put(HOST, "a.TXT", alike), NameTakenError);
    assert.deepEqual(await namesIn(elsewhere), ["same"]);
  });
});

Deno.test("a report that became a link is not hashed, wherever the link leads", async () => {
  await withFolders(async (root, elsewhere) => {
    const destination = open(root);
    await destination.put(HOST, "a.TXT", BYTES);
    await destination.put(HOST, "b.TXT", BYTES);
    await Deno.writeFile(`${elsewhere}/same`, BYTES);
    for (const target of [`${elsewhere}/same`, `${root}/${HOST}/b.TXT`]) {
      await Deno.remove(`${root}/${HOST}/a.TXT`);
      await Deno.symlink(target, `${root}/${HOST}/a.TXT`);
      await assert.rejects(() => destination.sha256(HOST, "a.TXT"), says(/a\.TXT" is a link that leads to/));
    }
  });
});

Deno.test("a file where the folder should be is told", async () => {
  await withFolders(async (root) => {
    await Deno.writeTextFile(`${root}/${HOST}`, "");
    await assert.rejects(() => open(root).put(HOST, "a.TXT", BYTES), says(/ANNA-LAPTOP" is not a folder$/));
    await assert.rejects(() => open(root).list([HOST]), says(/^Cannot look at .* is not a folder$/));
  });
});

Deno.test("list() shows regular files alone", async () => {
  await withFolders(async (root, elsewhere) => {
    const destination = open(root);
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
    const destination = open(root);
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
      const destination = open(root);
      await destination.list([HOST]);
      if (write === "put") await destination.put(HOST, "status.txt", BYTES);
      else await destination.putStatus(HOST, BYTES);
      const ours = write === "put" ? "status.txt" : "status.json";
      assert.deepEqual(await namesIn(folder), [...foreign, ours].sort());
    });
  }
});

Deno.test("a name may be as long as the file system allows, and is told when it is longer", async () => {
  await withFolders(async (root) => {
    const destination = open(root);
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
    const destination = open(root);
    await destination.put(HOST, "a.TXT", BYTES);
    assert.equal(await destination.put(HOST, "A.txt", BYTES), "delivered");
    const other = destination.put(HOST, "A.TXT", OTHER);
    if (oneFile) await assert.rejects(() => other, NameTakenError);
    else assert.equal(await other, "delivered");
    assert.deepEqual(await namesIn(`${root}/${HOST}`), oneFile ? ["a.TXT"] : ["A.TXT", "A.txt", "a.TXT"]);
    assert.deepEqual(await Deno.readFile(`${root}/${HOST}/a.TXT`), BYTES);
  });
});
