/** Every change, dated. */

import { sayDay } from "../lib/core/how_to_say.ts";
import type { News } from "../lib/core/ledger_model.ts";
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
  const data = textOption(args, "data") ?? deps.defaultData;
  const ledger = await deps.openLedger(data);
  try {
    const { damage, lastRun } = await ledger.load();
    const all = await ledger.history();
    const events = drive === null ? all : ofDrive(drive, all);
    if (flag(args, "json")) {
      const shown = events.map(({ at, runId, kind, volume, keyId, text }) => ({
        at,
        runId,
        kind,
        volume,
        keyId,
        text,
      }));
      deps.terminal.out(JSON.stringify({ schema: 1, events: shown, damage }));
      return "ok";
    }
    for (const one of events) deps.terminal.out(wrapText(`- ${sayDay(one.at)}: ${one.text}`));
    if (events.length === 0) {
      const isKnown = lastRun !== null || all.length > 0;
      deps.terminal.out(sayNothing({ drive, data, isKnown, isDamaged: damage.length > 0 }));
    }
    for (const one of damage) deps.terminal.out(wrapText(`Damaged: ${one}`));
    return "ok";
  } finally {
    ledger.close();
  }
}

/** A drive had other letters before, and its keys were found under those. */
function ofDrive(drive: string, all: readonly News[]): readonly News[] {
  const ids = new Set(all.flatMap(({ volume }) => volume?.drive === drive ? [volume.deviceId] : []));
  return all.filter(({ volume }) => volume !== null && ids.has(volume.deviceId));
}

interface Nothing {
  readonly drive: string | null;
  readonly data: string;
  /** Whether there ever was a run. */
  readonly isKnown: boolean;
  readonly isDamaged: boolean;
}

/** "Not known" is not "nothing happened". */
function sayNothing({ drive, data, isKnown, isDamaged }: Nothing): string {
  if (isDamaged) return `What changed cannot be told from "${data}".`;
  if (!isKnown) return `Nothing is known yet in "${data}": there was no run.`;
  return drive === null ? "Nothing has changed so far." : `No change of drive ${drive} is known.`;
}
