/** A new key for the archive; the script that stores it as a secret asks for it. */

import type { ExitName } from "../lib/errors.ts";
import type { Deps, TaskArguments } from "./task.ts";

/**
 * Writes `{schema, identity}` on stdout: the only place but `carry` where a secret stands there, for a pipe to
 * PowerShell, which never shows it.
 *
 * @param _args None.
 * @param deps The world.
 * @returns `ok`
 */
export async function run(_args: TaskArguments, deps: Deps): Promise<ExitName> {
  deps.terminal.out(JSON.stringify({ schema: 1, identity: await deps.newArchiveKey() }));
  return "ok";
}
