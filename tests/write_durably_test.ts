import assert from "node:assert/strict";
import { patiently, writeDurably } from "../lib/effects/write_durably.ts";

const FAST = { waitsMs: [0, 0], os: "windows" };

/** Fails so many times, then gives 7. */
function after(
  failures: number,
  error: Error,
): { readonly act: () => Promise<number>; readonly calls: () => number } {
  let calls = 0;
  return { act: () => ++calls <= failures ? Promise.reject(error) : Promise.resolve(7), calls: () => calls };
}

Deno.test("what Windows refuses while another has it open is tried again, so many times", async () => {
  for (const error of [new Deno.errors.PermissionDenied("os error 5"), new Deno.errors.Busy("os error 32")]) {
    const twice = after(2, error);
    assert.equal(await patiently(twice.act, FAST), 7);
    assert.equal(twice.calls(), 3);
    const always = after(99, error);
    await assert.rejects(() => patiently(always.act, FAST), error);
    assert.equal(always.calls(), 3);
  }
});

Deno.test("what waiting cannot help is thrown at once", async () => {
  const missing = after(1, new Deno.errors.NotFound("os error 2"));
  await assert.rejects(() => patiently(missing.act, FAST), Deno.errors.NotFound);
  assert.equal(missing.calls(), 1);
  const elsewhere = after(1, new Deno.errors.PermissionDenied("os error 13"));
  await assert.rejects(
    () => patiently(elsewhere.act, { ...FAST, os: "linux" }),
    Deno.errors.PermissionDenied,
  );
  assert.equal(elsewhere.calls(), 1);
});

Deno.test("writeDurably() replaces a file whole, and leaves it when it cannot", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeDurably(`${folder}/a`, new Uint8Array(1000).fill(1));
    await writeDurably(`${folder}/a`, Uint8Array.of(2), { mode: 0o600 });
    assert.deepEqual(await Deno.readFile(`${folder}/a`), Uint8Array.of(2));
    await Deno.mkdir(`${folder}/b`);
    await assert.rejects(() => writeDurably(`${folder}/b`, Uint8Array.of(3)), Deno.errors.IsADirectory);
    assert.deepEqual((await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort(), [
      "a",
      "b",
    ]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
