/** Reads one file of any size for keys: what `import` and others that take old lists share. */

import { isSealed, wantsPassphrase } from "../lib/core/age_header.ts";
import { decodeBytes, detectEncoding, SAMPLE } from "../lib/core/import/decode_file.ts";
import { importText } from "../lib/core/import/import_text.ts";
import { gather, type Gathered, piecesOf } from "../lib/core/import/gather_bytes.ts";
import { copyOf, type FoundText, MOST_FOUND_BYTES, TextJoiner } from "../lib/core/import/join_texts.ts";
import type { ImportedText } from "../lib/core/import/model.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { type TableForm, tableForm } from "../lib/core/import/read_csv.ts";
import { mayMatter } from "../lib/core/import/screen_file.ts";
import { isWorthReading, partObjects, type TextSlice } from "../lib/core/import/slice_text.ts";
import { codesOf, TextParts } from "../lib/core/import/text_parts.ts";
import { messageOf, UserError } from "../lib/errors.ts";
import type { SealSecrets } from "../lib/ports.ts";
import type { Deps } from "./task.ts";

/** What is known of a file beside what it holds. */
export interface FileFacts {
  readonly path: string;
  /** As it was read. */
  readonly encoding: string;
  /** Whether it had to be opened first. */
  readonly sealed: boolean;
}

/** A file, and what it holds. */
export interface ImportedFile extends ImportedText, FileFacts {}

/** The same of a file with any number of keys. */
export interface FoundFile extends FoundText, FileFacts {}

/** A file that holds no text that could be read. */
export interface PassedOver {
  readonly path: string;
  readonly reason: string;
  /** Nothing is wrong with it: a picture, a program. */
  readonly isHarmless: boolean;
}

/** How to read. */
export interface ImportContext {
  readonly secrets: SealSecrets;
  readonly deps: Deps;
  /** Asked when a file is sealed with a passphrase and none is known; `null` when nobody can be asked. */
  readonly askPassphrase?: () => Promise<string | null>;
  /** Whether a file that has nothing to do with keys may be called `none` at a glance. @default {false} */
  readonly isGlance?: boolean;
  /** In bytes, where it is known. @default {0} */
  readonly size?: number;
}

/** Read at once, so that all of it is understood together; larger ones come in parts. */
const WHOLE_BYTES = 2 * 1024 * 1024;
/** No export of keys comes near. */
const MAX_GIGABYTES = 4;
const MAX_BYTES = MAX_GIGABYTES * 1024 ** 3;
const TOO_MANY =
  "it holds more keys and Key IDs than are read of one file, about two million: cut it into smaller files";
const MAX_SEALED_BYTES = 64 * 1024 * 1024;

/**
 * Reads a file.
 *
 * @param path Its path, as it is to be named.
 * @param secrets What opens sealed files.
 * @param deps To read it.
 * @returns What it holds, or why it was passed over.
 * @throws {UserError} When it cannot be read or opened.
 */
export async function importFile(
  path: string,
  secrets: SealSecrets,
  deps: Deps,
): Promise<ImportedFile | PassedOver> {
  return withLists(await findInFile(path, { secrets, deps }));
}

/**
 * Reads pieces that come one after the other, such as standard input.
 *
 * @param path How they are to be named.
 * @param chunks All of them.
 * @param context Secrets, and what opens sealed files.
 * @returns What they hold, or why they were passed over.
 */
export async function importChunks(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  context: ImportContext,
): Promise<ImportedFile | PassedOver> {
  return withLists(await findInChunks(path, chunks, context));
}

function withLists(found: FoundFile | PassedOver): ImportedFile | PassedOver {
  if ("reason" in found) return found;
  const { entries, otherProtectors, volumes, refused, ...rest } = found;
  const all = [...entries()];
  return {
    ...rest,
    keys: all.map(({ key }) => key),
    details: all.map(({ detail }) => detail),
    otherProtectors: [...otherProtectors],
    volumes: [...volumes],
    refused: [...refused],
  };
}

/**
 * Reads a file of which each key is wanted once, however many there are.
 *
 * @param path Its path, as it is to be named.
 * @param context How.
 * @returns What it holds, or why it was passed over.
 * @throws {UserError} When it cannot be read or opened.
 */
export async function findInFile(path: string, context: ImportContext): Promise<FoundFile | PassedOver> {
  const { size, chunks } = await context.deps.files.open(path);
  if (size > MAX_BYTES) {
    const reason = `it is ${(size / 1024 ** 3).toFixed(1)} GB long, at most ${MAX_GIGABYTES} GB are read`;
    return { path, reason, isHarmless: false };
  }
  return await findInChunks(path, chunks(), { ...context, size });
}

/**
 * Reads pieces as {@link findInFile} reads a file.
 *
 * @param path How they are to be named.
 * @param chunks All of them.
 * @param context How.
 * @returns What they hold, or why they were passed over.
 * @throws {UserError} When they cannot be opened.
 */
