import assert from "node:assert/strict";
import { jsonLog, type JsonLogOptions, noLog } from "../lib/effects/json_log.ts";
import type { Log } from "../lib/ports.ts";
import { fixedClock } from "./fakes.ts";
import { inFolder, namesIn } from "./helpers/program.ts";

const DIGITS = "249425-539187-330363-273262-016346-600963-497299-188144";

function open(folder: string, options: Partial<JsonLogOptions> = {}): Log {
  const clock = fixedClock("2026-11-24T03:00:00Z");
  return jsonLog({ path: `${folder}/spare-key.log`, level: "debug", runId: "run-1", clock, ...options });
}

async function linesOf(path: string): Promise<readonly unknown[]> {
  const text = await Deno.readTextFile(path);
  assert.ok(text.endsWith("\n"));
  return text.trimEnd().split("\n").map((line): unknown => JSON.parse(line));
}

Deno.test("a line holds time, level, id, run and text first, then the fields", async () => {
  await inFolder(async (folder) => {
    const log = open(folder);
    log.write("info", "DST001", "Delivered", { destination: "stick", count: 2 });
    log.write("error", "DST002", "Two\nlines");
    assert.deepEqual(await namesIn(folder), [], "nothing is written before flush");
    await log.flush();
    assert.equal(
      await Deno.readTextFile(`${folder}/spare-key.log`),
      '{"time":"2026-11-24T03:00:00.000Z","level":"info","id":"DST001","runId":"run-1","text":"Delivered","destination":"stick","count":2}\n' +
        '{"time":"2026-11-24T03:00:00.000Z","level":"error","id":"DST002","runId":"run-1","text":"Two\\nlines"}\n',
    );
  });
});

Deno.test("lines below the level are left out", async () => {
  for (
    const [level, expected] of [
      ["debug", ["debug", "info", "warning", "error"]],
      ["info", ["info", "warning", "error"]],
      ["warning", ["warning", "error"]],
      ["error", ["error"]],
    ] as const
  ) {
    await inFolder(async (folder) => {
      const log = open(folder, { level });
      for (const each of ["debug", "info", "warning", "error"] as const) log.write(each, "X", each);
      await log.flush();
      const lines = await linesOf(`${folder}/spare-key.log`);
      assert.deepEqual(lines.map((line) => (line as { level: string }).level), expected);
    });
  }
});

Deno.test("digits of a recovery password never reach the file, wherever they stand", async () => {
  await inFolder(async (folder) => {
    const log = open(folder);
    const spaced = DIGITS.replaceAll("-", " \n");
    log.write("info", "X", `key ${DIGITS}`);
    log.write("info", "X", "nested", {
      list: [{ deep: `a ${DIGITS} b` }],
      plain: DIGITS.replaceAll("-", ""),
      spaced,
      [DIGITS]: "as a name",
      error: new Error(`failed at ${DIGITS}`),
      bytes: new TextEncoder().encode(DIGITS),
      url: new URL(`file:///x/${DIGITS}`),
    });
    const circle: Record<string, unknown> = { digits: DIGITS };
    circle["self"] = circle;
    log.write("info", `id ${DIGITS}`, "circle", circle);
    await log.flush();
    const text = await Deno.readTextFile(`${folder}/spare-key.log`);
    for (const group of DIGITS.split("-")) assert.ok(!text.includes(group), group);
    assert.match(text, /"error":"Error: failed at \[recovery password\]"/);
    assert.match(text, /"bytes":"55 bytes"/);
    assert.equal((await linesOf(`${folder}/spare-key.log`)).length, 3);
  });
});

