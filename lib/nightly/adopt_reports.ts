/** Takes up reports of a run that was killed after it had kept them and before the ledger heard of it. */

import type { ReportEntry } from "../core/ledger_model.ts";
import { parseReportName } from "../core/report_names.ts";
import type { ReportPorts } from "./make_reports.ts";
import type { Night } from "./night.ts";
import { nextNumber } from "./report_plan.ts";
import { restoreOne } from "./restore_reports.ts";

/** What of a night it takes. */
export type AdoptContext = Pick<Night, "view" | "volumes" | "keys" | "digits">;

/**
 * Reads keys of the archive that the ledger does not know: their digits may be nowhere else by now. Sheets are made
 * again, and so is a sealed report wherever the key is at hand.
 *
 * @param night After the comparison.
 * @param ports Archive and its key.
 * @returns Entries as they were; none counts as delivered anywhere.
 */
export async function adoptReports(night: AdoptContext, ports: ReportPorts): Promise<readonly ReportEntry[]> {
  const { reports } = night.view;
  const known = new Set(reports.map((entry) => entry.id));
  const unknown = (await ports.archive.list()).filter(({ id }) => !known.has(id));
  const adopted: ReportEntry[] = [];
  const all = (): readonly ReportEntry[] => [...reports, ...adopted];
  // Plain ones first: of these a sealed one can be made.
  for (const file of [...unknown].sort((one, other) => (one.vault < other.vault ? -1 : 1))) {
    const keyId = parseReportName(file.id.slice(file.id.lastIndexOf("/") + 1))?.keyId ?? null;
    if (keyId === null) continue;
    if (file.vault === "recipients" && (isAtHand(keyId, night) || all().some((one) => one.keyId === keyId))) {
      continue;
    }
    const entry = await restoreOne(file, night.volumes, ports);
    if (entry === null || all().some((one) => one.rendition === "plain" && isSameKey(one, entry))) continue;
    adopted.push({ ...entry, number: nextNumber(all()) });
  }
  return adopted;
}

/** Whether tonight's snapshot shows the digits. */
function isAtHand(keyId: string, { keys, digits }: AdoptContext): boolean {
  return keys.some((key) => key.keyId === keyId && digits.has(key.fingerprint));
}

function isSameKey(one: ReportEntry, other: ReportEntry): boolean {
  return one.keyId === other.keyId && one.fingerprint === other.fingerprint;
}
