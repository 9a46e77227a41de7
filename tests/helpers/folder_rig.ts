/** Folders for the folder destination. */

import assert from "node:assert/strict";
import { folderDestination, type FolderDisk } from "../../lib/effects/folder_destination.ts";
import { writeNew } from "../../lib/effects/write_durably.ts";
import { type Destination, NameTakenError } from "../../lib/ports.ts";
import { inFolder } from "./program.ts";

/** The folder of the PC at its destination. */
export const HOST = "ANNA-LAPTOP";

/** A report. */
export const BYTES = Uint8Array.of(1, 2, 3);

/** What another wrote, as long as the report. */
export const OTHER = Uint8Array.of(4, 5, 6);

const REAL: FolderDisk = { writeNew, link: Deno.link };

/** @returns The folder destination "stick", on a disk of which parts may be replaced. */
export function openFolder(
  path: string,
  options: { readonly place?: string; readonly disk?: Partial<FolderDisk> } = {},
): Destination {
  return folderDestination({
    name: "stick",
    path,
    place: options.place ?? null,
    disk: { ...REAL, ...options.disk },
  });
}

/** Runs something with a temporary folder with `root` and `elsewhere` in it. */
export async function withFolders(run: (root: string, elsewhere: string) => Promise<void>): Promise<void> {
  await inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/root`);
    await Deno.mkdir(`${folder}/elsewhere`);
    await run(`${folder}/root`, `${folder}/elsewhere`);
  });
}

/** @returns Whether an error is one line in words, as a night quotes it. */
export function says(pattern: RegExp): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof Error && !(error instanceof NameTakenError), String(error));
    assert.match(error.message, pattern);
    assert.doesNotMatch(error.message, /\n|os error/);
    return true;
  };
}
