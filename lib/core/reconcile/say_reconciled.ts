/** The comparison as text. */

import { keyIdParts, oneLineWithoutKeys, sayDay, sayDrive, sayMoment } from "../how_to_say.ts";
import { wrapText } from "../wrap_text.ts";
import type { Advice } from "./advise.ts";
import { plainHost } from "./host_names.ts";
import { hasWrongDigits, type KeySource, type KeyVerdict, type OwnPc, type ReconciledKey } from "./model.ts";

/** What the text is made from. */
export interface Comparison {
  /** All keys, sorted. */
  readonly keys: readonly ReconciledKey[];
  /** This PC. */
  readonly own: OwnPc;
  /** How the two came together, as sentences. */
  readonly remarks: readonly string[];
  /** What to do. */
  readonly advice: readonly Advice[];
  /** Whether a list or a part of one could not be read: what is missing may stand there. */
  readonly isPartial: boolean;
}

const TITLES: readonly (readonly [KeyVerdict, string])[] = [
  ["current", "CURRENT: opens a drive of this PC now"],
  ["missing", "MISSING: opens a drive of this PC now, but stands in no list"],
  ["old", "OLD: of this PC, opens nothing that it has now"],
  ["other-pc", "OTHER PC: not a key of this PC"],
  ["unknown", "UNKNOWN: nobody can tell from what was given"],
];

const ABOUT_THIS_PC: ReadonlySet<KeyVerdict> = new Set(["current", "missing", "old"]);

/** The list of an organisation has the keys of thousands of PCs; nobody reads them here. */
const MOST_OF_OTHERS = 20;

/**
 * Words a comparison.
 *
 * @param comparison Keys, this PC, advice.
 * @returns Lines without digits of keys.
 */
export function sayReconciled({ keys, own, remarks, advice, isPartial }: Comparison): readonly string[] {
  const lines = [
    `${say(own.name)}, as of ${own.asOf === "" ? "an unknown day" : sayMoment(own.asOf)}`,
    saySum({ keys, own, isPartial }),
    ...[...remarks, ...own.unread].map((one) => wrapText(`Note: ${say(one)}.`)),
  ];
  for (const [verdict, title] of TITLES) {
    const all = keys.filter((key) => key.verdict === verdict);
    if (all.length === 0) continue;
    const shown = ABOUT_THIS_PC.has(verdict) ? all : all.slice(0, MOST_OF_OTHERS);
    lines.push("", title, ...shown.flatMap(sayKey));
    if (shown.length < all.length) {
      lines.push(`  …and ${all.length - shown.length} more, all of them with --json`);
    }
  }
  if (keys.length === 0) lines.push("", "No key in the lists, and none on this PC.");
  lines.push("", "WHAT TO DO");
  for (const { text, commands } of advice) {
    lines.push(wrapText(`- ${text}`), ...commands.map((command) => `    ${command}`));
  }
  return lines;
}

function say(text: string): string {
  return oneLineWithoutKeys(text);
}

function sayKey(key: ReconciledKey): readonly string[] {
  const { short, rest } = keyIdParts(key.keyId ?? "no Key ID");
  const drive = key.own !== null
    ? sayDrive(key.own.volume)
    : key.drive === null
    ? null
    : `drive ${key.drive}`;
  const parts = [drive, key.host === null ? null : say(key.host)].filter((part) => part !== null);
  return [
    `  ${short}${rest}${parts.length === 0 ? "" : `  ${parts.join(", ")}`}`,
    ...key.sources.map((source) => `      ${saySource(source, key)}`),
    ...key.notes.map((note) => wrapText(`      ${note}`)),
  ];
}

function saySource({ path, line, keyId, host, date }: KeySource, key: ReconciledKey): string {
  const place = `${oneLineWithoutKeys(path, 400)}${line === null ? "" : `:${line}`}`;
  const isSame = plainHost(host) === plainHost(key.host);
  const facts = [
    keyId === null ? "digits alone" : key.keyId?.startsWith(keyId) === true ? null : `as ${say(keyId)}`,
    host === null || isSame ? null : `listed as ${say(host)}`,
    date === null ? null : `dated ${say(sayDay(date))}`,
  ].filter((fact) => fact !== null);
  return facts.length === 0 ? place : `${place}  ${facts.join(", ")}`;
}

/** The first thing that a person wants to know. */
function saySum({ keys, own, isPartial }: Pick<Comparison, "keys" | "own" | "isPartial">): string {
  const rows = (verdict: KeyVerdict): readonly ReconciledKey[] =>
    keys.filter((key) => key.verdict === verdict && key.own !== null);
  const [current, missing] = [rows("current"), rows("missing").length];
  const clear = new Set([...current, ...rows("missing")].map(({ keyId }) => keyId));
  // a short Key ID may begin several; of digits alone nobody can say whose they are
  const unclear =
    own.keys.filter((key) => key.standing === "current" && key.isKey && !clear.has(key.keyId)).length;
  const all = clear.size + unclear;
  const isRead = own.unread.length === 0;
  if (all === 0) {
    return isRead ? "No recovery key opens a drive of it now." : "What opens its drives is not known.";
  }
  const start = all === 1
    ? `1 key ${isRead ? "opens" : "is known to open"} its drives now`
    : `${all} keys ${isRead ? "open" : "are known to open"} its drives now`;
  const wrong = current.filter(hasWrongDigits).length;
  if (missing + wrong + unclear === 0) {
    return `${start}, and the list has ${all === 1 ? "it" : "all of them"}.`;
  }
  const which = (some: number): string => some < all ? `${some} of them` : all === 1 ? "it" : "all";
  return [
    start,
    ...(missing === 0 ? [] : [
      `${which(missing)} ${missing === 1 ? "is" : "are"} MISSING in ${
        isPartial ? "what could be read of the list" : "the list"
      }`,
    ]),
    ...(wrong === 0 ? [] : [`${which(wrong)} ${wrong === 1 ? "stands" : "stand"} there with WRONG digits`]),
    ...(unclear === 0 ? [] : [
      `whether the list has ${unclear === all && all > 1 ? "them" : which(unclear)} is not known`,
    ]),
  ].join("; ") + ".";
}
