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
  /** A name that somebody gave it; `null` when it has none. */
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
  /** What Windows said, in its own language; `null` when it said nothing. */
  readonly message: string | null;
}

/** One volume as it stands in a snapshot. `null` means: not read (with an entry in `errors`), or does not apply. */
export interface Volume {
  /** `\\?\Volume{GUID}\`, as Windows spells it. */
  readonly deviceId: string;
  /** GUID, upper case, no braces: BitLocker's own ID, which a decrypted volume has not. */
  readonly persistentVolumeId: string | null;
  /** `C:`, upper case, or `null` without a letter. */
  readonly drive: string | null;
  /** The name that people gave it. */
  readonly label: string | null;
  /** 0 operating system, 1 fixed data, 2 removable. */
  readonly volumeType: number | null;
  /** Size of the whole volume in bytes. */
  readonly sizeBytes: number | null;
  /** 0 off, 1 on, 2 unknown. */
  readonly protectionStatus: number | null;
  /** 0 decrypted, 1 encrypted, 2 encrypting, 3 decrypting, 4 and 5 the same, paused. */
  readonly conversionStatus: number | null;
  /** How much is encrypted, 0 to 100. */
  readonly encryptionPercentage: number | null;
  /** 0 none, 1-4 AES, 5 hardware, 6 and 7 XTS-AES. */
  readonly encryptionMethod: number | null;
  /** 0 unlocked, 1 locked. */
  readonly lockStatus: number | null;
  /** Restarts after which suspended protection resumes, 0 to 15; operating system volume only. */
  readonly suspendCount: number | null;
  /** Whether this PC unlocks it by itself; for data volumes. */
  readonly autoUnlock: boolean | null;
  /** Where the volume can be reached: `C:\`, `C:\Mount\Data\`. */
  readonly mountPaths: readonly string[];
  /** `null`: not read. Empty: read, and there are none. */
  readonly protectors: readonly Protector[] | null;
  /** What could not be read of it; empty when all was. */
  readonly errors: readonly ReadError[];
}

/** How a PC belongs to an organisation: not at all, to a domain, to Entra ID, or (`hybrid`) to both. */
export type Join = "workgroup" | "domain" | "hybrid" | "entra";

/** The PC. */
export interface Host {
  /** Computer name, as Windows spells it. */
  readonly name: string;
  /** The domain that it is joined to; `null` when in none. */
  readonly domain: string | null;
  /** SMBIOS UUID, lower case; Windows' MachineGuid where that is a placeholder. */
  readonly machineId: string;
  /** Serial number of the maker; `null` when not read. */
  readonly serial: string | null;
  /** Model name of the maker, such as `HP 250 G9`; `null` when not read. */
  readonly model: string | null;
  /** Windows as it names itself, such as `Microsoft Windows 11 Home`, `10.0.26100`, `Core`. */
  readonly os: {
    readonly caption: string | null;
    readonly version: string | null;
    readonly edition: string | null;
  };
  /** `null` when the collector did not say. */
  readonly join: Join | null;
}

/** An entry of the BitLocker event log. */
export interface BitLockerEvent {
  /** Event ID, such as 845 for a key saved by Windows itself. */
  readonly id: number;
  /** When it was logged, ISO 8601. */
  readonly time: string;
  /** The protector that it names: GUID, upper case, no braces; else `null`. */
  readonly protectorId: string | null;
  /** `C:`, upper case, where it names a volume, else `null`. */
  readonly drive: string | null;
  /** HRESULT as `0x80310000` of a failure, else `null`. */
  readonly code: string | null;
}

/** How the collector's look at the channel `Microsoft-Windows-BitLocker/BitLocker Management` went. */
export interface EventLog {
  /** `read`, or why not: the channel is switched off, does not exist, or could not be opened. */
  readonly state: "read" | "off" | "missing" | "unreadable";
  /** Time of the oldest event that the channel holds, ISO 8601; `null` when it is empty or was not read. */
  readonly since: string | null;
  /** What Windows said where it was not read, in its own language. */
  readonly message: string | null;
}

/** What one PC showed at one moment. */
export interface Snapshot {
  /** When the collector read all this. */
  readonly takenAt: string;
  /** Whether the collector had administrator rights; `null` when it did not say. */
  readonly elevated: boolean | null;
  /** The PC that was read. */
  readonly host: Host;
  /** Sorted by letter, then by device ID; one entry a `deviceId`. */
  readonly volumes: readonly Volume[];
  /** What the log tells of protectors and of Windows' own backups in the last 30 days. */
  readonly events: readonly BitLockerEvent[];
  /** How far that log could be read; `null` when the collector did not look. */
  readonly eventLog: EventLog | null;
  /** Errors of the whole reading: no rights, no such namespace. */
  readonly errors: readonly ReadError[];
}

/** Win32_EncryptableVolume.GetKeyProtectorType: the types that the program tells apart. */
export const PROTECTOR_TYPE = { recoveryPassword: 3 } as const;

/** What a change, a finding or a report is about. */
export interface VolumeRef {
  /** `\\?\Volume{GUID}\`, as in {@link Volume} or the ledger. */
  readonly deviceId: string;
  /** `C:`, or `null` without a letter. */
  readonly drive: string | null;
  /** `null` when it has none. */
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
  /** What happened. */
  readonly kind: ChangeKind;
  /** `null` when it is about the PC. */
  readonly volume: VolumeRef | null;
  /** Key ID where it is about a recovery key. */
  readonly keyId: string | null;
  /** The other protector that came or went, with its type. */
  readonly protectorId?: string;
  /** Windows' number of its type; `null` when it was never read. */
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
  /** What is the matter. */
  readonly code: FindingCode;
  /** How much it matters here; one code may come in several. */
  readonly severity: Severity;
  /** `null` when it is about the PC, the ledger or a destination. */
  readonly volume: VolumeRef | null;
  /** Tells two findings of one code and volume apart: a destination's name, a Key ID. */
  readonly about: string | null;
  /** What is the matter, what it means, what to do: plain sentences. */
  readonly text: string;
}

/** A recovery key to be put on paper or into a file. The one model type that holds the digits. */
export interface ReportKey {
  /** GUID, upper case, no braces; the blue screen shows its first 8 characters. */
  readonly keyId: string;
  /** The digits: 8 groups of 6 with hyphens, or what Windows gave where they are malformed. */
  readonly recoveryPassword: string;
  /** Whether the digits pass their checksum. */
  readonly valid: boolean;
  /** `false` for a key that is no longer on the volume. */
  readonly current: boolean;
  /** What is known of copies that Windows made itself: a sentence or more. Left out where nothing can be said. */
  readonly windows?: string;
  /** The volume that it opens, or once opened. */
  readonly volume: VolumeRef & { readonly volumeType: number | null; readonly sizeBytes: number | null };
}

/** What a report tells: of which PC, taken when, which keys. */
export interface Report {
  /** The PC that the keys are of. */
  readonly host: Host;
  /** `takenAt` of the snapshot; the date on the paper. */
  readonly takenAt: string;
  /** Nothing says how old the keys are: `takenAt` is only when the paper was made. */
  readonly isUndated?: boolean;
  /** One for the text of a key, any number for a sheet, which sorts them. */
  readonly keys: readonly ReportKey[];
  /** The file that an import took the key from; absent where the PC itself was read. */
  readonly source?: string;
}
