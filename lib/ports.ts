/** The interfaces between the deciding core and the world. Real and fake adapters pass the same tests. */

import type { Delivery, DestinationState, EventLogState, KnownVolume, News } from "./core/ledger_model.ts";
import type { ReportEntry, Run, StandingFinding, WindowsBackup } from "./core/ledger_model.ts";
import type { Mail, MailReceipt } from "./core/mail.ts";
import type { RunMarkPlace } from "./core/run_mark.ts";
import type { LogLevel } from "./core/settings.ts";

export type { Files, FolderNames, OpenedFile } from "./files_port.ts";

/** Everything the ledger knows that a night needs. */
export interface LedgerView {
  /** `null` in a new ledger. */
  readonly machineId: string | null;
  /** The PC's name as last seen; `null` in a new ledger. */
  readonly hostName: string | null;
  /** All ever seen, with their protectors. */
  readonly volumes: readonly KnownVolume[];
  /** Every rendition ever made. */
  readonly reports: readonly ReportEntry[];
  /** One a report and destination where it was owed. */
  readonly deliveries: readonly Delivery[];
  /** Those that left the settings among them. */
  readonly destinations: readonly DestinationState[];
  /** What stood last night. */
  readonly findings: readonly StandingFinding[];
  /** News worth a mail that not every mail destination has been told yet, oldest first. */
  readonly news: readonly News[];
  /** What Windows' own log ever said of backups, sorted by Key ID or drive, place and outcome. */
  readonly backups: readonly WindowsBackup[];
  /** Of that log at the last run that looked; `null` when none did. */
  readonly eventLog: EventLogState | null;
  /** What the last run had to say of settings that do not fit this PC: sentences. */
  readonly hints: readonly string[];
  /** Highest id of all news, 0 when there is none. */
  readonly lastNewsId: number;
  /**
   * How far a mail destination that the ledger does not know was told for sure: less than all where the row of one
   * was damaged, so that it is told once more rather than never. @default {lastNewsId}
   */
  readonly toldAtLeast?: number;
  /** Of the news that were recorded when the last run ended: those above it no run has told as its own. */
  readonly endedNewsId: number;
  /** `null` before the first. */
  readonly lastRun: Run | null;
  /** The last that ended with 0; `null` when none did. */
  readonly lastGoodRun: Run | null;
  /** What was found wrong with the ledger itself, now or in an earlier start of a run that has not ended yet. */
  readonly damage: readonly string[];
}

/** What one step of a night adds to the ledger. Lists hold whole rows: a row of the same key is replaced. */
export interface LedgerChanges {
  /** The PC that this ledger is of. */
  readonly machineId?: string;
  /** As tonight's snapshot spells it. */
  readonly hostName?: string;
  /** By `deviceId`, each with its whole list of protectors. */
  readonly volumes?: readonly KnownVolume[];
  /** By `id`. */
  readonly reports?: readonly ReportEntry[];
  /** By destination and report. */
  readonly deliveries?: readonly Delivery[];
  /** Drops all deliveries of these destinations first: they lead elsewhere now. */
  readonly forgetDeliveriesOf?: readonly string[];
  /** By `name`. */
  readonly destinations?: readonly DestinationState[];
  /** The findings that stand now; all others are dropped. */
  readonly findings?: readonly StandingFinding[];
  /** New entries; the ids must continue {@link LedgerView.lastNewsId}. */
  readonly news?: readonly News[];
  /** By `about`, `place` and `outcome`. */
  readonly backups?: readonly WindowsBackup[];
  /** Of Windows' log at this run. */
  readonly eventLog?: EventLogState;
  /** Of settings that do not fit this PC; all others are dropped. */
  readonly hints?: readonly string[];
  /** What is wrong with the ledger, for the second start of this run; the end of a run forgets it. */
  readonly damage?: readonly string[];
  /** The night that ends with this step. */
  readonly run?: Run;
}

