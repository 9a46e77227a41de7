/** What a search for a recovery key finds. */

/** A key in a file. */
export interface FoundKey {
  /** Upper case, no braces; its first eight characters where a foreign list shows no more. */
  readonly keyId: string;
  /** 8 groups of 6 digits with hyphens; `null` in a sealed report that was not opened. */
  readonly recoveryPassword: string | null;
  /** Name of the PC; `null` when nothing tells it. */
  readonly host: string | null;
  /** `C:`; `null` when nothing tells it. */
  readonly drive: string | null;
  /** ISO 8601 moment, or the day alone where only a file's name tells it; `null` when nothing does. */
  readonly takenAt: string | null;
  /** Of the file. */
  readonly path: string;
  /** Whether the file is sealed, opened or not. */
  readonly sealed: boolean;
  /** By the newest `status.json` that was read; `null` when none tells. */
  readonly current: boolean | null;
  /** When that `status.json` was written: ISO 8601 moment, or `null`. */
  readonly statusAt: string | null;
  /** The name that its owner gave the drive; `null` when nothing tells it. */
  readonly label: string | null;
  /** How the typed text had to be read to fit: `B read as 8`; `null` when it fits as it is. */
  readonly slip: string | null;
}

/** A key whose Key ID is not the typed one, but near it. Without digits: those of another key are of no use. */
export interface NearKey
  extends Omit<FoundKey, "recoveryPassword" | "sealed" | "current" | "statusAt" | "label" | "slip"> {
  /** Characters to change, add or leave out; two swapped ones count as one. 0: it begins as typed. */
  readonly distance: number;
  /** The difference in words. */
  readonly difference: string;
}

/** A file that knows a Key ID without its digits, or digits without a Key ID. */
export interface Mention extends Pick<FoundKey, "host" | "drive" | "path"> {
  /** `null` where digits stand without a Key ID, so that nobody can say whose they are. */
  readonly keyId: string | null;
}
