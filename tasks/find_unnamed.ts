/** The steps of a search that no file's name answers: labels, contents, and what is near. */

import { fitKeyId } from "../lib/core/find/fit_key_id.ts";
import { readKeyFileName } from "../lib/core/find/key_file_name.ts";
import type { FoundKey, Mention, NearKey } from "../lib/core/find/model.ts";
import { nearKeyIds } from "../lib/core/find/near_key_ids.ts";
import { newestFirst } from "../lib/core/find/newest_first.ts";
import {
  comparableName,
  FEWEST_OF_NAME,
  type FindQuery,
  SHOWN_ON_SCREEN,
} from "../lib/core/find/read_query.ts";
import { isUnreadDocument } from "../lib/core/find/unread_document.ts";
import { type Contents, readContents, unnamedFiles } from "./find_contents.ts";
import { type KnownKeys, openKnownKeys, type Owner } from "./find_known.ts";
import {
  type Folder,
  type KeyFile,
  keyFile,
  keyFilesIn,
  type Opening,
  openKeyFiles,
  STATUS_NAME,
} from "./find_reports.ts";

/** What the names left open. */
export interface Unnamed {
  readonly query: FindQuery;
  readonly folders: readonly Folder[];
  /** Names did fit, but no digits could be read. */
  readonly isNamed: boolean;
  /** What fits is sealed, and nothing is there to open it: that is told with it. */
  readonly isSealed: boolean;
  readonly onReading: (files: number) => void;
  /** See `FoundKeys`. */
  readonly mostPcs: number;
}

/** See `FoundKeys`. */
export interface UnnamedResult {
  readonly matches: readonly FoundKey[];
  readonly nearMisses: readonly NearKey[];
  readonly mentions: readonly Mention[];
  readonly hosts: readonly string[];
  readonly passedOver: readonly string[];
}

/**
 * Searches labels, then contents, then what is near.
 *
 * @param unnamed What is looked for, and where.
 * @param opening Secrets and readers; what could not be read is added to its troubles.
 * @returns Keys, or what comes near them.
 */
export async function findUnnamed(unnamed: Unnamed, opening: Opening): Promise<UnnamedResult> {
  const { query, folders, isNamed } = unnamed;
  const { labelled, mentions } = await askStatus(unnamed, opening);
  const hosts = [...new Set(labelled.map(({ folder }) => folder.name ?? ""))].sort();
  if (hosts.length > unnamed.mostPcs) return { ...NOTHING, hosts };
  const byLabel = await openLabelled(labelled, folders, opening);
  if (byLabel.matches.length > 0) return { ...NOTHING, ...byLabel };

  const reports = await reportsWithoutStatus(unnamed, opening);
  const { files, closed } = unnamedFiles(folders, query, opening);
  if (files.length + reports.length > 0) unnamed.onReading(files.length + reports.length);
  const contents = await readContents(files, query, opening);
  const byReport = (await openKeyFiles(reports, opening)).filter(({ label, host }) =>
    [label, host].some((name) => name !== null && comparableName(name) === query.name)
  );
  if (closed > 0 && !unnamed.isSealed) {
    opening.troubles.push(
      `Cannot look into ${closed} sealed file${closed === 1 ? "" : "s"} without a Key ID in the name; ` +
        "give the key by --identity FILE, or the passphrase by --passphrase-file FILE",
    );
  }
  const matches = [...contents.matches, ...byReport].sort(newestFirst);
  if (matches.length > 0) return { ...NOTHING, matches };
  const nearMisses = isNamed ? [] : nearKeys(query, folders, contents);
  const passedOver = unreadDocuments(query, folders);
  return {
    ...NOTHING,
    nearMisses,
    mentions: [...mentions, ...byLabel.mentions, ...contents.mentions],
    passedOver,
  };
}

/** Documents in which the key may stand, those that are called so first. Whose name has another Key ID has another key. */
function unreadDocuments(query: FindQuery, folders: readonly Folder[]): readonly string[] {
  const documents = folders.flatMap((folder) =>
    folder.names.flatMap((name) =>
      isUnreadDocument(name) && (query.typed === null || readKeyFileName(name) === null)
        ? [{ path: folder.locate(name), isMeant: comparableName(name).includes(query.name) }]
        : []
    )
  );
  return documents.sort((one, other) =>
    Number(other.isMeant) - Number(one.isMeant) || (one.path < other.path ? -1 : 1)
  ).map(({ path }) => path);
}

