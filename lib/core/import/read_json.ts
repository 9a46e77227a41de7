/** Reads JSON: Graph, Get-BitLockerVolume, exports of management tools. */

import type { Found } from "./found.ts";
import { type ImportedVolume, type ProtectorName, UNKNOWN_VOLUME } from "./model.ts";
import { readRecord, type RecordField } from "./read_record.ts";
import { conversionOfName, lockOfName, protectionOfName, protectorOfName } from "./states.ts";

/** What the objects around say. */
interface Around {
  readonly drive: string | null;
  readonly host: string | null;
  readonly isGraph: boolean;
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
  walk(value, { drive: null, host: null, isGraph: false, depth: 0 }, found);
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
  const object: JsonObject = { ...value };
  if (around.depth === 0) readVolumes([object], found);
  const isGraph = around.isGraph || isOfGraph(object);
  const here = {
    isGraph,
    drive: driveOf(object) ?? around.drive,
    host: textOf(object, "computername", "devicename", "hostname", "displayname") ?? around.host,
    depth: around.depth + 1,
  };
  const isKey = isGraph && isGraphKey(object);
  if (readRecord(fieldsOf(object), { line: null, isKey, quiet: !isKey, ...here }, found) && isGraph) {
    found.kinds.push("entra");
  }
  for (const child of Object.values(object)) {
    if (typeof child === "string") readEmbedded(child, here, found);
    else walk(child, here, found);
  }
}

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
    ["id", "volumeType", "createdDateTime", "deviceId"].every((name) => name in object);
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
    const volume: JsonObject = { ...one };
    const drive = driveOf(volume);
    const types = typesOf(volume);
    const isVolume = "MountPoint" in volume || "mountPoint" in volume || "volumeStatus" in volume;
    if (!isVolume || (types === null && !("VolumeStatus" in volume))) continue;
    const before = byDrive.get(drive ?? "");
    if (before !== undefined) {
      before.types?.push(...types ?? []);
      continue;
    }
    byDrive.set(drive ?? "", {
      volume: {
        ...UNKNOWN_VOLUME,
        drive,
        conversion: conversionOfName(volume["VolumeStatus"]),
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
      return protectorOfName(type) ?? "unknown";
    });
  }
  const type = protectorOfName(volume["KeyProtectorType"] ?? "");
  return type === null ? null : [type];
}
