/**
 * Somebody puts a link in the way between two nights: nothing is written where it leads, nothing that lies there
 * counts, and a person is told. The whole program, with the rights of a run.
 */

import assert from "node:assert/strict";
import { filesBelow, inFolder, program } from "./helpers/program.ts";
import { volume } from "./helpers/night_rig.ts";

const HOST = "ANNA-LAPTOP";

interface Answer {
  readonly findings: readonly { readonly code: string; readonly severity: string; readonly text: string }[];
  readonly deliveries: readonly {
    readonly report: string;
    readonly outcome: string;
    readonly error: string | null;
  }[];
}

/** Folders of one test: `way/root` is the destination, `elsewhere` where links lead. */
async function withPlaces(act: (folder: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/way/root`, { recursive: true });
    await Deno.mkdir(`${folder}/elsewhere/root/${HOST}`, { recursive: true });
    await Deno.writeTextFile(
      `${folder}/settings.json`,
      JSON.stringify({ destinations: [{ name: "stick", kind: "folder", path: `${folder}/way/root` }] }),
    );
    await act(folder);
  });
}

async function night(
  folder: string,
  keys: readonly number[],
): Promise<{ readonly code: number; readonly answer: Answer }> {
  const snapshot = {
    schema: 1,
    takenAt: `2026-11-${20 + keys.length}T03:00:00.000+01:00`,
    host: { name: HOST, machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" },
    volumes: [volume("C:", keys)],
  };
  // Reading the settings is the one right beside those of a run.
  const data = `${folder}/data`;
  const permissions = [
    `--allow-read=${data},${folder}/way/root,${folder}/settings.json`,
    `--allow-write=${data},${folder}/way/root`,
  ];
  const ended = await program(
    ["check", "--json", "--data", data, "--config", `${folder}/settings.json`],
    { stdin: JSON.stringify(snapshot), permissions },
  );
  return { code: ended.code, answer: JSON.parse(ended.stdout) };
}

/** All below a folder, links and what they lead to among them, with the bytes of files. */
async function shown(folder: string): Promise<unknown> {
  return [...await filesBelow(folder)].map(([path, bytes]) => [path, new TextDecoder("latin1").decode(bytes)])
    .sort();
}

async function replaceByLink(path: string, target: string): Promise<void> {
  await Deno.rename(path, `${path}-aside`);
  await Deno.symlink(target, path);
}

Deno.test("a folder that leads elsewhere than last night is not used, whichever part of its path was replaced", async () => {
  const rows: readonly (readonly [string, (folder: string) => Promise<void>, RegExp])[] = [
    [
      "the folder itself",
      (folder) => replaceByLink(`${folder}/way/root`, `${folder}/elsewhere/root`),
      /it leads to ".*\/elsewhere\/root", but led to ".*\/way\/root" before/,
    ],
    [
      "the folder above it",
      (folder) => replaceByLink(`${folder}/way`, `${folder}/elsewhere`),
      /it leads to ".*\/elsewhere\/root", but led to ".*\/way\/root" before/,
    ],
    [
      "the folder of the PC in it",
      (folder) => replaceByLink(`${folder}/way/root/${HOST}`, `${folder}/elsewhere/root/${HOST}`),
      /ANNA-LAPTOP" is a link that leads to ".*\/elsewhere\/root\/ANNA-LAPTOP"/,
    ],
  ];
  for (const [what, attack, reason] of rows) {
    await withPlaces(async (folder) => {
      assert.equal((await night(folder, [1])).code, 0, what);
      await attack(folder);
      const before = await shown(`${folder}/elsewhere`);
      const { code, answer } = await night(folder, [1, 2]);
      assert.equal(code, 3, what);
      const found = answer.findings.find((one) => one.code === "destination-unreachable");
      assert.match(found?.text ?? "", reason, what);
      assert.ok(answer.findings.some((one) => one.code === "no-copy-outside"), "the new key has no copy");
      assert.deepEqual(await shown(`${folder}/elsewhere`), before, what);
    });
  }
});

Deno.test("where the folder is what it was again, what was owed is delivered", async () => {
  await withPlaces(async (folder) => {
    await night(folder, [1]);
    await replaceByLink(`${folder}/way/root`, `${folder}/elsewhere/root`);
    assert.equal((await night(folder, [1, 2])).code, 3);
    await Deno.remove(`${folder}/way/root`);
    await Deno.rename(`${folder}/way/root-aside`, `${folder}/way/root`);
    const { code, answer } = await night(folder, [1, 2]);
    assert.equal(code, 0);
    assert.ok(answer.deliveries.every((one) => one.outcome === "delivered"));
  });
});

Deno.test("a folder that was a link from the start is used as long as it leads there", async () => {
  await withPlaces(async (folder) => {
    await Deno.remove(`${folder}/way/root`);
    await Deno.mkdir(`${folder}/stick`);
    await Deno.symlink(`${folder}/stick`, `${folder}/way/root`);
    assert.equal((await night(folder, [1])).code, 0);
    assert.equal((await night(folder, [1, 2])).code, 0);
    await Deno.remove(`${folder}/way/root`);
    await Deno.symlink(`${folder}/elsewhere/root`, `${folder}/way/root`);
    const before = await shown(`${folder}/elsewhere`);
    assert.equal((await night(folder, [1, 2, 3])).code, 3);
    assert.deepEqual(await shown(`${folder}/elsewhere`), before);
  });
});

Deno.test("a link in place of a report never counts as the report: it stays, and the report is put beside it", async () => {
  for (const leadsTo of ["the same bytes", "nothing"] as const) {
    await withPlaces(async (folder) => {
      await night(folder, [1]);
      const pc = `${folder}/way/root/${HOST}`;
      const [report] = (await Array.fromAsync(Deno.readDir(pc))).map((one) => one.name)
        .filter((name) => name.endsWith(".TXT"));
      assert.ok(report);
      const target = `${folder}/elsewhere/root/${HOST}/report`;
      const bytes = await Deno.readFile(`${pc}/${report}`);
      if (leadsTo === "the same bytes") await Deno.writeFile(target, bytes);
      await Deno.remove(`${pc}/${report}`);
      await Deno.symlink(target, `${pc}/${report}`);
      const before = await shown(`${folder}/elsewhere`);
      const { code, answer } = await night(folder, [1]);
      assert.equal(code, 0, leadsTo);
      const second = report.replace(/\.TXT$/, " (2).TXT");
      assert.deepEqual(answer.deliveries.map((one) => [one.report, one.outcome]), [[
        `${HOST}/${second}`,
        "delivered",
      ]]);
      assert.deepEqual(await Deno.readFile(`${pc}/${second}`), bytes);
      assert.equal(await Deno.readLink(`${pc}/${report}`), target);
      assert.deepEqual(await shown(`${folder}/elsewhere`), before);
    });
  }
});

Deno.test("a link in place of status.json is neither read nor written through", async () => {
  await withPlaces(async (folder) => {
    await night(folder, [1]);
    const status = `${folder}/way/root/${HOST}/status.json`;
    const target = `${folder}/elsewhere/root/${HOST}/status.json`;
    await Deno.writeTextFile(target, '{"schema":1,"machineId":"somebody else","host":"X","volumes":[]}');
    await Deno.remove(status);
    await Deno.symlink(target, status);
    const before = await shown(`${folder}/elsewhere`);
    assert.equal((await night(folder, [1, 2])).code, 0);
    assert.ok((await Deno.lstat(status)).isFile);
    assert.match(await Deno.readTextFile(status), /"name": "ANNA-LAPTOP"/);
    assert.deepEqual(await shown(`${folder}/elsewhere`), before);
    assert.deepEqual((await Array.fromAsync(Deno.readDir(`${folder}/way/root`))).map((one) => one.name), [
      HOST,
    ]);
  });
});
