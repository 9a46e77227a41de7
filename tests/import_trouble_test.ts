import assert from "node:assert/strict";
import { systemFiles } from "../lib/effects/system_files.ts";
import { FORMS, idOf, keyOf } from "./helpers/key_texts.ts";
import { filesBelow, inFolder, program } from "./helpers/program.ts";
import { bundle } from "./tools/bundle.ts";

const FILE = FORMS["Windows' file"]?.(1) ?? "";

interface Answer {
  readonly code: number;
  /** Name of each file with something in it, and its keys. */
  readonly files: readonly (readonly [string, number])[];
  readonly troubles: readonly string[];
  readonly passedOver: readonly { readonly path: string; readonly reason: string }[];
}

/** What one JSON document says; there must be nothing else on stdout, and each trouble must be a line on stderr. */
function answerOf(folder: string, { code, stdout, stderr }: Awaited<ReturnType<typeof program>>): Answer {
  const { files, troubles, passedOver } = JSON.parse(stdout);
  assert.deepEqual(
    stderr.trimEnd().split("\n").filter((line) => line !== "").length,
    troubles.length,
    stderr,
  );
  const short = (path: string): string => path.replace(`${folder}/`, "");
  return {
    code,
    files: files.map((file: { path: string; keys: unknown[] }) => [short(file.path), file.keys.length]),
    troubles: troubles.map(short),
    passedOver: passedOver.map((one: { path: string; reason: string }) => ({
      ...one,
      path: short(one.path),
    })),
  };
}

async function imported(folder: string, words: readonly string[]): Promise<Answer> {
  return answerOf(folder, await program(["import", ...words.map((word) => `${folder}/${word}`), "--json"]));
}

Deno.test(
  "import follows links once, names those that lead nowhere, and goes on",
  () =>
    inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/in/a`, { recursive: true });
      await Deno.writeTextFile(`${folder}/in/a/key.txt`, FILE);
      await Deno.symlink("..", `${folder}/in/a/up`);
      await Deno.symlink("../a", `${folder}/in/a/again`);
      await Deno.symlink("self", `${folder}/in/self`);
      await Deno.symlink("gone", `${folder}/in/lost`);
      assert.deepEqual(await imported(folder, ["in", "in"]), {
        code: 3,
        files: [["in/a/key.txt", 1]],
        passedOver: [],
        troubles: [
          `Cannot look into "in/lost": it does not exist`,
          `Cannot look into "in/self": its links lead in a circle`,
        ],
      });
    }),
);

Deno.test("import takes neither pipes nor devices for files, and does not wait for them", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in`);
    const { success } = await new Deno.Command("mkfifo", { args: [`${folder}/in/pipe`] }).output();
    assert.ok(success);
    await Deno.symlink("/dev/zero", `${folder}/in/zero`);
    await Deno.writeTextFile(`${folder}/in/key.txt`, FILE);
    assert.deepEqual((await imported(folder, ["in"])).files, [["in/key.txt", 1]]);
    const { code, files, troubles } = await imported(folder, ["in/pipe", "in/zero", "in/key.txt"]);
    const why = "it is a pipe or a device, no file; what is piped to standard input is read by the name -";
    assert.deepEqual([code, files, troubles], [3, [["in/key.txt", 1]], [
      `Cannot read "in/pipe": ${why}`,
      `Cannot read "in/zero": ${why}`,
    ]]);
  }));

Deno.test("import reads empty files, a byte order mark alone and a folder with a file's name for what they are", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/list.txt`);
    await Deno.writeTextFile(`${folder}/list.txt/key.txt`, FILE);
    await Deno.writeTextFile(`${folder}/empty.txt`, "");
    for (
      const [name, mark] of [["8", [0xef, 0xbb, 0xbf]], ["16", [0xff, 0xfe]], ["16b", [0xfe, 0xff]]] as const
    ) {
      await Deno.writeFile(`${folder}/mark${name}.txt`, Uint8Array.from(mark));
    }
    const names = ["empty.txt", "mark8.txt", "mark16.txt", "mark16b.txt"];
    const { code, files, troubles } = await imported(folder, ["list.txt", ...names]);
    assert.deepEqual([code, troubles], [0, []]);
    assert.deepEqual(files, [["list.txt/key.txt", 1], ...names.map((name) => [name, 0] as const)]);
    assert.deepEqual((await imported(folder, [""])).files, [["list.txt/key.txt", 1]]);
  }));

Deno.test("import passes over pictures, archives and bombs under a text's name, and huge files, at once", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in`);
    const zip = Uint8Array.from({ length: 4096 }, (_, at) => [0x50, 0x4b, 3, 4][at] ?? at % 256);
    await Deno.writeFile(`${folder}/in/bomb.txt`, zip);
    await Deno.writeFile(
      `${folder}/in/noise.txt`,
      Uint8Array.from({ length: 4096 }, (_, at) => at * 7919 % 256),
    );
    await Deno.writeTextFile(`${folder}/in/key.txt`, FILE);
    using huge = await Deno.open(`${folder}/in/line.txt`, { write: true, create: true });
    await huge.truncate(10 * 1024 ** 3);
    assert.deepEqual(await imported(folder, ["in"]), {
      code: 3,
      files: [["in/key.txt", 1]],
      passedOver: [
        { path: "in/bomb.txt", reason: "it is no text" },
        { path: "in/noise.txt", reason: "it is no text" },
      ],
      troubles: [`Cannot read "in/line.txt": it is 10.0 GB long, at most 4 GB are read`],
    });
  }));

