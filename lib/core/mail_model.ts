/** What a mail tells, as values: `render_mail.ts` words it. */

import type { KnownVolume, News } from "./ledger_model.ts";
import type { Finding, ReportKey, VolumeRef } from "./model.ts";
import type { MailKeys } from "./settings.ts";

/** Something that happened; a {@link News} of the ledger is one. */
export type MailNews = Pick<News, "at" | "severity" | "kind" | "volume" | "keyId" | "title" | "text">;

/** A place that holds reports of a drive's current keys. */
export interface MailCopy {
  /** In words: `office (share)`. */
  readonly place: string;
  /** When it was last seen there or accepted; `null` when that never was. */
  readonly verifiedAt: string | null;
  /** Whether it was taken by a server, or a place, that shows nothing: nobody can look at it again. @default {false} */
  readonly taken?: boolean;
}

/** A drive as it stands now. */
export interface MailVolume {
  /** Letter, label and Windows' own numbers; a {@link KnownVolume} is one. */
  readonly volume:
    & VolumeRef
    & Pick<KnownVolume, "protectionStatus" | "conversionStatus" | "lockStatus" | "present" | "lastSeenAt">;
  /** Of the current keys. */
  readonly keyIds: readonly string[];
  /** Where reports of these keys lie; empty when nowhere. */
  readonly copies: readonly MailCopy[];
  /** What is known of copies of these keys that Windows made itself: sentences. */
  readonly windows: readonly string[];
}

/** A sign of life. */
export interface MailHeartbeat {
  /** For subject and heading: a few words without a full stop. */
  readonly title: string;
  /** Since when copies are verified, and whether anything is open: sentences. */
  readonly text: string;
}

/** All that a mail tells. */
export interface MailModel {
  /** Name of the PC. */
  readonly host: string;
  /** ISO 8601 with the PC's offset. */
  readonly takenAt: string;
  /** English is the only one so far. */
  readonly language: "en";
  /** Of a mail without news that says that all is well, or what still is not; else `null`. */
  readonly heartbeat: MailHeartbeat | null;
  /** Oldest first. */
  readonly news: readonly MailNews[];
  /** What stands now. */
  readonly findings: readonly Pick<Finding, "code" | "severity" | "volume" | "text">[];
  /** The encrypted drives, in the order to be shown. */
  readonly volumes: readonly MailVolume[];
  /** Tells accounts apart where Windows may have saved a key; `null` where that is of no use. */
  readonly accounts: string | null;
  /** From when on no further mail means that something is wrong: sentences; `null` where that says nothing. */
  readonly silence: string | null;
  /** Names of the attached files. */
  readonly attachments: readonly string[];
  /** How the keys come with the mail. */
  readonly keys: MailKeys;
  /** The keys whose digits the mail holds. Left out of it unless `keys` is `plain`. */
  readonly plainKeys: readonly ReportKey[];
}
