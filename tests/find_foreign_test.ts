import assert from "node:assert/strict";
import { builtinTemplates } from "../lib/core/builtin_templates.ts";
import { readSheet } from "../lib/core/find/read_sheet.ts";
import { renderSheet } from "../lib/core/render_sheet.ts";
import { ageSealer } from "../lib/effects/age_sealer.ts";
import { newArchiveKey } from "../lib/effects/archive_key_file.ts";
import { ask, found, plant, reports, windowsFile } from "./helpers/find_rig.ts";
import { idOf, keyOf } from "./helpers/key_texts.ts";
import { keyId, password } from "./helpers/night_rig.ts";
import { inFolder } from "./helpers/program.ts";
import { three } from "./testdata/rendered/samples.ts";

Deno.test("find reads a damaged report's key from the sheet beside it", () =>
  inFolder(async (folder) => {
    await reports(folder);
    for await (const entry of Deno.readDir(`${folder}/ANNA-LAPTOP`)) {
      if (entry.name.includes(keyId(2))) await Deno.truncate(`${folder}/ANNA-LAPTOP/${entry.name}`, 40);
    }
    const { exit, matches } = await found(keyId(2), "--in", folder);
    assert.deepEqual([exit, matches.map((one) => one.recoveryPassword)], ["partial", [password(2)]]);
    assert.match(matches[0]?.path ?? "", /Recovery sheet\.html$/);
  }));

Deno.test("find reads sheets that lie without reports, sealed ones too", () =>
  inFolder(async (folder) => {
    await reports(folder);
    const at = `${folder}/ANNA-LAPTOP`;
    for (const { name } of await Array.fromAsync(Deno.readDir(at))) {
      if (!name.startsWith("2026-11-21") || !name.endsWith(".html")) await Deno.remove(`${at}/${name}`);
    }
    for (const text of [keyId(3).slice(0, 8), "anna-laptop"]) {
      const { matches } = await found(text, "--in", folder);
      assert.deepEqual(
        matches.filter((one) => one.keyId === keyId(3))
          .map((one) => [one.recoveryPassword, one.host, one.drive, one.takenAt]),
        [[password(3), "ANNA-LAPTOP", "D:", "2026-11-21"]],
        text,
      );
    }
    const identity = await newArchiveKey();
    const sheet = `${at}/2026-11-21 Recovery sheet.html`;
    const sealed = await ageSealer().seal(await Deno.readFile(sheet), [
      await ageSealer().recipientOf(identity),
    ]);
    await plant(folder, { "id.txt": identity, "ANNA-LAPTOP/2026-11-21 Recovery sheet.html.age": sealed });
    await Deno.remove(sheet);
    const { matches: [match] } = await found(keyId(3), "--in", at, "--identity", `${folder}/id.txt`);
    assert.deepEqual([match?.recoveryPassword, match?.sealed], [password(3), true]);
    await plant(folder, { "wrong.txt": await newArchiveKey() });
    const wrong = await found(keyId(3), "--in", at, "--identity", `${folder}/wrong.txt`);
    assert.match(wrong.troubles[0] ?? "", /^Cannot open ".*html\.age": the key does not fit/);
  }));

Deno.test("readSheet() reads back what renderSheet() writes, whatever the PC is called", () => {
  for (const name of ["ANNA-LAPTOP", `<b>"Tom's" & Anna's</b>`, "PC <b><bdi>X</bdi></b>"]) {
    const report = { ...three, host: { ...three.host, name } };
    const valid = report.keys.filter(({ recoveryPassword }) => /^(\d{6}-){7}\d{6}$/.test(recoveryPassword));
    const read = readSheet(renderSheet(report, builtinTemplates));
    const byId = (one: { readonly keyId: string }, other: { readonly keyId: string }): number =>
      one.keyId < other.keyId ? -1 : 1;
    assert.deepEqual(
      read.toSorted(byId),
      valid.map(({ keyId, recoveryPassword, volume }) => ({
        keyId,
        recoveryPassword,
        host: name,
        drive: volume.drive,
      })).toSorted(byId),
    );
  }
  assert.deepEqual(readSheet("<html><p>58E9DFAD</p></html>"), []);
});

