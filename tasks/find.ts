/** From the characters on the blue screen to the digits. */

import { type ExitName, UserError } from "../lib/errors.ts";
import { findKeys, sayFoundKey } from "./find_keys.ts";
import { type Deps, flag, type TaskArguments, textOptions } from "./task.ts";

/**
 * Finds keys.
 *
 * @param args TEXT and `--in DIR…`.
 * @param deps The world.
 * @returns `ok`; `none` when nothing matches; `partial` when a folder or file could not be read.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const text = args.positionals.join(" ").trim();
  const folders = textOptions(args, "in");
  if (text === "") {
    throw new UserError("usage", "Cannot find: no text is given", {
      hint: "spare-key find 58E9DFAD --in DIR",
    });
  }
  if (folders.length === 0) {
    throw new UserError("usage", "Cannot find: --in names no folder", {
      hint: "spare-key find 58E9DFAD --in DIR",
    });
  }

  const { matches, troubles } = await findKeys({ text, folders }, deps);
  for (const trouble of troubles) deps.terminal.say(trouble);
  if (flag(args, "json")) deps.terminal.out(JSON.stringify({ schema: 1, matches, troubles }));
  else if (matches.length === 0) deps.terminal.out(`No recovery key found for "${text}".`);
  else for (const line of matches.flatMap(sayFoundKey)) deps.terminal.out(line);
  if (troubles.length > 0) return "partial";
  return matches.length === 0 ? "none" : "ok";
}
