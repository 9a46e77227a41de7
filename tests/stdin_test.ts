import assert from "node:assert/strict";
import fc from "fast-check";
import { type EnvelopeInput, readEnvelope } from "../lib/effects/stdin.ts";
import { UserError } from "../lib/errors.ts";

/** A stream that gives some chunks and then ends, or stays open. */
function stream(chunks: readonly Uint8Array[], open = false): ReadableStream<Uint8Array> {
  const rest = [...chunks];
  return new ReadableStream({
    pull(controller): Promise<void> | void {
      const chunk = rest.shift();
      if (chunk !== undefined) controller.enqueue(chunk);
      else if (open) return new Promise(() => {});
      else controller.close();
    },
  });
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function utf16(text: string, mark = true): Uint8Array {
  const bytes = mark ? [0xff, 0xfe] : [];
  for (const unit of text.split("").map((letter) => letter.charCodeAt(0))) bytes.push(unit & 0xff, unit >> 8);
  return Uint8Array.from(bytes);
}

async function read(chunks: readonly Uint8Array[], open = false): Promise<EnvelopeInput> {
  return await readEnvelope(stream(chunks, open).getReader());
}

const ENDINGS: readonly (readonly [string, readonly Uint8Array[], boolean, Uint8Array])[] = [
  ["the end of stdin", [utf8('{"a":1}')], false, utf8('{"a":1}')],
  ["the end of stdin, in pieces", [utf8('{"a"'), new Uint8Array(), utf8(":1}")], false, utf8('{"a":1}')],
  ["a NUL byte", [utf8('{"a":1}\0')], true, utf8('{"a":1}')],
  ["a NUL byte in a piece of its own", [utf8('{"a":1}'), utf8("\0")], true, utf8('{"a":1}')],
  ["a NUL byte with more behind it", [utf8('{"a":1}\0{"b":2}')], true, utf8('{"a":1}')],
  ["a NUL byte after a byte order mark", [utf8('\ufeff{"a":1}\0')], true, utf8('\ufeff{"a":1}')],
  ["the end of stdin before anything", [], false, new Uint8Array()],
  ["a NUL byte before anything", [utf8("\0")], true, new Uint8Array()],
  ["the end of stdin, as UTF-16", [utf16('{"a":1}')], false, utf16('{"a":1}')],
  ["the end of stdin, as UTF-16 without a mark", [utf16('{"a":1}', false)], false, utf16('{"a":1}', false)],
];
for (const [what, chunks, staysOpen, expected] of ENDINGS) {
  Deno.test(`a document ends with ${what}`, async () => {
    assert.deepEqual((await read(chunks, staysOpen)).bytes, expected);
  });
}

Deno.test("however the pipe cuts a document, it comes out the same", async () => {
  const document = fc.string({ unit: "grapheme", minLength: 2 }).filter((text) => !text.includes("\0"));
  const cuts = fc.array(fc.nat(200), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(document, cuts, fc.boolean(), fc.boolean(), async (text, places, wide, ended) => {
      const content = wide ? utf16(text) : utf8(text);
      const whole = ended && !wide ? Uint8Array.of(...content, 0) : content;
      const at = [
        0,
        ...places.map((place) => Math.min(place, whole.length)).sort((a, b) => a - b),
        whole.length,
      ];
      const chunks = at.slice(1).map((end, index) => whole.slice(at[index], end));
      assert.deepEqual((await read(chunks)).bytes, content);
    }),
    { seed: 1, numRuns: 300 },
  );
});

Deno.test("more than the limit is refused, with the limit named and nothing quoted", async () => {
  const options = { maxBytes: 2 * 1024 * 1024 };
  // Pieces are cleared once they are read.
  const half = (): Uint8Array => new Uint8Array(1024 * 1024).fill(0x31);
  assert.equal(
    (await readEnvelope(stream([half(), half()]).getReader(), options)).bytes.length,
    options.maxBytes,
  );
  await assert.rejects(
    () => readEnvelope(stream([half(), half(), utf8("1")], true).getReader(), options),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.equal(error.code, "snapshot");
      assert.equal(error.message, "Cannot read the snapshot from standard input: it is longer than 2 MB");
      return true;
    },
  );
});

Deno.test("the default limit is 64 MB", async () => {
  const chunk = new Uint8Array(8 * 1024 * 1024).fill(0x31);
  await assert.rejects(
    () => read([...Array.from({ length: 8 }, () => chunk), utf8("1")]),
    /it is longer than 64 MB$/,
  );
});

/** Runs `stdin_child.ts`; `lines` gives what it says next. */
function start(
  mode: string,
): { readonly child: Deno.ChildProcess; readonly line: () => Promise<string | undefined> } {
  const script = new URL("contracts/stdin_child.ts", import.meta.url).pathname;
  const args = ["run", "--no-prompt", "--no-lock", "--no-npm", "--no-remote", script, mode];
  const child = new Deno.Command(Deno.execPath(), {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return { child, line: async () => (await lines.read()).value };
}

Deno.test("a run that was handed its document by a NUL byte ends with its parent", async () => {
  const { child, line } = start("work");
  const pipe = child.stdin.getWriter();
  await pipe.write(utf8('{"a":1}\0'));
  assert.equal(await line(), "read 7\n");
  await pipe.close();
  assert.equal(await line(), "parent closed\n");
  assert.equal(await line(), undefined);
  assert.equal((await child.status).code, 1);
});

Deno.test("a watch that was stopped neither calls back nor keeps the process", async () => {
  const { child, line } = start("stop");
  const pipe = child.stdin.getWriter();
  await pipe.write(utf8('{"a":1}\0'));
  assert.equal(await line(), "read 7\n");
  assert.equal(await line(), undefined);
  assert.equal((await child.status).code, 0);
  await pipe.close().catch(() => {}); // the other end has gone
});

Deno.test("the end of stdin as the end of the document is not the death of the parent", async () => {
  const { child, line } = start("watch");
  const pipe = child.stdin.getWriter();
  await pipe.write(utf8('{"a":1}'));
  await pipe.close();
  assert.equal(await line(), "read 7\n");
  assert.equal(await line(), undefined);
  assert.equal((await child.status).code, 0);
});
