/** The settings of a run, checked and complete: defaults, file and policy merged by `config.ts`. */

import type { Severity } from "./model.ts";

/** Levels of the log, from the most talkative on. */
export type LogLevel = "debug" | "info" | "warning" | "error";

/** What of the keys a mail holds: nothing, a report sealed to the recipients, or the digits themselves. */
export type MailKeys = "none" | "sealed" | "plain";

/** A folder that this process writes itself. */
export interface FolderSettings {
  /** A folder on a drive, fixed or removable. */
  readonly kind: "folder";
  /** Unique among the destinations, case of no importance; the ledger knows it by this. */
  readonly name: string;
  /** Local, from its root on; reports lie in a folder of the PC below it. */
  readonly path: string;
  /** Label or ID of the removable volume that `path` is on, whatever its letter; `null` where the letter counts. */
  readonly volume: string | null;
  /** Something carries the folder off the PC: its copies count as outside. */
  readonly synced: boolean;
  /** Whether reports are sealed there. */
  readonly sealed: boolean;
  /** A plain folder that ordinary users may read is meant so. */
  readonly readableByUsers: boolean;
}

/** A UNC path, carried to by PowerShell. */
export interface ShareSettings {
  /** A folder of a server or NAS. */
  readonly kind: "share";
  /** Unique, see {@link FolderSettings}. */
  readonly name: string;
  /** `\\server\share` or a folder below it. */
  readonly path: string;
  /** Whether reports are sealed there. */
  readonly sealed: boolean;
}

/** A user's OneDrive, carried to by a task of that user. */
export interface OneDriveSettings {
  /** A folder of a user's OneDrive. */
  readonly kind: "onedrive";
  /** Unique, see {@link FolderSettings}. */
  readonly name: string;
  /** A SID, or `any`. */
  readonly user: string;
  /** Whether reports are sealed there; always so for `any`. */
  readonly sealed: boolean;
}

/** A person who is told, and may hold the keys. */
export interface MailSettings {
  /** A mail, sent through the one server of the settings. */
  readonly kind: "mail";
  /** Unique, see {@link FolderSettings}. */
  readonly name: string;
  /** Addresses, at least one; all get the same mail. */
  readonly to: readonly string[];
  /** How the keys come with it. */
  readonly keys: MailKeys;
}

/** One place for reports. */
export type DestinationSettings = FolderSettings | ShareSettings | OneDriveSettings | MailSettings;

/** The way to the mail server. */
export interface SmtpSettings {
  /** A name or an address; IPv6 without brackets, IDN as punycode. */
  readonly host: string;
  /** 1 to 65535; by default that of the kind of security. */
  readonly port: number;
  /** `tls` from the first byte, `starttls` or not at all, `none` in the clear. */
  readonly security: "tls" | "starttls" | "none";
  /** Name to log in with, by the secret `smtpPassword`; `null` to send without. */
  readonly user: string | null;
  /** Address of the sender. */
  readonly from: string;
  /** A private certificate authority, as PEM text; `null` for those that the system trusts. */
  readonly ca: string | null;
}

/** The settings of a run. */
export interface Settings {
  /** Those of the file, in its order, then those of policy. */
  readonly destinations: readonly DestinationSettings[];
  /** `null` when no mail is sent. */
  readonly smtp: SmtpSettings | null;
  /** age recipients that can open sealed reports. */
  readonly recipients: readonly string[];
  /** What is worth a mail. */
  readonly notify: {
    readonly changes: boolean;
    /** Findings from this level on are worth a mail. */
    readonly findings: Severity | "none";
    /** Days without a mail after which one says that all is well; 0 for never. */
    readonly heartbeatDays: number;
  };
  /** Days after which copies at a place that cannot be looked at are no longer trusted. */
  readonly copyMaxAgeDays: number;
  /** Whether reports are opened again to prove that they can be; `never` is the only choice so far. */
  readonly verify: "never";
  /** Of what people read; `auto` comes out as English so far. */
  readonly language: "auto" | "en";
  /** Whether own templates below the data folder are used. */
  readonly templates: boolean;
  /** When the scheduled task runs: `at` as HH:MM, up to `randomMinutes` later, ended after `timeLimitMinutes`. */
  readonly schedule: {
    readonly at: string;
    readonly randomMinutes: number;
    readonly timeLimitMinutes: number;
  };
  /** Seconds that one destination, and one mail, may take in a run. */
  readonly limits: { readonly destinationSeconds: number; readonly mailSeconds: number };
  /** From which level on the log is written. */
  readonly log: { readonly level: LogLevel };
}
