/** From characters of a Key ID, or a PC's name, to keys: what `find` and `demo` share. */

import * as z from "zod/mini";
import { sayDay } from "../lib/core/how_to_say.ts";
import { parseReportText } from "../lib/core/parse_report.ts";
import { parseReportName } from "../lib/core/report_names.ts";
import { messageOf } from "../lib/errors.ts";
import type { Deps } from "./task.ts";

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
 * Finds keys. The file's name decides, so a listing is enough; only where neither Key ID nor PC fits are the
 * readable reports opened, to look for a drive's label.
 *
 * @param query Text and folders.
 * @param deps To read files.
 * @returns Keys, and what could not be read.
 */
export async function findKeys({ text, folders }: KeyQuery, deps: Deps): Promise<FoundKeys> {
  const troubles: string[] = [];
  const files: ReportFile[] = [];
  for (const folder of folders) {
    const onTrouble = (where: string, why: string): void =>
      void troubles.push(`Cannot look into "${where}": ${why}`);
    for await (const path of deps.files.walk(folder, onTrouble)) {
      const file = reportFile(folder, path, deps);
      if (file !== null) files.push(file);
    }
  }
  const named = files.filter((file) => isNamed(file, text));
  const matches: FoundKey[] = [];
  // One after the other: a tree may hold more reports than a process may have open.
  for (const file of named.length > 0 ? named : files.filter((one) => !one.sealed)) {
    const opened = await open(file, deps, troubles);
    if (opened === null) continue;
    const { label, ...match } = opened;
    if (named.length > 0 || label?.toLowerCase() === text.trim().toLowerCase()) matches.push(match);
  }
  return {
    matches: matches.sort((a, b) => (`${a.takenAt} ${a.path}` > `${b.takenAt} ${b.path}` ? -1 : 1)),
    troubles,
  };
}

/** A file whose name says that it is a report of a key. */
interface ReportFile {
  readonly keyId: string;
  readonly host: string | null;
  readonly drive: string | null;
  readonly date: string;
  readonly sealed: boolean;
  readonly path: string;
  /** Path of the `status.json` beside it. */
  readonly statusPath: string;
}

function reportFile(folder: string, path: string, deps: Deps): ReportFile | null {
  const parts = path.split("/");
  const name = parseReportName(parts.at(-1) ?? "");
  if (name === null || name.keyId === null) return null;
  return {
    keyId: name.keyId.toUpperCase(),
    host: parts.at(-2) ?? null,
    drive: name.drive,
    date: name.date,
    sealed: name.sealed,
    path: deps.below(folder, ...parts),
    statusPath: deps.below(folder, ...parts.slice(0, -1), "status.json"),
  };
}

function isNamed(file: ReportFile, text: string): boolean {
  const wanted = text.replace(/[\s{}-]/g, "").toUpperCase();
  const byKey = wanted.length >= SHOWN_AT_THE_SCREEN && file.keyId.replaceAll("-", "").startsWith(wanted);
  return byKey || file.host?.toLowerCase() === text.trim().toLowerCase();
}

/** The blue screen shows the first eight characters of a Key ID. */
const SHOWN_AT_THE_SCREEN = 8;

async function open(
  file: ReportFile,
  deps: Deps,
  troubles: string[],
): Promise<(FoundKey & { readonly label: string | null }) | null> {
  const { keyId, host, drive, date, path, sealed } = file;
  const current = await isCurrent(file, deps);
  const bare = {
    keyId,
    host,
    drive,
    takenAt: date,
    path,
    sealed,
    recoveryPassword: null,
    current,
    label: null,
  };
  if (sealed) return bare;
  try {
    const report = parseReportText(await deps.files.read(path));
    if (report?.keyId !== keyId) {
      troubles.push(`Cannot read "${path}": it is no report of the key in its name`);
      return null;
    }
    return {
      ...bare,
      recoveryPassword: report.recoveryPassword,
      host: report.host ?? host,
      drive: report.drive ?? drive,
      takenAt: report.takenAt ?? date,
      label: report.label,
    };
  } catch (error) {
    troubles.push(messageOf(error));
    return null;
  }
}

const statusSchema = z.object({
  volumes: z.array(z.object({ keys: z.array(z.object({ keyId: z.string(), current: z.boolean() })) })),
});

/** What the PC's own `status.json` beside the report says; `null` where there is none that can be read. */
async function isCurrent(file: ReportFile, deps: Deps): Promise<boolean | null> {
  try {
    const text = await deps.readOptional(file.statusPath);
    const status = statusSchema.safeParse(text === null ? null : JSON.parse(text));
    const keys = status.success ? status.data.volumes.flatMap((volume) => volume.keys) : [];
    const states = keys.filter((key) => key.keyId === file.keyId).map((key) => key.current);
    return states.length === 0 ? null : states.includes(true);
  } catch {
    return null; // it is for display: the key is found all the same, and nothing is claimed of it
  }
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