for (
  const name of [
    "BitLocker Recovery Key GUID.TXT",
    "BitLocker-Wiederherstellungsschlüssel GUID.TXT",
    "BitLocker 回復キー GUID.txt",
    "mum's old laptop {GUID}.txt",
    "GUID.csv",
    "list.csv",
    "Note",
    "notes GUID8.md",
  ]
) {
  Deno.test(`find gives the digits from a foreign file named "${name}"`, () =>
    inFolder(async (folder) => {
      const path = name.replace("GUID8", idOf(1).slice(0, 8)).replace("GUID", idOf(1));
      const text = name.endsWith(".csv")
        ? `Key ID,Recovery key\n${idOf(2)},${keyOf(2)}\n${idOf(1)},${keyOf(1)}\n`
        : windowsFile(idOf(1), keyOf(1));
      await plant(folder, { [`Old keys/${path}`]: text, "photo.jpg": Uint8Array.of(0xff, 0xd8, 0, 1) });
      const { exit, matches } = await found(idOf(1).slice(0, 8), "--in", folder);
      const got = matches.map((one) => [one.keyId, one.recoveryPassword, one.host, one.takenAt, one.current]);
      assert.deepEqual([exit, got], ["ok", [[idOf(1), keyOf(1), null, null, null]]]);
    }));
}

Deno.test("find takes keys from a note that is named after a person or PC", () =>
  inFolder(async (folder) => {
    await plant(folder, {
      "Aunt Erna.txt": `Key ID: ${idOf(1)}\nRecovery key: ${keyOf(1)}\n`,
      "Uncle Max.txt": `the long number: ${keyOf(2)}\n`,
    });
    const erna = await found("erna", "--in", folder);
    assert.deepEqual(erna.matches.map((one) => one.recoveryPassword), [keyOf(1)]);
    const max = await ask("uncle max", "--in", folder);
    assert.equal(max.exit, "none");
    assert.match(
      max.stdout,
      /digits without a Key ID; spare-key import FILE shows them:\n {2}.*Uncle Max\.txt/,
    );
    assert.ok(!max.stdout.includes(keyOf(2)), "nobody knows whose digits they are");
  }));

Deno.test("find says where a Key ID is known without digits", () =>
  inFolder(async (folder) => {
    await reports(folder);
    for await (const entry of Deno.readDir(`${folder}/ANNA-LAPTOP`)) {
      if (entry.name !== "status.json") await Deno.remove(`${folder}/ANNA-LAPTOP/${entry.name}`);
    }
    const { exit, stdout } = await ask(keyId(3).slice(0, 8), "--in", folder);
    assert.equal(exit, "none");
    assert.match(stdout, new RegExp(`without digits.*\n  ${keyId(3)} on ANNA-LAPTOP D:, in .*status\\.json`));
  }));

Deno.test("find opens sealed reports with an identity or passphrase, and says how where there is none", () =>
  inFolder(async (folder) => {
    await reports(folder);
    const identity = await newArchiveKey();
    const recipient = await ageSealer().recipientOf(identity);
    const at = `${folder}/ANNA-LAPTOP`;
    const all = (await Array.fromAsync(Deno.readDir(at))).map(({ name }) => name);
    const names = all.filter((name) => name.endsWith(".TXT"));
    for (const name of all.filter((name) => name.endsWith(".html"))) await Deno.remove(`${at}/${name}`);
    for (const name of names) {
      const bytes = await ageSealer().seal(await Deno.readFile(`${at}/${name}`), [recipient]);
      await Deno.writeFile(`${at}/${name}.age`, bytes);
      await Deno.remove(`${at}/${name}`);
    }
    await plant(folder, { "id.txt": `# mine\n${identity}\n`, "other.txt": `${await newArchiveKey()}\n` });
    const text = keyId(2).slice(0, 8);

    const closed = await ask(text, "--in", at);
    assert.equal(closed.exit, "ok");
    assert.match(
      closed.stdout,
      /^ANNA-LAPTOP C: \(Windows\), 21 November 2026, opens the drive \(as of 21 November 2026\)\n/,
    );
    assert.match(closed.stdout, /sealed: --identity FILE or --passphrase-file FILE opens it/);
    assert.deepEqual(closed.read, []);

    const { exit, matches } = await found(text, "--in", at, "--identity", `${folder}/id.txt`);
    assert.deepEqual([exit, matches.map((one) => [one.recoveryPassword, one.sealed])], ["ok", [[
      password(2),
      true,
    ]]]);
    const byLabel = await found("photos", "--in", at);
    assert.deepEqual(byLabel.matches.map((one) => one.keyId), [keyId(3)], "status.json knows the label");

    const wrong = await found(text, "--in", at, "--identity", `${folder}/other.txt`);
    assert.deepEqual([wrong.exit, wrong.matches.length, wrong.matches[0]?.recoveryPassword], [
      "partial",
      1,
      null,
    ]);
    assert.match(wrong.troubles[0] ?? "", /^Cannot open ".*": the key does not fit/);

    const [swapped = ""] = names.filter((name) => name.includes(keyId(3)));
    const [name = ""] = names.filter((one) => one.includes(keyId(2)));
    await Deno.copyFile(`${at}/${swapped}.age`, `${at}/${name}.age`);
    const other = await found(text, "--in", at, "--identity", `${folder}/id.txt`);
    assert.equal(other.exit, "partial");
    assert.deepEqual(other.matches, []);
    assert.match(other.troubles[0] ?? "", /is no report of the key in its name/);
  }));

