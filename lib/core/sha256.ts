/** SHA-256 by the platform's WebCrypto: `node:crypto` would cost a quiet night as much again as all else. */

/**
 * Computes the SHA-256 of bytes.
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

/**
 * Computes the SHA-256 of a text.
 *
 * @param text Any text, taken as UTF-8.
 * @returns 64 lower-case hexadecimal digits.
 */
export function sha256OfText(text: string): Promise<string> {
  return sha256Hex(new TextEncoder().encode(text));
}
