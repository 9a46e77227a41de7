/** Tables of nights and of what the last of them finds on volumes. */

import assert from "node:assert/strict";
import type { Finding, Snapshot } from "../../lib/core/model.ts";
import { volumeFindings } from "../../lib/core/volume_findings.ts";
import { knowledgeAfter } from "./nights.ts";
import { errorDocument } from "./snapshots.ts";

/** A list of protectors that Windows did not give. */
export const UNREAD = { protectors: null, errors: [errorDocument("GetKeyProtectors")] };

/** What Windows does not tell of a locked drive. */
export const LOCKED_CALLS = ["GetConversionStatus", "GetEncryptionMethod", "GetKeyProtectors"] as const;

/** A locked drive. */
export const LOCKED = {
  lockStatus: 1,
  protectionStatus: 2,
  conversionStatus: null,
  encryptionMethod: null,
  protectors: null,
  errors: LOCKED_CALLS.map((call) => errorDocument(call, "0x80310000")),
};

/** Some nights, and the findings of the last one as `severity code`. */
export type FindingRow = readonly [what: string, nights: readonly Snapshot[], findings: readonly string[]];

/** @returns What the last of some nights finds. */
export function findingsOf(...nights: readonly Snapshot[]): readonly Finding[] {
  const last = nights.at(-1);
  assert.ok(last);
  return volumeFindings(last, knowledgeAfter(...nights).volumes);
}

/** Asserts that each row's last night has its findings, in any order. */
export function checkFindings(rows: readonly FindingRow[]): void {
  for (const [what, nights, findings] of rows) {
    assert.deepEqual(
      findingsOf(...nights).map((one) => `${one.severity} ${one.code}`).sort(),
      [...findings].sort(),
      what,
    );
  }
}
