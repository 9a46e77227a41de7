/**
 * The interfaces between the deciding core and the world. Each comment is a contract: real and fake adapters
 * pass the same tests. `main.ts` builds the real ones.
 */

import type {
  Delivery,
  DestinationState,
  KnownVolume,
  News,
  ReportEntry,
  Run,
  StandingFinding,
} from "./core/ledger_model.ts";
import type { LogLevel } from "./core/settings.ts";

/** Everything the ledger knows that a night needs. */
export interface LedgerView {
  /** `null` in a new ledger. */
  readonly machineId: string | null;
  readonly hostName: string | null;
  readonly volumes: readonly KnownVolume[];
  readonly reports: readonly ReportEntry[];
  readonly deliveries: readonly Delivery[];
  readonly destinations: readonly DestinationState[];
  readonly findings: readonly StandingFinding[];
  /** News worth a mail that not every mail destination has been told yet, oldest first. */
  readonly news: readonly News[];
  /** Highest id of all news, 0 when there is none. */
  readonly lastNewsId: number;
  readonly lastRun: Run | null;
  readonly lastGoodRun: Run | null;
  /** What was found wrong with the ledger itself when it was opened: rows that failed their checksum, a set-aside file. */
  readonly damage: readonly string[];
}

/** What one step of a night adds to the ledger. Lists hold whole rows: a row of the same key is replaced. */
export interface LedgerChanges {
  readonly machineId?: string;
  readonly hostName?: string;
  readonly volumes?: readonly KnownVolume[];
  readonly reports?: readonly ReportEntry[];
  readonly deliveries?: readonly Delivery[];
  /** Drops all deliveries of these destinations first: they lead elsewhere now. */
  readonly forgetDeliveriesOf?: readonly string[];
  readonly destinations?: readonly DestinationState[];
  /** The findings that stand now; all others are dropped. */
  readonly findings?: readonly StandingFinding[];
  /** New entries; the ids must continue {@link LedgerView.lastNewsId}. */
  readonly news?: readonly News[];
  readonly run?: Run;
}

/** What was seen, delivered and verified before. Holds fingerprints of keys, never keys. */
export interface Ledger {
  /**
   * Reads all that a night needs. A row that fails its checksum is left out and named in `damage`.
   *
   * @throws {UserError} `ledger` when it is of a newer version or can be neither read nor replaced.
   */
  load(): Promise<LedgerView>;
  /** Writes all or nothing, and returns once it is on the disk. */
  save(changes: LedgerChanges): Promise<void>;
  /** All changes ever recorded, oldest first. */
  history(): Promise<readonly News[]>;
  /** Gives the file back. No call may follow. */
  close(): void;
}

/** Which key opens an archived entry: the PC's own, or only those of the recipients. */
export type Vault = "pc" | "recipients";

/** A file of the archive. */
export interface ArchivedFile {
  readonly vault: Vault;
  /** `HOST/name` of the rendition, as in {@link ReportEntry.id}. */
  readonly id: string;
}

/** The sealed bytes of every report ever made. */
export interface Archive {
  /** @returns All files, sorted by id. Empty when nothing was ever kept. */
  list(): Promise<readonly ArchivedFile[]>;
  /**
   * Keeps sealed bytes and returns once they are on the disk. The same file again with other bytes replaces it
   * whole or not at all (an earlier attempt that never reached the ledger).
   */
  put(file: ArchivedFile, sealed: Uint8Array): Promise<void>;
  /** @returns The sealed bytes, or `null` when there is no such file. */
  get(file: ArchivedFile): Promise<Uint8Array | null>;
  /** Removes a plain rendition that its destinations hold and that is kept sealed to the recipients too. */
  remove(file: ArchivedFile): Promise<void>;
}

/** Encryption to age recipients. */
export interface Sealer {
  /**
   * @param bytes What to seal.
   * @param recipients `age1…` texts, at least one.
   * @returns An age file (binary).
   */
  seal(bytes: Uint8Array, recipients: readonly string[]): Promise<Uint8Array>;
  /**
   * @param sealed An age file.
   * @param identity `AGE-SECRET-KEY-1…`
   * @throws When the identity does not open it or it was altered.
   */
  open(sealed: Uint8Array, identity: string): Promise<Uint8Array>;
  /** @returns The `age1…` recipient of an identity. */
  recipientOf(identity: string): Promise<string>;
}

/** The PC's own key for the archive: from the secrets of the envelope, else from a file that only its owner can read. */
export interface ArchiveKey {
  /** @returns `AGE-SECRET-KEY-1…`; made and kept on the first call when there is none yet. */
  identity(): Promise<string>;
}

/** A file that lies at a destination. */
export interface StoredFile {
  readonly name: string;
  readonly size: number;
  /** `null` where it was not computed; {@link Destination.sha256} does. */
  readonly sha256: string | null;
  /** Uploaded and freed by a cloud client: never opened; right name and size count as verified. */
  readonly cloud: boolean;
}

