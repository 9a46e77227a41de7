/** What `reconcile` compares, and what it finds: no digits are in any of it, fingerprints stand for them. */

import type { ImportKind } from "../import/model.ts";

/** What is known of a key of a list: it is one of this PC's present keys, one of its former ones, and so on. */
export type KeyVerdict = "current" | "old" | "other-pc" | "unknown" | "missing";

/**
 * What a verdict rests on. The first four are facts. `device` is the ID that Entra ID gives to an installation of
 * Windows; `name` is no more than what the list calls the PC. Neither of the two makes a key current.
 */
export type VerdictBasis = "key-id" | "digits" | "ledger" | "report" | "device" | "name";

/** A key as one place of one list shows it. */
export interface ListedKey {
  /** File, or `-`. */
  readonly path: string;
  /** From 1; `null` in JSON. */
  readonly line: number | null;
  /** What kind of list it is. */
  readonly kind: ImportKind;
  /** Upper case, no braces; eight characters where the list shows no more; `null` where it shows digits alone. */
  readonly keyId: string | null;
  /** Of the digits; `null` where none stand there that could be one. */
  readonly fingerprint: string | null;
  /** `C:`, where the list says so. */
  readonly drive: string | null;
  /** What the list calls the PC; often wrong. */
  readonly host: string | null;
  /** Of Entra ID, where the list says so. */
  readonly device: string | null;
  /** As the list gives it. */
  readonly date: string | null;
}

/** How a key stands to its PC. `unsure`: it was a present one when last seen, and the PC could not be read since. */
export type Standing = "current" | "old" | "unsure";

/** A key that is known to be of this PC. */
export interface OwnKey {
  /** Upper case, no braces. */
  readonly keyId: string;
  /** `null` while its digits were never read. */
  readonly fingerprint: string | null;
  /** Whether it opens a drive now. */
  readonly standing: Standing;
  /** `false` for a protector whose kind was never read: it counts where a list names it, and is never missing. */
  readonly isKey: boolean;
  /** Where it is known from: the PC itself, or an earlier `status.json` or report of it. */
  readonly knownFrom: "ledger" | "report";
  /** When it was first seen, ISO 8601; `null` when not known. */
  readonly firstSeenAt: string | null;
  /** When it was found gone, or its drive last seen; `null` when not known. */
  readonly until: string | null;
  /** The drive that it opens, or once opened. */
  readonly volume: OwnVolume;
}

/** What is said of the drive of a key. */
export interface OwnVolume {
  /** `\\?\Volume{GUID}\`, by which commands take a drive without a letter. */
  readonly deviceId: string;
  /** `C:`, or `null` without a letter. */
  readonly drive: string | null;
  /** The name that people gave it. */
  readonly label: string | null;
  /** `false` when it is unplugged or gone. */
  readonly present: boolean;
  /** When this PC last saw it, ISO 8601; `null` when not known. */
  readonly lastSeenAt: string | null;
}

/** In place of a path: what the ledger tells of. */
export const LEDGER = "the ledger";

/** A key that a document of Spare Key, or this ledger, ties to another PC by its machine ID. */
export interface ForeignKey {
  /** Upper case, no braces. */
  readonly keyId: string;
  /** `null` where the document shows no digits. */
  readonly fingerprint: string | null;
  /** Name of that PC; `null` when not known. */
  readonly host: string | null;
  /** `C:`, where known. */
  readonly drive: string | null;
  /** What tells of it: a path, or {@link LEDGER}. */
  readonly where: string;
}

/** This PC, as far as it is known. */
export interface OwnPc {
  /** Its name now. */
  readonly name: string;
  /** Names that it is known to have had, its serial number among them: lists use that, too. */
  readonly otherNames: readonly string[];
  /** When the PC was last looked at, ISO 8601. */
  readonly asOf: string;
  /** One a Key ID. */
  readonly keys: readonly OwnKey[];
  /** Why its keys may not all be known, as sentences; empty when all could be read. */
  readonly unread: readonly string[];
}

/** Where a list shows a key. */
export interface KeySource {
  /** File, or `-`. */
  readonly path: string;
  /** From 1; `null` in JSON. */
  readonly line: number | null;
  /** What kind of list it is. */
  readonly kind: ImportKind;
  /** As it stands there. */
  readonly keyId: string | null;
  /** What the list calls the PC. */
  readonly host: string | null;
  /** As it stands there. */
  readonly drive: string | null;
  /** As it stands there. */
  readonly date: string | null;
  /** Whether the digits there are the key's: `not-compared` where one side shows none. */
  readonly digits: "same" | "other" | "not-compared";
}

/** A key with its verdict. */
export interface ReconciledKey {
  /** Whole where it is known, else as the list shows it; `null` where nothing but digits is known. */
  readonly keyId: string | null;
  /** What it is. */
  readonly verdict: KeyVerdict;
  /** What that rests on; `null` for `unknown` and `missing`. */
  readonly basis: VerdictBasis | null;
  /** Of its own PC where the key is known, else as the list says. */
  readonly drive: string | null;
  /** The PC that it is of; `null` when not known. */
  readonly host: string | null;
  /** What the lists call the PC, sorted. */
  readonly listedHosts: readonly string[];
  /** Whole Key IDs that a short one may stand for, where there are several. */
  readonly candidates: readonly string[];
  /** Where the lists show it; empty for `missing`. */
  readonly sources: readonly KeySource[];
  /** This PC's key, where it is one. */
  readonly own: OwnKey | null;
  /** What there is to say of it, as sentences. */
  readonly notes: readonly string[];
}

/**
 * Tells whether the lists have a key by its Key ID alone, with digits that do not open its drive.
 *
 * @param key Of the comparison.
 * @returns `false` where one place has its digits, or shows none.
 */
export function hasWrongDigits({ sources }: Pick<ReconciledKey, "sources">): boolean {
  return sources.length > 0 && sources.every(({ digits }) => digits === "other");
}
