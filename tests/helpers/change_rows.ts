/** Tables of nights and of what the last of them changed. */

import assert from "node:assert/strict";
import type { Snapshot } from "../../lib/core/model.ts";
import { changesOf } from "./nights.ts";

/** Some nights, and the changes of the last one. */
export type ChangeRow = readonly [what: string, nights: readonly Snapshot[], changes: readonly string[]];

/** Asserts that each row's last night has its changes, in any order. */
export function checkChanges(rows: readonly ChangeRow[]): void {
  for (const [what, nights, changes] of rows) {
    assert.deepEqual(changesOf(...nights), [...changes].sort(), what);
  }
}