Deno.test("a trouble is one line without digits of keys, whatever a file is called", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in`);
    await Deno.writeTextFile(`${folder}/in/a\nb.txt`, FILE);
    await Deno.symlink("gone", `${folder}/in/two\nlines`);
    await Deno.symlink("gone", `${folder}/in/${keyOf(5)}`);
    // a name that is no UTF-8
    const script = `printf '${idOf(2)}: ${keyOf(2)}' > "$0/in/$(printf 'c\\377d.txt')"`;
    assert.ok((await new Deno.Command("sh", { args: ["-c", script, folder] }).output()).success);
    const ended = await program(["import", `${folder}/in`, "--json"]);
    assert.equal(ended.code, 3);
    assert.deepEqual(answerOf(folder, ended).files, [["in/a\nb.txt", 1]]);
    assert.equal(ended.stderr.trimEnd().split("\n").length, 3, ended.stderr);
    assert.match(ended.stderr, /two lines": it does not exist/);
    assert.doesNotMatch(ended.stderr, /\d{6}-\d{6}/);
    const { stdout } = await program(["import", `${folder}/in`]);
    assert.match(stdout, /^.*\/a b\.txt \(backup-txt\)$/m);
  }));

Deno.test("import names what it may not read, as a narrower run and as a user without rights", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in/closed`, { recursive: true });
    for (const name of ["a.txt", "closed/b.txt", "c.txt", "d.txt"]) {
      await Deno.writeTextFile(`${folder}/in/${name}`, FILE);
    }
    const narrow = await program(["import", `${folder}/in`, "--json"], {
      permissions: [`--allow-read=${folder}/in`, `--deny-read=${folder}/in/closed,${folder}/in/c.txt`],
    });
    const good = [["in/a.txt", 1], ["in/d.txt", 1]];
    const troublesOf = (why: string): readonly string[] => [
      `Cannot look into "in/closed": ${why}`,
      `Cannot read "in/c.txt": ${why}`,
    ];
    const first = answerOf(folder, narrow);
    assert.deepEqual([first.code, first.files], [3, good]);
    assert.deepEqual(first.troubles.toSorted(), troublesOf("this run was not permitted to use it"));

    // rights do not bind root: the bundle runs as nobody, with nothing of the developer's cache
    await bundle(`${folder}/app`);
    await Deno.mkdir(`${folder}/cache`);
    await Deno.chmod(`${folder}/cache`, 0o777);
    await Deno.chmod(folder, 0o755);
    await Deno.chmod(`${folder}/in/closed`, 0);
    await Deno.chmod(`${folder}/in/c.txt`, 0);
    const command = [
      Deno.execPath(),
      ...["run", "--no-prompt", "--no-config", "--no-npm", "--no-remote", "--allow-read"],
      ...[`${folder}/app/main.js`, "import", `${folder}/in`, "--json"],
    ];
    const asNobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    const [program_ = "", ...args] = Deno.uid() === 0 ? [...asNobody, ...command] : command;
    const { code, stdout, stderr } = await new Deno.Command(program_, {
      args,
      clearEnv: true,
      env: { DENO_DIR: `${folder}/cache`, PATH: Deno.env.get("PATH") ?? "", NO_COLOR: "1" },
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    const second = answerOf(folder, { code, stdout: out ?? "", stderr: err ?? "" });
    await Deno.chmod(`${folder}/in/closed`, 0o755);
    assert.deepEqual([second.code, second.files], [3, good]);
    assert.deepEqual(second.troubles.toSorted(), troublesOf("no rights"));
  }));

Deno.test("import --to into a folder that it reads does not read what it has just written", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.txt`, `${idOf(1)}: ${keyOf(1)}\n${idOf(2)}: ${keyOf(2)}\n`);
    const ended = await program(["import", folder, "--to", `${folder}/zz`, "--json"]);
    assert.equal(ended.code, 0, ended.stderr);
    const { files, written } = JSON.parse(ended.stdout);
    assert.deepEqual(files.map((file: { path: string }) => file.path), [`${folder}/a.txt`]);
    assert.equal(written.length, 2);
    assert.equal((await filesBelow(`${folder}/zz`)).size, 2);
  }));

Deno.test("of a file of any size, the first part stays as it is, and each other one until the part after the next", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.bin`;
    for (const size of [0, 1, 65_536, 65_537, 196_607, 196_608, 200_000, 330_000, 1_000_000]) {
      const bytes = Uint8Array.from({ length: size }, (_, at) => at * 7919 % 251);
      await Deno.writeFile(path, bytes);
      const parts: Uint8Array[] = [];
      let last: Uint8Array | null = null;
      for await (const part of (await systemFiles().open(path)).chunks()) {
        if (last !== null) parts.push(parts.length === 0 ? last : last.slice());
        last = part;
      }
      if (last !== null) parts.push(last);
      const read = new Uint8Array(await new Blob(parts.map((part) => part.slice())).arrayBuffer());
      assert.ok(read.length === size && read.every((byte, at) => byte === bytes[at]), `${size} bytes`);
    }
  }));

Deno.test("a file that grows while it is read is read to its end, and one that shrinks ends there", () =>
  inFolder(async (folder) => {
    const path = `${folder}/a.log`;
    const size = 200_000;
    await Deno.writeFile(path, new Uint8Array(size).fill(65));
    const read = async (change: () => Promise<void>): Promise<number> => {
      let [count, part] = [0, 0];
      for await (const bytes of (await systemFiles().open(path)).chunks()) {
        count += bytes.length;
        if (part++ === 0) await change();
      }
      return count;
    };
    assert.equal(
      await read(() => Deno.writeFile(path, new Uint8Array(100_000), { append: true })),
      size + 100_000,
    );
    assert.equal(await read(() => Deno.truncate(path, 70_000)), 70_000);
    await Deno.remove(path);
    await assert.rejects(() => read(() => Promise.resolve()), /a\.log": it does not exist/);
  }));
