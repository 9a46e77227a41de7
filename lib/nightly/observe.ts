/** The first step of a night: read the ledger, look at the destinations, compare. Nothing is written. */

import { diff } from "../core/diff.ts";
import { fingerprintsOf } from "../core/fingerprint.ts";
import type { DestinationState, ReportEntry } from "../core/ledger_model.ts";
import { hostFolder } from "../core/report_names.ts";
import { sayChanges } from "../core/say_change.ts";
import type { Destination } from "../ports.ts";
import { lookAt, type LookContext, type LookedAt } from "./deliver.ts";
import { destinationStates } from "./destinations.ts";
import { changeNews } from "./news.ts";
import type { Night, NightInput, NightPorts } from "./night.ts";
import { currentKeys } from "./report_plan.ts";
import { earlierKeys } from "./status_document.ts";
import { startTimeLimit } from "./time_limit.ts";

/**
 * Observes.
 *
 * @param input Snapshot and settings.
 * @param ports The world; only read.
 * @returns All that is known.
 */
export async function observe(input: NightInput, ports: NightPorts): Promise<Night> {
  const { snapshot, settings } = input;
  const view = await ports.ledger.load();
  const fingerprints = await fingerprintsOf(snapshot);
  const { changes: bare, volumes, machineId } = diff(view, snapshot, fingerprints);
  const { states, retired, forget } = destinationStates(
    settings.destinations,
    view.destinations,
    view.lastNewsId,
  );
  const deliveries = view.deliveries.filter((one) => !forget.includes(one.destination));
  const places = await lookAtAll(states, input, ports, {
    base: hostFolder(snapshot.host.name),
    hostName: snapshot.host.name,
    machineId,
    reports: view.reports,
    deliveries,
  });

  const changes = sayChanges(bare, {
    before: view.volumes,
    now: volumes,
    hostName: snapshot.host.name,
    oldHostName: view.hostName,
    reportedAt: reportDates(view.reports),
    earlier: view.machineId === null ? places.flatMap((place) => earlierAt(place, machineId)) : [],
  });
  return {
    input,
    view,
    now: ports.clock.now().toISOString(),
    machineId,
    changes,
    changeNews: changeNews(changes, [...volumes, ...view.volumes], {
      runId: input.runId,
      at: snapshot.takenAt,
      lastId: view.lastNewsId,
      notify: settings.notify,
    }),
    volumes,
    keys: currentKeys(volumes, machineId),
    digits: new Map([...fingerprints].map(([password, fingerprint]) => [fingerprint, password])),
    states,
    retired,
    forget,
    deliveries,
    places,
  };
}

/** Side by side: one slow place delays no other. */
function lookAtAll(
  states: readonly DestinationState[],
  input: NightInput,
  ports: NightPorts,
  context: LookContext,
): Promise<readonly LookedAt[]> {
  return Promise.all(
    input.settings.destinations.flatMap((settings, index) => {
      const state = states[index];
      if (settings.kind === "mail" || state === undefined) return [];
      const destination = ports.openDestination(settings, state) ?? NO_WAY;
      return [
        lookAt({
          settings,
          destination,
          state,
          limit: startTimeLimit(input.settings.limits.destinationSeconds),
        }, context),
      ];
    }),
  );
}

const NOBODY = "only the scheduled task reaches it, and this run was started without it";

/** Shares and OneDrive folders when nobody carries. */
const NO_WAY: Destination = {
  name: "",
  list: () => Promise.reject(new Error(NOBODY)),
  sha256: () => Promise.reject(new Error(NOBODY)),
  put: () => Promise.reject(new Error(NOBODY)),
  putStatus: () => Promise.reject(new Error(NOBODY)),
};

function earlierAt(place: LookedAt, machineId: string): ReturnType<typeof earlierKeys> {
  return (place.listing?.folders ?? []).flatMap((folder) => earlierKeys(folder.status, machineId));
}

function reportDates(reports: readonly ReportEntry[]): ReadonlyMap<string, string> {
  const dates = new Map<string, string>();
  for (const { keyId, takenAt } of reports) {
    const known = keyId === null ? undefined : dates.get(keyId);
    if (keyId !== null && (known === undefined || Date.parse(known) < Date.parse(takenAt))) {
      dates.set(keyId, takenAt);
    }
  }
  return dates;
}
