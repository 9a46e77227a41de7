import assert from "node:assert/strict";
import { volumeOfPath } from "../lib/core/mount_paths.ts";

const c = { drive: "C:", mountPaths: ["C:\\"] };
const d = { drive: "D:", mountPaths: ["D:\\"] };
const inside = { drive: null, mountPaths: ["C:\\Mount\\Data\\"] };
const both = { drive: "E:", mountPaths: ["E:\\", "C:\\Mount\\Data\\Deep\\"] };
const nowhere = { drive: null, mountPaths: [] };
const letterOnly = { drive: "S:" };
const all = [c, d, inside, both, nowhere, letterOnly];

Deno.test("volumeOfPath() finds the volume with the longest mount path", () => {
  const rows: readonly (readonly [string, unknown])[] = [
    ["C:\\Keys", c],
    ["C:\\", c],
    ["C:", c],
    ["c:/Users/Anna", c],
    ["D:\\Keys", d],
    ["C:\\Mount\\Data\\Keys", inside],
    ["C:\\Mount\\Data", inside],
    ["c:\\mount\\data\\keys\\", inside],
    ["C:\\Mount\\Data\\Deep\\Keys", both],
    ["E:\\Keys", both],
    ["S:\\Recovery keys", letterOnly],
    ["\\\\?\\C:\\Keys", c],
    ["C:\\Mount\\Database", c],
    ["C:\\Mount", c],
  ];
  for (const [path, volume] of rows) {
    assert.equal(volumeOfPath(path, all), volume, path);
    assert.equal(volumeOfPath(path, all.toReversed()), volume, path);
  }
});

Deno.test("volumeOfPath() gives null for a path on none of the volumes", () => {
  for (
    const path of ["/mnt/keys", "X:\\Keys", "\\\\server\\c$\\Keys", "\\\\?\\UNC\\server\\share", "Keys", ""]
  ) {
    assert.equal(volumeOfPath(path, all), null, path);
  }
  assert.equal(volumeOfPath("C:\\Keys", []), null);
});
