/** Reads the ledger, and tells whether it is that of this PC at all. */

import { matchVolumes } from "../core/match_volumes.ts";
import type { Snapshot } from "../core/model.ts";
import type { Archive, Ledger, LedgerView } from "../ports.ts";

/**
 * Loads what is known of this PC. A ledger that somebody put in the place of this PC's own is set aside: its
 * reports are not to be had here, and would be called lost every night.
 *
 * @param snapshot Tonight's.
 * @param ports Ledger and archive.
 * @returns The view, of a new ledger perhaps.
 * @throws {UserError} `ledger` when it can neither be read nor replaced.
 */
export async function loadOwnLedger(
  snapshot: Snapshot,
  { ledger, archive }: { readonly ledger: Ledger; readonly archive: Archive },
): Promise<LedgerView> {
  const view = await ledger.load();
  if (!isOfAnotherPc(view, snapshot) || await isAtHome(view, archive)) return view;
  await ledger.setAside(`it is that of another PC${view.hostName === null ? "" : `, "${view.hostName}"`}`);
  return await ledger.load();
}

/** Only on a whole reading: a main board was changed, an image restored, and some volume is known all the same. */
function isOfAnotherPc(view: LedgerView, { host, volumes, errors, elevated }: Snapshot): boolean {
  return view.machineId !== null && view.machineId !== host.machineId && errors.length === 0 &&
    elevated !== false && volumes.length > 0 &&
    matchVolumes(volumes, view.volumes).every(({ known }) => known === null);
}

/** A PC that took the place of another one, with all its data, goes on with it: the old keys are still owed. */
async function isAtHome({ reports }: LedgerView, archive: Archive): Promise<boolean> {
  const kept = reports.filter(({ released }) => !released);
  if (kept.length === 0) return true;
  const archived = new Set((await archive.list()).map(({ id }) => id));
  return kept.some(({ id }) => archived.has(id));
}
