import assert from "node:assert/strict";
import { terminal } from "../lib/effects/terminal.ts";

const BIG = 5_000_000;

/** Runs a line that has `terminal()` in another process. */
function start(code: string): Deno.ChildProcess {
  const module = new URL("../lib/effects/terminal.ts", import.meta.url).href;
  return new Deno.Command(Deno.execPath(), {
    args: ["eval", `import { terminal } from ${JSON.stringify(module)};\n${code}`],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

Deno.test("results go to stdout and talk to stderr, as UTF-8, each with a line feed", async () => {
  const { stdout, stderr, code } = await start(
    `const t = terminal(); t.out("Schlüssel"); t.say("wird geprüft");`,
  ).output();
  assert.equal(new TextDecoder().decode(stdout), "Schlüssel\n");
  assert.equal(new TextDecoder().decode(stderr), "wird geprüft\n");
  assert.equal(code, 0);
});

Deno.test("a text larger than a pipe is written whole", async () => {
  const { stdout } = await start(`terminal().out("x".repeat(${BIG}));`).output();
  assert.equal(stdout.length, BIG + 1);
});

Deno.test("a reader that goes ends neither the program nor its talk", async () => {
  const child = start(`const t = terminal(); t.out("x".repeat(${BIG})); t.out("more"); t.say("still here");`);
  const reader = child.stdout.getReader();
  await reader.read();
  await reader.cancel();
  const stderr = await new Response(child.stderr).text();
  assert.equal(stderr, "still here\n");
  assert.equal((await child.status).code, 0);
});

Deno.test("streams that take a little at a time, or nothing for the moment, get all", () => {
  let taken = "";
  let calls = 0;
  const stdout = {
    writeSync: (bytes: Uint8Array): number => {
      if (++calls % 3 === 0) throw new Deno.errors.WouldBlock("Resource temporarily unavailable");
      taken += new TextDecoder().decode(bytes.subarray(0, 2));
      return Math.min(2, bytes.length);
    },
  };
  terminal({ stdout }).out("recovery sheet");
  assert.equal(taken, "recovery sheet\n");
});

Deno.test("what is wrong with a stream otherwise is thrown", () => {
  const stderr = {
    writeSync: (): number => {
      throw new Error("Input/output error");
    },
  };
  assert.throws(() => terminal({ stderr }).say("text"), /Input\/output error/);
});
