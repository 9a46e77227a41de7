/** The settings of a run, checked and complete: defaults, file and policy merged by `config.ts`. */

import type { Severity } from "./model.ts";

/** Levels of the log, from the most talkative on. */
export type LogLevel = "debug" | "info" | "warning" | "error";

/** What of the keys a mail holds: nothing, a report sealed to the recipients, or the digits themselves. */
export type MailKeys = "none" | "sealed" | "plain";

/** A folder that this process writes itself. */
export interface FolderSettings {
  readonly kind: "folder";
  readonly name: string;
  readonly path: string;
  /** Something carries the folder off the PC: its copies count as outside. */
  readonly synced: boolean;
  /** Whether reports are sealed there. */
  readonly sealed: boolean;
  /** A plain folder that ordinary users may read is meant so. */
  readonly readableByUsers: boolean;
}

/** A UNC path, carried to by PowerShell. */
export interface ShareSettings {
  readonly kind: "share";
  readonly name: string;
  readonly path: string;
  readonly sealed: boolean;
}

/** A user's OneDrive, carried to by a task of that user. */
export interface OneDriveSettings {
  readonly kind: "onedrive";
  readonly name: string;
  /** A SID, or `any`. */
  readonly user: string;
  readonly sealed: boolean;
}

/** A person who is told, and may hold the keys. */
export interface MailSettings {
  readonly kind: "mail";
  readonly name: string;
  readonly to: readonly string[];
  readonly keys: MailKeys;
}

/** One place for reports. */
export type DestinationSettings = FolderSettings | ShareSettings | OneDriveSettings | MailSettings;

/** The way to the mail server. */
export interface SmtpSettings {
  /** A name or an address; IPv6 without brackets, IDN as punycode. */
  readonly host: string;
  readonly port: number;
  /** `tls` from the first byte, `starttls` or not at all, `none` in the clear. */
  readonly security: "tls" | "starttls" | "none";
  readonly user: string | null;
  readonly from: string;
  /** A private certificate authority, as PEM text; `null` for those that the system trusts. */
  readonly ca: string | null;
}

/** The settings of a run. */
export interface Settings {
  readonly destinations: readonly DestinationSettings[];
  readonly smtp: SmtpSettings | null;
  /** age recipients that can open sealed reports. */
  readonly recipients: readonly string[];
  readonly notify: {
    readonly changes: boolean;
    /** Findings from this level on are worth a mail. */
    readonly findings: Severity | "none";
    /** Days without a mail after which one says that all is well; 0 for never. */
    readonly heartbeatDays: number;
  };
  /** Days after which copies at a place that cannot be looked at are no longer trusted. */
  readonly copyMaxAgeDays: number;
  readonly verify: "never";
  readonly language: "auto" | "en";
  /** Whether own templates below the data folder are used. */
  readonly templates: boolean;
  readonly limits: { readonly destinationSeconds: number; readonly mailSeconds: number };
  readonly log: { readonly level: LogLevel };
}
