/** What every destination does, real, carried or in memory. Called once for each kind. */

import assert from "node:assert/strict";
import { type Destination, NameTakenError, type PutOutcome } from "../../lib/ports.ts";

/** One destination, and how to put it away. */
export interface OpenDestination extends AsyncDisposable {
  /** The destination, empty. */
  readonly destination: Destination;
}

/** What a kind of destination can do. */
export interface DestinationKind {
  /** What `put` answers for a new file. */
  readonly outcome: PutOutcome;
  /** Whether what was put can be listed and hashed at once. */
  readonly readsBack: boolean;
}

const HOST = "ANNA-LAPTOP";
const NAME = "2026-11-24 C BitLocker Recovery Key 58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5.TXT";
/** SHA-256 of the three bytes 1, 2, 3, by `sha256sum`. */
const HASH_OF_123 = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
const ONE_TWO_THREE = Uint8Array.of(1, 2, 3);

const BAD_NAMES: readonly string[] = [
  "",
  ".",
  "..",
  "a/b",
  "a\\b",
  "../x",
  "C:x",
  "a\u0000b",
  "line\nfeed",
  "a*",
  "a?",
  "nul",
  "COM1.txt",
  "Lpt9",
  "con .x",
  "ends with a dot.",
  "ends with a blank ",
  ".spare-key-0.tmp",
];

/**
 * Registers the tests of one kind.
 *
 * @param kind Its name, for the names of the tests.
 * @param open Opens an empty one.
 * @param able What it can do.
 */
export function destinationContract(
  kind: string,
  open: () => Promise<OpenDestination>,
  able: DestinationKind = { outcome: "delivered", readsBack: true },
): void {
  const test = (name: string, run: (destination: Destination) => Promise<void>): void => {
    Deno.test(`${kind} destination: ${name}`, async () => {
      await using opened = await open();
      await run(opened.destination);
    });
  };

  test("put() takes a file, and the same bytes again", async (destination) => {
    assert.equal(await destination.put(HOST, NAME, ONE_TWO_THREE), able.outcome);
    assert.equal(await destination.put(HOST, NAME, ONE_TWO_THREE), able.outcome);
  });

  test("put() refuses a name taken by other bytes, of other or the same length", async (destination) => {
    await destination.put(HOST, NAME, ONE_TWO_THREE);
    for (const other of [Uint8Array.of(1, 2, 4), Uint8Array.of(1), new Uint8Array()]) {
      await assert.rejects(() => destination.put(HOST, NAME, other), NameTakenError);
    }
    assert.equal(await destination.put(HOST, NAME, ONE_TWO_THREE), able.outcome);
  });

  test("put() takes an empty file and one of megabytes", async (destination) => {
    assert.equal(await destination.put(HOST, "empty.TXT", new Uint8Array()), able.outcome);
    assert.equal(await destination.put(HOST, "large.TXT", new Uint8Array(3_000_001).fill(7)), able.outcome);
  });

  test("names that lead elsewhere or that Windows cannot keep are refused", async (destination) => {
    for (const bad of BAD_NAMES) {
      await assert.rejects(() => destination.put(HOST, bad, ONE_TWO_THREE), /Cannot use the name/, bad);
      await assert.rejects(() => destination.put(bad, NAME, ONE_TWO_THREE), /Cannot use the name/, bad);
      await assert.rejects(() => destination.putStatus(bad, ONE_TWO_THREE), /Cannot use the name/, bad);
      await assert.rejects(() => destination.sha256(bad, NAME), /Cannot use the name/, bad);
      await assert.rejects(() => destination.sha256(HOST, bad), /Cannot use the name/, bad);
      await assert.rejects(() => destination.list([bad]), /Cannot use the name/, bad);
    }
    for (const status of ["status.json", "Status.JSON"]) {
      await assert.rejects(() => destination.put(HOST, status, ONE_TWO_THREE), /Cannot use the name/);
    }
  });

  test("list() leaves out folders that do not exist", async (destination) => {
    assert.deepEqual((await destination.list([HOST, "TOM-PC"])).folders, []);
    assert.deepEqual((await destination.list([])).folders, []);
  });

  test("sha256() throws for a file that is not there", async (destination) => {
    await assert.rejects(() => destination.sha256(HOST, NAME), /Cannot read .* does not exist/);
  });

  test("putStatus() replaces what was there", async (destination) => {
    await destination.putStatus(HOST, new TextEncoder().encode('{"run":1}'));
    await destination.putStatus(HOST, new TextEncoder().encode('{"run":22}'));
    if (!able.readsBack) return;
    assert.deepEqual((await destination.list([HOST])).folders, [{
      name: HOST,
      status: { run: 22 },
      files: [],
    }]);
  });

  if (!able.readsBack) return;

  test("list() shows the named folders with files sorted and the status apart", async (destination) => {
    await destination.put(HOST, "b.TXT", ONE_TWO_THREE);
    await destination.put(HOST, "a.TXT", Uint8Array.of(9));
    await destination.put("TOM-PC", "c.TXT", Uint8Array.of(9));
    await destination.putStatus(HOST, new TextEncoder().encode('{"schema":1}'));
    assert.deepEqual((await destination.list(["TOM-PC", HOST])).folders, [
      { name: "TOM-PC", status: null, files: [{ name: "c.TXT", size: 1, sha256: null, cloud: false }] },
      {
        name: HOST,
        status: { schema: 1 },
        files: [
          { name: "a.TXT", size: 1, sha256: null, cloud: false },
          { name: "b.TXT", size: 3, sha256: null, cloud: false },
        ],
      },
    ]);
    assert.deepEqual((await destination.list(["TOM-PC"])).folders.map(({ name }) => name), ["TOM-PC"]);
  });

  test("list() gives the same place each time", async (destination) => {
    const { place } = await destination.list([]);
    assert.equal(typeof place, "string");
    assert.equal((await destination.list([HOST])).place, place);
  });

  test("a status that is no JSON is null", async (destination) => {
    await destination.putStatus(HOST, new TextEncoder().encode("{"));
    assert.deepEqual((await destination.list([HOST])).folders, [{ name: HOST, status: null, files: [] }]);
  });

  test("sha256() gives the hash of a file there", async (destination) => {
    await destination.put(HOST, NAME, ONE_TWO_THREE);
    assert.equal(await destination.sha256(HOST, NAME), HASH_OF_123);
  });
}
