import assert from "node:assert/strict";
import { UserError } from "../lib/errors.ts";
import { ask, found, plant, reports, windowsFile } from "./helpers/find_rig.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { keyId, password } from "./helpers/night_rig.ts";
import { inFolder } from "./helpers/program.ts";

Deno.test("find names PCs and shows no digits when a part of a name fits too many", () =>
  inFolder(async (folder) => {
    const files = Array.from({ length: 25 }, (_, number) => [
      `PC-${100 + number}/2026-11-24 C BitLocker Recovery Key ${idOf(number + 1)}.TXT.age`,
      "sealed",
    ]);
    await plant(folder, Object.fromEntries(files));
    const { exit, stdout, read } = await ask("pc-1", "--in", folder);
    assert.equal(exit, "none");
    assert.match(stdout, /^"pc-1" fits 25 PCs\. Ask for one by its name:\nPC-100\n/);
    assert.match(stdout, /PC-119\n {2}and 5 more\n$/);
    assert.deepEqual(read, []);
    assert.equal((await found("pc-11", "--in", folder)).matches.length, 10);
  }));

Deno.test("find offers what is near, with PC, drive and date, and without digits", () =>
  inFolder(async (folder) => {
    await reports(folder);
    await plant(folder, {
      [`MAX/2026-11-24 D BitLocker Recovery Key 58E9DF4D-1111-4222-8333-444455556666.TXT`]: "unread",
    });
    const { exit, stdout, read } = await ask("58E9DFAD", "--in", folder);
    assert.equal(exit, "none");
    assert.equal(
      stdout,
      [
        'No recovery key found for "58E9DFAD".',
        "Near it:",
        "  58E9DF4D-1111-4222-8333-444455556666  one character apart: the 7th is 4, not A",
        "    on MAX D:, 24 November 2026",
        "Compare with the screen, character by character. If that is it:",
        `  spare-key find 58E9DF4D --in ${folder}`,
        "",
      ].join("\n"),
    );
    assert.ok(!read.some((path) => path.includes("58E9DF4D")), "the digits of another key are not even read");
    const { nearMisses, matches } = await found("58E9DFAD", "--in", folder);
    assert.deepEqual(matches, []);
    assert.deepEqual(nearMisses.map((one) => [one.host, one.drive, one.takenAt, one.distance]), [
      ["MAX", "D:", "2026-11-24", 1],
    ]);
    const short = await ask("58E9", "--in", folder);
    assert.match(short.stdout, /^"58E9" is too short: type all eight characters/);
    assert.match(short.stdout, /58E9DF4D-1111-4222-8333-444455556666\n {4}on MAX D:/);
    const strange = await ask("58E9DFGD", "--in", folder);
    assert.match(strange.stdout, /0 to 9 and A to F alone: look at G again/);
  }));

Deno.test("find takes 8 for B only where nothing is as typed, and says so", () =>
  inFolder(async (folder) => {
    const [with8, withB] = ["58E9DFAD-1111-4222-8333-444455556666", "5BE9DFAD-1111-4222-8333-444455556666"];
    const name = (id: string): string => `Windows ${id}.TXT`;
    await plant(folder, { [name(with8)]: windowsFile(with8, keyOf(1)) });
    const { exit, stdout } = await ask("5BE9DFAD", "--in", folder);
    assert.equal(exit, "ok");
    assert.match(stdout, /CHECK {9}B read as 8: compare the Key ID with the screen/);
    assert.ok(stdout.includes(keyOf(1)));
    await plant(folder, { [name(withB)]: windowsFile(withB, keyOf(2)) });
    const { matches } = await found("5BE9DFAD", "--in", folder);
    assert.deepEqual(matches.map((one) => [one.keyId, one.slip]), [[withB, null]]);
  }));

