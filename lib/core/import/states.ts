/** From the words and numbers of Windows to states of a volume and kinds of protectors. */

import type { Conversion, ImportedVolume, ProtectorName } from "./model.ts";
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
    .map((one) => protectorOfName(one) ?? "unknown");
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
  const encrypted = method === null ? percent > 0 : /aes|xts/i.test(method) || words.HARDWARE.test(method);
  const decrypts = words.DECRYPT.test(text);
  const paused = words.PAUSED.test(text);
  if (percent === 0 && (!encrypted || (decrypts && !paused && !isUnderWay(text)))) return "decrypted";
  if (paused) return decrypts ? "decryption-paused" : "encryption-paused";
  if (percent === 100 && !(decrypts && isUnderWay(text))) {
    return words.USED.test(text) && !isUnderWay(text) ? "used-space-only" : "encrypted";
  }
  return decrypts ? "decrypting" : "encrypting";
}

/** "In progress". */
const UNDER_WAY =
  /progress|durchgeführt|läuft|wird |en cours|en curso|em andamento|em curso|in corso|bezig|pågår|i gang|igang|w toku|trwa|probíh|prebieha|folyamatban|выполня|идет|виконує|devam|sürüyor|ilerli|εξέλιξη|جار|قيد|מתבצע|בתהליך|กำลัง|đang|正在|进行中|進行中|進行|진행|käynnissä|u tijeku|v teku|în curs/iu;

function isUnderWay(text: string): boolean {
  return UNDER_WAY.test(text);
}

/**
 * Reads manage-bde's protection state.
 *
 * @param text In any language.
 * @returns `null` when the words are not known.
 */
export function protectionOfWords(text: string): ImportedVolume["protection"] {
  if (text.trim() === "") return null;
  if (words.OFF.test(text)) return "off";
  if (words.UNKNOWN.test(text)) return "unknown";
  return words.ON.test(text) ? "on" : null;
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
  const text = title.toLowerCase().trim();
  const powershell = PROTECTOR_NAMES.get(text.replaceAll(" ", ""));
  if (facts.hasDigits) return "recovery-password";
  if (/\btpm\b|tpm/.test(text) || facts.hasPcrs) {
    const rest = text.replace(/tpm/g, " ");
    const startup = words.STARTUP.test(rest) || facts.hasKeyFile === true;
    if (words.NETWORK.test(rest)) return "tpm-network-key";
    if (words.PIN.test(rest)) return startup ? "tpm-pin-startup-key" : "tpm-pin";
    return startup ? "tpm-startup-key" : "tpm";
  }
  if (words.AGENT.test(text)) return "dra";
  if (facts.hasThumbprint || words.SMART_CARD.test(text)) {
    return words.SMART_CARD.test(text) ? "certificate" : "dra";
  }
  if (facts.hasKeyFile) return "external-key";
  if (words.NUMERICAL.test(text)) return "recovery-password";
  if (words.PASSWORD.test(text)) return "password";
  if (words.EXTERNAL.test(text)) return "external-key";
  if (words.ACCOUNT.test(text)) return "ad-account";
  return powershell ?? "unknown";
}
