/** Takes secrets out of error texts. A second fence: nothing should reach it. */

import { redactSecrets } from "./recovery_password.ts";
import { messageOf, UserError } from "../errors.ts";

/** Shorter secrets stand in words by chance. */
const SHORTEST = 4;

/** Six digits or more: a group of a recovery password, or parts of two. Dates and numbers of a bug go with them. */
const ANY_DIGITS = /[0-9](?:[\s\u00a0-]{0,3}[0-9]){5,}/g;

/** More digits than a line or a column of a stack has. */
const MANY_DIGITS = /[0-9](?:[\s\u00a0-]{0,3}[0-9]){9,}/g;

/** Stands where a part of a recovery password may have been. */
const DIGITS = "[digits]";

/**
 * Blanks secrets in a text.
 *
 * @param text Any text.
 * @param secrets Texts that must not stand in it, such as the password of the mail server.
 * @returns The text without them, and without anything shaped like a recovery password or an age identity.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(blankSecrets("login as tom, correct horse", ["correct horse"]), "login as tom, [secret]");
 * ```
 */
export function blankSecrets(text: string, secrets: readonly string[]): string {
  const known = secrets.filter(({ length }) => length >= SHORTEST)
    // A value is quoted as JSON has it.
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return redactSecrets(known.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text));
}

/**
 * Blanks secrets in an error for people.
 *
 * @param error Anything that was thrown.
 * @param secrets As for {@link blankSecrets}.
 * @returns The same error where there is nothing to blank, or where it is a bug.
 */
export function blankUserError(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof UserError)) return error;
  const { code, message, hint } = error;
  const clean = [message, hint ?? ""].map((text) => blankSecrets(text, secrets));
  if (clean[0] === message && clean[1] === (hint ?? "")) return error;
  return new UserError(code, clean[0] ?? "", hint === null ? {} : { hint: clean[1] ?? "" });
}

/**
 * Words a bug, without its stack.
 *
 * @param error Anything that was thrown.
 * @param secrets As for {@link blankSecrets}.
 * @returns Its message without secrets and without parts of a recovery password: what V8 says of broken JSON quotes
 * ten characters of it on either side.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sayBug(new TypeError('"…187-330363-27…" is no list'), []), '"…[digits]…" is no list');
 * ```
 */
export function sayBug(error: unknown, secrets: readonly string[]): string {
  const message = quotesJson(error) ? "JSON is damaged; what it says would quote it" : messageOf(error);
  return blankSecrets(message, secrets).replace(ANY_DIGITS, DIGITS);
}

/**
 * Words a bug with its stack.
 *
 * @param error Anything that was thrown.
 * @param secrets As for {@link blankSecrets}.
 * @returns Name and message as {@link sayBug} has them, and the places in the program.
 */
export function sayBugAndPlace(error: unknown, secrets: readonly string[]): string {
  if (!(error instanceof Error)) return sayBug(error, secrets);
  const name = sayBug(error.name, secrets);
  // The first lines of a stack repeat the message, and only they are not lines of places.
  const places = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)).join("\n");
  const clean = blankSecrets(places, secrets).replace(MANY_DIGITS, DIGITS);
  return `${name}: ${sayBug(error, secrets)}${clean === "" ? "" : `\n${clean}`}`;
}

/** A part of a password that V8 quotes cannot be told from other text. */
function quotesJson(error: unknown): boolean {
  return error instanceof SyntaxError && /JSON/.test(error.message);
}
