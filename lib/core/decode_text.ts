/**
 * Reads text as Windows leaves it: UTF-8 with or without byte order mark, or UTF-16, which `>` and `Out-File`
 * of Windows PowerShell 5.1 write.
 *
 * @param bytes The file or stream.
 * @returns The text without its byte order mark.
 * @throws {TypeError} When the bytes are neither.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(decodeText(Uint8Array.of(0xff, 0xfe, 0x7b, 0x00)), "{");
 * ```
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le", { fatal: true }).decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be", { fatal: true }).decode(bytes);
  // ASCII as UTF-16 without a mark: `{` and a zero byte
  if (first !== undefined && first !== 0 && second === 0) {
    return new TextDecoder("utf-16le", { fatal: true }).decode(bytes);
  }
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}
