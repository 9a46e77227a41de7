/** Settings: defaults, then the file, then policy over it; checked, judged as a whole, complete. */

import { closest, distance } from "fastest-levenshtein";
import { UserError } from "../errors.ts";
import { misplacedSecret } from "./misplaced_secret.ts";
import { parseJsonText } from "./parse_json.ts";
import { redactSecrets } from "./recovery_password.ts";
import { overlayPolicy, type SetAside } from "./policy.ts";
import type { DestinationSettings, Settings, SmtpSettings } from "./settings.ts";
import { SETTING_NAMES, type SettingsDocument, settingsSchema } from "./settings_schema.ts";
import { zodMessage } from "./zod_message.ts";

/** What the settings come from. */
export interface SettingsSource {
  /** Registry values by slot name; `null` without policy. */
  readonly policy: Readonly<Record<string, unknown>> | null;
  /** The settings file: its text, or the value in it; `null` without a file. */
  readonly file: unknown;
  /** How to name the file in a message. */
  readonly fileName: string;
}

/** The settings of a run, and what of the policy could not be used. */
export interface Configuration {
  /** Complete, and right as a whole. */
  readonly settings: Settings;
  /** Policy values that were not used; empty when all were. */
  readonly setAside: readonly SetAside[];
}

/** Settings of which can be told where each value comes from. */
export interface Merged extends Configuration {
  /** What stands in file and policy, without defaults; destinations in the order of the settings. */
  readonly written: SettingsDocument;
  /** Where values of the policy stand: `smtp.host`. */
  readonly used: readonly string[];
}

/** Ports of mail submission: RFC 8314 (465), RFC 6409 (587), RFC 5321 (25). */
const SMTP_PORT = { tls: 465, starttls: 587, none: 25 } as const;

/**
 * Reads and merges the settings.
 *
 * @param source File and policy as they are.
 * @returns Complete settings.
 * @throws {UserError} `settings` when the file has an unknown name or a wrong value, or when the whole does not fit together.
 */
export function readSettings(source: SettingsSource): Configuration {
  const { settings, setAside } = mergeSettings(source);
  return { settings, setAside };
}

/**
 * Reads and merges the settings as {@link readSettings} does, and tells where values come from.
 *
 * @param source File and policy as they are.
 * @returns Complete settings beside what was written.
 * @throws {UserError} `settings`
 */
export function mergeSettings(source: SettingsSource): Merged {
  const what = `settings "${source.fileName}"`;
  const file = parseFile(source.file, what);
  const { settings, setAside, used } = source.policy === null
    ? { settings: file, setAside: [], used: [] }
    : overlayPolicy(file, source.policy, (one) => misfit(complete(one), one)?.problem ?? null);
  return { settings: judged(settings, what), setAside, written: settings, used };
}

/** @throws {UserError} When the whole does not fit together. */
function judged(document: SettingsDocument, what: string): Settings {
  const settings = complete(document);
  const wrong = misfit(settings, document);
  if (wrong !== null) {
    throw new UserError("settings", `Cannot use ${what}: ${wrong.problem}`, { hint: wrong.hint });
  }
  return settings;
}

function parseFile(file: unknown, what: string): SettingsDocument {
  const value = typeof file === "string"
    ? parseJsonText(file.replace(/^\ufeff/, ""), { code: "settings", what, byHand: true })
    : file ?? {};
  const result = settingsSchema.safeParse(value);
  if (result.success) return result.data;
  const unknown = result.error.issues.find((issue) => issue.code === "unrecognized_keys");
  if (unknown?.code === "unrecognized_keys") {
    const name = unknown.keys[0] ?? "";
    const place = unknown.path.length > 0 ? ` in "${unknown.path.join(".")}"` : "";
    throw new UserError(
      "settings",
      `Cannot read ${what}: "${redactSecrets(name).slice(0, 60)}"${place} is no setting`,
      { hint: hintFor(name) },
    );
  }
  throw new UserError(
    "settings",
    `Cannot read ${what}: ${zodMessage(result.error.issues, value, { quote: true })}`,
  );
}

function hintFor(name: string): string {
  const near = closest(name, [...SETTING_NAMES]);
  return near !== name && distance(name, near) <= 3
    ? `Did you mean "${near}"?`
    : "See the table of settings in the README: what is known, and where it stands";
}

