/** HRESULTs that the program tells apart: Microsoft, Win32_EncryptableVolume and WMI return codes. */
export const HRESULT = {
  accessDenied: "0x80041003",
  invalidNamespace: "0x8004100E",
  invalidClass: "0x80041010",
  lockedVolume: "0x80310000",
  notActivated: "0x80310008",
} as const;

/**
 * Brings an HRESULT into the form `0x80310000`. Windows gives signed numbers where documents print unsigned ones.
 *
 * @param code A number, or a decimal or hexadecimal text.
 * @returns Eight upper-case hexadecimal digits behind `0x`; a text that is no number as it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(hresult(-2147217405), "0x80041003");
 * ```
 */
export function hresult(code: number | string): string {
  const value = typeof code === "number" ? code : Number(code.trim() || "NaN");
  if (!Number.isInteger(value)) return String(code);
  return `0x${(value >>> 0).toString(16).toUpperCase().padStart(8, "0")}`;
}
