/** Runs a night of the story as `check` runs a real one: lock, ledger, destinations, mail. */

import { readSettings } from "../../lib/core/config.ts";
import { parseSnapshot } from "../../lib/core/parse_snapshot.ts";
import type { Settings } from "../../lib/core/settings.ts";
import { UserError } from "../../lib/errors.ts";
import { type NightResult, runNight } from "../../lib/nightly/run_night.ts";
import type { Deps, MailTrap } from "../task.ts";
import { momentOf, snapshotDocument, type StoryNight } from "./story.ts";

/** Where a demo writes. */
export interface DemoPlace {
  /** A folder that something would carry to the family's cloud. */
  readonly keys: string;
  /** For the PCs' own data, a folder each. */
  readonly data: string;
  readonly mailServer: MailTrap;
}

/** What a night did. */
export interface StoryResult {
  readonly night: StoryNight;
  readonly result: NightResult;
  /** Paths of the reports written. */
  readonly files: readonly string[];
  /** Paths of the mails that came. */
  readonly mails: readonly string[];
}

/** Nobody else works in the demo's folder, so a held lock is somebody else's. */
const LOCK_WAIT_MS = 1000;

/**
 * Runs it, at three in the morning of its date.
 *
 * @param night Of the story.
 * @param place Where the demo writes.
 * @param deps The world.
 * @returns What it noticed and wrote.
 */
export async function runStoryNight(night: StoryNight, place: DemoPlace, deps: Deps): Promise<StoryResult> {
  const what = `snapshot of ${night.host.name} from ${night.date}`;
  const snapshot = parseSnapshot(snapshotDocument(night), what);
  const data = deps.below(place.data, night.host.name);
  const lock = deps.openLock(data);
  if (!await lock.acquire(LOCK_WAIT_MS)) {
    throw new UserError("busy", `Cannot run the demo: another run holds the data folder "${data}"`, {
      hint: "Choose another folder by --out",
    });
  }
  try {
    const settings = demoSettings(place);
    const runId = deps.newRunId();
    const mailsBefore = place.mailServer.messages().length;
    const ports = await deps.openNight(data, {
      settings,
      secrets: { smtpPassword: null, archiveKey: null },
      listings: null,
      runId,
      dryRun: false,
      clock: { now: () => new Date(momentOf(night)) },
    });
    try {
      const result = await runNight(
        { snapshot, settings, setAside: [], runId, carries: false, receipts: null, access: [] },
        ports,
      );
      const written = result.deliveries.filter((one) => one.kind === "folder" && one.outcome === "delivered");
      return {
        night,
        result,
        files: written.flatMap(({ report }) => report === null ? [] : [deps.below(place.keys, report)]),
        mails: place.mailServer.messages().slice(mailsBefore),
      };
    } finally {
      await ports.close();
    }
  } finally {
    lock.release();
  }
}

/** One set for all PCs: a folder that something carries off the PC, and a mail without keys. */
function demoSettings({ keys, mailServer }: DemoPlace): Settings {
  const { settings } = readSettings({ policy: null, file: null, fileName: "the demo" });
  return {
    ...settings,
    destinations: [
      {
        kind: "folder",
        name: "cloud folder",
        path: keys,
        volume: null,
        synced: true,
        sealed: false,
        readableByUsers: true,
      },
      { kind: "mail", name: "Tom", to: ["tom@example.org"], keys: "none" },
    ],
    smtp: {
      host: "127.0.0.1",
      port: mailServer.port,
      security: "none",
      user: null,
      from: "spare-key@example.org",
      ca: null,
    },
  };
}