function complete(read: SettingsDocument): Settings {
  const recipients = read.recipients ?? [];
  const smtp = read.smtp ? completeSmtp(read.smtp) : null;
  const destinations = (read.destinations ?? []).map((one) =>
    completeDestination(one, recipients.length > 0)
  );
  return {
    destinations,
    smtp,
    recipients,
    notify: {
      changes: read.notify?.changes ?? true,
      findings: read.notify?.findings ?? "warning",
      heartbeatDays: read.notify?.heartbeatDays ?? 30,
    },
    copyMaxAgeDays: read.copyMaxAgeDays ?? 30,
    verify: read.verify ?? "never",
    language: read.language ?? "auto",
    templates: read.templates ?? false,
    schedule: {
      at: read.schedule?.at ?? "02:00",
      randomMinutes: read.schedule?.randomMinutes ?? 60,
      timeLimitMinutes: read.schedule?.timeLimitMinutes ?? 60,
    },
    limits: {
      destinationSeconds: read.limits?.destinationSeconds ?? 60,
      mailSeconds: read.limits?.mailSeconds ?? 60,
    },
    log: { level: read.log?.level ?? "info" },
  };
}

function completeSmtp(smtp: NonNullable<SettingsDocument["smtp"]>): SmtpSettings {
  const security = smtp.security ?? (smtp.port === 465 ? "tls" : "starttls");
  return {
    host: asciiHost(smtp.host),
    port: smtp.port ?? SMTP_PORT[security],
    security,
    user: smtp.user ?? null,
    from: smtp.from,
    ca: smtp.ca ?? null,
  };
}

/** Names outside ASCII become punycode; the URL parser of the platform does that. */
function asciiHost(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (bare.includes(":")) return bare;
  return URL.canParse(`http://${bare}/`) ? new URL(`http://${bare}/`).hostname : bare;
}

type DestinationDocument = NonNullable<SettingsDocument["destinations"]>[number];

function completeDestination(read: DestinationDocument, canSeal: boolean): DestinationSettings {
  switch (read.kind) {
    case "folder":
      return {
        kind: "folder",
        name: read.name,
        path: read.path,
        volume: read.volume ?? null,
        synced: read.synced ?? false,
        sealed: read.sealed ?? canSeal,
        readableByUsers: read.readableByUsers ?? false,
      };
    case "share":
    case "onedrive":
      return { ...read, sealed: read.sealed ?? canSeal };
    case "mail":
      return { ...read, keys: read.keys ?? (canSeal ? "sealed" : "none") };
  }
}

interface Misfit {
  readonly problem: string;
  readonly hint: string;
}

/** What is right by itself may be wrong together: names twice, sealed without recipients, a password in the clear. */
function misfit(settings: Settings, read: SettingsDocument): Misfit | null {
  const secret = misplacedSecret(read);
  if (secret !== null) {
    return {
      // Ledger, log and mails name what stands in the settings.
      problem: `"${secret}" holds a recovery key or a secret key, which has no place there`,
      hint: "Take it out of the settings; whoever has read them has it",
    };
  }
  const canSeal = settings.recipients.length > 0;
  const seen = new Set<string>();
  for (const [index, one] of settings.destinations.entries()) {
    const lower = one.name.toLowerCase();
    if (seen.has(lower)) {
      return {
        problem: `two destinations are called "${one.name}"`,
        hint: "Give each destination a name of its own",
      };
    }
    seen.add(lower);
    if (one.kind === "mail" ? one.keys === "sealed" && !canSeal : one.sealed && !canSeal) {
      return {
        problem: `destination "${one.name}" is to be sealed, but there are no "recipients"`,
        hint: 'Write the age recipients of those who may open reports into "recipients"',
      };
    }
    const written = read.destinations?.[index];
    const statedPlain = written?.kind !== "mail" && written?.sealed === false;
    if (one.kind === "share" && !canSeal && !statedPlain) {
      return {
        problem:
          `share "${one.name}" would hold plain keys, and whoever reads them is administrator of this PC`,
        hint: 'Add "recipients", or write "sealed": false at this destination if the share is protected',
      };
    }
    if (one.kind === "onedrive" && one.user === "any" && !one.sealed) {
      return {
        problem: `OneDrive "${one.name}" of any user would hold plain keys`,
        hint: 'Add "recipients", or name one user by SID',
      };
    }
    if (one.kind === "mail" && settings.smtp === null) {
      return {
        problem: `mail "${one.name}" has no server: "smtp" is missing`,
        hint: 'Write "smtp" with "host" and "from"',
      };
    }
  }
  const plainMail = settings.destinations.some((one) => one.kind === "mail" && one.keys === "plain");
  if (
    settings.smtp?.security === "none" && !isLoopback(settings.smtp.host) &&
    (settings.smtp.user !== null || plainMail)
  ) {
    return {
      problem: `"smtp.security" is "none" for "${settings.smtp.host}": ${
        plainMail ? "recovery keys" : "a password"
      } would go over the network in the clear`,
      hint: 'Use "starttls" or "tls"',
    };
  }
  return null;
}

/**
 * Tells whether a host is this PC itself.
 *
 * @param host Name or address.
 * @returns `true` for `localhost`, 127.0.0.0/8 and `::1`.
 */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
}
