/** Fills a new or damaged ledger again from the archive: names carry host, date, drive and Key ID. */

import { fingerprintOf } from "../core/fingerprint.ts";
import type { KnownVolume, ReportEntry } from "../core/ledger_model.ts";
import { parseReportText } from "../core/parse_report.ts";
import { parseReportName } from "../core/report_names.ts";
import type { ArchivedFile } from "../ports.ts";
import { openOwn, type ReportPorts } from "./make_reports.ts";
import { sha256Hex } from "../core/sha256.ts";

/** What the archive still gives. */
export interface Restored {
  /** Those that the ledger did not know. */
  readonly reports: readonly ReportEntry[];
  /** Ids of files that can no longer be opened or are no report. */
  readonly unreadable: readonly string[];
}

/**
 * Reads every report of the archive that the ledger does not know.
 *
 * @param known Reports that the ledger still has.
 * @param volumes Volumes of tonight, to know again which drive a key belongs to.
 * @param ports Archive and its key.
 * @returns Entries as they were; none counts as delivered anywhere.
 */
export async function restoreReports(
  known: readonly ReportEntry[],
  volumes: readonly KnownVolume[],
  ports: ReportPorts,
): Promise<Restored> {
  const ids = new Set(known.map((entry) => entry.id));
  const reports: ReportEntry[] = [];
  const unreadable: string[] = [];
  for (const file of await ports.archive.list()) {
    if (ids.has(file.id)) continue;
    const entry = await restoreOne(file, volumes, ports);
    if (entry === null) unreadable.push(file.id);
    else reports.push(entry);
  }
  return { reports, unreadable };
}

async function restoreOne(
  file: ArchivedFile,
  volumes: readonly KnownVolume[],
  ports: ReportPorts,
): Promise<ReportEntry | null> {
  const slash = file.id.lastIndexOf("/");
  const [folder, name] = [file.id.slice(0, slash), file.id.slice(slash + 1)];
  const parsed = parseReportName(name);
  const kept = await ports.archive.get(file);
  if (parsed === null || kept === null) return null;
  const bytes = file.vault === "pc" ? await openOwn(kept, ports) : kept;
  if (bytes === null) return null;
  const report = file.vault === "pc" && parsed.kind === "key" ? parseReportText(bytes) : null;
  const keyId = report?.keyId ?? parsed.keyId;
  const volume = volumes.find((one) => one.protectors.some((protector) => protector.id === keyId));
  return {
    id: file.id,
    kind: parsed.kind,
    rendition: file.vault === "pc" ? "plain" : "sealed",
    folder,
    name,
    size: bytes.length,
    sha256: await sha256Hex(bytes),
    recipientsHash: null,
    keyId,
    fingerprint: report === null ? null : await fingerprintOf(report.recoveryPassword),
    deviceId: volume?.deviceId ?? null,
    takenAt: report?.takenAt ?? `${parsed.date}T00:00:00Z`,
    released: false,
  };
}
