/** The settings file as a person writes it: every name known, every value of its kind. */

import * as z from "zod/mini";

/** What the checks below say a value must be. */
function kind<T extends z.ZodMiniType>(schema: T, must: string, test: (value: z.infer<T>) => boolean): T {
  return schema.check(z.refine((value) => test(value as z.infer<T>), { error: must })) as T;
}

const wholeNumber = (from: number, to: number): z.ZodMiniNumber =>
  kind(
    z.number(),
    `a whole number from ${from} to ${to}`,
    (n) => Number.isInteger(n) && n >= from && n <= to,
  );

/** A local path from its root on. Network paths are for kind "share": this process may not use them. */
const localPath = kind(
  z.string(),
  'a local folder from its root on, such as "D:\\Keys" (for "\\\\server\\share" use kind "share")',
  (path) => /^(?:[A-Za-z]:[\\/]|\/(?!\/))/.test(path) && !path.includes("\0"),
);

const uncPath = kind(
  z.string(),
  'a network path such as "\\\\\\\\server\\\\share\\\\folder"',
  (path) => /^\\\\[^\\/?.][^\\/]*\\[^\\/]+/.test(path) && !path.includes("\0"),
);

const address = kind(
  z.string(),
  'a mail address such as "tom@example.org"',
  // deno-lint-ignore no-control-regex -- no control character may reach a mail header
  (text) => /^[^\s@<>,;:"\\\u0000-\u001f\u007f]+@[^\s@<>,;:"\\\u0000-\u001f\u007f]+$/.test(text),
);

const name = kind(
  z.string(),
  "a name of 1 to 40 letters, digits, blanks, dots, dashes",
  (text) => /^[\p{L}\p{N} ._-]{1,40}$/u.test(text),
);

/** age: X25519 recipients begin with age1, those of its hybrid kind with age1pq1. */
const recipient = kind(
  z.string(),
  'an age recipient such as "age1…"',
  (text) => /^age1[a-z0-9]{50,4000}$/.test(text),
);

const addresses = kind(z.array(address), "at least one address", (list) => list.length > 0);

/** NTFS takes nearly every character in a label; a letter is meant as `path`, and would be no label for long. */
const volume = kind(
  z.string(),
  'the label of a removable volume such as "KEYS", or its volume ID',
  (text) => /^(?! )(?![A-Za-z]:[\\/]?$)[^\p{Cc}]{1,64}$/u.test(text) && !text.endsWith(" "),
);

const folder = z.strictObject({
  name,
  kind: z.literal("folder"),
  path: localPath,
  volume: z.optional(volume),
  synced: z.optional(z.boolean()),
  sealed: z.optional(z.boolean()),
  readableByUsers: z.optional(z.boolean()),
});
const share = z.strictObject({
  name,
  kind: z.literal("share"),
  path: uncPath,
  sealed: z.optional(z.boolean()),
});
const onedrive = z.strictObject({
  name,
  kind: z.literal("onedrive"),
  user: kind(
    z.string(),
    'a SID such as "S-1-5-21-…" or "any"',
    (text) => text === "any" || /^S-1(?:-\d+){2,15}$/i.test(text),
  ),
  sealed: z.optional(z.boolean()),
});
const mail = z.strictObject({
  name,
  kind: z.literal("mail"),
  to: addresses,
  keys: z.optional(z.enum(["none", "sealed", "plain"])),
});

/** A name (letters of any script), an IPv4 address, or an IPv6 address with or without brackets. */
function isHost(text: string): boolean {
  if (/^\[?[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(text)) {
    return URL.canParse(`http://[${text.replace(/[[\]]/g, "")}]/`);
  }
  return /^[\p{L}\p{N}._-]{1,253}$/u.test(text) && URL.canParse(`http://${text}/`);
}

const smtp = z.strictObject({
  host: kind(z.string(), "the bare name or address of a mail server, without port", isHost),
  port: z.optional(wholeNumber(1, 65535)),
  security: z.optional(z.enum(["tls", "starttls", "none"])),
  user: z.nullish(z.string()),
  from: address,
  ca: z.nullish(
    kind(z.string(), "certificates as PEM text", (text) => text.includes("-----BEGIN CERTIFICATE-----")),
  ),
});

const notify = z.strictObject({
  changes: z.optional(z.boolean()),
  findings: z.optional(z.enum(["danger", "warning", "info", "none"])),
  heartbeatDays: z.optional(wholeNumber(0, 3650)),
});
const schedule = z.strictObject({
  at: z.optional(kind(
    z.string(),
    'a time of day from "00:00" to "23:59"',
    (text) => /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/.test(text),
  )),
  randomMinutes: z.optional(wholeNumber(0, 720)),
  timeLimitMinutes: z.optional(wholeNumber(5, 1440)),
});
const limits = z.strictObject({
  destinationSeconds: z.optional(wholeNumber(1, 3600)),
  mailSeconds: z.optional(wholeNumber(1, 3600)),
});
const log = z.strictObject({ level: z.optional(z.enum(["debug", "info", "warning", "error"])) });

/**
 * The settings file. All of it may be left out.
 *
 * @internal
 */
export const settingsSchema = z.strictObject({
  destinations: z.optional(z.array(z.discriminatedUnion("kind", [folder, share, onedrive, mail], {
    error: '"folder", "share", "onedrive" or "mail"',
  }))),
  smtp: z.nullish(smtp),
  recipients: z.optional(z.array(recipient)),
  notify: z.optional(notify),
  copyMaxAgeDays: z.optional(wholeNumber(1, 3650)),
  verify: z.optional(z.literal("never")),
  language: z.optional(z.enum(["auto", "en"])),
  templates: z.optional(z.boolean()),
  schedule: z.optional(schedule),
  limits: z.optional(limits),
  log: z.optional(log),
});

/**
 * The schemas of the parts that consist of named values, to check a value by itself.
 *
 * @internal
 */
export const PART_SHAPES = {
  folder: folder.shape,
  share: share.shape,
  onedrive: onedrive.shape,
  mail: mail.shape,
  smtp: smtp.shape,
  notify: notify.shape,
  schedule: schedule.shape,
  limits: limits.shape,
  log: log.shape,
} as const;

/**
 * The settings as written.
 *
 * @internal
 */
export type SettingsDocument = z.infer<typeof settingsSchema>;

/** All names that may stand in the settings, for the nearest to a mistyped one. */
export const SETTING_NAMES: readonly string[] = [
  ...Object.keys(settingsSchema.shape),
  ...Object.values(PART_SHAPES).flatMap((shape) => Object.keys(shape)),
];
