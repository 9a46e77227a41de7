/** What goes wrong with a share, how it is made and mended, and what is to come of it. */

import type { OwnMounts } from "./own_mounts.ts";
import { ORDINARY, type PlaceFault } from "./place_fault.ts";

/** Where a fault is made. */
export interface ShareWorld {
  readonly mounts: OwnMounts;
  /** The share that fails, a folder here. */
  readonly faulty: string;
  /** Another one. */
  readonly cellar: string;
}

/** A fault, and the night with it. */
export interface ShareFault extends PlaceFault<ShareWorld> {
  /** Whether it belongs to every run of the tests. */
  readonly always: boolean;
}

const HOST = "ANNA-LAPTOP";
const FAILED = { exit: 3, codes: ["delivery-pending"], pending: 4 } as const;
const AWAY = { ...FAILED, codes: ["delivery-pending", "destination-unreachable"] } as const;

/** All of them. */
export const SHARE_FAULTS: readonly ShareFault[] = [
  {
    name: "the disk there is full",
    always: true,
    ...FAILED,
    spoil: async ({ mounts, faulty }) => {
      await mounts.sh(`mount -t tmpfs -o size=64k tmpfs '${faulty}'`);
      await mounts.sh(`head -c 65536 /dev/zero >'${faulty}/holiday.avi'`);
    },
    mend: ({ mounts, faulty }) =>
      mounts.sh(`rm '${faulty}/holiday.avi'; mount -o remount,size=1m '${faulty}'`),
    told: [
      /^4 reports could not be delivered to "faulty": (the disk there is full|.*No space left on device)/,
    ],
  },
  {
    name: "it is read-only",
    always: false,
    ...FAILED,
    spoil: ({ mounts, faulty }) => mounts.sh(`mount -t tmpfs -o ro tmpfs '${faulty}'`),
    mend: ({ mounts, faulty }) => mounts.sh(`mount -o remount,rw '${faulty}'`),
    told: [/^4 reports could not be delivered to "faulty": (the place is read-only|.*Read-only file system)/],
  },
  {
    name: "it is gone",
    always: false,
    ...AWAY,
    spoil: ({ faulty }) => Deno.rename(faulty, `${faulty}.gone`),
    mend: ({ faulty }) => Deno.rename(`${faulty}.gone`, faulty),
    told: [
      /^4 reports could not be delivered to "faulty"/,
      /^Nobody could look at "faulty" tonight: .*not there/,
    ],
  },
  {
    name: "no right to write there",
    always: false,
    ...FAILED,
    through: ORDINARY,
    spoil: ({ mounts, faulty }) => mounts.sh(`chmod 555 '${faulty}'; chown 65534 '${faulty}'`),
    mend: ({ mounts, faulty }) => mounts.sh(`chown 0 '${faulty}'; chmod 755 '${faulty}'`),
    told: [/^4 reports could not be delivered to "faulty": (access is denied|.*Permission denied)/],
  },
  {
    name: "it takes files and lets none be renamed or removed",
    always: true,
    exit: 0,
    codes: [],
    told: [],
    pending: 0,
    spoil: async ({ mounts, faulty }) => {
      await mounts.sh(`mount -t tmpfs tmpfs '${faulty}'; mkdir '${faulty}/${HOST}'`);
      await mounts.sh(`chattr +a '${faulty}/${HOST}'`);
    },
    mend: ({ mounts, faulty }) => mounts.sh(`chattr -a '${faulty}/${HOST}'`),
    // a second name was given, the first could not be taken away; it is ours, and goes another day
    left: [/^\.spare-key-.*\.tmp$/],
  },
  {
    name: "somebody else's file has the name of a report",
    always: false,
    exit: 0,
    codes: [],
    told: [],
    pending: 0,
    known: true,
    spoil: async ({ faulty }) => {
      const folder = `${faulty}/${HOST}`;
      for await (const { name } of Deno.readDir(folder)) {
        if (name.endsWith(".html")) await Deno.writeTextFile(`${folder}/${name}`, "somebody else's");
      }
    },
    mend: () => Promise.resolve(),
    left: [/sheet\.html$/],
  },
  {
    name: "it does not answer",
    always: true,
    ...AWAY,
    spoil: async ({ mounts, faulty }) => {
      // a file that nobody ever answers a read of
      await mounts.sh(`mkdir '${faulty}/${HOST}'; mkfifo '${faulty}/${HOST}/old.TXT'`);
    },
    mend: ({ faulty }) => Deno.remove(`${faulty}/${HOST}`, { recursive: true }),
    told: [
      /^4 reports could not be delivered to "faulty"/,
      /^Nobody could look at "faulty" tonight: it did not answer within 10 seconds|did not answer/,
    ],
  },
];
