import assert from "node:assert/strict";
import { ageSealer } from "../lib/effects/age_sealer.ts";
import { FORMS, idOf, keyOf } from "./helpers/key_texts.ts";
import { filesBelow, inFolder, program } from "./helpers/program.ts";

interface Answer {
  readonly files: readonly {
    readonly path: string;
    readonly kind: string;
    readonly encoding: string;
    readonly sealed: boolean;
    readonly keys: readonly Readonly<Record<string, unknown>>[];
    readonly refused: readonly unknown[];
  }[];
  readonly passedOver: readonly { readonly path: string; readonly reason: string }[];
  readonly troubles: readonly string[];
  readonly written?: readonly string[];
}

const wide = (text: string): Uint8Array =>
  Uint8Array.from(["\ufeff", ...text].flatMap((one) => [one.charCodeAt(0) & 0xff, one.charCodeAt(0) >> 8]));

const KEY = { keyId: idOf(1), recoveryPassword: keyOf(1), drive: null, valid: true };
const FILE = FORMS["Windows' file"]?.(1) ?? "";

async function imported(
  words: readonly string[],
  options: Parameters<typeof program>[1] = {},
): Promise<readonly [number, Answer, string]> {
  const { code, stdout, stderr } = await program(["import", ...words, "--json"], options);
  return [code, JSON.parse(stdout), stderr];
}

Deno.test("import reads a UTF-16 file, a folder and standard input", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in/deep`, { recursive: true });
    await Deno.writeFile(`${folder}/in/a.TXT`, wide(FILE));
    await Deno.writeTextFile(
      `${folder}/in/deep/b.csv`,
      `PC,Key ID,Recovery key\nTOM,${idOf(2)},${keyOf(2)}\n`,
    );
    await Deno.writeTextFile(`${folder}/in/story.txt`, "Once upon a time\n");
    await Deno.writeFile(`${folder}/in/picture.png`, Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10));
    await Deno.symlink(`${folder}/in`, `${folder}/in/deep/up`);

    const [one, { files: [file] }] = await imported([`${folder}/in/a.TXT`]);
    assert.equal(one, 0);
    assert.deepEqual([file?.kind, file?.encoding, file?.sealed, file?.keys], [
      "backup-txt",
      "utf-16le",
      false,
      [KEY],
    ]);

    const [all, { files, passedOver, troubles }] = await imported([`${folder}/in`]);
    assert.deepEqual([all, troubles], [0, []]);
    assert.deepEqual(files.map(({ path, keys }) => [path, keys[0]?.["keyId"]]), [
      [`${folder}/in/a.TXT`, idOf(1)],
      [`${folder}/in/deep/b.csv`, idOf(2)],
    ]);
    assert.deepEqual(passedOver, [{ path: `${folder}/in/picture.png`, reason: "it is no text" }]);
    const fields = ["path", "encoding", "sealed", "kind", "keys", "details"];
    assert.deepEqual(
      files.map(Object.keys),
      files.map(() => [
        ...fields,
        ...["otherProtectors", "volumes", "refused", "columns"],
      ]),
    );

    const [piped, { files: [input] }] = await imported(["-"], { stdin: wide(FILE) });
    assert.deepEqual([piped, input?.path, input?.keys], [0, "-", [KEY]]);
  }));

Deno.test("import says of bad input what is wrong, goes on with the rest and ends with 3", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/good.txt`, FILE);
    await Deno.writeFile(`${folder}/bomb.txt`, Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0));
    using huge = await Deno.open(`${folder}/huge.log`, { write: true, create: true });
    await huge.truncate(10 * 1024 ** 3);
    const words = ["missing.txt", "bomb.txt", "huge.log", "good.txt"].map((name) => `${folder}/${name}`);
    const [code, { files, troubles }, stderr] = await imported(words);
    assert.equal(code, 3);
    assert.deepEqual(files.map(({ keys }) => keys), [[KEY]]);
    assert.deepEqual(troubles, [
      `Cannot read "${folder}/missing.txt": it does not exist`,
      `Cannot read "${folder}/bomb.txt": it is no text`,
      `Cannot read "${folder}/huge.log": it is 10.0 GB long, at most 4 GB are read`,
    ]);
    assert.equal(stderr.trimEnd(), troubles.join("\n"));
    assert.equal((await program(["import"])).code, 2);
  }));

