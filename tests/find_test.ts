import assert from "node:assert/strict";
import { findKeys } from "../tasks/find_keys.ts";
import { keyId, nightRig, password, placeOf, volume } from "./helpers/night_rig.ts";
import { inFolder, program } from "./helpers/program.ts";

/** Reports of a PC in a folder: key 1 is old, key 2 opens C:, key 3 opens D:. */
async function reports(folder: string): Promise<void> {
  const rig = nightRig({ destinations: [{ name: "cloud", kind: "folder", path: "/cloud" }] });
  await rig.night([volume("C:", [1])]);
  await rig.night([volume("C:", [2]), volume("D:", [3], { label: "Photos" })]);
  for (const [path, bytes] of placeOf(rig, "cloud").files) {
    await Deno.mkdir(`${folder}/${path.slice(0, path.lastIndexOf("/"))}`, { recursive: true });
    await Deno.writeFile(`${folder}/${path}`, bytes);
  }
}

interface Found {
  readonly matches: readonly {
    readonly keyId: string;
    readonly recoveryPassword: string | null;
    readonly current: boolean | null;
  }[];
  readonly troubles: readonly string[];
}

async function find(folder: string, text: string): Promise<readonly [number, Found]> {
  const { code, stdout } = await program(["find", text, "--in", folder, "--json"]);
  return [code, JSON.parse(stdout)];
}

Deno.test("find gives the digits for eight characters of a Key ID, in any spelling, and says which key is old", () =>
  inFolder(async (folder) => {
    await reports(folder);
    for (
      const text of [
        keyId(2),
        keyId(2).slice(0, 8),
        keyId(2).toLowerCase(),
        `{${keyId(2)}}`,
        keyId(2).replaceAll("-", " "),
      ]
    ) {
      const [code, { matches }] = await find(folder, text);
      assert.equal(code, 0, text);
      assert.deepEqual(matches.map((one) => [one.keyId, one.recoveryPassword, one.current]), [[
        keyId(2),
        password(2),
        true,
      ]], text);
    }
    const [, { matches }] = await find(folder, keyId(1).slice(0, 8));
    assert.deepEqual(matches.map((one) => one.current), [false]);
  }));

Deno.test("find looks by the name of a PC, newest first, and by the label of a drive", () =>
  inFolder(async (folder) => {
    await reports(folder);
    const [, byHost] = await find(folder, "anna-laptop");
    assert.equal(byHost.matches.length, 3);
    assert.equal(byHost.matches.at(-1)?.keyId, keyId(1), "the oldest last");
    const [code, byLabel] = await find(folder, "photos");
    assert.deepEqual([code, byLabel.matches.map((one) => one.keyId)], [0, [keyId(3)]]);
  }));

Deno.test("find ends with 4 for none, with 3 for what it cannot read, and a broken status.json stops nothing", () =>
  inFolder(async (folder) => {
    await reports(folder);
    assert.equal((await find(folder, "ABCDEF01"))[0], 4);
    assert.equal((await find(folder, keyId(2).slice(0, 7)))[0], 4, "seven characters are too few");
    await Deno.writeFile(`${folder}/ANNA-LAPTOP/status.json`, Uint8Array.of(0x7b, 0xff, 0x00));
    const [code, { matches }] = await find(folder, keyId(2));
    assert.deepEqual([code, matches[0]?.current], [0, null]);
    for await (const entry of Deno.readDir(`${folder}/ANNA-LAPTOP`)) {
      if (entry.name.includes(keyId(2))) await Deno.truncate(`${folder}/ANNA-LAPTOP/${entry.name}`, 40);
    }
    const [damaged, { troubles }] = await find(folder, keyId(2));
    assert.equal(damaged, 3);
    assert.match(troubles[0] ?? "", /is no report of the key in its name/);
    assert.equal((await find(`${folder}/none`, keyId(2)))[0], 3);
  }));

Deno.test("find opens a report only when its name fits", async () => {
  const read: string[] = [];
  const name = `2026-11-24 C BitLocker Recovery Key ${keyId(1)}.TXT`;
  const deps = {
    files: {
      read: (path: string) => (read.push(path), Promise.reject(new Error("not wanted"))),
      walk: async function* (): AsyncGenerator<string> {
        for (let number = 0; number < 1000; number++) {
          yield `PC-${number}/${number === 7 ? name : name.replace(keyId(1), keyId(2))}`;
        }
      },
    },
    below: (...parts: readonly string[]) => parts.join("/"),
    readOptional: () => Promise.resolve(null),
  } as unknown as Parameters<typeof findKeys>[1];
  await findKeys({ text: keyId(1), folders: ["/reports"] }, deps);
  assert.deepEqual(read, [`/reports/PC-7/${name}`]);
});
