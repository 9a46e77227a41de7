/** What the ledger knows, as readonly types: volumes and keys as last seen, reports, deliveries, news, nights. */

import type { Severity, VolumeRef } from "./model.ts";

/** A protector as the ledger knows it. */
export interface KnownProtector {
  /** GUID, upper case, no braces; of a recovery password the Key ID. */
  readonly id: string;
  /** As Windows numbers it (3 is a recovery password); `null` while it was never read. */
  readonly type: number | null;
  /** Fingerprint of the 48 digits; `null` until they were read once, and for other types. */
  readonly fingerprint: string | null;
  /** `false` when its digits fail their checksum. */
  readonly valid: boolean;
  /** Whether it was on the volume when its list was last read. */
  readonly present: boolean;
  /** `takenAt` of the first snapshot that showed it. */
  readonly firstSeenAt: string;
  /** When it was found gone, else `null`. */
  readonly removedAt: string | null;
}

/** A volume as the ledger knows it: of every value the last one that could be read. */
export interface KnownVolume {
  /** `\\?\Volume{GUID}\` as first seen; Windows may spell or name it otherwise by now. */
  readonly deviceId: string;
  /** GUID, upper case, no braces; `null` while BitLocker never gave it one. */
  readonly persistentVolumeId: string | null;
  /** The PC that it belongs to; another one than the ledger's is a predecessor. */
  readonly machineId: string;
  /** `C:`, or `null` without a letter. */
  readonly drive: string | null;
  /** The name that people gave it, `null` when it has none. */
  readonly label: string | null;
  /** 0 operating system, 1 fixed data, 2 removable; `null` when never read. */
  readonly volumeType: number | null;
  /** Size of the whole volume in bytes; `null` when never read. */
  readonly sizeBytes: number | null;
  /** 0 or 1, the last one known; `null` when none ever was. */
  readonly protectionStatus: number | null;
  /** 0 decrypted to 5 decryption paused, as in a snapshot; `null` when never read. */
  readonly conversionStatus: number | null;
  /** 0 none to 7 XTS-AES, as in a snapshot; `null` when never read. */
  readonly encryptionMethod: number | null;
  /** 0 unlocked, 1 locked; `null` when never read. */
  readonly lockStatus: number | null;
  /** Whether the last snapshot that could be read showed it. */
  readonly present: boolean;
  /** `takenAt` of the first snapshot that showed it. */
  readonly firstSeenAt: string;
  /** `takenAt` of the last snapshot that showed it. */
  readonly lastSeenAt: string;
  /** Whether the list of protectors was ever read. */
  readonly protectorsRead: boolean;
  /** All that were ever seen, those that are gone among them, sorted by ID. */
  readonly protectors: readonly KnownProtector[];
}

/** The kinds of a stored report. */
export type ReportKind = "key" | "sheet";

/**
 * One rendition of a report, as the ledger holds it. The bytes lie in the archive; made once, never altered.
 */
export interface ReportEntry {
  /** `HOST/name`: unique, and the same in the archive. */
  readonly id: string;
  /** The text of one key, or the sheet of all. */
  readonly kind: ReportKind;
  /** `sealed`: the bytes are an age file to the recipients of the settings. */
  readonly rendition: "plain" | "sealed";
  /** The folder below a destination's root: the host's name, made safe for a path. */
  readonly folder: string;
  /** File name as it was made; at a destination ` (2)` may be added. */
  readonly name: string;
  /** Length of the bytes at a destination. */
  readonly size: number;
  /** SHA-256 of the bytes at a destination, lower-case hexadecimal. */
  readonly sha256: string;
  /** For a sealed rendition: which set of recipients can open it. */
  readonly recipientsHash: string | null;
  /** The key of a key report; `null` for a sheet. */
  readonly keyId: string | null;
  /** Of the key, or of all that a sheet shows; `null` when a restored entry could not tell. */
  readonly fingerprint: string | null;
  /** The volume of a key report; `null` for a sheet, or when no volume is known to have the key. */
  readonly deviceId: string | null;
  /** `takenAt` of the snapshot that it was made from. */
  readonly takenAt: string;
  /** Tells which of two was made later, whatever the clock said: rises with each report; restored ones stand first. */
  readonly number: number;
  /** `true` when the archive no longer holds the bytes (delivered plain, and kept sealed to the recipients). */
  readonly released: boolean;
}

/** How far a report is at a destination. */
export type DeliveryState = "pending" | "delivered" | "accepted" | "handed-over";