/** What was seen, delivered and verified before. Holds fingerprints of keys, never keys. */
export interface Ledger {
  /** Reads all. @throws {UserError} `ledger` when of a newer version, or neither readable nor replaceable. */
  load(): Promise<LedgerView>;
  /** Writes all or nothing, and returns once it is on the disk. */
  save(changes: LedgerChanges): Promise<void>;
  /** All changes ever recorded, oldest first. */
  history(): Promise<readonly News[]>;
  /** The runs after the last good one, oldest first; all when none was good. At most those of a year. */
  runsSinceGood(): Promise<readonly Run[]>;
  /**
   * Puts all that is known out of the way, unaltered, and begins anew; the next {@link load} says so.
   * `reason` follows "was damaged: ".
   */
  setAside(reason: string): Promise<void>;
  /** Gives the file back. No call may follow. */
  close(): void;
}

/** Which key opens an archived entry: the PC's own, or only those of the recipients. */
export type Vault = "pc" | "recipients";

/** A file of the archive. */
export interface ArchivedFile {
  /** Who can open it. */
  readonly vault: Vault;
  /** `HOST/name` of the rendition, as in {@link ReportEntry.id}. */
  readonly id: string;
}

/** The sealed bytes of every report ever made. */
export interface Archive {
  /** Lists all files, sorted by id; none when nothing was ever kept. */
  list(): Promise<readonly ArchivedFile[]>;
  /** Keeps sealed bytes, on the disk on return; an earlier attempt's are replaced whole or not at all. */
  put(file: ArchivedFile, sealed: Uint8Array): Promise<void>;
  /** Reads the sealed bytes; `null` when there is no such file. */
  get(file: ArchivedFile): Promise<Uint8Array | null>;
  /** Removes a plain rendition that its destinations hold and that is kept sealed to the recipients too. */
  remove(file: ArchivedFile): Promise<void>;
}

/** Encryption to age recipients. */
export interface Sealer {
  /** Encrypts bytes to `age1…` recipients, at least one. @returns An age file (binary). */
  seal(bytes: Uint8Array, recipients: readonly string[]): Promise<Uint8Array>;
  /** Decrypts with an `AGE-SECRET-KEY-1…`. @throws When that does not open it or it was altered. */
  open(sealed: Uint8Array, identity: string): Promise<Uint8Array>;
  /** Computes the `age1…` recipient of an identity. */
  recipientOf(identity: string): Promise<string>;
}

/** What opens a sealed file. */
export interface SealSecrets {
  /** `AGE-SECRET-KEY-1…`, any number. */
  readonly identities: readonly string[];
  /** Of files sealed with one; `null` when none is known. */
  readonly passphrase: string | null;
}

/** Opens sealed files that a person names: binary or armored, to recipients or to a passphrase. */
export interface SealOpener {
  /** Decrypts. @throws {UserError} `usage` without path or secret when nothing opens it or it was altered. */
  open(sealed: Uint8Array, secrets: SealSecrets): Promise<Uint8Array>;
}

/** The PC's own key for the archive: from the secrets of the envelope, else from a file that only its owner can read. */
export interface ArchiveKey {
  /** Gives `AGE-SECRET-KEY-1…`; made and kept on the first call when there is none yet. */
  identity(): Promise<string>;
  /** Gives further keys that earlier entries may be sealed to; a night without the secret used the file. */
  others(): Promise<readonly string[]>;
}

/** A file that lies at a destination. */
export interface StoredFile {
  /** Without its folder. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** `null` where it was not computed; {@link Destination.sha256} does. */
  readonly sha256: string | null;
  /** Uploaded and freed by a cloud client: never opened; right name and size count as verified. */
  readonly cloud: boolean;
}

/** One folder below a destination's root. */
export interface StoredFolder {
  /** As it was asked for. */
  readonly name: string;
  /** Parsed `status.json`, or `null` when there is none or it cannot be read. */
  readonly status: unknown;
  /** Without `status.json` and temporary files. */
  readonly files: readonly StoredFile[];
  /** Why nobody could look into it: then there are no files, which is not "empty". @default {null} */
  readonly closed?: string | null;
}

