/** On which volume of the PC a folder lies. */

import type { KnownVolume } from "./ledger_model.ts";
import type { Volume } from "./model.ts";

/** Where a volume can be reached. */
export type Mounted = Pick<Volume, "drive" | "mountPaths"> | Pick<KnownVolume, "drive">;

/**
 * Finds the volume of a path: the one with the longest mount path that the path begins with.
 *
 * @param path A local path, `E:\Recovery keys` or `/mnt/keys`.
 * @param volumes With their mount paths; a letter alone counts as `E:\`.
 * @returns The volume, or `null` when the path lies on none of them (as on Linux).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const c = { drive: "C:", mountPaths: ["C:\\"] };
 * assert.equal(volumeOfPath("c:/Users/Anna", [c]), c);
 * assert.equal(volumeOfPath("/mnt/keys", [c]), null);
 * ```
 */
export function volumeOfPath<V extends Mounted>(path: string, volumes: readonly V[]): V | null {
  const wanted = plain(path);
  const mounts = volumes.flatMap((volume) => {
    const paths = "mountPaths" in volume ? volume.mountPaths : [];
    const all = volume.drive === null ? paths : [...paths, `${volume.drive}\\`];
    return all.map((mount) => ({ volume, mount: plain(mount) }));
  }).filter(({ mount }) => mount !== "\\" && wanted.startsWith(mount));
  return mounts.reduce<(typeof mounts)[number] | null>(
    (best, one) => best === null || one.mount.length > best.mount.length ? one : best,
    null,
  )?.volume ?? null;
}

function plain(path: string): string {
  const bare = path.replaceAll("/", "\\").replace(/^\\\\\?\\(?=[a-z]:)/i, "").toLowerCase();
  return bare.endsWith("\\") ? bare : `${bare}\\`;
}
