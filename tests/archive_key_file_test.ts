import assert from "node:assert/strict";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { UserError } from "../lib/errors.ts";
import { archiveKey, newArchiveKey } from "../lib/effects/archive_key_file.ts";

const anna = await generateX25519Identity();
const tom = await generateX25519Identity();

async function withFolder(act: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "spare-key-" });
  try {
    await act(join(folder, "archive.key"), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
}

/** A message that says what is wrong, with a hint, and without the key. */
function settingsError(message: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.code, "settings");
    assert.match(error.message, message);
    assert.doesNotMatch(`${error.message}${error.hint}${error.cause}`, /AGE-SECRET-KEY-1[A-Z0-9]/i);
    return true;
  };
}

Deno.test("identity() takes the secret and touches no file", () =>
  withFolder(async (path, folder) => {
    assert.equal(await archiveKey({ secret: ` ${anna}\r\n`, path }).identity(), anna);
    assert.deepEqual(await names(folder), []);
  }));

Deno.test("identity() prefers the secret to the file", () =>
  withFolder(async (path) => {
    await Deno.writeTextFile(path, tom, { mode: 0o600 });
    assert.equal(await archiveKey({ secret: anna, path }).identity(), anna);
  }));

Deno.test("identity() makes a key once and keeps it for its owner alone", () =>
  withFolder(async (path, folder) => {
    const key = archiveKey({ secret: null, path });
    const identity = await key.identity();
    assert.match(identity, /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
    assert.deepEqual(await names(folder), ["archive.key"]);
    const text = await Deno.readTextFile(path);
    assert.ok(text.includes(`# public key: ${await identityToRecipient(identity)}\n`));
    if (Deno.build.os !== "windows") assert.equal(((await Deno.stat(path)).mode ?? 0) & 0o777, 0o600);
    assert.equal(await key.identity(), identity);
    assert.equal(await archiveKey({ secret: null, path }).identity(), identity);
    assert.equal(await Deno.readTextFile(path), text);
  }));

Deno.test("identity() gives the same key to calls at the same time", () =>
  withFolder(async (path, folder) => {
    const keys = [archiveKey({ secret: null, path }), archiveKey({ secret: null, path })];
    const found = await Promise.all([...keys, ...keys].map((key) => key.identity()));
    assert.equal(new Set(found).size, 1);
    assert.deepEqual(await names(folder), ["archive.key"]);
  }));

Deno.test("identity() reads the file once and remembers it", () =>
  withFolder(async (path) => {
    await Deno.writeTextFile(path, anna, { mode: 0o600 });
    const key = archiveKey({ secret: null, path });
    assert.equal(await key.identity(), anna);
    await Deno.remove(path);
    assert.equal(await key.identity(), anna);
  }));

const GOOD: ReadonlyArray<readonly [form: string, text: string]> = [
  ["the key alone", anna],
  ["comments and blank lines", `# created: 2026-11-24\n# public key: age1…\n\n${anna}\n`],
  ["what Windows' editor leaves", `\ufeff# mine\r\n${anna}\r\n`],
];

for (const [form, text] of GOOD) {
  Deno.test(`identity() reads a file of ${form}`, () =>
    withFolder(async (path) => {
      await Deno.writeTextFile(path, text, { mode: 0o600 });
      assert.equal(await archiveKey({ secret: null, path }).identity(), anna);
    }));
}

const altered = anna.slice(0, -1) + (anna.endsWith("Q") ? "P" : "Q");
const BROKEN: ReadonlyArray<readonly [how: string, text: string, reason: RegExp]> = [
  ["empty", "", /it holds no key$/],
  ["comments alone", "# public key: age1…\n", /it holds no key$/],
  ["other text", "hello", /it does not start with "AGE-SECRET-KEY-1"$/],
  ["an altered key", altered, /its checksum is wrong: a character is missing or altered$/],
  ["a cut key", anna.slice(0, 40), /its checksum is wrong: a character is missing or altered$/],
];

for (const [how, text, reason] of BROKEN) {
  Deno.test(`identity() refuses ${how} as secret and as file, and replaces nothing`, () =>
    withFolder(async (path, folder) => {
      const ofSecret = settingsError(new RegExp(`^Cannot use the secret "archiveKey": ${reason.source}`));
      await assert.rejects(archiveKey({ secret: text, path }).identity(), ofSecret);
      await Deno.writeTextFile(path, text, { mode: 0o600 });
      const ofFile = settingsError(
        new RegExp(`^Cannot use the archive key ".*archive\\.key": ${reason.source}`),
      );
      await assert.rejects(archiveKey({ secret: null, path }).identity(), ofFile);
      assert.equal(await Deno.readTextFile(path), text);
      assert.deepEqual(await names(folder), ["archive.key"]);
    }));
}

Deno.test("identity() refuses two keys in a file, which only Spare Key itself writes", () =>
  withFolder(async (path) => {
    await Deno.writeTextFile(path, `${anna}\n${tom}\n`, { mode: 0o600 });
    const reason = /^Cannot use the archive key .*: it holds more than one line that is no comment$/;
    await assert.rejects(archiveKey({ secret: null, path }).identity(), settingsError(reason));
  }));

Deno.test("the secret's first key is the one in use, those below it still open what they sealed", () =>
  withFolder(async (path) => {
    const inFile = await archiveKey({ secret: null, path }).identity();
    const secret = `\ufeff# stored 2026-11-24\r\n${anna}\r\n\r\n${tom}\r\n${altered}\r\n`;
    const key = archiveKey({ secret, path });
    assert.equal(await key.identity(), anna);
    assert.deepEqual(await key.others(), [tom, inFile]);
  }));

Deno.test("identity() does not take an earlier key for the one in use when that is broken", () =>
  withFolder(async (path) => {
    await assert.rejects(
      archiveKey({ secret: `${altered}\n${tom}`, path }).identity(),
      settingsError(/^Cannot use the secret "archiveKey": its checksum is wrong/),
    );
  }));

Deno.test("newArchiveKey() makes another key each time", async () => {
  const keys = [await newArchiveKey(), await newArchiveKey()];
  for (const key of keys) assert.match(key, /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
  assert.notEqual(keys[0], keys[1]);
});

// on Windows the rights of the data folder keep others out; files have no mode there
if (Deno.build.os !== "windows") {
  Deno.test("identity() refuses a file that others may read", () =>
    withFolder(async (path) => {
      await Deno.writeTextFile(path, anna);
      for (const mode of [0o640, 0o604, 0o660, 0o644]) {
        await Deno.chmod(path, mode);
        await assert.rejects(archiveKey({ secret: null, path }).identity(), (error) => {
          settingsError(/: others than its owner may read it$/)(error);
          assert.ok(error instanceof UserError && error.hint === `Run: chmod 600 "${path}"`);
          return true;
        });
      }
      await Deno.chmod(path, 0o400);
      assert.equal(await archiveKey({ secret: null, path }).identity(), anna);
    }));
}

Deno.test("identity() says when it can neither read nor make the file", () =>
  withFolder(async (path, folder) => {
    const nowhere = join(folder, "missing", "archive.key");
    await assert.rejects(
      archiveKey({ secret: null, path: nowhere }).identity(),
      settingsError(/^Cannot make the archive key ".*archive\.key": it does not exist$/),
    );
    await Deno.mkdir(path);
    await assert.rejects(
      archiveKey({ secret: null, path }).identity(),
      settingsError(/^Cannot (read|use) the archive key /),
    );
  }));

Deno.test("archiveKey() knows the file's key beside the secret, for what was sealed without it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/archive.key`;
    const inFile = await archiveKey({ secret: null, path }).identity();
    assert.deepEqual(await archiveKey({ secret: null, path }).others(), []);
    const { generateX25519Identity } = await import("age-encryption");
    const key = archiveKey({ secret: await generateX25519Identity(), path });
    assert.notEqual(await key.identity(), inFile);
    assert.deepEqual(await key.others(), [inFile]);
    await Deno.writeTextFile(path, "broken");
    assert.deepEqual(await key.others(), []);
    await Deno.remove(path);
    assert.deepEqual(await key.others(), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
