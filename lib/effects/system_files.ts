import { UserError } from "../errors.ts";
import type { Files, OpenedFile } from "../ports.ts";
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
  return { read, open, walk, write };
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

async function open(path: string): Promise<OpenedFile> {
  const { size, isDirectory, isFile } = await saying("read", path, () => Deno.stat(path));
  return { size: isFile ? size : 0, isFolder: isDirectory, chunks: () => chunks(path) };
}

/** One read of the file system. */
const CHUNK_BYTES = 256 * 1024;

async function* chunks(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  using file = await saying("read", path, () => Deno.open(path));
  while (true) {
    const chunk = new Uint8Array(CHUNK_BYTES);
    const count = await saying("read", path, () => file.read(chunk));
    if (count === null) return;
    yield chunk.subarray(0, count);
  }
}

async function* walk(
  folder: string,
  onTrouble: (path: string, reason: string) => void,
): AsyncGenerator<string, void, undefined> {
  // Real paths of the folders seen: links may lead back up, or to one folder twice.
  const seen = new Set<string>();
  const open = [""];
  for (let relative = open.pop(); relative !== undefined; relative = open.pop()) {
    const path = locate(folder, relative);
    const entries = await attempt(path, onTrouble, async () => {
      const real = await Deno.realPath(path);
      if (seen.has(real)) return [];
      seen.add(real);
      return await Array.fromAsync(Deno.readDir(path));
    });
    const folders: string[] = [];
    for (const entry of (entries ?? []).sort((one, other) => one.name < other.name ? -1 : 1)) {
      const child = relative === "" ? entry.name : `${relative}/${entry.name}`;
      const kind = entry.isSymlink
        ? await attempt(locate(folder, child), onTrouble, () => Deno.stat(locate(folder, child)))
        : entry;
      if (kind?.isFile) yield child;
      if (kind?.isDirectory) folders.push(child);
    }
    open.push(...folders.reverse());
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

async function attempt<T>(
  path: string,
  onTrouble: (path: string, reason: string) => void,
  act: () => Promise<T>,
): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    onTrouble(path, ioReason(error));
    return null;
  }
}

async function saying<T>(action: string, path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new UserError("usage", `Cannot ${action} "${path}": ${ioReason(error)}`, { cause: error });
  }
}
