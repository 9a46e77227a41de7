/** Encryption to age recipients (https://age-encryption.org/v1), loaded with the first use. */

import { UserError } from "../errors.ts";
import type { Sealer } from "../ports.ts";

/** How much of a wrong recipient a message quotes. */
const QUOTED_CHARACTERS = 16;

/**
 * Makes the sealer.
 *
 * `seal()` takes every recipient that the library knows: X25519 (`age1…`), post-quantum (`age1pq1…`) and those of
 * hardware keys that need no plugin to write to (`age1tag1…`, `age1tagpq1…`). It throws a {@link UserError}
 * `settings` that names a wrong one. The errors of `open()` and `recipientOf()` quote neither bytes nor identity,
 * and have no cause, since those of the library may.
 *
 * @returns The sealer. Without state; one serves all.
 */
export function ageSealer(): Sealer {
  return { seal, open, recipientOf };
}

async function seal(bytes: Uint8Array, recipients: readonly string[]): Promise<Uint8Array> {
  // the library would write a file that nobody can open
  if (recipients.length === 0) throw new Error("Cannot seal: there is no recipient");
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient.trim());
    } catch {
      throw wrongRecipient(recipient.trim());
    }
  }
  return await encrypter.encrypt(bytes);
}

function wrongRecipient(recipient: string): UserError {
  if (/^AGE-SECRET-KEY-/i.test(recipient)) {
    return new UserError(
      "settings",
      'Cannot seal: a value of "recipients" is a secret key, not a recipient',
      {
        hint:
          "Take the secret key out of the settings, make a new pair, and put its public part (age1…) there",
      },
    );
  }
  const quoted = recipient.length > QUOTED_CHARACTERS
    ? `${recipient.slice(0, QUOTED_CHARACTERS)}…`
    : recipient;
  return new UserError("settings", `Cannot seal: "${quoted}" is not an age recipient`, {
    hint:
      'Copy the whole text that starts with "age1"; recipients of age plugins (YubiKey and the like) cannot be used',
  });
}

async function open(sealed: Uint8Array, identity: string): Promise<Uint8Array> {
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(identity.trim());
  } catch {
    throw new Error("Cannot open the sealed file: the key is not an age identity");
  }
  try {
    return await decrypter.decrypt(sealed);
  } catch {
    throw new Error("Cannot open the sealed file: the key does not fit, or the file was altered");
  }
}

async function recipientOf(identity: string): Promise<string> {
  const { identityToRecipient } = await import("age-encryption");
  try {
    return await identityToRecipient(identity.trim());
  } catch {
    throw new Error("Cannot tell the recipient: the key is not an age identity");
  }
}
