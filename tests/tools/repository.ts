/** Where things lie in this repository, for tests and tools. */

/** The repository's root, an absolute path with `/` at the end. */
export const ROOT: string = decodeURIComponent(new URL("../../", import.meta.url).pathname)
  .replace(/^\/(?=[A-Za-z]:)/, "");

/** Folders that are made, not written. */
const MADE: ReadonlySet<string> = new Set([".git", ".cache", "dist", "demo", "node_modules"]);

/**
 * Lists the files that people wrote.
 *
 * @returns Paths from the root on, with `/`, sorted.
 */
export async function writtenFiles(): Promise<readonly string[]> {
  const files: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for await (const { name, isDirectory } of Deno.readDir(ROOT + folder)) {
      if (folder === "" && MADE.has(name)) continue;
      if (isDirectory) await walk(`${folder}${name}/`);
      else files.push(folder + name);
    }
  };
  await walk("");
  return files.sort();
}

/**
 * Reads a text file.
 *
 * @param path From the root on.
 * @returns Its text, line ends as LF, without a byte order mark.
 */
export async function readText(path: string): Promise<string> {
  return (await Deno.readTextFile(ROOT + path)).replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
}
