/** Words that no key was found, and what may help. Without digits: those of another key open nothing. */

import { oneLine, sayDay } from "../how_to_say.ts";
import type { Mention, NearKey } from "./model.ts";
import type { FindQuery } from "./read_query.ts";
import { sayPlace } from "./say_found.ts";
import { sayPath } from "./say_path.ts";

/** What came of the search in place of keys. */
export interface NoKey {
  /** Keys whose Key IDs are near the typed one, the nearest first. */
  readonly nearMisses: readonly NearKey[];
  /** Files that know the Key ID without digits, or digits without a Key ID. */
  readonly mentions: readonly Mention[];
  /** PCs that the text fits, where they are too many. */
  readonly hosts: readonly string[];
  /** Documents that cannot be read. */
  readonly passedOver: readonly string[];
  /** What could not be read: so that nobody takes "not found" for "not there". */
  readonly troubles: readonly string[];
}

/** What was asked. */
export interface NoKeyQuestion {
  /** What was typed. */
  readonly query: FindQuery;
  /** As typed, to ask again. */
  readonly folders: readonly string[];
}

/** More than anybody reads. */
const MOST_LINES = 20;

/** Of a folder with photographs, too. */
const MOST_DOCUMENTS = 5;

/**
 * Words it.
 *
 * @param found What is near, where the Key ID is known without digits, PCs.
 * @param question What was asked.
 * @returns Lines.
 */
export function sayNoKey(found: NoKey, { query, folders }: NoKeyQuestion): readonly string[] {
  const { nearMisses, mentions, hosts } = found;
  if (hosts.length > 0) {
    return [
      `"${query.shown}" fits ${hosts.length} PCs. Ask for one by its name:`,
      ...sayFew(hosts.map((host) => sayPath(host))),
    ];
  }
  const again = `spare-key find KEYID ${folders.map((one) => `--in ${quoted(one)}`).join(" ")}`;
  const isShort = nearMisses.length > 0 && nearMisses.every(({ distance }) => distance === 0);
  return [
    isShort
      ? `"${query.shown}" is too short: type all eight characters that the screen shows.`
      : `No recovery key found for "${query.shown}"${
        found.troubles.length > 0 ? ", but not all could be read" : ""
      }.`,
    ...(nearMisses.length > 0 ? sayStrange(query) : []),
    ...sayMentions(mentions),
    ...(isShort ? [] : sayPassedOver(found.passedOver)),
    ...sayNear(nearMisses, { query, again, isShort }),
  ];
}

function sayStrange({ typed }: FindQuery): readonly string[] {
  const strange = [...new Set((typed ?? "").replace(/[0-9A-FOILS]/g, ""))];
  return strange.length === 0
    ? []
    : [`A Key ID has 0 to 9 and A to F alone: look at ${strange.join(", ")} again.`];
}

/** So that nobody takes "not found" for "not there": people photograph and print keys, too. */
function sayPassedOver(paths: readonly string[]): readonly string[] {
  if (paths.length === 0) return [];
  const head = paths.length === 1
    ? "1 file was not read: pictures, PDF, documents and archives cannot be. Look into it yourself:"
    : `${paths.length} files were not read: pictures, PDF, documents and archives cannot be. ` +
      "Look into them yourself:";
  return [head, ...sayFew(paths.map((path) => `  ${sayPath(path)}`), MOST_DOCUMENTS)];
}

/**
 * Words where a Key ID is known without digits, and digits without a Key ID.
 *
 * @param mentions Such files.
 * @returns Lines; none when there are none.
 */
export function sayMentions(mentions: readonly Mention[]): readonly string[] {
  const known = mentions.filter(({ keyId }) => keyId !== null);
  const bare = new Set(mentions.flatMap(({ keyId, path }) => keyId === null ? [path] : []));
  const lines = known.map((one) => `  ${one.keyId} on ${sayPlace(one)}, in ${sayPath(one.path)}`);
  return [
    ...(lines.length === 0 ? [] : ["The Key ID stands here, without digits; a report of it is elsewhere:"]),
    ...sayFew(lines),
    ...(bare.size === 0 ? [] : ["Here are digits without a Key ID; spare-key import FILE shows them:"]),
    ...sayFew([...bare].map((path) => `  ${sayPath(path)}`)),
  ];
}

function sayNear(
  near: readonly NearKey[],
  { query, again, isShort }: { readonly query: FindQuery; readonly again: string; readonly isShort: boolean },
): readonly string[] {
  const groups = [...Map.groupBy(near, ({ keyId }) => keyId).values()];
  const [first] = near;
  if (first === undefined) return [];
  return [
    isShort ? "So begin:" : "Near it:",
    ...groups.flatMap((rows) => {
      const [row = first] = rows;
      const date = row.takenAt === null ? "" : `, ${sayDay(row.takenAt)}`;
      const more = rows.length > 1 ? `, in ${rows.length} files` : "";
      return [
        `  ${oneLine(row.keyId, 80)}${isShort ? "" : `  ${row.difference}`}`,
        `    on ${sayPlace(row)}${date}${more}`,
      ];
    }),
    isShort
      ? "Ask for one of them by:"
      : `Compare with the screen, character by character. If ${
        groups.length === 1 ? "that is it" : "one is it"
      }:`,
    `  ${again.replace("KEYID", askFor(first.keyId, query))}`,
  ];
}

/** As much of the Key ID as tells it from what was typed. */
function askFor(keyId: string, { typed }: FindQuery): string {
  const start = keyId.slice(0, 8);
  return typed !== null && typed.length > start.length && typed.startsWith(start) ? keyId : start;
}

function sayFew(lines: readonly string[], most: number = MOST_LINES): readonly string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `  and ${more} more`] : lines;
}

/** Windows takes a backslash before a quotation mark for a part of the path. */
function quoted(path: string): string {
  return /[^\w./\\:~-]/.test(path) ? `"${path.replace(/(?<=[^\\:])\\+$/, "")}"` : path;
}
