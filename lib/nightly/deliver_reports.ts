/** The second step of a night: make what is missing, record it as owed, bring every destination up to date. */

import type { Delivery, DestinationState, ReportEntry } from "../core/ledger_model.ts";
import { adoptReports } from "./adopt_reports.ts";
import { settle, type Settled } from "./deliver.ts";
import { archivedBytes, archivedFile, makeReports, sealAgain } from "./make_reports.ts";
import { knowledgeOf, type Observed, type StepPorts } from "./night.ts";
import { deliveryKey, isThere, owedReports } from "./outbox.ts";
import {
  hashOfRecipients,
  neededRenditions,
  reportWishes,
  unsealedReports,
  wantedRendition,
} from "./report_plan.ts";
import { restoreReports } from "./restore_reports.ts";
import type { Look } from "./say_trouble.ts";

/** The night after the deliveries to places for files. */
export interface Delivered {
  /** All reports, new ones among them. */
  readonly reports: readonly ReportEntry[];
  /** Rows that differ from what is recorded so far. */
  readonly altered: readonly ReportEntry[];
  /** All deliveries, those of mails as they were. */
  readonly deliveries: readonly Delivery[];
  /** One a destination of the settings, in their order. */
  readonly states: readonly DestinationState[];
  /** One a destination for files. */
  readonly looks: readonly Look[];
  /** Reports that are owed somewhere and can no longer be had. */
  readonly lost: readonly ReportEntry[];
  /** Files of the archive that can no longer be opened. */
  readonly unreadable: readonly string[];
}

/**
 * Delivers.
 *
 * @param night After the comparison.
 * @param ports The world.
 * @returns What is where now.
 */
export async function deliverReports(night: Observed, ports: StepPorts): Promise<Delivered> {
  const { settings } = night.input;
  const recipientsHash = await hashOfRecipients(settings.recipients);
  // A damaged ledger may have lost what the archive still holds.
  const restored = night.view.damage.length > 0
    ? await restoreReports(night.view.reports, night.volumes, ports)
    : { reports: await adoptReports(night, ports), unreadable: [] };
  let reports = [...night.view.reports, ...restored.reports];

  reports = [...reports, ...await makeMissing(reports, new Set(), recipientsHash, night, ports)];
  // From here on every new report and change is owed, whatever happens to this run.
  const fresh = reports.filter((entry) => !night.view.reports.includes(entry));
  if (fresh.length > 0 || night.changeNews.length > 0) {
    await ports.ledger.save({
      ...knowledgeOf(night),
      reports: fresh,
      destinations: night.states,
      news: night.changeNews,
    });
  }

  let settled = await settleAll(reports, { deliveries: night.deliveries, handedOver: [] }, night, ports);
  let deliveries = mergeRows(night.deliveries, settled);
  // What the archive lost is made again where tonight's snapshot has the digits.
  const lostByMails = await lostForMails(reports, night, ports);
  const lost = new Set([...settled.flatMap((one) => one.lost), ...lostByMails].map((entry) => entry.id));
  const given = await givenUp(reports.filter((entry) => lost.has(entry.id) && !entry.released), ports);
  reports = withRows(reports, given);
  const remade = lost.size === 0 ? [] : await makeMissing(reports, lost, recipientsHash, night, ports);
  if (given.length > 0 || remade.length > 0) {
    reports = [...reports, ...remade];
    const handedOver = settled.flatMap((one) => one.deliveries).filter((row) => row.state === "handed-over");
    settled = await settleAll(reports, { deliveries, handedOver }, night, ports);
    // What was found gone a moment ago stays gone, also where another report takes its place now.
    deliveries = mergeRows(deliveries, settled);
  }
  const released = recipientsHash === null ? [] : await release(reports, deliveries, night, ports);
  return {
    reports: withRows(reports, released),
    altered: [...given, ...remade, ...released],
    deliveries,
    states: night.states.map((state) => settled.find((one) => one.state.name === state.name)?.state ?? state),
    looks: settled.map((one) => one.look),
    lost: [...settled.flatMap((one) => one.lost), ...lostByMails],
    unreadable: restored.unreadable,
  };
}

/** A file that is gone stays gone; one that tonight's key does not open may be opened by another night's. */
async function givenUp(entries: readonly ReportEntry[], ports: StepPorts): Promise<readonly ReportEntry[]> {
  const kept = await Promise.all(entries.map((entry) => ports.archive.get(archivedFile(entry))));
  return entries.filter((_, index) => kept[index] === null).map((entry) => ({ ...entry, released: true }));
}

