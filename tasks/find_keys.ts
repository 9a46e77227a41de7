/** From characters of a Key ID, or a name, to keys: what `find` and `demo` share. */

import { fitKeyId, needleOf } from "../lib/core/find/fit_key_id.ts";
import { readKeyFileName } from "../lib/core/find/key_file_name.ts";
import type { FoundKey, Mention, NearKey } from "../lib/core/find/model.ts";
import { newestFirst } from "../lib/core/find/newest_first.ts";
import { comparableName, FEWEST_OF_NAME, type FindQuery, readQuery } from "../lib/core/find/read_query.ts";
import { hostFolder } from "../lib/core/report_names.ts";
import type { SealSecrets } from "../lib/ports.ts";
import {
  type Folder,
  type KeyFile,
  keyFile,
  keyFilesIn,
  type Opening,
  openKeyFiles,
  statusReader,
} from "./find_reports.ts";
import type { Deps } from "./task.ts";

/** What is looked for. */
export interface KeyQuery {
  /** Eight characters of a Key ID or more, however typed; or a PC's name, or a drive's label. */
  readonly text: string;
  /** Folders of reports; those below are searched too. */
  readonly folders: readonly string[];
  /** What opens sealed reports. @default {none} */
  readonly secrets?: SealSecrets;
  /** Told of how many files are to be read, when no name fits. */
  readonly onReading?: (files: number) => void;
}

/** What a search gave. */
export interface FoundKeys {
  /** Newest first. */
  readonly matches: readonly FoundKey[];
  /** Only where nothing matches. */
  readonly nearMisses: readonly NearKey[];
  /** Documents that know the Key ID without its digits; only where nothing matches. */
  readonly mentions: readonly Mention[];
  /** PCs that a part of a name fits, where they are too many to show their keys. */
  readonly hosts: readonly string[];
  /** What could not be read, as sentences. */
  readonly troubles: readonly string[];
}

/** A part of a name that fits more PCs than these is no question for a key. */
const MOST_PCS = 20;

const NO_SECRETS: SealSecrets = { identities: [], passphrase: null };

/**
 * Finds keys. Names decide, so a listing is enough; only where no name fits are other files read.
 *
 * @param search Text, folders and secrets.
 * @param deps To read files.
 * @returns Keys, what is near them, and what could not be read.
 */
export async function findKeys(search: KeyQuery, deps: Deps): Promise<FoundKeys> {
  const query = readQuery(search.text);
  const troubles: string[] = [];
  const folders = await listFolders(search.folders, troubles, deps);
  const secrets = search.secrets ?? NO_SECRETS;
  const opening: Opening = { secrets, troubles, deps, statusOf: statusReader(deps) };

  const named = namedFiles(query, folders);
  const part = named.length > 0 ? [] : foldersByPart(query, folders);
  const hosts = [...new Set(part.flatMap(({ name }) => name ?? []))].sort();
  if (hosts.length > MOST_PCS) return { ...NOTHING, hosts, troubles };

  const files = named.length > 0 ? named : part.flatMap((folder) => keyFilesIn(folder));
  const matches = await openKeyFiles(files, opening);
  if (matches.some(({ recoveryPassword }) => recoveryPassword !== null)) {
    return { ...NOTHING, matches, troubles };
  }

  const { findUnnamed } = await import("./find_unnamed.ts");
  // where sealed reports are, a list beside them may have the digits
  const isSealed = matches.length > 0;
  const onReading = isSealed ? undefined : search.onReading;
  const result = await findUnnamed({
    ...{ query, folders, isSealed, isNamed: files.length > 0, mostPcs: MOST_PCS },
    onReading: onReading ?? ((): void => {}),
  }, opening);
  const all = [...matches, ...result.matches].sort(newestFirst);
  // a file may have been opened by its name before
  return { ...(isSealed ? NOTHING : result), matches: all, troubles: [...new Set(troubles)] };
}

const NOTHING = { matches: [], nearMisses: [], mentions: [], hosts: [] } as const;

async function listFolders(
  roots: readonly string[],
  troubles: string[],
  deps: Deps,
): Promise<readonly Folder[]> {
  const onTrouble = (where: string, why: string): void =>
    void troubles.push(`Cannot look into "${where}": ${why}`);
  const folders: Folder[] = [];
  // roots may lie within each other
  const seen = new Set<string>();
  for (const root of roots) {
    for await (const { path, names } of deps.files.walkFolders(root, onTrouble)) {
      const parts = path === "" ? [] : path.split("/");
      const place = deps.below(root, ...parts, "");
      if (seen.has(place)) continue;
      seen.add(place);
      const last = parts.at(-1) ?? root.split(/[/\\]/).findLast((part) => part !== "") ?? "";
      const name = /^\.*$|:$/.test(last) ? null : last;
      folders.push({ names, name, locate: (file) => deps.below(root, ...parts, file) });
    }
  }
  return folders;
}

/** Files whose Key ID or whose PC is the one that was typed. Nothing but a comparison of texts for all others. */
function namedFiles(query: FindQuery, folders: readonly Folder[]): readonly KeyFile[] {
  const characters = needleOf(query);
  const needle = characters === null ? null : new RegExp(characters, "i");
  const wanted = new Set([query.name, hostFolder(query.name).toLowerCase()]);
  const exact: KeyFile[] = [];
  for (const folder of folders) {
    const isHost = folder.name !== null && isHostFolder(folder.name, wanted);
    if (isHost) exact.push(...keyFilesIn(folder));
    if (needle === null) continue;
    for (const name of folder.names) {
      if (!needle.test(name)) continue;
      const file = readKeyFileName(name);
      const fit = file === null ? null : fitKeyId(query, file.keyId);
      if (file !== null && fit?.rank === 0 && !isHost) exact.push(keyFile(folder, name, { ...file, ...fit }));
    }
  }
  return exact.length > 0 ? exact : looselyNamed(query, folders);
}

/** The folder of a second PC of one name has eight characters of its machine ID, a GUID, behind it. */
function isHostFolder(name: string, wanted: ReadonlySet<string>): boolean {
  const folder = comparableName(name);
  return wanted.has(folder) || wanted.has(folder.replace(/ (?:[0-9a-f]{8}|2)$/, ""));
}

/** Where nothing is as typed: what can be taken for it, only the best. */
function looselyNamed(query: FindQuery, folders: readonly Folder[]): readonly KeyFile[] {
  let best: KeyFile[] = [];
  let rank = Infinity;
  for (const folder of folders) {
    for (const name of folder.names) {
      const file = readKeyFileName(name);
      const fit = file === null ? null : fitKeyId(query, file.keyId);
      if (file === null || fit === null || fit.rank > rank) continue;
      if (fit.rank < rank) best = [];
      rank = fit.rank;
      best.push(keyFile(folder, name, { ...file, ...fit }));
    }
  }
  return best;
}

/** Where neither Key ID nor PC fits: names that begin so, else names that hold the text. */
function foldersByPart(query: FindQuery, folders: readonly Folder[]): readonly Folder[] {
  const wanted = squeeze(query.name);
  if (wanted.length < FEWEST_OF_NAME) return [];
  const fits = folders.filter(({ name }) => squeeze(name ?? "").includes(wanted))
    .filter((folder) => keyFilesIn(folder).some(({ isOwn }) => isOwn));
  const starts = fits.filter(({ name }) => squeeze(name ?? "").startsWith(wanted));
  return starts.length > 0 ? starts : fits;
}

function squeeze(name: string): string {
  return comparableName(name).replace(/[\s_-]/g, "");
}
