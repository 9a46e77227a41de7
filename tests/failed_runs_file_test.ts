import assert from "node:assert/strict";
import { failedRunsFile } from "../lib/effects/failed_runs_file.ts";
import { filesBelow, inFolder } from "./helpers/program.ts";

Deno.test("failedRunsFile() writes whole, reads back, and removes", () =>
  inFolder(async (folder) => {
    const file = failedRunsFile(`${folder}/failed-runs.json`);
    assert.deepEqual([file.exists(), await file.read()], [false, null]);
    assert.equal(await file.write("one"), true);
    assert.equal(await file.write("two"), true);
    assert.deepEqual([file.exists(), await file.read()], [true, "two"]);
    assert.deepEqual([...(await filesBelow(folder)).keys()], ["failed-runs.json"]);
    assert.equal(await file.write(null), true);
    assert.equal(await file.write(null), true, "what is gone need not be removed");
    assert.equal(file.exists(), false);
  }));

Deno.test("failedRunsFile() makes no data folder, and says that there is none", () =>
  inFolder(async (folder) => {
    const file = failedRunsFile(`${folder}/none/failed-runs.json`);
    assert.equal(await file.write("one"), false);
    assert.deepEqual([...(await filesBelow(folder)).keys()], []);
  }));

Deno.test("failedRunsFile() makes the state folder of an installation whose first run fails, and no more", () =>
  inFolder(async (folder) => {
    const file = failedRunsFile(`${folder}/state/failed-runs.json`, { makeFolder: true });
    assert.equal(await file.write("one"), true);
    assert.equal(await file.read(), "one");
    const none = failedRunsFile(`${folder}/none/state/failed-runs.json`, { makeFolder: true });
    assert.equal(await none.write("one"), false);
    assert.deepEqual([...(await filesBelow(folder)).keys()], ["state/failed-runs.json"]);
  }));

Deno.test("failedRunsFile() takes no file of another size or kind for its own, and says when it cannot write", () =>
  inFolder(async (folder) => {
    const path = `${folder}/failed-runs.json`;
    await Deno.writeTextFile(path, "x".repeat(1024 * 1024 + 1));
    assert.equal(await failedRunsFile(path).read(), null);
    await Deno.remove(path);
    await Deno.mkdir(path);
    const file = failedRunsFile(path);
    assert.deepEqual([file.exists(), await file.read()], [false, null]);
    await assert.rejects(() => file.write("one"), /^Error: Cannot write ".*failed-runs\.json": /);
    assert.deepEqual([...(await filesBelow(folder)).keys()], [], "no temporary file stays");
  }));
