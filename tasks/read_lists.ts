/** Reads lists of recovery keys, of any kind and number, and leaves their digits behind. */

import { isSealed } from "../lib/core/age_header.ts";
import { decodeText } from "../lib/core/decode_text.ts";
import { fingerprintOf } from "../lib/core/fingerprint.ts";
import type { ImportKind, Refusal } from "../lib/core/import/model.ts";
import { MAX_DOCUMENT_BYTES } from "../lib/core/parse_json.ts";
import { graphDevices, hasMorePages } from "../lib/core/reconcile/graph_devices.ts";
import { type ListKind, listKind } from "../lib/core/reconcile/list_kind.ts";
import type { ListedKey } from "../lib/core/reconcile/model.ts";
import { type OwnDocument, readOwnDocument } from "../lib/core/reconcile/own_documents.ts";
import { parseReportName } from "../lib/core/report_names.ts";
import { UserError } from "../lib/errors.ts";
import type { SealSecrets } from "../lib/ports.ts";
import { importChunks, type ImportedFile, importFile, type PassedOver } from "./import_file.ts";
import type { Deps } from "./task.ts";

/** A file, and how much it shows. */
export interface ReadList {
  /** As it was named, or `-`. */
  readonly path: string;
  /** As the import calls it. */
  readonly kind: ImportKind;
  /** How a missing key is added to it. */
  readonly list: ListKind;
  /** How many keys it shows. */
  readonly keys: number;
  /** What looks like digits of a key and is none. */
  readonly refused: readonly Refusal[];
}

/** All that the files show. */
export interface ReadLists {
  /** Those that have to do with keys, and all that were named. */
  readonly files: readonly ReadList[];
  /** Without digits. */
  readonly listed: readonly ListedKey[];
  /** Documents of Spare Key that tie keys to PCs. */
  readonly documents: readonly OwnDocument[];
  /** What could not be read, as sentences. */
  readonly troubles: readonly string[];
}

/** Files and folders, and what opens sealed ones. */
export interface ListPlaces {
  /** FILE…, FOLDER… or `-`. */
  readonly paths: readonly string[];
  /** None where sealed files are to be known by their names alone. */
  readonly secrets: SealSecrets;
}

interface Reading extends Pick<ListPlaces, "secrets"> {
  readonly deps: Deps;
  readonly files: ReadList[];
  readonly listed: ListedKey[];
  readonly documents: OwnDocument[];
  readonly troubles: string[];
}

/**
 * Reads files and folders.
 *
 * @param places Where.
 * @param deps The world.
 * @returns What they show; one file that cannot be read does not stop the rest.
 */
export async function readLists({ paths, secrets }: ListPlaces, deps: Deps): Promise<ReadLists> {
  const reading: Reading = { secrets, deps, files: [], listed: [], documents: [], troubles: [] };
  for (const path of new Set(paths)) {
    if (path !== "-" && await isFolder(path, deps)) await readFolder(path, reading);
    else await readOne({ path, isNamed: true }, reading);
  }
  if (reading.files.length === 0 && reading.troubles.length === 0) {
    reading.troubles.push("Cannot find a list of keys in what was given: a status.json is none");
  }
  return reading;
}

/** What cannot be looked at is taken as a file, and told when it is opened. */
async function isFolder(path: string, { files }: Deps): Promise<boolean> {
  try {
    return (await files.open(path)).isFolder;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return false;
  }
}

async function readFolder(folder: string, reading: Reading): Promise<void> {
  const { deps, troubles } = reading;
  const onTrouble = (where: string, why: string): void =>
    void troubles.push(`Cannot look into "${where}": ${why}`);
  const count = (): number => reading.files.length + reading.documents.length + troubles.length;
  const before = count();
  for await (const name of deps.files.walk(folder, onTrouble)) {
    await readOne({ path: deps.below(folder, ...name.split("/")), isNamed: false }, reading);
  }
  if (count() === before) {
    troubles.push(`Cannot find a key in "${folder}": no file in it shows one`);
  }
}

interface Place {
  readonly path: string;
  /** By the person, not found in a folder. */
  readonly isNamed: boolean;
}

