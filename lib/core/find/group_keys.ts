import type { FoundKey } from "./model.ts";
import { instantOf, newestFirst } from "./newest_first.ts";

/** A key, and all files that hold it. */
export interface KeyGroup {
  /** The newest file with its digits; without any, the newest file. What it does not say comes from the others. */
  readonly key: FoundKey;
  /** All of them, newest first. */
  readonly files: readonly FoundKey[];
  /** Whether another group has the same Key ID and other digits. */
  readonly isDisputed: boolean;
}

/**
 * Puts together what is one key in several places.
 *
 * @param keys As found.
 * @returns Newest first. Sealed files that were not opened go with the digits of their Key ID, where those are one.
 */
export function groupKeys(keys: readonly FoundKey[]): readonly KeyGroup[] {
  const groups: KeyGroup[] = [];
  for (const rows of Map.groupBy(keys, ({ keyId }) => keyId).values()) {
    const byDigits = Map.groupBy(rows, ({ recoveryPassword }) => recoveryPassword);
    const closed = byDigits.get(null) ?? [];
    byDigits.delete(null);
    const parts = [...byDigits.values()];
    const [only, ...others] = parts;
    const isDisputed = others.length > 0;
    if (only === undefined) groups.push(groupOf(closed, false));
    else if (!isDisputed) groups.push(groupOf([...only, ...closed], false));
    else {
      groups.push(...parts.map((part) => groupOf(part, true)));
      if (closed.length > 0) groups.push(groupOf(closed, true));
    }
  }
  return groups.sort((one, other) => newestFirst(one.key, other.key));
}

function groupOf(rows: readonly FoundKey[], isDisputed: boolean): KeyGroup {
  const files = rows.toSorted(newestFirst);
  const first = <T>(pick: (row: FoundKey) => T | null): T | null =>
    files.map(pick).find((value) => value !== null) ?? null;
  const [newest] = files;
  if (newest === undefined) throw new Error("A group of keys has no file");
  const key = files.find((row) => row.recoveryPassword !== null) ?? newest;
  const host = key.host ?? first((row) => row.host);
  const drive = key.drive ?? first((row) => row.drive);
  const label = key.label ?? first((row) => row.label);
  const takenAt = key.takenAt ?? first((row) => row.takenAt);
  // a stick's status may be from long ago
  const told = files.filter((row) => row.current !== null).sort(byStatus)[0];
  const { current, statusAt } = told ?? key;
  return { key: { ...key, host, drive, label, takenAt, current, statusAt }, files, isDisputed };
}

function byStatus(one: FoundKey, other: FoundKey): number {
  const [first, second] = [instantOf(one.statusAt), instantOf(other.statusAt)];
  return first === second ? 0 : first > second ? -1 : 1;
}
