/** What the steps of a night hand to each other. */

import type { Delivery, DestinationState, KnownVolume, News } from "../core/ledger_model.ts";
import type { Change, Snapshot } from "../core/model.ts";
import type { JoinHint } from "../core/join_hints.ts";
import type { SetAside } from "../core/policy.ts";
import type { BackupFacts } from "../core/key_backups.ts";
import type { DestinationSettings, Settings } from "../core/settings.ts";
import type { CarryItem, FolderDescriptor, Receipt } from "../core/carry_model.ts";
import type {
  Clock,
  Destination,
  Ledger,
  LedgerChanges,
  LedgerView,
  Log,
  Mailer,
  TemplateStore,
} from "../ports.ts";
import type { LookedAt } from "./place.ts";
import type { ReportPorts } from "./make_reports.ts";
import type { CurrentKey } from "./report_plan.ts";

/** What a night is given. */
export interface NightInput {
  /** What the PC showed. */
  readonly snapshot: Snapshot;
  /** Complete and checked. */
  readonly settings: Settings;
  /** Policy values that were not used. */
  readonly setAside: readonly SetAside[];
  /** Names the run in ledger and log; the same at both starts of a run. */
  readonly runId: string;
  /** Whether somebody carries files to shares and OneDrive folders after this run. */
  readonly carries: boolean;
  /** What became of what was carried, at the second start of a run; `null` at the first. */
  readonly receipts: readonly Receipt[] | null;
  /** Of local folders, where somebody looked who may use them. */
  readonly access: readonly FolderDescriptor[];
  /** Shares that a credential is stored for; `null` when nobody said. @default {null} */
  readonly shareCredentials?: readonly string[] | null;
}

/** What a night needs of the world. */
export interface NightPorts extends Omit<ReportPorts, "pages"> {
  /** What was known before, and where the night is recorded. */
  readonly ledger: Ledger;
  /** To render a sheet or a mail. */
  readonly templates: TemplateStore;
  /** `null` when no server is set up. */
  readonly mailer: Mailer | null;
  /** The run's own diary. */
  readonly log: Log;
  /** The time of deliveries; that of changes is `takenAt`. */
  readonly clock: Clock;
  /** Opens a place for files; `null` where this process has no way to it. */
  openDestination(settings: DestinationSettings, state: DestinationState): Destination | null;
  /** What the destinations want carried so far. */
  carry(): readonly CarryItem[];
}

/** A night after the comparison: everything known, nothing done, the look at a slow destination perhaps not over. */
export interface Observed {
  /** What the night was given. */
  readonly input: NightInput;
  /** The ledger as it was. */
  readonly view: LedgerView;
  /** The present, ISO 8601 in UTC. */
  readonly now: string;
  /** Tonight's, or the ledger's where the snapshot does not show which PC this is. */
  readonly machineId: string;
  /** Since the last night, worded. */
  readonly changes: readonly Change[];
  /** The changes, and what Windows' log newly tells, as news with the ids that follow the ledger's. */
  readonly changeNews: readonly News[];
  /** Changes that an earlier start has recorded, of this run or of one that was killed, and nobody was told. */
  readonly openChanges: readonly News[];
  /** What is known now of copies that Windows made itself. */
  readonly windows: BackupFacts;
  /** What of that the ledger does not know yet. */
  readonly windowsChanges: Pick<LedgerChanges, "backups" | "eventLog">;
  /** Destinations that do not fit what this PC is joined to. */
  readonly hints: readonly JoinHint[];
  /** All that the ledger knows, as they are to be known now. */
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
  /** One a destination for files; none fails. Those without a way to them give no listing. */
  readonly looks: readonly Promise<LookedAt>[];
}

/** A night whose destinations have all been looked at. */
export interface Night extends Observed {
  /** What the looks gave. */
  readonly places: readonly LookedAt[];
}

/** What became of one mail. */
export interface MailOutcome {
  /** Name of the destination. */
  readonly destination: string;
  /** Whether the server took it for at least one address. */
  readonly accepted: boolean;
  /** Why it, or a part of it, was not taken; `null` when all was. */
  readonly trouble: string | null;
  /** What to do about it; `null` when nobody said. @default {null} */
  readonly hint?: string | null;
}

/** What the steps of a night work with: the world, and pages that always come out. */
export type StepPorts = NightPorts & Pick<ReportPorts, "pages">;

/** What every record of a night begins with. */
export type Knowledge = Pick<
  LedgerChanges,
  "machineId" | "hostName" | "volumes" | "forgetDeliveriesOf" | "backups" | "eventLog" | "hints" | "damage"
>;

/**
 * Gathers what every record of a night begins with.
 *
 * @param night After the comparison.
 * @returns PC, volumes, what Windows' log tells, and the destinations that lead elsewhere now.
 */
export function knowledgeOf(night: Observed): Knowledge {
  const hints = night.hints.map((one) => one.text);
  return {
    ...night.windowsChanges,
    ...(JSON.stringify(hints) === JSON.stringify(night.view.hints) ? {} : { hints }),
    machineId: night.machineId,
    hostName: night.input.snapshot.host.name,
    volumes: night.volumes,
    forgetDeliveriesOf: night.forget,
    // Told at the end of the run, whichever start that is.
    ...(night.view.damage.length === 0 ? {} : { damage: night.view.damage }),
  };
}
