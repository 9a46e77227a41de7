/** Files whose names hold a Key ID, and what is in them: what the steps of `find` share. */

import type { Fit } from "../lib/core/find/fit_key_id.ts";
import { type KeyFileName, readKeyFileName } from "../lib/core/find/key_file_name.ts";
import type { FoundKey } from "../lib/core/find/model.ts";
import { newestFirst } from "../lib/core/find/newest_first.ts";
import { type PcStatus, readPcStatus } from "../lib/core/find/read_status.ts";
import { isUnreadDocument } from "../lib/core/find/unread_document.ts";
import { parseReportText } from "../lib/core/parse_report.ts";
import { messageOf, UserError } from "../lib/errors.ts";
import type { SealSecrets } from "../lib/ports.ts";
import type { Deps } from "./task.ts";

/** A folder with files. */
export interface Folder {
  readonly names: readonly string[];
  /** Its own name, which is a PC's where reports are kept; `null` for `.` and the like. */
  readonly name: string | null;
  /** @returns The path of a file in it. */
  locate(name: string): string;
}

/** A file with a Key ID in its name. */
export interface KeyFile extends KeyFileName {
  readonly folder: Folder;
  readonly path: string;
  /** See {@link FoundKey.slip}. */
  readonly slip: string | null;
  /** Chosen by its Key ID: that nothing of it is in the file is worth a word then. */
  readonly isMeant: boolean;
}

/** What files are opened with. */
export interface Opening {
  readonly secrets: SealSecrets;
  readonly troubles: string[];
  readonly deps: Deps;
  /** @returns What the `status.json` in a folder says. */
  statusOf(folder: Folder): Promise<PcStatus | null>;
}

/**
 * Lists the files of a folder that have a Key ID in their names.
 *
 * @param folder The folder.
 * @returns The files, in the order of their names.
 */
export function keyFilesIn(folder: Folder): readonly KeyFile[] {
  return folder.names.toSorted().flatMap((name) => {
    const file = readKeyFileName(name);
    return file === null ? [] : [keyFile(folder, name, file)];
  });
}

/**
 * Takes a file for a key's.
 *
 * @param folder Where it lies.
 * @param name Its name.
 * @param file What the name says, and how it fits where the Key ID was asked for.
 * @returns The file.
 */
export function keyFile(folder: Folder, name: string, file: KeyFileName & Partial<Fit>): KeyFile {
  const { keyId, drive, date, sealed, isOwn, rank, slip } = file;
  return {
    ...{ keyId, drive, date, sealed, isOwn, folder },
    path: folder.locate(name),
    slip: slip ?? null,
    isMeant: rank !== undefined,
  };
}

/** The name of what a PC says of itself beside its reports. */
export const STATUS_NAME = "status.json";

/**
 * Makes a reader that reads each `status.json` once.
 *
 * @param deps To read it.
 * @returns The reader. It gives `null` where there is none, or none that can be read: it is for display alone.
 */
export function statusReader(deps: Deps): (folder: Folder) => Promise<PcStatus | null> {
  const known = new Map<Folder, Promise<PcStatus | null>>();
  const read = async (folder: Folder): Promise<PcStatus | null> => {
    if (!folder.names.includes(STATUS_NAME)) return null;
    try {
      return readPcStatus(await deps.readOptional(folder.locate(STATUS_NAME)) ?? "");
    } catch {
      return null;
    }
  };
  return async (folder) => {
    const status = known.get(folder) ?? read(folder);
    known.set(folder, status);
    return await status;
  };
}

/**
 * Tells what a `status.json` knows of a key.
 *
 * @param status The document, or `null`.
 * @param keyId Which key; `null` when the file with its digits does not say.
 * @returns State and label, as far as they are known.
 */
export function stateOf(
  status: PcStatus | null,
  keyId: string | null,
): Pick<FoundKey, "current" | "statusAt" | "label"> {
  const known = status?.keys.get(keyId ?? "");
  return known === undefined
    ? { current: null, statusAt: null, label: null }
    : { current: known.current, statusAt: known.seenAt, label: known.label };
}