const NOTHING: UnnamedResult = { matches: [], nearMisses: [], mentions: [], hosts: [], passedOver: [] };

/** Labels and Key IDs without a secret: so the labels of sealed reports are found too. */
async function askStatus(
  { query, folders }: Unnamed,
  { statusOf }: Opening,
): Promise<{ readonly labelled: readonly Labelled[]; readonly mentions: readonly Mention[] }> {
  const same: Labelled[] = [];
  const part: Labelled[] = [];
  const mentions: Mention[] = [];
  for (const folder of folders) {
    const status = await statusOf(folder);
    if (status === null) continue;
    const known = { host: status.host, path: folder.locate(STATUS_NAME) };
    for (const [keyId, { drive, label }] of status.keys) {
      if (fitKeyId(query, keyId) !== null) mentions.push({ keyId, drive, ...known });
      const name = label === null ? "" : comparableName(label);
      if (name !== query.name && !(query.name.length >= FEWEST_OF_NAME && name.includes(query.name))) {
        continue;
      }
      (name === query.name ? same : part).push({ keyId, folder, status });
    }
  }
  return { labelled: same.length > 0 ? same : part, mentions };
}

interface Labelled extends Owner {
  readonly keyId: string;
}

/** From beside the `status.json`, else from wherever the key lies: a PC may have had another name then. */
async function openLabelled(
  labelled: readonly Labelled[],
  folders: readonly Folder[],
  opening: Opening,
): Promise<KnownKeys> {
  const files = labelled.flatMap(({ keyId, folder }) =>
    keyFilesIn(folder).filter((file) => file.keyId === keyId)
  );
  const beside = new Set(files.map(({ keyId }) => keyId));
  const lacking = new Map(
    labelled.flatMap((one) => beside.has(one.keyId) ? [] : [[one.keyId, one] as const]),
  );
  const elsewhere = await openKnownKeys(lacking, folders, opening);
  const matches = [...await openKeyFiles(files, opening), ...elsewhere.matches].sort(newestFirst);
  return { matches, mentions: elsewhere.mentions };
}

/** Where no `status.json` tells labels, only the reports do. A Key ID stands in their names. */
async function reportsWithoutStatus(
  { query, folders, isNamed }: Unnamed,
  { statusOf }: Opening,
): Promise<readonly KeyFile[]> {
  if (isNamed || (query.hex !== null && query.hex.length >= SHOWN_ON_SCREEN)) return [];
  const reports: KeyFile[] = [];
  for (const folder of folders) {
    if (await statusOf(folder) !== null) continue;
    reports.push(...keyFilesIn(folder).filter(({ isOwn, sealed }) => isOwn && !sealed));
  }
  return reports;
}

function nearKeys(query: FindQuery, folders: readonly Folder[], { others }: Contents): readonly NearKey[] {
  if (query.typed === null) return [];
  const named = folders.flatMap((folder) =>
    folder.names.flatMap((name) => {
      const keyId = readKeyFileName(name)?.keyId;
      return keyId === undefined ? [] : [{ keyId, folder, name }];
    })
  );
  const keyIds = [...named, ...others].map(({ keyId }) => keyId);
  return nearKeyIds(query, keyIds).flatMap((near) => {
    const files = named.filter(({ keyId }) => keyId === near.keyId).flatMap(({ folder, name }) => {
      const file = readKeyFileName(name);
      if (file === null) return [];
      const { drive, date, path, isOwn } = keyFile(folder, name, file);
      return [{ host: isOwn ? folder.name : null, drive, takenAt: date, path }];
    });
    const lists = others.filter(({ keyId }) => keyId === near.keyId)
      .map(({ host, drive, takenAt, path }) => ({ host, drive, takenAt, path }));
    // what is in a file says more than its name
    const byPath = new Map([...files, ...lists].map((one) => [one.path, one]));
    return [...byPath.values()].sort(newestFirst).map((one) => ({ ...near, ...one }));
  });
}
