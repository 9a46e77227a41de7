/** Tells the story, for somebody who has never heard of BitLocker, in the texts that Spare Key itself uses. */

import type { FoundKey } from "../../lib/core/find/model.ts";
import { sayFoundKey } from "../../lib/core/find/say_found.ts";
import { sayDay } from "../../lib/core/how_to_say.ts";
import { wrapText } from "../../lib/core/wrap_text.ts";
import type { StoryResult } from "./run_story_night.ts";
import { momentOf, type StoryNight } from "./story.ts";

/** Where things lie. */
export interface DemoFolders {
  readonly keys: string;
  readonly mail: string;
}

/** Files worth opening. */
export interface DemoFiles {
  readonly sheet: string;
  readonly txt: string;
  readonly mail: string;
}

/** How the story ends. */
export interface Ending {
  /** The key that the blue screen asks for. */
  readonly found: FoundKey;
  readonly files: DemoFiles;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const SEVERITY = { danger: "DANGER: ", warning: "Warning: " } as const;

/** What of a text is shown without its details: it fits on one line of 78 behind its bullet. */
const ONE_LINE = 74;

/**
 * Says what it is about.
 *
 * @param folders Where reports and mails go.
 * @returns Text of at most 78 columns, with an empty line at its end.
 */
export function sayOpening({ keys, mail }: DemoFolders): string {
  return wrapText(
    "Windows encrypts drives, often without telling. A blue screen may then ask for a recovery key of 48 " +
      "digits; without it all is lost. Spare Key looks every night, keeps a copy of each key off the PC and " +
      `tells somebody. Here with two invented PCs: keys go to ${keys}, mails to Tom, who helps the family, ` +
      `to ${mail}. "-" is what it noticed (the mails say more), "*" what it did.\n`,
  );
}

/**
 * Tells a night.
 *
 * @param story What happened, what Spare Key noticed and did.
 * @param subjects Of the mails.
 * @returns Text of at most 78 columns, with an empty line at its end.
 */
export function sayStoryNight(story: StoryResult, subjects: readonly string[]): string {
  const { night, result } = story;
  const noticed = [
    ...result.changes.map(({ text }) => night.inFull ? text : startOf(text)),
    ...result.findings.flatMap(({ severity, text }) => {
      if (severity === "info") return [];
      const whole = SEVERITY[severity] + text;
      return [severity === "danger" ? whole : startOf(whole)];
    }),
  ];
  return [
    `${shortDate(night)}  ${night.host.name}  ${night.title}`,
    ...noticed.map((text) => wrapText(`  - ${text}`)),
    wrapText(`  * ${sayDone(story, subjects)}`),
    "",
  ].join("\n");
}

function sayDone({ result, files }: StoryResult, subjects: readonly string[]): string {
  if (result.changes.length + files.length + subjects.length === 0) {
    return "Nothing has changed: no report, no mail.";
  }
  const reports = files.length === 0
    ? "no report"
    : files.length === 1
    ? "1 report"
    : `${files.length} reports`;
  return `${reports}, ${subjects.length === 0 ? "no mail" : `mail: ${subjects.join("; ")}`}`;
}

/** As many whole sentences as one line holds, the first one at any length. */
function startOf(text: string): string {
  const [first = "", ...more] = text.split(/(?<=[.!?]) (?=[A-Z"])/);
  let start = first;
  for (const sentence of more) {
    if (start.length + 1 + sentence.length > ONE_LINE) break;
    start += ` ${sentence}`;
  }
  return start;
}

function shortDate(night: StoryNight): string {
  const [day = "", month = ""] = sayDay(momentOf(night)).split(" ");
  return `${DAYS[new Date(night.date).getUTCDay()] ?? ""} ${day} ${month.slice(0, 3)}`;
}

/**
 * Tells how it ends: the blue screen, the key, the files to open.
 *
 * @param ending The key and the files.
 * @param folders Where the key was looked for.
 * @returns Text; only lines with a path may be longer than 78 columns.
 */
export function sayEnding({ found, files }: Ending, folders: DemoFolders): string {
  const eight = found.keyId.slice(0, 8);
  return [
    `In December a blue screen on ${found.host ?? "the PC"} asks for the key ${eight}. Tom types:`,
    `  spare-key find ${eight} --in ${/\s/.test(folders.keys) ? `"${folders.keys}"` : folders.keys}`,
    ...sayFoundKey(found),
    "",
    "Anna types the 48 digits, and Windows starts. To see more, open",
    ...[files.sheet, files.txt, files.mail].map((path) => `  ${path}`),
  ].join("\n");
}
