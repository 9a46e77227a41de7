/** Words what was found, for somebody who reads it out over the phone. */

import { oneLine, sayDay, sayInvalidKey } from "../how_to_say.ts";
import { isValidRecoveryPassword } from "../recovery_password.ts";
import { groupKeys, type KeyGroup } from "./group_keys.ts";
import type { FoundKey } from "./model.ts";
import { sayPath } from "./say_path.ts";
import { spellKey } from "./spell_key.ts";

/** How to show keys. */
export interface SayOptions {
  /** Digit by digit. @default {false} */
  readonly spell?: boolean;
  /** Whether something to open sealed files was given. @default {false} */
  readonly canOpen?: boolean;
}

const HOW_TO_OPEN = "--identity FILE or --passphrase-file FILE opens it";

/** More files of one key than anybody reads. */
const MOST_FILES = 5;

/**
 * Words a key.
 *
 * @param group The key and its files.
 * @param options How to show it.
 * @returns Lines; the digits stand behind `Recovery key` alone, or below it when spelt.
 */
export function sayKeyGroup(
  { key, files, isDisputed }: KeyGroup,
  options: SayOptions = {},
): readonly string[] {
  const date = key.takenAt === null ? "no date" : sayDay(key.takenAt);
  const lines = [`${sayPlace(key)}, ${date}${sayState(key, isDisputed)}`];
  if (key.slip !== null) lines.push(`  CHECK         ${key.slip}: compare the Key ID with the screen`);
  if (isDisputed) lines.push("  CAUTION       another file has other digits under this Key ID: try both");
  lines.push(`  Key ID        ${oneLine(key.keyId, 80)}`);
  lines.push(...sayDigits(key, options));
  const shown = files.length > MOST_FILES + 1 ? files.slice(0, MOST_FILES) : files;
  for (const { path, sealed } of shown) {
    lines.push(`  File          ${sayPath(path)}${sealed && files.length > 1 ? " (sealed)" : ""}`);
  }
  if (shown.length < files.length) {
    lines.push(`                and ${files.length - shown.length} more files`);
  }
  return lines;
}

/** A key may have been replaced since anybody looked: so the day is said. */
function sayState({ current, statusAt }: FoundKey, isDisputed: boolean): string {
  // a status.json knows Key IDs: which of two digits open the drive, it does not
  if (current === null || (current && isDisputed)) return "";
  if (!current) return ", OLD: no longer opens the drive";
  return `, opens the drive (as of ${statusAt === null ? "an unknown day" : sayDay(statusAt)})`;
}

function sayDigits({ recoveryPassword }: FoundKey, { spell, canOpen }: SayOptions): readonly string[] {
  if (recoveryPassword === null) {
    const how = canOpen === true ? "what was given does not open it" : HOW_TO_OPEN;
    return [`  Recovery key  sealed: ${how}`];
  }
  const isValid = isValidRecoveryPassword(recoveryPassword);
  const warning = isValid ? [] : [`  CAUTION       ${sayInvalidKey(recoveryPassword)}`];
  if (spell !== true) return [`  Recovery key  ${recoveryPassword}`, ...warning];
  return [
    "  Recovery key  8 groups of 6 digits; Windows checks each group, and puts the hyphens itself:",
    ...spellKey(recoveryPassword).map((line) => `                ${line}`),
    ...warning,
  ];
}

/**
 * Words whose key it is.
 *
 * @param key PC, drive and label, as far as they are known.
 * @returns `ANNA-LAPTOP C: (Windows)`.
 */
export function sayPlace(
  { host, drive, label }: Pick<FoundKey, "host" | "drive"> & Partial<Pick<FoundKey, "label">>,
): string {
  const named = label == null ? "" : oneLine(label, 40);
  const letter = drive === null ? "" : ` ${oneLine(drive, 20)}`;
  return `${host === null ? "unknown PC" : oneLine(host, 80)}${letter}${named === "" ? "" : ` (${named})`}`;
}

/**
 * Words a key that is alone.
 *
 * @param key As found.
 * @returns Lines; the digits stand in the third alone.
 */
export function sayFoundKey(key: FoundKey): readonly string[] {
  return groupKeys([key]).flatMap((group) => sayKeyGroup(group));
}
