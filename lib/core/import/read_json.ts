/** Reads JSON: Graph, Get-BitLockerVolume, exports of management tools. */

import type { FieldRole } from "./field_roles.ts";
import type { Found } from "./found.ts";
import { readJsonEvent } from "./read_json_event.ts";
import { type ImportedVolume, type ProtectorName, UNKNOWN_VOLUME } from "./model.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { conversionOfName, lockOfName, protectionOfName, protectorOfName } from "./states.ts";

/** What the objects around say. */
interface Around {
  readonly drive: string | null;
  readonly host: string | null;
  readonly isGraph: boolean;
  /** The objects are a volume's protectors: `id` is the Key ID. */
  readonly areProtectors: boolean;
  readonly depth: number;
}

/** Exports are not deeper; a hostile file may be. */
const DEEPEST = 64;

/**
 * Reads a JSON value.
 *
 * @param value Any.
 * @param found Gets what it holds.
 */
export function readJson(value: unknown, found: Found): void {
  walk(value, { drive: null, host: null, isGraph: false, areProtectors: false, depth: 0 }, found);
}

type JsonObject = Readonly<Record<string, unknown>>;

function walk(value: unknown, around: Around, found: Found): void {
  if (around.depth > DEEPEST || typeof value !== "object" || value === null) return;
  const deeper = { ...around, depth: around.depth + 1 };
  if (Array.isArray(value)) {
    readVolumes(value, found);
    readNamedValues(value, around, found);
    for (const one of value) {
      if (typeof one === "string") {
        readRecord([{ name: "", value: one }], { line: null, quiet: true, ...around }, found);
      }
    }
    for (const one of value) walk(one, deeper, found);
    return;
  }
  const object: JsonObject = withoutEnums({ ...value });
  if (readJsonEvent(object, found)) return;
  if (around.depth === 0) readVolumes([object], found);
  const isGraph = around.isGraph || isOfGraph(object);
  const here = {
    isGraph,
    drive: driveOf(object) ?? around.drive,
    host: textOf(object, "computername", "devicename", "hostname", "displayname") ?? hostOf(object) ??
      around.host,
    areProtectors: false,
    depth: around.depth + 1,
  };
  const isKey = isGraph && isGraphKey(object);
  const fields = around.areProtectors ? protectorFields(object) : fieldsOf(object);
  if (readRecord(fields, { line: null, isKey, quiet: !isKey, ...here }, found) && isGraph) {
    found.kinds.push("entra");
  }
  for (const [name, child] of Object.entries(object)) {
    if (typeof child === "string" && GUID.test(name)) {
      readRecord(pairOf(name, child), { line: null, quiet: true, ...here }, found);
    }
    if (typeof child === "string") readEmbedded(child, here, found);
    else walk(child, PROTECTORS.test(name) ? { ...here, areProtectors: true } : here, found);
  }
}

/** Spare Key's own snapshots, and scripts that list what Windows has. */
const PROTECTORS = /^(?:key)?protectors?$/i;

/** The name of a PC, in Spare Key's own snapshots. */
function hostOf(object: JsonObject): string | null {
  const host = object["host"];
  return typeof host === "object" && host !== null && "machineId" in host
    ? textOf({ ...host }, "name")
    : null;
}

/** A remote session gives an enumeration's member as `{"value": 3, "Value": "RecoveryPassword"}`. */
function withoutEnums(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, enumName(value) ?? value]));
}

function enumName(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  const isEnum = entries.length === 2 && entries.every(([name]) => name.toLowerCase() === "value");
  return isEnum ? entries.map(([, one]) => one).find((one) => typeof one === "string") ?? null : null;
}

/** `"58E9DFAD-…": "249425-…"` */
function pairOf(name: string, value: string): readonly RecordField[] {
  return [{ name: "", value: name, role: "key-id" }, { name: "", value, role: "recovery-key" }];
}

const GUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** A row of a database, or an HTTP answer in a log, may hold JSON as a text. */
function readEmbedded(text: string, around: Around, found: Found): void {
  if (!/^\s*[{[]/.test(text) || text.length < 20) return;
  try {
    walk(JSON.parse(text), { ...around, depth: around.depth + 1 }, found);
  } catch {
    // it only began like JSON
  }
}

/** Fields as a list of names and values, as password managers and inventories write what people added. */
function readNamedValues(all: readonly unknown[], around: Around, found: Found): void {
  const fields = all.flatMap((one): readonly RecordField[] => {
    if (typeof one !== "object" || one === null || Array.isArray(one)) return [];
    const object: JsonObject = { ...one };
    const name = textOf(object, "name", "label", "title", "field", "key", "displayname");
    const value = textOf(object, "value");
    return name === null || value === null ? [] : [{ name, value }];
  });
  if (fields.length > 1) readRecord(fields, { line: null, quiet: true, ...around }, found);
}

function isOfGraph(object: JsonObject): boolean {
  return ["@odata.type", "@odata.context"].some((name) => /bitlocker/i.test(String(object[name] ?? ""))) ||
    // a part of an answer to many questions names no type
    ["id", "volumeType", "deviceId"].every((name) => name in object);
}

function isGraphKey(object: JsonObject): boolean {
  return typeof object["id"] === "string" &&
    ["volumeType", "createdDateTime", "key", "@odata.type"].some((name) => name in object);
}

function fieldsOf(object: JsonObject): readonly RecordField[] {
  return Object.entries(object).flatMap(([name, value]): readonly RecordField[] => {
    if (typeof value === "string") return [{ name, value }];
    // ConvertTo-Json of 5.1 writes an enum as a number, of 7 too; digits as a number are too long to be whole
    if (typeof value === "number" && Number.isSafeInteger(value)) return [{ name, value: String(value) }];
    // a GUID's bytes
    if (Array.isArray(value) && value.length === 16) return [{ name, value: value.join(", ") }];
    return [];
  });
}

/** What its `id` and `type` are is beyond doubt. */
function protectorFields(object: JsonObject): readonly RecordField[] {
  return fieldsOf(object).map((field) => {
    const role = PROTECTOR_ROLES[field.name.toLowerCase()];
    return role === undefined ? field : { ...field, role };
  });
}

const PROTECTOR_ROLES: Readonly<Record<string, FieldRole>> = { id: "key-id", type: "type" };

function textOf(object: JsonObject, ...names: readonly string[]): string | null {
  for (const [name, value] of Object.entries(object)) {
    if (names.includes(name.toLowerCase()) && typeof value === "string" && value !== "") {
      return value.slice(0, 256);
    }
  }
  return null;
}

function driveOf(object: JsonObject): string | null {
  const letter = /^([A-Za-z]):?\\?$/.exec(
    textOf(object, "mountpoint", "driveletter", "drive", "volumemountpoint") ?? "",
  )?.[1];
  return letter === undefined ? null : `${letter.toUpperCase()}:`;
}

/** Objects with a mount point that say something of its encryption; several of one drive are one volume. */
function readVolumes(all: readonly unknown[], found: Found): void {
  const byDrive = new Map<
    string,
    { readonly volume: ImportedVolume; readonly types: ProtectorName[] | null }
  >();
  for (const one of all) {
    if (typeof one !== "object" || one === null || Array.isArray(one)) continue;
    const volume: JsonObject = withoutEnums({ ...one });
    const drive = driveOf(volume);
    const types = typesOf(volume);
    const isVolume = "MountPoint" in volume || "mountPoint" in volume || "volumeStatus" in volume;
    // WMI's own class
    const isOfWmi = "DriveLetter" in volume && "ProtectionStatus" in volume;
    if (!isOfWmi && (!isVolume || (types === null && !("VolumeStatus" in volume)))) continue;
    const before = byDrive.get(drive ?? "");
    if (before !== undefined) {
      before.types?.push(...types ?? []);
      continue;
    }
    byDrive.set(drive ?? "", {
      volume: {
        ...UNKNOWN_VOLUME,
        drive,
        conversion: conversionOfName(volume["VolumeStatus"] ?? volume["ConversionStatus"]),
        percent: percentOf(volume["EncryptionPercentage"]),
        protection: protectionOfName(volume["ProtectionStatus"]),
        lock: lockOfName(volume["LockStatus"]),
      },
      types: types === null ? null : [...types],
    });
  }
  for (const { volume, types } of byDrive.values()) {
    found.volumes.push({ ...volume, protectorTypes: types });
    found.kinds.push("powershell");
  }
}

function percentOf(value: unknown): number | null {
  const percent = typeof value === "string" ? Number(value) : value;
  return typeof percent === "number" && percent >= 0 && percent <= 100 ? percent : null;
}

function typesOf(volume: JsonObject): readonly ProtectorName[] | null {
  const list = volume["KeyProtector"];
  if (list !== undefined && list !== null) {
    return (Array.isArray(list) ? list : [list]).map((one: unknown) => {
      const type = typeof one === "object" && one !== null
        ? Object.entries(one).find(([name]) => name === "KeyProtectorType")?.[1]
        : one;
      return protectorOfName(enumName(type) ?? type) ?? "unknown";
    });
  }
  const type = protectorOfName(volume["KeyProtectorType"] ?? "");
  return type === null ? null : [type];
}
