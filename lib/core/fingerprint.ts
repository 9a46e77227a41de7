/**
 * Fingerprints stand for recovery passwords in the ledger. The digits carry 128 random bits, so a plain hash
 * gives nothing away and needs no secret of its own.
 */

import type { Snapshot } from "./model.ts";
import { sha256OfText } from "./sha256.ts";

/** Keeps these hashes apart from other uses of SHA-256. */
const DOMAIN = "spare-key recovery password\n";

/**
 * Computes the fingerprint of one recovery password.
 *
 * @param password Digits in groups with hyphens.
 * @returns 64 lower-case hexadecimal digits.
 */
export function fingerprintOf(password: string): Promise<string> {
  return sha256OfText(DOMAIN + password);
}

/**
 * Computes the fingerprints of all recovery passwords of a snapshot.
 *
 * @param snapshot Normalised.
 * @returns From password to fingerprint.
 */
export async function fingerprintsOf(snapshot: Snapshot): Promise<ReadonlyMap<string, string>> {
  const passwords = snapshot.volumes.flatMap((volume) => volume.protectors ?? [])
    .flatMap((protector) => protector.recoveryPassword ?? []);
  return new Map(
    await Promise.all([...new Set(passwords)].map(async (one) => [one, await fingerprintOf(one)] as const)),
  );
}
