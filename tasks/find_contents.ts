/** Keys in files whose names do not tell them: lists, notes, tables, sheets. Read only where no name fits. */

import { type Fit, fitKeyId, needleOf } from "../lib/core/find/fit_key_id.ts";
import { isFileOfOneKey } from "../lib/core/find/key_file_name.ts";
import type { FoundKey, Mention } from "../lib/core/find/model.ts";
import {
  comparableName,
  FEWEST_OF_NAME,
  type FindQuery,
  SHOWN_ON_SCREEN,
} from "../lib/core/find/read_query.ts";
import { readSheet } from "../lib/core/find/read_sheet.ts";
import { parseReportName } from "../lib/core/report_names.ts";
import { UserError } from "../lib/errors.ts";
import {
  canOpen,
  type Folder,
  keyFilesIn,
  type Opening,
  stateOf,
  STATUS_NAME,
  unsealed,
} from "./find_reports.ts";
import { type ImportedFile, importFile } from "./import_file.ts";

/** A file to read. */
export interface UnnamedFile {
  readonly path: string;
  /** Its name without ending, as {@link comparableName} gives it; empty for a sheet. */
  readonly name: string;
  readonly folder: Folder;
  /** Whether its name is that of the program's own sheets. */
  readonly isSheet: boolean;
  /** A sheet beside reports of its keys: worth reading only where the characters stand in it. */
  readonly isBesideReports: boolean;
  /** Day in the name of a sheet, or `null`. */
  readonly date: string | null;
}

/** What to read, and what cannot be. */
export interface UnnamedFiles {
  readonly files: readonly UnnamedFile[];
  /** Sealed files that nothing is there to open with. */
  readonly closed: number;
}

/** What is in such files. */
export interface Contents {
  readonly matches: readonly FoundKey[];
  readonly mentions: readonly Mention[];
  /** Of all keys in them, for a look at what is near. */
  readonly others: readonly Omit<FoundKey, "recoveryPassword">[];
}

/** Texts, tables and pages; what has no ending may be a note. */
const READABLE =
  /(?:^[^.]+|\.(?:te?xt|md|log|csv|tsv|jsonl?|html?|mht(?:ml)?|xml|ya?ml|ini|cfg|rtf|ldi?f|reg|eml|bak|old))(?:\.age)?$/i;

/**
 * Chooses the files that are read where no name fits.
 *
 * @param folders All folders.
 * @param query What is looked for.
 * @param opening Secrets.
 * @returns Files whose names do not tell all that is in them.
 */
export function unnamedFiles(
  folders: readonly Folder[],
  query: FindQuery,
  { secrets }: Opening,
): UnnamedFiles {
  const files: UnnamedFile[] = [];
  let closed = 0;
  for (const folder of folders) {
    const names = folder.names.filter((name) =>
      name !== STATUS_NAME && READABLE.test(name) && !isFileOfOneKey(name)
    );
    const hasReports = names.length > 0 && keyFilesIn(folder).some(({ isOwn }) => isOwn);
    for (const name of names.sort()) {
      const sheet = parseReportName(name);
      const isBesideReports = hasReports && sheet !== null;
      // its keys have files of their own there
      if (isBesideReports && (isSealedName(name) || needleOf(query) === null)) continue;
      if (isSealedName(name) && !canOpen(secrets)) closed++;
      else {
        const bare = comparableName(name.replace(/(?:\.[^.]{1,8})?(?:\.age)?$/i, ""));
        const facts = { isSheet: sheet !== null, isBesideReports, date: sheet?.date ?? null };
        files.push({ path: folder.locate(name), name: sheet === null ? bare : "", folder, ...facts });
      }
    }
  }
  return { files, closed };
}

function isSealedName(path: string): boolean {
  return /\.age$/i.test(path);
}

/**
 * Reads files.
 *
 * @param files The files.
 * @param query What is looked for.
 * @param opening Secrets; what could not be read is added to its troubles.
 * @returns Keys that fit best, and all others.
 */
