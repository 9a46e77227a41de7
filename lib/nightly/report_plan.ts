/** PURE: which renditions of which reports are to be made tonight. */

import { isCurrentKey } from "../core/current_key.ts";
import { sha256OfText } from "../core/sha256.ts";
import type { KnownVolume, ReportEntry } from "../core/ledger_model.ts";
import { PROTECTOR_TYPE } from "../core/model.ts";
import type { Settings } from "../core/settings.ts";

/** A key that opens a volume now. */
export interface CurrentKey {
  /** GUID, upper case, no braces. */
  readonly keyId: string;
  /** Of its digits. */
  readonly fingerprint: string;
  /** The volume that it opens. */
  readonly volume: KnownVolume;
}

/** How a report's bytes are to be kept and delivered. */
export interface RenditionWish {
  /** Plain, or sealed to the recipients. */
  readonly rendition: ReportEntry["rendition"];
  /** The set of recipients, for `sealed`. */
  readonly recipientsHash: string | null;
}

/** A report that is to be made. */
export interface ReportWish extends RenditionWish {
  /** The text of one key, or the sheet of all. */
  readonly kind: ReportEntry["kind"];
  /** The one key of a key report; all of a sheet. */
  readonly keys: readonly CurrentKey[];
  /** What the report stands for: the key's fingerprint, or that of all that a sheet shows. */
  readonly fingerprint: string;
}

/**
 * Lists the keys that open volumes now, also of volumes that are away or locked; not of those that were replaced.
 *
 * @param volumes What the ledger knows.
 * @param machineId This PC; volumes of a predecessor are not its own.
 * @returns Keys whose digits were read once, by letter and Key ID.
 */
export function currentKeys(volumes: readonly KnownVolume[], machineId: string): readonly CurrentKey[] {
  return volumes.flatMap((volume) =>
    volume.protectors.flatMap((one) =>
      isCurrentKey(one, volume, { volumes, machineId }) && one.fingerprint !== null &&
        (one.type === null || one.type === PROTECTOR_TYPE.recoveryPassword)
        ? [{ keyId: one.id, fingerprint: one.fingerprint, volume }]
        : []
    )
  );
}

/**
 * Says in which forms reports are needed: sealed to the recipients where there are any (the PC itself keeps no
 * other for long), plain where a destination wants it so, or where nobody could open a sealed one.
 *
 * @param settings Destinations and recipients.
 * @param recipientsHash {@link hashOfRecipients} of these settings.
 * @returns One or two forms.
 */
export function neededRenditions(
  settings: Settings,
  recipientsHash: string | null,
): readonly RenditionWish[] {
  const plain = recipientsHash === null ||
    settings.destinations.some((one) => wantedRendition(one) === "plain");
  return [
    ...(plain ? [{ rendition: "plain" as const, recipientsHash: null }] : []),
    ...(recipientsHash === null ? [] : [{ rendition: "sealed" as const, recipientsHash }]),
  ];
}

/**
 * Says which form a destination holds.
 *
 * @param destination Of the settings.
 * @returns The form; `null` for a mail without keys.
 */
export function wantedRendition(
  destination: Settings["destinations"][number],
): ReportEntry["rendition"] | null {
  if (destination.kind === "mail") return destination.keys === "none" ? null : destination.keys;
  return destination.sealed ? "sealed" : "plain";
}

/**
 * Names a set of recipients, order of no importance.
 *
 * @param recipients age recipients.
 * @returns A hash, `null` for an empty set.
 */
export async function hashOfRecipients(recipients: readonly string[]): Promise<string | null> {
  return recipients.length === 0 ? null : await sha256OfText([...new Set(recipients)].sort().join("\n"));
}

