import assert from "node:assert/strict";
import { fileArchive } from "../lib/effects/file_archive.ts";
import type { ArchivedFile } from "../lib/ports.ts";
import { archiveContract } from "./contracts/archive_contract.ts";
import { memoryArchive } from "./fakes.ts";
import { namesIn } from "./helpers/program.ts";

const KEY: ArchivedFile = { vault: "pc", id: "ANNA-LAPTOP/a.TXT" };
const SEALED: ArchivedFile = { vault: "recipients", id: "ANNA-LAPTOP/a.TXT.age" };

async function withData(run: (data: string) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir();
  try {
    await run(data);
  } finally {
    await Deno.remove(data, { recursive: true });
  }
}

archiveContract(
  "memory",
  () => Promise.resolve({ archive: memoryArchive(), [Symbol.asyncDispose]: () => Promise.resolve() }),
);

archiveContract("file", async () => {
  const data = await Deno.makeTempDir();
  return { archive: fileArchive(data), [Symbol.asyncDispose]: () => Deno.remove(data, { recursive: true }) };
});

Deno.test("both vaults lie in folders of their own, for their owner alone", async () => {
  await withData(async (data) => {
    const archive = fileArchive(data);
    await archive.put(KEY, Uint8Array.of(1));
    await archive.put(SEALED, Uint8Array.of(2));
    for (
      const [path, mode] of [
        ["archive", 0o700],
        ["archive/pc", 0o700],
        ["archive/pc/ANNA-LAPTOP", 0o700],
        ["archive/pc/ANNA-LAPTOP/a.TXT.age", 0o600],
        ["archive/recipients/ANNA-LAPTOP/a.TXT.age", 0o600],
      ] as const
    ) {
      const info = await Deno.stat(`${data}/${path}`);
      if (Deno.build.os !== "windows") assert.equal((info.mode ?? 0) & 0o777, mode, path);
    }
  });
});

Deno.test("list() ignores temporary and foreign files, folders and links", async () => {
  await withData(async (data) => {
    const archive = fileArchive(data);
    await archive.put(KEY, Uint8Array.of(1));
    await archive.put(SEALED, Uint8Array.of(2));
    for (const vault of ["pc", "recipients"]) {
      const folder = `${data}/archive/${vault}/ANNA-LAPTOP`;
      await Deno.writeTextFile(`${folder}/.spare-key-${crypto.randomUUID()}.tmp`, "half");
      await Deno.writeTextFile(`${folder}/.age`, "no name");
      await Deno.writeTextFile(`${folder}/Thumbs.db`, "foreign");
      await Deno.mkdir(`${folder}/folder.age`);
      await Deno.symlink(`${data}/archive`, `${folder}/link.age`);
      await Deno.writeTextFile(`${data}/archive/${vault}/loose.age`, "no host");
    }
    assert.deepEqual(await archive.list(), [KEY, SEALED]);
  });
});

Deno.test("put() tidies up after a killed run and leaves the earlier bytes when it fails", async () => {
  await withData(async (data) => {
    const archive = fileArchive(data);
    await archive.put(KEY, Uint8Array.of(1));
    const folder = `${data}/archive/pc/ANNA-LAPTOP`;
    await Deno.writeTextFile(`${folder}/.spare-key-${crypto.randomUUID()}.tmp`, "half");
    await archive.put(KEY, Uint8Array.of(2));
    assert.deepEqual(await namesIn(folder), ["a.TXT.age"]);
    await Deno.mkdir(`${folder}/b.TXT.age`);
    await assert.rejects(
      () => archive.put({ vault: "pc", id: "ANNA-LAPTOP/b.TXT" }, Uint8Array.of(3)),
      { message: `Cannot write "${folder}/b.TXT.age": it is a folder` },
    );
    assert.deepEqual(await namesIn(folder), ["a.TXT.age", "b.TXT.age"]);
  });
});

Deno.test("the data folder itself is not made, and each failure names the path and the reason", async () => {
  await withData(async (data) => {
    const missing = `${data}/missing`;
    await assert.rejects(
      () => fileArchive(missing).put(KEY, Uint8Array.of(1)),
      /^UserError: Cannot write ".*": it does not exist$/,
    );
    assert.deepEqual(await fileArchive(missing).list(), []);
    await Deno.writeTextFile(`${data}/archive`, "a file in the way");
    const blocked = fileArchive(data);
    await assert.rejects(
      () => blocked.list(),
      /^UserError: Cannot list ".*": a part of the path is not a folder$/,
    );
    await assert.rejects(
      () => blocked.get(KEY),
      /^UserError: Cannot read ".*": a part of the path is not a folder$/,
    );
    await assert.rejects(
      () => blocked.remove(KEY),
      /^UserError: Cannot remove ".*": a part of the path is not a folder$/,
    );
  });
});
