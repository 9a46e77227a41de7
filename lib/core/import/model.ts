/** What `import` finds in a text: keys, other protectors, volumes, and what it refuses. */

/** The ways to unlock a volume, by the names that `import` gives them. */
export type ProtectorName =
  | "recovery-password"
  | "tpm"
  | "tpm-pin"
  | "tpm-startup-key"
  | "tpm-pin-startup-key"
  | "tpm-network-key"
  | "external-key"
  | "password"
  | "dra"
  | "certificate"
  | "ad-account"
  | "unknown";

/** Where a Key ID was found beside its digits: how sure the pair is, from the surest on. */
export type Pairing = "record" | "block" | "line" | "near" | "order" | "none";

/** A recovery key. */
export interface ImportedKey {
  /** GUID, upper case, no braces; its first eight characters where a list shows no more; `null` when unsure. */
  readonly keyId: string | null;
  /** 8 groups of 6 digits with hyphens, checksum right; `null` when the text holds the Key ID alone. */
  readonly recoveryPassword: string | null;
  /** `C:`, where the text says so. */
  readonly drive: string | null;
  /** `true` with digits, `null` without. */
  readonly valid: true | null;
}

/** What else the text says of a key, beside the contract's four fields. */
export interface KeyDetail {
  /** The key's Key ID, or `null`. */
  readonly keyId: string | null;
  /** How Key ID and digits came together. */
  readonly pairing: Pairing;
  /** Why there is no pair; `null` where there is one. */
  readonly reason: string | null;
  /** Line of the digits, or of the Key ID, from 1; `null` in JSON. */
  readonly line: number | null;
  /** Name of the PC as the text gives it: often wrong, for display only. */
  readonly host: string | null;
  /** When the key was made or uploaded, as the text gives it. */
  readonly date: string | null;
}

/** A key with all that is known of it. */
export interface FoundKey extends Omit<ImportedKey, "valid">, Omit<KeyDetail, "keyId"> {}

/** Another way to unlock a volume. */
export interface OtherProtector {
  /** `C:`, where the text says so. */
  readonly drive: string | null;
  /** GUID, upper case, no braces. */
  readonly id: string;
  /** Which way. */
  readonly type: ProtectorName;
}

/** How far a volume is encrypted. */
export type Conversion =
  | "decrypted"
  | "encrypted"
  | "used-space-only"
  | "encrypting"
  | "decrypting"
  | "encryption-paused"
  | "decryption-paused";

/** A volume and its state, as far as the text says. */
export interface ImportedVolume {
  /** `C:`; `null` where the text does not name it. */
  readonly drive: string | null;
  /** Empty when it has none, `null` when the text does not say. */
  readonly label: string | null;
  /** `null` when the text does not say. */
  readonly conversion: Conversion | null;
  /** 0 to 100. */
  readonly percent: number | null;
  /** Windows says `unknown` of a locked volume. */
  readonly protection: "on" | "off" | "unknown" | null;
  /** Whether it can be read now. */
  readonly lock: "locked" | "unlocked" | null;
  /** In the text's order; `null` when the text does not say. */
  readonly protectorTypes: readonly ProtectorName[] | null;
}

/** Something that looks like a key and is none. */
export interface Refusal {
  /** From 1; `null` in JSON. */
  readonly line: number | null;
  /** Number of the wrong group from 1; `null` when it is about the whole. */
  readonly group: number | null;
  /** What is wrong, without any digit of it. */
  readonly reason: string;
}

/** Which column of a table was taken as what. */
export interface ColumnGuess {
  /** As it stands in the first row. */
  readonly column: string;
  /** What it was taken as. */
  readonly as: "key-id" | "recovery-key" | "drive" | "pc" | "date";
}

/** The kinds of text that are told apart. */
export type ImportKind =
  | "backup-txt"
  | "manage-bde-protectors"
  | "manage-bde-status"
  | "powershell"
  | "eventlog"
  | "account-page"
  | "entra"
  | "active-directory"
  | "table"
  | "notes"
  | "label-list"
  | "error"
  | "none";

/** All that a text holds. */
export interface ImportedText {
  /** What kind of text it is. */
  readonly kind: ImportKind;
  /** In the text's order. */
  readonly keys: readonly ImportedKey[];
  /** One for each of {@link ImportedText.keys}, in the same order. */
  readonly details: readonly KeyDetail[];
  /** Protectors that are no recovery keys. */
  readonly otherProtectors: readonly OtherProtector[];
  /** Volumes with their state. */
  readonly volumes: readonly ImportedVolume[];
  /** What looks like a key and is none. */
  readonly refused: readonly Refusal[];
  /** Of a table; empty elsewhere. */
  readonly columns: readonly ColumnGuess[];
}

/** A volume of which nothing is known. */
export const UNKNOWN_VOLUME: ImportedVolume = {
  drive: null,
  label: null,
  conversion: null,
  percent: null,
  protection: null,
  lock: null,
  protectorTypes: null,
};
