/** One destination's night: look, verify what is there, put what is not. */

import type { Receipt } from "../core/carry_model.ts";
import type { Delivery, DestinationState, ReportEntry } from "../core/ledger_model.ts";
import { numberedName } from "../core/report_names.ts";
import { reasonOf } from "../core/say_reason.ts";
import { messageOf } from "../errors.ts";
import { type Listing, NameTakenError, RefusedError, UnlinkedError } from "../ports.ts";
import { chooseFolder, suffixedFolder } from "./choose_folder.ts";
import { fileAt, findAgain } from "./find_again.ts";
import { isThere, mayHold, newDelivery, type OwedReport } from "./outbox.ts";
import type { LookedAt, Place } from "./place.ts";
import { receiptOf, rowOfReceipt } from "./receipts.ts";
import type { Look } from "./say_trouble.ts";

/** Which PC looks. */
export interface LookContext {
  /** The host's name made safe for a path, and as it is. */
  readonly base: string;
  /** As it is, the key under which a folder is remembered. */
  readonly hostName: string;
  /** To tell two PCs of one name apart. */
  readonly machineId: string;
  /** All of the ledger: their names show whose a folder is. */
  readonly reports: readonly ReportEntry[];
  /** Those that count: their folders are looked at, too. */
  readonly deliveries: readonly Delivery[];
}

/**
 * Looks at a destination.
 *
 * @param place Of the settings.
 * @param context Which PC looks.
 * @returns What lies there, or why it could not be looked at: never "nothing" for a failure.
 */
export async function lookAt(place: Place, context: LookContext): Promise<LookedAt> {
  const remembered = place.state.folders[context.hostName] ?? null;
  const names = new Set([
    ...(remembered === null ? [context.base, suffixedFolder(context)] : []),
    ...Object.values(place.state.folders),
    ...context.deliveries.flatMap((one) => one.destination === place.settings.name ? one.folder ?? [] : []),
  ]);
  const choice = {
    base: context.base,
    machineId: context.machineId,
    remembered,
    ownReports: new Set(context.reports.map((entry) => entry.name)),
  };
  try {
    const listing = await place.limit.wait(place.destination.list([...names]));
    const closed = closedReason(listing, remembered);
    if (closed !== null) throw new Error(closed);
    return { ...place, listing, trouble: null, cause: null, folder: chooseFolder(choice, listing.folders) };
  } catch (error) {
    const cause = error instanceof UnlinkedError
      ? "unlinked"
      : error instanceof RefusedError
      ? "refused"
      : null;
    return { ...place, listing: null, trouble: messageOf(error), cause, folder: remembered ?? context.base };
  }
}

/** What a destination needs to be brought up to date. */
export interface SettleContext {
  /** Reports that it is to hold. */
  readonly owed: readonly OwedReport[];
  /** Fingerprints of the keys that open something now: their files are hashed every night. */
  readonly current: ReadonlySet<string>;
  /** Under which its folder is remembered. */
  readonly hostName: string;
  /** ISO 8601. */
  readonly now: string;
  /** What became of what was carried, at the second start of a run; `null` at the first. */
  readonly receipts: readonly Receipt[] | null;
  /** Rows that this start has just handed over: they wait for their carrier. */
  readonly handedOver: ReadonlySet<Delivery>;
  /** The bytes of a report, `null` when they cannot be had any more. */
  bytesOf(entry: ReportEntry): Promise<Uint8Array | null>;
}

/** What became of a destination. */
export interface Settled {
  /** Reports that are owed here and can no longer be had. */
  readonly lost: readonly ReportEntry[];
  /** How the look went. */
  readonly look: Look;
  /** Rows that are to be written, one an owed report. */
  readonly deliveries: readonly Delivery[];
  /** Reached, or unreachable since when; with folder and real path. */
  readonly state: DestinationState;
}

/**
 * Brings a destination up to date: a missing or altered report is put again, under another name where its own
 * is taken. One that fails stays pending with the reason; the others go on.
 *
 * @param place After the look.
 * @param context What is owed to it.
 * @returns The new rows.
 */
export async function settle(place: LookedAt, context: SettleContext): Promise<Settled> {
  const { settings, state } = place;
  const look = { destination: settings.name, trouble: place.trouble, cause: place.cause };
  if (place.listing === null) {
    return {
      lost: [],
      look,
      deliveries: context.owed.map(({ entry, delivery }) => delivery ?? newDelivery(settings.name, entry.id)),
      state: { ...state, unreachableSince: state.unreachableSince ?? context.now },
    };
  }
  const lost: ReportEntry[] = [];
  const deliveries: Delivery[] = [];
  const looked = await Promise.all(context.owed.map(async ({ entry, delivery }) => {
    const row = delivery ?? newDelivery(settings.name, entry.id);
    if (context.handedOver.has(row)) return { entry, row, verified: row };
    try {
      return { entry, row, verified: await verify(place, row, entry, context) };
    } catch (error) {
      // It could not be read, which is not "it is not there": the last reading stands.
      return { entry, row, verified: { ...row, error: messageOf(error) } };
    }
  }));
  const { listing } = place;
  for (const { entry, row, verified } of looked) {
    const blind = listing.blind || closedReason(listing, row.folder) !== null;
    const receipt = receiptOf(context.receipts, row, entry);
    try {
      deliveries.push(
        verified ??
          (receipt === null
            ? await put(place, row, entry, context, lost)
            : rowOfReceipt(row, receipt, { blind, now: context.now })),
      );
    } catch (error) {
      deliveries.push({ ...row, state: "pending", attempts: row.attempts + 1, error: reasonOf(error) });
    }
  }
  const any = deliveries.some(isThere);
  return {
    lost,
    look,
    deliveries,
    state: {
      ...state,
      place: state.place ?? (any ? place.listing.place : null),
      folders: any ? { ...state.folders, [context.hostName]: place.folder } : state.folders,
      reachedAt: context.now,
      unreachableSince: null,
    },
  };
}

