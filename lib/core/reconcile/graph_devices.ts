/** What only the whole document of a Graph list tells: which device a key is of, and whether there is more of it. */

import { plainGuid } from "../guid.ts";

const GUID = /^\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?$/i;

/** Answers of Graph are not deeper; a hostile file may be. */
const DEEPEST = 16;

/**
 * Reads devices out of a Graph list.
 *
 * @param document Any JSON value.
 * @returns From Key ID to device ID, both upper case without braces; empty where there are none.
 */
export function graphDevices(document: unknown): ReadonlyMap<string, string> {
  const devices = new Map<string, string>();
  walk(document, 0, devices);
  return devices;
}

/**
 * Tells whether Graph has more of a list than stands there: it gives a part at a time, and says so beside it.
 *
 * @param document Any JSON value.
 * @returns Whether a part of the list is missing.
 */
export function hasMorePages(document: unknown): boolean {
  if (Array.isArray(document)) return hasMorePages(document.at(-1));
  if (typeof document !== "object" || document === null) return false;
  return typeof Reflect.get(document, NEXT_PAGE) === "string";
}

/** Microsoft, "Paging Microsoft Graph data in your app". */
const NEXT_PAGE = "@odata.nextLink";

function walk(value: unknown, depth: number, devices: Map<string, string>): void {
  if (depth > DEEPEST || typeof value !== "object" || value === null) return;
  if (!Array.isArray(value) && "id" in value && "deviceId" in value) {
    const { id, deviceId } = value;
    if (isGuid(id) && isGuid(deviceId)) devices.set(plainGuid(id), plainGuid(deviceId));
  }
  for (const child of Object.values(value)) walk(child, depth + 1, devices);
}

function isGuid(value: unknown): value is string {
  return typeof value === "string" && GUID.test(value);
}
