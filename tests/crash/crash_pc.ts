/** A PC on which the program runs, with PowerShell's part of a night played here. */

import type { CarryItem, Receipt } from "../../lib/core/carry_model.ts";
import { type BarePc, barePc, PLACES } from "./bare_pc.ts";
import { carryTo, listingOf } from "./carrier.ts";
import type { Ended, Launch, ProgramEnd } from "./launch.ts";

/** A night as the PC shows it. */
export interface NightPlan {
  /** Volume documents. */
  readonly volumes: readonly unknown[];
  /** `2026-11-20`: the day of the PC's clock. */
  readonly day: string;
}

/** Where a run is ended. */
export interface RunEnding {
  /** 0 for the first start of the program, 1 for the second. */
  readonly start: number;
  /** How that start ends. */
  readonly end: ProgramEnd;
}

/** The carrier, and with it the whole run, ends after this many files. */
export interface CarrierEnding {
  readonly carried: number;
}

/** What a run came to. */
export interface RunResult {
  /** As the ledger knows it; `null` where PowerShell has named it. */
  readonly runId: string | null;
  /** Whether it ended before its own end. */
  readonly killed: boolean;
  /** One a start of the program. */
  readonly starts: readonly Ended[];
  /** What the last start that ended by itself gave; `null` without one. */
  readonly answer: Answer | null;
  /** Of these addresses the server has taken mails during the run. */
  readonly mailed: readonly string[];
}

/** What `check --json` prints, as far as it is looked at. */
export interface Answer {
  readonly changes?: readonly { readonly kind: string; readonly text: string }[];
  readonly deliveries?: readonly { readonly outcome: string; readonly error: string | null }[];
  readonly carry?: readonly CarryItem[];
  readonly shortfalls?: readonly string[];
  readonly eventLog?: readonly { readonly id: number; readonly text: string }[];
  readonly error?: { readonly message: string };
}

/** A PC with nights. */
export interface CrashPc extends BarePc {
  /** Where ledger and archive lie. */
  readonly data: string;
  /** Runs a night, one start of the program or two. */
  night(plan: NightPlan, ending?: RunEnding | CarrierEnding | null): Promise<RunResult>;
}

/**
 * Sets up a PC.
 *
 * @param launch How the program is started.
 * @returns The PC; nothing was ever run on it.
 */
export async function crashPc(launch: Launch): Promise<CrashPc> {
  const pc = await barePc();
  const data = `${pc.root}/pc/data`;
  const share = `${pc.root}/pc/${PLACES.office}`;
  const { check } = await launch.ready({ root: pc.root, data, settings: pc.settings });
  let runs = 0;
  return {
    ...pc,
    data,
    async night(plan, ending = null): Promise<RunResult> {
      const runId = `run-${++runs}`;
      const starts: Ended[] = [];
      const start = async (receipts: readonly Receipt[] | null): Promise<Answer | null> => {
        const envelope = {
          ...envelopeOf(plan, { runId, settings: pc.settings }),
          listings: [await listingOf("office", share)],
          ...(receipts === null ? {} : { receipts }),
        };
        const end = ending !== null && "start" in ending && ending.start === starts.length
          ? ending.end
          : null;
        const ended = await check(JSON.stringify(envelope), { end, now: `${plan.day}T02:00:01.000Z` });
        starts.push(ended);
        return ended.signal === null ? JSON.parse(ended.stdout) : null;
      };
      let answer: Answer | null = null;
      let killed = true;
      const mails = await pc.mailing(async () => {
        answer = await start(null);
        const files = answer?.carry?.filter((item) => !item.replace) ?? [];
        if (answer !== null && files.length > 0) {
          const stop = ending !== null && "carried" in ending ? ending.carried : Infinity;
          const receipts = await carryTo(share, files.slice(0, stop));
          answer = stop <= files.length ? null : await start(receipts);
        }
        if (answer !== null) await carryTo(share, answer.carry ?? []);
        killed = answer === null;
      });
      return { runId, killed, starts, answer, mailed: mails.flatMap(({ to }) => to) };
    },
  };
}

function envelopeOf(
  { day, volumes }: NightPlan,
  { runId, settings }: { readonly runId: string; readonly settings: unknown },
): Readonly<Record<string, unknown>> {
  return {
    schema: 1,
    runId,
    snapshot: {
      schema: 1,
      takenAt: `${day}T03:00:00.000+01:00`,
      host: { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" },
      volumes,
    },
    settings: { policy: null, file: settings },
    secrets: {},
  };
}
