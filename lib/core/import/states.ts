/** From the words and numbers of Windows to states of a volume and kinds of protectors. */

import type { Conversion, ImportedVolume, ProtectorName } from "./model.ts";
import { firstHeld, holds } from "./spoiled_words.ts";
import * as words from "./words.ts";

/** Get-BitLockerVolume's names, without what differs between versions; WMI's numbers are the places. */
const CONVERSIONS: readonly Conversion[] = [
  "decrypted",
  "encrypted",
  "encrypting",
  "decrypting",
  "encryption-paused",
  "decryption-paused",
];

const CONVERSION_NAMES: Readonly<Record<string, Conversion>> = {
  fullydecrypted: "decrypted",
  fullyencrypted: "encrypted",
  usedspaceonlyencrypted: "used-space-only",
  fullyencryptedwipeinprogress: "encrypted",
  fullyencryptedwipesuspended: "encrypted",
  encryptioninprogress: "encrypting",
  decryptioninprogress: "decrypting",
  encryptionsuspended: "encryption-paused",
  encryptionpaused: "encryption-paused",
  decryptionsuspended: "decryption-paused",
  decryptionpaused: "decryption-paused",
};

/** GetKeyProtectorType's numbers, and the names that PowerShell gives them. */
const PROTECTORS: readonly (readonly [string, ProtectorName])[] = [
  ["Unknown", "unknown"],
  ["Tpm", "tpm"],
  ["ExternalKey", "external-key"],
  ["RecoveryPassword", "recovery-password"],
  ["TpmPin", "tpm-pin"],
  ["TpmStartupKey", "tpm-startup-key"],
  ["TpmPinStartupKey", "tpm-pin-startup-key"],
  ["PublicKey", "certificate"],
  ["Password", "password"],
  ["TpmNetworkKey", "tpm-network-key"],
  ["AdAccountOrGroup", "ad-account"],
];

const PROTECTOR_NAMES: ReadonlyMap<string, ProtectorName> = new Map(
  [
    ...PROTECTORS.map(([name, type]) => [name.toLowerCase(), type] as const),
    ["numericalpassword", "recovery-password"],
    [
      "recoverykey",
      "external-key",
    ],
    ["sid", "ad-account"],
    ["passphrase", "password"],
    ["startupkey", "external-key"],
  ] as const,
);

/**
 * Reads PowerShell's name or WMI's number of a protector.
 *
 * @param value Text or number.
 * @returns The protector of PowerShell's name or WMI's number; `null` when it is neither.
 */
export function protectorOfName(value: unknown): ProtectorName | null {
  const text = String(value).trim();
  if (/^\d{1,2}$/.test(text)) return PROTECTORS[Number(text)]?.[1] ?? null;
  return PROTECTOR_NAMES.get(text.toLowerCase().replaceAll(" ", "")) ?? null;
}

/**
 * Reads PowerShell's list of protectors.
 *
 * @param text With braces or without.
 * @returns The protector types of `{RecoveryPassword, Tpm}`; a name that is cut off is `unknown`.
 */
export function protectorList(text: string): readonly ProtectorName[] {
  return text.replace(/^\s*\{|\}\s*$/g, "").split(",").map((one) => one.trim()).filter((one) => one !== "")
    .map((one) => protectorOfName(one) ?? (/\.{2}|…/.test(one) ? "unknown" : protectorOfWords(one)));
}

/**
 * Reads PowerShell's name or WMI's number of a conversion state.
 *
 * @param value Text or number.
 * @returns The state of PowerShell's name or WMI's number; `null` when it is neither.
 */
export function conversionOfName(value: unknown): Conversion | null {
  const text = String(value).trim();
  if (/^\d$/.test(text)) return CONVERSIONS[Number(text)] ?? null;
  return CONVERSION_NAMES[text.toLowerCase()] ?? null;
}

/**
 * Reads PowerShell's name or WMI's number of a protection state.
 *
 * @param value Text or number.
 * @returns The protection of PowerShell's name or WMI's number. `null` when it is neither.
 */
export function protectionOfName(value: unknown): ImportedVolume["protection"] {
  const text = String(value).trim().toLowerCase();
  return ({ off: "off", on: "on", unknown: "unknown", "0": "off", "1": "on", "2": "unknown" } as const)[
    text
  ] ?? null;
}

/**
 * Reads PowerShell's name or WMI's number of a lock state.
 *
 * @param value Text or number.
 * @returns The lock of PowerShell's name or WMI's number. `null` when it is neither.
 */
