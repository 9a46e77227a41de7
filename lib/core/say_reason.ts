/** What failed, and what to do about it, for whoever reads it in a mail or in `status`. */

import { messageOf, UserError } from "../errors.ts";
import { capital } from "./how_to_say.ts";

/**
 * Joins what failed and what to do about it.
 *
 * @param message Of an error.
 * @param hint Of the same; `null` when it has none.
 * @returns One sentence or two.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sayReason("server answered 535", "check the password"), "server answered 535. Check the password.");
 * ```
 */
export function sayReason(message: string, hint: string | null): string {
  return [message, ...(hint === null || hint === "" ? [] : [capital(hint)])]
    .map((one) => /[.?!…]$/.test(one) ? one : `${one}.`).join(" ");
}

/**
 * Says what failed and what to do about it: whoever reads a mail has nothing else.
 *
 * @param error Any.
 * @returns Its message, and its hint where it has one; no full stop at the end.
 */
export function reasonOf(error: unknown): string {
  return error instanceof UserError
    ? sayReason(error.message, error.hint).replace(/\.$/, "")
    : messageOf(error);
}
