import { UserError } from "../../lib/errors.ts";
import type { Ledger, LedgerChanges, LedgerView } from "../../lib/ports.ts";
import { byKey, soon } from "./soon.ts";

/** A ledger in memory. */
export interface MemoryLedger extends Ledger {
  /** What `load` gives now. */
  readonly view: LedgerView;
  /** Every `save`, in order. */
  readonly saves: LedgerChanges[];
  /** What `load` says to be damaged. */
  damage: readonly string[];
  /** Set: nothing can be saved. */
  trouble: string | null;
}

/** Makes a new one, or one that begins with some changes. */
export function memoryLedger(start: LedgerChanges = {}): MemoryLedger {
  let state = merge(EMPTY_STATE, start);
  const fake: MemoryLedger = {
    saves: [],
    damage: [],
    trouble: null,
    get view(): LedgerView {
      const { history, runs, damage: kept, ...rest } = state;
      const told = rest.destinations.flatMap(({ toldUpTo }) => toldUpTo === null ? [] : [toldUpTo]);
      const news = history.filter(({ tell, id }) => tell && (told.length === 0 || id > Math.min(...told)));
      return {
        ...rest,
        news,
        lastNewsId: history.at(-1)?.id ?? 0,
        lastRun: runs.at(-1) ?? null,
        lastGoodRun: runs.findLast(({ exit }) => exit === 0) ?? null,
        damage: [...new Set([...fake.damage, ...kept])],
      };
    },
    load: soon(() => fake.view),
    save: soon((changes) => {
      if (fake.trouble !== null) throw new UserError("ledger", `Cannot save the ledger: ${fake.trouble}`);
      state = merge(state, changes);
      fake.saves.push(changes);
    }),
    history: soon(() => state.history.filter(({ topic }) => topic === "change")),
    runsSinceGood: soon(() => state.runs.slice(state.runs.findLastIndex(({ exit }) => exit === 0) + 1)),
    setAside: soon((reason) => {
      state = { ...EMPTY_STATE, damage: [`The ledger was damaged (${reason}) and set aside`] };
    }),
    close: () => {},
  };
  return fake;
}

type LedgerState = Omit<LedgerView, "news" | "lastNewsId" | "lastRun" | "lastGoodRun" | "damage"> & {
  readonly history: LedgerView["news"];
  readonly runs: readonly NonNullable<LedgerView["lastRun"]>[];
  /** Of a run that has not ended. */
  readonly damage: readonly string[];
};

const EMPTY_STATE: LedgerState = {
  machineId: null,
  hostName: null,
  volumes: [],
  reports: [],
  deliveries: [],
  destinations: [],
  findings: [],
  history: [],
  backups: [],
  eventLog: null,
  hints: [],
  endedNewsId: 0,
  runs: [],
  damage: [],
};

function merge(state: LedgerState, changes: LedgerChanges): LedgerState {
  const history = [...state.history];
  for (const item of changes.news ?? []) {
    const next = (history.at(-1)?.id ?? 0) + 1;
    if (item.id !== next) throw new Error(`Cannot save news ${item.id}: the next one is ${next}`);
    history.push(item);
  }
  const kept = state.deliveries.filter((one) => !changes.forgetDeliveriesOf?.includes(one.destination));
  const { run } = changes;
  return {
    machineId: changes.machineId ?? state.machineId,
    hostName: changes.hostName ?? state.hostName,
    volumes: upsert(state.volumes, changes.volumes, (one) => one.deviceId),
    reports: upsert(state.reports, changes.reports, (one) => one.id),
    deliveries: upsert(kept, changes.deliveries, (one) => `${one.destination}\n${one.report}`),
    destinations: upsert(state.destinations, changes.destinations, (one) => one.name),
    findings: changes.findings ?? state.findings,
    history,
    backups: upsert(state.backups, changes.backups, (one) => [one.about, one.place, one.outcome].join("\n")),
    eventLog: changes.eventLog ?? state.eventLog,
    hints: changes.hints ?? state.hints,
    damage: run === undefined ? changes.damage ?? state.damage : [],
    endedNewsId: run === undefined ? state.endedNewsId : history.at(-1)?.id ?? 0,
    runs: run === undefined ? state.runs : [...state.runs.filter((one) => one.runId !== run.runId), run],
  };
}

function upsert<T>(rows: readonly T[], changed: readonly T[] = [], keyOf: (row: T) => string): readonly T[] {
  const all = new Map([...rows, ...changed].map((row) => [keyOf(row), row]));
  return [...all].sort(byKey).map(([, row]) => row);
}
