import assert from "node:assert/strict";
import { parseFailedRuns } from "../lib/core/failed_runs.ts";
import { UserError } from "../lib/errors.ts";
import { run } from "../tasks/check.ts";
import type { Deps } from "../tasks/task.ts";
import {
  bufferTerminal,
  fixedClock,
  memoryFailedRuns,
  memoryFiles,
  memoryLedger,
  memoryRunLock,
  memoryTemplates,
} from "./fakes.ts";
import { volume } from "./helpers/night_rig.ts";

Deno.test("check ends with 13 when another run holds the lock, and opens nothing", async () => {
  const host = { name: "ANNA-LAPTOP", machineId: "4c4c4544-0042-3510-8052-b4c04f4d3532" };
  const snapshot = { schema: 1, takenAt: "2026-11-24T03:00:00Z", host, volumes: [volume("C:", [1])] };
  const terminal = bufferTerminal();
  const failed = memoryFailedRuns();
  const deps = {
    terminal,
    files: memoryFiles({ "/s.json": JSON.stringify(snapshot) }),
    below: (...parts: readonly string[]) => parts.join("/"),
    clock: fixedClock(),
    defaultData: "/data",
    readOptional: () => Promise.resolve(null),
    newRunId: () => "run",
    openLock: () => memoryRunLock(false),
    openNight: () => Promise.reject(new Error("must not be opened")),
    openLedger: () => Promise.resolve(memoryLedger()),
    openTemplates: () => memoryTemplates(),
    failedRuns: () => failed,
  } as unknown as Deps;
  await assert.rejects(
    () => run({ values: { snapshot: "/s.json", json: true }, positionals: [] }, deps),
    (error) => error instanceof UserError && error.code === "busy" && /another run holds/.test(error.message),
  );
  assert.equal(terminal.stdout, "");
  assert.deepEqual(parseFailedRuns(failed.text).map(({ code, times }) => [code, times]), [
    ["busy", [snapshot.takenAt]],
  ]);
});
