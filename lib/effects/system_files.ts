import { UserError } from "../errors.ts";
import type { Files, FolderNames, OpenedFile } from "../ports.ts";
import { ioReason } from "./io_reason.ts";
import { below } from "./path_parts.ts";
import { assertSafeName } from "./safe_name.ts";
import { writeNew } from "./write_durably.ts";

/** Key files have kilobytes, exports of a tenant a few megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;
/** More files of one name in one folder than any person makes. */
const MAX_NUMBER = 9999;

/**
 * Opens the files that a person names on the command line.
 *
 * @returns The port. Errors are {@link UserError} `usage` with the path and the reason.
 */
export function systemFiles(): Files {
  return { read, open, walk, walkFolders, write };
}

async function read(path: string): Promise<Uint8Array> {
  return await saying("read", path, async () => {
    using file = await Deno.open(path);
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    let size = 0;
    while (true) {
      const chunk = new Uint8Array(64 * 1024);
      const count = await file.read(chunk);
      if (count === null) return new Uint8Array(await new Blob(chunks).arrayBuffer());
      chunks.push(chunk.subarray(0, count));
      size += count;
      if (size > MAX_BYTES) throw new Error(`it is larger than ${MAX_BYTES / 1024 / 1024} MB`);
    }
  });
}

function open(path: string): Promise<OpenedFile> {
  return Promise.try(look, path);
}

function look(path: string): OpenedFile {
  const info = readingNow(path, () => Deno.statSync(path));
  if (!info.isFile && !info.isDirectory) {
    // to open a pipe that nobody writes to never ends, nor does to read /dev/zero
    throw new UserError("usage", `Cannot read "${path}": it is a pipe or a device, no file`, {
      hint: "what is piped to standard input is read by the name -",
    });
  }
  const size = info.isFile ? info.size : 0;
  return { size, isFolder: info.isDirectory, chunks: () => chunks(path, size) };
}

/** The first read shows what a file is: pictures and programs are read no further. */
const FIRST_BYTES = 64 * 1024;
/** One read of the file system. */
const CHUNK_BYTES = 128 * 1024;

async function* chunks(path: string, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  using file = readingNow(path, () => Deno.openSync(path));
  // a gigabyte in new buffers would be a gigabyte of memory until the next collection
  const buffers = [new Uint8Array(0), new Uint8Array(0)];
  let done = 0;
  for (let part = 0;; part++) {
    // no more than is left, and one byte more to see the end
    const left = size > done ? size - done + 1 : FIRST_BYTES;
    const length = Math.min(left, part === 0 ? FIRST_BYTES : CHUNK_BYTES);
    const known = buffers[part % 2];
    const chunk = known !== undefined && known.length >= length
      ? known.subarray(0, length)
      : new Uint8Array(length);
    // the first is not written over
    if (part > 0) buffers[part % 2] = chunk;
    const count = readingNow(path, () => file.readSync(chunk));
    if (count === null) return;
    done += count;
    yield chunk.subarray(0, count);
    // fewer bytes than there is room for: a file, other than a pipe, ends there
    if (done === size && count < length) return;
  }
}

/** The calls that wait take a fifth of the time of the others, which counts where there are thousands of files. */
function readingNow<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw new UserError("usage", `Cannot read "${path}": ${ioReason(error)}`, { cause: error });
  }
}

async function* walk(folder: string, onTrouble: OnTrouble): AsyncGenerator<string, void, undefined> {
  for await (const { path, names } of walkFolders(folder, onTrouble)) {
    for (const name of names.toSorted()) yield path === "" ? name : `${path}/${name}`;
  }
}

// The calls that wait are many times quicker in a tree of thousands of folders, and nothing else is to be done.
async function* walkFolders(
  folder: string,
  onTrouble: OnTrouble,
): AsyncGenerator<FolderNames, void, undefined> {
  // Real paths of the folders seen: links may lead back up, or to one folder twice.
  const seen = new Set<string>();
  const open: Place[] = [{ path: "", real: null }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const listed = list(folder, place, { seen, onTrouble });
    if (listed === null) continue;
    yield { path: place.path, names: listed.names };
    for (const next of listed.folders.reverse()) open.push(next);
  }
}

type OnTrouble = (path: string, reason: string) => void;

/** A folder to look into. */
interface Place {
  /** Below the walk's root, with `/`. */
  readonly path: string;
  /** Its real path; `null` where a link led here, which has yet to be followed. */
  readonly real: string | null;
}

interface Walked {
  readonly seen: Set<string>;
  readonly onTrouble: OnTrouble;
}

/** @returns `null` when it was seen before or cannot be listed. */
function list(
  root: string,
  place: Place,
  { seen, onTrouble }: Walked,
): { readonly names: string[]; readonly folders: Place[] } | null {
  const path = locate(root, place.path);
  const names: string[] = [];
  const folders: string[] = [];
  const links: string[] = [];
  let real: string;
  try {
    // Below a real folder, what is no link is real too, and asking for each would take as long as listing it.
    real = place.real ?? Deno.realPathSync(path);
    if (seen.has(real)) return null;
    seen.add(real);
    for (const { name, isFile, isDirectory, isSymlink } of Deno.readDirSync(path)) {
      if (isFile) names.push(name);
      else if (isDirectory) folders.push(name);
      else if (isSymlink) links.push(name);
    }
  } catch (error) {
    onTrouble(path, error instanceof Deno.errors.NotADirectory ? "it is no folder" : ioReason(error));
    return null;
  }
  const child = (name: string): string => place.path === "" ? name : `${place.path}/${name}`;
  const linked = new Set<string>();
  for (const name of links.sort()) {
    const kind = kindOf(locate(root, child(name)), onTrouble);
    if (kind?.isFile) names.push(name);
    if (kind?.isDirectory) linked.add(name);
  }
  return {
    names,
    folders: [...folders, ...linked].sort().map((name) => ({
      path: child(name),
      real: linked.has(name) ? null : below(real, name),
    })),
  };
}

/** Of what a link leads to. */
function kindOf(path: string, onTrouble: OnTrouble): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (error) {
    onTrouble(path, ioReason(error));
    return null;
  }
}

async function write(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  return await saying("write", below(folder, name), async () => {
    assertSafeName(name);
    await Deno.mkdir(folder, { recursive: true });
    for (let number = 1; number <= MAX_NUMBER; number++) {
      const path = below(folder, numbered(name, number));
      if (await wrote(path, bytes)) return path;
    }
    throw new Error("there are too many files of that name");
  });
}

/** @returns Whether the name was free. What could not be written to its end is taken away again. */
async function wrote(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    // It may hold digits: for the one who asked for it alone.
    await writeNew(path, bytes, { mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    // Nothing is there when the file could not even be made.
    await Deno.remove(path).catch(() => {});
    throw error;
  }
}

/** `a.TXT.age`, 2 → `a (2).TXT.age`: before the ending, with which the sealed form belongs together. */
function numbered(name: string, number: number): string {
  if (number === 1) return name;
  const ending = /(?:\.[A-Za-z0-9]{1,8})?(?:\.age)?$/i.exec(name)?.[0] ?? "";
  return `${name.slice(0, name.length - ending.length)} (${number})${ending}`;
}

function locate(folder: string, relative: string): string {
  return relative === "" ? folder : below(folder, ...relative.split("/"));
}

async function saying<T>(action: string, path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new UserError("usage", `Cannot ${action} "${path}": ${ioReason(error)}`, { cause: error });
  }
}
