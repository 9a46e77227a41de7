import { wrongGroups } from "../recovery_password.ts";

/**
 * Spells a recovery key for the phone: a group a line, digit by digit. The blue screen checks each group as it is
 * typed, and so does this: a wrong one is named before anybody types it.
 *
 * @param recoveryPassword 8 groups of 6 digits with hyphens.
 * @returns A line for each group.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [first] = spellKey("249425-539187-330363-273262-016346-600963-497299-188144");
 * assert.equal(first, "1:  2 4 9  4 2 5");
 * ```
 */
export function spellKey(recoveryPassword: string): readonly string[] {
  const wrong = wrongGroups(recoveryPassword);
  return recoveryPassword.split("-").map((group, at) => {
    const halves = [group.slice(0, 3), group.slice(3)].map((half) => half.split("").join(" "));
    const check = wrong.includes(at + 1) ? "   cannot be right: Windows will refuse it" : "";
    return `${at + 1}:  ${halves.join("  ")}${check}`;
  });
}
