/** What happens in the family, night by night. */

import {
  ANNAS_DRIVE,
  ANNAS_DRIVE_SUSPENDED,
  ANNAS_LAPTOP,
  ANNAS_NEW_DRIVE,
  type HostDocument,
  PHOTOS,
  PHOTOS_PLAIN,
  PHOTOS_WITHOUT_KEY,
  STICK,
  TOMS_DRIVE,
  TOMS_PC,
  type VolumeDocument,
} from "./family.ts";

/** A night of the story. */
export interface StoryNight {
  /** `2026-11-02`; Spare Key runs at three in the morning. */
  readonly date: string;
  /** What happened in the family, as a sentence. */
  readonly title: string;
  readonly host: HostDocument;
  readonly volumes: readonly VolumeDocument[];
  /** What Windows' log of BitLocker holds; without it, nothing since {@link LOG_SINCE} that tells of a copy. */
  readonly log?: { readonly since: string; readonly events: readonly unknown[] };
  /** Whether the story gives all that Spare Key says, not only how it begins. */
  readonly inFull?: boolean;
}

/** When both PCs' logs of BitLocker begin. */
const LOG_SINCE = "2026-10-05T16:31:22.004Z";

/** The nights, in their order. Quiet ones in between are left out. */
export const STORY: readonly StoryNight[] = [
  {
    date: "2026-11-02",
    title: "Tom sets up Spare Key on his sister Anna's laptop.",
    host: ANNAS_LAPTOP,
    volumes: [ANNAS_DRIVE],
    inFull: true,
  },
  {
    date: "2026-11-02",
    title: "And on his own PC.",
    host: TOMS_PC,
    volumes: [TOMS_DRIVE, PHOTOS_PLAIN],
  },
  {
    date: "2026-11-03",
    title: "A quiet night, like most.",
    host: ANNAS_LAPTOP,
    volumes: [ANNAS_DRIVE],
  },
  {
    date: "2026-11-07",
    title: "Tom encrypted a USB stick for a journey.",
    host: TOMS_PC,
    volumes: [TOMS_DRIVE, PHOTOS_PLAIN, STICK],
  },
  {
    date: "2026-11-08",
    title: "The stick is in Tom's bag.",
    host: TOMS_PC,
    volumes: [TOMS_DRIVE, PHOTOS_PLAIN],
  },
  {
    date: "2026-11-12",
    title: "A firmware update waits for a restart.",
    host: ANNAS_LAPTOP,
    volumes: [ANNAS_DRIVE_SUSPENDED],
  },
  {
    date: "2026-11-13",
    title: "Anna restarted, the update is done.",
    host: ANNAS_LAPTOP,
    volumes: [ANNAS_DRIVE],
  },
  {
    date: "2026-11-16",
    title: "Tom encrypted his photos with a command from a forum.",
    host: TOMS_PC,
    volumes: [TOMS_DRIVE, PHOTOS_WITHOUT_KEY],
  },
  {
    date: "2026-11-17",
    title: "Tom did what the mail said. His stick is back.",
    host: TOMS_PC,
    volumes: [TOMS_DRIVE, PHOTOS, STICK],
  },
  {
    date: "2026-11-24",
    title: "Windows was installed anew on Anna's laptop.",
    host: ANNAS_LAPTOP,
    volumes: [ANNAS_NEW_DRIVE],
    log: {
      since: "2026-11-23T18:05:40.120Z",
      events: [{
        id: 828, // backed up to the Microsoft account
        time: "2026-11-23T18:20:09.480Z",
        protectorId: ANNAS_NEW_DRIVE.protectors.find((one) => one.recoveryPassword !== null)?.id,
        drive: "C:",
        code: null,
      }],
    },
    inFull: true,
  },
];

/**
 * Tells when a night's run is.
 *
 * @param night Of the story.
 * @returns Three in the morning, in Central European winter time, as ISO 8601.
 */
export function momentOf(night: StoryNight): string {
  return `${night.date}T03:00:00.000+01:00`;
}

/**
 * Writes the snapshot of a night as the collector would.
 *
 * @param night Of the story.
 * @returns A document of schema 1.
 */
export function snapshotDocument(night: StoryNight): unknown {
  return {
    schema: 1,
    takenAt: momentOf(night),
    collector: {
      version: "1.0.0",
      powershell: "5.1.26100.1",
      elevated: true,
      is64Bit: true,
      source: "recorded",
    },
    host: { ...night.host, join: "workgroup" },
    volumes: night.volumes,
    events: night.log?.events ?? [],
    eventLog: { state: "read", since: night.log?.since ?? LOG_SINCE, message: null },
    errors: [],
  };
}
