/** Compares lists of recovery keys with what a PC has now. Key IDs and digits decide; names only word the rest. */

import { nearKeyIds } from "../find/near_key_ids.ts";
import { readQuery } from "../find/read_query.ts";
import { groupListed, type ListedGroup, type Match } from "./group_listed.ts";
import { judgeName, type KnownNames, knownNames } from "./judge_name.ts";
import type { ForeignKey, KeySource, KeyVerdict, ListedKey, OwnKey, OwnPc, ReconciledKey } from "./model.ts";
import { LEDGER } from "./model.ts";
import { type Judged, type Near, notesOf } from "./say_notes.ts";

/** This PC, and what is known of others. */
export interface Pcs {
  /** This one. */
  readonly own: OwnPc;
  /** Keys that are known to be another PC's. */
  readonly foreign: readonly ForeignKey[];
}

/** How much of the lists could be read. */
export interface ReconcileOptions {
  /** No list could be read at all, so that no key is known to be missing in one. @default {false} */
  readonly isNothingRead?: boolean;
}

/** In the order in which a person wants to read them. */
const ORDER: readonly KeyVerdict[] = ["current", "missing", "old", "other-pc", "unknown"];

/**
 * Compares.
 *
 * @param listed What the lists show, in any order.
 * @param pcs This PC and others.
 * @param options How much of the lists could be read.
 * @returns One entry a key: those of the lists, and this PC's present ones that no list shows. By verdict, drive and
 * Key ID; the order of the lists makes no difference.
 */
export function reconcile(
  listed: readonly ListedKey[],
  { own, foreign }: Pcs,
  { isNothingRead = false }: ReconcileOptions = {},
): readonly ReconciledKey[] {
  const groups = groupListed(listed, { own: own.keys, foreign });
  const context = { own, names: knownNames(own, foreign, groups) };
  const found = groups.map((group) => rowOf(group, context));
  const shown = new Set(groups.flatMap(({ match }) => {
    if (match.sort === "own") return [match.key.keyId];
    return match.sort === "several" ? match.keyIds : [];
  }));
  const hasDigitsAlone = found.some(({ keyId, verdict }) => keyId === null && verdict === "unknown");
  const whyUnclear = ({ fingerprint }: OwnKey): Judged["reason"] =>
    isNothingRead ? "nothing-read" : hasDigitsAlone && fingerprint === null ? "perhaps-listed" : null;
  const unlisted = own.keys.filter((key) => key.standing === "current" && key.isKey && !shown.has(key.keyId))
    .map((key) => unlistedRow(key, own, whyUnclear(key)));
  return [...found, ...unlisted].sort(byVerdict);
}

interface Context {
  readonly own: OwnPc;
  readonly names: KnownNames;
}

function rowOf(group: ListedGroup, { own, names }: Context): ReconciledKey {
  const { match, listed } = group;
  const listedHosts = [...new Set(listed.flatMap(({ host }) => host ?? []))].sort();
  const judged = judge(group, { own, names });
  const key = match.sort === "own" ? match.key : null;
  const sources = listed.map((one) => sourceOf(one, match));
  const row = {
    keyId: group.keyId,
    verdict: judged.verdict,
    basis: judged.basis,
    drive: driveOf(match, listed),
    host: hostOf(judged, match, { own, listedHosts }),
    listedHosts,
    candidates: match.sort === "several" ? match.keyIds : [],
    sources,
    own: key,
  };
  const near = match.sort === "none" ? nearest(group, own.keys) : null;
  return { ...row, notes: notesOf(row, { judged, own, match, near }) };
}

function judge(group: ListedGroup, { own, names }: Context): Judged {
  const { match, listed, keyId } = group;
  switch (match.sort) {
    case "own":
      return judgeOwn(match.key, listed);
    case "foreign":
      return {
        verdict: "other-pc",
        basis: match.keys.some(({ where }) => where !== LEDGER) ? "report" : "ledger",
        reason: null,
      };
    case "several": {
      const [first] = match.own;
      const agree = match.own.length === match.keyIds.length &&
        match.own.every(({ standing }) => standing === first?.standing);
      const verdict = agree && first !== undefined ? verdictOf(first) : "unknown";
      return { verdict, basis: verdict === "unknown" ? null : "key-id", reason: "several" };
    }
    case "none": {
      if (own.unread.length > 0) return { verdict: "unknown", basis: null, reason: "unread" };
      if (keyId === null && own.keys.some((key) => key.standing === "current" && key.fingerprint === null)) {
        return { verdict: "unknown", basis: null, reason: "digits-unread" };
      }
      const byName = judgeName(listed, names);
      const like = "like" in byName ? byName.like : null;
      return byName.verdict === "unknown"
        ? { verdict: "unknown", basis: null, reason: byName.why, like }
        : { verdict: byName.verdict, basis: byName.basis, reason: null, like };
    }
  }
}