Deno.test("find shows a key in several places once, newest first by the moment, with all its files", () =>
  inFolder(async (folder) => {
    await reports(`${folder}/stick`);
    await reports(`${folder}/share`);
    const { exit, stdout } = await ask(keyId(2), "--in", `${folder}/stick`, "--in", `${folder}/share`);
    assert.equal(exit, "ok");
    assert.equal(stdout.split(password(2)).length, 2, "the digits stand there once");
    assert.deepEqual(stdout.match(/(?<= {2}File {10}).*(?=\/ANNA)/g), [`${folder}/share`, `${folder}/stick`]);
    const { matches } = await found(keyId(2), "--in", folder, "--in", `${folder}/stick`);
    assert.equal(matches.length, 2, "a file is there once, though two roots lead to it");
  }));

Deno.test("find orders by the moment: offsets differ", () =>
  inFolder(async (folder) => {
    await reports(folder);
    const paths = (await Array.fromAsync(Deno.readDir(`${folder}/ANNA-LAPTOP`))).map(({ name }) => name)
      .filter((name) => name.includes(keyId(2)));
    const text = new TextDecoder("utf-16le").decode(
      await Deno.readFile(`${folder}/ANNA-LAPTOP/${paths[0]}`),
    );
    const utf16 = (changed: string): Uint8Array =>
      new Uint8Array(Uint16Array.from(`\ufeff${changed}`, (one) => one.charCodeAt(0)).buffer);
    const at = (moment: string): Uint8Array =>
      utf16(text.replace(/^\ufeff/, "").replace(/(?<=Taken at: ).*/, moment));
    await plant(folder, {
      [`x/2026-11-24 C BitLocker Recovery Key ${keyId(2)}.TXT`]: at("2026-11-24 23:30:00 -05:00"),
      [`y/2026-11-25 C BitLocker Recovery Key ${keyId(2)}.TXT`]: at("2026-11-25 02:00:00 +01:00"),
    });
    const { matches } = await found(keyId(2), "--in", `${folder}/x`, "--in", `${folder}/y`);
    assert.deepEqual(matches.map((one) => one.takenAt), [
      "2026-11-24T23:30:00-05:00",
      "2026-11-25T02:00:00+01:00",
    ]);
  }));

Deno.test("find shows both keys of one Key ID, and says so", () =>
  inFolder(async (folder) => {
    await plant(folder, {
      [`a/${idOf(1)}.txt`]: windowsFile(idOf(1), keyOf(1)),
      [`b/${idOf(1)}.txt`]: windowsFile(idOf(1), keyOf(2)),
    });
    const { stdout } = await ask(idOf(1), "--in", folder);
    assert.equal(
      stdout.match(/CAUTION {7}another file has other digits under this Key ID: try both/g)?.length,
      2,
    );
    assert.ok(stdout.includes(keyOf(1)) && stdout.includes(keyOf(2)));
  }));

Deno.test("find claims of neither of two digits of one Key ID that they open the drive", () =>
  inFolder(async (folder) => {
    await reports(folder);
    await plant(folder, { [`ANNA-LAPTOP/${keyId(2)}.txt`]: windowsFile(keyId(2), keyOf(9)) });
    const { stdout } = await ask(keyId(2), "--in", folder);
    assert.equal(stdout.match(/try both/g)?.length, 2);
    assert.doesNotMatch(stdout, /opens the drive/);
    await plant(folder, { [`ANNA-LAPTOP/${keyId(1)}.txt`]: windowsFile(keyId(1), keyOf(9)) });
    const old = await ask(keyId(1), "--in", folder);
    assert.equal(old.stdout.match(/OLD: no longer opens the drive/g)?.length, 2, "that is so of both");
  }));

Deno.test("find tells the state from the newest status.json", () =>
  inFolder(async (folder) => {
    await reports(`${folder}/new`);
    await reports(`${folder}/old`);
    const path = `${folder}/old/ANNA-LAPTOP/status.json`;
    const status = (await Deno.readTextFile(path)).replace(
      /"lastRun": ".*"/,
      '"lastRun": "2020-01-01T03:00:00Z"',
    )
      .replace(/"current": false/g, '"current": true');
    await Deno.writeTextFile(path, status);
    const { stdout } = await ask(keyId(1), "--in", folder);
    assert.match(stdout, /^ANNA-LAPTOP C: .*, OLD: no longer opens the drive\n/);
  }));

