/** Where a task's settings come from: the envelope, or a file. */

import { type Configuration, readSettings, type SettingsSource } from "../lib/core/config.ts";
import { configFolderOf } from "../lib/core/config_folder.ts";
import { UserError } from "../lib/errors.ts";
import type { Deps } from "./task.ts";

/** What may hold settings. */
export interface SettingsOrigin {
  /** Of the envelope; `null` without policy. */
  readonly policy: Readonly<Record<string, unknown>> | null;
  /** Of the envelope; `null` when it brings no file. */
  readonly file: unknown;
  /** `--config`. */
  readonly config: string | null;
  readonly data: string;
}

/**
 * Reads the settings: the file named on the command line, else what the envelope brings, else `settings.json`
 * in the data folder, else defaults; policy over it.
 *
 * @param origin What may hold settings.
 * @param deps To read files.
 * @returns Complete settings.
 * @throws {UserError} `settings`
 */
export async function settingsOf(origin: SettingsOrigin, deps: Deps): Promise<Configuration> {
  return readSettings(await sourceOf(origin, deps));
}

/**
 * Finds what the settings come from, as {@link settingsOf} does, and reads it unjudged.
 *
 * @param origin What may hold settings.
 * @param deps To read files.
 * @returns File and policy; the file is `null` where there is none.
 * @throws {UserError} `settings` when a file that is named cannot be read.
 */
export async function sourceOf(origin: SettingsOrigin, deps: Deps): Promise<SettingsSource> {
  const usual = deps.below(configFolderOf(origin.data), "settings.json");
  if (origin.config !== null) {
    const text = await deps.readOptional(origin.config);
    if (text === null) {
      throw new UserError("settings", `Cannot read settings "${origin.config}": there is no such file`, {
        hint: "Check the path behind --config",
      });
    }
    return { policy: origin.policy, file: text, fileName: origin.config };
  }
  const file = origin.file ?? await deps.readOptional(usual);
  return { policy: origin.policy, file, fileName: usual };
}

/**
 * Reads the settings that a script hands over, for a question that must be answered also when they are wrong.
 *
 * @param source Policy and file, as `Read-Policy` and `Read-Setting` give them.
 * @returns Complete settings; the defaults where they cannot be read: the nightly run tells what is wrong.
 */
export function settingsOrDefaults(
  source: { readonly policy?: Readonly<Record<string, unknown>> | null | undefined; readonly file?: unknown },
): Configuration {
  try {
    return readSettings({ policy: source.policy ?? null, file: source.file ?? null, fileName: "settings" });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return readSettings({ policy: null, file: null, fileName: "defaults" });
  }
}
