import assert from "node:assert/strict";
import { isUnreadDocument } from "../lib/core/find/unread_document.ts";
import { sayPath } from "../lib/core/find/say_path.ts";
import { newArchiveKey } from "../lib/effects/archive_key_file.ts";
import { ageSealer } from "../lib/effects/age_sealer.ts";
import { ask, found, plant, reports, windowsFile } from "./helpers/find_rig.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { keyId } from "./helpers/night_rig.ts";
import { inFolder } from "./helpers/program.ts";

Deno.test("find says which pictures and PDF files it could not look into, and only where it found nothing", () =>
  inFolder(async (folder) => {
    await reports(folder);
    await plant(folder, {
      "scan.PDF": "%PDF-1.4",
      "phone/IMG_1.jpg": Uint8Array.of(0xff, 0xd8, 0xff),
      "phone/song.mp3": Uint8Array.of(1, 2, 3),
      "setup.exe": Uint8Array.of(0x4d, 0x5a),
    });
    const none = await ask("FFFFFFFF", "--in", folder);
    assert.equal(none.exit, "none");
    assert.equal(
      none.stdout,
      [
        'No recovery key found for "FFFFFFFF".',
        "2 files were not read: pictures, PDF, documents and archives cannot be. Look into them yourself:",
        `  ${folder}/phone/IMG_1.jpg`,
        `  ${folder}/scan.PDF`,
        "",
      ].join("\n"),
    );
    assert.deepEqual((await found("FFFFFFFF", "--in", folder)).passedOver, [
      `${folder}/phone/IMG_1.jpg`,
      `${folder}/scan.PDF`,
    ]);
    const named = (await ask("Scan", "--in", folder)).stdout.split("\n");
    assert.equal(named[2], `  ${folder}/scan.PDF`, "what is called so comes first");
    const quiet = await ask(keyId(2).slice(0, 8), "--in", folder);
    assert.deepEqual([quiet.exit, quiet.stderr], ["ok", ""]);
    assert.doesNotMatch(quiet.stdout, /not read/);
    assert.doesNotMatch((await ask(keyId(2).slice(0, 5), "--in", folder)).stdout, /not read/, "too short");
    await plant(folder, Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`p/${at}.png`, "x"])));
    assert.match(
      (await ask("FFFFFFFF", "--in", folder)).stdout,
      /^22 files .*\n(?: {2}\/.*\n){5} {2}and 17 more$/m,
    );
  }));

Deno.test("find says of a PDF with the Key ID in its name that the key may stand in it", () =>
  inFolder(async (folder) => {
    await plant(folder, {
      [`BitLocker Recovery Key ${idOf(1)}.pdf`]: "%PDF-1.4",
      [`BitLocker Recovery Key ${idOf(2)}.pdf`]: "%PDF-1.4",
    });
    const { exit, stdout, stderr } = await ask(idOf(1).slice(0, 8), "--in", folder);
    assert.equal(exit, "partial");
    assert.match(stderr, /PDF or other document: open it yourself, the key may stand in it/);
    assert.doesNotMatch(stdout, /not read/, "the other one is another key's");
  }));

Deno.test("find reads texts with endings that people and programs give to copies", () =>
  inFolder(async (folder) => {
    for (const [at, name] of ["keys.txt.bak", "keys.old", "keys.yml", "keys.ini"].entries()) {
      const number = at + 1;
      await plant(folder, { [name]: `Key ID: ${idOf(number)}\nRecovery key: ${keyOf(number)}\n` });
      const { matches } = await found(idOf(number).slice(0, 8), "--in", folder);
      assert.deepEqual(matches.map((one) => one.recoveryPassword), [keyOf(number)], name);
    }
  }));

Deno.test("find says that what was given does not open a sealed report", () =>
  inFolder(async (folder) => {
    const [one, other] = [await newArchiveKey(), await newArchiveKey()];
    const text = new TextEncoder().encode(windowsFile(idOf(1), keyOf(1)));
    const bytes = await ageSealer().seal(text, [await ageSealer().recipientOf(one)]);
    const name = `2026-11-24 C BitLocker Recovery Key ${idOf(1)}.TXT.age`;
    await plant(folder, { [`PC/${name}`]: bytes, "other.txt": other });
    const { stdout } = await ask(idOf(1), "--in", folder, "--identity", `${folder}/other.txt`);
    assert.match(stdout, /Recovery key {2}sealed: what was given does not open it\n/);
    assert.match((await ask(idOf(1), "--in", folder)).stdout, /sealed: --identity FILE or/);
  }));

Deno.test("find lets no file's name draw on the screen or begin a line", () =>
  inFolder(async (folder) => {
    const name = `a\u001b[31m\n  Recovery key  0 ${idOf(1)}.txt`;
    await plant(folder, { [name]: windowsFile(idOf(1), keyOf(1)), [`b\u001b ${idOf(2)}.txt`]: "empty" });
    const { stdout } = await ask(idOf(1), "--in", folder);
    assert.equal(stdout.match(/^ {2}Recovery key/gm)?.length, 1);
    const bad = await ask(idOf(2), "--in", folder);
    assert.match(bad.stderr, /is no report of the key in its name/);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(stdout + bad.stdout + bad.stderr, /\u001b/);
  }));

for (
  const [text, shown] of [
    ["/keys/Aunt  Erna.txt", "/keys/Aunt  Erna.txt"],
    ["E:\\Keys\\Öl 鍵.TXT", "E:\\Keys\\Öl 鍵.TXT"],
    ["a\r\nb\u2028c", "a  b c"],
    ["\u202egpj.txt", "[U+202E]gpj.txt"],
  ] as const
) {
  Deno.test(`sayPath() shows ${JSON.stringify(text)}`, () => assert.equal(sayPath(text), shown));
}

Deno.test("isUnreadDocument() knows what people keep keys in, and leaves out what they do not", () => {
  for (const name of ["a.pdf", "A.JPEG", "b.docx", "c.heic", "d.zip", "e.kdbx", "scan.pdf.age"]) {
    assert.ok(isUnreadDocument(name), name);
  }
  for (const name of ["a.txt", "b.exe", "c.mp3", "pdf", "d.TXT.age", "status.json", "e.csv"]) {
    assert.ok(!isUnreadDocument(name), name);
  }
});