function judgeOwn(key: OwnKey, listed: readonly ListedKey[]): Judged {
  const verdict = verdictOf(key);
  if (verdict === "unknown") return { verdict, basis: null, reason: "unsure" };
  if (verdict === "old") return { verdict, basis: key.knownFrom, reason: null };
  const byId = listed.some(({ keyId }) => keyId !== null && key.keyId.startsWith(keyId));
  return { verdict, basis: byId ? "key-id" : "digits", reason: null };
}

function verdictOf({ standing }: OwnKey): "current" | "old" | "unknown" {
  return standing === "unsure" ? "unknown" : standing;
}

/** A present key from which a listed Key ID is one slip away; never where the digits say that it is another one. */
function nearest({ keyId, listed }: ListedGroup, keys: readonly OwnKey[]): Near | null {
  if (keyId === null || !/^[0-9A-F]{8}(?:-|$)/.test(keyId)) return null;
  const open = keys.filter((key) =>
    key.standing === "current" &&
    (key.fingerprint === null || listed.every(({ fingerprint }) => fingerprint === null))
  );
  const [near] = nearKeyIds(readQuery(keyId.slice(0, 8)), open.map((key) => key.keyId));
  const key = near?.distance === 1 ? open.find((one) => one.keyId === near.keyId) : undefined;
  return key === undefined ? null : { key, difference: near?.difference ?? "" };
}

function sourceOf(
  { path, line, kind, keyId, host, drive, date, fingerprint }: ListedKey,
  match: Match,
): KeySource {
  const keys = match.sort === "own" ? [match.key] : match.sort === "several" ? match.own : [];
  const all = match.sort === "several" ? match.keyIds.length : 1;
  const known = keys.flatMap((key) => key.fingerprint ?? []);
  const digits = fingerprint === null || known.length < all
    ? "not-compared"
    : known.includes(fingerprint)
    ? "same"
    : "other";
  return { path, line, kind, keyId, host, drive, date, digits };
}

function driveOf(match: Match, listed: readonly ListedKey[]): string | null {
  if (match.sort === "own") return match.key.volume.drive;
  const drives = new Set(
    match.sort === "foreign"
      ? match.keys.flatMap(({ drive }) => drive ?? [])
      : match.sort === "several"
      ? match.own.map(({ volume }) => volume.drive)
      : listed.flatMap(({ drive }) => drive ?? []),
  );
  return drives.size === 1 ? [...drives][0] ?? null : null;
}

function hostOf(
  { verdict }: Judged,
  match: Match,
  { own, listedHosts }: { readonly own: OwnPc; readonly listedHosts: readonly string[] },
): string | null {
  if (verdict === "current" || verdict === "old") return own.name;
  if (verdict !== "other-pc") return null;
  const known = match.sort === "foreign" ? match.keys.flatMap(({ host }) => host ?? []).sort()[0] : undefined;
  return known ?? listedHosts[0] ?? null;
}

/** @param reason Why it may stand in a list all the same; `null` when it does not. */
function unlistedRow(key: OwnKey, own: OwnPc, reason: Judged["reason"]): ReconciledKey {
  const judged: Judged = { verdict: reason === null ? "missing" : "unknown", basis: null, reason };
  const row = {
    keyId: key.keyId,
    verdict: judged.verdict,
    basis: null,
    drive: key.volume.drive,
    host: own.name,
    listedHosts: [],
    candidates: [],
    sources: [],
    own: key,
  };
  return { ...row, notes: notesOf(row, { judged, own, match: null, near: null }) };
}

function byVerdict(one: ReconciledKey, other: ReconciledKey): number {
  const rank = ({ verdict, drive, keyId }: ReconciledKey): string =>
    `${ORDER.indexOf(verdict)} ${drive ?? "~"} ${keyId ?? "~"}`;
  const [left, right] = [rank(one), rank(other)];
  return left === right ? 0 : left < right ? -1 : 1;
}
