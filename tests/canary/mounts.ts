/** Disks that are full, read-only or gone, and every place for temporary files: a system of its own for each run. */

import assert from "node:assert/strict";
import { EXIT } from "../../lib/errors.ts";
import { openOwnMounts, type OwnMounts } from "../faults/own_mounts.ts";
import { volume } from "../helpers/night_rig.ts";
import { type CanaryLab, envelopeOf, snapshotOf } from "./pc.ts";
import { KEYS } from "./secrets.ts";

/** Where programs put what they do not mean to keep. */
const TEMPORARY = ["/tmp", "/var/tmp", "/dev/shm"] as const;

/** The PC's folder, seen from inside: below `/tmp` there is nothing of the test. */
const INSIDE = "/mnt";

/** What is wrong with the disks; lines of a shell. */
const FAULTS: readonly (readonly [what: string, fault: string, mend: string])[] = [
  ["no fault", ":", ":"],
  ["the place is read-only", "mount -t tmpfs -o ro none /mnt/keys", "umount /mnt/keys"],
  [
    "the place is full",
    "mount -t tmpfs -o size=4k none /mnt/keys; head -c 4096 /dev/zero > /mnt/keys/full",
    "umount /mnt/keys",
  ],
  ["the place is a file", "mv /mnt/keys /mnt/away; touch /mnt/keys", "rm /mnt/keys; mv /mnt/away /mnt/keys"],
  [
    "the data folder is read-only",
    "mount --bind /mnt/data /mnt/data; mount -o remount,bind,ro /mnt/data",
    "umount /mnt/data",
  ],
  [
    "the data folder is full",
    "mount -t tmpfs -o size=200k none /mnt/data; head -c 180k /dev/zero > /mnt/data/full || true",
    "umount /mnt/data",
  ],
];

/** Runs nights and reading tasks where all temporary places are looked at. */
export async function mounts(lab: CanaryLab): Promise<void> {
  const own = await openOwnMounts();
  try {
    await lab.withPc(async (pc) => {
      for (const name of ["keys", "app", "bin", "data"]) await Deno.mkdir(`${pc.folder}/${name}`);
      await own.sh([
        `mount --bind '${lab.app}' '${pc.folder}/app'`,
        // Deno itself may lie in what is covered.
        `touch '${pc.folder}/bin/deno' && mount --bind '${Deno.execPath()}' '${pc.folder}/bin/deno'`,
        `mount --rbind '${pc.folder}' ${INSIDE}`,
        ...TEMPORARY.map((path) => `mkdir -p ${path} && mount -t tmpfs none ${path}`),
      ].join(" && "));
      const settings = {
        destinations: [{ name: "keys", kind: "folder", path: `${INSIDE}/keys`, synced: true }],
        log: { level: "debug" },
      };
      for (const [index, [, fault, mend]] of FAULTS.entries()) {
        await own.sh(fault);
        const keys = KEYS.slice(0, 1 + index % KEYS.length);
        const stdin = envelopeOf(settings, { snapshot: snapshotOf([volume("C:", keys)], 10 + index) });
        const words = ["check", "--data", `${INSIDE}/data`, ...(index % 2 === 0 ? ["--json"] : [])];
        // What matters here is what it says, not which code it ends with.
        await pc.run(words, { stdin, codes: Object.values(EXIT), ...insideOf(own) });
        await own.sh(mend);
      }
      await own.sh(`rm -rf ${INSIDE}/keys/full ${INSIDE}/data/full`);
      const snapshot = JSON.stringify(snapshotOf());
      const tasks: readonly (readonly string[])[] = [
        ["print", "--out", `${INSIDE}/sheets`],
        ["print", "--out", "/dev/null/sheets", "--json"],
        ["import", "-", "--to", `${INSIDE}/imported`],
        ["reconcile", "-", "--data", `${INSIDE}/data`],
      ];
      for (const words of tasks) {
        const shows = words[0] === "import" ? ["digits" as const] : [];
        await pc.run(words, { stdin: snapshot, shows, ...insideOf(own) });
      }
      await own.sh(`umount ${INSIDE}/app ${INSIDE}/bin/deno`);
      for (const path of TEMPORARY) await lab.watch.folder(own.seen(path));
      const root = own.seen(INSIDE);
      const found = await lab.watch.folder(
        root,
        (path) => /^(?:keys|sheets|imported)\//.test(path) && !path.endsWith("status.json") ? ["digits"] : [],
      );
      assert.ok([...found].some(([path, kinds]) => path.startsWith("keys/") && kinds.includes("digits")));
      // Without any variable that names a place, this is where Deno keeps things: the search saw where it ran.
      assert.ok(await Deno.stat(own.seen("/tmp/deno")).then(({ isDirectory }) => isDirectory, () => false));
    });
  } finally {
    await own.close();
  }
}

/** Starts the program there, with no folder for temporary files named. */
function insideOf(
  own: OwnMounts,
): { readonly program: string; readonly through: (command: readonly string[]) => readonly string[] } {
  return {
    program: `${INSIDE}/app/main.js`,
    through: ([_deno, ...words]) =>
      own.inside([
        ...["env", "-u", "TMPDIR", "HOME=/tmp/home", "DENO_DIR=/tmp/deno"],
        ...["sh", "-c", `cd ${INSIDE}/cwd && exec "$@"`, "sh"],
        ...[`${INSIDE}/bin/deno`, ...words],
      ]),
  };
}
