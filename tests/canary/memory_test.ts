/** Bytes of secrets are cleared once they are read; texts cannot be, in JavaScript. */

import assert from "node:assert/strict";
import { readEnvelope } from "../../lib/effects/stdin.ts";
import { readSecrets } from "../../tasks/seal_secrets.ts";
import { run as check } from "../../tasks/check.ts";
import { run as tellFailure } from "../../tasks/tell_failure.ts";
import type { Deps } from "../../tasks/task.ts";
import { envelopeOf } from "./pc.ts";
import { IDENTITY, PASSPHRASE } from "./secrets.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const isClear = (bytes: Uint8Array): boolean => bytes.length > 0 && bytes.every((byte) => byte === 0);

Deno.test("pieces of standard input are cleared once they are joined", async () => {
  const pieces = [utf8('{"a":'), utf8('"secret"}')];
  const rest = [...pieces];
  const { bytes } = await readEnvelope({
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }> {
      const value = rest.shift();
      return Promise.resolve(value === undefined ? { done: true } : { done: false, value });
    },
    cancel: () => Promise.resolve(),
  });
  assert.equal(new TextDecoder().decode(bytes), '{"a":"secret"}');
  assert.ok(pieces.every(isClear));
});

Deno.test("the bytes of a document with secrets are cleared, also when it is damaged", async () => {
  for (const run of [check, tellFailure]) {
    const bytes = utf8(envelopeOf({}).slice(0, -9));
    const deps = {
      readInput: () => Promise.resolve(bytes),
      terminal: { say: () => {}, out: () => {} },
    } as unknown as Deps;
    await assert.rejects(run({ values: {}, positionals: [] }, deps));
    assert.ok(isClear(bytes));
  }
});

Deno.test("the bytes of passphrase and identity are cleared", async () => {
  const files = new Map([["p", utf8(`${PASSPHRASE}\n`)], ["i", utf8(`${IDENTITY}\n`)]]);
  const deps = {
    files: { read: (path: string) => Promise.resolve(files.get(path)) },
  } as unknown as Deps;
  const secrets = await readSecrets(
    { values: { "passphrase-file": "p", "identity": "i" }, positionals: [] },
    deps,
  );
  assert.deepEqual(secrets, { identities: [IDENTITY], passphrase: PASSPHRASE });
  assert.ok([...files.values()].every(isClear));
});
