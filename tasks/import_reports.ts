/** Files imported keys as reports, in the form and under the names that the program's own reports have. */

import { KeySet } from "../lib/core/import/key_set.ts";
import type { ImportedKey, KeyDetail } from "../lib/core/import/model.ts";
import { TextSet } from "../lib/core/import/text_set.ts";
import type { Report } from "../lib/core/model.ts";
import { renderText } from "../lib/core/render_text.ts";
import { hostFolder, keyReportName, reportDate } from "../lib/core/report_names.ts";
import { unknownHost } from "../lib/core/unknown_host.ts";
import { messageOf } from "../lib/errors.ts";
import { type FoundFile, newSeed } from "./import_file.ts";
import type { Deps } from "./task.ts";

/** Where keys go of which no text names the PC. */
const NO_HOST = "unknown PC";

/** Where to, and who is told. */
export interface FilingOptions {
  /** Root of the reports. */
  readonly folder: string;
  /** Told what could not be written, as a sentence. */
  readonly onTrouble: (text: string) => void;
}

/** Writes a report for each key with digits; one that several files hold is written once. */
export class ReportFiling {
  readonly #folder: string;
  readonly #onTrouble: (text: string) => void;
  readonly #deps: Deps;
  readonly #now: string;
  readonly #done = new KeySet(newSeed());
  /** Paths, in order. */
  readonly #written = new TextSet(newSeed());

  constructor({ folder, onTrouble }: FilingOptions, deps: Deps) {
    this.#folder = folder;
    this.#onTrouble = onTrouble;
    this.#deps = deps;
    this.#now = deps.clock.now().toISOString();
  }

  /** Paths of the reports, in order. */
  get written(): Iterable<string> {
    return this.#written;
  }

  /** Whether a file was written by this run. */
  has(path: string): boolean {
    return this.#written.has(path);
  }

  /** Files the keys of a file. */
  async file({ path, entries }: FoundFile): Promise<void> {
    for (const { key, detail } of entries()) {
      if (key.recoveryPassword === null || !this.#done.add(key.keyId, key.recoveryPassword)) continue;
      await this.#write(key, { detail, source: path, now: this.#now });
    }
  }

  async #write(key: ImportedKey, origin: KeyOrigin): Promise<void> {
    const { report, host } = reportOfKey(key, origin);
    const name = keyReportName({
      date: reportDate(report.takenAt),
      drive: key.drive,
      keyId: key.keyId ?? "not known",
    });
    try {
      const folder = this.#deps.below(this.#folder, hostFolder(host));
      this.#written.add(await this.#deps.files.write(folder, name, renderText(report)));
    } catch (error) {
      this.#onTrouble(messageOf(error));
    }
  }
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