async function readOne({ path, isNamed }: Place, reading: Reading): Promise<void> {
  const { secrets, deps, troubles } = reading;
  try {
    const input = path === "-" ? new KeptChunks(deps.inputChunks()) : null;
    const found = input === null
      ? await importFile(path, secrets, deps)
      : await importChunks(path, input.chunks(), { secrets, deps });
    if ("reason" in found) passOver(found, isNamed, troubles);
    else await take(found, { isNamed, json: await jsonOf(found, input, deps) }, reading);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const isTaken = await isSealedFile(path, deps) && takeByName(path, reading);
    const isClosed = secrets.identities.length === 0 && secrets.passphrase === null;
    if (!isTaken || !isClosed) {
      troubles.push(error.hint === null ? error.message : `${error.message}; ${error.hint}`);
    }
  }
}

/** What cannot be read, or is not there at all, shows no key, whatever its name says. */
async function isSealedFile(path: string, { files }: Deps): Promise<boolean> {
  try {
    for await (const chunk of (await files.open(path)).chunks()) return isSealed(chunk);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  return false;
}

function passOver({ path, reason, isHarmless }: PassedOver, isNamed: boolean, troubles: string[]): void {
  if (isNamed || !isHarmless) troubles.push(`Cannot read "${path}": ${reason}`);
}

interface Taken {
  readonly isNamed: boolean;
  /** The whole of it, where it is a JSON document; else `null`. */
  readonly json: unknown;
}

async function take(file: ImportedFile, { isNamed, json }: Taken, reading: Reading): Promise<void> {
  const { path, kind, keys, details, refused } = file;
  const document = readOwnDocument(json, path);
  const devices = graphDevices(json);
  if (hasMorePages(json)) {
    reading.troubles.push(
      `Cannot read all of the list in "${path}": it is one page of several, @odata.nextLink leads to the next`,
    );
  }
  if (document !== null) reading.documents.push(document);
  const isEmpty = keys.length === 0 && refused.length === 0;
  // in a folder, what has nothing to do with keys is not worth a word
  if (isEmpty && (document !== null || (!isNamed && kind === "none"))) return;
  if (isEmpty && isNamed && (kind === "none" || kind === "error")) {
    reading.troubles.push(`Cannot find a key in "${path}": it shows neither Key IDs nor digits of keys`);
  }
  reading.files.push({ path, kind, list: listKind(file), keys: keys.length, refused });
  for (const [at, { keyId, recoveryPassword, drive }] of keys.entries()) {
    const detail = details[at];
    reading.listed.push({
      path,
      kind,
      keyId,
      fingerprint: recoveryPassword === null ? null : await fingerprintOf(recoveryPassword),
      drive,
      line: detail?.line ?? null,
      host: detail?.host ?? document?.host ?? null,
      device: devices.get(keyId ?? "") ?? null,
      date: detail?.date ?? null,
    });
  }
}

/** Pieces of standard input, which can be read but once, kept as long as they may be a JSON document. */
class KeptChunks {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #kept: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source;
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of this.#source) {
      this.#size += chunk.length;
      if (this.#size > MAX_DOCUMENT_BYTES) this.#kept.length = 0;
      else this.#kept.push(chunk.slice());
      yield chunk;
    }
  }

  async bytes(): Promise<Uint8Array> {
    return new Uint8Array(await new Blob(this.#size > MAX_DOCUMENT_BYTES ? [] : this.#kept).arrayBuffer());
  }
}

/** The import looks for keys; whose they are by machine ID or device, only the whole document tells. */
async function jsonOf(
  { path, sealed, kind }: ImportedFile,
  input: KeptChunks | null,
  deps: Deps,
): Promise<unknown> {
  if (sealed || (input === null && kind !== "entra" && !/\.json$/i.test(path))) return null;
  if (input === null && (await deps.files.open(path)).size > MAX_DOCUMENT_BYTES) return null;
  try {
    return JSON.parse(decodeText(input === null ? await deps.files.read(path) : await input.bytes()));
  } catch (error) {
    if (error instanceof UserError) throw error;
    return null; // a list of another kind, which the import has read
  }
}

/** A sealed report tells PC, drive, date and Key ID by where it lies and how it is called. */
function takeByName(path: string, { listed, files }: Reading): boolean {
  const parts = path.split(/[\\/]/);
  const name = parseReportName(parts.at(-1) ?? "");
  if (name?.sealed !== true || name.keyId === null) return false;
  const { keyId, drive, date } = name;
  files.push({ path, kind: "backup-txt", list: "other", keys: 1, refused: [] });
  listed.push({
    path,
    kind: "backup-txt",
    line: null,
    keyId: keyId.toUpperCase(),
    fingerprint: null,
    drive,
    host: parts.at(-2) ?? null,
    device: null,
    date,
  });
  return true;
}
