/** Every setting with its value and where it comes from. */

import { mergeSettings, type SettingsSource } from "./config.ts";
import type { SetAside } from "./policy.ts";
import { redactSecrets } from "./recovery_password.ts";
import type { DestinationSettings } from "./settings.ts";
import type { SettingsDocument } from "./settings_schema.ts";

/** Where a value comes from. */
export type Origin = "policy" | "file" | "default";

/** What a setting may hold. */
export type SettingValue = string | number | boolean | readonly string[] | null;

/** One setting. */
export interface ExplainedSetting {
  /** `smtp.host`; of a destination `path`. */
  readonly setting: string;
  /** The name of the destination that it is about, else `null`. */
  readonly destination: string | null;
  /** As it counts; what somebody wrote into the wrong place is blanked. */
  readonly value: SettingValue;
  /** Which of the three says so. */
  readonly origin: Origin;
}

/** All settings, and what of the policy was not used. */
export interface ExplainedSettings {
  /** Destinations first, in their order. */
  readonly settings: readonly ExplainedSetting[];
  /** Values of the policy that were not used, with the reason. */
  readonly setAside: readonly SetAside[];
}

type DestinationDocument = NonNullable<SettingsDocument["destinations"]>[number];

/**
 * Reads the settings and tells where each value comes from.
 *
 * @param source File and policy as they are.
 * @returns Every setting, those left to their default too.
 * @throws {UserError} `settings` when a run could not use them either.
 */
export function explainSettings(source: SettingsSource): ExplainedSettings {
  const { settings, written, used, setAside } = mergeSettings(source);
  const { destinations, ...others } = settings;
  return {
    settings: [
      ...destinations.flatMap((one, index) => explainDestination(one, written.destinations?.[index], used)),
      ...Object.entries(others).flatMap(([name, value]) =>
        explainPart(name, value, { written: written[name as keyof typeof others], used })
      ),
    ],
    setAside,
  };
}

function explainDestination(
  one: DestinationSettings,
  written: DestinationDocument | undefined,
  used: readonly string[],
): readonly ExplainedSetting[] {
  // A slot of policy makes a destination that is called like its kind, and keeps what else the file says of it.
  const byPolicy = one.name === one.kind && used.some((path) => path.startsWith(`${one.kind}.`));
  return Object.entries(one).map(([setting, value]) => {
    const slot = setting === "name" || setting === "kind"
      ? byPolicy
      : used.includes(`${one.kind}.${setting}`);
    const origin = byPolicy && slot ? "policy" : has(written, setting) ? "file" : "default";
    return { setting, destination: redactSecrets(one.name), value: shown(value), origin };
  });
}

/** A part is one value, or consists of named ones; one that is not there is one value, too. */
function explainPart(
  name: string,
  value: SettingValue | object,
  { written, used }: { readonly written: unknown; readonly used: readonly string[] },
): readonly ExplainedSetting[] {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return Object.entries(value).map(([field, inner]) => {
      const setting = `${name}.${field}`;
      const origin = used.includes(setting) ? "policy" : has(written, field) ? "file" : "default";
      return { setting, destination: null, value: shown(inner), origin };
    });
  }
  const origin = used.includes(name) ? "policy" : written === undefined ? "default" : "file";
  return [{ setting: name, destination: null, value: shown(value), origin }];
}

function has(written: unknown, field: string): boolean {
  return typeof written === "object" && written !== null && Object.hasOwn(written, field);
}

function shown(value: unknown): SettingValue {
  if (typeof value === "string") return redactSecrets(value);
  if (Array.isArray(value)) return value.map((one) => redactSecrets(String(one)));
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}
