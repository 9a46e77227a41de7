/** PURE: the folder below a destination's root that is this PC's. */

import type { StoredFolder } from "../ports.ts";

/** What the choice depends on. */
export interface FolderChoice {
  /** The host's name, made safe for a path. */
  readonly base: string;
  /** This PC, as `status.json` would name it. */
  readonly machineId: string;
  /** What was chosen for this name before; `null` the first time. */
  readonly remembered: string | null;
  /** Names of this PC's own reports, to know its folder again when all else is lost. */
  readonly ownReports: ReadonlySet<string>;
}

/**
 * Names the folder for a PC whose name is taken by another one. The end of the machine ID is used: its
 * beginning is the same on all PCs of some makers.
 *
 * @param choice Base name and machine ID.
 * @returns `ANNA-LAPTOP 3532ABCD`.
 */
export function suffixedFolder(choice: Pick<FolderChoice, "base" | "machineId">): string {
  return `${choice.base} ${choice.machineId.replace(/[^0-9a-z]/gi, "").slice(-8).toUpperCase() || "2"}`;
}

/**
 * Chooses. Two PCs of one name do not share a folder: `status.json` says whose it is.
 *
 * @param choice Names and what is remembered.
 * @param folders What lies at the destination.
 * @returns The folder's name, which may not exist yet.
 */
export function chooseFolder(choice: FolderChoice, folders: readonly StoredFolder[]): string {
  if (choice.remembered !== null) return choice.remembered;
  const taken = folders.find((folder) => folder.name.toLowerCase() === choice.base.toLowerCase());
  if (taken === undefined) return choice.base;
  if (taken.closed != null) return suffixedFolder(choice);
  const owner = machineOf(taken.status);
  if (owner !== null) return owner === choice.machineId ? taken.name : suffixedFolder(choice);
  const empty = taken.files.length === 0;
  const ours = taken.files.some((file) => choice.ownReports.has(file.name));
  return empty || ours ? taken.name : suffixedFolder(choice);
}

/**
 * Reads whose a folder is.
 *
 * @param status A parsed `status.json`.
 * @returns The machine ID in it, `null` when there is none.
 */
export function machineOf(status: unknown): string | null {
  return typeof status === "object" && status !== null && "machineId" in status &&
      typeof status.machineId === "string"
    ? status.machineId.toLowerCase()
    : null;
}