export function lockOfName(value: unknown): ImportedVolume["lock"] {
  const text = String(value).trim().toLowerCase();
  return ({ unlocked: "unlocked", locked: "locked", "0": "unlocked", "1": "locked" } as const)[text] ?? null;
}

/**
 * Reads a percentage as any language writes it.
 *
 * @param text `3,5 %`, `%100.0`.
 * @returns 0 to 100, `null` when there is none.
 */
export function percentOf(text: string): number | null {
  const digits = /(\d{1,3})(?:[.,\u066b](\d+))?/.exec(text);
  if (digits === null) return null;
  const value = Number(`${digits[1]}.${digits[2] ?? "0"}`);
  return value <= 100 ? value : null;
}

/** What manage-bde says beside a volume's conversion. */
export interface ConversionFacts {
  /** `null` when it says none. */
  readonly percent: number | null;
  /** Its encryption method; `null` when it says none. */
  readonly method: string | null;
}

/**
 * Reads manage-bde's conversion state: numbers tell most, words the rest.
 *
 * @param text In any language.
 * @param facts Percentage and method.
 * @returns `null` when it is not known.
 */
export function conversionOfWords(text: string, { percent, method }: ConversionFacts): Conversion | null {
  if (percent === null) return null;
  const isBare = method !== null && !/aes|xts/i.test(method) && !holds(method, words.HARDWARE);
  if (percent === 0 && isBare) return "decrypted";
  // another field's value, or letters that are lost
  if (!/\p{L}{2}/u.test(text)) return percent === 0 && method === null ? "decrypted" : null;
  const said = text.normalize("NFC");
  const decrypts = holds(said, words.DECRYPT);
  const paused = holds(said, words.PAUSED);
  const runs = holds(said, words.UNDER_WAY);
  if (percent === 0 && !paused && !runs) return "decrypted";
  if (paused) return decrypts ? "decryption-paused" : "encryption-paused";
  if (percent === 100 && !runs) {
    return holds(said, words.USED) ? "used-space-only" : "encrypted";
  }
  return decrypts ? "decrypting" : "encrypting";
}

/**
 * Reads manage-bde's protection state.
 *
 * @param text In any language.
 * @returns `null` when the words are not known.
 */
export function protectionOfWords(text: string): ImportedVolume["protection"] {
  return firstHeld(text.normalize("NFC"), [["off", words.OFF], ["unknown", words.UNKNOWN], ["on", words.ON]]);
}

/** What stands in a protector's block beside its name. */
export interface ProtectorFacts {
  /** 48 digits, right or wrong. */
  readonly hasDigits?: boolean;
  /** A file `….BEK`. */
  readonly hasKeyFile?: boolean;
  /** Forty hexadecimal digits. */
  readonly hasThumbprint?: boolean;
  /** A list of PCRs: only the TPM has one. */
  readonly hasPcrs?: boolean;
}

/**
 * Reads manage-bde's name of a protector, and what stands below it.
 *
 * @param title In any language, without colon.
 * @param facts What stands below.
 * @returns `unknown` when neither tells.
 */
export function protectorOfWords(title: string, facts: ProtectorFacts = {}): ProtectorName {
  const text = title.toLowerCase().normalize("NFC").trim();
  const powershell = PROTECTOR_NAMES.get(text.replaceAll(" ", ""));
  if (facts.hasDigits) return "recovery-password";
  if (/tpm/.test(text) || facts.hasPcrs) {
    const rest = text.replace(/tpm/g, " ");
    const startup = holds(rest, words.STARTUP) || facts.hasKeyFile === true;
    if (holds(rest, words.NETWORK)) return "tpm-network-key";
    if (words.PIN.test(rest)) return startup ? "tpm-pin-startup-key" : "tpm-pin";
    return startup ? "tpm-startup-key" : "tpm";
  }
  if (holds(text, words.AGENT)) return "dra";
  if (facts.hasThumbprint || holds(text, words.SMART_CARD)) {
    return holds(text, words.SMART_CARD) ? "certificate" : "dra";
  }
  if (facts.hasKeyFile) return "external-key";
  return firstHeld(text, [
    ["recovery-password", words.RECOVERY_PASSWORD],
    ["recovery-password", words.NUMERICAL],
    ["password", words.PASSWORD],
    ["external-key", words.EXTERNAL],
    ["ad-account", words.ACCOUNT],
  ]) ?? powershell ?? "unknown";
}
