/** Bad input gets one clear line and the right exit code, and loses nothing. The whole program, as a process. */

import assert from "node:assert/strict";
import { filesBelow, inFolder, program } from "./helpers/program.ts";
import { keyId, password, volume } from "./helpers/night_rig.ts";

const HOST = { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" };
const SNAPSHOT = {
  schema: 1,
  takenAt: "2026-11-24T03:00:12.345+01:00",
  host: HOST,
  volumes: [volume("C:", [1])],
};

function check(folder: string, ...more: readonly string[]): readonly string[] {
  return ["check", "--data", `${folder}/data`, "--json", ...more];
}

const SNAPSHOTS: readonly (readonly [what: string, stdin: string | Uint8Array, message: RegExp])[] = [
  ["no JSON", "WARNING: something else", /it is no JSON document/],
  ["nothing", "", /it is empty/],
  ["a list", "[]", /it is a list, must be an object/],
  ["a bare number", "7", /it is a bare value/],
  ["a later schema", JSON.stringify({ ...SNAPSHOT, schema: 2 }), /it is of schema 2, must be 1/],
  ["a document cut in half", JSON.stringify(SNAPSHOT).slice(0, 300), /breaks off or is damaged/],
  [
    "no machine ID",
    JSON.stringify({ ...SNAPSHOT, host: { name: "X" } }),
    /"host.machineId" is missing, must be a text/,
  ],
  ["no volumes", JSON.stringify({ ...SNAPSHOT, volumes: null }), /"volumes" is null/],
  [
    "a size as text",
    JSON.stringify({ ...SNAPSHOT, volumes: [volume("C:", [1], { sizeBytes: "much" })] }),
    /"volumes/,
  ],
  [
    "a time without offset",
    JSON.stringify({ ...SNAPSHOT, takenAt: "2026-11-24 03:00" }),
    /"takenAt" is a text, must be a time with offset/,
  ],
  ["bytes that are no text", Uint8Array.of(0x7b, 0xff, 0xfe, 0x80), /neither UTF-8 nor UTF-16/],
  [
    "50 MB",
    JSON.stringify({ ...SNAPSHOT, more: "x".repeat(50_000_000) }),
    /is \d+ bytes long, at most 16777216/,
  ],
];

for (const [what, stdin, message] of SNAPSHOTS) {
  Deno.test(`check: a snapshot that is ${what} ends with 11, one line, and writes nothing`, () =>
    inFolder(async (folder) => {
      const { code, stdout, stderr } = await program(check(folder), { stdin });
      assert.equal(code, 11, stderr);
      assert.match(stderr, message);
      assert.equal(stderr.trim().split("\n").length, 1, stderr);
      const { error } = JSON.parse(stdout);
      assert.deepEqual([error.code, error.exit], ["snapshot", 11]);
      assert.deepEqual([...(await filesBelow(folder)).keys()], []);
      assert.ok(!(stdout + stderr).includes(password(1)));
    }));
}

Deno.test("check: unknown fields are left out, null and absent mean the same", () =>
  inFolder(async (folder) => {
    const stdin = JSON.stringify({
      ...SNAPSHOT,
      events: null,
      later: { a: [1] },
      host: { ...HOST, colour: "red" },
    });
    const { code, stdout } = await program(check(folder), { stdin });
    assert.equal(code, 0);
    assert.equal(JSON.parse(stdout).host, "ANNA-LAPTOP");
  }));

Deno.test("check: a snapshot as Windows PowerShell redirects it, UTF-16 with byte order mark, is read", () =>
  inFolder(async (folder) => {
    const text = `\ufeff${JSON.stringify(SNAPSHOT)}\r\n`;
    const stdin = new Uint8Array(new Uint16Array([...text].map((one) => one.charCodeAt(0))).buffer);
    assert.equal((await program(check(folder), { stdin })).code, 0);
  }));

const SETTINGS: readonly (readonly [what: string, text: string, message: RegExp])[] = [
  ["an unknown name", '{"destinatons": []}', /"destinatons" is no setting\. Did you mean "destinations"\?/],
  [
    "a wrong value",
    '{"smtp": {"host": "h", "port": "abc", "from": "a@b"}}',
    /"smtp.port" is "abc", must be a number/,
  ],
  [
    "an unknown kind",
    '{"destinations": [{"name": "a", "kind": "fodler"}]}',
    /"destinations\[0\].kind" is "fodler", must be "folder"/,
  ],
  ["no JSON", "destinations: none", /it is no JSON document/],
  [
    "a share in place of a folder",
    '{"destinations": [{"name": "a", "kind": "folder", "path": "\\\\\\\\srv\\\\x"}]}',
    /use kind "share"/,
  ],
];

for (const [what, text, message] of SETTINGS) {
  Deno.test(`check: settings with ${what} end with 10 and one line`, () =>
    inFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/settings.json`, text);
      const { code, stderr } = await program(check(folder, "--config", `${folder}/settings.json`), {
        stdin: JSON.stringify(SNAPSHOT),
      });
      assert.equal(code, 10, stderr);
      assert.match(stderr, message);
      assert.deepEqual([...(await filesBelow(folder)).keys()], ["settings.json"]);
    }));
}

Deno.test("check: a file or folder that is not there is named with the right code", () =>
  inFolder(async (folder) => {
    const missing = await program(check(folder, "--snapshot", `${folder}/none.json`));
    assert.equal(missing.code, 11, missing.stderr);
    assert.match(missing.stderr, /none\.json/);
    const settings = await program(check(folder, "--config", `${folder}/none.json`), {
      stdin: JSON.stringify(SNAPSHOT),
    });
    assert.equal(settings.code, 10, settings.stderr);
    await Deno.writeTextFile(`${folder}/data`, "a file");
    const data = await program(check(folder), { stdin: JSON.stringify(SNAPSHOT) });
    assert.equal(data.code, 12, data.stderr);
    assert.match(data.stderr, /Cannot use data folder/);
    assert.equal(await Deno.readTextFile(`${folder}/data`), "a file");
  }));

Deno.test("check: a ledger that is no database is set aside, all is delivered, and it says so", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data`);
    await Deno.mkdir(`${folder}/keys`);
    await Deno.writeTextFile(`${folder}/data/ledger.db`, "this is no database, and somebody wants it back");
    await Deno.writeTextFile(
      `${folder}/settings.json`,
      JSON.stringify({
        destinations: [{ name: "keys", kind: "folder", path: `${folder}/keys`, synced: true }],
      }),
    );
    const { code, stdout } = await program(check(folder, "--config", `${folder}/settings.json`), {
      stdin: JSON.stringify(SNAPSHOT),
    });
    assert.equal(code, 3);
    assert.ok(
      JSON.parse(stdout).findings.some((one: { code: string }) => one.code === "ledger-replaced"),
      stdout,
    );
    const files = await filesBelow(folder);
    const aside = [...files].filter(([path]) => /^data\/ledger\.damaged/.test(path));
    assert.equal(aside.length, 1);
    assert.match(new TextDecoder().decode(aside[0]?.[1]), /no database/);
    assert.ok([...files.keys()].some((path) => path.includes(keyId(1)) && path.startsWith("keys/")));
  }));

