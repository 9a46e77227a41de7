/**
 * Settings by policy: fixed slots in the registry, since an ADMX has no list of objects. A wrong or unknown
 * value is set aside and told, never fatal: a policy newer than the program must stop no PC.
 */

import type * as z from "zod/mini";
import { pemOf } from "./pem.ts";
import { redactSecrets } from "./recovery_password.ts";
import { PART_SHAPES, type SettingsDocument, settingsSchema } from "./settings_schema.ts";
import { zodMessage } from "./zod_message.ts";

/** A policy value that was not used. */
export interface SetAside {
  /** The slot, such as `Smtp.Port`. */
  readonly name: string;
  /** What is wrong with it. */
  readonly reason: string;
}

/** What the registry holds: REG_SZ, REG_DWORD of 0 or 1, REG_DWORD, REG_MULTI_SZ, REG_SZ or its lines. */
export type SlotKind = "text" | "flag" | "number" | "list" | "pem";

/** A slot: where its value goes in the settings, and what kind the registry holds. */
export const POLICY_SLOTS: Readonly<Record<string, readonly [path: string, kind: SlotKind]>> = {
  "Folder.Path": ["folder.path", "text"],
  "Folder.Volume": ["folder.volume", "text"],
  "Folder.Synced": ["folder.synced", "flag"],
  "Folder.Sealed": ["folder.sealed", "flag"],
  "Folder.ReadableByUsers": ["folder.readableByUsers", "flag"],
  "Share.Path": ["share.path", "text"],
  "Share.Sealed": ["share.sealed", "flag"],
  "OneDrive.User": ["onedrive.user", "text"],
  "OneDrive.Sealed": ["onedrive.sealed", "flag"],
  "Mail.To": ["mail.to", "list"],
  "Mail.Keys": ["mail.keys", "text"],
  "Smtp.Host": ["smtp.host", "text"],
  "Smtp.Port": ["smtp.port", "number"],
  "Smtp.Security": ["smtp.security", "text"],
  "Smtp.User": ["smtp.user", "text"],
  "Smtp.From": ["smtp.from", "text"],
  "Smtp.Ca": ["smtp.ca", "pem"],
  "Recipients": ["recipients", "list"],
  "Notify.Changes": ["notify.changes", "flag"],
  "Notify.Findings": ["notify.findings", "text"],
  "Notify.HeartbeatDays": ["notify.heartbeatDays", "number"],
  "CopyMaxAgeDays": ["copyMaxAgeDays", "number"],
  "Verify": ["verify", "text"],
  "Language": ["language", "text"],
  "Templates": ["templates", "flag"],
  "Schedule.At": ["schedule.at", "text"],
  "Schedule.RandomMinutes": ["schedule.randomMinutes", "number"],
  "Schedule.TimeLimitMinutes": ["schedule.timeLimitMinutes", "number"],
  "Limits.DestinationSeconds": ["limits.destinationSeconds", "number"],
  "Limits.MailSeconds": ["limits.mailSeconds", "number"],
  "Log.Level": ["log.level", "text"],
};

const DESTINATION_KINDS = ["folder", "share", "onedrive", "mail"] as const;

type Tree = Record<string, Record<string, unknown> | unknown>;

/** The settings file with the policy's slots laid over it, and what of the policy was not used. */
export interface Overlaid {
  /** Still valid, though not complete yet. */
  readonly settings: SettingsDocument;
  /** Values that were not used, with the reason. */
  readonly setAside: readonly SetAside[];
  /** Where in the settings values of the policy stand: `smtp.host`. */
  readonly used: readonly string[];
}

/**
 * Lays policy over the settings of the file. A slot replaces the file's destination of its name (`folder`,
 * `share`, `onedrive`, `mail`); others stay.
 *
 * @param file Checked settings of the file.
 * @param policy Values as the registry holds them, by slot name, case of no importance.
 * @param misfitOf Says why settings that are right one by one do not fit together, `null` when they do.
 * @returns The settings, still valid: each slot that would make them wrong is set aside.
 */
