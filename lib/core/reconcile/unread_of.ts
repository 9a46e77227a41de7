/** What a snapshot could not show of keys: "could not be read" is not "there is none". */

import { conversionPhase } from "../diff.ts";
import { sayTheDrive } from "../how_to_say.ts";
import type { Snapshot, Volume } from "../model.ts";

/** Why keys may be there that a snapshot does not show. */
export interface Unread {
  /** A sentence without its full stop. */
  readonly text: string;
  /** The drive is locked: nothing is wrong with the PC or the run. */
  readonly isLocked: boolean;
}

/**
 * Tells what could not be read.
 *
 * @param snapshot What the PC showed.
 * @param drive `C:`; `null` for all drives. What is about the whole PC is told for each.
 * @returns Reasons; none when all keys are known.
 */
export function unreadOf(snapshot: Snapshot, drive: string | null = null): readonly Unread[] {
  const whole = snapshot.elevated === false
    ? ["The snapshot was taken without administrator rights"]
    : snapshot.errors.length > 0
    ? ["When the snapshot was taken not all drives could be read"]
    : [];
  const parts = snapshot.volumes.filter((one) => (drive === null || one.drive === drive) && isUnread(one));
  return [
    ...whole.map((text) => ({ text, isLocked: false })),
    ...parts.map((one) => {
      const isLocked = one.lockStatus === 1;
      const why = isLocked ? ": it is locked" : "";
      return { text: `The keys of ${sayTheDrive(one)} could not be read${why}`, isLocked };
    }),
  ];
}

function isUnread({ conversionStatus, protectors, errors }: Volume): boolean {
  return (protectors === null && conversionPhase(conversionStatus) !== "decrypted") ||
    errors.some(({ call }) => call === "GetKeyProtectors" && protectors !== null && protectors.length > 0);
}
