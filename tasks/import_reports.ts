/** Files imported keys as reports, in the form and under the names that the program's own reports have. */

import type { ImportedKey, KeyDetail } from "../lib/core/import/model.ts";
import type { Host, Report } from "../lib/core/model.ts";
import { renderText } from "../lib/core/render_text.ts";
import { hostFolder, keyReportName, reportDate } from "../lib/core/report_names.ts";
import { messageOf } from "../lib/errors.ts";
import type { ImportedFile } from "./import_file.ts";
import type { Deps } from "./task.ts";

/** Where keys go of which no text names the PC. */
const NO_HOST = "unknown PC";

/** What is to be filed where. */
export interface FilingPlan {
  readonly files: readonly ImportedFile[];
  /** Root of the reports. */
  readonly folder: string;
}

/** What was filed. */
export interface Filed {
  /** Paths, in order. */
  readonly written: readonly string[];
  /** What could not be written, as sentences. */
  readonly troubles: readonly string[];
}

/**
 * Writes a report for each key with digits; one that several files hold is written once.
 *
 * @param plan Files and folder.
 * @param deps The world.
 * @returns What was written.
 */
export async function fileReports({ files, folder }: FilingPlan, deps: Deps): Promise<Filed> {
  const written: string[] = [];
  const troubles: string[] = [];
  const done = new Set<string>();
  const now = deps.clock.now().toISOString();
  for (const file of files) {
    for (const [at, key] of file.keys.entries()) {
      const detail = file.details[at];
      const name = `${key.keyId} ${key.recoveryPassword}`;
      if (detail === undefined || key.recoveryPassword === null || done.has(name)) continue;
      done.add(name);
      const { report, host } = reportOfKey(key, { detail, source: file.path, now });
      try {
        written.push(
          await deps.files.write(
            deps.below(folder, hostFolder(host)),
            keyReportName({
              date: reportDate(report.takenAt),
              drive: key.drive,
              keyId: key.keyId ?? "not known",
            }),
            renderText(report),
          ),
        );
      } catch (error) {
        troubles.push(messageOf(error));
      }
    }
  }
  return { written, troubles };
}

interface KeyOrigin {
  readonly detail: KeyDetail;
  readonly source: string;
  readonly now: string;
}

function reportOfKey(
  { keyId, recoveryPassword, drive }: ImportedKey,
  { detail, source, now }: KeyOrigin,
): { readonly report: Report; readonly host: string } {
  const host = detail.host ?? NO_HOST;
  // a date without offset, in whatever order of day and month, is no moment
  const takenAt = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(detail.date ?? "")
    ? detail.date ?? now
    : now;
  return {
    host,
    report: {
      host: unknownHost(host),
      takenAt,
      source,
      keys: [{
        keyId: keyId ?? "",
        recoveryPassword: recoveryPassword ?? "",
        valid: true,
        // whether it opens the drive now, nobody can tell from an old text
        current: true,
        volume: { deviceId: keyId ?? "", drive, label: null, volumeType: null, sizeBytes: null },
      }],
    },
  };
}

function unknownHost(name: string): Host {
  return {
    name,
    domain: null,
    machineId: "",
    serial: null,
    model: null,
    os: { caption: null, version: null, edition: null },
    join: null,
  };
}
