/**
 * What of wrong settings still serves to tell of them: the mail server and the mail addresses that are right by
 * themselves; where none are, those of the settings that gave the last run. No place for keys is among it: what a
 * person meant there must not be guessed.
 */

import * as z from "zod/mini";
import { UserError } from "../errors.ts";
import { readSettings, type SettingsSource } from "./config.ts";
import type { Settings } from "./settings.ts";
import { PART_SHAPES, settingsSchema } from "./settings_schema.ts";

/** What settings of a failed run may come from. */
export interface SalvageSource extends SettingsSource {
  /** The text of the settings file of the last run that could use it, where it is another; `null` where nobody knows. */
  readonly lastGood: unknown;
}

/** What still serves. */
export interface Salvaged {
  /** Complete; the destinations are mails without keys. */
  readonly settings: Settings;
  /** Whether they are those of the last run that could use them. */
  readonly isLastGood: boolean;
}

/**
 * Picks what is right. The name of a setting that is not known does not make its neighbours wrong; a wrong value
 * among those of the server does. Where nobody can be told by what the file says, the settings of the last run that
 * could use them serve; policy lies over either.
 *
 * @param source File and policy as they are.
 * @returns `null` when no mail can be sent by any, or when the file wants none.
 */
export function salvageSettings(source: SalvageSource): Salvaged | null {
  const isRead = isObject(parsedFile(source.file));
  const former = source.lastGood === null ? null : mailsOf({ ...source, file: source.lastGood });
  // A file that is no JSON says nothing: it takes no address away from those that policy names.
  if (!isRead && former !== null) return { settings: former, isLastGood: true };
  const settings = mailsOf(source);
  if (settings !== null) return { settings, isLastGood: false };
  return former === null || wantsNoMail(source.file) ? null : { settings: former, isLastGood: true };
}

/** Whoever lists places, and no mail among them, has chosen so; a kind that is not known may be a mistyped mail. */
function wantsNoMail(file: unknown): boolean {
  const { destinations } = objectOf(file);
  return Array.isArray(destinations) &&
    destinations.every((one) => OTHER_KINDS.includes(String(objectOf(one)["kind"])));
}

const OTHER_KINDS: readonly string[] = ["folder", "share", "onedrive"];

function mailsOf(source: SettingsSource): Settings | null {
  const read = objectOf(source.file);
  const smtp = known(read["smtp"], PART_SHAPES.smtp);
  const limits = known(read["limits"], PART_SHAPES.limits);
  const file = {
    ...(isRight("smtp", smtp) ? { smtp } : {}),
    ...(isRight("limits", limits) ? { limits } : {}),
  };
  const mails = listOf(read["destinations"]).flatMap(mailOf);
  // Mails of the file do not fit where it has no server; policy may bring a server, and mails of its own.
  for (const destinations of [mails, []]) {
    const settings = settingsOf({ ...source, file: { ...file, destinations } });
    const told = settings?.destinations.flatMap((one) =>
      one.kind === "mail" ? [{ ...one, keys: "none" as const }] : []
    ) ?? [];
    if (settings !== null && settings.smtp !== null && told.length > 0) {
      return { ...settings, destinations: told };
    }
  }
  return null;
}

function settingsOf(source: SettingsSource): Settings | null {
  try {
    return readSettings(source).settings;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function isRight(part: "smtp" | "limits", value: object): boolean {
  return z.safeParse(settingsSchema.shape[part], value).success;
}

/** @returns The mail with those of its addresses that are right; none without a name or an address. */
function mailOf(value: unknown, index: number, all: readonly unknown[]): readonly object[] {
  const { name, kind, to } = objectOf(value);
  const right = listOf(to).filter((one) => z.safeParse(PART_SHAPES.mail.to, [one]).success);
  const isTwin = all.slice(0, index).some((one) =>
    String(objectOf(one)["name"]).toLowerCase() === String(name).toLowerCase()
  );
  return kind === "mail" && right.length > 0 && !isTwin && z.safeParse(PART_SHAPES.mail.name, name).success
    ? [{ name, kind, to: right, keys: "none" }]
    : [];
}

function known(value: unknown, shape: object): object {
  return Object.fromEntries(Object.entries(objectOf(value)).filter(([name]) => Object.hasOwn(shape, name)));
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  const read = parsedFile(value);
  return isObject(read) ? read : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The file comes as its text. */
function parsedFile(file: unknown): unknown {
  if (typeof file !== "string") return file;
  try {
    const value: unknown = JSON.parse(file.trim());
    return typeof value === "string" ? null : value;
  } catch {
    return null;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
