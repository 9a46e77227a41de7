import assert from "node:assert/strict";
import { filesBelow, inFolder } from "./helpers/program.ts";
import { guidOf, passwordOf } from "./helpers/made_up_values.ts";
import { bundle, loadedWith, NOT_ON_A_QUIET_NIGHT } from "./tools/bundle.ts";
import { nightCommand, runDeno, setUpPc } from "./tools/production.ts";

/** What `check --json` gives. */
interface NightDocument {
  readonly changes: readonly unknown[];
  readonly deliveries: readonly unknown[];
}

Deno.test("the bundle does a night with the flags and permissions of production, then a quiet one", async () => {
  await inFolder(async (folder) => {
    const program = `${folder}/app/main.js`;
    const chunks = await bundle(`${folder}/app`);
    const pc = await setUpPc(folder, program);
    const envelope = await Deno.readFile(pc.envelope);
    const night = async (...flags: readonly string[]): Promise<NightDocument> => {
      const [run = "", ...rest] = nightCommand(pc, program);
      const { code, stdout, stderr } = await runDeno(pc.home, [run, ...flags, ...rest], envelope);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" }, stdout);
      return JSON.parse(stdout);
    };

    const first = await night();
    assert.equal(first.changes.length, 4, "two drives with a key each");
    assert.equal(first.deliveries.length, 3, "two reports of keys and a sheet");
    const delivered = await filesBelow(pc.keys);
    const report = `ANNA-LAPTOP/2026-11-24 C BitLocker Recovery Key ${guidOf(1)}.TXT`;
    assert.deepEqual([...delivered.keys()].sort(), [
      report,
      `ANNA-LAPTOP/2026-11-24 D BitLocker Recovery Key ${guidOf(2)}.TXT`,
      "ANNA-LAPTOP/2026-11-24 Recovery sheet.html",
      "ANNA-LAPTOP/status.json",
    ]);
    assert.ok(new TextDecoder("utf-16le").decode(delivered.get(report)).includes(passwordOf(1)));

    const second = await night(`--coverage=${folder}/coverage`);
    assert.deepEqual([second.changes, second.deliveries], [[], []]);
    assert.deepEqual([...(await filesBelow(pc.keys)).keys()].sort(), [...delivered.keys()].sort());

    const loaded: string[] = [];
    for (const bytes of (await filesBelow(`${folder}/coverage`)).values()) {
      loaded.push(JSON.parse(new TextDecoder().decode(bytes)).url.split("/").at(-1));
    }
    const known = loadedWith(chunks, ["main.js", "check"]);
    assert.deepEqual(
      loaded.sort(),
      known.map(({ name }) => name).sort(),
      "what the tool says is what is loaded",
    );
    assert.ok(known.length <= 6, `a quiet night loads few files, not ${known.length}`);
    const heavy = known.flatMap(({ sources }) => sources)
      .filter((source) => NOT_ON_A_QUIET_NIGHT.some((pattern) => pattern.test(source)));
    assert.deepEqual(heavy, []);
    for (const pattern of NOT_ON_A_QUIET_NIGHT) {
      assert.ok(
        chunks.some(({ sources }) => sources.some((source) => pattern.test(source))),
        `${pattern} fits nothing`,
      );
    }

    await Deno.writeTextFile(
      `${folder}/timer.js`,
      'import { main } from "./app/main.js";\n' +
        'globalThis.setTimeout = () => { throw new Error("a timer"); };\n' +
        "Deno.exit(await main(Deno.args));\n",
    );
    const timed = await runDeno(pc.home, nightCommand(pc, `${folder}/timer.js`), envelope);
    assert.deepEqual(
      { code: timed.code, stderr: timed.stderr },
      { code: 0, stderr: "" },
      "the first timer of a process costs a quiet night a tenth of its time",
    );

    await Deno.writeTextFile(
      `${folder}/bug.js`,
      'import { main } from "./app/main.js";\n' +
        'Deno.exit(await main(Deno.args, () => { throw new TypeError("on purpose"); }));\n',
    );
    const bug = await runDeno(pc.home, nightCommand(pc, `${folder}/bug.js`), envelope);
    assert.equal(bug.code, 1);
    assert.match(
      bug.stderr,
      /TypeError: on purpose[\s\S]*at async .*\btasks\/check\.ts:\d+:\d+/,
    );
  });
});
