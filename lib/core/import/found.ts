/** Gathers what the readers find in one text, and brings it into the form that `import` gives. */

import type {
  ColumnGuess,
  FoundKey,
  ImportedText,
  ImportedVolume,
  ImportKind,
  OtherProtector,
  Refusal,
} from "./model.ts";

/** What the readers of one text have found so far. */
export interface Found {
  /** In the text's order, readers one after the other. */
  readonly keys: FoundKey[];
  /** Protectors that are no recovery keys. */
  readonly others: OtherProtector[];
  /** One a place that tells of it. */
  readonly volumes: ImportedVolume[];
  /** What looks like a key and is none. */
  readonly refused: Refusal[];
  /** Of a table. */
  readonly columns: ColumnGuess[];
  /** The kinds that readers recognised, each with how much it counts. */
  readonly kinds: ImportKind[];
}

/**
 * Begins a reading.
 *
 * @returns Nothing found yet.
 */
export function nothingFound(): Found {
  return { keys: [], others: [], volumes: [], refused: [], columns: [], kinds: [] };
}

/**
 * Makes a key of which only what is given is known.
 *
 * @param parts What is known.
 * @returns The key; all else is `null`, and it is no pair.
 */
export function foundKey(parts: Partial<FoundKey>): FoundKey {
  return {
    keyId: null,
    recoveryPassword: null,
    drive: null,
    pairing: "none",
    reason: null,
    line: null,
    host: null,
    date: null,
    ...parts,
  };
}

/**
 * Ends the reading: what stands twice counts once, and a Key ID with two different keys is a pair with none.
 *
 * @param found By all readers.
 * @param kind Of the text.
 * @returns The result.
 */
export function resultOf(found: Found, kind: ImportKind): ImportedText {
  const keys = withoutDoubles(withoutContradictions(withoutRounded(found)));
  const keyIds = new Set(keys.map(({ keyId }) => keyId));
  return {
    kind,
    keys: keys.map(({ keyId, recoveryPassword, drive }) => ({
      keyId,
      recoveryPassword,
      drive,
      valid: recoveryPassword === null ? null : true,
    })),
    details: keys.map(({ keyId, pairing, reason, line, host, date }) => ({
      keyId,
      pairing,
      reason,
      line,
      host,
      date,
    })),
    otherProtectors: uniqueBy(found.others.filter(({ id }) => !keyIds.has(id)), ({ id }) => id),
    volumes: mergedVolumes(found.volumes),
    refused: found.refused,
    columns: found.columns,
  };
}

/** A spreadsheet keeps 15 digits of a long number and writes noughts for the rest, which every checksum takes. */
const ROUNDED = /(?:-000000){4}$/;

function withoutRounded(found: Found): readonly FoundKey[] {
  return found.keys.flatMap((key) => {
    if (key.recoveryPassword === null || !ROUNDED.test(key.recoveryPassword)) return [key];
    const reason = "its last groups are noughts: a spreadsheet has rounded it";
    found.refused.push({ line: key.line, group: null, reason });
    return key.keyId === null ? [] : [{ ...key, recoveryPassword: null, pairing: "none", reason }];
  });
}

/** Key IDs are unique: where one has two keys, nobody can tell which is right. */
function withoutContradictions(keys: readonly FoundKey[]): readonly FoundKey[] {
  const byId = new Map<string, string>();
  const wrong = new Set<string>();
  for (const { keyId, recoveryPassword } of keys) {
    if (keyId === null || recoveryPassword === null) continue;
    if ((byId.get(keyId) ?? recoveryPassword) !== recoveryPassword) wrong.add(keyId);
    byId.set(keyId, recoveryPassword);
  }
  return keys.map((key) =>
    key.keyId === null || key.recoveryPassword === null || !wrong.has(key.keyId) ? key : {
      ...key,
      keyId: null,
      pairing: "none",
      reason: "the text gives two different keys to one Key ID",
    }
  );
}

/** A pair makes its parts alone needless; of two like ones the fuller stays, in the place of the first. */
function withoutDoubles(keys: readonly FoundKey[]): readonly FoundKey[] {
  const paired = keys.filter(({ keyId, recoveryPassword }) => keyId !== null && recoveryPassword !== null);
  const ids = new Set(paired.map(({ keyId }) => keyId));
  const passwords = new Set(paired.map(({ recoveryPassword }) => recoveryPassword));
  const kept = new Map<string, FoundKey>();
  for (const key of keys) {
    const whole = key.keyId !== null && key.recoveryPassword !== null;
    if (!whole && (key.keyId === null ? passwords.has(key.recoveryPassword) : ids.has(key.keyId))) continue;
    const name = `${key.keyId} ${key.recoveryPassword}`;
    const first = kept.get(name);
    kept.set(
      name,
      first === undefined ? key : {
        ...first,
        drive: first.drive ?? key.drive,
        host: first.host ?? key.host,
        date: first.date ?? key.date,
      },
    );
  }
  return [...kept.values()];
}

function uniqueBy<T>(all: readonly T[], nameOf: (one: T) => string): readonly T[] {
  const names = new Set<string>();
  return all.filter((one) => {
    const name = nameOf(one);
    const isNew = !names.has(name);
    names.add(name);
    return isNew;
  });
}

/** One entry a drive: a transcript may hold its status and its protectors. */
function mergedVolumes(volumes: readonly ImportedVolume[]): readonly ImportedVolume[] {
  const byDrive = new Map<string, ImportedVolume>();
  volumes.forEach((volume, index) => {
    const name = volume.drive ?? `no letter ${index}`;
    const first = byDrive.get(name);
    byDrive.set(
      name,
      first === undefined ? volume : mergedVolume(first, volume),
    );
  });
  return [...byDrive.values()];
}

/**
 * Puts together what two places tell of one volume.
 *
 * @param first Its first place.
 * @param volume A later one: where both tell the same thing, it counts.
 * @returns Both.
 */
export function mergedVolume(first: ImportedVolume, volume: ImportedVolume): ImportedVolume {
  return {
    drive: first.drive,
    label: volume.label ?? first.label,
    conversion: volume.conversion ?? first.conversion,
    percent: volume.percent ?? first.percent,
    protection: volume.protection ?? first.protection,
    lock: volume.lock ?? first.lock,
    protectorTypes: volume.protectorTypes ?? first.protectorTypes,
  };
}