Deno.test("find says which sealed lists it did not look into, and does when it can", () =>
  inFolder(async (folder) => {
    const identity = await newArchiveKey();
    const list = new TextEncoder().encode(`${idOf(1)}: ${keyOf(1)}\n`);
    const sealed = await ageSealer().seal(list, [await ageSealer().recipientOf(identity)]);
    await plant(folder, { "in/list.txt.age": sealed, "id.txt": identity });
    const closed = await found(idOf(1), "--in", `${folder}/in`);
    assert.equal(closed.exit, "partial");
    assert.match(
      closed.troubles[0] ?? "",
      /^Cannot look into 1 sealed file without a Key ID in the name; give/,
    );
    const { matches } = await found(idOf(1), "--in", `${folder}/in`, "--identity", `${folder}/id.txt`);
    assert.deepEqual(matches.map((one) => [one.recoveryPassword, one.sealed]), [[keyOf(1), true]]);
  }));

Deno.test("find reads a list whose name holds the GUID of something else", () =>
  inFolder(async (folder) => {
    const windows = `BitLocker Recovery Key ${idOf(4)}.TXT`;
    await plant(folder, {
      [`export_${idOf(3)}.csv`]: `Key ID,Recovery key\n${idOf(1)},${keyOf(1)}\n${idOf(2)},${keyOf(2)}\n`,
      [windows]: windowsFile(idOf(4), keyOf(4)),
    });
    const { exit, matches } = await found(idOf(2), "--in", folder);
    assert.deepEqual([exit, matches.map((one) => one.recoveryPassword)], ["ok", [keyOf(2)]]);
    const { read } = await ask(idOf(2), "--in", folder);
    assert.deepEqual(read, [`${folder}/export_${idOf(3)}.csv`], "of Windows' own files the name says all");
    const swapped = `${idOf(1).slice(1, 2)}${idOf(1).slice(0, 1)}${idOf(1).slice(2)}`;
    const { nearMisses } = await found(swapped, "--in", folder);
    assert.deepEqual(nearMisses.map((one) => one.keyId), [idOf(1)]);
  }));

Deno.test("find names a near file once, though it is also read", () =>
  inFolder(async (folder) => {
    const id = "58E9DF4D-1111-4222-8333-444455556666";
    await plant(folder, { [`mum ${id}.txt`]: windowsFile(id, keyOf(1)) });
    assert.equal((await found("58E9DFAD", "--in", folder)).nearMisses.length, 1);
  }));

Deno.test("find gives the digits of a sealed report from a list beside it, where nothing opens the report", () =>
  inFolder(async (folder) => {
    const report = `2026-11-24 C BitLocker Recovery Key ${idOf(1)}.TXT.age`;
    await plant(folder, { [`ANNA-LAPTOP/${report}`]: "sealed", "list.txt.age": "sealed" });
    const closed = await ask(idOf(1), "--in", folder);
    assert.equal(closed.exit, "ok");
    assert.match(closed.stdout, /sealed: --identity FILE/);
    await plant(folder, { "notes.txt": `Key ID: ${idOf(1)}\nRecovery key: ${keyOf(1)}\n` });
    const { exit, stdout } = await ask(idOf(1), "--in", folder);
    assert.equal(exit, "ok");
    assert.match(stdout, new RegExp(`^ANNA-LAPTOP C:, .*\n.*\n {2}Recovery key {2}${keyOf(1)}\n`));
    assert.match(stdout, /TXT\.age \(sealed\)/);
    assert.doesNotMatch(stdout, /--identity/);
  }));

Deno.test("find says once that a sealed note cannot be opened, though it tries by its name and again", () =>
  inFolder(async (folder) => {
    const note = new TextEncoder().encode(`${idOf(1)}: ${keyOf(1)}\n`);
    const recipient = await ageSealer().recipientOf(await newArchiveKey());
    await plant(folder, {
      [`in/mum ${idOf(1)}.txt.age`]: await ageSealer().seal(note, [recipient]),
      "wrong.txt": await newArchiveKey(),
    });
    const wrong = await found(idOf(1), "--in", `${folder}/in`, "--identity", `${folder}/wrong.txt`);
    assert.deepEqual([wrong.exit, wrong.matches.map((one) => one.recoveryPassword)], ["partial", [null]]);
    assert.equal(wrong.troubles.length, 1);
  }));
