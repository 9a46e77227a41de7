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
  const told = reports.map((entry) => withFingerprint(entry, { known, restored: reports, volumes }));
  return { reports: numbered(told, known), unreadable };
}

/**
 * What is sealed to the recipients tells nothing of its digits. Where only one key ever had that ID, and only one
 * report can be meant, it is that key's: else it would count as another key, to be delivered beside it.
 */
function withFingerprint(
  entry: ReportEntry,
  { known, restored, volumes }: {
    readonly known: readonly ReportEntry[];
    readonly restored: readonly ReportEntry[];
    readonly volumes: readonly KnownVolume[];
  },
): ReportEntry {
  if (entry.keyId === null || entry.fingerprint !== null) return entry;
  const reports = [...known, ...restored].filter((one) => one.keyId === entry.keyId);
  if (restored.some((one) => one !== entry && one.keyId === entry.keyId && one.fingerprint === null)) {
    return entry;
  }
  const protectors = volumes.flatMap((volume) => volume.protectors).filter((one) => one.id === entry.keyId);
  const all = new Set(
    [...reports, ...protectors].map((one) => one.fingerprint).filter((one) => one !== null),
  );
  const sealed = new Set(
    reports.filter((one) => one.rendition === "sealed").map((one) => one.fingerprint),
  );
  const open = [...all].filter((fingerprint) => !sealed.has(fingerprint));
  const [fingerprint = null, ...others] = open.length > 0 ? open : all;
  return others.length > 0 ? entry : { ...entry, fingerprint };
}

/** Before all that the ledger still has: which of them were later than those, nobody can tell. */
function numbered(
  reports: readonly ReportEntry[],
  known: readonly ReportEntry[],
): readonly ReportEntry[] {
  const lowest = known.reduce((least, { number }) => Math.min(least, number), 1);
  return reports.toSorted((one, other) => Date.parse(one.takenAt) - Date.parse(other.takenAt))
    .map((entry, index) => ({ ...entry, number: lowest - reports.length + index }));
}

/**
 * Reads a report of the archive.
 *
 * @param file In the archive.
 * @param volumes Of tonight.
 * @param ports Archive and its key.
 * @returns Its entry, of number 0; `null` when it can no longer be opened or is no report.
 */
export async function restoreOne(
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
    number: 0,
    released: false,
  };
}
