/** Reads letters for the digits that people and text recognition take them for. */

const READ_AS: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1", S: "5" };

/**
 * Reads letters that a Key ID, which is hexadecimal, cannot have as the digits that they are taken for.
 *
 * @param typed Upper case.
 * @returns The same with O, I, L and S read as digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(readAsDigits("5BE9DFAO"), "5BE9DFA0");
 * ```
 */
export function readAsDigits(typed: string): string {
  return typed.replace(/[OILS]/g, (letter) => READ_AS[letter] ?? letter);
}