/** @returns The verified row, or `null` when the report is not there as it should be. */
async function verify(
  place: LookedAt,
  row: Delivery,
  entry: ReportEntry,
  context: SettleContext,
): Promise<Delivery | null> {
  // What shows nothing is never looked at again; what was taken there stays taken.
  if (place.listing?.blind === true) return isThere(row) ? row : null;
  const { folder, name } = row;
  if (folder === null || name === null || (!isThere(row) && row.state !== "handed-over")) return null;
  const closed = closedReason(place.listing, folder);
  if (closed !== null) {
    // What nobody can look at is not "not there"; whoever has just carried something into it knows more.
    if (receiptOf(context.receipts, row, entry) !== null) return null;
    throw new Error(closed);
  }
  const file = fileAt(place.listing, folder, name);
  if (file === null || file.size !== entry.size) return null;
  // Left by a run that did not come to its second start: carried once more, for the carrier compares the bytes.
  if (row.state === "handed-over" && !file.cloud && file.sha256 === null && context.receipts === null) {
    return null;
  }
  const due = !file.cloud && (row.state === "handed-over" || isHashDue(entry, context));
  if (due) {
    const receipt = receiptOf(context.receipts, row, entry);
    const readBack = receipt?.outcome === "delivered" ? receipt.sha256 : null;
    const sha256 = file.sha256 ?? readBack ?? await place.limit.wait(place.destination.sha256(folder, name));
    if (sha256 !== entry.sha256) return null;
  }
  return {
    ...row,
    state: "delivered",
    deliveredAt: row.deliveredAt ?? context.now,
    verifiedAt: context.now,
    hashedAt: due ? context.now : row.hashedAt,
    uploadSeenAt: row.uploadSeenAt ?? (file.cloud && place.settings.kind === "onedrive" ? context.now : null),
    error: null,
  };
}

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_OF_A_ROUND = 7;

/** Current keys every night; older reports in turn over a week. */
function isHashDue(entry: ReportEntry, context: SettleContext): boolean {
  if (entry.fingerprint !== null && context.current.has(entry.fingerprint)) return true;
  const turn = Number.parseInt(entry.sha256.slice(0, 6), 16) % DAYS_OF_A_ROUND;
  return Math.floor(Date.parse(context.now) / DAY_MS) % DAYS_OF_A_ROUND === turn;
}

/** More copies of one name than this mean that something else is wrong. */
const MOST_NAMES = 50;

async function put(
  place: LookedAt,
  row: Delivery,
  entry: ReportEntry,
  context: SettleContext,
  lost: ReportEntry[],
): Promise<Delivery> {
  if (!mayHold(place.settings, entry)) {
    return { ...row, state: "pending", error: "it could not be sealed to the recipients yet" };
  }
  const bytes = await context.bytesOf(entry);
  if (bytes === null) {
    const back = await findAgain(place, row, { entry, now: context.now });
    if (back !== null) return back;
    lost.push(entry);
    return { ...row, state: "pending", error: "the archive no longer holds this report" };
  }
  // Where nothing can be seen, a name that was tried once may be taken by what did arrive.
  const first = place.listing?.blind === true ? row.attempts + 1 : 1;
  for (let number = first; number < first + MOST_NAMES; number++) {
    const name = number === 1 ? entry.name : numberedName(entry.name, number);
    try {
      const state = await place.limit.wait(place.destination.put(place.folder, name, bytes));
      const there = state !== "handed-over";
      return {
        ...row,
        state,
        folder: place.folder,
        name,
        attempts: row.attempts + 1,
        deliveredAt: there ? context.now : null,
        verifiedAt: there ? context.now : null,
        hashedAt: state === "delivered" ? context.now : null,
        uploadSeenAt: null,
        error: null,
      };
    } catch (error) {
      if (!(error instanceof NameTakenError)) throw error;
    }
  }
  throw new Error(`${MOST_NAMES} files of the name "${entry.name}" lie there already`);
}

/** @returns Why a folder there cannot be looked into, `null` when it can, or is not there. */
function closedReason(listing: Listing | null, folder: string | null): string | null {
  const closed = listing?.folders.find((one) => one.name === folder)?.closed ?? null;
  return closed === null ? null : `the folder "${folder}" cannot be looked into: ${closed}`;
}
