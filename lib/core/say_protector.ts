/** Words for the ways to unlock a volume. */

const PROTECTORS: Readonly<Record<number, string>> = {
  1: "the TPM chip",
  2: "a startup key file on a USB stick or for automatic unlocking",
  3: "a recovery key",
  4: "the TPM chip with a PIN",
  5: "the TPM chip with a startup key",
  6: "the TPM chip with PIN and startup key",
  7: "a certificate or smart card",
  8: "a password",
  9: "the TPM chip with a certificate",
  10: "an account or group",
};

/**
 * Names a kind of protector in a sentence.
 *
 * @param type As Win32_EncryptableVolume.GetKeyProtectorType numbers it.
 * @returns `the TPM chip`, `a password`, …
 */
export function sayProtector(type: number | null): string {
  return PROTECTORS[type ?? -1] ?? "an unknown way to unlock";
}
