/** What the steps of a night hand to each other. */

import type { Delivery, DestinationState, KnownVolume, News } from "../core/ledger_model.ts";
import type { Change, Snapshot } from "../core/model.ts";
import type { SetAside } from "../core/policy.ts";
import type { DestinationSettings, Settings } from "../core/settings.ts";
import type {
  CarryItem,
  Clock,
  Destination,
  Ledger,
  LedgerView,
  Log,
  Mailer,
  TemplateStore,
} from "../ports.ts";
import type { LookedAt } from "./deliver.ts";
import type { ReportPorts } from "./make_reports.ts";
import type { CurrentKey } from "./report_plan.ts";

/** What a night is given. */
export interface NightInput {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  /** Policy values that were not used. */
  readonly setAside: readonly SetAside[];
  readonly runId: string;
  /** Whether somebody carries files to shares and OneDrive folders after this run. */
  readonly carries: boolean;
  /** Whether this is the second start of a run, after something was carried. */
  readonly carried: boolean;
}

/** What a night needs of the world. */
export interface NightPorts extends ReportPorts {
  readonly ledger: Ledger;
  readonly templates: TemplateStore;
  readonly mailer: Mailer | null;
  readonly log: Log;
  readonly clock: Clock;
  /** Opens a place for files; `null` where this process has no way to it. */
  openDestination(settings: DestinationSettings, state: DestinationState): Destination | null;
  /** What the destinations want carried so far. */
  carry(): readonly CarryItem[];
}

/** A night after the comparison: everything known, nothing done. */
export interface Night {
  readonly input: NightInput;
  /** The ledger as it was. */
  readonly view: LedgerView;
  /** The present, ISO 8601 in UTC. */
  readonly now: string;
  readonly machineId: string;
  readonly changes: readonly Change[];
  /** The changes as news, with the ids that follow the ledger's. */
  readonly changeNews: readonly News[];
  readonly volumes: readonly KnownVolume[];
  /** Keys that open volumes now. */
  readonly keys: readonly CurrentKey[];
  /** From fingerprint to digits, for the keys that the snapshot shows. */
  readonly digits: ReadonlyMap<string, string>;
  /** One a destination of the settings. */
  readonly states: readonly DestinationState[];
  /** Of mails that are no longer in the settings, where they need an update. */
  readonly retired: readonly DestinationState[];
  /** Destinations whose deliveries no longer count. */
  readonly forget: readonly string[];
  /** Deliveries that count. */
  readonly deliveries: readonly Delivery[];
  /** Destinations for files, looked at. Those without a way to them have no listing. */
  readonly places: readonly LookedAt[];
}

/** What became of one mail. */
export interface MailOutcome {
  readonly destination: string;
  readonly accepted: boolean;
  /** Why it, or a part of it, was not taken; `null` when all was. */
  readonly trouble: string | null;
}