/** Reports that a mail is still to bring and that the archive lost. */
async function lostForMails(
  reports: readonly ReportEntry[],
  night: Observed,
  ports: StepPorts,
): Promise<readonly ReportEntry[]> {
  const owed = night.input.settings.destinations.filter((one) => one.kind === "mail")
    .flatMap((one) => owedReports(one, reports, night.deliveries))
    .filter((one) => !isThere(one.delivery)).map((one) => one.entry);
  const lost: ReportEntry[] = [];
  for (const entry of new Set(owed)) {
    // One that cannot be read tonight is not lost; the mail that was to bring it says why it did not.
    if (await archivedBytes(entry, ports).catch(() => undefined) === null) lost.push(entry);
  }
  return lost;
}

function withRows(reports: readonly ReportEntry[], rows: readonly ReportEntry[]): ReportEntry[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return reports.map((entry) => byId.get(entry.id) ?? entry);
}

async function makeMissing(
  reports: readonly ReportEntry[],
  lost: ReadonlySet<string>,
  recipientsHash: string | null,
  night: Observed,
  ports: StepPorts,
): Promise<readonly ReportEntry[]> {
  const { settings, snapshot } = night.input;
  const wishes = await reportWishes({
    keys: night.keys,
    reports,
    renditions: neededRenditions(settings, recipientsHash),
    owedReleased: new Set([...lost, ...releasedButOwed(reports, night)]),
    hostName: snapshot.host.name,
  });
  const { digits, windows } = night;
  const context = { snapshot, digits, recipients: settings.recipients, windows, reports, lost };
  const made = wishes.length === 0 ? [] : await makeReports(wishes, context, ports);
  const unsealed = recipientsHash === null ? [] : unsealedReports({ keys: night.keys, reports });
  if (recipientsHash === null || unsealed.length === 0) return made;
  return [
    ...made,
    ...await sealAgain(unsealed, recipientsHash, { ...context, reports: [...reports, ...made] }, ports),
  ];
}

/** Plain reports that the archive gave up while a plain destination, added later perhaps, holds none of that key. */
function releasedButOwed(reports: readonly ReportEntry[], night: Observed): readonly string[] {
  return reports.filter((entry) => entry.released && !isHeldPlain(entry, reports, night.deliveries, night))
    .map((entry) => entry.id);
}

/** Whether every destination that wants plain reports holds a plain one that says the same. */
function isHeldPlain(
  entry: ReportEntry,
  reports: readonly ReportEntry[],
  deliveries: readonly Delivery[],
  night: Observed,
): boolean {
  const twins = new Set(
    reports.filter((one) => one.rendition === "plain" && saysTheSame(one, entry)).map((one) => one.id),
  );
  return night.input.settings.destinations.filter((one) => wantedRendition(one) === "plain").every((
    destination,
  ) =>
    deliveries.some((one) => one.destination === destination.name && twins.has(one.report) && isThere(one))
  );
}

function saysTheSame(one: ReportEntry, other: ReportEntry): boolean {
  return one.kind === other.kind && one.keyId === other.keyId && one.fingerprint === other.fingerprint;
}

function settleAll(
  reports: readonly ReportEntry[],
  { deliveries, handedOver }: Pick<Delivered, "deliveries"> & { readonly handedOver: readonly Delivery[] },
  night: Observed,
  ports: StepPorts,
): Promise<readonly Settled[]> {
  const current = new Set(night.keys.map((key) => key.fingerprint));
  // Each goes on as soon as it was looked at itself.
  return Promise.all(night.looks.map(async (look) => {
    const place = await look;
    return await settle(place, {
      owed: owedReports(place.settings, reports, deliveries),
      current,
      hostName: night.input.snapshot.host.name,
      now: night.now,
      receipts: night.input.receipts,
      handedOver: new Set(handedOver),
      bytesOf: (entry) => archivedBytes(entry, ports),
    });
  }));
}

/** Rows of reports that are not owed tonight (an older sheet) stay as they are. */
function mergeRows(old: readonly Delivery[], settled: readonly Settled[]): readonly Delivery[] {
  const now = settled.flatMap((one) => one.deliveries);
  const touched = new Set(now.map(deliveryKey));
  return [...old.filter((one) => !touched.has(deliveryKey(one))), ...now];
}

/**
 * With recipients, a plain report stays on the PC only while some destination still lacks it; after that the
 * sealed one is kept, which the PC cannot open.
 */
async function release(
  reports: readonly ReportEntry[],
  deliveries: readonly Delivery[],
  night: Observed,
  ports: StepPorts,
): Promise<readonly ReportEntry[]> {
  const done = reports.filter((entry) =>
    entry.rendition === "plain" && !entry.released &&
    reports.some((other) => other.rendition === "sealed" && saysTheSame(other, entry)) &&
    isHeldPlain(entry, reports, deliveries, night)
  );
  for (const entry of done) await ports.archive.remove(archivedFile(entry));
  return done.map((entry) => ({ ...entry, released: true }));
}
