/**
 * The two kinds of error: a {@link UserError} is for what a person can act on; everything else is a bug in
 * Spare Key and keeps its stack. One table of exit codes; `main.ts` alone exits.
 */

/** Exit codes, the same for all tasks. The README's table is held equal to this one by a test. */
export const EXIT = {
  ok: 0,
  bug: 1,
  usage: 2,
  partial: 3,
  none: 4,
  settings: 10,
  snapshot: 11,
  ledger: 12,
  busy: 13,
  mail: 14,
  destination: 15,
} as const;

/** Why a run ended: a name of the table {@link EXIT}. */
export type ExitName = keyof typeof EXIT;

/** What a {@link UserError} may carry beside its message. */
export interface UserErrorOptions {
  /** What the person can do about it, as one sentence without a full stop. */
  readonly hint?: string;
  /** The error below. Never that of broken JSON: V8 quotes the input in it, secrets too. */
  readonly cause?: unknown;
}

/**
 * Something that a person can act on: wrong settings, an unreadable file, a refused mail.
 *
 * The message names the action that failed, quotes the value, and says what is and what should be:
 * `Cannot read settings "C:\x.json": "smtp.port" is "abc"`. Active voice, capital first, no full stop.
 */
export class UserError extends Error {
  /** Stands before the message in a stack. */
  override readonly name = "UserError";
  /** Which line of the table of exit codes it is. */
  readonly code: ExitName;
  /** What the person can do, or `null`. */
  readonly hint: string | null;

  /**
   * Makes the error; without a hint, `hint` is `null`.
   *
   * @param code Which line of the table of exit codes it is.
   * @param message What failed, with which value, and what it should be.
   * @param options A hint and the cause.
   */
  constructor(code: ExitName, message: string, options: UserErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? null;
  }
}

/**
 * Words an unknown thrown value for a message.
 *
 * @param error Anything that was thrown.
 * @returns Its message, or its text.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(messageOf(new Error("disk full")), "disk full");
 * ```
 */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
