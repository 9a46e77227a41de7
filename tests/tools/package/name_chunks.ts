/**
 * Names the bundle's chunks by what is in them.
 *
 * The bundler's own names depend on where the sources, the cache and the bundle lie; nothing else in a chunk does.
 */

import type { Chunk } from "../bundle.ts";

/** `NAME-HASH`, as the bundler names all chunks but the entry. */
const HASHED = /^(.+)-([A-Z0-9]{8})\.js$/;

/** As the bundler's: same length, so that the columns of source maps stay right. */
const HASH_LENGTH = 8;

/** Names of chunks in code: imports, and the link to the source map. */
const REFERENCE = /\b[\w.-]+-[A-Z0-9]{8}\.js\b/g;

/**
 * Renames files and references.
 *
 * @param folder The bundle.
 * @param chunks What is in it.
 * @returns The same chunks under their new names, sorted.
 * @throws {Error} When two chunks cannot be told apart.
 */
export async function nameChunks(folder: string, chunks: readonly Chunk[]): Promise<readonly Chunk[]> {
  const codes = new Map<string, string>();
  for (const { name } of chunks) codes.set(name, await Deno.readTextFile(`${folder}/${name}`));
  const names = newNames(chunks, codes);
  const renamed = (text: string): string => text.replace(REFERENCE, (name) => names.get(name) ?? name);
  for (const [name, code] of codes) {
    const next = names.get(name) ?? name;
    const map = await Deno.readTextFile(`${folder}/${name}.map`);
    await Deno.remove(`${folder}/${name}`);
    await Deno.remove(`${folder}/${name}.map`);
    await Deno.writeTextFile(`${folder}/${next}`, renamed(code));
    await Deno.writeTextFile(`${folder}/${next}.map`, map);
  }
  return chunks
    .map((chunk): Chunk => ({ ...chunk, name: renamed(chunk.name), loads: chunk.loads.map(renamed) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Chunks may import each other in a circle: names start from the code alone, then from that of the neighbours, too. */
function newNames(chunks: readonly Chunk[], codes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const ROUNDS = 4;
  let names = new Map<string, string>();
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Map<string, string>();
    for (const { name, sources } of chunks) {
      const [, stem] = HASHED.exec(name) ?? [];
      if (stem === undefined) continue; // the entry
      const code = (codes.get(name) ?? "")
        .replace(REFERENCE, (other) => codes.has(other) ? names.get(other) ?? "" : other);
      next.set(name, `${stem}-${shortHash(`${sources.join("\n")}\n${code}`)}.js`);
    }
    names = next;
  }
  if (new Set(names.values()).size < names.size) throw new Error("Cannot name the chunks: two are alike");
  return names;
}

/** FNV-1a, 32 bits: it only has to tell some dozens of chunks apart. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).toUpperCase().padStart(HASH_LENGTH, "0");
}
