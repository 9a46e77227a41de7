/**
 * The little that the adapters need of paths. `node:path` would double the time of a quiet start, and may
 * not be told by a pure function which system it runs on.
 */

const WINDOWS = Deno.build.os === "windows";
const SEPARATOR = WINDOWS ? "\\" : "/";

function lastSeparator(path: string): number {
  return WINDOWS ? Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) : path.lastIndexOf("/");
}

/**
 * Joins a folder and names below it.
 *
 * @param folder A path, with or without a separator at its end (`E:\` keeps its own).
 * @param names Names without separators.
 * @returns The path, with the system's separator.
 */
export function below(folder: string, ...names: readonly string[]): string {
  return names.reduce(
    (path, name) => lastSeparator(path) === path.length - 1 ? path + name : path + SEPARATOR + name,
    folder,
  );
}

/**
 * Gives the folder that a path lies in.
 *
 * @param path A path with a name at its end.
 * @returns The folder; `.` for a bare name; the root keeps its separator.
 */
export function folderOf(path: string): string {
  const at = lastSeparator(path);
  if (at < 0) return ".";
  const root = at === 0 || /^[A-Za-z]:$/.test(path.slice(0, at));
  return path.slice(0, root ? at + 1 : at);
}

/**
 * Tells whether two real paths are the same place: letter for letter, or on Windows without regard to case.
 *
 * @param one A path that `Deno.realPath` gave.
 * @param other Another.
 * @returns Whether they are the same.
 */
export function samePath(one: string, other: string): boolean {
  return WINDOWS ? one.toLowerCase() === other.toLowerCase() : one === other;
}
