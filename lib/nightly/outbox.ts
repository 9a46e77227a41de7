/** PURE: which reports a destination is owed, and how far each is. The outbox is this query, no store. */

import type { Delivery, ReportEntry } from "../core/ledger_model.ts";
import type { DestinationSettings } from "../core/settings.ts";
import { newest, wantedRendition } from "./report_plan.ts";

/** A report beside what became of it at one destination. */
export interface OwedReport {
  /** The rendition that the destination is to hold. */
  readonly entry: ReportEntry;
  /** `null` when it was never tried. */
  readonly delivery: Delivery | null;
}

/**
 * Lists what a destination is to hold: of every key ever reported one report in the wanted form, and the
 * newest sheet. A report that is there stays the one; else the newest that the archive can still give. A plain
 * one that the archive gave up stands in by its sealed twin, so that nothing is lost.
 *
 * @param destination Of the settings.
 * @param reports All of the ledger.
 * @param deliveries All of the ledger.
 * @returns In the order of the reports' ids. Empty for a mail without keys.
 */
export function owedReports(
  destination: DestinationSettings,
  reports: readonly ReportEntry[],
  deliveries: readonly Delivery[],
): readonly OwedReport[] {
  const wanted = wantedRendition(destination);
  if (wanted === null) return [];
  const states = new Map(
    deliveries.filter((one) => one.destination === destination.name).map((one) => [one.report, one]),
  );
  const groups = Map.groupBy(
    reports.filter((entry) => entry.kind === "key"),
    (entry) => `${entry.keyId} ${entry.fingerprint}`,
  );
  const sheets = reports.filter((entry) => entry.kind === "sheet");
  const chosen = [
    ...[...groups.values()].map((group) => choose(group, wanted, states)),
    choose(sheets, wanted, states),
  ];
  return chosen.filter((entry) => entry !== null)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((entry) => ({ entry, delivery: states.get(entry.id) ?? null }));
}

/**
 * Picks the rows that still matter: an older sheet, or a report that another one has taken the place of, is never
 * looked at again, and what was wrong with it last is no trouble any more.
 *
 * @param destinations Of the settings.
 * @param reports All of the ledger.
 * @param deliveries All of the ledger.
 * @returns Rows of reports that some destination is owed.
 */
export function owedRows(
  destinations: readonly DestinationSettings[],
  reports: readonly ReportEntry[],
  deliveries: readonly Delivery[],
): readonly Delivery[] {
  return destinations.flatMap((one) =>
    owedReports(one, reports, deliveries).flatMap(({ delivery }) => delivery ?? [])
  );
}

function choose(
  group: readonly ReportEntry[],
  wanted: ReportEntry["rendition"],
  states: ReadonlyMap<string, Delivery>,
): ReportEntry | null {
  const right = group.filter((entry) => entry.rendition === wanted);
  const latest = newest(right);
  // Sealed anew to other recipients: an older copy is no substitute. Of sheets only the newest counts.
  const serving = right.filter((entry) =>
    latest?.kind === "sheet" ? entry === latest : entry.recipientsHash === latest?.recipientsHash
  );
  return newest(serving.filter((entry) => isThere(states.get(entry.id)))) ??
    newest(serving.filter((entry) => !entry.released)) ??
    newest(group.filter((entry) => entry.rendition === "sealed")) ?? latest ?? newest(group);
}

/**
 * Tells whether a report may go to a destination at all: a plain one never to a place for sealed ones, where it
 * is owed in a form that could not be made so far.
 *
 * @param destination Of the settings.
 * @param entry Owed to it.
 * @returns Whether its bytes may leave for there.
 */
export function mayHold(destination: DestinationSettings, entry: ReportEntry): boolean {
  return entry.rendition === "sealed" || wantedRendition(destination) === "plain";
}

/**
 * Tells whether a report counts as being at a destination.
 *
 * @param delivery Its state, if any.
 * @returns `true` once it was read back there or a server took it.
 */
export function isThere(delivery: Delivery | null | undefined): boolean {
  return delivery?.state === "delivered" || delivery?.state === "accepted";
}

/**
 * Picks the rows that are to be written: a night in which nothing was looked at anew alters none.
 *
 * @param rows As they are now.
 * @param before As the ledger has them.
 * @returns Those that are new or differ.
 */
export function alteredRows(rows: readonly Delivery[], before: readonly Delivery[]): readonly Delivery[] {
  const known = new Map(before.map((row) => [deliveryKey(row), row]));
  const isSame = (row: Delivery, old: Delivery | undefined): boolean =>
    row === old || (old !== undefined && FIELDS.every((field) => row[field] === old[field]));
  return rows.filter((row) => !isSame(row, known.get(deliveryKey(row))));
}

/**
 * Names a row: no two pairs of destination and report give the same text.
 *
 * @param row Any.
 * @returns A text to look it up by.
 */
export function deliveryKey({ destination, report }: Pick<Delivery, "destination" | "report">): string {
  return `${destination.length} ${destination} ${report}`;
}

/**
 * Makes the row of a report that a destination has not got yet.
 *
 * @param destination Its name.
 * @param report The report's id.
 * @returns State `pending`, never tried.
 */
export function newDelivery(destination: string, report: string): Delivery {
  return {
    destination,
    report,
    state: "pending",
    folder: null,
    name: null,
    attempts: 0,
    deliveredAt: null,
    verifiedAt: null,
    hashedAt: null,
    uploadSeenAt: null,
    error: null,
  };
}

const FIELDS = Object.keys(newDelivery("", "")) as readonly (keyof Delivery)[];
