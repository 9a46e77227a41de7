/** What every archive does, real or in memory. Called once for each kind. */

import assert from "node:assert/strict";
import type { Archive } from "../../lib/ports.ts";

/** One archive, and how to put it away. */
export interface OpenArchive extends AsyncDisposable {
  /** The archive, empty. */
  readonly archive: Archive;
}

const KEY = { vault: "pc", id: "ANNA-LAPTOP/2026-11-24 C BitLocker Recovery Key 58E9DFAD.TXT" } as const;
const SEALED = { vault: "recipients", id: "ANNA-LAPTOP/2026-11-24 Recovery sheet.html.age" } as const;

const BAD_IDS: readonly string[] = [
  "",
  "name.age",
  "/name.age",
  "HOST/",
  "../name.age",
  "HOST/..",
  "HOST/../x.age",
  "HOST/a/b.age",
  "HOST\\x/name.age",
  "HOST/a\\b.age",
  "C:/name.age",
  "HOST/c:x.age",
  "HOST/nul.age",
  "//server/x.age",
  "HOST/.spare-key-0.age",
];

/**
 * Registers the tests of one kind.
 *
 * @param kind Its name, for the names of the tests.
 * @param open Opens an empty one.
 */
export function archiveContract(kind: string, open: () => Promise<OpenArchive>): void {
  const test = (name: string, run: (archive: Archive) => Promise<void>): void => {
    Deno.test(`${kind} archive: ${name}`, async () => {
      await using opened = await open();
      await run(opened.archive);
    });
  };

  test("a new one is empty and knows no file", async (archive) => {
    assert.deepEqual(await archive.list(), []);
    assert.equal(await archive.get(KEY), null);
    assert.equal(await archive.get(SEALED), null);
  });

  test("get() gives what put() took", async (archive) => {
    await archive.put(KEY, Uint8Array.of(1, 2, 3));
    await archive.put(SEALED, new Uint8Array(2_000_001).fill(5));
    assert.deepEqual(await archive.get(KEY), Uint8Array.of(1, 2, 3));
    assert.deepEqual(await archive.get(SEALED), new Uint8Array(2_000_001).fill(5));
  });

  test("the same id in both vaults is two files", async (archive) => {
    const id = "ANNA-LAPTOP/a.TXT.age";
    await archive.put({ vault: "pc", id }, Uint8Array.of(1));
    await archive.put({ vault: "recipients", id }, Uint8Array.of(2));
    assert.deepEqual(await archive.get({ vault: "pc", id }), Uint8Array.of(1));
    assert.deepEqual(await archive.get({ vault: "recipients", id }), Uint8Array.of(2));
    assert.deepEqual(await archive.list(), [{ vault: "pc", id }, { vault: "recipients", id }]);
  });

  test("put() replaces an earlier attempt whole", async (archive) => {
    await archive.put(KEY, new Uint8Array(1000).fill(1));
    await archive.put(KEY, Uint8Array.of(2));
    assert.deepEqual(await archive.get(KEY), Uint8Array.of(2));
    assert.deepEqual(await archive.list(), [KEY]);
  });

  test("list() is sorted by id, whatever the vault", async (archive) => {
    const ids = ["TOM-PC/a.age", "ANNA/b.age", "ANNA/a.age"];
    await archive.put({ vault: "recipients", id: "ANNA/b.age" }, Uint8Array.of(1));
    await archive.put({ vault: "pc", id: "TOM-PC/a.age" }, Uint8Array.of(1));
    await archive.put({ vault: "pc", id: "ANNA/a.age" }, Uint8Array.of(1));
    assert.deepEqual((await archive.list()).map(({ id }) => id), ids.toReversed());
  });

  test("remove() takes one file away, and may be repeated", async (archive) => {
    await archive.put(KEY, Uint8Array.of(1));
    await archive.put(SEALED, Uint8Array.of(2));
    await archive.remove(KEY);
    await archive.remove(KEY);
    assert.equal(await archive.get(KEY), null);
    assert.deepEqual(await archive.list(), [SEALED]);
  });

  test("ids that lead elsewhere are refused", async (archive) => {
    for (const id of BAD_IDS) {
      for (const vault of ["pc", "recipients"] as const) {
        await assert.rejects(() => archive.put({ vault, id }, Uint8Array.of(1)), /Cannot use/, id);
        await assert.rejects(() => archive.get({ vault, id }), /Cannot use/, id);
        await assert.rejects(() => archive.remove({ vault, id }), /Cannot use/, id);
      }
    }
    assert.deepEqual(await archive.list(), []);
  });

  test("what is sealed to recipients must say so by its name", async (archive) => {
    const file = { vault: "recipients", id: "ANNA-LAPTOP/a.TXT" } as const;
    await assert.rejects(() => archive.put(file, Uint8Array.of(1)), /Cannot use/);
  });
}
