/** The sandbox on Windows from inside: paths have more spellings there, and none of them leads round the permissions. */

import assert from "node:assert/strict";
import { filesBelow } from "../helpers/program.ts";
import { WITHOUT_EFFECT } from "../sandbox/without_effect.ts";
import { INSTALLED, makePc } from "./packaged.ts";
import { openRig, windowsPath } from "./rig.ts";

const rig = openRig();
const HOSTILE = new URL("../sandbox/hostile.js", import.meta.url);

interface Outcome {
  readonly done: boolean;
  readonly gave: string;
}

Deno.test("hostile code in a run on Windows reads, writes, starts and loads nothing beyond the run's own", async () => {
  const folder = `${rig.driveC}/tests/sandbox`;
  await Deno.remove(folder, { recursive: true }).catch(() => undefined);
  const pc = await makePc(rig, `${folder}/data folder`);
  try {
    for (const path of [`${folder}/elsewhere`, pc.data, `${pc.home}/secrets`, `${pc.home}/templates`]) {
      await Deno.mkdir(path);
    }
    await Deno.writeTextFile(`${folder}/elsewhere/secret.txt`, "a secret");
    await Deno.writeTextFile(`${folder}/elsewhere/secret.txt.json`, '{"secret":"a secret"}');
    await Deno.writeTextFile(`${folder}/elsewhere/code.js`, "export const ran = true;");
    await Deno.writeTextFile(`${pc.home}/secrets/smtpPassword.bin`, "stored");
    await Deno.writeTextFile(`${pc.home}/settings.json`, "{}");
    await Deno.copyFile(HOSTILE, `${folder}/hostile.js`);
    const facts = {
      data: pc.dataOnWindows,
      home: pc.homeOnWindows,
      program: INSTALLED,
      elsewhere: windowsPath(rig, `${folder}/elsewhere`),
      port: 9, // "discard": nothing answers, and nothing may ask
      windows: true,
    };
    await Deno.writeTextFile(`${pc.data}/attempts.json`, JSON.stringify(facts));
    const settings = { policy: null, file: {} };
    const command = (await pc.nightCommand({ snapshot: null, settings }))
      .map((word) => word.endsWith("main.js") ? windowsPath(rig, `${folder}/hostile.js`) : word);
    const { stderr } = await pc.start(command);
    const text = await Deno.readTextFile(`${pc.data}/outcomes.json`).catch(() => assert.fail(stderr));
    const outcomes: Readonly<Record<string, Outcome>> = JSON.parse(text);
    const done = Object.entries(outcomes).filter(([, one]) => one.done);
    const allowed = done.filter(([name]) => name.startsWith("ALLOWED"));
    assert.equal(allowed.length, 2, "the list itself works");
    assert.deepEqual(
      Object.fromEntries(
        done.filter((one) => !allowed.includes(one)).map(([name, { gave }]) => [name, gave]),
      ),
      WITHOUT_EFFECT,
    );
    assert.equal(await Deno.readTextFile(`${pc.home}/settings.json`), "{}");
    assert.equal((await filesBelow(`${folder}/elsewhere`)).size, 3);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
