// The folder destination in a process of its own: with a run's permissions, killed, on disks that fail it.

import assert from "node:assert/strict";
import { folderDestination } from "../lib/effects/folder_destination.ts";
import { ownMounts } from "./contracts/own_mounts.ts";
import { HOST, withFolders } from "./helpers/folder_rig.ts";
import { namesIn } from "./helpers/program.ts";

/** The command that runs a step of `destination_child.ts` with exactly the permissions of a run. */
function child(step: string, root: string): readonly string[] {
  const script = new URL("contracts/destination_child.ts", import.meta.url).pathname;
  const closed = ["--no-prompt", "--no-lock", "--no-npm", "--no-remote"];
  return [
    Deno.execPath(),
    "run",
    ...closed,
    `--allow-read=${root}`,
    `--allow-write=${root}`,
    script,
    step,
    root,
  ];
}

function spawn([command = "", ...args]: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(command, { args, stdout: "piped", stderr: "inherit" }).spawn();
}

async function answerOf(process: Deno.ChildProcess): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode((await process.output()).stdout));
}

/** Reads lines until there are enough, then kills it without warning. */
async function killAfter(process: Deno.ChildProcess, lines: number): Promise<void> {
  let text = "";
  for await (const chunk of process.stdout) {
    text += new TextDecoder().decode(chunk);
    if (text.split("\n").length > lines) break;
  }
  process.kill("SIGKILL");
  assert.equal((await process.status).signal, "SIGKILL");
  assert.doesNotMatch(text, /error/);
}

Deno.test("the permissions to read and write the root are enough, also where the root is a link", async () => {
  await withFolders(async (root, elsewhere) => {
    await Deno.symlink(elsewhere, `${root}-link`);
    for (const path of [root, `${root}-link`]) {
      assert.deepEqual(await answerOf(spawn(child("all", path))), {
        put: "delivered",
        again: "delivered",
        sha256: "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
        folders: [{
          name: HOST,
          status: { run: 2 },
          files: [{ name: "a.TXT", size: 3, sha256: null, cloud: false }],
        }],
      });
      assert.deepEqual(await namesIn(`${path}/${HOST}`), ["a.TXT", "status.json"]);
    }
  });
});

Deno.test("a run killed before the final name leaves none, and the next one delivers and tidies up", async () => {
  await withFolders(async (root) => {
    await killAfter(spawn(child("stall", root)), 1);
    const [left, ...others] = await namesIn(`${root}/${HOST}`);
    assert.match(left ?? "", /^\.spare-key-.*\.tmp$/);
    assert.deepEqual(others, []);
    const destination = folderDestination({ name: "stick", path: root, place: null });
    assert.deepEqual((await destination.list([HOST])).folders[0]?.files, []);
    assert.equal(await destination.put(HOST, "a.TXT", new Uint8Array(200_000).fill(1)), "delivered");
    assert.deepEqual(await namesIn(`${root}/${HOST}`), ["a.TXT"]);
  });
});

Deno.test("a run killed at any moment leaves whole files alone under final names", async () => {
  const whole = new Uint8Array(300_000).fill(1);
  for (const lines of [1, 3, 8]) {
    await withFolders(async (root) => {
      await killAfter(spawn(child("many", root)), lines);
      const names = (await namesIn(`${root}/${HOST}`)).filter((name) => name.endsWith(".TXT"));
      assert.ok(names.length >= lines);
      for (const name of names) assert.deepEqual(await Deno.readFile(`${root}/${HOST}/${name}`), whole);
    });
  }
});

// Disks that are full or cannot be written.
const DISKS: readonly (readonly [string, string, RegExp])[] = [
  [
    "full",
    "mount -t tmpfs -o size=64k tmpfs $ROOT; mkdir $ROOT/ANNA-LAPTOP",
    /^Cannot write ".*": the disk is full$/,
  ],
  [
    "read-only",
    "mount -t tmpfs tmpfs $ROOT; mkdir $ROOT/ANNA-LAPTOP; mount -o remount,bind,ro $ROOT",
    /^Cannot write ".*": the disk is read-only$/,
  ],
  [
    "read-only and without the folder",
    "mount -t tmpfs -o ro tmpfs $ROOT",
    /^Cannot write ".*": the disk is read-only$/,
  ],
];
for (const [name, mounts, reason] of DISKS) {
  Deno.test(`a disk that is ${name} is told in words, and nothing of the report stays`, async () => {
    await withFolders(async (root) => {
      for (const step of ["report", "status"]) {
        const { command, args } = ownMounts(root, {
          before: mounts,
          after: "find $ROOT -type f >$ROOT/../left",
          command: child(step, root),
        });
        const answer = await answerOf(spawn([command, ...args]));
        assert.ok(typeof answer === "object" && answer !== null && "error" in answer, JSON.stringify(answer));
        assert.match(String(answer.error), reason);
        assert.equal(await Deno.readTextFile(`${root}/../left`), "");
      }
    });
  });
}
