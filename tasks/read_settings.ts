/** Where a task's settings come from: the envelope, or a file. */

import { type Configuration, readSettings } from "../lib/core/config.ts";
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
  const usual = deps.below(origin.data, "settings.json");
  if (origin.config !== null) {
    const text = await deps.readOptional(origin.config);
    if (text === null) {
      throw new UserError("settings", `Cannot read settings "${origin.config}": there is no such file`, {
        hint: "Check the path behind --config",
      });
    }
    return readSettings({ policy: origin.policy, file: text, fileName: origin.config });
  }
  const file = origin.file ?? await deps.readOptional(usual);
  return readSettings({ policy: origin.policy, file, fileName: usual });
}
