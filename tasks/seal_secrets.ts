/** What opens sealed files, from the command line: what every task that reads reports shares. */

import { UserError } from "../lib/errors.ts";
import type { SealSecrets } from "../lib/ports.ts";
import { type Deps, type TaskArguments, textOption } from "./task.ts";

/**
 * Reads what opens sealed files: lines of the identity file, which may be sealed with the passphrase itself.
 *
 * @param args `--identity` and `--passphrase-file`, both optional.
 * @param deps To read the two files.
 * @returns The secrets; none where neither option is given.
 * @throws {UserError} When a file cannot be read or opened, or holds no age identity.
 */
export async function readSecrets(args: TaskArguments, deps: Deps): Promise<SealSecrets> {
  const passphraseFile = textOption(args, "passphrase-file");
  const identityFile = textOption(args, "identity");
  const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  // Texts cannot be cleared, bytes can.
  const decodeOnce = (bytes: Uint8Array): string => {
    const text = decode(bytes);
    bytes.fill(0);
    return text;
  };
  const passphrase = passphraseFile === null
    ? null
    : decodeOnce(await deps.files.read(passphraseFile)).split(/\r?\n/)[0] ?? "";
  if (identityFile === null) return { identities: [], passphrase };
  const bytes = await deps.files.read(identityFile);
  const isSealed = /^\s*(?:age-encryption|-----BEGIN AGE)/.test(decode(bytes.subarray(0, 200)));
  const text = decodeOnce(isSealed ? await deps.opener.open(bytes, { identities: [], passphrase }) : bytes);
  const identities = text.split(/\r?\n/).map((line) => line.trim()).filter((line) =>
    line !== "" && !line.startsWith("#")
  );
  if (identities.length === 0 || identities.some((line) => !/^AGE-SECRET-KEY-/i.test(line))) {
    throw new UserError("usage", `Cannot use --identity "${identityFile}": it holds no age identity`, {
      hint: "give the file that age-keygen wrote: one of its lines is the secret key, in capitals",
    });
  }
  return { identities, passphrase };
}
