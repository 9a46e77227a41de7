/** Which places of the lists show the same key, and which known key that is. Names have no part in it. */

import type { ForeignKey, ListedKey, OwnKey } from "./model.ts";

/** What a key of the lists was found to be. */
export type Match =
  | { readonly sort: "own"; readonly key: OwnKey }
  | { readonly sort: "foreign"; readonly keys: readonly ForeignKey[] }
  | { readonly sort: "none" }
  /** A short Key ID that is the beginning of several. */
  | { readonly sort: "several"; readonly keyIds: readonly string[]; readonly own: readonly OwnKey[] };

/** One key, and all places that show it. */
export interface ListedGroup {
  /** What it is. */
  readonly match: Match;
  /** The fullest Key ID that is known of it; `null` where there are only digits. */
  readonly keyId: string | null;
  /** Sorted by path and line. */
  readonly listed: readonly ListedKey[];
}

/** What lists are compared with. */
export interface KnownKeys {
  /** One a Key ID. */
  readonly own: readonly OwnKey[];
  /** Several documents may tell of one key. */
  readonly foreign: readonly ForeignKey[];
}

/** As the account page and the blue screen show a Key ID. */
const SHORT = /^[0-9A-F]{8}$/;

/**
 * Groups.
 *
 * Digits decide before Key IDs do: whoever holds the digits can open the drive, whatever stands beside them.
 *
 * @param listed What the lists show, in any order.
 * @param known This PC's keys and those of others.
 * @returns One group a key; groups and what is in them do not depend on the order of the lists.
 */
export function groupListed(listed: readonly ListedKey[], known: KnownKeys): readonly ListedGroup[] {
  const index = indexOf(listed, known);
  const groups = new Map<
    string,
    { readonly match: Match; readonly keyId: string | null; readonly all: ListedKey[] }
  >();
  for (const one of listed.toSorted(byPlace)) {
    const { name, match, keyId } = targetOf(one, index);
    const group = groups.get(name) ?? { match, keyId, all: [] };
    group.all.push(one);
    groups.set(name, group);
  }
  return [...groups.values()].map(({ match, keyId, all }) => ({ match, keyId, listed: all }));
}

