/** Certificates as text, however the line breaks fared on the way. */

/** PEM text: RFC 7468. Base64 may be broken anywhere, or not at all. */
const CERTIFICATE = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]*)-----END CERTIFICATE-----/g;

/**
 * Puts certificates into lines as RFC 7468 has them. A text box has one line, a multi-string loses empty ones, and
 * Deno finds no certificate whose marks do not stand on lines of their own.
 *
 * @param text Certificates, in one line or in many.
 * @returns The same certificates, in lines of 64; the text as it is when there is none in it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(
 *   pemOf("-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----"),
 *   "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
 * );
 * ```
 */
export function pemOf(text: string): string {
  const found = [...text.matchAll(CERTIFICATE)].map(([, base64 = ""]) => base64.replace(/\s/g, ""));
  if (found.length === 0) return text;
  return found.map((base64) => {
    const lines = base64.match(/.{1,64}/g) ?? [];
    return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
  }).join("");
}