export function overlayPolicy(
  file: SettingsDocument,
  policy: Readonly<Record<string, unknown>>,
  misfitOf: (settings: SettingsDocument) => string | null = () => null,
): Overlaid {
  const setAside: SetAside[] = [];
  const tree: Tree = {};
  for (const [name, raw] of Object.entries(policy)) {
    const slot = SLOTS_BY_NAME.get(name.toLowerCase());
    if (slot === undefined) {
      setAside.push({ name: redactSecrets(name), reason: "this version of Spare Key does not know it" });
      continue;
    }
    const value = valueOf(raw, slot.kind);
    const wrong = value === undefined
      ? `it is ${wordKind(raw)}, must be ${WANTED[slot.kind]}`
      : wrongAlone(slot.path, value);
    if (wrong === null) put(tree, slot.path, value);
    else setAside.push({ name: slot.name, reason: wrong });
  }

  // The mail server and the recipients first: destinations may need them.
  const parts = [
    "smtp",
    "recipients",
    ...Object.keys(tree).filter((part) => part !== "smtp" && part !== "recipients"),
  ];
  const used: string[] = [];
  const settings = parts.filter((part) => tree[part] !== undefined).reduce((before, part) => {
    const wanted = { ...before, ...partOf(before, part, tree[part]) };
    const result = settingsSchema.safeParse(wanted);
    const wrong = result.success ? null : zodMessage(result.error.issues, wanted, { quote: true });
    // What did not fit before is the file's own fault, and told as such.
    const misfit = result.success && misfitOf(before) === null ? misfitOf(result.data) : null;
    if (result.success && misfit === null) {
      const values = tree[part];
      used.push(...isObject(values) ? Object.keys(values).map((field) => `${part}.${field}`) : [part]);
      return result.data;
    }
    setAside.push({ name: slotName(part), reason: wrong ?? misfit ?? "" });
    return before;
  }, file);
  return { settings, setAside, used };
}

const SLOTS_BY_NAME = new Map(
  Object.entries(POLICY_SLOTS).map(([name, [path, kind]]) => [name.toLowerCase(), { name, path, kind }]),
);

/** A destination replaces the file's of its name; the values of other parts go before the file's. */
function partOf(
  settings: SettingsDocument,
  part: string,
  values: unknown,
): Partial<SettingsDocument> | object {
  if (DESTINATION_KINDS.some((kind) => kind === part)) {
    const old = settings.destinations?.find((one) => one.name.toLowerCase() === part && one.kind === part);
    const others = (settings.destinations ?? []).filter((one) => one.name.toLowerCase() !== part);
    return { destinations: [...others, { ...old, name: part, kind: part, ...(values as object) }] };
  }
  const old: unknown = settings[part as keyof SettingsDocument];
  return { [part]: isObject(values) && isObject(old) ? { ...old, ...values } : values };
}

/** @returns What is wrong with a value by itself, `null` when nothing is. */
function wrongAlone(path: string, value: unknown): string | null {
  const [part = "", field] = path.split(".");
  const shapes: Readonly<Record<string, Readonly<Record<string, z.ZodMiniType>>>> = PART_SHAPES;
  const schema = field === undefined
    ? settingsSchema.shape[part as keyof SettingsDocument]
    : shapes[part]?.[field];
  const result = schema?.safeParse(value);
  if (result === undefined || result.success) return null;
  const issues = result.error.issues.map((issue) => ({
    ...issue,
    path: [...path.split("."), ...issue.path],
  }));
  return zodMessage(issues, nest(path, value), { quote: true });
}

function nest(path: string, value: unknown): unknown {
  return path.split(".").reduceRight((inner, name) => ({ [name]: inner }), value);
}

const WANTED: Readonly<Record<SlotKind, string>> = {
  text: "a text (REG_SZ)",
  flag: "0 or 1 (REG_DWORD)",
  number: "a number (REG_DWORD)",
  list: "a list of texts (REG_MULTI_SZ)",
  pem: "a text (REG_SZ) or its lines (REG_MULTI_SZ)",
};

/** Lists arrive as multi-strings, or as "a; b", since Intune takes no long line of a multi-string. */
function valueOf(raw: unknown, kind: SlotKind): unknown {
  if (kind === "text") return typeof raw === "string" ? raw : undefined;
  if (kind === "number") return typeof raw === "number" ? raw : undefined;
  if (kind === "flag") return raw === 0 || raw === 1 ? raw === 1 : typeof raw === "boolean" ? raw : undefined;
  if (kind === "pem") {
    const lines = typeof raw === "string" ? [raw] : Array.isArray(raw) ? raw : [0];
    return lines.every((line) => typeof line === "string") ? pemOf(lines.join("\n")) : undefined;
  }
  const list = typeof raw === "string"
    ? raw.split(/[;,]/)
    : Array.isArray(raw)
    ? raw
    : isObject(raw)
    ? Object.values(raw)
    : [];
  const texts = list.filter((one): one is string => typeof one === "string").map((one) => one.trim()).filter(
    Boolean,
  );
  return texts.length > 0 && texts.length === list.filter((one) => one !== "").length ? texts : undefined;
}

function put(tree: Tree, path: string, value: unknown): void {
  const [part = "", field] = path.split(".");
  if (field === undefined) tree[part] = value;
  else tree[part] = { ...(isObject(tree[part]) ? tree[part] : {}), [field]: value };
}

function slotName(part: string): string {
  return Object.entries(POLICY_SLOTS).find(([, [path]]) => path.startsWith(part))?.[0].split(".")[0] ?? part;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wordKind(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return value === null ? "empty" : `a ${typeof value === "string" ? "text" : typeof value}`;
}