Deno.test("import names a link that leads nowhere and a folder without rights", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/good.txt`, FILE);
    await Deno.symlink(`${folder}/nowhere`, `${folder}/link.txt`);
    const [code, { files, troubles }] = await imported([folder]);
    assert.equal(code, 3);
    assert.equal(files.length, 1);
    assert.match(troubles[0] ?? "", /^Cannot look into ".*link\.txt": it does not exist$/);
    const closed = await program(["import", folder, "--json"], {
      permissions: [`--allow-read=${folder}/good.txt`],
    });
    assert.equal(closed.code, 3, closed.stderr);
  }));

Deno.test("import refuses a key with its group, without a digit of it in talk", () =>
  inFolder(async (folder) => {
    const wrong = keyOf(1).replace(/\d$/, (one) => String((Number(one) + 1) % 10));
    await Deno.writeTextFile(`${folder}/a.txt`, `Key ID: ${idOf(1)}\nRecovery key: ${wrong}\n`);
    const [code, { files: [file] }, stderr] = await imported([`${folder}/a.txt`]);
    assert.deepEqual([code, file?.refused], [0, [{
      line: 2,
      group: 8,
      reason: "group 8 is not divisible by 11: a digit is wrong",
    }]]);
    assert.deepEqual(file?.keys, [{ keyId: idOf(1), recoveryPassword: null, drive: null, valid: null }]);
    assert.doesNotMatch(stderr, /\d{6}/);
    const { stdout } = await program(["import", `${folder}/a.txt`]);
    assert.match(stdout, /Refused {7}line 2: group 8 is not divisible by 11/);
    assert.ok(!stdout.includes(wrong));
  }));

Deno.test("import --to files keys as reports that name their source, once each, and that find finds", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/in`);
    await Deno.writeTextFile(
      `${folder}/in/a.csv`,
      `PC,Drive,Key ID,Recovery key\nTOM,C:,${idOf(2)},${keyOf(2)}\n`,
    );
    await Deno.writeTextFile(
      `${folder}/in/b.csv`,
      `PC,Drive,Key ID,Recovery key\nTOM,C:,${idOf(2)},${keyOf(2)}\n`,
    );
    await Deno.writeTextFile(`${folder}/in/c.txt`, `Mum: ${keyOf(3)}\n`);
    const [code, { written = [] }, stderr] = await imported([`${folder}/in`, "--to", `${folder}/out`]);
    assert.equal(code, 0, stderr);
    const names = [...(await filesBelow(`${folder}/out`)).keys()].sort();
    assert.equal(written.length, 2);
    assert.match(
      names[0] ?? "",
      new RegExp(`^TOM/\\d{4}-\\d\\d-\\d\\d C BitLocker Recovery Key ${idOf(2)}\\.TXT$`),
    );
    assert.match(names[1] ?? "", /^unknown PC\/\d{4}-\d\d-\d\d no letter BitLocker Recovery Key .*\.TXT$/);
    const text = new TextDecoder("utf-16le").decode(await Deno.readFile(`${folder}/out/${names[0]}`));
    assert.ok(text.includes(`Imported from: ${folder}/in/a.csv`) && text.includes("PC: TOM"));
    const found = await program(["find", idOf(2).slice(0, 8), "--in", `${folder}/out`, "--json"]);
    assert.equal(JSON.parse(found.stdout).matches[0].recoveryPassword, keyOf(2));
    // and again: reports are read back as what they are
    const [, { files }] = await imported([`${folder}/out`]);
    assert.deepEqual(files[0]?.keys, [{
      keyId: idOf(2),
      recoveryPassword: keyOf(2),
      drive: "C:",
      valid: true,
    }]);
  }));

Deno.test("import opens sealed files with an identity or a passphrase, and says when nothing opens them", () =>
  inFolder(async (folder) => {
    const { Encrypter, generateX25519Identity } = await import("age-encryption");
    const [mine, other] = [await generateX25519Identity(), await generateX25519Identity()];
    const sealer = ageSealer();
    const sealed = await sealer.seal(wide(FILE), [await sealer.recipientOf(mine)]);
    await Deno.writeFile(`${folder}/a.TXT.age`, sealed);
    const encrypter = new Encrypter();
    // the real work factor takes seconds
    encrypter.setScryptWorkFactor(10);
    encrypter.setPassphrase("correct horse");
    await Deno.writeFile(`${folder}/b.TXT.age`, await encrypter.encrypt(wide(FILE)));
    await Deno.writeTextFile(`${folder}/mine.txt`, `# my key\n${mine}\n`);
    await Deno.writeTextFile(`${folder}/other.txt`, `${other}\n`);
    await Deno.writeTextFile(`${folder}/words.txt`, "correct horse\n");
    const [a, b] = [`${folder}/a.TXT.age`, `${folder}/b.TXT.age`];

    const [code, { files: [file] }] = await imported([a, "--identity", `${folder}/mine.txt`]);
    assert.deepEqual([code, file?.sealed, file?.keys], [0, true, [KEY]]);
    const [spoken, { files: [word] }] = await imported([b, "--passphrase-file", `${folder}/words.txt`]);
    assert.deepEqual([spoken, word?.sealed, word?.keys], [0, true, [KEY]]);
    for (
      const [words, trouble] of [
        [[a], /it is sealed; give the key by --identity FILE/],
        [[a, "--identity", `${folder}/other.txt`], /the key does not fit, or the file was altered/],
      ] as const
    ) {
      const [failed, { files, troubles }, stderr] = await imported(words);
      assert.deepEqual([failed, files], [3, []]);
      assert.match(troubles[0] ?? "", trouble);
      assert.doesNotMatch(stderr, /AGE-SECRET-KEY/);
    }
    const wrong = await program(["import", a, "--identity", `${folder}/words.txt`]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.stderr, /holds no age identity/);
    assert.doesNotMatch(wrong.stderr, /\[secret key\]/, "the hint is whole");
  }));

Deno.test("import reads a file larger than its parts, in any encoding, and misses none of its keys", () =>
  inFolder(async (folder) => {
    const noise = "A line of a log that has nothing to do with keys, 2024-01-02 03:04:05\n".repeat(5000);
    for (
      const [name, form] of [["note", FORMS["note"]], ["Windows' file", FORMS["Windows' file"]]] as const
    ) {
      const text = Array.from({ length: 8 }, (_, at) => noise + (form?.(at + 1) ?? "")).join("");
      for (const bytes of [new TextEncoder().encode(text), wide(text)]) {
        await Deno.writeFile(`${folder}/large.log`, bytes);
        const [code, { files: [file] }] = await imported([`${folder}/large.log`]);
        assert.equal(code, 0);
        assert.deepEqual(
          file?.keys.map((key) => [key["keyId"], key["recoveryPassword"]]),
          Array.from({ length: 8 }, (_, at) => [idOf(at + 1), keyOf(at + 1)]),
          name,
        );
      }
    }
  }));
