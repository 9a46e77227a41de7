/** Tells by its beginning what opens an age file (https://age-encryption.org/v1), binary or armored. */

const BINARY = "age-encryption.org/v1";
const ARMORED = "-----BEGIN AGE ENCRYPTED FILE-----";
/** Enough for the first lines of either form. */
const HEAD_BYTES = 400;
const DECODER = new TextDecoder();
const FIRST_BYTES: ReadonlySet<number | undefined> = new Set(
  [BINARY, ARMORED].map((one) => one.charCodeAt(0)),
);

/**
 * Tells whether a file is sealed.
 *
 * @param bytes Its beginning.
 * @returns Whether it is an age file.
 */
export function isSealed(bytes: Uint8Array): boolean {
  // one byte tells of most files; to decode a few takes as long as to search thousands
  if (!FIRST_BYTES.has(bytes[bytes.findIndex((byte) => byte > 32)])) return false;
  const start = startOf(bytes);
  return start.startsWith(BINARY) || start.startsWith(ARMORED);
}

/**
 * Tells whether a sealed file is opened by a passphrase.
 *
 * @param bytes Its beginning.
 * @returns Whether it is; `false` for one that is opened by identities.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const head = (text: string) => new TextEncoder().encode(`age-encryption.org/v1\n${text}`);
 * assert.equal(wantsPassphrase(head("-> scrypt c2FsdA 18\n")), true);
 * assert.equal(wantsPassphrase(head("-> X25519 c2hhcmU\n")), false);
 * ```
 */
export function wantsPassphrase(bytes: Uint8Array): boolean {
  const start = startOf(bytes);
  // armor is base64, 64 characters a line, of which the first holds the beginning of the second line
  const armored = /^-----BEGIN AGE ENCRYPTED FILE-----\s+([A-Za-z0-9+/]{64})/.exec(start)?.[1];
  return (armored === undefined ? start : atob(armored)).startsWith(`${BINARY}\n-> scrypt `);
}

function startOf(bytes: Uint8Array): string {
  return DECODER.decode(bytes.subarray(0, HEAD_BYTES)).trimStart();
}
