/** The story of a family's PCs: recorded snapshots, but the real job, real files and real mails. */

import { type ExitName, UserError } from "../lib/errors.ts";
import { runStoryNight, type StoryResult } from "./demo/run_story_night.ts";
import { type Ending, sayEnding, sayOpening, sayStoryNight } from "./demo/say_story.ts";
import { STORY } from "./demo/story.ts";
import { subjectOf } from "./demo/subject_of.ts";
import { findKeys } from "./find_keys.ts";
import { type Deps, flag, type TaskArguments, textOption } from "./task.ts";

/** Where the story goes when `--out` is not given. */
const DEFAULT_OUT = "demo";
/** More demos than anybody keeps. */
const MAX_NUMBER = 99;

const ABOUT =
  `This folder was written by "spare-key demo". People, PCs and keys are invented; the keys open ` +
  "nothing. Delete it whenever you like.\r\n";

/**
 * Runs the demo.
 *
 * @param args `--out`, `--json`.
 * @param deps The world.
 * @returns `ok`, or `partial` when a night could not do all that it had to.
 */
export async function run(args: TaskArguments, deps: Deps): Promise<ExitName> {
  const json = flag(args, "json");
  const tell = (text: string): void => json ? undefined : deps.terminal.out(text);
  const out = await freeFolder(textOption(args, "out") ?? DEFAULT_OUT, deps);
  const folders = {
    keys: deps.below(out, "keys"),
    mail: deps.below(out, "mail"),
    data: deps.below(out, "data"),
  };
  for (const folder of [folders.keys, folders.mail]) {
    await deps.files.write(folder, "About this folder.txt", new TextEncoder().encode(ABOUT));
  }

  tell(sayOpening(folders));
  const nights: StoryResult[] = [];
  const mailServer = await deps.startMailTrap(folders.mail);
  try {
    for (const night of STORY) {
      const story = await runStoryNight(night, { ...folders, mailServer }, deps);
      nights.push(story);
      tell(sayStoryNight(story, await Promise.all(story.mails.map((path) => subjectOf(path, deps)))));
    }
  } finally {
    await mailServer.stop();
  }

  const end = await endingOf(nights, folders.keys, deps);
  tell(sayEnding(end, folders));
  if (json) deps.terminal.out(JSON.stringify({ schema: 1, out, nights: nights.map(document), ...end }));
  const shortfalls = nights.flatMap((story) => story.result.shortfalls);
  for (const shortfall of shortfalls) deps.terminal.say(shortfall);
  return shortfalls.length === 0 ? "ok" : "partial";
}

/** The first of `demo`, `demo (2)`, … that is not there or holds no file. */
async function freeFolder(wanted: string, deps: Deps): Promise<string> {
  const bare = wanted.replace(/(?<=[^\\/:])[\\/]+$/, "");
  for (let number = 1; number <= MAX_NUMBER; number++) {
    const path = number === 1 ? bare : `${bare} (${number})`;
    if (await isFree(path, deps)) return path;
  }
  throw new UserError(
    "usage",
    `Cannot write the demo to "${wanted}": there are too many folders of that name`,
    {
      hint: "Name another folder by --out",
    },
  );
}

async function isFree(path: string, deps: Deps): Promise<boolean> {
  try {
    // A file of that name is in the way, too.
    return await deps.readOptional(path) === null;
  } catch {
    for await (const _file of deps.files.walk(path, () => {})) return false;
    return true;
  }
}

/** The last night's reports and mail, and its key, found as a helper on the phone would find it. */
async function endingOf(nights: readonly StoryResult[], keys: string, deps: Deps): Promise<Ending> {
  const last = nights.at(-1);
  const keyId = last?.result.changes.find((change) => change.kind === "key-added")?.keyId ?? "";
  const { matches: [found] } = await findKeys({ text: keyId.slice(0, 8), folders: [keys] }, deps);
  const sheet = last?.files.find((path) => path.endsWith(".html"));
  const mail = last?.mails.at(-1);
  if (found === undefined || sheet === undefined || mail === undefined) {
    throw new Error("The demo's last night left no key, sheet or mail");
  }
  return { files: { sheet, txt: found.path, mail }, found };
}

function document({ night, result, files, mails }: StoryResult): unknown {
  return {
    date: night.date,
    host: night.host.name,
    title: night.title,
    changes: result.changes.map((change) => change.kind),
    findings: result.findings.map((finding) => finding.code),
    mails,
    files,
  };
}
