/** PURE: what a receipt says of a report that the look at its place does not show. */

import type { Receipt } from "../core/carry_model.ts";
import type { Delivery, ReportEntry } from "../core/ledger_model.ts";

/**
 * Finds the receipt of a report.
 *
 * @param receipts Of all that was carried since the first start of this run; `null` when nothing was.
 * @param row The report at one destination, with the name under which it was handed over.
 * @param entry The report.
 * @returns The receipt, `null` when there is none of these bytes.
 */
export function receiptOf(
  receipts: readonly Receipt[] | null,
  row: Delivery,
  entry: ReportEntry,
): Receipt | null {
  return receipts?.find((one) =>
    one.destination === row.destination && one.name === row.name &&
    (one.sha256 === null || one.sha256 === entry.sha256)
  ) ?? null;
}

/**
 * Says how far a report is that was carried and that the look at its place does not show. The look wins: only
 * where nobody can look does the word of the carrier count.
 *
 * @param row As it was handed over.
 * @param receipt Of the carrier.
 * @param options Whether the place shows nothing, and the present, ISO 8601.
 * @returns The row as it is to be written.
 */
export function rowOfReceipt(
  row: Delivery,
  receipt: Receipt,
  { blind, now }: { readonly blind: boolean; readonly now: string },
): Delivery {
  const { outcome } = receipt;
  switch (outcome) {
    case "handed-over":
      return { ...row, state: outcome, error: receipt.error };
    case "pending":
      return { ...row, state: outcome, error: receipt.error ?? "it was not carried" };
    case "accepted":
    case "delivered":
      return blind
        ? {
          ...row,
          state: outcome,
          deliveredAt: now,
          verifiedAt: now,
          hashedAt: outcome === "delivered" ? now : null,
          error: null,
        }
        : { ...row, state: "pending", error: "it was written there, and does not lie there as it should" };
  }
}