/** One report at one destination. */
export interface Delivery {
  /** Name of the destination in the settings. */
  readonly destination: string;
  /** Id of the {@link ReportEntry}. */
  readonly report: string;
  /** Only `delivered` and `accepted` count as a copy. */
  readonly state: DeliveryState;
  /** Where it lies, once it does: the folder and the name actually taken. */
  readonly folder: string | null;
  /** `null` until it was put there; of a mail, the name of the attachment. */
  readonly name: string | null;
  /** How often it was put, failures counted, or taken by a server. */
  readonly attempts: number;
  /** When it was put there or first found there, or a server took it; `null` before. */
  readonly deliveredAt: string | null;
  /** When it was last seen there with the right name and size, or accepted by the server. */
  readonly verifiedAt: string | null;
  /** When its content was last hashed and found right. */
  readonly hashedAt: string | null;
  /** OneDrive: when it was first seen uploaded and freed there; `null` before, and for other kinds of place. */
  readonly uploadSeenAt: string | null;
  /** Why the last try, or the last look at it, failed; `null` when it did not. */
  readonly error: string | null;
}

/** What the ledger remembers of a destination. */
export interface DestinationState {
  /** As in the settings. */
  readonly name: string;
  /** Kind and path or addresses: another one is another place, and everything is owed to it anew. */
  readonly identity: string;
  /** The real path at the first delivery; a link that leads elsewhere since then is refused. */
  readonly place: string | null;
  /** The folder below the root that is this PC's, by host name. */
  readonly folders: Readonly<Record<string, string>>;
  /** When it was last looked at, or a server last took its mail; `null` when never. */
  readonly reachedAt: string | null;
  /** First of the nights in a row on which it could not be looked at; `null` when the last look went well. */
  readonly unreachableSince: string | null;
  /** Mail: id of the last item of news that the server took; `null` before the first mail. */
  readonly toldUpTo: number | null;
  /** Mail: times of the last accepted mails, newest last, at most four. */
  readonly mailTimes: readonly string[];
}

/** A finding that stood last night: since when, and when a person was last told. */
export interface StandingFinding {
  /** Code, volume and `about` in one text. */
  readonly key: string;
  /** `takenAt` of the night on which it first stood, in whichever severity. */
  readonly since: string;
  /** `takenAt` of the last night on which it was worth telling; `null` when it never was. */
  readonly toldAt: string | null;
}

/** Something to tell: a change or a finding, dated, as history and mails show it. */
export interface News {
  /** Rising number given by the ledger. */
  readonly id: number;
  /** `takenAt` of the snapshot that showed it. */
  readonly at: string;
  /** The run that noticed it. */
  readonly runId: string;
  /** What `kind` is a name of. */
  readonly topic: "change" | "finding" | "heartbeat";
  /** Change kind, finding code or `heartbeat`. */
  readonly kind: string;
  /** How much it matters; set for changes, too. */
  readonly severity: Severity;
  /** `null` when it is about the PC or a destination. */
  readonly volume: VolumeRef | null;
  /** Key ID of a change of a recovery key, else `null`. */
  readonly keyId: string | null;
  /** What a finding is about beside its volume: a destination's name, a Key ID; `null` for changes. */
  readonly about: string | null;
  /** A headline of a few words. */
  readonly title: string;
  /** What happened, what it means, what to do: plain sentences. */
  readonly text: string;
  /** Whether it is worth a mail. */
  readonly tell: boolean;
}

/** One night, as `status` shows it. */
export interface Run {
  /** As the envelope gave it, or made by the program. */
  readonly runId: string;
  /** `takenAt` of its snapshot. */
  readonly takenAt: string;
  /** 0 when all was well, 3 when something could not be read, delivered or verified. */
  readonly exit: number;
  /** How many changes it found. */
  readonly changes: number;
  /** Codes of the findings from warning on, sorted. */
  readonly findings: readonly string[];
  /** What it fell short of: sentences; none when all was well. */
  readonly shortfalls: readonly string[];
}

/** Where Windows itself saves recovery keys. */
export type BackupPlace = "microsoft-account" | "entra" | "active-directory";

/** What Windows' own log said of a backup of a recovery key. Of a key, place and outcome the last one stays. */
export interface WindowsBackup {
  /** Key ID where the event names one, as most successes do; else the drive (`C:`), else the empty text. */
  readonly about: string;
  /** Where to. */
  readonly place: BackupPlace;
  /** `saved` also when it had been saved there before; `deleted` when it was taken away there. */
  readonly outcome: "saved" | "failed" | "deleted";
  /** When it was logged, ISO 8601. */
  readonly at: string;
  /** HRESULT as `0x80310000` of a failure, else `null`. */
  readonly code: string | null;
}

/** How far Windows' log of backups could be read. */
export interface EventLogState {
  /** `read`; or why not: the channel is switched off, does not exist, or could not be opened. */
  readonly state: "read" | "off" | "missing" | "unreadable";
  /** From when on it is known without a gap: it says nothing of the time before. `null` when empty or not read. */
  readonly since: string | null;
}
