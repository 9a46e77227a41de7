/** What a look at one folder of a local destination tells. Links count as nothing: only what really lies there does. */

import { NameTakenError, type StoredFile } from "../ports.ts";
import { below } from "./path_parts.ts";
import { isTemporaryName } from "./write_durably.ts";

/** The one file at a destination that is replaced. */
export const STATUS = "status.json";
/** A status of a thousand keys has some 200 KB; what is larger is not ours. */
const STATUS_MAX_BYTES = 1024 * 1024;

/**
 * Looks at a path without following a link.
 *
 * @param path Any path.
 * @returns What is there, or `null` when nothing is.
 * @throws {Error} When it cannot be looked at.
 */
export async function infoOf(path: string): Promise<Deno.FileInfo | null> {
  try {
    return await Deno.lstat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Compares a file with bytes.
 *
 * @param path Any path.
 * @param bytes What should be there.
 * @returns Whether it is a file that holds exactly these.
 */
export async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  const info = await infoOf(path);
  if (info === null || !info.isFile || info.size !== bytes.length) return false;
  const there = await Deno.readFile(path);
  return there.length === bytes.length && there.every((byte, index) => byte === bytes[index]);
}

/**
 * Lets a name pass that these very bytes have taken.
 *
 * @param path The name.
 * @param bytes What should be there.
 * @throws {NameTakenError} When anything else is.
 */
export async function refuseOther(path: string, bytes: Uint8Array): Promise<void> {
  if (!await holds(path, bytes)) {
    throw new NameTakenError(`Cannot write "${path}": other content has the name`);
  }
}

/** What lies in a folder. */
export interface FolderContents {
  /** Sorted by name, not hashed; without the status and what is not finished. */
  readonly files: readonly StoredFile[];
  /** Whether a killed run left something unfinished. */
  readonly leftovers: boolean;
}

/**
 * Lists the files of a folder.
 *
 * @param path The folder.
 * @returns Its files, and whether something is to be cleared away.
 */
export async function contentsOf(path: string): Promise<FolderContents> {
  const names: string[] = [];
  let leftovers = false;
  for await (const { isFile, name } of Deno.readDir(path)) {
    if (isTemporaryName(name)) leftovers = true;
    else if (isFile && name.toLowerCase() !== STATUS) names.push(name);
  }
  const files = await Promise.all(
    names.sort().map(async (name) => {
      const info = await infoOf(below(path, name));
      return info?.isFile ? [{ name, size: info.size, sha256: null, cloud: false }] : [];
    }),
  );
  return { files: files.flat(), leftovers };
}

/**
 * Reads a folder's status. It is shown, never trusted.
 *
 * @param folder The folder.
 * @returns The parsed document, or `null` when there is none, it is broken or too large, or cannot be read.
 */
export async function readStatus(folder: string): Promise<unknown> {
  try {
    const path = below(folder, STATUS);
    const info = await infoOf(path);
    if (info === null || !info.isFile || info.size > STATUS_MAX_BYTES) return null;
    return JSON.parse((await Deno.readTextFile(path)).replace(/^\ufeff/, ""));
  } catch {
    // As the port says: a status that cannot be read is none, and must not hide the files beside it.
    return null;
  }
}
