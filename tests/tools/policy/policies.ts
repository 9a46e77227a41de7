/** Every policy of the ADMX: which slot it sets, what its box takes, what counts without it. Words are elsewhere. */

/** Where policies stand in the editor. */
export type Category = "Destinations" | "MailServer" | "Notices" | "Schedule" | "SpareKey";

/** What an enabled policy asks for. */
export type Box =
  /** Nothing: enabled is 1, disabled is 0. */
  | { readonly kind: "flag" }
  /** One line, REG_SZ. */
  | { readonly kind: "text"; readonly maxLength: number }
  /** Many lines, REG_MULTI_SZ. */
  | { readonly kind: "lines"; readonly maxLength: number }
  /** REG_DWORD. */
  | { readonly kind: "number"; readonly min: number; readonly max: number }
  /** One of these, REG_SZ. */
  | { readonly kind: "choice"; readonly values: readonly string[] };

/** One policy. */
export interface Policy {
  /** As the registry names it: `Smtp.Host`, value `Host` of the key `Smtp`. */
  readonly slot: string;
  readonly category: Category;
  readonly box: Box;
  /** What counts when neither policy nor file says anything; `null` where words have to tell it. */
  readonly byDefault: string | number | boolean | null;
  /** The same value once more, for consoles that take no long line in a box of many. */
  readonly oneLine?: true;
}

/** What a text box takes where neither ADMX nor the program sets a limit. */
export const USUAL_LENGTH = 1023;

/** Eight recipients of age's hybrid kind (1,960 characters each), or as many certificates. */
const LONG = 16384;

const flag: Box = { kind: "flag" };
const text: Box = { kind: "text", maxLength: USUAL_LENGTH };

/** All policies, in the order of the settings. */
export const POLICIES: readonly Policy[] = [
  { slot: "Folder.Path", category: "Destinations", box: text, byDefault: null },
  { slot: "Folder.Volume", category: "Destinations", box: { kind: "text", maxLength: 64 }, byDefault: null },
  { slot: "Folder.Synced", category: "Destinations", box: flag, byDefault: false },
  { slot: "Folder.Sealed", category: "Destinations", box: flag, byDefault: null },
  { slot: "Folder.ReadableByUsers", category: "Destinations", box: flag, byDefault: false },
  { slot: "Share.Path", category: "Destinations", box: text, byDefault: null },
  { slot: "Share.Sealed", category: "Destinations", box: flag, byDefault: null },
  { slot: "OneDrive.User", category: "Destinations", box: text, byDefault: null },
  { slot: "OneDrive.Sealed", category: "Destinations", box: flag, byDefault: null },
  {
    slot: "Mail.To",
    category: "Destinations",
    box: { kind: "lines", maxLength: USUAL_LENGTH },
    byDefault: null,
  },
  {
    slot: "Mail.Keys",
    category: "Destinations",
    box: { kind: "choice", values: ["none", "sealed", "plain"] },
    byDefault: null,
  },
  { slot: "Smtp.Host", category: "MailServer", box: { kind: "text", maxLength: 253 }, byDefault: null },
  { slot: "Smtp.Port", category: "MailServer", box: { kind: "number", min: 1, max: 65535 }, byDefault: null },
  {
    slot: "Smtp.Security",
    category: "MailServer",
    box: { kind: "choice", values: ["tls", "starttls", "none"] },
    byDefault: null,
  },
  { slot: "Smtp.User", category: "MailServer", box: text, byDefault: null },
  { slot: "Smtp.From", category: "MailServer", box: text, byDefault: null },
  { slot: "Smtp.Ca", category: "MailServer", box: { kind: "lines", maxLength: LONG }, byDefault: null },
  {
    slot: "Smtp.Ca",
    category: "MailServer",
    box: { kind: "text", maxLength: LONG },
    byDefault: null,
    oneLine: true,
  },
  { slot: "Recipients", category: "SpareKey", box: { kind: "lines", maxLength: LONG }, byDefault: null },
  {
    slot: "Recipients",
    category: "SpareKey",
    box: { kind: "text", maxLength: LONG },
    byDefault: null,
    oneLine: true,
  },
  { slot: "Notify.Changes", category: "Notices", box: flag, byDefault: true },
  {
    slot: "Notify.Findings",
    category: "Notices",
    box: { kind: "choice", values: ["danger", "warning", "info", "none"] },
    byDefault: "warning",
  },
  {
    slot: "Notify.HeartbeatDays",
    category: "Notices",
    box: { kind: "number", min: 0, max: 3650 },
    byDefault: 30,
  },
  { slot: "CopyMaxAgeDays", category: "SpareKey", box: { kind: "number", min: 1, max: 3650 }, byDefault: 30 },
  { slot: "Verify", category: "SpareKey", box: { kind: "choice", values: ["never"] }, byDefault: "never" },
  {
    slot: "Language",
    category: "SpareKey",
    box: { kind: "choice", values: ["auto", "en"] },
    byDefault: "auto",
  },
  { slot: "Templates", category: "SpareKey", box: flag, byDefault: false },
  { slot: "Schedule.At", category: "Schedule", box: { kind: "text", maxLength: 5 }, byDefault: "02:00" },
  {
    slot: "Schedule.RandomMinutes",
    category: "Schedule",
    box: { kind: "number", min: 0, max: 720 },
    byDefault: 60,
  },
  {
    slot: "Schedule.TimeLimitMinutes",
    category: "Schedule",
    box: { kind: "number", min: 5, max: 1440 },
    byDefault: 60,
  },
  {
    slot: "Limits.DestinationSeconds",
    category: "SpareKey",
    box: { kind: "number", min: 1, max: 3600 },
    byDefault: 60,
  },
  {
    slot: "Limits.MailSeconds",
    category: "SpareKey",
    box: { kind: "number", min: 1, max: 3600 },
    byDefault: 60,
  },
  {
    slot: "Log.Level",
    category: "SpareKey",
    box: { kind: "choice", values: ["debug", "info", "warning", "error"] },
    byDefault: "info",
  },
];

/**
 * Names a policy within ADMX, where no dot may stand.
 *
 * @param policy Which.
 * @returns `Smtp_Host`, `Recipients_OneLine`
 */
export function policyName(policy: Policy): string {
  return policy.slot.replace(".", "_") + (policy.oneLine ? "_OneLine" : "");
}
