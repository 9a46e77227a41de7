/**
 * Settings by policy: fixed slots in the registry, since an ADMX has no list of objects. A wrong or unknown
 * value is set aside and told, never fatal: a policy newer than the program must stop no PC.
 */

import { type SettingsDocument, settingsSchema } from "./settings_schema.ts";
import { zodMessage } from "./zod_message.ts";

/** A policy value that was not used. */
export interface SetAside {
  /** The slot, such as `Smtp.Port`. */
  readonly name: string;
  /** What is wrong with it. */
  readonly reason: string;
}

type SlotKind = "text" | "flag" | "number" | "list";

/** A slot: where its value goes in the settings, and what kind the registry holds. */
const SLOTS: Readonly<Record<string, readonly [path: string, kind: SlotKind]>> = {
  "Folder.Path": ["folder.path", "text"],
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
  "Smtp.Ca": ["smtp.ca", "text"],
  "Recipients": ["recipients", "list"],
  "Notify.Changes": ["notify.changes", "flag"],
  "Notify.Findings": ["notify.findings", "text"],
  "Notify.HeartbeatDays": ["notify.heartbeatDays", "number"],
  "CopyMaxAgeDays": ["copyMaxAgeDays", "number"],
  "Verify": ["verify", "text"],
  "Language": ["language", "text"],
  "Templates": ["templates", "flag"],
  "Limits.DestinationSeconds": ["limits.destinationSeconds", "number"],
  "Limits.MailSeconds": ["limits.mailSeconds", "number"],
  "Log.Level": ["log.level", "text"],
};

const DESTINATION_KINDS = ["folder", "share", "onedrive", "mail"] as const;

type Tree = Record<string, Record<string, unknown> | unknown>;

/** The settings file with the policy's slots laid over it, and what of the policy was not used. */
export interface Overlaid {
  readonly settings: SettingsDocument;
  readonly setAside: readonly SetAside[];
}

/**
 * Lays policy over the settings of the file. A slot replaces the file's destination of its name (`folder`,
 * `share`, `onedrive`, `mail`); others stay.
 *
 * @param file Checked settings of the file.
 * @param policy Values as the registry holds them, by slot name, case of no importance.
 * @returns The settings, still valid: each slot that would make them wrong is set aside.
 */
export function overlayPolicy(file: SettingsDocument, policy: Readonly<Record<string, unknown>>): Overlaid {
  const setAside: SetAside[] = [];
  const byName = new Map(Object.keys(SLOTS).map((slot) => [slot.toLowerCase(), slot]));
  const tree: Tree = {};
  for (const [name, raw] of Object.entries(policy)) {
    const [path, kind] = SLOTS[byName.get(name.toLowerCase()) ?? ""] ?? [];
    if (path === undefined || kind === undefined) {
      setAside.push({ name, reason: "this version of Spare Key does not know it" });
      continue;
    }
    const value = valueOf(raw, kind);
    if (value === undefined) {
      setAside.push({ name, reason: `it is ${wordKind(raw)}, must be ${WANTED[kind]}` });
    } else put(tree, path, value);
  }

  let settings = file;
  for (const kind of DESTINATION_KINDS) {
    const slot = tree[kind];
    delete tree[kind];
    if (slot === undefined) continue;
    const old = settings.destinations?.find((one) => one.name.toLowerCase() === kind && one.kind === kind);
    const others = (settings.destinations ?? []).filter((one) => one.name.toLowerCase() !== kind);
    const merged = { ...old, name: kind, kind, ...(slot as object) };
    settings = tryOn(settings, { destinations: [...others, merged] }, slotName(kind), setAside);
  }
  for (const [part, value] of Object.entries(tree)) {
    const old: unknown = settings[part as keyof SettingsDocument];
    const merged = isObject(value) && isObject(old) ? { ...old, ...value } : value;
    settings = tryOn(settings, { [part]: merged }, slotName(part), setAside);
  }
  return { settings, setAside };
}

const WANTED: Readonly<Record<SlotKind, string>> = {
  text: "a text (REG_SZ)",
  flag: "0 or 1 (REG_DWORD)",
  number: "a number (REG_DWORD)",
  list: "a list of texts (REG_MULTI_SZ)",
};

/** ADMX lists arrive as values of a key, multi-strings as arrays, and people write "a; b". */
function valueOf(raw: unknown, kind: SlotKind): unknown {
  if (kind === "text") return typeof raw === "string" ? raw : undefined;
  if (kind === "number") return typeof raw === "number" ? raw : undefined;
  if (kind === "flag") return raw === 0 || raw === 1 ? raw === 1 : typeof raw === "boolean" ? raw : undefined;
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

/** Takes a part over when the whole stays valid, else sets it aside. */
function tryOn(
  settings: SettingsDocument,
  part: object,
  name: string,
  setAside: SetAside[],
): SettingsDocument {
  const wanted = { ...settings, ...part };
  const result = settingsSchema.safeParse(wanted);
  if (result.success) return result.data;
  setAside.push({ name, reason: zodMessage(result.error.issues, wanted, { quote: true }) });
  return settings;
}

function slotName(part: string): string {
  return Object.entries(SLOTS).find(([, [path]]) => path.startsWith(part))?.[0].split(".")[0] ?? part;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wordKind(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return value === null ? "empty" : `a ${typeof value === "string" ? "text" : typeof value}`;
}
