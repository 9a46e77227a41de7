import assert from "node:assert/strict";
import { fingerprintOf, fingerprintsOf } from "../lib/core/fingerprint.ts";
import { passwordOf } from "./helpers/made_up_values.ts";
import { dataVolumeDocument, keyDocument, snapshotOf, volumeDocument } from "./helpers/snapshots.ts";

Deno.test("fingerprintOf() gives 64 digits that are always the same, and others for other digits", async () => {
  const one = await fingerprintOf(passwordOf(1));
  assert.match(one, /^[0-9a-f]{64}$/);
  assert.equal(await fingerprintOf(passwordOf(1)), one);
  assert.notEqual(await fingerprintOf(passwordOf(2)), one);
});

Deno.test("fingerprintOf() stays as ledgers hold it", async () => {
  // SHA-256 of "spare-key recovery password", a line feed and the password, computed by sha256sum
  assert.equal(
    await fingerprintOf("249425-539187-330363-273262-016346-600963-497299-188144"),
    "63722f296ae09470a234eb358d28bbfc3e6527101f5b1e2c339a8f0ce8e637cb",
  );
});

Deno.test("fingerprintOf() is not the bare hash of the digits, which other programs may show", async () => {
  const bare = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(passwordOf(1)));
  assert.notEqual(await fingerprintOf(passwordOf(1)), new Uint8Array(bare).toHex());
});

Deno.test("fingerprintsOf() covers every password of a snapshot once, and skips what was not read", async () => {
  const snapshot = snapshotOf([
    volumeDocument({
      protectors: [keyDocument(1), keyDocument(3), keyDocument(4, { recoveryPassword: null })],
    }),
    dataVolumeDocument({ protectors: [keyDocument(2), keyDocument(5, { recoveryPassword: passwordOf(1) })] }),
    dataVolumeDocument({ deviceId: "third", drive: "E:", protectors: null }),
  ]);
  const prints = await fingerprintsOf(snapshot);
  assert.deepEqual([...prints.keys()].sort(), [1, 2, 3].map(passwordOf).sort());
  assert.equal(prints.get(passwordOf(1)), await fingerprintOf(passwordOf(1)));
});

Deno.test("fingerprintsOf() is the same for digits with hyphens, blanks or neither", async () => {
  for (
    const written of [
      passwordOf(1).replaceAll("-", ""),
      passwordOf(1).replaceAll("-", " "),
      ` ${passwordOf(1)} `,
    ]
  ) {
    const snapshot = snapshotOf([
      volumeDocument({ protectors: [keyDocument(1, { recoveryPassword: written })] }),
    ]);
    assert.deepEqual([...(await fingerprintsOf(snapshot)).values()], [await fingerprintOf(passwordOf(1))]);
  }
});
