/** Files that may well show a key to a person and cannot be read: pictures, PDF, Office documents, archives. */

const ENDING =
  /\.(?:pdf|o?xps|jpe?g|jfif|png|gif|bmp|tiff?|hei[cf]|webp|avif|doc[mx]?|xls[bmx]?|ppt[mx]?|od[pst]|pages|numbers|wps|one|msg|pst|ost|zip|7z|rar|gz|tgz|tar|kdbx?)(?:\.age)?$/i;

/**
 * Tells whether a file is such a document.
 *
 * @param name Without its folder.
 * @returns `false` also for programs, music and the like, in which nobody keeps a key.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(isUnreadDocument("BitLocker key.PDF"));
 * assert.ok(!isUnreadDocument("keys.txt"));
 * ```
 */
export function isUnreadDocument(name: string): boolean {
  return ENDING.test(name);
}
