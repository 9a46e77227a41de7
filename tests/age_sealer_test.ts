import assert from "node:assert/strict";
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from "age-encryption";
import fc from "fast-check";
import { UserError } from "../lib/errors.ts";
import { ageSealer } from "../lib/effects/age_sealer.ts";

const sealer = ageSealer();
const anna = await generateX25519Identity();
const tom = await generateX25519Identity();
const seed = 20261124;

Deno.test("seal() and open() give back every content, for each recipient", async () => {
  const recipients = [await identityToRecipient(anna), await identityToRecipient(tom)];
  // 64 KiB is where age begins a second chunk
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constant(new Uint8Array(64 * 1024 + 1).fill(7)),
  );
  const property = fc.asyncProperty(content, async (bytes) => {
    const sealed = await sealer.seal(bytes, recipients);
    assert.deepEqual(await sealer.open(sealed, anna), bytes);
    assert.deepEqual(await sealer.open(sealed, tom), bytes);
  });
  await fc.assert(property, { numRuns: 30, seed });
});

Deno.test("seal() writes a binary age file of version 1 with one stanza a recipient", async () => {
  const recipients = [await identityToRecipient(anna), await identityToRecipient(tom)];
  const text = new TextDecoder("latin1").decode(await sealer.seal(new Uint8Array(), recipients));
  assert.match(text, /^age-encryption\.org\/v1\n-> X25519 /);
  assert.equal(text.match(/^-> X25519 /gm)?.length, 2);
});

Deno.test("seal() gives other bytes each time", async () => {
  const recipients = [await identityToRecipient(anna)];
  const bytes = Uint8Array.of(1, 2, 3);
  assert.notDeepEqual(await sealer.seal(bytes, recipients), await sealer.seal(bytes, recipients));
});

Deno.test("open() never opens a file of which one byte is altered or that is cut", async () => {
  const sealed = await sealer.seal(new TextEncoder().encode("not to be altered"), [
    await identityToRecipient(anna),
  ]);
  const place = fc.tuple(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }));
  await fc.assert(
    fc.asyncProperty(place, async ([at, change]) => {
      const altered = sealed.slice();
      altered[at] = (altered[at] ?? 0) ^ change;
      await assert.rejects(sealer.open(altered, anna), /^Error: Cannot open the sealed file: /);
    }),
    { numRuns: 300, seed },
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(sealed.length - 1), async (length) => {
      await assert.rejects(
        sealer.open(sealed.slice(0, length), anna),
        /^Error: Cannot open the sealed file: /,
      );
    }),
    { numRuns: 50, seed },
  );
});

Deno.test("open() refuses another identity, and its error holds neither", async () => {
  const sealed = await sealer.seal(Uint8Array.of(1), [await identityToRecipient(anna)]);
  for (const identity of [tom, anna.slice(0, -1), "AGE-SECRET-KEY-1", ""]) {
    await assert.rejects(sealer.open(sealed, identity), (error: Error) => {
      assert.match(error.message, /^Cannot open the sealed file: /);
      assert.equal(error.cause, undefined);
      assert.ok(identity === "" || !error.message.includes(identity));
      return true;
    });
  }
});

Deno.test("seal() takes post-quantum recipients", async () => {
  const identity = await generateHybridIdentity();
  const recipient = await sealer.recipientOf(identity);
  assert.match(recipient, /^age1pq1/);
  const sealed = await sealer.seal(Uint8Array.of(4, 2), [recipient]);
  assert.deepEqual(await sealer.open(sealed, identity), Uint8Array.of(4, 2));
});

const WRONG: ReadonlyArray<readonly [why: string, recipient: string, message: RegExp]> = [
  ["no age recipient", "tom@example.org", /^Cannot seal: "tom@example\.org" is not an age recipient$/],
  [
    "cut",
    (await identityToRecipient(anna)).slice(0, -3),
    /^Cannot seal: "age1.{12}…" is not an age recipient$/,
  ],
  ["empty", "", /^Cannot seal: "" is not an age recipient$/],
  [
    "of a plugin",
    "age1yubikey1qwt50d05nh5vutpdzmlg5wn80xq5negm4uj9ghv0snvdd3yysf5yw3rhl3t",
    /"age1yubikey1qwt5…"/,
  ],
  ["a secret key", anna, /^Cannot seal: a value of "recipients" is a secret key, not a recipient$/],
];

for (const [why, recipient, message] of WRONG) {
  Deno.test(`seal() names a recipient that is ${why}`, async () => {
    await assert.rejects(
      sealer.seal(Uint8Array.of(1), [await identityToRecipient(tom), recipient]),
      (error) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.code, "settings");
        assert.match(error.message, message);
        assert.ok(error.hint !== null);
        assert.ok(!`${error.message}${error.hint}`.includes(anna));
        return true;
      },
    );
  });
}

Deno.test("seal() refuses to seal to nobody", async () => {
  await assert.rejects(sealer.seal(Uint8Array.of(1), []), /there is no recipient/);
});

Deno.test("recipientOf() gives the recipient of an identity and quotes no wrong one", async () => {
  assert.equal(await sealer.recipientOf(`${anna}\n`), await identityToRecipient(anna));
  const wrong = anna.slice(0, -1);
  await assert.rejects(
    sealer.recipientOf(wrong),
    (error: Error) => !error.message.includes(wrong) && error.cause === undefined,
  );
});
