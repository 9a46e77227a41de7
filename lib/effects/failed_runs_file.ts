/** What is remembered of runs that failed, in the data folder. */

import type { FailedRunsFile } from "../core/failed_runs.ts";
import { ioReason } from "./io_reason.ts";
import { folderOf } from "./path_parts.ts";
import { patiently, writeDurably } from "./write_durably.ts";

/** It holds some dozens of sentences; more was written by somebody else. */
const LONGEST_BYTES = 1024 * 1024;

/**
 * Opens it. Nothing is made before something is written.
 *
 * @param path `failed-runs.json` in the data folder.
 * @param options `makeFolder`: the data folder is made where the one above exists, as in an installation whose first
 * run fails. @default {false}
 * @returns The file.
 */
export function failedRunsFile(
  path: string,
  { makeFolder = false }: { readonly makeFolder?: boolean } = {},
): FailedRunsFile {
  const write = (text: string): Promise<void> =>
    writeDurably(path, new TextEncoder().encode(text), { mode: 0o600 });
  const writeAnew = async (error: unknown, text: string): Promise<void> => {
    if (!makeFolder || !(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.mkdir(folderOf(path), { mode: 0o700 });
    await write(text);
  };
  return {
    exists(): boolean {
      try {
        return Deno.statSync(path).isFile;
      } catch {
        return false;
      }
    },
    async read(): Promise<string | null> {
      try {
        return Deno.statSync(path).size > LONGEST_BYTES ? null : await Deno.readTextFile(path);
      } catch {
        // It is a memory of what was told, nothing that a run depends on.
        return null;
      }
    },
    async write(text: string | null): Promise<boolean> {
      try {
        if (text === null) await patiently(() => Deno.remove(path));
        else await write(text).catch((error) => writeAnew(error, text));
        return true;
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return text === null;
        throw new Error(`Cannot write "${path}": ${ioReason(error)}`, { cause: error });
      }
    },
  };
}
