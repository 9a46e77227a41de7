/** UUIDs made from names: the same name, the same UUID. RFC 9562, version 5. */

/** Of this project; made once. */
const NAMESPACE = "b6f0c1d4-7a2e-4e93-8c55-2f1de9a3b708";

/**
 * Makes the UUID of a name.
 *
 * @param name Any text.
 * @param namespace A UUID. @default that of this project
 * @returns Lower case, without braces.
 */
export async function nameUuid(name: string, namespace: string = NAMESPACE): Promise<string> {
  const space = Uint8Array.fromHex(namespace.replaceAll("-", ""));
  const input = new Uint8Array([...space, ...new TextEncoder().encode(name)]);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-1", input)).slice(0, 16);
  // version and variant, RFC 9562, section 5.5
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toHex().replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * Gives the SHA-256 of some bytes.
 *
 * @param bytes Any.
 * @returns Hexadecimal, lower case.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