interface Index {
  readonly ownById: ReadonlyMap<string, OwnKey>;
  readonly ownByDigits: ReadonlyMap<string, OwnKey>;
  readonly foreignById: ReadonlyMap<string, readonly ForeignKey[]>;
  readonly foreignByDigits: ReadonlyMap<string, readonly ForeignKey[]>;
  /** Of all whole Key IDs, those of the lists among them, by their first eight characters. */
  readonly wholeByShort: ReadonlyMap<string, readonly string[]>;
  /** The first whole Key ID, failing that the short one, beside which a list has these digits. */
  readonly listedByDigits: ReadonlyMap<string, string>;
  /** Digits that lists have beside a whole Key ID. */
  readonly digitsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

function indexOf(listed: readonly ListedKey[], { own, foreign }: KnownKeys): Index {
  const listedIds = listed.flatMap(({ keyId }) => keyId ?? []);
  const whole = new Set([
    ...own.map(({ keyId }) => keyId),
    ...foreign.map(({ keyId }) => keyId),
    ...listedIds,
  ].filter((keyId) => !SHORT.test(keyId)));
  const pairs = listed.flatMap(({ keyId, fingerprint }) =>
    keyId === null || fingerprint === null ? [] : [{ keyId, fingerprint }]
  ).sort((one, other) => rankOf(one.keyId) < rankOf(other.keyId) ? -1 : 1);
  return {
    ownById: new Map(own.map((key) => [key.keyId, key])),
    // a present key before a former one that has the same digits: of two entries the later one stays
    ownByDigits: new Map(
      [...own.filter((key) => key.standing !== "current"), ...own.filter((key) => key.standing === "current")]
        .flatMap((key) => key.fingerprint === null ? [] : [[key.fingerprint, key] as const]),
    ),
    foreignById: Map.groupBy(foreign, ({ keyId }) => keyId),
    foreignByDigits: Map.groupBy(
      foreign.filter(({ fingerprint }) => fingerprint !== null),
      ({ fingerprint }) => fingerprint ?? "",
    ),
    wholeByShort: Map.groupBy([...whole].sort(), (keyId) => keyId.slice(0, 8)),
    listedByDigits: new Map(pairs.toReversed().map(({ keyId, fingerprint }) => [fingerprint, keyId])),
    digitsOf: new Map(
      [...Map.groupBy(pairs, ({ keyId }) => keyId)].map(([keyId, all]) => [
        keyId,
        new Set(all.map(({ fingerprint }) => fingerprint)),
      ]),
    ),
  };
}

/** Whole ones first. */
function rankOf(keyId: string): string {
  return `${SHORT.test(keyId) ? 1 : 0} ${keyId}`;
}

interface Target {
  /** Equal for places that show one key. */
  readonly name: string;
  readonly match: Match;
  readonly keyId: string | null;
}

function targetOf(one: ListedKey, index: Index): Target {
  const { keyId, fingerprint } = one;
  const byDigits = fingerprint === null ? null : knownByDigits(fingerprint, index);
  if (byDigits !== null) return byDigits;
  const listedId = keyId ?? index.listedByDigits.get(fingerprint ?? "") ?? null;
  if (listedId === null) return { name: `digits ${fingerprint}`, match: { sort: "none" }, keyId: null };
  if (!SHORT.test(listedId)) return targetOfWhole(listedId, index);
  const candidates = (index.wholeByShort.get(listedId) ?? []).filter((whole) =>
    mayBe(whole, fingerprint, index)
  );
  const [only, ...others] = candidates;
  if (only === undefined) return { name: `id ${listedId}`, match: { sort: "none" }, keyId: listedId };
  if (others.length === 0) return targetOfWhole(only, index);
  const own = candidates.flatMap((whole) => index.ownById.get(whole) ?? []);
  return {
    name: `id ${listedId}`,
    match: { sort: "several", keyIds: candidates, own },
    keyId: listedId,
  };
}

function knownByDigits(fingerprint: string, index: Index): Target | null {
  const own = index.ownByDigits.get(fingerprint);
  if (own !== undefined) {
    return { name: `own ${own.keyId}`, match: { sort: "own", key: own }, keyId: own.keyId };
  }
  const foreign = index.foreignByDigits.get(fingerprint);
  const [first] = foreign ?? [];
  return foreign === undefined || first === undefined
    ? null
    : { name: `id ${first.keyId}`, match: { sort: "foreign", keys: foreign }, keyId: first.keyId };
}

function targetOfWhole(keyId: string, index: Index): Target {
  const own = index.ownById.get(keyId);
  if (own !== undefined) return { name: `own ${keyId}`, match: { sort: "own", key: own }, keyId };
  const foreign = index.foreignById.get(keyId);
  return {
    name: `id ${keyId}`,
    match: foreign === undefined ? { sort: "none" } : { sort: "foreign", keys: foreign },
    keyId,
  };
}

/** A key that only lists know, with other digits than these, is another one that begins alike. */
function mayBe(whole: string, fingerprint: string | null, index: Index): boolean {
  const digits = index.digitsOf.get(whole);
  return fingerprint === null || digits === undefined || digits.has(fingerprint) || index.ownById.has(whole);
}

function byPlace(one: ListedKey, other: ListedKey): number {
  return order(one.path, other.path) || (one.line ?? 0) - (other.line ?? 0) ||
    order(one.keyId ?? "", other.keyId ?? "") || order(one.fingerprint ?? "", other.fingerprint ?? "") ||
    order(one.host ?? "", other.host ?? "") || order(one.date ?? "", other.date ?? "");
}

function order(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
