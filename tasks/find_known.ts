/** What every `status.json` of the search says of keys: those of a PC that lie elsewhere, and how they stand now. */

import { parseReportName } from "../lib/core/report_names.ts";
import { readKeyFileName } from "../lib/core/find/key_file_name.ts";
import type { FoundKey, Mention } from "../lib/core/find/model.ts";
import { instantOf } from "../lib/core/find/newest_first.ts";
import { readQuery } from "../lib/core/find/read_query.ts";
import type { PcStatus } from "../lib/core/find/read_status.ts";
import {
  canOpen,
  type Folder,
  type KeyFile,
  keyFile,
  keyFilesIn,
  type Opening,
  openKeyFiles,
  STATUS_NAME,
} from "./find_reports.ts";

/** So many are read in no time, from a share too; an organisation's search goes by the one beside the report. */
const MOST_STATUS = 100;

/** Where keys are, and what is left. */
export interface KnownKeys {
  readonly matches: readonly FoundKey[];
  /** Present keys of the PC whose digits lie nowhere here. */
  readonly mentions: readonly Mention[];
}

/** A PC that says that it has, or had, a key. */
export interface Owner {
  readonly folder: Folder;
  readonly status: PcStatus;
}

/**
 * Finds those keys of PCs whose reports are not in the PC's own folder: after a PC got another name, they stay in the
 * folder of the old one.
 *
 * @param asked Folders of the PCs.
 * @param folders All folders.
 * @param opening Secrets and readers; what could not be read is added to its troubles.
 * @returns Keys under the PC's name of today.
 */
export async function keysElsewhere(
  asked: readonly Folder[],
  folders: readonly Folder[],
  opening: Opening,
): Promise<KnownKeys> {
  const owners = new Map<string, Owner>();
  for (const folder of asked) {
    const status = await opening.statusOf(folder);
    if (status === null) continue;
    const beside = new Set(keyFilesIn(folder).flatMap(({ isOwn, keyId }) => isOwn ? [keyId] : []));
    for (const keyId of status.keys.keys()) if (!beside.has(keyId)) owners.set(keyId, { folder, status });
  }
  return await openKnownKeys(owners, folders, opening);
}

/**
 * Opens keys that PCs name: by the name of a report, wherever it lies, else from the PC's own sheets.
 *
 * @param owners By Key ID: upper case, no braces.
 * @param folders All folders.
 * @param opening Secrets and readers; what could not be read is added to its troubles.
 * @returns Keys under the PC's name of today.
 */
export async function openKnownKeys(
  owners: ReadonlyMap<string, Owner>,
  folders: readonly Folder[],
  opening: Opening,
): Promise<KnownKeys> {
  if (owners.size === 0) return { matches: [], mentions: [] };
  const inFiles = await openKeyFiles(filesOfKeys(owners, folders), opening);
  const withDigits = new Set(
    inFiles.flatMap(({ keyId, recoveryPassword }) => recoveryPassword === null ? [] : [keyId]),
  );
  const lacking = new Map([...owners].filter(([keyId]) => !withDigits.has(keyId)));
  const onSheets = await keysOnSheets(lacking, opening);
  const matches = [...inFiles, ...onSheets].map((key) => ({
    ...key,
    host: owners.get(key.keyId)?.status.host ?? key.host,
  }));
  const found = new Set(matches.map(({ keyId }) => keyId));
  const mentions = [...lacking].flatMap(([keyId, { folder, status }]) => {
    const known = status.keys.get(keyId);
    return known?.current !== true || found.has(keyId)
      ? []
      : [{ keyId, host: status.host, drive: known.drive, path: folder.locate(STATUS_NAME) }];
  });
  return { matches, mentions };
}

function filesOfKeys(
  keyIds: ReadonlyMap<string, unknown>,
  folders: readonly Folder[],
): readonly KeyFile[] {
  return folders.flatMap((folder) =>
    folder.names.flatMap((name) => {
      const file = readKeyFileName(name);
      return file === null || !keyIds.has(file.keyId) ? [] : [keyFile(folder, name, file)];
    })
  );
}

/** Each sheet of these PCs is read once. */
async function keysOnSheets(
  lacking: ReadonlyMap<string, Owner>,
  opening: Opening,
): Promise<readonly FoundKey[]> {
  const keys: FoundKey[] = [];
  for (const { folder, status } of new Map([...lacking.values()].map((one) => [one.folder, one])).values()) {
    const sheets = folder.names.toSorted().flatMap((name) => {
      const sheet = parseReportName(name);
      return sheet?.kind !== "sheet" || (sheet.sealed && !canOpen(opening.secrets)) ? [] : [{
        ...{ path: folder.locate(name), name: "", folder, isSheet: true, isBesideReports: false },
        date: sheet.date,
      }];
    });
    if (sheets.length === 0 || status.host === null) continue;
    const { readContents } = await import("./find_contents.ts");
    const { matches } = await readContents(sheets, readQuery(status.host), opening);
    keys.push(...matches.filter(({ keyId }) => lacking.has(keyId)));
  }
  return keys;
}

/**
 * Tells of keys how they stand by the newest `status.json` of all: the one beside a report may be from before its PC
 * got another name, or lie on a stick that was put away.
 *
 * @param keys As found.
 * @param folders All folders.
 * @param opening To read.
 * @returns The same keys.
 */
export async function withNewestState(
  keys: readonly FoundKey[],
  folders: readonly Folder[],
  { statusOf }: Opening,
): Promise<readonly FoundKey[]> {
  const places = keys.length === 0 ? [] : folders.filter(({ names }) => names.includes(STATUS_NAME));
  if (places.length > MOST_STATUS) return keys;
  const all = (await Promise.all(places.map((folder) => statusOf(folder)))).filter((one) => one !== null);
  return keys.map((key) => ({ ...key, ...newestState(key.keyId, all) }));
}

/** @returns Nothing where no document tells of the key. */
function newestState(
  keyId: string,
  all: readonly PcStatus[],
): Partial<Pick<FoundKey, "current" | "statusAt">> {
  const told = all.flatMap((status) => {
    const known = status.keys.get(keyId);
    return known === undefined ? [] : [{ ...known, machineId: status.machineId, at: instantOf(status.at) }];
  });
  // of the same moment the one that says more
  const [newest] = told.sort((one, other) =>
    one.at === other.at ? Number(other.current) - Number(one.current) : one.at > other.at ? -1 : 1
  );
  if (newest === undefined) return {};
  const { machineId, current, at, seenAt } = newest;
  // a PC that wrote later and does not know the key, after its ledger was lost, says that it is not sure to be current
  const isForgotten = machineId !== null &&
    all.some((one) => one.machineId === machineId && instantOf(one.at) > at);
  return current && isForgotten ? { current: null, statusAt: null } : { current, statusAt: seenAt };
}
