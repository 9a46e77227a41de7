/** The folder destination where a link stands in the place of a folder or a report: nothing goes where it leads. */

import assert from "node:assert/strict";
import type { FolderDisk } from "../lib/effects/folder_destination.ts";
import { NameTakenError } from "../lib/ports.ts";
import { BYTES, HOST, openFolder, says, withFolders } from "./helpers/folder_rig.ts";
import { namesIn } from "./helpers/program.ts";

Deno.test("a root that leads elsewhere than at the first delivery is refused, and nothing is written there", async () => {
  await withFolders(async (root, elsewhere) => {
    const path = `${root}-link`;
    await Deno.symlink(root, path);
    const { place } = await openFolder(path).list([]);
    assert.equal(place, root);
    assert.equal(await openFolder(path, { place: root }).put(HOST, "a.TXT", BYTES), "delivered");
    await Deno.remove(path);
    await Deno.symlink(elsewhere, path);
    const moved = openFolder(path, { place: root });
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
    const destination = openFolder(root);
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
      () => openFolder(root, { disk: { link } }).put(HOST, "a.TXT", BYTES),
      says(/a\.TXT" is a link that leads to ".*elsewhere/),
    );
  });
});

Deno.test("a link under a report's name is never taken for the report", async () => {
  await withFolders(async (root, elsewhere) => {
    const destination = openFolder(root);
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
    const destination = openFolder(root);
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
