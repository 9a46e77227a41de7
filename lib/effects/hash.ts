/**
 * Computes the SHA-256 of bytes with WebCrypto: `node:crypto` would cost every night tens of milliseconds.
 *
 * @param bytes Any bytes; they lie in memory whole.
 * @returns 64 lower-case hexadecimal digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal((await sha256Hex(new Uint8Array())).slice(0, 16), "e3b0c44298fc1c14");
 * ```
 */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  // The type wants to rule out shared memory, which nothing here ever uses.
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return new Uint8Array(digest).toHex();
}
