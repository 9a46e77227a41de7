// Sealed files that something happened to: they open to exactly what was sealed, or not at all.

import assert from "node:assert/strict";
import { armor } from "age-encryption";
import fc from "fast-check";
import { ageOpener } from "../../lib/effects/age_opener.ts";
import { ageSealer } from "../../lib/effects/age_sealer.ts";
import { newArchiveKey } from "../../lib/effects/archive_key_file.ts";
import { UserError } from "../../lib/errors.ts";
import { fuzzName, fuzzOptions } from "../helpers/fuzz.ts";
import { byteChanges } from "../helpers/mutate.ts";
import { DIGITS } from "../helpers/send_mail.ts";

const sealer = ageSealer();
const opener = ageOpener();
const identity = await newArchiveKey();
const plain = new TextEncoder().encode(`Recovery Key:\r\n\r\n\t${DIGITS}\r\n`.repeat(20));
const binary = await sealer.seal(plain, [await sealer.recipientOf(identity)]);
const armored = new TextEncoder().encode(armor.encode(binary));

for (const [form, sealed] of [["binary", binary], ["armored", armored]] as const) {
  Deno.test(
    fuzzName(`any ${form} sealed file opens to what was sealed, or is refused by words`),
    async () => {
      let opened = 0;
      await fc.assert(
        fc.asyncProperty(byteChanges(0), async (change) => {
          let bytes: Uint8Array;
          try {
            bytes = await opener.open(change(sealed), { identities: [identity], passphrase: null });
          } catch (error) {
            assert.ok(error instanceof UserError, `${error instanceof Error ? error.stack : error}`);
            assert.equal(error.code, "usage");
            assert.equal(error.cause, undefined);
            assert.ok(!`${error.message}${error.hint}${error.stack}`.includes(identity));
            return;
          }
          assert.deepEqual(bytes, plain);
          opened++;
        }),
        fuzzOptions(),
      );
      assert.ok(opened > 0, "unaltered files are among them");
    },
  );
}
