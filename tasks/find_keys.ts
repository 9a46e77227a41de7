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
  STATUS_NAME,
  statusReader,
} from "./find_reports.ts";
import { keysElsewhere, withNewestState } from "./find_known.ts";
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
  /** Documents that know a Key ID without its digits, where those are nowhere here. */
  readonly mentions: readonly Mention[];
  /** PCs that a part of a name fits, where they are too many to show their keys. */
  readonly hosts: readonly string[];
  /** Pictures, PDF files and the like, which cannot be read; only where nothing matches. */
  readonly passedOver: readonly string[];
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
  const { text, onReading = (): void => {} } = search;
  const troubles: string[] = [];
  const folders = await listFolders(search.folders, troubles, deps);
  const secrets = search.secrets ?? NO_SECRETS;
  const opening: Opening = { secrets, troubles, deps, statusOf: statusReader(deps) };
  const found = await findIn({ query: readQuery(text), folders, onReading }, opening);
  const matches = await withNewestState(found.matches, folders, opening);
  // a file may have been opened by its name before
  return { ...found, matches, troubles: [...new Set(troubles)] };
}

interface Place {
  readonly query: FindQuery;
  readonly folders: readonly Folder[];
  readonly onReading: (files: number) => void;
}

const NOTHING = { matches: [], nearMisses: [], mentions: [], hosts: [], passedOver: [] } as const;

async function findIn(
  { query, folders, onReading }: Place,
  opening: Opening,
): Promise<Omit<FoundKeys, "troubles">> {
  const pcs = pcFolders(query, folders);
  let files = namedFiles(query, folders, pcs);
  let elsewhere = await keysElsewhere([...pcs], folders, opening);
  if (files.length + elsewhere.matches.length === 0) {
    const part = foldersByPart(query, folders);
    const hosts = [...new Set(part.flatMap(({ name }) => name ?? []))].sort();
    if (hosts.length > MOST_PCS) return { ...NOTHING, hosts };
    files = part.flatMap((folder) => keyFilesIn(folder));
    elsewhere = await keysElsewhere(part, folders, opening);
  }
  const matches = onceEach([...await openKeyFiles(files, opening), ...elsewhere.matches]);
  const { mentions } = elsewhere;
  if (matches.some(({ recoveryPassword }) => recoveryPassword !== null)) {
    return { ...NOTHING, matches, mentions };
  }

  const { findUnnamed } = await import("./find_unnamed.ts");
  // where sealed reports are, a list beside them may have the digits
  const isSealed = matches.length > 0;
  const result = await findUnnamed({
    ...{ query, folders, isSealed, isNamed: files.length > 0, mostPcs: MOST_PCS },
    onReading: isSealed ? (): void => {} : onReading,
  }, opening);
  const all = [...matches, ...result.matches].sort(newestFirst);
  return isSealed
    ? { ...NOTHING, matches: all, mentions }
    : { ...result, matches: all, mentions: [...result.mentions, ...mentions] };
}

/** A file may be known by its name and by what a PC says of it. */
function onceEach(keys: readonly FoundKey[]): readonly FoundKey[] {
  return [...new Map(keys.map((key) => [`${key.path}\0${key.keyId}`, key])).values()].sort(newestFirst);
}

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

/** Folders of the PC that was typed. */
function pcFolders(query: FindQuery, folders: readonly Folder[]): ReadonlySet<Folder> {
  const wanted = new Set([query.name, hostFolder(query.name).toLowerCase()]);
  return new Set(folders.filter(({ name }) => name !== null && isHostFolder(name, wanted)));
}

/** Files whose Key ID or whose PC is the one that was typed. Nothing but a comparison of texts for all others. */
function namedFiles(
  query: FindQuery,
  folders: readonly Folder[],
  pcs: ReadonlySet<Folder>,
): readonly KeyFile[] {
  const characters = needleOf(query);
  const needle = characters === null ? null : new RegExp(characters, "i");
  const exact = [...pcs].flatMap((folder) => keyFilesIn(folder));
  if (needle !== null) {
    for (const folder of folders) {
      for (const name of folder.names) {
        if (!needle.test(name)) continue;
        const file = readKeyFileName(name);
        const fit = file === null ? null : fitKeyId(query, file.keyId);
        if (file !== null && fit?.rank === 0 && !pcs.has(folder)) {
          exact.push(keyFile(folder, name, { ...file, ...fit }));
        }
      }
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
    .filter((folder) => folder.names.includes(STATUS_NAME) || keyFilesIn(folder).some(({ isOwn }) => isOwn));
  const starts = fits.filter(({ name }) => squeeze(name ?? "").startsWith(wanted));
  return starts.length > 0 ? starts : fits;
}

function squeeze(name: string): string {
  return comparableName(name).replace(/[\s_-]/g, "");
}
