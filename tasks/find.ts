/** From the characters on the blue screen to the digits. The file's name decides, so a listing is enough. */

import { parseReportText } from "../lib/core/parse_report.ts";
import { parseReportName } from "../lib/core/report_names.ts";
import { sayDate } from "../lib/core/say_volume.ts";
import { type ExitName, messageOf, UserError } from "../lib/errors.ts";
import { below, type Deps, flag, type TaskArguments, textOptions } from "./task.ts";

interface Match {
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

/**
 * Finds keys.
 *
 * @param args TEXT and `--in DIR…`.
 * @param deps The world.
 * @returns `ok`; `none` when nothing matches; `partial` when a folder or file could not be read.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const text = args.positionals.join(" ").trim();
  const folders = textOptions(args, "in");
  if (text === "") {
    throw new UserError("usage", "Cannot find: no text is given", {
      hint: "spare-key find 58E9DFAD --in DIR",
    });
  }
  if (folders.length === 0) {
    throw new UserError("usage", "Cannot find: --in names no folder", {
      hint: "spare-key find 58E9DFAD --in DIR",
    });
  }

  const troubles: string[] = [];
  const matches: Match[] = [];
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

  for (const trouble of troubles) deps.terminal.say(trouble);
  if (flag(args, "json")) deps.terminal.out(JSON.stringify({ schema: 1, matches, troubles }));
  else if (matches.length === 0) deps.terminal.out(`No recovery key found for "${text}".`);
  else for (const match of matches) say(match, deps);
  if (troubles.length > 0) return "partial";
  return matches.length === 0 ? "none" : "ok";
}

async function matchOf(
  folder: string,
  path: string,
  text: string,
  deps: Deps,
  troubles: string[],
): Promise<Match | null> {
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

function say(match: Match, deps: Deps): void {
  const state = match.current === null
    ? ""
    : match.current
    ? ", opens the drive now"
    : ", OLD: no longer opens the drive";
  deps.terminal.out(
    `${match.host ?? "unknown PC"} ${match.drive ?? "no letter"}, ${
      match.takenAt === null ? "no date" : sayDate(match.takenAt)
    }${state}`,
  );
  deps.terminal.out(`  Key ID        ${match.keyId}`);
  deps.terminal.out(
    `  Recovery key  ${match.recoveryPassword ?? "sealed: open the file with the recipient's key"}`,
  );
  deps.terminal.out(`  File          ${match.path}`);
}
