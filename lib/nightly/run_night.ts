/**
 * One night, and the order in which things become true: archive, ledger, destinations, ledger, mail, ledger,
 * status. A run that is killed between two steps is made up for by the next one.
 */

import type { Run } from "../core/ledger_model.ts";
import type { Change, Finding, Host } from "../core/model.ts";
import type { CarryItem } from "../ports.ts";
import { deliverReports } from "./deliver_reports.ts";
import { knowledgeOf, type NightInput, type NightPorts } from "./night.ts";
import { observe } from "./observe.ts";
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
  const night = await observe(input, ports);
  const pages = pagesOf(ports.templates);
  const delivered = await deliverReports(night, { ...ports, pages });
  const told = await tell(night, delivered, { ...ports, pages });

  const shortfalls = shortfallsOf({
    input,
    findings: told.findings,
    deliveries: told.deliveries,
    templateProblems: pages.problems(),
  });
  const run: Run = {
    runId: input.runId,
    takenAt: input.snapshot.takenAt,
    exit: shortfalls.length === 0 ? 0 : 3,
    changes: night.changes.length,
    findings: [...new Set(told.findings.filter((one) => one.severity !== "info").map((one) => one.code))]
      .sort(),
  };
  await ports.ledger.save({
    ...knowledgeOf(night),
    reports: delivered.altered,
    deliveries: told.deliveries,
    destinations: [...told.states, ...night.retired],
    findings: told.standing,
    news: told.unsavedNews,
    run,
  });

  const document = statusDocument({
    host: input.snapshot.host,
    machineId: night.machineId,
    takenAt: input.snapshot.takenAt,
    volumes: night.volumes,
    findings: told.findings,
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
  return {
    host: input.snapshot.host,
    takenAt: input.snapshot.takenAt,
    changes: night.changes,
    findings: told.findings,
    deliveries: deliveryResults(input.settings, {
      before: night.deliveries,
      after: told.deliveries,
      mails: told.mails,
    }),
    carry: input.carries ? ports.carry() : null,
    shortfalls,
  };
}
