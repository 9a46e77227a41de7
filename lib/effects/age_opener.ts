/** Opens age files (https://age-encryption.org/v1) that a person names; the library is loaded with the first. */

import { messageOf, UserError } from "../errors.ts";
import type { SealOpener, SealSecrets } from "../ports.ts";

const ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";

/**
 * Makes the opener. Its errors quote neither bytes nor secrets, and have no cause, since the library's may.
 *
 * @returns The opener. Without state; one serves all.
 */
export function ageOpener(): SealOpener {
  return { open };
}

async function open(sealed: Uint8Array, { identities, passphrase }: SealSecrets): Promise<Uint8Array> {
  const { armor, Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  try {
    for (const identity of identities) decrypter.addIdentity(identity.trim());
  } catch {
    throw new UserError("usage", "Cannot use the identity file: a line of it is no age identity");
  }
  if (passphrase !== null) decrypter.addPassphrase(passphrase);
  const start = new TextDecoder().decode(sealed.subarray(0, 200)).trimStart();
  try {
    const bytes = start.startsWith(ARMOR) ? armor.decode(new TextDecoder().decode(sealed)) : sealed;
    return await decrypter.decrypt(bytes);
  } catch (error) {
    // scrypt: the one kind that a passphrase opens
    const wanted = /passphrase|scrypt/i.test(messageOf(error)) && passphrase === null ? "passphrase" : "key";
    throw new UserError("usage", `the ${wanted} does not fit, or the file was altered`);
  }
}
