/** From characters of a Key ID, or a PC's name, to keys: what `find` and `demo` share. */

import { sayDay } from "../lib/core/how_to_say.ts";
import { parseReportText } from "../lib/core/parse_report.ts";
import { parseReportName } from "../lib/core/report_names.ts";
import { messageOf } from "../lib/errors.ts";
import { below, type Deps } from "./task.ts";

/** A key that matches. */
export interface FoundKey {
  readonly keyId: string;
  /** `null` in a sealed report. */
  readonly recoveryPassword: string | null;
  readonly host: string | null;
  readonly drive: string | null;
  readonly takenAt: string | null;
  readonly path: string;
  readonly sealed: boolean;
  /** `null` when `status.json` does not tell. */
  readonly current: boolean | null;
}

/** What is looked for. */
export interface KeyQuery {
  /** Eight characters of a Key ID or more, with or without blanks, dashes and braces; or a PC's name. */
  readonly text: string;
  /** Folders of reports; those below are searched too. */
  readonly folders: readonly string[];
}

/** What a search gave. */
export interface FoundKeys {
  /** Newest first. */
  readonly matches: readonly FoundKey[];
  /** What could not be read, as sentences. */
  readonly troubles: readonly string[];
}

/**
 * Finds keys. The file's name decides, so a listing is enough.
 *
 * @param query Text and folders.
 * @param deps To read files.
 * @returns Keys, and what could not be read.
 */
export async function findKeys({ text, folders }: KeyQuery, deps: Deps): Promise<FoundKeys> {
  const troubles: string[] = [];
  const matches: FoundKey[] = [];
  for (const folder of folders) {
    for await (
      const path of deps.files.walk(
        folder,
        (where, why) => troubles.push(`Cannot look into "${where}": ${why}`),
      )
    ) {
      const match = await matchOf(folder, path, text, deps, troubles);
      if (match !== null) matches.push(match);
    }
  }
  matches.sort((a, b) => (`${a.takenAt} ${a.path}` > `${b.takenAt} ${b.path}` ? -1 : 1));
  return { matches, troubles };
}

async function matchOf(
  folder: string,
  path: string,
  text: string,
  deps: Deps,
  troubles: string[],
): Promise<FoundKey | null> {
  const parts = path.split("/");
  const name = parseReportName(parts.at(-1) ?? "");
  if (name === null || name.keyId === null) return null;
  const host = parts.at(-2) ?? null;
  const wanted = text.replace(/[\s{}-]/g, "").toUpperCase();
  const byKey = wanted.length >= 8 && name.keyId.replaceAll("-", "").startsWith(wanted);
  if (!byKey && host?.toLowerCase() !== text.toLowerCase()) return null;
  const full = below(folder, path);
  const bare = {
    keyId: name.keyId,
    host,
    drive: name.drive,
    takenAt: name.date,
    path: full,
    sealed: name.sealed,
    recoveryPassword: null,
  };
  const current = await isCurrent(folder, parts, name.keyId, deps);
  if (name.sealed) return { ...bare, current };
  try {
    const report = parseReportText(await deps.files.read(full));
    if (report === null || report.keyId !== name.keyId) {
      troubles.push(`Cannot read "${full}": it is no report of the key in its name`);
      return null;
    }
    const { recoveryPassword, drive, takenAt } = report;
    return {
      ...bare,
      recoveryPassword,
      host: report.host ?? host,
      drive: drive ?? name.drive,
      takenAt: takenAt ?? name.date,
      current,
    };
  } catch (error) {
    troubles.push(messageOf(error));
    return null;
  }
}

/** What the PC's own `status.json` beside the report says. */
async function isCurrent(
  folder: string,
  parts: readonly string[],
  keyId: string,
  deps: Deps,
): Promise<boolean | null> {
  const text = await deps.readOptional(below(folder, [...parts.slice(0, -1), "status.json"].join("/")));
  const at = text?.indexOf(`"keyId": "${keyId}"`) ?? -1;
  const state = text === null || at < 0 ? null : /"current": (true|false)/.exec(text.slice(at, at + 200));
  return state === null ? null : state[1] === "true";
}

/**
 * Words a key for somebody who reads it out.
 *
 * @param match The key.
 * @returns Four lines; the digits stand in the third alone.
 */
export function sayFoundKey(match: FoundKey): readonly string[] {
  const state = match.current === null
    ? ""
    : match.current
    ? ", opens the drive now"
    : ", OLD: no longer opens the drive";
  const date = match.takenAt === null ? "no date" : sayDay(match.takenAt);
  return [
    `${match.host ?? "unknown PC"} ${match.drive ?? "no letter"}, ${date}${state}`,
    `  Key ID        ${match.keyId}`,
    `  Recovery key  ${match.recoveryPassword ?? "sealed: open the file with the recipient's key"}`,
    `  File          ${match.path}`,
  ];
}
