/**
 * Bundles the program for production into `dist/app/`. `deno task bundle`
 *
 * What a quiet night never needs (mail, sealing, pages) stays in chunks of its own, which only an import at run
 * time loads.
 */

import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { nameChunks } from "./package/name_chunks.ts";
import { stageSources } from "./package/stage_sources.ts";
import { ROOT } from "./repository.ts";
import { say } from "./say.ts";

/**
 * Small code, and the way back to lines of the source. The names of functions would take 1 MB of memory and a
 * thirtieth of a quiet night's time; a line of the source says as much.
 */
const FLAGS = ["--code-splitting", "--minify", "--sourcemap=linked"] as const;

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
  const out = resolve(folder);
  const stage = await Deno.realPath(await Deno.makeTempDir({ prefix: "spare-key-bundle-" }));
  try {
    await stageSources(stage);
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["bundle", "--quiet", ...FLAGS, "--outdir", out, "main.ts"],
      cwd: stage,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) throw new Error(`Cannot bundle: ${new TextDecoder().decode(stderr)}`);
    return await nameChunks(out, await readChunks(out, stage));
  } finally {
    await Deno.remove(stage, { recursive: true });
  }
}

async function readChunks(folder: string, stage: string): Promise<readonly Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.endsWith(".js")) continue;
    const code = await Deno.readTextFile(`${folder}/${name}`);
    chunks.push({
      name,
      bytes: new TextEncoder().encode(code).length,
      loads: [...code.matchAll(/(?:\bfrom|\bimport)"\.\/([\w.-]+\.js)"/g)].map((match) => match[1] ?? ""),
      sources: await trimMap(`${folder}/${name}.map`, stage),
    });
  }
  return chunks.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/**
 * Takes the text of the sources out of a source map, and the builder's folders out of their names. At each start
 * Deno reads the map of every file that is the first to name another one: of `main.js`, which so is to be small.
 */
async function trimMap(path: string, stage: string): Promise<readonly string[]> {
  const { sourcesContent: _, ...map } = JSON.parse(await Deno.readTextFile(path));
  const sources: readonly string[] = map.sources.map((source: string) =>
    shortSource(new URL(source, pathToFileURL(path)), `${pathToFileURL(stage)}/`)
  );
  await Deno.writeTextFile(path, JSON.stringify({ ...map, sources }));
  return sources;
}

function shortSource(url: URL, root: string): string {
  const path = decodeURIComponent(url.pathname);
  const registry = /\/npm\/[^/]+\//.exec(path);
  if (registry !== null) return `npm:${path.slice(registry.index + registry[0].length)}`;
  return url.href.startsWith(root) ? decodeURIComponent(url.href.slice(root.length)) : path;
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
