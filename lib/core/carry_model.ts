/** What PowerShell tells of the places that it carries to, and what it is asked to carry. */

/** What lies at a share or in a OneDrive folder, as PowerShell saw it. */
export interface CarriedListing {
  /** Name of the destination in the settings. */
  readonly destination: string;
  /** `false` when it could not be looked at; then the folders say nothing. */
  readonly reachable: boolean;
  /** Why it could not be looked at; `null` when it could. */
  readonly error: string | null;
  /** A drop box: the place answers and takes files, but shows none; the folders say nothing. */
  readonly blind: boolean;
  /** Whether the user's OneDrive account is still linked to this PC; `null` for a share, or when nobody can tell. */
  readonly linked: boolean | null;
  /** Folders at its root that may be this PC's; `cloud` marks files that OneDrive has uploaded and freed. */
  readonly folders: readonly {
    readonly name: string;
    readonly status: unknown;
    /** Why nobody could look into it: then there are no files, which is not "empty". @default {null} */
    readonly error?: string | null;
    readonly files: readonly {
      readonly name: string;
      readonly size: number;
      readonly sha256: string | null;
      readonly cloud: boolean;
    }[];
  }[];
}

/**
 * How far a carried file got: read back there and equal; written where nothing can be read back; laid ready for a
 * user's own task; not carried.
 */
export type ReceiptOutcome = "delivered" | "accepted" | "handed-over" | "pending";

/** What became of a file that PowerShell carried. */
export interface Receipt {
  /** Name of the destination in the settings. */
  readonly destination: string;
  /** File name in the folder of this PC. */
  readonly name: string;
  /** Of the bytes that were written, lower-case hexadecimal; `null` when none were. */
  readonly sha256: string | null;
  /** How far the carrier got. */
  readonly outcome: ReceiptOutcome;
  /** Why it failed; never `null` for `pending`. */
  readonly error: string | null;
}

/** Who may use a local folder, as Windows says it. */
export interface FolderDescriptor {
  /** Name of the destination in the settings. */
  readonly destination: string;
  /** Owner and access list in the form of Windows' security descriptors; `null` when they could not be read. */
  readonly sddl: string | null;
  /** Why they could not be read, else `null`. */
  readonly error: string | null;
}

/** A file for PowerShell to carry: the one way of a report's bytes to stdout; never on disk or in a log. */
export interface CarryItem {
  /** As in the settings. */
  readonly destination: string;
  /** The folder below the root. */
  readonly folder: string;
  /** The name in that folder. */
  readonly name: string;
  /** `true` for `status.json` alone. */
  readonly replace: boolean;
  /** Of the bytes, lower-case hexadecimal. */
  readonly sha256: string;
  /** The bytes. */
  readonly contentBase64: string;
}
