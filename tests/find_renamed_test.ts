import assert from "node:assert/strict";
import { ask, found, plant } from "./helpers/find_rig.ts";
import { keyId, nightRig, password, placeOf, volume } from "./helpers/night_rig.ts";
import { inFolder } from "./helpers/program.ts";

/**
 * ANNA-LAPTOP with key 1 on C: and key 3 on D: gets another name, then key 2 on C:. So the folder of the old name has
 * the reports of keys 1 and 3, and a `status.json` that calls both current; the folder of the new name has key 2 alone.
 */
async function renamed(folder: string): Promise<void> {
  const rig = nightRig({ destinations: [{ name: "cloud", kind: "folder", path: "/cloud" }] });
  const data = volume("D:", [3], { label: "Photos" });
  await rig.night([volume("C:", [1]), data]);
  rig.host = { ...rig.host, name: "MUM-PC" };
  await rig.night([volume("C:", [1]), data]);
  await rig.night([volume("C:", [2]), data]);
  await plant(folder, Object.fromEntries(placeOf(rig, "cloud").files));
}

const states = async (text: string, folder: string): Promise<readonly string[]> =>
  (await found(text, "--in", folder)).matches.map(({ keyId, recoveryPassword, host, current }) =>
    `${parseInt(keyId, 16)} ${host} ${current} ${recoveryPassword === null ? "no digits" : "digits"}`
  ).sort();

Deno.test("find calls a key old that a PC replaced after it got another name", () =>
  inFolder(async (folder) => {
    await renamed(folder);
    for (const text of ["anna-laptop", keyId(1).slice(0, 8)]) {
      const { stdout } = await ask(text, "--in", folder);
      assert.match(stdout, /^ANNA-LAPTOP C: \(Windows\), 20 November 2026, OLD: no longer opens/m, text);
    }
    assert.deepEqual(await states("windows", folder), ["1 ANNA-LAPTOP false digits", "2 MUM-PC true digits"]);
  }));

Deno.test("find says as of which day a key opens its drive", () =>
  inFolder(async (folder) => {
    await renamed(folder);
    const { stdout } = await ask(keyId(3), "--in", folder);
    assert.match(stdout, /^ANNA-LAPTOP D: \(Photos\), 20 November 2026, opens the drive \(as of 22 Nov/);
    const old = `${folder}/ANNA-LAPTOP`;
    assert.match((await ask(keyId(3), "--in", old)).stdout, /opens the drive \(as of 20 November 2026\)/);
    const status = await Deno.readTextFile(`${old}/status.json`);
    const days = [
      // A night that could read nothing, and a document of a former version.
      [/"lastRun": ".*"/, '"lastRun": "2026-11-28T03:00:00+01:00"', "20 November 2026"],
      [/"lastSeenAt": ".*",/g, "", "20 November 2026"],
      [/"(?:lastRun|lastSeenAt)": ".*",/g, "", "an unknown day"],
    ] as const;
    for (const [pattern, instead, day] of days) {
      await Deno.writeTextFile(`${old}/status.json`, status.replace(pattern, instead));
      const { stdout } = await ask(keyId(3), "--in", old);
      assert.match(stdout, new RegExp(`opens the drive \\(as of ${day}\\)`), String(pattern));
    }
  }));

Deno.test("find gives all keys of a PC by its new name, also those that lie under the old one", () =>
  inFolder(async (folder) => {
    await renamed(folder);
    const all = ["1 MUM-PC false digits", "2 MUM-PC true digits", "3 MUM-PC true digits"];
    for (const text of ["mum-pc", "mum", "um-p"]) assert.deepEqual(await states(text, folder), all, text);
    const paths = (await found("mum-pc", "--in", folder)).matches.map(({ path }) => path);
    assert.equal(new Set(paths).size, 3, "each file once");
  }));

Deno.test("find reads from a PC's sheets what lies in no report, and says what lies nowhere", () =>
  inFolder(async (folder) => {
    await renamed(folder);
    await Deno.remove(`${folder}/ANNA-LAPTOP`, { recursive: true });
    const { matches, mentions } = await found("mum-pc", "--in", folder);
    assert.deepEqual(
      new Set(matches.map(({ recoveryPassword }) => recoveryPassword)),
      new Set([password(1), password(2), password(3)]),
    );
    assert.deepEqual(mentions, []);
    assert.ok((await states("photos", folder)).every((one) => one === "3 MUM-PC true digits"));
    for await (const { name } of Deno.readDir(`${folder}/MUM-PC`)) {
      if (name.endsWith(".html")) await Deno.remove(`${folder}/MUM-PC/${name}`);
    }
    const { exit, stdout } = await ask("mum-pc", "--in", folder);
    assert.equal(exit, "ok");
    assert.match(stdout, new RegExp(`without digits.*\n  ${keyId(3)} on MUM-PC D:, in .*status\\.json`));
    assert.ok(!stdout.includes(keyId(1)), "an old key is not worth a word");
    const label = await ask("photos", "--in", folder);
    assert.equal(label.exit, "none");
    assert.match(label.stdout, new RegExp(`without digits.*\n  ${keyId(3)} on MUM-PC D:`));
  }));

Deno.test("find looks at no other status.json where a search is through an organisation's PCs", () =>
  inFolder(async (folder) => {
    await renamed(folder);
    const others = Array.from({ length: 100 }, (_, number) => [`PC-${number}/status.json`, "{}"]);
    await plant(folder, Object.fromEntries(others));
    const { stdout } = await ask(keyId(1), "--in", folder);
    assert.match(stdout, /opens the drive \(as of 20 November 2026\)/, "true as it is dated");
  }));

Deno.test("find does not call a key current that its PC wrote nothing of any more", () =>
  inFolder(async (folder) => {
    await renamed(folder);
    const path = `${folder}/MUM-PC/status.json`;
    const status = JSON.parse(await Deno.readTextFile(path));
    // as after a loss of the ledger
    const volumes = status.volumes.filter(({ drive }: { readonly drive: string }) => drive === "C:");
    await Deno.writeTextFile(path, JSON.stringify({ ...status, volumes }));
    assert.deepEqual(await states(keyId(3), folder), ["3 ANNA-LAPTOP null digits"]);
    assert.match(
      (await ask(keyId(3), "--in", folder)).stdout,
      /^ANNA-LAPTOP D: \(Photos\), 20 November 2026\n/,
    );
    const other = JSON.stringify({ ...status, machineId: "another", volumes });
    await Deno.writeTextFile(path, other);
    assert.deepEqual(
      await states(keyId(3), folder),
      ["3 ANNA-LAPTOP true digits"],
      "another PC says nothing of it",
    );
  }));
