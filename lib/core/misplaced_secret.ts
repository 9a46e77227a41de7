/** Finds secrets that a person has put where they do not belong. */

import { redactSecrets } from "./recovery_password.ts";

/**
 * Looks for a recovery password or an age identity among the texts of a document.
 *
 * @param value Any JSON value.
 * @returns Where the first one stands, such as `destinations[0].path`; `null` when there is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(misplacedSecret({ recipients: ["AGE-SECRET-KEY-1QQQ"] }), "recipients[0]");
 * assert.equal(misplacedSecret({ recipients: ["age1qqq"] }), null);
 * ```
 */
export function misplacedSecret(value: unknown): string | null {
  if (typeof value === "string") return redactSecrets(value) === value ? null : "";
  if (typeof value !== "object" || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const below = misplacedSecret(inner);
    if (below === null) continue;
    const step = Array.isArray(value) ? `[${name}]` : name;
    return below === "" || below.startsWith("[") ? `${step}${below}` : `${step}.${below}`;
  }
  return null;
}
