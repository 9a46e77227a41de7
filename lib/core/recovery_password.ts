/**
 * The 48 digits of a recovery password: 8 groups of 6 digits, each divisible by 11 and at most 720885
 * (65535 x 11), since each group carries 16 bits of the key: Microsoft, Win32_EncryptableVolume,
 * ProtectKeyWithNumericalPassword and IsNumericalPasswordValid.
 */

const GROUPS = 8;
const GROUP_DIGITS = 6;
/** 65535 x 11: a group is a 16-bit number times 11. */
const GROUP_MAX = 720885;

/**
 * Brings a recovery password into Windows' own form.
 *
 * @param text Digits with hyphens, blanks or nothing between them.
 * @returns `249425-539187-…`, or `null` when there are not exactly 48 digits and separators.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const digits = "249425539187330363273262016346600963497299188144";
 * assert.equal(formatRecoveryPassword(digits), "249425-539187-330363-273262-016346-600963-497299-188144");
 * assert.equal(formatRecoveryPassword("249425"), null);
 * ```
 */
export function formatRecoveryPassword(text: string): string | null {
  const digits = text.replace(/[\s\u00a0-]/g, "");
  if (!/^[0-9]{48}$/.test(digits)) return null;
  return (digits.match(/.{6}/g) ?? []).join("-");
}

/**
 * Names the groups that cannot be right.
 *
 * @param password 8 groups of 6 digits with hyphens.
 * @returns Numbers of the wrong groups, from 1; empty when all are right.
 */
export function wrongGroups(password: string): readonly number[] {
  return password.split("-").flatMap((group, index) => {
    const value = Number(group);
    return group.length === GROUP_DIGITS && value % 11 === 0 && value <= GROUP_MAX ? [] : [index + 1];
  });
}

/**
 * Tells whether a recovery password can be one: 48 digits whose groups all pass.
 *
 * @param text Digits with hyphens, blanks or nothing between them.
 * @returns `false` also when there are not 48 digits.
 */
export function isValidRecoveryPassword(text: string): boolean {
  const password = formatRecoveryPassword(text);
  return password !== null && password.split("-").length === GROUPS && wrongGroups(password).length === 0;
}

/** Anything shaped like a recovery password, for the fence that blanks it in logs and error texts. */
const SHAPED_LIKE_A_KEY = /(?<![0-9])(?:[0-9]{6}[\s\u00a0-]{0,3}){7}[0-9]{6}(?![0-9])/g;

/** Stands where digits were blanked. */
export const BLANKED = "[recovery password]";

/** age: the beginning of every secret identity. */
const AGE_IDENTITY = /AGE-SECRET-KEY-[0-9A-Z-]*/gi;

/**
 * Blanks what a person may have put in the wrong place: recovery passwords and age identities.
 *
 * @param text Any text.
 * @returns The text without them.
 */
export function redactSecrets(text: string): string {
  return redactRecoveryPasswords(text).replace(AGE_IDENTITY, "[secret key]");
}

/**
 * Blanks everything shaped like a recovery password. A second fence: nothing should reach it.
 *
 * @param text Any text.
 * @returns The text with {@link BLANKED} in place of digits.
 */
export function redactRecoveryPasswords(text: string): string {
  return text.replace(SHAPED_LIKE_A_KEY, BLANKED);
}
