/** Which device of Entra ID a key of a Graph list is of: the one thing in such a list that tells PCs apart. */

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
