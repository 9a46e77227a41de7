/** The first step of a night: read the ledger, look at the destinations, compare. Nothing is written. */

import { diff } from "../core/diff.ts";
import { fingerprintsOf } from "../core/fingerprint.ts";
import type { DestinationState, ReportEntry } from "../core/ledger_model.ts";
import { findFolder } from "../core/removable_folder.ts";
import { joinHints } from "../core/join_hints.ts";
import { hostFolder } from "../core/report_names.ts";
import { sayChanges } from "../core/say_change.ts";
import { type Destination, RefusedError } from "../ports.ts";
import { lookAt, type LookContext } from "./deliver.ts";
import type { LookedAt } from "./place.ts";
import { backupNews, observeBackups } from "./backup_news.ts";
import { destinationStates } from "./destinations.ts";
import { changeNews, openChanges } from "./news.ts";
import type { NightInput, NightPorts, Observed } from "./night.ts";
import { loadOwnLedger } from "./own_ledger.ts";
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
export async function observe(input: NightInput, ports: NightPorts): Promise<Observed> {
  const { snapshot, settings } = input;
  const view = await loadOwnLedger(snapshot, ports);
  const fingerprints = await fingerprintsOf(snapshot);
  const { changes: bare, volumes, machineId } = diff(view, snapshot, fingerprints);
  const { states, retired, forget } = destinationStates(settings.destinations, view.destinations, view);
  const deliveries = view.deliveries.filter((one) => !forget.includes(one.destination));
  const looks = await beginLooks(states, input, ports, {
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
    // What an earlier ledger left at the destinations belongs to the words of a first night, which waits for it.
    earlier: view.machineId === null
      ? (await Promise.all(looks)).flatMap((place) => earlierAt(place, machineId))
      : [],
  });
  const newsContext = {
    runId: input.runId,
    at: snapshot.takenAt,
    lastId: view.lastNewsId,
    notify: settings.notify,
  };
  const news = changeNews(changes, [...volumes, ...view.volumes], newsContext);
  const windows = observeBackups(view, snapshot);
  return {
    input,
    view,
    now: ports.clock.now().toISOString(),
    machineId,
    changes,
    changeNews: [
      ...news,
      ...await backupNews(windows.turns, volumes, { ...newsContext, lastId: view.lastNewsId + news.length }),
    ],
    openChanges: openChanges(view.news, view),
    windows: windows.facts,
    windowsChanges: windows.changes,
    hints: joinHints({
      join: snapshot.host.join,
      destinations: settings.destinations,
      shareCredentials: input.shareCredentials ?? null,
    }),
    volumes,
    keys: currentKeys(volumes, machineId),
    digits: new Map([...fingerprints].map(([password, fingerprint]) => [fingerprint, password])),
    states,
    retired,
    forget,
    deliveries,
    looks,
  };
}

/** Side by side: nobody waits for a slow place but itself. */
async function beginLooks(
  states: readonly DestinationState[],
  input: NightInput,
  ports: NightPorts,
  context: LookContext,
): Promise<readonly Promise<LookedAt>[]> {
  // Tables of names and rights, which a night without folders that somebody else may read does not need.
  const refusals = input.access.length === 0 ? null : await import("./refusal.ts");
  return input.settings.destinations.flatMap((settings, index) => {
    const state = states[index];
    if (settings.kind === "mail" || state === undefined) return [];
    const place = settings.kind === "folder" ? findFolder(settings, input.snapshot.volumes) : null;
    const here = settings.kind === "folder" && place !== null && "path" in place
      ? { ...settings, path: place.path }
      : settings;
    const refusal = refusals?.refusalOf(here, input.access) ?? null;
    return [
      lookAt({
        settings: here,
        destination: refusal !== null
          ? noWay(new RefusedError(refusal))
          : place !== null && "trouble" in place
          ? noWay(place.cause === "ambiguous" ? new RefusedError(place.trouble) : new Error(place.trouble))
          : ports.openDestination(here, state) ?? noWay(new Error(NOBODY)),
        state,
        limit: startTimeLimit(input.settings.limits.destinationSeconds),
      }, context),
    ];
  });
}

const NOBODY = "only the scheduled task reaches it, and this run was started without it";

/** Shares and OneDrive folders when nobody carries, folders that are refused, volumes that are not there. */
function noWay(reason: Error): Destination {
  const refuse = (): Promise<never> => Promise.reject(reason);
  return { name: "", list: refuse, sha256: refuse, put: refuse, putStatus: refuse };
}

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
