/**
 * A program that saves to a ledger over and over, and writes a line for each save that is done. All rows of a
 * save bear its name, so that a mixture of two would be seen.
 *
 * Arguments: the ledger file, a tag, how many saves (0: until it is killed).
 */

import { openSqliteLedger } from "../../lib/effects/sqlite_ledger.ts";
import type { LedgerChanges, LedgerView } from "../../lib/ports.ts";
import { delivery, destination, finding, volume } from "../contracts/ledger_sample.ts";

const VOLUMES = 5;
const DELIVERIES = 200;

function changesOf(mark: string): LedgerChanges {
  return {
    machineId: mark,
    hostName: mark,
    volumes: Array.from({ length: VOLUMES }, (_, index) => volume(`v${index}`, { label: mark })),
    deliveries: Array.from(
      { length: DELIVERIES },
      (_, index) => delivery("stick", `r${index}`, { error: mark }),
    ),
    destinations: [destination("stick", { place: mark })],
    findings: [finding(mark)],
  };
}

/** Tells which saves a view is made of: one, when no save was torn. */
export function marksOf(view: LedgerView): readonly string[] {
  const marks = [
    view.machineId,
    view.hostName,
    ...view.volumes.map(({ label }) => label),
    ...view.deliveries.map(({ error }) => error),
    ...view.destinations.map(({ place }) => place),
    ...view.findings.map(({ key }) => key),
  ];
  return [...new Set(marks.map(String))];
}

if (import.meta.main) {
  const [path = "", tag = "", count = "0"] = Deno.args;
  const ledger = await openSqliteLedger(path, { archiveHasFiles: false });
  for (let number = 1; count === "0" || number <= Number(count); number++) {
    await ledger.save(changesOf(`${tag} ${number}`));
    await Deno.stdout.write(new TextEncoder().encode(`${number}\n`));
  }
  const view = await ledger.load();
  await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(marksOf(view))}\n`));
  ledger.close();
}
