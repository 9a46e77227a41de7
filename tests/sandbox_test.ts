// The sandbox from inside: code that turned hostile, in a run with exactly the flags, permissions and environment
// of production, may do nothing beyond what the run itself needs.

import assert from "node:assert/strict";
import { filesBelow, inFolder } from "./helpers/program.ts";
import { WITHOUT_EFFECT } from "./sandbox/without_effect.ts";
import { bundle } from "./tools/bundle.ts";
import { nightCommand, runDeno, setUpPc, type TestPc } from "./tools/production.ts";

interface Outcome {
  /** It went through. */
  readonly done: boolean;
  readonly gave: string;
}

interface HostileRun {
  readonly outcomes: Readonly<Record<string, Outcome>>;
  readonly code: number;
  /** Connections that reached the test. */
  readonly connections: number;
  readonly pc: TestPc;
  readonly folder: string;
}

const HOSTILE = new URL("sandbox/hostile.js", import.meta.url);

/** Puts the hostile code into a copy of the program, where a dependency would be, and lets a night run. */
async function hostileNight(folder: string): Promise<HostileRun> {
  const program = `${folder}/app/main.js`;
  await bundle(`${folder}/app`);
  const pc = await setUpPc(folder, program);
  await Deno.copyFile(HOSTILE, `${folder}/app/hostile.js`);
  await Deno.writeTextFile(program, `import "./hostile.js";\n${await Deno.readTextFile(program)}`);

  const elsewhere = `${folder}/elsewhere`;
  for (const path of [elsewhere, pc.data, `${pc.home}/secrets`, `${pc.home}/templates`]) {
    await Deno.mkdir(path);
  }
  await Deno.writeTextFile(`${elsewhere}/secret.txt`, "a secret");
  await Deno.writeTextFile(`${elsewhere}/secret.txt.json`, '{"secret":"a secret"}');
  await Deno.writeTextFile(`${elsewhere}/code.js`, "export const ran = true;");
  await Deno.writeTextFile(`${pc.home}/secrets/smtpPassword.bin`, "stored");
  await Deno.writeTextFile(`${pc.home}/settings.json`, "{}");
  // a config file above the program and beside the data would be found by chance
  for (const place of [folder, pc.home, pc.data]) {
    await Deno.writeTextFile(
      `${place}/deno.json`,
      '{"imports":{"is-odd":"./elsewhere/code.js"},"permissions":{"default":{"run":true,"env":true}}}',
    );
  }
  let connections = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => undefined }, () => {
    connections++;
    return new Response("export const ran = true;");
  });
  try {
    const facts = {
      data: pc.data,
      home: pc.home,
      program: `${folder}/app`,
      elsewhere,
      port: server.addr.port,
      windows: false,
    };
    await Deno.writeTextFile(`${pc.data}/attempts.json`, JSON.stringify(facts));
    const { code, stderr } = await runDeno(
      pc.home,
      nightCommand(pc, program),
      await Deno.readFile(pc.envelope),
    );
    const text = await Deno.readTextFile(`${pc.data}/outcomes.json`).catch(() => assert.fail(stderr));
    return { outcomes: JSON.parse(text), code, connections, pc, folder };
  } finally {
    await server.shutdown();
  }
}

Deno.test("hostile code in a run reads, writes, starts, loads and reaches nothing beyond the run's own", () =>
  inFolder(async (folder) => {
    const { outcomes, code, connections, pc } = await hostileNight(folder);
    const allowed = Object.entries(outcomes).filter(([name]) => name.startsWith("ALLOWED"));
    assert.deepEqual(allowed.map(([, { done }]) => done), [true, true], "the list itself works");
    const done = Object.entries(outcomes).filter(([name, one]) => one.done && !name.startsWith("ALLOWED"));
    assert.deepEqual(Object.fromEntries(done.map(([name, { gave }]) => [name, gave])), WITHOUT_EFFECT);
    assert.ok(Object.keys(outcomes).length > 50);
    assert.equal(connections, 0);
    assert.equal(code, 0, "the night itself goes on");
    assert.deepEqual([...(await filesBelow(`${folder}/elsewhere`)).keys()].sort(), [
      "code.js",
      "secret.txt",
      "secret.txt.json",
    ]);
    assert.equal(await Deno.readTextFile(`${pc.home}/settings.json`), "{}");
    const kept = [...(await filesBelow(pc.home)).entries()].filter(([, bytes]) =>
      new TextDecoder("latin1").decode(bytes).includes("kept by hostile code")
    );
    assert.deepEqual(
      kept.map(([path]) => path).filter((path) =>
        path !== "state/outcomes.json" && !path.startsWith("deno/")
      ),
      [],
    );
  }));
