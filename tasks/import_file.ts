/** Reads one file of any size for keys: what `import` and others that take old lists share. */

import { decodeBytes, detectEncoding, pieceDecoder } from "../lib/core/import/decode_file.ts";
import { importText } from "../lib/core/import/import_text.ts";
import { joinTexts } from "../lib/core/import/join_texts.ts";
import type { ImportedText } from "../lib/core/import/model.ts";
import { normalizeText } from "../lib/core/import/normalize_text.ts";
import { type TableForm, tableForm } from "../lib/core/import/read_csv.ts";
import { isWorthReading, partObjects, type TextSlice, TextSlicer } from "../lib/core/import/slice_text.ts";
import { messageOf, UserError } from "../lib/errors.ts";
import type { SealSecrets } from "../lib/ports.ts";
import type { Deps } from "./task.ts";

/** A file, and what it holds. */
export interface ImportedFile extends ImportedText {
  readonly path: string;
  /** As it was read. */
  readonly encoding: string;
  /** Whether it had to be opened first. */
  readonly sealed: boolean;
}

/** A file that holds no text that could be read. */
export interface PassedOver {
  readonly path: string;
  readonly reason: string;
  /** Nothing is wrong with it: a picture, a program. */
  readonly isHarmless: boolean;
}

/** Read at once, so that all of it is understood together; larger ones come in parts. */
const WHOLE_BYTES = 2 * 1024 * 1024;
/** No export of keys comes near. */
const MAX_BYTES = 4 * 1024 * 1024 * 1024;
const MAX_SEALED_BYTES = 64 * 1024 * 1024;

/** age's binary and armored beginnings. */
const SEALED = /^\s*(?:age-encryption\.org\/v1|-----BEGIN AGE ENCRYPTED FILE-----)/;

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
  const { size, chunks } = await deps.files.open(path);
  if (size > MAX_BYTES) {
    return { path, reason: `it is ${sayGigabytes(size)} GB long, at most 4 GB are read`, isHarmless: false };
  }
  return await importChunks(path, chunks(), { secrets, deps });
}

function sayGigabytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}

async function importBytes(
  path: string,
  bytes: Uint8Array,
  context: ImportContext,
): Promise<ImportedFile | PassedOver> {
  return await importChunks(path, piecesOf(bytes), context);
}

/** What opens sealed files. */
export interface ImportContext {
  readonly secrets: SealSecrets;
  readonly deps: Deps;
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += WHOLE_BYTES) {
    yield await Promise.resolve(bytes.subarray(at, at + WHOLE_BYTES));
  }
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
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const { bytes, isWhole } = await gather(iterator, WHOLE_BYTES);
    if (SEALED.test(new TextDecoder().decode(bytes.subarray(0, 200)))) {
      return await importSealed(path, { bytes, isWhole, iterator }, context);
    }
    const encoding = detectEncoding(bytes);
    if (encoding === null) return { path, reason: "it is no text", isHarmless: true };
    const text = isWhole
      ? importText(decodeBytes(bytes, encoding))
      : await importInParts(bytes, { encoding, iterator });
    return { path, encoding, sealed: false, ...text };
  } finally {
    await iterator.return?.();
  }
}

async function gather(
  iterator: AsyncIterator<Uint8Array>,
  limit: number,
): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
  const parts: Uint8Array[] = [];
  let size = 0;
  let isWhole = false;
  while (size <= limit) {
    const next = await iterator.next();
    if (next.done === true) {
      isWhole = true;
      break;
    }
    parts.push(next.value);
    size += next.value.length;
    // pictures and programs are known by their first bytes
    if (parts.length === 1 && detectEncoding(next.value) === null) break;
  }
  return { bytes: joined(parts, size), isWhole };
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

interface SealedStart {
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
  readonly iterator: AsyncIterator<Uint8Array>;
}

async function importSealed(
  path: string,
  { bytes, isWhole, iterator }: SealedStart,
  { secrets, deps }: ImportContext,
): Promise<ImportedFile | PassedOver> {
  if (secrets.identities.length === 0 && secrets.passphrase === null) {
    throw new UserError("usage", `Cannot open "${path}": it is sealed`, {
      hint: "give the key by --identity FILE, or the passphrase by --passphrase-file FILE",
    });
  }
  const rest = isWhole ? null : await gather(iterator, MAX_SEALED_BYTES);
  if (rest?.isWhole === false) {
    return { path, reason: "it is sealed and larger than 64 MB", isHarmless: false };
  }
  const sealed = rest === null ? bytes : joined([bytes, rest.bytes], bytes.length + rest.bytes.length);
  let plain: Uint8Array;
  try {
    plain = await deps.opener.open(sealed, secrets);
  } catch (error) {
    throw new UserError("usage", `Cannot open "${path}": ${messageOf(error)}`);
  }
  const none: SealSecrets = { identities: [], passphrase: null };
  const found = await importBytes(path, plain, { secrets: none, deps });
  return "reason" in found ? found : { ...found, sealed: true };
}

interface Rest {
  readonly encoding: string;
  readonly iterator: AsyncIterator<Uint8Array>;
}

/** Reads part by part: no more than a few megabytes are in memory at a time. */
async function importInParts(first: Uint8Array, { encoding, iterator }: Rest): Promise<ImportedText> {
  const decode = pieceDecoder(encoding);
  const slicer = new TextSlicer();
  const texts: ImportedText[] = [];
  let form: TableForm | null = null;
  let isFirst = true;
  const read = ({ text, line }: TextSlice): void => {
    const worth = isFirst || isWorthReading(text);
    const plain = worth ? normalizeText(text) : "";
    if (isFirst) form = tableForm(plain);
    const table = form === null || isFirst ? null : { form, line };
    isFirst = false;
    if (!worth) return;
    const found = table === null ? importText(partObjects(plain)) : importText(plain, { table });
    texts.push(withLines(found, table === null ? line - 1 : 0));
  };
  for (const slice of slicer.push(decode(first, false))) read(slice);
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    for (const slice of slicer.push(decode(next.value, false))) read(slice);
  }
  for (const slice of slicer.push(decode(new Uint8Array(), true))) read(slice);
  read(slicer.end());
  return joinTexts(texts);
}

function withLines(text: ImportedText, offset: number): ImportedText {
  const moved = <T extends { readonly line: number | null }>(one: T): T => ({
    ...one,
    line: one.line === null ? null : one.line + offset,
  });
  return { ...text, details: text.details.map(moved), refused: text.refused.map(moved) };
}
