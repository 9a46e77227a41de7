/**
 * Bundles the program for production into `dist/app/`. `deno task bundle`
 *
 * What a quiet night never needs (mail, sealing, pages) stays in chunks of its own, which only an import at run
 * time loads.
 */

import { pathToFileURL } from "node:url";
import { nameChunks } from "./package/name_chunks.ts";
import { ROOT } from "./repository.ts";
import { say } from "./say.ts";

/** Small code, and the way back to names and lines of the source. */
const FLAGS = ["--code-splitting", "--minify", "--keep-names", "--sourcemap=linked"] as const;

/** A file of the bundle. */
export interface Chunk {
  readonly name: string;
  readonly bytes: number;
  /** Chunks that load with it. */
  readonly loads: readonly string[];
  /** Source files in it, from the repository's root on; of packages from their name on. */
  readonly sources: readonly string[];
}

/**
 * Bundles `main.ts`.
 *
 * @param folder Where to; what lay there is removed.
 * @returns The chunks, `main.js` among them.
 */
export async function bundle(folder: string): Promise<readonly Chunk[]> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", ...FLAGS, "--outdir", folder, `${ROOT}main.ts`],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Error(`Cannot bundle: ${new TextDecoder().decode(stderr)}`);
  return await nameChunks(folder, await readChunks(folder));
}

async function readChunks(folder: string): Promise<readonly Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".js")) continue;
    const code = await Deno.readTextFile(`${folder}/${name}`);
    chunks.push({
      name,
      bytes: new TextEncoder().encode(code).length,
      loads: [...code.matchAll(/(?:\bfrom|\bimport)"\.\/([\w.-]+\.js)"/g)].map((match) => match[1] ?? ""),
      sources: await trimMap(folder, `${name}.map`),
    });
  }
  return chunks.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Takes the text of the sources out of a source map, and the builder's folders out of their names. Deno reads the
 * map of `main.js` at each start that has an import of `node:`, so it is to be small.
 */
async function trimMap(folder: string, name: string): Promise<readonly string[]> {
  const path = `${folder}/${name}`;
  const { sourcesContent: _, ...map } = JSON.parse(await Deno.readTextFile(path));
  const sources: readonly string[] = map.sources.map((source: string) =>
    shortSource(new URL(source, pathToFileURL(`${folder}/`)))
  );
  await Deno.writeTextFile(path, JSON.stringify({ ...map, sources }));
  return sources;
}

const ROOT_URL = new URL("../../", import.meta.url).href;

function shortSource(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  const registry = /\/npm\/[^/]+\//.exec(path);
  if (registry !== null) return `npm:${path.slice(registry.index + registry[0].length)}`;
  return url.href.startsWith(ROOT_URL) ? decodeURIComponent(url.href.slice(ROOT_URL.length)) : path;
}

/**
 * Follows the imports that are not put off.
 *
 * @param chunks Of a bundle.
 * @param starts Names of chunks, or their beginnings.
 * @returns Those chunks and all that load with them.
 */
export function loadedWith(chunks: readonly Chunk[], starts: readonly string[]): readonly Chunk[] {
  const loaded = new Set<Chunk>();
  const add = (chunk: Chunk | undefined): void => {
    if (chunk === undefined || loaded.has(chunk)) return;
    loaded.add(chunk);
    for (const name of chunk.loads) add(chunks.find((one) => one.name === name));
  };
  for (const start of starts) {
    add(chunks.find((one) => one.name === start || one.name.startsWith(`${start}-`)));
  }
  return [...loaded];
}

/** What costs time and is of no use on a night without news. */
export const NOT_ON_A_QUIET_NIGHT: readonly RegExp[] = [
  /^npm:nodemailer\//,
  /^npm:smtp-server\//,
  /^npm:age-encryption\//,
  /^npm:@noble\//,
  /^npm:lean-qr\//,
  /^npm:csv-stringify\//,
  /^templates\//,
  /^lib\/core\/(?:say_windows_backup|parse_sddl|well_known_sids)\.ts$/,
];

if (import.meta.main) {
  const chunks = await bundle(Deno.args[0] ?? `${ROOT}dist/app`);
  const quiet = loadedWith(chunks, ["main.js", "check"]);
  const kilobytes = (list: readonly Chunk[]): string =>
    `${(list.reduce((sum, one) => sum + one.bytes, 0) / 1024).toFixed(0)} KB in ${list.length} files`;
  for (const one of chunks) {
    say(
      `${String(one.bytes).padStart(8)}  ${quiet.includes(one) ? "quiet night" : "           "}  ${one.name}`,
    );
  }
  say(`dist/app: ${kilobytes(chunks)}; a quiet night loads ${kilobytes(quiet)}`);
  const wrong = quiet.flatMap((one) => one.sources)
    .filter((source) => NOT_ON_A_QUIET_NIGHT.some((pattern) => pattern.test(source)));
  if (wrong.length > 0) {
    say(`a quiet night loads what it does not need: ${wrong.join(", ")}`);
    Deno.exit(1);
  }
}
