import assert from "node:assert/strict";
import { archiveKey } from "../lib/effects/archive_key_file.ts";
import { program } from "./helpers/program.ts";

Deno.test("archive-key gives a key that the archive takes, another one each time, and says nothing else", async () => {
  const keys: string[] = [];
  for (let count = 0; count < 2; count++) {
    const { code, stdout, stderr } = await program(["archive-key"], { permissions: [] });
    assert.equal(code, 0);
    assert.equal(stderr, "");
    const { schema, identity, ...rest } = JSON.parse(stdout);
    assert.equal(schema, 1);
    assert.deepEqual(rest, {});
    assert.equal(await archiveKey({ secret: identity, path: "/nowhere/archive.key" }).identity(), identity);
    keys.push(identity);
  }
  assert.notEqual(keys[0], keys[1]);
});
