/** Reads GUIDs that programs print as bytes: a GUID's first three parts stand the other way round (MS-DTYP 2.3.4.2). */

/**
 * Writes a GUID's bytes as text.
 *
 * @param bytes Sixteen, as Active Directory keeps them.
 * @returns Upper case, no braces.
 */
export function guidOfBytes(bytes: Uint8Array): string {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((at) => (bytes[at] ?? 0).toString(16).padStart(2, "0")).join("").toUpperCase();
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** csvde's `X'…'`, `\x` of LDAP filters, `0x…` of dsquery, bytes with commas of PowerShell. */
const FORMS: readonly (readonly [RegExp, base: 10 | 16])[] = [
  [/^X'([0-9a-f]{32})'$/i, 16],
  [/^((?:\\[0-9a-f]{2}){16})$/i, 16],
  [/^((?:0x[0-9a-f]{2}[ ,]{0,2}){16})$/i, 16],
  [/^[[{(]?((?:\d{1,3}, ?){15}\d{1,3})(?:, ?\.{3}|\.{3})?[\]})]?$/, 10],
];

const LONGEST = 200;

/**
 * Reads a GUID that is written as bytes.
 *
 * @param text A whole field.
 * @returns Upper case, no braces; `null` when it is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(guidOfText("X'fbc21b97e1e5404ba7f4a2b1c0d9e8f7'"), "971BC2FB-E5E1-4B40-A7F4-A2B1C0D9E8F7");
 * ```
 */
export function guidOfText(text: string): string | null {
  if (text.length > LONGEST) return null;
  for (const [form, base] of FORMS) {
    const bytes = form.exec(text.trim())?.[1];
    if (bytes === undefined) continue;
    const parts = base === 10
      ? bytes.split(",").map(Number)
      : (bytes.replace(/0x/gi, "").match(/[0-9a-f]{2}/gi) ?? []).map((part) => Number.parseInt(part, 16));
    return parts.length === 16 && parts.every((part) => part < 256)
      ? guidOfBytes(Uint8Array.from(parts))
      : null;
  }
  return null;
}
