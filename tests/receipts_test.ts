import assert from "node:assert/strict";
import type { Receipt } from "../lib/core/carry_model.ts";
import { receiptOf, rowOfReceipt } from "../lib/nightly/receipts.ts";
import { delivery, reportEntry } from "./helpers/ledger_entries.ts";

const NOW = "2026-11-25T02:00:00.000Z";
const entry = reportEntry(1);
const row = delivery("office", entry, {
  state: "handed-over",
  deliveredAt: null,
  verifiedAt: null,
  hashedAt: null,
});

function receipt(changes: Partial<Receipt> = {}): Receipt {
  const { name, sha256 } = entry;
  return { destination: "office", name, sha256, outcome: "delivered", error: null, ...changes };
}

Deno.test("receiptOf() finds the receipt of the name that was handed over, and of these bytes alone", () => {
  const right = receipt();
  assert.equal(
    receiptOf([receipt({ destination: "stick" }), receipt({ name: "b.TXT" }), right], row, entry),
    right,
  );
  const failed = receipt({ sha256: null, outcome: "pending", error: "full" });
  assert.equal(receiptOf([failed], row, entry), failed);
  assert.equal(receiptOf([receipt({ sha256: "11".repeat(32) })], row, entry), null);
  const second = { ...row, name: "a (2).TXT" };
  assert.equal(receiptOf([right], second, entry), null);
  assert.equal(receiptOf([], row, entry), null);
  assert.equal(receiptOf(null, row, entry), null);
});

Deno.test("rowOfReceipt() takes the carrier's word where nobody can look", () => {
  const look = { blind: true, now: NOW };
  const taken = { deliveredAt: NOW, verifiedAt: NOW, error: null };
  assert.deepEqual(rowOfReceipt({ ...row, error: "old" }, receipt({ outcome: "accepted" }), look), {
    ...row,
    ...taken,
    state: "accepted",
  });
  assert.deepEqual(rowOfReceipt(row, receipt(), look), {
    ...row,
    ...taken,
    state: "delivered",
    hashedAt: NOW,
  });
});

Deno.test("rowOfReceipt() believes no success that the look does not show", () => {
  for (const outcome of ["accepted", "delivered"] as const) {
    assert.deepEqual(rowOfReceipt(row, receipt({ outcome }), { blind: false, now: NOW }), {
      ...row,
      state: "pending",
      error: "it was written there, and does not lie there as it should",
    });
  }
});

Deno.test("rowOfReceipt() keeps what waits, and tells what failed", () => {
  for (const blind of [true, false]) {
    const look = { blind, now: NOW };
    assert.deepEqual(rowOfReceipt(row, receipt({ outcome: "handed-over" }), look), row);
    assert.deepEqual(rowOfReceipt(row, receipt({ outcome: "pending", error: "full" }), look), {
      ...row,
      state: "pending",
      error: "full",
    });
    const silent = rowOfReceipt(row, receipt({ outcome: "pending" }), look);
    assert.deepEqual([silent.state, silent.error], ["pending", "it was not carried"]);
  }
});
