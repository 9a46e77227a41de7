/** Packages of npm that are no imports: fetched by npm, held to the integrity that is written here. */

import { ROOT } from "../repository.ts";

/** One version of one package. */
export interface NpmPackage {
  readonly name: string;
  readonly version: string;
  /** As npm's lock files state it: `sha512-` and base64. */
  readonly integrity: string;
}

/** For tests. */
export interface FetchOptions {
  /** Where packages are kept. @default `.cache/npm` of the repository */
  readonly cache?: string;
  /** Puts the package's `.tgz` into a folder. @default npm */
  readonly pack?: (wanted: NpmPackage, folder: string) => Promise<void>;
}

/**
 * Fetches a package, once.
 *
 * @param wanted Which.
 * @param options For tests.
 * @returns The `.tgz`.
 * @throws {Error} When npm is missing or fails, or when what it brought has another hash.
 */
export async function fetchPackage(
  wanted: NpmPackage,
  { cache = `${ROOT}.cache/npm`, pack = npmPack }: FetchOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const name = `${wanted.name.replace(/^@/, "").replace("/", "-")}-${wanted.version}.tgz`;
  const kept = await readIfThere(`${cache}/${name}`);
  if (kept !== null && await integrityOf(kept) === wanted.integrity) return kept;
  await Deno.mkdir(cache, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: cache });
  try {
    await pack(wanted, folder);
    const bytes = await Deno.readFile(`${folder}/${name}`);
    const found = await integrityOf(bytes);
    if (found !== wanted.integrity) {
      throw new Error(`Cannot use "${name}": its integrity is ${found}, not ${wanted.integrity}`);
    }
    await Deno.rename(`${folder}/${name}`, `${cache}/${name}`);
    return bytes;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function npmPack({ name, version }: NpmPackage, folder: string): Promise<void> {
  const npm = Deno.build.os === "windows" ? "npm.cmd" : "npm";
  const args = ["pack", "--silent", "--pack-destination", folder, `${name}@${version}`];
  try {
    const { success, stderr } = await new Deno.Command(npm, { args, stdin: "null" }).output();
    if (!success) {
      throw new Error(`Cannot fetch "${name}@${version}": ${new TextDecoder().decode(stderr).trim()}`);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot fetch "${name}@${version}": npm is missing, install Node`, { cause: error });
  }
}

async function readIfThere(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/**
 * Gives the integrity of some bytes.
 *
 * @param bytes Any.
 * @returns `sha512-` and base64.
 */
export async function integrityOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return `sha512-${new Uint8Array(await crypto.subtle.digest("SHA-512", bytes)).toBase64()}`;
}

/** A header of tar has this many bytes, and files are filled up to a multiple of it. */
const BLOCK = 512;

/**
 * Takes a file out of a `.tgz`.
 *
 * @param packed Tar, by gzip.
 * @param path Of the file, as the archive names it.
 * @returns Its bytes.
 * @throws {Error} When there is none of that name.
 */
export async function unpackFile(
  packed: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const tar = new Uint8Array(await new Response(stream).arrayBuffer());
  // POSIX ustar: name at 0 (100 bytes), size at 124 (12 octal digits)
  const text = (at: number, length: number): string =>
    new TextDecoder().decode(tar.subarray(at, at + length)).replace(/\0.*$/s, "");
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const size = parseInt(text(at + 124, 12), 8);
    if (text(at, 100) === path) return tar.slice(at + BLOCK, at + BLOCK + size);
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  throw new Error(`Cannot unpack "${path}": the archive has no such file`);
}
