/**
 * The mark that a run leaves in the lock file while it is under way and takes away at its end. Who finds one there
 * and gets the lock knows that the run was ended from outside.
 */

import { isMoment } from "./offset_time.ts";

/** What a run says of itself while it is under way. */
export interface RunMark {
  /** As the envelope gave it, or made by the program. */
  readonly runId: string;
  /** `takenAt` of its snapshot. */
  readonly takenAt: string;
  /** Whether it waits for its second start, while PowerShell carries and nobody holds the lock. @default {false} */
  readonly waiting?: boolean;
}

/** Where the mark stands: in the file of the lock, which a run holds. Neither call ever fails. */
export interface RunMarkPlace {
  /** Reads what stands there. @returns `null` when nothing does, it cannot be read, or the lock is not held. */
  read(): string | null;
  /** Writes a short text that stays when its writer dies; `null` takes it away. Without the lock nothing happens. */
  write(text: string | null): void;
}

/** While one run carries, another may come in between; a run that takes longer has lost its script. */
const CARRY_MS = 6 * 60 * 60 * 1000;

/** One is about 120 characters long; more was written by somebody else. */
const LONGEST_MARK = 1000;

/**
 * Writes a mark.
 *
 * @param mark Of a run.
 * @returns JSON, without a line end.
 */
export function renderRunMark({ runId, takenAt, waiting = false }: RunMark): string {
  return JSON.stringify({ schema: 1, runId, takenAt, ...(waiting ? { waiting } : {}) });
}

/**
 * Finds the run that did not come to its end.
 *
 * @param text What stands in the lock file, read while no run holds it; `null` or empty after a run that ended.
 * @param now The run that looks, or the present and no run.
 * @returns Its mark; `null` when there is none, when it is the first start of the same run, or when its script may
 * still be carrying. What is no mark, as one that was written by half, is none.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const mark = { runId: "a", takenAt: "2026-11-24T03:00:00Z" };
 * const now = { runId: "b", takenAt: "2026-11-25T03:00:00Z" };
 * assert.deepEqual(cutOffRun(renderRunMark(mark), now), { ...mark, waiting: false });
 * assert.equal(cutOffRun(renderRunMark(mark), { ...now, runId: "a" }), null);
 * ```
 */
export function cutOffRun(
  text: string | null,
  now: { readonly runId: string | null; readonly takenAt: string },
): RunMark | null {
  const mark = parseRunMark(text);
  if (mark === null || mark.runId === now.runId) return null;
  const ageMs = Math.abs(Date.parse(now.takenAt) - Date.parse(mark.takenAt));
  return mark.waiting === true && ageMs < CARRY_MS ? null : mark;
}

function parseRunMark(text: string | null): RunMark | null {
  if (text === null || text === "" || text.length > LONGEST_MARK) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const { schema, runId, takenAt, waiting }: Readonly<Record<string, unknown>> =
    typeof value === "object" && value !== null ? { ...value } : {};
  return schema === 1 && typeof runId === "string" && typeof takenAt === "string" && isMoment(takenAt)
    ? { runId, takenAt, waiting: waiting === true }
    : null;
}
