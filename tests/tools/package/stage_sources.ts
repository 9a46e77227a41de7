/**
 * Copies the sources so that the bundler makes few files of what a quiet night loads.
 *
 * At each start Deno opens every file of the bundle that an import names, also where the import is put off, and
 * looks each one that it runs up in its caches. The bundler makes a chunk for each set of modules that the same
 * imports lead to; where all of them lead to the whole of a group, the group is one chunk.
 */

import { ROOT } from "../repository.ts";

/** What the program is made of. */
const SOURCES = ["main.ts", "deno.json", "deno.lock", "lib", "tasks", "templates"] as const;

const NIGHT = "tasks/check.ts";

/** Modules that are told apart by this: their schemas are dear to build, so only who needs some loads the night's. */
const SCHEMAS = /[:/]zod@/;

/** Names of files from the repository's root on; of packages, their address. */
type Modules = ReadonlyMap<string, { readonly loads: readonly string[]; readonly putOff: readonly string[] }>;

/**
 * Copies them, with imports of two groups added where they belong: `core.ts`, all that `main.ts` loads and other
 * tasks share with the night, and `night.ts`, the rest of the night. Nothing else changes, lines neither.
 *
 * @param folder An empty folder.
 */
export async function stageSources(folder: string): Promise<void> {
  for (const name of SOURCES) await copy(`${ROOT}${name}`, `${folder}/${name}`);
  const modules = await readModules();
  const own = (names: Iterable<string>): readonly string[] =>
    [...names].filter((name) => name.endsWith(".ts") && !name.includes(":")).sort();
  const targets = own(new Set([...modules.values()].flatMap(({ putOff }) => putOff)));
  const needsSchemas = (name: string): boolean =>
    [...closure(modules, name)].some((one) => SCHEMAS.test(one));

  const night = closure(modules, NIGHT);
  const core = closure(modules, "main.ts");
  core.delete("main.ts");
  for (const target of targets.filter((name) => !needsSchemas(name))) {
    for (const name of closure(modules, target)) if (night.has(name)) core.add(name);
  }
  const barrel = (names: Iterable<string>): string =>
    own(names).map((name) => `import "./${name}";\n`).join("");
  await Deno.writeTextFile(`${folder}/core.ts`, barrel(core));
  await Deno.writeTextFile(`${folder}/night.ts`, barrel(night));

  for (const target of targets) {
    const up = "../".repeat(target.split("/").length - 1);
    const groups = needsSchemas(target) ? ["core", "night"] : ["core"];
    await append(`${folder}/${target}`, groups.map((group) => `import "${up}${group}.ts";`).join(" "));
  }
  // Named by the first file of all, so that Deno does not read the source map of the one that needs it.
  await append(`${folder}/main.ts`, 'import "node:sqlite"; import "./core.ts";');
}

async function readModules(): Promise<Modules> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", `${ROOT}main.ts`],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  if (!success) throw new Error(`Cannot list the modules: ${new TextDecoder().decode(stderr)}`);
  const root = new URL("../../../", import.meta.url).href;
  const short = (url: string): string =>
    url.startsWith(root) ? decodeURIComponent(url.slice(root.length)) : url;
  const modules = new Map<string, { loads: string[]; putOff: string[] }>();
  for (const { specifier, dependencies } of JSON.parse(new TextDecoder().decode(stdout)).modules) {
    const module = { loads: [] as string[], putOff: [] as string[] };
    for (const { code, isDynamic } of dependencies ?? []) {
      if (code?.specifier !== undefined) module[isDynamic ? "putOff" : "loads"].push(short(code.specifier));
    }
    modules.set(short(specifier), module);
  }
  return modules;
}

/** @returns The module and all that loads with it. */
function closure(modules: Modules, start: string): Set<string> {
  const found = new Set([start]);
  // A set hands out what is added to it meanwhile.
  for (const name of found) modules.get(name)?.loads.forEach((one) => found.add(one));
  return found;
}

/** Behind the last line: the places of all others stay as they are. */
async function append(path: string, line: string): Promise<void> {
  await Deno.writeTextFile(path, `${line}\n`, { append: true });
}

async function copy(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) await copy(`${from}/${name}`, `${to}/${name}`);
}
