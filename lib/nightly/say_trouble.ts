/** PURE: words for what keeps reports from a destination, and for a look at it that failed. */

import { sayDay } from "../core/how_to_say.ts";
import { sayReason } from "../core/say_reason.ts";
import type { DestinationSettings } from "../core/settings.ts";
import { isThere, type OwedReport } from "./outbox.ts";

/** How the look at a destination went. */
export interface Look {
  /** Name of the destination. */
  readonly destination: string;
  /** `null` when it could be looked at, else why not. */
  readonly trouble: string | null;
  /** What the trouble means: nothing leaves the PC from there any more; it is not to be used; else `null`. */
  readonly cause: "unlinked" | "refused" | null;
}

/**
 * Says why a destination could not be looked at, and what that means for the copies there.
 *
 * @param look The failed one.
 * @param options When its copies were last seen, if they are the only ones and that was too long ago; whether the
 * place is on a removable volume.
 * @returns Sentences.
 */
export function sayTrouble(
  { destination, trouble, cause }: Look,
  { oldest, removable }: { readonly oldest: string | null; readonly removable: boolean },
): string {
  const what = cause === "refused"
    ? `"${destination}" is not used: ${trouble}.`
    : `Nobody could look at "${destination}" tonight: ${trouble}.`;
  if (oldest !== null) {
    return `${what} It holds the only copies of a key, last seen on ${
      sayDay(oldest)
    }. Bring it back, or print the sheet now.`;
  }
  if (cause === "unlinked") return `${what} What was not seen uploaded before is no copy outside this PC.`;
  return removable
    ? `${what} The copies on it are checked when it is plugged in again.`
    : `${what} Its copies are taken as they were when last seen.`;
}

/** What kept a mail from going to everybody. */
export interface MailTrouble {
  /** What the server said, or why there was none. */
  readonly reason: string;
  /** What to do about it; `null` when nobody said. @default {null} */
  readonly hint?: string | null;
  /** Whether at least one address got it: then nothing is tried again. */
  readonly taken: boolean;
}

/**
 * Says what a destination still lacks, and why.
 *
 * @param destination Of the settings.
 * @param owed What it is to hold.
 * @param trouble Of the whole place: a folder that is not used, an account that is gone, a refused mail; else the
 * reports' own errors count.
 * @returns Sentences, `null` when it has all.
 */
export function sayPending(
  destination: DestinationSettings,
  owed: readonly OwedReport[],
  trouble: string | MailTrouble | null,
): string | null {
  if (trouble !== null && typeof trouble === "object" && trouble.taken) {
    return `The mail to "${destination.name}" went out, but not to everybody: ${trouble.reason}. ` +
      "Whoever did not get it gets the next one, once the address is right.";
  }
  const mail = trouble !== null && typeof trouble === "object" ? trouble : null;
  const told = mail?.reason ?? (typeof trouble === "string" ? trouble : null);
  const pending = owed.filter((one) => !isThere(one.delivery));
  const ready = told === null ? pending.filter((one) => isReady(destination, one)).length : 0;
  const failed = pending.length - ready;
  const sentences: string[] = [];
  if (failed > 0 || (destination.kind === "mail" && told !== null)) {
    const what = destination.kind === "mail" ? "The mail" : failed === 1 ? "One report" : `${failed} reports`;
    const reason = told ?? pending.map((one) => one.delivery?.error).find((error) => error) ?? null;
    const said = `${what} could not be delivered to "${destination.name}"${
      reason === null ? "" : `: ${reason}`
    }`;
    // A server that is busy comes with a hint that says as much.
    const again = mail?.hint?.includes("tried again") === true ? [] : ["It is tried again every night."];
    sentences.push(sayReason(said, mail?.hint ?? null), ...again);
  }
  if (ready > 0) sentences.push(sayLiesReady(destination.name, ready));
  return sentences.length === 0 ? null : sentences.join(" ");
}

/** Whether it waits for nothing but the user whose OneDrive it is for. */
function isReady({ kind }: DestinationSettings, { delivery }: OwedReport): boolean {
  return kind === "onedrive" && delivery?.state === "handed-over" && delivery.error === null;
}

function sayLiesReady(destination: string, count: number): string {
  const [what, goes] = count === 1 ? ["One report lies", "goes"] : [`${count} reports lie`, "go"];
  return `${what} ready on this PC for "${destination}" and ${goes} into OneDrive when its user signs in.`;
}
