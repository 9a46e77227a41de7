/** The settings as they count: every value, where it comes from, and what of the policy was set aside. */

import {
  type ExplainedSetting,
  type ExplainedSettings,
  explainSettings,
  type SettingValue,
} from "../lib/core/explain_settings.ts";
import { parseJsonDocument, parseJsonText } from "../lib/core/parse_json.ts";
import { type ExitName, UserError } from "../lib/errors.ts";
import { sourceOf } from "./read_settings.ts";
import { type Deps, flag, type TaskArguments, textOption } from "./task.ts";

/**
 * Shows the settings.
 *
 * @param args `--data`, `--config`, `--policy`, `--json`.
 * @param deps The world.
 * @returns `ok`, also when something of the policy was set aside.
 * @throws {UserError} `settings` when a run could not use them either.
 */
export async function showSettings(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const data = textOption(args, "data") ?? deps.defaultData;
  const policy = await readPolicy(textOption(args, "policy"), deps);
  const source = await sourceOf({ policy, file: null, config: textOption(args, "config"), data }, deps);
  const explained = explainSettings(source);
  const file = source.file === null ? null : source.fileName;
  if (flag(args, "json")) {
    deps.terminal.out(JSON.stringify({ schema: 1, file, policy: policy !== null, ...explained }));
  } else {
    const places = [
      file === null ? `no file "${source.fileName}"` : `file "${file}"`,
      policy === null ? "no policy was given" : "policy over it",
    ];
    for (const line of [`Settings: ${places.join(", ")}`, ...sayExplained(explained)]) {
      deps.terminal.out(line);
    }
  }
  return "ok";
}

/** The registry is read by PowerShell, which hands its values over. */
async function readPolicy(
  from: string | null,
  deps: Deps,
): Promise<Readonly<Record<string, unknown>> | null> {
  if (from === null) return null;
  const what = from === "-" ? "policy from standard input" : `policy "${from}"`;
  const document = from === "-"
    ? parseJsonDocument(await deps.readInput(), { code: "settings", what })
    : parseJsonText(await textOf(from, deps), { code: "settings", what });
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new UserError("settings", `Cannot read ${what}: it must be an object, values by slot`, {
      hint: 'Such as {"Smtp.Port": 587}',
    });
  }
  return document as Readonly<Record<string, unknown>>;
}

async function textOf(path: string, deps: Deps): Promise<string> {
  const text = await deps.readOptional(path);
  if (text !== null) return text;
  throw new UserError("settings", `Cannot read policy "${path}": there is no such file`, {
    hint: "Check the path behind --policy",
  });
}

function sayExplained({ settings, setAside }: ExplainedSettings): readonly string[] {
  const groups = [...Map.groupBy(settings, groupOf)];
  const inOrder = [
    ...groups.filter(([group]) => group !== OTHERS),
    ...groups.filter(([group]) => group === OTHERS),
  ];
  const lines = inOrder.flatMap(([group, members]) => [
    "",
    group,
    ...members.map(({ setting, value, origin }) => {
      const name = setting.split(".").at(-1) ?? setting;
      return `  ${name.padEnd(20)} ${origin.padEnd(8)} ${sayValue(value)}`;
    }),
  ]);
  const aside = setAside.map(({ name, reason }) => `  ${name}: ${reason}`);
  return aside.length === 0 ? lines : [...lines, "", "Set aside from policy", ...aside];
}

/** Settings that belong to no part. */
const OTHERS = "All else";

function groupOf({ setting, destination }: ExplainedSetting): string {
  if (destination !== null) return `Destination "${destination}"`;
  return setting.includes(".") ? setting.split(".")[0] ?? "" : OTHERS;
}

function sayValue(value: SettingValue): string {
  if (value === null) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.join(", ");
  const text = String(value);
  const certificates = text.match(/-----BEGIN CERTIFICATE-----/g)?.length ?? 0;
  if (certificates > 0) return certificates === 1 ? "1 certificate" : `${certificates} certificates`;
  return text.replace(/\p{Cc}/gu, " ");
}
