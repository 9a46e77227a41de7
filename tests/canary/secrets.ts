/** What is planted, and must be found nowhere but at its named places. All of it is made up. */

import { generateX25519Identity } from "age-encryption";
import { password } from "../helpers/night_rig.ts";

/** What a secret is. */
export type SecretKind = "digits" | "password" | "archiveKey" | "identity" | "passphrase";

/** Something that was planted. */
export interface Secret {
  readonly kind: SecretKind;
  readonly text: string;
}

/** Numbers of the planted keys, for `volume()` and `keyId()`. */
export const KEYS = [9041, 9042, 9043, 9044] as const;

/** The digits of the first key, which are put where they do not belong. */
export const DIGITS: string = password(KEYS[0]);

/** Of the mail server: with what JSON, URLs, mails and pages each write in another way. */
export const SMTP_PASSWORD = 'zQ7x!vK4"m9=§ö &Wp2%jH';

/** Of sealed files. */
export const PASSPHRASE = "Ug5 rT=8%yX<2 nB\\6q";

/** The archive's own key. */
export const ARCHIVE_KEY: string = await generateX25519Identity();

/** Opens what is sealed to the recipients. */
export const IDENTITY: string = await generateX25519Identity();

/** All of them. */
export const SECRETS: readonly Secret[] = [
  ...KEYS.map((key) => ({ kind: "digits" as const, text: password(key) })),
  { kind: "password", text: SMTP_PASSWORD },
  { kind: "archiveKey", text: ARCHIVE_KEY },
  { kind: "identity", text: IDENTITY },
  { kind: "passphrase", text: PASSPHRASE },
];