/** What lies at a destination now. */
export interface Listing {
  /** The root's real path, links resolved; `null` where that has no meaning. */
  readonly place: string | null;
  /** Those of the folders asked for that exist. */
  readonly folders: readonly StoredFolder[];
  /** A drop box: it takes files and shows none, so the folders say nothing. */
  readonly blind: boolean;
}

/** What became of a file handed to a destination. `handed-over`: another carries it; `accepted`: it cannot be read back. */
export type PutOutcome = "delivered" | "accepted" | "handed-over";

/** The account behind a place is no longer linked to this PC: nothing leaves the PC from there any more. */
export class UnlinkedError extends Error {
  /** Stands before the message in a stack. */
  override readonly name = "UnlinkedError";
}

/** A place that is not to be used. */
export class RefusedError extends Error {
  /** Stands before the message in a stack. */
  override readonly name = "RefusedError";
}

/** A name that other bytes have taken. Nothing was changed. */
export class NameTakenError extends Error {
  /** Stands before the message in a stack. */
  override readonly name = "NameTakenError";
}

/** One place for report files. */
export interface Destination {
  /** As in the settings. */
  readonly name: string;
  /**
   * Looks at the named folders below the root; those that do not exist are left out. Never creates anything.
   * @throws When the place cannot be looked at: that is not "nothing there".
   */
  list(folders: readonly string[]): Promise<Listing>;
  /** Hashes a file there: SHA-256, lower-case hexadecimal. @throws When it cannot be read. */
  sha256(folder: string, name: string): Promise<string>;
  /**
   * Puts a file under its final name, never replacing: temporary name, flush, final name, read back, compare.
   * A file of that name with the same bytes is taken as delivered. Makes `folder`, never the root.
   * @throws {NameTakenError} When other bytes have the name.
   */
  put(folder: string, name: string, bytes: Uint8Array): Promise<PutOutcome>;
  /** Replaces `status.json`, whole or not at all. */
  putStatus(folder: string, bytes: Uint8Array): Promise<void>;
}

/** Hands mails to a server. */
export interface Mailer {
  /** Sends; done once the server has taken responsibility for at least one address. @throws When for none. */
  send(mail: Mail): Promise<MailReceipt>;
}

/** The run's own diary: JSON lines, no secrets. */
export interface Log {
  /**
   * Writes a line: `id` is short and stable, such as `DST002`, for those who search; `text` is one sentence,
   * in which anything shaped like a recovery password is blanked; `fields` are further values.
   */
  write(level: LogLevel, id: string, text: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Brings what was written to the disk. */
  flush(): Promise<void>;
}

/** The lock that keeps two runs apart, released by the system when its holder dies. */
export interface RunLock extends RunMarkPlace {
  /** Waits for another run at most `waitMs` milliseconds. @returns Whether the lock is held now. */
  acquire(waitMs: number): Promise<boolean>;
  /** Gives the lock back. */
  release(): void;
}

/** Where results and talk go. */
export interface Terminal {
  /** A line of the result, on stdout. */
  out(text: string): void;
  /** A line of talk, on stderr. */
  say(text: string): void;
  /** A piece of the result, on stdout, as it is; waits for a reader that is slower. */
  write(text: string): void;
  /**
   * Asks a person for a secret, on stderr, and does not show what is typed.
   * @returns The secret; `null` when nobody sits there, or nothing was typed. @throws {UserError} `usage` on Ctrl+C.
   */
  askSecret(question: string): Promise<string | null>;
}

/** The present. */
export interface Clock {
  /** Tells the time. */
  now(): Date;
}

/** The pages and mails to fill: the program's own, or an organisation's. */
export interface Templates {
  /** Page of the recovery sheet. */
  readonly sheetHtml: string;
  /** Its style, put into the page. */
  readonly sheetCss: string;
  /** Page of a mail. */
  readonly mailHtml: string;
  /** The same mail as plain text. */
  readonly mailText: string;
}

/** Gives the templates when something is to be rendered. */
export interface TemplateStore {
  /** Loads all. @throws {UserError} `settings` when an own one cannot be read or is not the owner's alone. */
  load(): Promise<Templates>;
  /** Loads the program's own. */
  builtIn(): Promise<Templates>;
}
