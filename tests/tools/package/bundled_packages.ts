/** The packages whose code is in the bundle: what they are, and under which licence. */

import type { Chunk } from "../bundle.ts";
import { readText } from "../repository.ts";

/** A package in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As the lock file states it: `sha512-` and base64. */
  readonly integrity: string;
  /** An SPDX identifier or expression. */
  readonly licence: string;
  readonly licenceText: Uint8Array;
  /** Packages in the bundle that it imports: `name@version`. */
  readonly needs: readonly string[];
}

interface Lock {
  readonly npm: Readonly<
    Record<string, { readonly integrity: string; readonly dependencies?: readonly string[] }>
  >;
}

/**
 * Finds the packages of a bundle.
 *
 * @param chunks The bundle.
 * @returns The packages by name and version.
 * @throws {Error} When one is not in the lock file, or has no licence.
 */
export async function bundledPackages(chunks: readonly Chunk[]): Promise<readonly BundledPackage[]> {
  const found = new Set<string>();
  for (const source of chunks.flatMap(({ sources }) => sources)) {
    const [, name, version] = /^npm:((?:@[^/]+\/)?[^/]+)\/([^/]+)\//.exec(source) ?? [];
    if (name !== undefined && version !== undefined) found.add(`${name}@${version}`);
  }
  const lock: Lock = JSON.parse(await readText("deno.lock"));
  const cache = await cacheFolders();
  return await Promise.all(
    [...found].sort().map(async (id): Promise<BundledPackage> => {
      const at = id.lastIndexOf("@");
      const [name, version] = [id.slice(0, at), id.slice(at + 1)];
      const locked = lock.npm[id];
      if (locked === undefined) throw new Error(`Cannot pack "${id}": it is not in deno.lock`);
      const folder = await packageFolder(cache, `${name}/${version}`);
      const needs = (locked.dependencies ?? []).flatMap((one) =>
        [...found].filter((other) => other === one || other.startsWith(`${one}@`))
      );
      return {
        name,
        version,
        integrity: locked.integrity,
        licence: JSON.parse(await Deno.readTextFile(`${folder}/package.json`)).license,
        licenceText: await licenceText(folder),
        needs: needs.sort(),
      };
    }),
  );
}

/** The folders of Deno's cache, one a registry. */
async function cacheFolders(): Promise<readonly string[]> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  const { npmCache }: { readonly npmCache: string } = JSON.parse(new TextDecoder().decode(stdout));
  const folders: string[] = [];
  for await (const { name } of Deno.readDir(npmCache)) folders.push(`${npmCache}/${name}`);
  return folders.sort();
}

async function packageFolder(cache: readonly string[], path: string): Promise<string> {
  for (const folder of cache) {
    const there = await Deno.stat(`${folder}/${path}/package.json`).then(() => true, () => false);
    if (there) return `${folder}/${path}`;
  }
  throw new Error(`Cannot find package "${path}" in Deno's cache`);
}

async function licenceText(folder: string): Promise<Uint8Array> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && /^licen[cs]e/i.test(name)) names.push(name);
  }
  const first = names.sort()[0];
  if (first === undefined) throw new Error(`Cannot pack "${folder}": it has no licence`);
  return await Deno.readFile(`${folder}/${first}`);
}
