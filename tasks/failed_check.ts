/** Tells of a nightly run that failed, from whatever of it could still be read. */

import { isMoment } from "../lib/core/offset_time.ts";
import type { Envelope } from "../lib/core/parse_envelope.ts";
import { type Salvaged, salvageSettings } from "../lib/core/salvage_settings.ts";
import { failureOf } from "../lib/core/say_failure.ts";
import type { Settings } from "../lib/core/settings.ts";
import { messageOf } from "../lib/errors.ts";
import { tellFailure } from "../lib/nightly/tell_failure.ts";
import type { LedgerView } from "../lib/ports.ts";
import { sourceOf } from "./read_settings.ts";
import type { Deps } from "./task.ts";

/** What is known of the run. */
export interface FailedCheck {
  /** What it ended by. */
  readonly error: unknown;
  /** The envelope as it came in, `null` when it could not be parsed. */
  readonly document: unknown;
  /** The same, checked; `null` when it is wrong. */
  readonly envelope: Envelope | null;
  /** `null` when they could not be read. */
  readonly settings: Settings | null;
  /** Folder of ledger and archive. */
  readonly data: string;
  /** `--config` */
  readonly config: string | null;
  /** When the run was, where it is not the one of the document. */
  readonly at?: string;
}

/**
 * Remembers the run, and tells of it by mail. Never throws: what the run ended by is what counts.
 *
 * @param failed What is known of it.
 * @param deps The world.
 * @returns Names of the mail destinations that were told.
 */
export async function tellFailedCheck(failed: FailedCheck, deps: Deps): Promise<readonly string[]> {
  try {
    const document = objectOf(failed.document);
    const host = objectOf(objectOf(document["snapshot"] ?? document)["host"]);
    const secrets = objectOf(document["secrets"]);
    const password = textOf(secrets["smtpPassword"]);
    const takenAt = textOf(objectOf(document["snapshot"] ?? document)["takenAt"]);
    const now = takenAt !== null && isMoment(takenAt) ? takenAt : deps.clock.now().toISOString();
    const salvaged = failed.settings === null ? await salvage(failed, deps) : null;
    const known = await lookIntoLedger(failed.data, deps);
    return await tellFailure({
      failure: failureOf(
        failed.error,
        [password, textOf(secrets["archiveKey"])].filter((one) => one !== null),
      ),
      at: failed.at ?? now,
      toldAt: now,
      host: textOf(host["name"]) ?? known?.hostName ?? null,
      machineId: failed.envelope?.snapshot.host.machineId ?? known?.machineId ?? null,
      lastGoodAt: known?.lastGoodRun?.takenAt ?? null,
      settings: failed.settings ?? salvaged?.settings ?? null,
      isLastGood: salvaged?.isLastGood ?? false,
    }, {
      file: deps.failedRuns(failed.data),
      templates: deps.openTemplates(failed.data, false),
      openMailer: (settings) => deps.openMailer(settings, password),
      say: (text) => deps.terminal.say(text),
    });
  } catch (error) {
    deps.terminal.say(`Cannot tell of the failed run: ${messageOf(error)}`);
    return [];
  }
}

async function salvage(failed: FailedCheck, deps: Deps): Promise<Salvaged | null> {
  const given = objectOf(objectOf(failed.document)["settings"]);
  const policy = given["policy"] === undefined ? null : objectOf(given["policy"]);
  const { config, data } = failed;
  // A file that cannot be read may be what the run failed by; policy may be enough.
  const source = await sourceOf({ policy, file: given["file"] ?? null, config, data }, deps)
    .catch(() => ({ policy, file: null, fileName: "settings" }));
  return salvageSettings({ ...source, lastGood: textOf(given["lastGood"]) });
}

/** It may be what failed, or be in the hands of another run. */
async function lookIntoLedger(data: string, deps: Deps): Promise<LedgerView | null> {
  try {
    const ledger = await deps.openLedger(data);
    try {
      return await ledger.load();
    } finally {
      ledger.close();
    }
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? value as Readonly<Record<string, unknown>>
    : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
