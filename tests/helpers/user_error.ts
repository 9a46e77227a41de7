/** What is refused by words. */

import { UserError } from "../../lib/errors.ts";

/** Runs something that must throw a {@link UserError}. @returns The error. */
export function userErrorOf(act: () => unknown): UserError {
  try {
    act();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown, a UserError should have been");
}
