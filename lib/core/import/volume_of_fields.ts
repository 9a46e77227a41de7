/** A volume out of the names and values that PowerShell, WMI and their users' scripts print. */

import { plainName } from "./field_words.ts";
import { type ImportedVolume, UNKNOWN_VOLUME } from "./model.ts";
import { conversionOfName, lockOfName, percentOf, protectionOfName, protectorList } from "./states.ts";

/** Get-BitLockerVolume's names, Win32_EncryptableVolume's, and those of a widespread script. */
const NAMES = {
  mount: ["mountpoint", "driveletter"],
  conversion: ["volumestatus", "conversionstatus", "encryptionstate"],
  percent: ["encryptionpercentage", "currentencryptionpercentage"],
  protection: ["protectionstatus"],
  lock: ["lockstatus"],
  protectors: ["keyprotector", "keyprotectortype"],
} as const;

/**
 * Reads one volume.
 *
 * @param fields Of one record.
 * @returns Its state, as far as the fields tell; `null` when they tell none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const fields = [{ name: "MountPoint", value: "C:" }, { name: "ProtectionStatus", value: "On" }];
 * assert.equal(volumeOfFields(fields)?.protection, "on");
 * ```
 */
export function volumeOfFields(
  fields: readonly { readonly name: string; readonly value: string }[],
): ImportedVolume | null {
  const values = new Map(fields.map(({ name, value }) => [plainName(name), value.trim()] as const));
  const of = (sort: keyof typeof NAMES): string | null => {
    const name = NAMES[sort].find((name) => values.has(name));
    return name === undefined ? null : values.get(name) ?? null;
  };
  const letter = /^([A-Za-z]):?\\?$/.exec(of("mount") ?? "")?.[1];
  const conversion = conversionOfName(of("conversion") ?? "");
  const protection = protectionOfName(of("protection") ?? "");
  const lock = lockOfName(of("lock") ?? "");
  const percent = of("percent") === null ? null : percentOf(of("percent") ?? "");
  if (conversion === null && protection === null && lock === null && percent === null) return null;
  const protectors = of("protectors");
  return {
    ...UNKNOWN_VOLUME,
    drive: letter === undefined ? null : `${letter.toUpperCase()}:`,
    conversion,
    percent,
    protection,
    lock,
    protectorTypes: protectors === null || !protectors.startsWith("{") ? null : protectorList(protectors),
  };
}
