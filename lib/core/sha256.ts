/** SHA-256 by the platform's WebCrypto: `node:crypto` would cost a quiet night as much again as all else. */

/**
 * Computes the SHA-256 of bytes.
 *
 * @param bytes Any bytes.
 * @returns 64 lower-case hexadecimal digits.
 */
export async function sha256OfBytes(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Computes the SHA-256 of a text.
 *
 * @param text Any text, taken as UTF-8.
 * @returns 64 lower-case hexadecimal digits.
 */
export function sha256OfText(text: string): Promise<string> {
  return sha256OfBytes(new TextEncoder().encode(text));
}
