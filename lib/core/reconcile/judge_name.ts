/** What a list says of the PC of a key that matches nothing: colour, never a match. */

import { hostLookup, isMadeByWindows, plainHost } from "./host_names.ts";
import type { ListedGroup } from "./group_listed.ts";
import type { ForeignKey, ListedKey, OwnPc } from "./model.ts";

/** What names and devices can tell. */
export type NameVerdict =
  /** The list calls its PC as this one; or, with `like`, as it calls the PC of that key, which is this PC's. */
  | { readonly verdict: "old"; readonly basis: "name" | "device"; readonly like: string | null }
  | { readonly verdict: "other-pc"; readonly basis: "name" | "device" }
  | { readonly verdict: "unknown"; readonly why: "no-name" | "two-pcs" | "names-differ" }
  | { readonly verdict: "unknown"; readonly why: "shared-name"; readonly like: string };

/** Names, and whose they are. */
export interface KnownNames {
  /** Tells this PC's own, as {@link plainHost} gives them. */
  readonly own: (name: string) => boolean;
  /** Tells those of PCs that documents show to be others. */
  readonly foreign: (name: string) => boolean;
  /** What the lists call PCs that have keys of this one, with one of those keys. */
  readonly shared: ReadonlyMap<string, string>;
  /** Devices of Entra ID that have keys of this PC, with one of those keys. */
  readonly devices: ReadonlyMap<string, string>;
}

/**
 * Gathers names.
 *
 * @param own This PC.
 * @param foreign Keys of others.
 * @param groups All keys of the lists.
 * @returns Names, and whose they are.
 */
export function knownNames(
  own: OwnPc,
  foreign: readonly ForeignKey[],
  groups: readonly ListedGroup[],
): KnownNames {
  const names = (all: readonly (string | null)[]): readonly string[] => [
    ...new Set(all.flatMap((name) => plainHost(name) ?? [])),
  ];
  const mine = names([own.name, ...own.otherNames]);
  const others = names([
    ...foreign.map(({ host }) => host),
    ...groups.filter(({ match }) => match.sort === "foreign").flatMap(({ listed }) =>
      listed.map(({ host }) => host)
    ),
  ]);
  const sharing = (of: (listed: readonly ListedKey[]) => readonly string[]): ReadonlyMap<string, string> => {
    const first = new Map<string, string>();
    for (const { match, listed } of groups) {
      if (match.sort !== "own" || match.key.standing === "unsure") continue;
      const { keyId } = match.key;
      for (const name of of(listed)) if (keyId < (first.get(name) ?? "~")) first.set(name, keyId);
    }
    return first;
  };
  return {
    own: hostLookup(mine),
    foreign: hostLookup(others),
    shared: sharing((listed) => names(listed.map(({ host }) => host))),
    devices: sharing((listed) => listed.flatMap(({ device }) => device ?? [])),
  };
}

/**
 * Judges a key that matches nothing by what the lists say of its PC. A device of Entra ID tells more than a name:
 * no two PCs have one, but a PC that was installed anew has another.
 *
 * @param listed All places that show the key.
 * @param known Names and devices, and whose they are.
 * @returns `unknown` where names do not agree or may be of two PCs.
 */
export function judgeName(listed: readonly ListedKey[], known: KnownNames): NameVerdict {
  const devices = listed.flatMap(({ device }) => device ?? []);
  const like = devices.flatMap((device) => known.devices.get(device) ?? []).sort()[0];
  if (like !== undefined) return { verdict: "old", basis: "device", like };
  const names = [...new Set(listed.flatMap(({ host }) => plainHost(host) ?? []))].sort();
  if (names.length === 0 && devices.length > 0 && known.devices.size > 0) {
    return { verdict: "other-pc", basis: "device" };
  }
  const verdicts = names.map((name) => judgeOne(name, known));
  const [first] = verdicts;
  if (first === undefined) return { verdict: "unknown", why: "no-name" };
  return verdicts.every(({ verdict }) => verdict === first.verdict)
    ? first
    : { verdict: "unknown", why: "names-differ" };
}

function judgeOne(name: string, { own, foreign, shared }: KnownNames): NameVerdict {
  if (own(name)) {
    return foreign(name)
      ? { verdict: "unknown", why: "two-pcs" }
      : { verdict: "old", basis: "name", like: null };
  }
  if (foreign(name)) return { verdict: "other-pc", basis: "name" };
  const like = shared.get(name);
  if (like === undefined) return { verdict: "other-pc", basis: "name" };
  // the wrong name of one key may be the right one of another: of a name that Windows made up there is but one PC
  return isMadeByWindows(name)
    ? { verdict: "old", basis: "name", like }
    : { verdict: "unknown", why: "shared-name", like };
}
