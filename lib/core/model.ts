/**
 * The values that flow through a night, as readonly types. `parse_snapshot.ts` and `config.ts` make them
 * from what comes in; nothing below checks them again.
 *
 * Numbers are those of `Win32_EncryptableVolume`, unchanged. GUIDs are upper case without braces. Times are
 * ISO 8601 texts with the offset of the PC that made them.
 */

/** One way to unlock a volume. Types as Windows numbers them, see {@link PROTECTOR_TYPE}. */
export interface Protector {
  /** GUID, upper case, no braces. For a recovery password this is the Key ID. */
  readonly id: string;
  /** 1 TPM, 2 external key, 3 recovery password, 4 TPM and PIN, …; `null` when it could not be read. */
  readonly type: number | null;
  readonly friendlyName: string | null;
  /** 48 digits in 8 groups with hyphens, or what Windows gave where that is malformed; `null` when not read. */
  readonly recoveryPassword: string | null;
}

/** A call that Windows answered with an error. */
export interface ReadError {
  /** Name of the WMI method or class. */
  readonly call: string;
  /** GUID, upper case, no braces, where the call is about one protector. */
  readonly protectorId: string | null;
  /** HRESULT as `0x80310000`, or `null` when there was none. */
  readonly code: string | null;
  readonly message: string | null;
}

/** One volume as it stands in a snapshot. `null` means: not read (with an entry in `errors`), or does not apply. */
export interface Volume {
  /** `\\?\Volume{GUID}\`, as Windows spells it. */
  readonly deviceId: string;
  readonly persistentVolumeId: string | null;
  /** `C:`, upper case, or `null` without a letter. */
  readonly drive: string | null;
  readonly label: string | null;
  /** 0 operating system, 1 fixed data, 2 removable. */
  readonly volumeType: number | null;
  readonly sizeBytes: number | null;
  /** 0 off, 1 on, 2 unknown. */
  readonly protectionStatus: number | null;
  /** 0 decrypted, 1 encrypted, 2 encrypting, 3 decrypting, 4 and 5 the same, paused. */
  readonly conversionStatus: number | null;
  readonly encryptionPercentage: number | null;
  /** 0 none, 1-4 AES, 5 hardware, 6 and 7 XTS-AES. */
  readonly encryptionMethod: number | null;
  /** 0 unlocked, 1 locked. */
  readonly lockStatus: number | null;
  readonly suspendCount: number | null;
  readonly autoUnlock: boolean | null;
  /** Where the volume can be reached: `C:\`, `C:\Mount\Data\`. */
  readonly mountPaths: readonly string[];
  /** `null`: not read. Empty: read, and there are none. */
  readonly protectors: readonly Protector[] | null;
  readonly errors: readonly ReadError[];
}

/** The PC. */
export interface Host {
  readonly name: string;
  readonly domain: string | null;
  /** SMBIOS UUID, lower case; Windows' MachineGuid where that is a placeholder. */
  readonly machineId: string;
  readonly serial: string | null;
  readonly model: string | null;
  readonly os: {
    readonly caption: string | null;
    readonly version: string | null;
    readonly edition: string | null;
  };
}

/** An entry of the BitLocker event log. */
export interface BitLockerEvent {
  readonly id: number;
  readonly time: string;
  readonly protectorId: string | null;
  readonly drive: string | null;
  readonly code: string | null;
}

/** What one PC showed at one moment. */
export interface Snapshot {
  readonly takenAt: string;
  /** Whether the collector had administrator rights; `null` when it did not say. */
  readonly elevated: boolean | null;
  readonly host: Host;
  /** Sorted by letter, then by device ID; one entry a `deviceId`. */
  readonly volumes: readonly Volume[];
  readonly events: readonly BitLockerEvent[];
  /** Errors of the whole reading: no rights, no such namespace. */
  readonly errors: readonly ReadError[];
}

/** Win32_EncryptableVolume.GetKeyProtectorType: the types that the program tells apart. */
export const PROTECTOR_TYPE = { recoveryPassword: 3 } as const;

/** What a change, a finding or a report is about. */
export interface VolumeRef {
  readonly deviceId: string;
  readonly drive: string | null;
  readonly label: string | null;
}

/** The kinds of change between two nights. */
export type ChangeKind =
  | "volume-found"
  | "volume-missing"
  | "volume-back"
  | "key-added"
  | "key-removed"
  | "key-altered"
  | "protector-added"
  | "protector-removed"
  | "protection-on"
  | "protection-off"
  | "encryption-started"
  | "encryption-finished"
  | "decryption-started"
  | "decrypted"
  | "drive-letter-changed"
  | "host-renamed";

/** A difference between a snapshot and the ledger. */
export interface Change {
  readonly kind: ChangeKind;
  readonly volume: VolumeRef | null;
  /** Key ID where it is about a recovery key. */
  readonly keyId: string | null;
  /** The other protector that came or went, with its type. */
  readonly protectorId?: string;
  readonly protectorType?: number | null;
  /** Of a new key: Key IDs of those that no longer open this drive. */
  readonly replaces?: readonly string[];
  /** What happened, what it means, what to do: plain sentences. */
  readonly text: string;
}

/** The codes of findings. */
export type FindingCode =
  | "no-recovery-key"
  | "not-activated"
  | "suspended"
  | "locked"
  | "unreadable"
  | "invalid-key"
  | "no-copy-outside"
  | "copy-on-same-drive"
  | "delivery-pending"
  | "encryption-in-progress"
  | "decryption-in-progress"
  | "hardware-encryption"
  | "not-encrypted"
  | "not-elevated"
  | "no-bitlocker"
  | "copy-lost"
  | "destination-unreachable"
  | "upload-not-seen"
  | "ledger-replaced";

/** How much a finding matters. */
export type Severity = "danger" | "warning" | "info";

/** Something a person should know about the state as it is now. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly volume: VolumeRef | null;
  /** Tells two findings of one code and volume apart: a destination's name, a Key ID. */
  readonly about: string | null;
  readonly text: string;
}

/** A recovery key to be put on paper or into a file. The one model type that holds the digits. */
export interface ReportKey {
  readonly keyId: string;
  readonly recoveryPassword: string;
  /** Whether the digits pass their checksum. */
  readonly valid: boolean;
  /** `false` for a key that is no longer on the volume. */
  readonly current: boolean;
  readonly volume: VolumeRef & { readonly volumeType: number | null; readonly sizeBytes: number | null };
}

/** What a report tells: of which PC, taken when, which keys. */
export interface Report {
  readonly host: Host;
  readonly takenAt: string;
  readonly keys: readonly ReportKey[];
}
