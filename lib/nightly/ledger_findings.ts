/** PURE: what a person should know when the ledger or the archive was damaged. */

import type { Finding } from "../core/model.ts";

/**
 * Finds what the damage means.
 *
 * @param damage What was wrong with the ledger.
 * @param unreadable Files of the archive that cannot be opened.
 * @returns One finding, or none.
 */
export function ledgerFindings(damage: readonly string[], unreadable: readonly string[]): readonly Finding[] {
  if (damage.length === 0 && unreadable.length === 0) return [];
  const parts = [...damage, ...unreadable.map((id) => `"${id}" in the archive cannot be opened`)];
  return [{
    code: "ledger-replaced",
    severity: "warning",
    volume: null,
    about: null,
    text:
      `What Spare Key remembered was damaged (${parts.slice(0, 3).join("; ")}${
        parts.length > 3 ? "; …" : ""
      }). ` +
      "Nothing is taken for granted any more: all reports are looked at and delivered anew. " +
      "If this comes again, check the PC's disk.",
  }];
}