/** What the wishes are made from. */
export interface ReportNeeds {
  /** Keys that open volumes now. */
  readonly keys: readonly CurrentKey[];
  /** All of the ledger. */
  readonly reports: readonly ReportEntry[];
  /** Forms that are needed, one or two. */
  readonly renditions: readonly RenditionWish[];
  /** Ids of plain reports that a destination still lacks though the archive no longer holds them. */
  readonly owedReleased: ReadonlySet<string>;
  /** As a sheet shows it: a new name asks for a new sheet. */
  readonly hostName: string;
}

/**
 * Lists what is to be made: for each current key and form a report, unless one is there; a sheet where the last
 * one shows other keys, letters or another name of the PC. It looks at what is there and not at tonight's
 * changes, so that a run that was killed is made up for.
 *
 * @param needs Keys, reports and forms.
 * @returns Wishes; keys whose digits cannot be had tonight are among them, too.
 */
export async function reportWishes(needs: ReportNeeds): Promise<readonly ReportWish[]> {
  const wishes: ReportWish[] = [];
  const sheet = await sheetFingerprint(needs.keys, needs.hostName);
  for (const wish of needs.renditions) {
    const entries = needs.reports.filter((entry) =>
      entry.rendition === wish.rendition && !needs.owedReleased.has(entry.id)
    );
    // Of several sets of recipients the newest report counts, for that is the one to be delivered.
    const isMade = (last: ReportEntry | null, fingerprint: string): boolean =>
      last !== null && last.recipientsHash === wish.recipientsHash && last.fingerprint === fingerprint;
    for (const key of needs.keys) {
      const own = entries.filter((entry) =>
        entry.keyId === key.keyId && entry.fingerprint === key.fingerprint
      );
      if (!isMade(newest(own), key.fingerprint)) {
        wishes.push({ ...wish, kind: "key", keys: [key], fingerprint: key.fingerprint });
      }
    }
    const last = newest(entries.filter((entry) => entry.kind === "sheet"));
    if (needs.keys.length > 0 && !isMade(last, sheet)) {
      wishes.push({ ...wish, kind: "sheet", keys: needs.keys, fingerprint: sheet });
    }
  }
  return wishes;
}

/**
 * Names what a sheet shows.
 *
 * @param keys On the sheet.
 * @param hostName Of the PC.
 * @returns A hash, another one when keys, letters or the name differ.
 */
export function sheetFingerprint(keys: readonly CurrentKey[], hostName: string): Promise<string> {
  const shown = keys.map((key) => [key.volume.drive, key.keyId, key.fingerprint]);
  return sha256OfText(JSON.stringify([hostName, shown.sort()]));
}

/**
 * Lists old plain reports that no recipient could open: there were none when they were made. Keys that open
 * something now have wishes of their own.
 *
 * @param needs Keys and reports.
 * @returns Plain reports that the archive still holds, to be sealed as they are.
 */
export function unsealedReports(needs: Pick<ReportNeeds, "keys" | "reports">): readonly ReportEntry[] {
  const current = new Set(needs.keys.map((key) => key.fingerprint));
  const nameOf = (entry: ReportEntry): string => `${entry.keyId} ${entry.fingerprint}`;
  const sealed = new Set(needs.reports.filter((entry) => entry.rendition === "sealed").map(nameOf));
  return needs.reports.filter((entry) =>
    entry.kind === "key" && entry.rendition === "plain" && !entry.released &&
    !current.has(entry.fingerprint ?? "") && !sealed.has(nameOf(entry))
  );
}

/**
 * Picks the newest report.
 *
 * @param entries Any reports.
 * @returns The one made last, `null` of none.
 */
export function newest(entries: readonly ReportEntry[]): ReportEntry | null {
  return entries.reduce<ReportEntry | null>(
    (best, one) =>
      best === null || one.number > best.number || (one.number === best.number && one.id > best.id)
        ? one
        : best,
    null,
  );
}

/**
 * Numbers a report that is made now.
 *
 * @param reports All of the ledger, and those made before it in this run.
 * @returns One more than the highest.
 */
export function nextNumber(reports: readonly ReportEntry[]): number {
  return 1 + reports.reduce((highest, { number }) => Math.max(highest, number), 0);
}