export async function readContents(
  files: readonly UnnamedFile[],
  query: FindQuery,
  opening: Opening,
): Promise<Contents> {
  const fits: { readonly key: FoundKey; readonly rank: number }[] = [];
  const mentions: Mention[] = [];
  const others: Contents["others"][number][] = [];
  for (const file of files) {
    for (const found of await keysIn(file, query, opening)) {
      const { keyId, recoveryPassword } = found;
      const fit = fitOf(query, file, found);
      if (fit === null) {
        if (keyId !== null) others.push({ ...found, keyId });
      } else if (keyId === null || recoveryPassword === null) {
        mentions.push({ keyId, host: found.host, drive: found.drive, path: found.path });
      } else fits.push({ key: { ...found, keyId, recoveryPassword, slip: fit.slip }, rank: fit.rank });
    }
  }
  const best = fits.reduce((least, { rank }) => Math.min(least, rank), Infinity);
  const matches = fits.filter(({ rank }) => rank === best).map(({ key }) => key);
  // a list may name a key several times
  const once = new Map(matches.map((key) => [`${key.path}\0${key.keyId}\0${key.recoveryPassword}`, key]));
  return { matches: [...once.values()], mentions, others };
}

/** A key in a file; its Key ID may be missing. */
type Content = Omit<FoundKey, "keyId"> & { readonly keyId: string | null };

async function keysIn(
  file: UnnamedFile,
  query: FindQuery,
  opening: Opening,
): Promise<readonly Content[]> {
  const { secrets, deps, troubles } = opening;
  const { path, isSheet } = file;
  try {
    if (isSheet) {
      const keys = await keysOnSheet(file, query, opening);
      if (keys !== null) return keys;
    }
    const found = await importFile(path, secrets, deps);
    if (!("reason" in found)) return await keysOf(found, file, opening);
    if (!found.isHarmless) troubles.push(`Cannot read "${path}": ${found.reason}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    troubles.push(error.message);
  }
  return [];
}

/** @returns `null` when it is not in the program's own form. */
async function keysOnSheet(
  file: UnnamedFile,
  query: FindQuery,
  opening: Opening,
): Promise<readonly Content[] | null> {
  const { path, isBesideReports, folder } = file;
  const sealed = isSealedName(path);
  const bytes = await opening.deps.files.read(path);
  const html = new TextDecoder().decode(sealed ? await unsealed(path, bytes, opening) : bytes);
  // a quick look: on a sheet the characters stand together
  if (isBesideReports && !alike(html).includes(alike(needleOf(query) ?? ""))) return [];
  const status = await opening.statusOf(folder);
  const keys = readSheet(html).map((key): Content => ({
    ...key,
    ...stateOf(status, key.keyId),
    takenAt: file.date,
    path,
    sealed,
    slip: null,
  }));
  return keys.length === 0 ? null : keys;
}

async function keysOf(
  { path, sealed, keys, details, volumes }: ImportedFile,
  { folder }: UnnamedFile,
  { statusOf }: Opening,
): Promise<readonly Content[]> {
  const status = await statusOf(folder);
  return keys.map(({ keyId, recoveryPassword, drive }, at): Content => {
    const { label, ...state } = stateOf(status, keyId);
    const volume = volumes.find((one) => drive !== null && one.drive === drive);
    const host = details[at]?.host ?? null;
    const takenAt = details[at]?.date ?? null;
    const told = { label: volume?.label ?? label, host, takenAt };
    return { keyId, recoveryPassword, drive, path, sealed, slip: null, ...state, ...told };
  });
}

/** A slip of 8 and B is looked for, too. */
function alike(text: string): string {
  return text.toUpperCase().replaceAll("B", "8");
}

function fitOf(query: FindQuery, file: UnnamedFile, { keyId, host, label }: Content): Fit | null {
  const byKey = keyId === null ? null : fitKeyId(query, keyId) ?? fitStart(query, keyId);
  if (byKey !== null) return byKey;
  const same = (name: string | null): boolean => name !== null && comparableName(name) === query.name;
  if (same(host) || same(label)) return { rank: 0, slip: null };
  const part = query.name.length >= FEWEST_OF_NAME && file.name.includes(query.name);
  return part ? { rank: 1, slip: null } : null;
}

/** A page of the Microsoft account shows but eight characters. */
function fitStart({ hex }: FindQuery, keyId: string): Fit | null {
  const fits = keyId.length === SHOWN_ON_SCREEN && hex?.startsWith(keyId) === true;
  return fits ? { rank: 0, slip: "only the first eight characters are in the file" } : null;
}
