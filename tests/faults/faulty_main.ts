/**
 * The whole program, with one fault in how it reaches the folder "faulty": what no disk can be told to do at the
 * right moment. `faulty_main.ts FAULT PATH check …`
 */

import { folderDestination, type FolderDisk } from "../../lib/effects/folder_destination.ts";
import { writeNew } from "../../lib/effects/write_durably.ts";
import type { Destination } from "../../lib/ports.ts";
import { main, type WrapNight } from "../../main.ts";

const [fault = "", path = "", ...argv] = Deno.args;
const real: FolderDisk = { writeNew, link: Deno.link };

/** Waits in the system, as a call to a disk that does not answer does, until somebody opens the pipe's other end. */
async function hang(): Promise<void> {
  (await Deno.open(path, { write: true })).close();
}

const DISKS: Readonly<Record<string, FolderDisk>> = {
  "vanishes": {
    ...real,
    async link(from, to): Promise<void> {
      await Deno.link(from, to);
      await Deno.remove(to);
    },
  },
  "goes away": {
    ...real,
    async link(from, to): Promise<void> {
      await Deno.rename(path, `${path}.gone`);
      await Deno.link(from, to);
    },
  },
  "changes bytes": {
    ...real,
    writeNew: (to, bytes) => writeNew(to, bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1)),
  },
  "keeps half": {
    ...real,
    writeNew: (to, bytes) => writeNew(to, bytes.subarray(0, bytes.length / 2)),
  },
  "hangs at writing": {
    ...real,
    async writeNew(to, bytes): Promise<void> {
      await hang();
      await writeNew(to, bytes);
    },
  },
  "hangs at the look": real,
};

const wrap: WrapNight = (night) => ({
  ...night,
  openDestination(settings, state): Destination | null {
    if (settings.kind !== "folder" || settings.name !== "faulty") {
      return night.openDestination(settings, state);
    }
    const disk = DISKS[fault];
    if (disk === undefined) throw new Error(`No such fault: "${fault}"`);
    const faulty = folderDestination({ name: settings.name, path: settings.path, place: state.place, disk });
    return fault !== "hangs at the look" ? faulty : {
      name: settings.name,
      list: async (folders) => {
        await hang();
        return await faulty.list(folders);
      },
      sha256: (folder, name) => faulty.sha256(folder, name),
      put: (folder, name, bytes) => faulty.put(folder, name, bytes),
      putStatus: (folder, bytes) => faulty.putStatus(folder, bytes),
    };
  },
});

Deno.exit(await main(argv, wrap));
