/** Every change, dated. */

import { sayDay } from "../lib/core/how_to_say.ts";
import { wrapText } from "../lib/core/wrap_text.ts";
import type { ExitName } from "../lib/errors.ts";
import { type Deps, driveOption, flag, type TaskArguments, textOption } from "./task.ts";

/**
 * Shows the changes.
 *
 * @param args `--drive`, `--data`, `--json`.
 * @param deps The world.
 * @returns `ok`
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const drive = driveOption(args);
  const ledger = await deps.openLedger(textOption(args, "data") ?? deps.defaultData);
  try {
    const all = await ledger.history();
    const events = drive === null ? all : all.filter((one) => one.volume?.drive === drive);
    if (flag(args, "json")) {
      const shown = events.map(({ at, runId, kind, volume, keyId, text }) => ({
        at,
        runId,
        kind,
        volume,
        keyId,
        text,
      }));
      deps.terminal.out(JSON.stringify({ schema: 1, events: shown }));
    } else if (events.length === 0) {
      deps.terminal.out("Nothing has changed so far.");
    } else {
      for (const one of events) deps.terminal.out(wrapText(`- ${sayDay(one.at)}: ${one.text}`));
    }
    return "ok";
  } finally {
    ledger.close();
  }
}
