/** Made-up times, IDs and digits, of which documents and ledgers of the tests are made. */

/** The ID of the PC. */
export const MACHINE = "4c4c4544-0042-3510-8052-b4c04f564232";

/** When its snapshot was taken. */
export const TAKEN_AT = "2026-11-24T03:00:12.345+01:00";

/** @returns A valid recovery password, another for each number below 65536. */
export function passwordOf(number: number): string {
  const groups = Array.from({ length: 8 }, (_, group) => (number * 3571 + group * 7919) % 65536 * 11);
  return groups.map((group) => String(group).padStart(6, "0")).join("-");
}

/** @returns A GUID as the program spells it, another for each number. */
export function guidOf(number: number): string {
  return `${number.toString(16).padStart(8, "0")}-7235-4E32-B7F1-CDC5D4EC89C5`.toUpperCase();
}

/** @returns The device ID of a volume, another for each number. */
export function deviceOf(number: number): string {
  return `\\\\?\\Volume{4f1c2a00-0000-0000-0000-${String(number).padStart(12, "0")}}\\`;
}

/** @returns What stands for a password in a ledger of these tests. */
export function markOf(password: string): string {
  return `mark of ${password}`;
}
