/** PURE: what is known of the way from a OneDrive folder on the PC into the cloud. */

import { sayDay } from "../core/how_to_say.ts";
import type { Delivery } from "../core/ledger_model.ts";
import type { Finding } from "../core/model.ts";
import type { DestinationSettings } from "../core/settings.ts";
import { isThere, type OwedReport } from "./outbox.ts";

/** OneDrive may need a while: a PC that is off for the weekend is no trouble. */
const PATIENCE_MS = 3 * 24 * 60 * 60 * 1000;

/**
 * Tells whether a report lies in a OneDrive folder without a sign that it was uploaded.
 *
 * @param destination Of the settings.
 * @param row Of the report there.
 * @returns `false` for other kinds of places, too.
 */
export function isUploadOpen(destination: Pick<DestinationSettings, "kind">, row: Delivery): boolean {
  return destination.kind === "onedrive" && isThere(row) && row.uploadSeenAt === null;
}

/**
 * Warns of reports that have lain in a OneDrive folder for three days without a sign that they were uploaded.
 *
 * @param destination Of the settings.
 * @param owed What it is to hold.
 * @param now ISO 8601.
 * @returns One warning or none.
 */
export function uploadFindings(
  destination: DestinationSettings,
  owed: readonly OwedReport[],
  now: string,
): readonly Finding[] {
  const since = owed.flatMap(({ delivery }) =>
    delivery !== null && delivery.deliveredAt !== null && isUploadOpen(destination, delivery)
      ? [delivery.deliveredAt]
      : []
  ).filter((time) => Date.parse(now) - Date.parse(time) > PATIENCE_MS).sort();
  const [oldest] = since;
  if (oldest === undefined) return [];
  const [what, them] = since.length === 1
    ? ["One report has", "it"]
    : [`${since.length} reports have`, "them"];
  return [{
    code: "upload-not-seen",
    severity: "warning",
    volume: null,
    about: destination.name,
    text:
      `${what} lain in the OneDrive folder of "${destination.name}" since ${sayDay(oldest)}, and nothing ` +
      `shows that OneDrive has uploaded ${them}. See that its user is signed in to OneDrive and that it is not ` +
      `paused or full; then choose "Free up space" on the folder "Spare Key": what lets itself be freed is uploaded.`,
  }];
}
