/**
 * One night, and the order in which things become true: archive, ledger, destinations, ledger, mail, ledger,
 * status. A run that is killed between two steps is made up for by the next one.
 *
 * A run that has something to carry to a share or OneDrive folder starts twice. The first start delivers and
 * hands over; the second learns what arrived, gives the verdict, writes the mails and ends the run.
 */

import type { News, Run } from "../core/ledger_model.ts";
import type { Change, Finding, Host } from "../core/model.ts";
import type { CarryItem } from "../core/carry_model.ts";
import { BACKUP_NEWS } from "./backup_news.ts";
import { deliverReports } from "./deliver_reports.ts";
import { CUT_OFF_NEWS, openChanges } from "./news.ts";
import { knowledgeOf, type Night, type NightInput, type NightPorts } from "./night.ts";
import { observe } from "./observe.ts";
import { alteredRows, owedRows } from "./outbox.ts";
import { pagesOf } from "./pages.ts";
import { statusDocument } from "./status_document.ts";
import { tell } from "./tell.ts";
import { type DeliveryResult, deliveryResults, shortfallsOf } from "./verdict.ts";

/** What a night gives. */
export interface NightResult {
  /** As the snapshot named it. */
  readonly host: Host;
  /** `takenAt` of the snapshot. */
  readonly takenAt: string;
  /** Since the last night, worded. */
  readonly changes: readonly Change[];
  /** What stands after the mails. */
  readonly findings: readonly Finding[];
  /** What was delivered tonight, and what is pending. */
  readonly deliveries: readonly DeliveryResult[];
  /** `null` when nobody carries. */
  readonly carry: readonly CarryItem[] | null;
  /** What could not be read, delivered or verified; empty when all was well. */
  readonly shortfalls: readonly string[];
  /** Destinations that do not fit what this PC is joined to: sentences, no shortfall by themselves. */
  readonly hints: readonly string[];
  /** Changes of the whole run, as the history has them: those of its first start, or of a killed run, too. */
  readonly recorded: readonly News[];
  /** Whether the run goes on with a second start, which tells what there is to tell. */
  readonly waiting: boolean;
}

/**
 * Runs a night.
 *
 * @param input Snapshot and settings, checked.
 * @param ports The world.
 * @returns Changes, findings and deliveries.
 * @throws {UserError} `ledger` when nothing can be recorded.
 */
export async function runNight(input: NightInput, ports: NightPorts): Promise<NightResult> {
  const observed = await observe(input, ports);
  const pages = pagesOf(ports.templates);
  const delivered = await deliverReports(observed, { ...ports, pages });
  const night: Night = { ...observed, places: await Promise.all(observed.looks) };
  const waiting = input.carries && input.receipts === null && ports.carry().some((item) => !item.replace);
  const told = await tell(night, delivered, { ...ports, pages, waiting });

  const owed = owedRows(input.settings.destinations, delivered.reports, told.deliveries);
  const shortfalls = shortfallsOf({
    input,
    findings: told.findings,
    deliveries: owed,
    templateProblems: pages.problems(),
  });
  const result: NightResult = {
    host: input.snapshot.host,
    takenAt: input.snapshot.takenAt,
    changes: night.changes,
    findings: told.findings,
    deliveries: deliveryResults(input.settings, {
      before: night.deliveries,
      after: owed,
      mails: told.mails,
      since: input.receipts === null ? null : input.snapshot.takenAt,
    }),
    carry: input.carries ? ports.carry() : null,
    shortfalls,
    hints: night.hints.map((one) => one.text),
    recorded: await changesOfRun(night, ports),
    waiting,
  };
  const step = {
    ...knowledgeOf(night),
    reports: delivered.altered,
    deliveries: alteredRows(told.deliveries, night.deliveries),
    destinations: [...told.states, ...night.retired],
    findings: told.standing,
    news: told.unsavedNews,
  };
  if (waiting) {
    await ports.ledger.save(step);
    return result;
  }
  const run: Run = {
    runId: input.runId,
    takenAt: input.snapshot.takenAt,
    exit: shortfalls.length === 0 ? 0 : 3,
    changes: result.recorded.length,
    findings: [...new Set(told.findings.filter((one) => one.severity !== "info").map((one) => one.code))]
      .sort(),
    shortfalls,
  };
  await ports.ledger.save({ ...step, run });

  const document = statusDocument({
    host: input.snapshot.host,
    machineId: night.machineId,
    volumes: night.volumes,
    findings: told.findings,
    windows: night.windows,
    run,
    lastGoodRun: run.exit === 0 ? run : night.view.lastGoodRun,
  });
  await Promise.all(
    night.places.filter((place) => place.listing !== null).map(async (place) => {
      try {
        await place.limit.wait(place.destination.putStatus(place.folder, document));
      } catch (error) {
        // An open status.json cannot be replaced on Windows; it is for display, the next night brings it up to date.
        ports.log.write("warning", "DST004", `Cannot replace status.json at "${place.settings.name}"`, {
          error: String(error),
        });
      }
    }),
  );
  return result;
}

/** What an earlier start has recorded stands whole in the history alone; a usual night does not read that. */
async function changesOfRun(night: Night, ports: NightPorts): Promise<readonly News[]> {
  const { view, changeNews } = night;
  const earlier = view.lastNewsId === view.endedNewsId
    ? []
    : (await ports.ledger.history()).filter((one) => one.id <= view.lastNewsId);
  return [...openChanges(earlier, view), ...changeNews]
    .filter((one) => one.kind !== BACKUP_NEWS && one.kind !== CUT_OFF_NEWS);
}
