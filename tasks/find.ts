/** From the characters on the blue screen to the digits. */

import { groupKeys } from "../lib/core/find/group_keys.ts";
import { looksLikeRecoveryKey, readQuery } from "../lib/core/find/read_query.ts";
import { sayKeyGroup } from "../lib/core/find/say_found.ts";
import { sayMentions, sayNoKey } from "../lib/core/find/say_no_key.ts";
import { sayPath } from "../lib/core/find/say_path.ts";
import { redactRecoveryPasswords } from "../lib/core/recovery_password.ts";
import { type ExitName, UserError } from "../lib/errors.ts";
import { findKeys, type FoundKeys } from "./find_keys.ts";
import { canOpen } from "./find_reports.ts";
import { readSecrets } from "./seal_secrets.ts";
import { type Deps, flag, type TaskArguments, textOptions } from "./task.ts";

/**
 * Finds keys.
 *
 * @param args TEXT and `--in DIR…`; `--identity`, `--passphrase-file`, `--spell`, `--json`.
 * @param deps The world.
 * @returns `ok`; `none` when nothing matches; `partial` when a folder or file could not be read.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const text = args.positionals.join(" ").trim();
  const folders = textOptions(args, "in");
  // quotes and braces alone are none, and would fit all that has no name
  if (readQuery(text).name === "") {
    throw new UserError("usage", "Cannot find: no text is given", {
      hint: "spare-key find 58E9DFAD --in DIR",
    });
  }
  if (folders.length === 0) {
    throw new UserError("usage", "Cannot find: --in names no folder", {
      hint: "spare-key find 58E9DFAD --in DIR",
    });
  }
  if (looksLikeRecoveryKey(text)) {
    throw new UserError(
      "usage",
      "Cannot find: the text looks like the recovery key itself, not like a Key ID",
      {
        hint:
          "Type the eight characters that the screen shows as Key ID, such as 58E9DFAD; clear the history of " +
          "this window, the digits stand in it",
      },
    );
  }

  const { terminal } = deps;
  const onReading = (files: number): void => {
    if (files >= WORTH_A_WORD) terminal.say(`No name fits. Reading ${files} files ...`);
  };
  const search = { text, folders, secrets: await readSecrets(args, deps), onReading };
  const answer = await findKeys(search, deps);
  // a path may hold what somebody typed in the wrong place
  const found = { ...answer, troubles: answer.troubles.map(redactRecoveryPasswords) };
  tellTroubles(found.troubles, deps);
  if (flag(args, "json")) terminal.out(JSON.stringify({ schema: 1, ...found }));
  else {
    const { secrets } = search;
    tell(found, { text, folders, spell: flag(args, "spell"), canOpen: canOpen(secrets) }, deps);
  }
  if (found.troubles.length > 0) return "partial";
  return found.matches.length === 0 ? "none" : "ok";
}

/** Fewer files take no time that anybody notices. */
const WORTH_A_WORD = 200;
/** More than anybody reads. */
const MOST_TROUBLES = 20;

function tellTroubles(troubles: readonly string[], { terminal }: Deps): void {
  for (const trouble of troubles.slice(0, MOST_TROUBLES)) terminal.say(sayPath(trouble));
  const rest = troubles.length - MOST_TROUBLES;
  if (rest > 0) terminal.say(`... and ${rest} more that could not be read: --json names all`);
}

interface Asked {
  readonly text: string;
  readonly folders: readonly string[];
  readonly spell: boolean;
  readonly canOpen: boolean;
}

function tell(found: FoundKeys, { text, folders, ...how }: Asked, { terminal }: Deps): void {
  const groups = groupKeys(found.matches);
  if (groups.length > 1) terminal.say(`${groups.length} recovery keys fit, newest first:`);
  const blocks = groups.map((group) => sayKeyGroup(group, how).join("\n"));
  if (blocks.length > 0) {
    terminal.out(blocks.join("\n\n"));
    const rest = sayMentions(found.mentions);
    if (rest.length > 0) terminal.out(["", ...rest].join("\n"));
  } else for (const line of sayNoKey(found, { query: readQuery(text), folders })) terminal.out(line);
}
