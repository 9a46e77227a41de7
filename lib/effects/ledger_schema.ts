/**
 * The tables of the ledger file, and the steps from one version of them to the next. Without `node:sqlite`, so
 * that `--version` costs nothing.
 *
 * Every row ends in `sum`, see `ledger_seal.ts`. Each table is one tree, most in the order of their text key
 * (`WITHOUT ROWID`): there is no index that could decay and say something else than its table.
 */

/** The version of the tables that this program writes, kept in `PRAGMA user_version`. */
export const ledgerVersion = 1;

/** Marks a SQLite file as a ledger of Spare Key: `SpKy` in ASCII, kept in `PRAGMA application_id`. */
export const LEDGER_APPLICATION_ID = 0x53704b79;

/** The tables, in the order in which they are read. */
export type LedgerTable =
  | "meta"
  | "volumes"
  | "protectors"
  | "reports"
  | "deliveries"
  | "destinations"
  | "findings"
  | "news"
  | "runs"
  | "backups";

/** One step: from the version before to `version`. Once released it is never altered, only followed by another. */
export interface LedgerMigration {
  /** The version that it leads to; the list counts up from 1 without gaps. */
  readonly version: number;
  /** Statements, in order. */
  readonly sql: readonly string[];
  /** Tables whose columns or values it alters: their rows are checked before and get new checksums after. */
  readonly reseal: readonly string[];
}

/** All steps, from an empty file on. */
export const LEDGER_MIGRATIONS: readonly LedgerMigration[] = [
  {
    version: 1,
    reseal: [],
    sql: [
      `CREATE TABLE meta (
        key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL, sum TEXT NOT NULL
      ) STRICT, WITHOUT ROWID`,

      `CREATE TABLE volumes (
        device_id TEXT NOT NULL PRIMARY KEY, persistent_volume_id TEXT, machine_id TEXT NOT NULL, drive TEXT,
        label TEXT, volume_type INTEGER, size_bytes INTEGER, protection_status INTEGER,
        conversion_status INTEGER, encryption_method INTEGER, lock_status INTEGER, present INTEGER NOT NULL,
        first_seen_at TEXT NOT NULL, last_seen_at TEXT NOT NULL, protectors_read INTEGER NOT NULL,
        sum TEXT NOT NULL
      ) STRICT, WITHOUT ROWID`,

      `CREATE TABLE protectors (
        device_id TEXT NOT NULL, position INTEGER NOT NULL, id TEXT NOT NULL, type INTEGER, fingerprint TEXT,
        valid INTEGER NOT NULL, present INTEGER NOT NULL, first_seen_at TEXT NOT NULL, removed_at TEXT,
        sum TEXT NOT NULL,
        PRIMARY KEY (device_id, position)
      ) STRICT, WITHOUT ROWID`,

      `CREATE TABLE reports (
        id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, rendition TEXT NOT NULL, folder TEXT NOT NULL,
        name TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, recipients_hash TEXT, key_id TEXT,
        fingerprint TEXT, device_id TEXT, taken_at TEXT NOT NULL, number INTEGER NOT NULL,
        released INTEGER NOT NULL, sum TEXT NOT NULL
      ) STRICT, WITHOUT ROWID`,

      `CREATE TABLE deliveries (
        destination TEXT NOT NULL, report TEXT NOT NULL, state TEXT NOT NULL, folder TEXT, name TEXT,
        attempts INTEGER NOT NULL, delivered_at TEXT, verified_at TEXT, hashed_at TEXT,
        upload_seen_at TEXT, error TEXT, sum TEXT NOT NULL, PRIMARY KEY (destination, report)
      ) STRICT, WITHOUT ROWID`,

      `CREATE TABLE destinations (
        name TEXT NOT NULL PRIMARY KEY, identity TEXT NOT NULL, place TEXT, folders TEXT NOT NULL,
        reached_at TEXT, unreachable_since TEXT, told_up_to INTEGER, mail_times TEXT NOT NULL, sum TEXT NOT NULL
      ) STRICT, WITHOUT ROWID`,

      `CREATE TABLE findings (
        key TEXT NOT NULL PRIMARY KEY, since TEXT NOT NULL, told_at TEXT, sum TEXT NOT NULL
      ) STRICT, WITHOUT ROWID`,

      `CREATE TABLE news (
        id INTEGER NOT NULL PRIMARY KEY, at TEXT NOT NULL, run_id TEXT NOT NULL, topic TEXT NOT NULL,
        kind TEXT NOT NULL, severity TEXT NOT NULL, volume TEXT, key_id TEXT, about TEXT, title TEXT NOT NULL,
        text TEXT NOT NULL, tell INTEGER NOT NULL, sum TEXT NOT NULL
      ) STRICT`,

      // In the order in which runs were recorded, whatever their clocks said: that of the hidden rowid.
      `CREATE TABLE runs (
        run_id TEXT NOT NULL, taken_at TEXT NOT NULL, exit INTEGER NOT NULL,
        changes INTEGER NOT NULL, findings TEXT NOT NULL, shortfalls TEXT NOT NULL, sum TEXT NOT NULL
      ) STRICT`,

      `CREATE TABLE backups (
        about TEXT NOT NULL, place TEXT NOT NULL, outcome TEXT NOT NULL, at TEXT NOT NULL, code TEXT,
        sum TEXT NOT NULL, PRIMARY KEY (about, place, outcome)
      ) STRICT, WITHOUT ROWID`,
    ],
  },
];

/**
 * The columns that name a row, to tell which one is damaged.
 *
 * @internal
 */
export const LEDGER_KEYS: Readonly<Record<LedgerTable, readonly string[]>> = {
  meta: ["key"],
  volumes: ["device_id"],
  protectors: ["device_id", "id"],
  reports: ["id"],
  deliveries: ["destination", "report"],
  destinations: ["name"],
  findings: ["key"],
  news: ["id"],
  runs: ["run_id"],
  backups: ["about", "place", "outcome"],
};
