/** Knows a report again that was gone from its destination and came back: from a backup of it, say. */

import type { Delivery, ReportEntry } from "../core/ledger_model.ts";
import type { Listing, StoredFile } from "../ports.ts";
import type { LookedAt } from "./place.ts";

/**
 * Finds a file in a listing.
 *
 * @param listing Of a destination, `null` when nobody could look at it.
 * @param folder Below its root.
 * @param name In the folder.
 * @returns The file, `null` when it is not there.
 */
export function fileAt(listing: Listing | null, folder: string, name: string): StoredFile | null {
  return listing?.folders.find((one) => one.name === folder)?.files.find((one) => one.name === name) ?? null;
}

/**
 * Looks whether a report that this PC can no longer make lies at the destination after all.
 *
 * @param place After the look.
 * @param row Of the report there.
 * @param context The report, and the present, ISO 8601.
 * @returns The row of a report that is there, `null` when it is not.
 * @throws When a file of its name cannot be read.
 */
export async function findAgain(
  { destination, folder, limit, listing }: LookedAt,
  row: Delivery,
  { entry, now }: { readonly entry: ReportEntry; readonly now: string },
): Promise<Delivery | null> {
  const spots = [[row.folder ?? folder, row.name ?? entry.name], [folder, entry.name]] as const;
  for (const [at, name] of spots) {
    const file = fileAt(listing, at, name);
    if (file === null || file.size !== entry.size) continue;
    const sha256 = file.cloud ? entry.sha256 : file.sha256 ?? await limit.wait(destination.sha256(at, name));
    if (sha256 !== entry.sha256) continue;
    return {
      ...row,
      state: "delivered",
      folder: at,
      name,
      deliveredAt: row.deliveredAt ?? now,
      verifiedAt: now,
      hashedAt: file.cloud ? row.hashedAt : now,
      error: null,
    };
  }
  return null;
}