Deno.test("write() never throws, and no field takes the place of the head", async () => {
  await inFolder(async (folder) => {
    const log = open(folder);
    const trap = {
      get it(): never {
        throw new Error(`trap ${DIGITS}`);
      },
    };
    const circle: { self?: unknown } = {};
    circle.self = circle;
    log.write("info", "A", "trap", { trap });
    log.write("info", "B", "circle", { circle });
    log.write("info", "C", "odd", { big: 10n, none: undefined, act: () => 1, time: "now", id: "other" });
    await log.flush();
    const head = { time: "2026-11-24T03:00:00.000Z", level: "info", runId: "run-1" };
    const [first, second, third] = await linesOf(`${folder}/spare-key.log`);
    assert.deepEqual(first, { ...head, id: "A", text: "trap", fieldsError: "trap [recovery password]" });
    assert.match(JSON.stringify(second), /"id":"B".*"fieldsError":"Converting circular/);
    assert.deepEqual(third, { ...head, id: "C", text: "odd", big: "10" });
  });
});

Deno.test("flush() appends, and writes each line once", async () => {
  await inFolder(async (folder) => {
    const log = open(folder);
    await log.flush();
    assert.deepEqual(await namesIn(folder), []);
    log.write("info", "A", "one");
    const flushing = Promise.all([log.flush(), log.flush()]);
    log.write("info", "B", "two");
    await flushing;
    await log.flush();
    await log.flush();
    const again = open(folder, { runId: "run-2" });
    again.write("info", "C", "three");
    await again.flush();
    const lines = await linesOf(`${folder}/spare-key.log`);
    assert.deepEqual(lines.map((line) => (line as { id: string }).id), ["A", "B", "C"]);
  });
});

Deno.test("a run that was killed while writing costs no line of the next one", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/spare-key.log`, '{"time":"2026-11-2');
    const log = open(folder);
    log.write("info", "A", "one");
    await log.flush();
    const [half, whole] = (await Deno.readTextFile(`${folder}/spare-key.log`)).split("\n");
    assert.equal(half, '{"time":"2026-11-2');
    assert.equal((JSON.parse(whole ?? "") as { id: string }).id, "A");
  });
});

Deno.test("the file is rotated before it grows over its size, and so many old ones stay", async () => {
  await inFolder(async (folder) => {
    for (let run = 1; run <= 6; run++) {
      const log = open(folder, { runId: `run-${run}`, maxBytes: 150, keep: 2 });
      log.write("info", "A", "one line of more than half of the size");
      await log.flush();
    }
    assert.deepEqual(await namesIn(folder), ["spare-key.1.log", "spare-key.2.log", "spare-key.log"]);
    const runs = await Promise.all(
      ["", ".1", ".2"].map(async (number) =>
        (await linesOf(`${folder}/spare-key${number}.log`)).map((line) => (line as { runId: string }).runId)
      ),
    );
    assert.deepEqual(runs, [["run-6"], ["run-5"], ["run-4"]]);
  });
});

Deno.test("with none to keep the old file is dropped", async () => {
  await inFolder(async (folder) => {
    for (const id of ["A", "B"]) {
      const log = open(folder, { maxBytes: 10, keep: 0 });
      log.write("info", id, "text");
      await log.flush();
    }
    assert.deepEqual(await namesIn(folder), ["spare-key.log"]);
    assert.equal((await linesOf(`${folder}/spare-key.log`)).length, 1);
  });
});

Deno.test("a rotation that fails is told, and the lines are written all the same", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/spare-key.log`, "x".repeat(200) + "\n");
    await Deno.mkdir(`${folder}/spare-key.1.log/in the way`, { recursive: true });
    const log = open(folder, { maxBytes: 100, keep: 1 });
    log.write("info", "A", "one");
    await assert.rejects(() => log.flush(), /^Error: Cannot write the log ".*spare-key\.log": /);
    assert.match(await Deno.readTextFile(`${folder}/spare-key.log`), /"id":"A"/);
  });
});

Deno.test("flush() rejects when it cannot write, and keeps the lines for the next one", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/logs/spare-key.log`;
    await Deno.writeTextFile(`${folder}/logs`, "a file in the way");
    const log = open(folder, { path });
    log.write("info", "A", "one");
    const message = `Cannot write the log "${path}": a part of the path is not a folder`;
    await assert.rejects(() => log.flush(), { message });
    await Deno.remove(`${folder}/logs`);
    log.write("info", "B", "two");
    await log.flush();
    assert.deepEqual((await linesOf(path)).map((line) => (line as { id: string }).id), ["A", "B"]);
  });
});

Deno.test("noLog() keeps nothing", async () => {
  const log = noLog();
  assert.equal(log.write("error", "X", "text"), undefined);
  assert.equal(await log.flush(), undefined);
});