Deno.test("check: a full disk under the data folder ends with 12 and loses nothing that was there", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data`);
    await run("mount", "-t", "tmpfs", "-o", "size=136k", "tmpfs", `${folder}/data`);
    try {
      assert.equal((await program(check(folder), { stdin: JSON.stringify(SNAPSHOT) })).code, 0);
      const before = await filesBelow(`${folder}/data`);
      await Deno.writeFile(`${folder}/data/filler`, new Uint8Array(20_000));
      await fill(`${folder}/data/filler`);
      const stdin = JSON.stringify({ ...SNAPSHOT, volumes: [volume("C:", [1, 2])] });
      const { code, stderr } = await program(check(folder), { stdin });
      assert.equal(code, 12, stderr);
      assert.match(stderr, /full|space/i);
      await Deno.remove(`${folder}/data/filler`);
      const after = await filesBelow(`${folder}/data`);
      for (const [path, bytes] of before) {
        if (path.startsWith("archive/")) assert.deepEqual(after.get(path), bytes, path);
      }
      const next = await program(check(folder), { stdin });
      assert.equal(next.code, 0, next.stderr);
      assert.deepEqual(JSON.parse(next.stdout).changes.map((one: { kind: string }) => one.kind), [
        "key-added",
      ]);
    } finally {
      await run("umount", `${folder}/data`);
    }
  }));

Deno.test("check: two runs at once wait for each other", () =>
  inFolder(async (folder) => {
    const stdin = JSON.stringify(SNAPSHOT);
    const both = await Promise.all([program(check(folder), { stdin }), program(check(folder), { stdin })]);
    assert.deepEqual(both.map((one) => one.code), [0, 0], both.map((one) => one.stderr).join());
    const changes = both.map((one) => JSON.parse(one.stdout).changes.length).sort();
    assert.deepEqual(changes, [0, 2]);
  }));

Deno.test("check --dry-run says what it would do and writes nothing at all", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/keys`);
    await Deno.writeTextFile(
      `${folder}/settings.json`,
      JSON.stringify({ destinations: [{ name: "keys", kind: "folder", path: `${folder}/keys` }] }),
    );
    const words = check(folder, "--config", `${folder}/settings.json`, "--dry-run");
    const { code, stdout, stderr } = await program(words, { stdin: JSON.stringify(SNAPSHOT) });
    assert.equal(code, 0, stderr);
    assert.equal(JSON.parse(stdout).dryRun, true);
    assert.equal(JSON.parse(stdout).changes.length, 2);
    assert.match(stderr, /Would .*58|Would /);
    assert.ok(stderr.includes(keyId(1)), stderr);
    assert.deepEqual([...(await filesBelow(folder)).keys()], ["settings.json"]);
    assert.deepEqual((await Array.fromAsync(Deno.readDir(folder))).map((one) => one.name).sort(), [
      "keys",
      "settings.json",
    ]);
  }));

