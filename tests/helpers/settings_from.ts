/** Settings as a file gives them. */

import { readSettings } from "../../lib/core/config.ts";
import type { Settings } from "../../lib/core/settings.ts";
import type { Json } from "./snapshots.ts";

/** A recipient that the settings take; nobody has its identity. */
export const RECIPIENT = `age1${"q".repeat(58)}`;

/** @returns Complete settings from what a settings file would hold. */
export function settingsFrom(file: Json = {}): Settings {
  return readSettings({ file, policy: null, fileName: "settings.json" }).settings;
}