/**
 * Tells whether there is anything to open sealed files with.
 *
 * @param secrets Identities and passphrase.
 * @returns Whether there is.
 */
export function canOpen(secrets: SealSecrets): boolean {
  return secrets.identities.length > 0 || secrets.passphrase !== null;
}

/**
 * Opens files with a Key ID in their names.
 *
 * @param files The files.
 * @param opening Secrets and readers; what could not be read is added to its troubles.
 * @returns Keys, newest first; without digits where a sealed file is not or cannot be opened.
 */
export async function openKeyFiles(
  files: readonly KeyFile[],
  opening: Opening,
): Promise<readonly FoundKey[]> {
  const found: FoundKey[] = [];
  // One after the other: a tree may hold more reports than a process may have open.
  for (const file of files) {
    const key = await openKeyFile(file, opening);
    if (key !== null) found.push(key);
  }
  return found.sort(newestFirst);
}

/** @returns `null` when it holds no such key. */
async function openKeyFile(file: KeyFile, opening: Opening): Promise<FoundKey | null> {
  const { keyId, path, sealed, slip, folder } = file;
  const status = await opening.statusOf(folder);
  const bare: FoundKey = {
    keyId,
    recoveryPassword: null,
    host: file.isOwn ? status?.host ?? folder.name : null,
    drive: file.drive ?? status?.keys.get(keyId)?.drive ?? null,
    takenAt: file.date,
    path,
    sealed,
    ...stateOf(status, keyId),
    slip,
  };
  if (sealed && !canOpen(opening.secrets)) return bare;
  let bytes: Uint8Array;
  try {
    bytes = await opening.deps.files.read(path);
    if (sealed) bytes = await unsealed(path, bytes, opening);
  } catch (error) {
    opening.troubles.push(messageOf(error));
    return sealed ? bare : null;
  }
  const report = parseReportText(bytes);
  if (report?.keyId === keyId) {
    return {
      ...bare,
      recoveryPassword: report.recoveryPassword,
      host: report.host ?? bare.host,
      drive: report.drive ?? bare.drive,
      takenAt: report.takenAt ?? bare.takenAt,
      label: report.label ?? bare.label,
    };
  }
  const found = report === null && !file.isOwn ? await importForeign(file, opening) : null;
  if (found !== null) return { ...bare, ...found };
  if (file.isMeant || file.isOwn) {
    const reason = isUnreadDocument(path)
      ? "it is a picture, PDF or other document: open it yourself, the key may stand in it"
      : "it is no report of the key in its name";
    opening.troubles.push(`Cannot read "${path}": ${reason}`);
  }
  return null;
}

/**
 * Opens a sealed file.
 *
 * @param path Its path, for the error.
 * @param bytes What is in it.
 * @param opening Secrets.
 * @returns What was sealed.
 * @throws {UserError} With the path, when nothing opens it.
 */
export async function unsealed(
  path: string,
  bytes: Uint8Array,
  { secrets, deps }: Opening,
): Promise<Uint8Array> {
  try {
    return await deps.opener.open(bytes, secrets);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError("usage", `Cannot open "${path}": ${error.message}`);
  }
}

/** A list, a table or a note that somebody named after a Key ID. */
async function importForeign(
  { path, keyId }: KeyFile,
  { secrets, deps }: Opening,
): Promise<Pick<FoundKey, "recoveryPassword" | "host" | "drive" | "takenAt"> | null> {
  const { importFile } = await import("./import_file.ts");
  const file = await importFile(path, secrets, deps).catch(() => null);
  if (file === null || "reason" in file) return null;
  const at = file.keys.findIndex((key) => key.keyId === keyId && key.recoveryPassword !== null);
  const key = file.keys[at];
  if (key === undefined) return null;
  const detail = file.details[at];
  return {
    recoveryPassword: key.recoveryPassword,
    host: detail?.host ?? null,
    drive: key.drive,
    takenAt: detail?.date ?? null,
  };
}
