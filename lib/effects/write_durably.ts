/** How bytes get onto the disk and stay there: temporary name, flush, final name, flush of the folder. */

import { below, folderOf } from "./path_parts.ts";

/** Waits between tries, in milliseconds: virus scanners and cloud clients let go of a file within a second or two. */
const WAITS_MS: readonly number[] = [50, 100, 200, 400, 800];

/** Settings of a file to be made. */
export interface WriteOptions {
  /** Permission bits outside Windows, such as `0o600`; else what the system gives new files. */
  readonly mode?: number;
  /** Whether to wait until it is on the disk; not for what the next night writes anew. @default {true} */
  readonly sync?: boolean;
}

/** When {@link patiently} tries again. */
export interface PatienceOptions {
  /** Waits between tries, in milliseconds. @default {[50, 100, 200, 400, 800]} */
  readonly waitsMs?: readonly number[];
  /** Only Windows refuses to rename or remove what another program has open. @default {Deno.build.os} */
  readonly os?: string;
}

/**
 * Makes a name for a file that is not finished: the only kind of file that a run may delete at a destination.
 *
 * @returns `.spare-key-<random>.tmp`
 */
export function temporaryName(): string {
  return `.spare-key-${crypto.randomUUID().slice(0, -RUN.length)}${RUN}.tmp`;
}

/** Of this process: the last group of the GUID. Two destinations of one folder leave each other's files alone by it. */
const RUN = crypto.randomUUID().slice(-12);

/**
 * Tells a temporary file by its name.
 *
 * @param name A name without a path.
 * @returns Whether {@link temporaryName} makes such names.
 */
export function isTemporaryName(name: string): boolean {
  return /^\.spare-key-[0-9a-f-]{36}\.tmp$/.test(name);
}

/**
 * Writes a file that did not exist before, and returns once its bytes are on the disk. A failure may leave a
 * part of it.
 *
 * @param path Where.
 * @param bytes What.
 * @param options Permission bits, and whether to wait.
 * @throws {Deno.errors.AlreadyExists} When something has the name. Nothing was changed.
 */
export async function writeNew(
  path: string,
  bytes: Uint8Array,
  { sync = true, ...mode }: WriteOptions = {},
): Promise<void> {
  // `Deno.writeFile` would load what streams need: 7 ms of a quiet night.
  using file = await Deno.open(path, { write: true, createNew: true, ...mode });
  let written = 0;
  while (written < bytes.length) written += await file.write(bytes.subarray(written));
  if (sync) await file.sync();
}

/**
 * Brings the names in a folder to the disk. Does nothing on Windows, where a folder cannot be opened for that
 * and NTFS keeps its own journal of names.
 *
 * @param path The folder.
 */
export async function syncFolder(path: string): Promise<void> {
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path);
  try {
    await folder.sync();
  } catch (error) {
    // Some file systems (FUSE, network) cannot do it, and say so: there is nothing more to be done there.
    if (
      !(error instanceof Error && "code" in error && (error.code === "EINVAL" || error.code === "ENOTSUP"))
    ) {
      throw error;
    }
  }
}

/**
 * Does what Windows refuses while another program has the file open, and tries again for a second or two.
 *
 * @param act A rename or removal, safe to repeat.
 * @param options Waits and system, for tests.
 * @returns What `act` gave.
 * @throws What `act` threw at its last try, or at once when waiting cannot help.
 */
export async function patiently<T>(act: () => Promise<T>, options: PatienceOptions = {}): Promise<T> {
  for (const waitMs of (options.os ?? Deno.build.os) === "windows" ? options.waitsMs ?? WAITS_MS : []) {
    try {
      return await act();
    } catch (error) {
      // ERROR_ACCESS_DENIED and ERROR_SHARING_VIOLATION.
      if (!(error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.Busy)) throw error;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  return await act();
}

/**
 * Removes a temporary file that is no longer wanted, if it is there and can be removed. It may stay: whether
 * the write succeeded was decided before, and the next write into the folder removes it.
 *
 * @param path A path whose name {@link temporaryName} made.
 */
export async function discardTemporary(path: string): Promise<void> {
  await patiently(() => Deno.remove(path)).catch(() => {});
}

/**
 * Removes the temporary files that killed runs left in a folder. Of any age: the run lock keeps other runs away, and
 * those of this run may be in the making.
 *
 * @param folder The folder.
 * @throws When it cannot be listed.
 */
export async function removeLeftovers(folder: string): Promise<void> {
  for await (const entry of Deno.readDir(folder)) {
    if (!entry.isFile || !isTemporaryName(entry.name) || entry.name.endsWith(`${RUN}.tmp`)) continue;
    await discardTemporary(below(folder, entry.name));
  }
}

/**
 * Writes a file whole or not at all, replacing one of that name, and returns once it is on the disk (unless told not
 * to wait).
 *
 * @param path Where; its folder exists.
 * @param bytes What.
 * @param options Permission bits.
 * @throws When it cannot be written; what was there before is there still.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const folder = folderOf(path);
  const temporary = below(folder, temporaryName());
  try {
    await writeNew(temporary, bytes, options);
    await patiently(() => Deno.rename(temporary, path));
  } catch (error) {
    await discardTemporary(temporary);
    throw error;
  }
  if (options.sync !== false) await syncFolder(folder);
}
