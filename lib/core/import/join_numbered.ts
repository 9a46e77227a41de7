/** Puts the groups of a key together that a person wrote behind numbers or letters, as on a form: `1. 249425`, `A: 249425`. */

import { isValidRecoveryPassword } from "../recovery_password.ts";

const GROUPS = 8;
/** "Block 1: 249425"; the number of the group is checked afterwards. */
const NUMBERED = group(String.raw`(?:\p{L}{2,12}[ ]?)?#?([1-8]|[A-H])[.):=-]{0,2}`);
const BEGIN = /(?:^|[\s(])(?:\p{L}{2,12} ?)?#?[1A][.):=-]{0,2}[ \t]{0,3}\d{6}(?!\d)/mu;

function group(name: string): RegExp {
  const one = String.raw`${name}[ \t]{0,3}(\d{6})(?!\d)`;
  const joint = String.raw`[ \t,;|-]{0,8}\n?[ \t|-]{0,8}`;
  return new RegExp(`(?<![\\p{L}\\d])${Array.from({ length: GROUPS }, () => one).join(joint)}`, "gu");
}

/**
 * Joins.
 *
 * @param text As `normalizeText` gives it.
 * @returns The same, as many lines; the key stands where its first group stood.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const numbered = Array.from({ length: 8 }, (_, at) => `${at + 1}. 00001${at < 1 ? 1 : 1}`).join("\n");
 * assert.match(joinNumbered(numbered), /^000011(?:-000011){7}\n/);
 * ```
 */
export function joinNumbered(text: string): string {
  if (!BEGIN.test(text)) return text;
  return text.replace(NUMBERED, (all: string, ...parts: readonly unknown[]) => {
    const fields = parts.slice(0, 2 * GROUPS).map(String);
    const names = fields.filter((_, at) => at % 2 === 0).join("");
    const password = fields.filter((_, at) => at % 2 === 1).join("-");
    const isOrdered = names === "12345678" || names === "ABCDEFGH";
    if (!isOrdered || !isValidRecoveryPassword(password)) return all;
    return password + "\n".repeat(all.split("\n").length - 1);
  });
}