export async function findInChunks(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  context: ImportContext,
): Promise<FoundFile | PassedOver> {
  const pieces = chunks[Symbol.asyncIterator]();
  try {
    const head = await gather(pieces, SAMPLE);
    if (isSealed(head.bytes)) {
      return await findInSealed(path, { ...head, pieces }, context);
    }
    const encoding = detectEncoding(head.bytes);
    if (encoding === null) return { path, reason: "it is no text", isHarmless: true };
    const facts: FileFacts = { path, encoding, sealed: false };
    const isLarge = (context.size ?? 0) > WHOLE_BYTES;
    const { bytes, isWhole } = head.isWhole || isLarge ? head : await gather(pieces, WHOLE_BYTES, head.bytes);
    if (isWhole) return { ...facts, ...wholeText(bytes, encoding, context) };
    const isEmptyHead = !mayHold(head.bytes, encoding, context);
    const text = await partsOf(bytes, { encoding, pieces, isEmptyHead });
    return typeof text === "string" ? { path, reason: text, isHarmless: false } : { ...facts, ...text };
  } finally {
    await pieces.return?.();
  }
}

const NOTHING: FoundText = {
  kind: "none",
  entries: () => [],
  otherProtectors: [],
  volumes: [],
  refused: [],
  columns: [],
};

/** @returns `false` when a glance tells that nothing is there. */
function mayHold(bytes: Uint8Array, encoding: string, { isGlance }: ImportContext): boolean {
  const codes = isGlance === true ? codesOf(bytes, encoding) : null;
  return codes === null || mayMatter(codes);
}

function wholeText(bytes: Uint8Array, encoding: string, context: ImportContext): FoundText {
  if (!mayHold(bytes, encoding, context)) return NOTHING;
  const { keys, details, ...rest } = copyOf(importText(decodeBytes(bytes, encoding)));
  const all = keys.flatMap((key, at) => {
    const detail = details[at];
    return detail === undefined ? [] : [{ key, detail }];
  });
  return { ...rest, entries: () => all };
}

interface Rest {
  readonly encoding: string;
  readonly pieces: AsyncIterator<Uint8Array>;
  /** Whether nothing is in the beginning, no head of a table either. */
  readonly isEmptyHead: boolean;
}

/** Reads part by part: no more than a few megabytes are in memory at a time. @returns Why not, when there are too many. */
async function partsOf(
  first: Uint8Array,
  { encoding, pieces, isEmptyHead }: Rest,
): Promise<FoundText | string> {
  const parts = new TextParts(encoding, { passesHead: !isEmptyHead });
  const joiner = new TextJoiner(newSeed());
  let form: TableForm | null = null;
  let isFirst = !isEmptyHead;
  const read = ({ text, line }: TextSlice): void => {
    const worth = isFirst || isWorthReading(text);
    const plain = worth ? normalizeText(text) : "";
    if (isFirst) form = tableForm(plain);
    const table = form === null || isFirst ? null : { form, line };
    isFirst = false;
    if (!worth) return;
    if (table === null) joiner.add(importText(partObjects(plain)), line);
    // its lines are counted from the table's beginning already
    else joiner.add(importText(plain, { table }), 1);
  };
  let size = first.length;
  for (const slice of parts.push(first)) read(slice);
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    size += next.value.length;
    if (size > MAX_BYTES) return `it is longer than ${MAX_GIGABYTES} GB`;
    if (joiner.bytes > MOST_FOUND_BYTES) return TOO_MANY;
    for (const slice of parts.push(next.value)) read(slice);
  }
  for (const slice of parts.end()) read(slice);
  return joiner.end();
}

interface SealedStart extends Gathered {
  readonly pieces: AsyncIterator<Uint8Array>;
}

async function findInSealed(
  path: string,
  { bytes, isWhole, pieces }: SealedStart,
  context: ImportContext,
): Promise<FoundFile | PassedOver> {
  const { deps } = context;
  const secrets = await secretsFor(bytes, context);
  if (secrets.identities.length === 0 && secrets.passphrase === null) {
    throw new UserError("usage", `Cannot open "${path}": it is sealed`, {
      hint: "give the key by --identity FILE, or the passphrase by --passphrase-file FILE",
    });
  }
  const all = isWhole ? { bytes, isWhole } : await gather(pieces, MAX_SEALED_BYTES, bytes);
  if (!all.isWhole) return { path, reason: "it is sealed and larger than 64 MB", isHarmless: false };
  let plain: Uint8Array;
  try {
    plain = await deps.opener.open(all.bytes, secrets);
  } catch (error) {
    throw new UserError("usage", `Cannot open "${path}": ${messageOf(error)}`);
  }
  const none: SealSecrets = { identities: [], passphrase: null };
  const found = await findInChunks(path, piecesOf(plain, WHOLE_BYTES), { secrets: none, deps });
  return "reason" in found ? found : { ...found, sealed: true };
}

/** @returns What is known, and the passphrase when this file needs one and a person knows it. */
async function secretsFor(
  head: Uint8Array,
  { secrets, askPassphrase }: ImportContext,
): Promise<SealSecrets> {
  if (secrets.passphrase !== null || askPassphrase === undefined || !wantsPassphrase(head)) return secrets;
  return { ...secrets, passphrase: await askPassphrase() };
}

/**
 * Chooses the hashes of a run, so that nobody can make a file of keys that all have one hash.
 *
 * @returns A whole number below 2^32. What is found does not depend on it.
 */
export function newSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