Deno.test("find --spell gives the groups one a line, each digit for itself, and marks what cannot be right", () =>
  inFolder(async (folder) => {
    const wrong = `${keyOf(1).slice(0, -1)}${(Number(keyOf(1).at(-1)) + 1) % 10}`;
    await plant(folder, {
      "a/x.txt": `${idOf(1)}: ${keyOf(1)}`,
    });
    const { stdout } = await ask(idOf(1), "--in", folder, "--spell");
    const lines = stdout.split("\n").filter((line) => /^ +\d: /.test(line)).map((line) => line.trim());
    const spelt = keyOf(1).split("-").map((group, at) =>
      `${at + 1}:  ${group.slice(0, 3).split("").join(" ")}  ${group.slice(3).split("").join(" ")}`
    );
    assert.deepEqual(lines, spelt);
    assert.ok(!stdout.includes(keyOf(1)), "digits stand there once, spelt");
    await reports(folder);
    const report = (await Array.fromAsync(Deno.readDir(`${folder}/ANNA-LAPTOP`))).map(({ name }) => name)
      .find((name) => name.includes(keyId(2))) ?? "";
    const bytes = await Deno.readFile(`${folder}/ANNA-LAPTOP/${report}`);
    const text = new TextDecoder("utf-16le").decode(bytes).replace(password(2), wrong);
    await Deno.writeFile(
      `${folder}/ANNA-LAPTOP/${report}`,
      new Uint8Array(Uint16Array.from(`\ufeff${text}`, (one) => one.charCodeAt(0)).buffer),
    );
    const bad = await ask(keyId(2), "--in", folder, "--spell");
    assert.match(bad.stdout, /8: {2}[\d ]+ cannot be right: Windows will refuse it/);
    assert.match(bad.stdout, /CAUTION {7}Group 8 cannot be right/);
  }));

Deno.test("find takes quotes and braces alone for no text", async () => {
  for (const text of ['""', "{ }", "«»"]) {
    await assert.rejects(
      () => ask(text, "--in", "/nowhere"),
      (error) => error instanceof UserError && /no text is given/.test(error.message),
    );
  }
});

Deno.test("find refuses the key itself, and repeats none of it", async () => {
  for (const text of [keyOf(5), keyOf(5).replaceAll("-", " "), `key ${keyOf(5)}`]) {
    await assert.rejects(() => ask(text, "--in", "/nowhere"), (error) => {
      assert.ok(error instanceof UserError && error.code === "usage");
      assert.match(error.message, /looks like the recovery key itself/);
      assert.doesNotMatch(error.message + error.hint, /\d{6}/);
      return true;
    });
  }
  const { stderr } = await ask("58E9DFAD", "--in", `/nowhere/${keyOf(5)}`);
  assert.ok(stderr.includes("/nowhere/[recovery password]"), stderr);
});

Deno.test("find names the first troubles and counts the rest", () =>
  inFolder(async (folder) => {
    const files = Array.from({ length: 30 }, (_, number) => [
      `PC/2026-11-24 C BitLocker Recovery Key ${idOf(number + 1)}.TXT`,
      "no report",
    ]);
    await plant(folder, Object.fromEntries(files));
    const { exit, stderr } = await ask("pc", "--in", folder);
    assert.equal(exit, "partial");
    assert.equal(stderr.match(/is no report of the key in its name/g)?.length, 20);
    assert.match(stderr, /and 10 more that could not be read: --json names all/);
  }));

Deno.test("find's next command ends no path in a backslash before the quotation mark", () =>
  inFolder(async (folder) => {
    await plant(folder, {
      [`PC/2026-11-24 D BitLocker Recovery Key 58E9DF4D-1111-4222-8333-444455556666.TXT`]: "x",
    });
    const { stdout } = await ask("58E9DFAD", "--in", folder, "--in", "E:\\My keys\\", "--in", "E:\\");
    assert.match(stdout, / --in "E:\\My keys" --in E:\\\n$/);
  }));
