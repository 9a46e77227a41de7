/**
 * Brings a GUID into the form used throughout: upper case, no braces, no blanks. Windows writes braces, Graph
 * lower case; on some self-encrypting drives a Key ID is the word `BitLocker` (Microsoft,
 * ProtectKeyWithNumericalPassword), which becomes `BITLOCKER`.
 *
 * @param text As it was read.
 * @returns The plain form.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(plainGuid(" {58e9dfad-7235-4e32-b7f1-cdc5d4ec89c5} "), "58E9DFAD-7235-4E32-B7F1-CDC5D4EC89C5");
 * ```
 */
export function plainGuid(text: string): string {
  return text.replace(/[{}\s]/g, "").toUpperCase();
}