/** One folder below a destination's root. */
export interface StoredFolder {
  readonly name: string;
  /** Parsed `status.json`, or `null` when there is none or it cannot be read. */
  readonly status: unknown;
  readonly files: readonly StoredFile[];
}

/** What lies at a destination now. */
export interface Listing {
  /** The root's real path, links resolved; `null` where that has no meaning. */
  readonly place: string | null;
  readonly folders: readonly StoredFolder[];
}

/** What became of a file handed to a destination. `handed-over`: another carries it; `accepted`: it cannot be read back. */
export type PutOutcome = "delivered" | "accepted" | "handed-over";

/** A name that other bytes have taken. Nothing was changed. */
export class NameTakenError extends Error {
  override readonly name = "NameTakenError";
}

/** One place for report files. */
export interface Destination {
  /** As in the settings. */
  readonly name: string;
  /**
   * Looks at the named folders below the root; those that do not exist are left out. Never creates anything.
   *
   * @throws When the place cannot be looked at: that is not "nothing there".
   */
  list(folders: readonly string[]): Promise<Listing>;
  /** @returns SHA-256 of a file there, lower-case hexadecimal. @throws When it cannot be read. */
  sha256(folder: string, name: string): Promise<string>;
  /**
   * Puts a file under its final name, never replacing: temporary name, flush, final name, read back, compare.
   * A file of that name with the same bytes is taken as delivered. Makes `folder`, never the root.
   *
   * @throws {NameTakenError} When other bytes have the name.
   */
  put(folder: string, name: string, bytes: Uint8Array): Promise<PutOutcome>;
  /** Replaces `status.json`, whole or not at all. */
  putStatus(folder: string, bytes: Uint8Array): Promise<void>;
}

/** A file attached to a mail. */
export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A mail, ready to send. */
export interface Mail {
  /** Without angle brackets; the same again for a retry that adds nothing. */
  readonly messageId: string;
  /** Without angle brackets: ties all mails of one PC into one thread. */
  readonly threadId: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly date: Date;
  readonly attachments: readonly Attachment[];
}

/** What the server said to a mail. */
export interface MailReceipt {
  /** Addresses that the server took. */
  readonly accepted: readonly string[];
  /** Addresses that it refused, each with its answer. */
  readonly rejected: readonly { readonly address: string; readonly answer: string }[];
  /** The last line of the server. */
  readonly answer: string;
}

/** Hands mails to a server. */
export interface Mailer {
  /**
   * @returns Once the server has taken responsibility for at least one address.
   * @throws When it has taken none.
   */
  send(mail: Mail): Promise<MailReceipt>;
}

/** The run's own diary: JSON lines, no secrets. */
export interface Log {
  /**
   * @param level How much it matters.
   * @param id Short and stable, such as `DST002`, for those who search.
   * @param text One sentence; anything shaped like a recovery password is blanked.
   * @param fields Further values.
   */
  write(level: LogLevel, id: string, text: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Brings what was written to the disk. */
  flush(): Promise<void>;
}

/** The lock that keeps two runs apart, released by the system when its holder dies. */
export interface RunLock {
  /**
   * @param waitMs How long to wait for another run, in milliseconds.
   * @returns Whether the lock is held now.
   */
  acquire(waitMs: number): Promise<boolean>;
  release(): void;
}

/** Files that a person names on the command line. */
export interface Files {
  /** @throws {UserError} With the path and the reason when it cannot be read. */
  read(path: string): Promise<Uint8Array>;
  /** Names below a folder and its folders, relative, with `/`; `onTrouble` is told of each part that cannot be listed. */
  walk(folder: string, onTrouble: (path: string, reason: string) => void): AsyncIterable<string>;
  /** Makes the folder where needed and writes a file that did not exist before, else under a name with ` (2)`. @returns The path. */
  write(folder: string, name: string, bytes: Uint8Array): Promise<string>;
}

/** Where results and talk go. */
export interface Terminal {
  /** A line of the result, on stdout. */
  out(text: string): void;
  /** A line of talk, on stderr. */
  say(text: string): void;
}

/** The present. */
export interface Clock {
  now(): Date;
}

/** The pages and mails to fill: the program's own, or an organisation's. */
export interface Templates {
  readonly sheetHtml: string;
  readonly sheetCss: string;
  readonly mailHtml: string;
  readonly mailText: string;
}

/** Gives the templates when something is to be rendered. */
export interface TemplateStore {
  /** @throws {UserError} `settings` when an own template cannot be read or is not the owner's alone. */
  load(): Promise<Templates>;
}

/**
 * A file for PowerShell to carry: the one place where a report's bytes leave this process on stdout. It exists
 * in memory and on the pipe alone, never on disk, never in a log.
 */
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