Deno.test("--version names program, Deno and ledger, as text and as JSON", async () => {
  const text = await program(["--version"]);
  assert.match(text.stdout, /^spare-key \d+\.\d+\.\d+\ndeno \d+\.\d+\.\d+\nledger \d+\n$/);
  const { stdout, code } = await program(["check", "--version", "--json"]);
  assert.deepEqual([code, Object.keys(JSON.parse(stdout))], [0, ["schema", "program", "deno", "ledger"]]);
});

Deno.test("a wrong command line ends with 2 and says what is right", () =>
  inFolder(async () => {
    for (
      const [words, message] of [
        [["chekc"], /there is no such task/],
        [["check", "--snapshto", "x"], /--snapshto/],
        [["find", "58E9DFAD"], /--in/],
        [["history", "--drive", "CD"], /must be a letter/],
        [["print", "--format", "pdf"], /html, txt, csv, json/],
        [[], null],
      ] as const
    ) {
      const { code, stderr } = await program(words);
      assert.equal(code, 2, words.join(" "));
      if (message !== null) assert.match(stderr, message);
    }
  }));

async function run(command: string, ...args: readonly string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args: [...args], stderr: "piped" }).output();
  if (!success) throw new Error(`${command} failed: ${new TextDecoder().decode(stderr)}`);
}

/** Grows a file until the disk is full. */
async function fill(path: string): Promise<void> {
  using file = await Deno.open(path, { append: true });
  try {
    while (true) await file.write(new Uint8Array(1024));
  } catch (error) {
    if (!String(error).includes("No space")) throw error;
  }
}

Deno.test("check: a data folder that may not be written is told with 12, and is no bug", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/data`);
    const { code, stderr } = await program(check(folder), {
      stdin: JSON.stringify(SNAPSHOT),
      permissions: [`--allow-read=${folder}`, "--allow-net"],
    });
    assert.equal(code, 12, stderr);
    assert.match(
      stderr,
      /^Cannot open the lock file ".*": [^\n]*\. Name a data folder that this account may write/m,
    );
  }));
