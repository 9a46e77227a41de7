/** Folders on a volume that is known by its label or ID: Windows gives a stick another letter every so often. */

import { plainGuid } from "./guid.ts";
import type { Volume } from "./model.ts";
import type { FolderSettings } from "./settings.ts";

/** What a volume is known by. */
export type NamedVolume = Pick<Volume, "deviceId" | "label" | "persistentVolumeId">;

/** What a folder of the settings is found by. */
export type SoughtFolder = Pick<FolderSettings, "path" | "volume">;

/** Where a folder is now, or why it is nowhere: not there tonight, or not to be told from another. */
export type FolderPlace =
  | { readonly path: string }
  | { readonly trouble: string; readonly cause: "away" | "ambiguous" };

/**
 * Finds a folder. Without a volume in the settings its path counts as it is written.
 *
 * @param folder Of the settings.
 * @param volumes Those of the PC as they are now.
 * @returns Its path with the letter of tonight, or why there is none, to follow "nobody could look at it: ".
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const stick = { deviceId: "\\\\?\\Volume{1}\\", persistentVolumeId: null, label: "KEYS", drive: "F:" };
 * const folder = { path: "E:\\Recovery keys", volume: "keys" };
 * assert.deepEqual(findFolder(folder, [stick]), { path: "F:\\Recovery keys" });
 * ```
 */
export function findFolder(
  folder: SoughtFolder,
  volumes: readonly (NamedVolume & Pick<Volume, "drive">)[],
): FolderPlace {
  const { path, volume } = folder;
  if (volume === null) return { path };
  if (volumes.length === 0) return { trouble: "the volumes of this PC could not be read", cause: "away" };
  const found = volumes.filter((one) => isCalled(one, volume));
  const [only, ...more] = new Map(found.map((one) => [one.deviceId.toLowerCase(), one])).values();
  if (only === undefined) return { trouble: `no volume "${volume}" is plugged in`, cause: "away" };
  if (more.length > 0) {
    return {
      trouble: `${more.length + 1} volumes are called "${volume}": ` +
        'unplug the others, or write the ID of the right one into "volume"',
      cause: "ambiguous",
    };
  }
  return only.drive === null
    ? { trouble: `the volume "${volume}" has no drive letter`, cause: "away" }
    : { path: onLetterOf(path, only.drive) };
}

/**
 * Finds a folder's path, see {@link findFolder}.
 *
 * @param folder Of the settings.
 * @param volumes Those of the PC as they are now.
 * @returns Its path; `null` where it is not there or cannot be told from another.
 */
export function folderPathOf(
  folder: SoughtFolder,
  volumes: readonly (NamedVolume & Pick<Volume, "drive">)[],
): string | null {
  const place = findFolder(folder, volumes);
  return "path" in place ? place.path : null;
}

/**
 * Tells whether a volume is the one that is meant: by its label, case of no importance, or by an ID.
 *
 * @param volume Of a snapshot or of the ledger.
 * @param name A label; or a GUID with or without braces, that of BitLocker or that in `\\?\Volume{…}\`.
 * @returns Whether it is.
 */
export function isCalled(volume: NamedVolume, name: string): boolean {
  const id = guidIn(name);
  if (id === null) return volume.label !== null && volume.label.trim().toLowerCase() === name.toLowerCase();
  return guidIn(volume.persistentVolumeId ?? "") === id || guidIn(volume.deviceId) === id;
}

/**
 * Puts a path on another letter; a path without one stays as it is.
 *
 * @param path `E:\Recovery keys`
 * @param drive `F:`, or a path that begins with it.
 * @returns `F:\Recovery keys`
 */
export function onLetterOf(path: string, drive: string): string {
  const letter = /^[A-Za-z]:/.exec(drive)?.[0];
  return letter === undefined ? path : path.replace(/^[A-Za-z]:/, letter);
}

/**
 * Says where a folder is, the letter left out where it does not count.
 *
 * @param folder Of the settings.
 * @param below A folder in it; none without.
 * @returns `D:\Keys\ANNA-LAPTOP`, or `\Keys\ANNA-LAPTOP on the volume "KEYS"`.
 */
export function sayFolder(folder: SoughtFolder, below: string | null = null): string {
  const { path, volume } = folder;
  const separator = path.includes("/") ? "/" : "\\";
  const whole = below === null ? path : `${path.replace(/[\\/]+$/, "")}${separator}${below}`;
  return volume === null ? whole : `${whole.replace(/^[A-Za-z]:/, "")} on the volume "${volume}"`;
}

/** Upper case, without braces; `null` in a text that is no GUID and no device path of one. */
function guidIn(text: string): string | null {
  const guid = /^(?:\\\\\?\\Volume)?(\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?)\\?$/i.exec(
    text.trim(),
  )?.[1];
  return guid === undefined ? null : plainGuid(guid);
}
