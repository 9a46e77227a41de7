/** What the ledger knows, as readonly types: volumes and keys as last seen, reports, deliveries, news, nights. */

import type { Severity, VolumeRef } from "./model.ts";

/** A protector as the ledger knows it. */
export interface KnownProtector {
  readonly id: string;
  readonly type: number | null;
  /** Fingerprint of the 48 digits; `null` until they were read once, and for other types. */
  readonly fingerprint: string | null;
  /** `false` when its digits fail their checksum. */
  readonly valid: boolean;
  /** Whether it was on the volume when its list was last read. */
  readonly present: boolean;
  readonly firstSeenAt: string;
  /** When it was found gone, else `null`. */
  readonly removedAt: string | null;
}

/** A volume as the ledger knows it: of every value the last one that could be read. */
export interface KnownVolume {
  readonly deviceId: string;
  readonly persistentVolumeId: string | null;
  readonly machineId: string;
  readonly drive: string | null;
  readonly label: string | null;
  readonly volumeType: number | null;
  readonly sizeBytes: number | null;
  /** 0 or 1, the last one known; `null` when none ever was. */
  readonly protectionStatus: number | null;
  readonly conversionStatus: number | null;
  readonly encryptionMethod: number | null;
  readonly lockStatus: number | null;
  /** Whether the last snapshot that could be read showed it. */
  readonly present: boolean;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
  /** Whether the list of protectors was ever read. */
  readonly protectorsRead: boolean;
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
  readonly kind: ReportKind;
  /** `sealed`: the bytes are an age file to the recipients of the settings. */
  readonly rendition: "plain" | "sealed";
  /** The folder below a destination's root: the host's name, made safe for a path. */
  readonly folder: string;
  readonly name: string;
  readonly size: number;
  /** SHA-256 of the bytes at a destination, lower-case hexadecimal. */
  readonly sha256: string;
  /** For a sealed rendition: which set of recipients can open it. */
  readonly recipientsHash: string | null;
  readonly keyId: string | null;
  readonly fingerprint: string | null;
  readonly deviceId: string | null;
  readonly takenAt: string;
  /** `true` when the archive no longer holds the bytes (delivered plain, and kept sealed to the recipients). */
  readonly released: boolean;
}

/** How far a report is at a destination. */
export type DeliveryState = "pending" | "delivered" | "accepted" | "handed-over";

/** One report at one destination. */
export interface Delivery {
  readonly destination: string;
  /** Id of the {@link ReportEntry}. */
  readonly report: string;
  readonly state: DeliveryState;
  /** Where it lies, once it does: the folder and the name actually taken. */
  readonly folder: string | null;
  readonly name: string | null;
  readonly attempts: number;
  readonly deliveredAt: string | null;
  /** When it was last seen there with the right name and size, or accepted by the server. */
  readonly verifiedAt: string | null;
  /** When its content was last hashed and found right. */
  readonly hashedAt: string | null;
  readonly error: string | null;
}

/** What the ledger remembers of a destination. */
export interface DestinationState {
  readonly name: string;
  /** Kind and path or addresses: another one is another place, and everything is owed to it anew. */
  readonly identity: string;
  /** The real path at the first delivery; a link that leads elsewhere since then is refused. */
  readonly place: string | null;
  /** The folder below the root that is this PC's, by host name. */
  readonly folders: Readonly<Record<string, string>>;
  readonly reachedAt: string | null;
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
  readonly since: string;
  readonly toldAt: string | null;
}

/** Something to tell: a change or a finding, dated, as history and mails show it. */
export interface News {
  /** Rising number given by the ledger. */
  readonly id: number;
  readonly at: string;
  readonly runId: string;
  readonly topic: "change" | "finding" | "heartbeat";
  /** Change kind, finding code or `heartbeat`. */
  readonly kind: string;
  readonly severity: Severity;
  readonly volume: VolumeRef | null;
  readonly keyId: string | null;
  /** A headline of a few words. */
  readonly title: string;
  readonly text: string;
  /** Whether it is worth a mail. */
  readonly tell: boolean;
}

/** One night, as `status` shows it. */
export interface Run {
  readonly runId: string;
  readonly takenAt: string;
  readonly exit: number;
  readonly changes: number;
  /** Codes of the findings from warning on, sorted. */
  readonly findings: readonly string[];
}
