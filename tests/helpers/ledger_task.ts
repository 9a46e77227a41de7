/** What a task that reads the ledger says. */

import assert from "node:assert/strict";
import type { LedgerChanges } from "../../lib/ports.ts";
import type { Deps, TaskArguments, TaskRun } from "../../tasks/task.ts";
import { bufferTerminal, fixedClock, memoryFailedRuns, memoryLedger } from "../fakes.ts";

/** @returns What the task wrote to stdout over a ledger that begins so. */
export async function outputOf(
  task: TaskRun,
  ledger: LedgerChanges,
  values: TaskArguments["values"] = {},
): Promise<string> {
  const terminal = bufferTerminal();
  const deps = {
    terminal,
    defaultData: "/data",
    openLedger: () => Promise.resolve(memoryLedger(ledger)),
    failedRuns: () => memoryFailedRuns(),
    readLock: () => null,
    clock: fixedClock(),
  } as unknown as Deps;
  assert.equal(await task({ values, positionals: [] }, deps), "ok");
  return terminal.stdout;
}
