import assert from "node:assert/strict";
import { ask, found, plant, reports } from "./helpers/find_rig.ts";
import { idOf } from "./helpers/key_texts.ts";
import { keyId, password } from "./helpers/night_rig.ts";
import { inFolder, program } from "./helpers/program.ts";

Deno.test("find gives the digits for eight characters of a Key ID, in any spelling, and says which key is old", () =>
  inFolder(async (folder) => {
    await reports(folder);
    const spellings = [
      keyId(2),
      keyId(2).slice(0, 8),
      keyId(2).toLowerCase(),
      `{${keyId(2)}}`,
      keyId(2).replaceAll("-", " "),
      `Key ID: ${keyId(2).slice(0, 8)}`,
      "OOOOOOO2",
    ];
    for (const text of spellings) {
      const { exit, matches } = await found(text, "--in", folder);
      assert.equal(exit, "ok", text);
      const expected = [[keyId(2), password(2), true, "C:", "Windows"]];
      const got = matches.map((one) => [
        one.keyId,
        one.recoveryPassword,
        one.current,
        one.drive,
        one.label,
      ]);
      assert.deepEqual(got, expected, text);
    }
    const { matches } = await found(keyId(1).slice(0, 8), "--in", folder);
    assert.deepEqual(matches.map((one) => one.current), [false]);
  }));

Deno.test("find as a program: JSON of the contract, and code 4 for none", () =>
  inFolder(async (folder) => {
    await reports(folder);
    const { code, stdout } = await program(["find", keyId(2).slice(0, 8), "--in", folder, "--json"]);
    const { schema, matches: [match], troubles } = JSON.parse(stdout);
    const { keyId: id, recoveryPassword, host, drive, takenAt, path, sealed, current } = match;
    assert.deepEqual([code, schema, id, recoveryPassword, host, drive, takenAt, sealed, current, troubles], [
      ...[0, 1, keyId(2), password(2), "ANNA-LAPTOP", "C:", "2026-11-21T03:00:00.000+01:00", false, true],
      [],
    ]);
    assert.ok(path.startsWith(`${folder}/ANNA-LAPTOP/`), path);
    assert.equal((await program(["find", "ABCDEF99", "--in", folder])).code, 4);
  }));

Deno.test("find looks by the name of a PC, newest first, also by its beginning, and by the label of a drive", () =>
  inFolder(async (folder) => {
    await reports(folder);
    for (const text of ["anna-laptop", "ANNA-LAPTOP", "anna", "laptop", "anna laptop"]) {
      const { matches } = await found(text, "--in", folder);
      assert.equal(matches.length, 3, text);
      assert.equal(matches.at(-1)?.keyId, keyId(1), "the oldest last");
    }
    const at = await found("anna-laptop", "--in", `${folder}/ANNA-LAPTOP`);
    assert.equal(at.matches.length, 3, "the folder itself is the PC's");
    for (const text of ["photos", "Photos", "phot"]) {
      const { exit, matches } = await found(text, "--in", folder);
      assert.deepEqual([exit, matches.map((one) => one.keyId)], ["ok", [keyId(3)]], text);
    }
    await Deno.remove(`${folder}/ANNA-LAPTOP/status.json`);
    const { matches } = await found("photos", "--in", folder);
    assert.deepEqual(matches.map((one) => one.keyId), [keyId(3)], "from the reports alone");
    assert.equal((await found("an", "--in", folder)).exit, "none", "two letters are in too many names");
  }));

Deno.test("find knows the second PC of a name by its folder, and does not mix it with longer names", () =>
  inFolder(async (folder) => {
    await reports(folder);
    await Deno.rename(`${folder}/ANNA-LAPTOP`, `${folder}/ANNA-LAPTOP 4F4D3532`);
    await plant(folder, {
      [`ANNA-LAPTOP-2/2026-11-24 C BitLocker Recovery Key ${idOf(9)}.TXT.age`]: "sealed",
    });
    await plant(folder, {
      [`ANNA-LAPTOP Notebook/2026-11-24 C BitLocker Recovery Key ${idOf(8)}.TXT.age`]: "sealed",
    });
    const { matches } = await found("anna-laptop", "--in", folder);
    assert.deepEqual(matches.map((one) => one.host), ["ANNA-LAPTOP", "ANNA-LAPTOP", "ANNA-LAPTOP"]);
  }));

Deno.test("find ends with none, or with partial for what it cannot read, and a broken status.json stops nothing", () =>
  inFolder(async (folder) => {
    await reports(folder);
    assert.equal((await found("ABCDEF99", "--in", folder)).exit, "none");
    assert.equal((await found(keyId(2).slice(0, 7), "--in", folder)).exit, "none", "seven are too few");
    await plant(folder, { "ANNA-LAPTOP/status.json": Uint8Array.of(0x7b, 0xff, 0x00) });
    const { exit, matches } = await found(keyId(2), "--in", folder);
    assert.deepEqual([exit, matches[0]?.current], ["ok", null]);
    for await (const entry of Deno.readDir(`${folder}/ANNA-LAPTOP`)) {
      if (entry.name.includes(keyId(2))) await Deno.truncate(`${folder}/ANNA-LAPTOP/${entry.name}`, 40);
    }
    // what a sheet still holds does not count as the report
    const sheets = (await Array.fromAsync(Deno.readDir(`${folder}/ANNA-LAPTOP`))).map(({ name }) => name)
      .filter((name) => name.endsWith(".html"));
    for (const name of sheets) await Deno.remove(`${folder}/ANNA-LAPTOP/${name}`);
    const damaged = await ask(keyId(2), "--in", folder);
    assert.equal(damaged.exit, "partial");
    assert.match(damaged.stderr, /is no report of the key in its name/);
    assert.match(damaged.stdout, /but not all could be read/);
    assert.doesNotMatch(damaged.stdout, /Near it/);
    assert.equal((await found(keyId(2), "--in", `${folder}/none`)).exit, "partial");
  }));

Deno.test("find opens one report, however many there are, and reads no other file", () =>
  inFolder(async (folder) => {
    await reports(folder);
    const others = Array.from({ length: 200 }, (_, number) => [
      `PC-${number}/2026-11-24 C BitLocker Recovery Key ${idOf(number + 1)}.TXT`,
      "not a report",
    ]);
    await plant(folder, { ...Object.fromEntries(others), "list.csv": `${keyId(2)},${password(2)}\n` });
    const { exit, read, stderr } = await ask(keyId(2).slice(0, 8), "--in", folder);
    assert.equal(exit, "ok");
    assert.deepEqual(read.map((path) => path.replace(/.* /, "")), [`${keyId(2)}.TXT`]);
    assert.equal(stderr, "");
  }));
