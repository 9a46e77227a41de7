/**
 * A process of its own for the tests of the folder destination: with exactly the permissions that a run gets,
 * on a disk that is full or read-only, or killed in the middle. `destination_child.ts STEP ROOT`, answers as
 * JSON lines.
 */

import { folderDestination } from "../../lib/effects/folder_destination.ts";
import { writeNew } from "../../lib/effects/write_durably.ts";

const HOST = "ANNA-LAPTOP";
const [step = "", root = ""] = Deno.args;

function say(value: unknown): void {
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(value) + "\n"));
}

const destination = folderDestination({ name: "child", path: root, place: null });

const steps: Readonly<Record<string, () => Promise<void>>> = {
  /** All that a night does. */
  async all(): Promise<void> {
    const put = await destination.put(HOST, "a.TXT", Uint8Array.of(1, 2, 3));
    const again = await destination.put(HOST, "a.TXT", Uint8Array.of(1, 2, 3));
    await destination.putStatus(HOST, new TextEncoder().encode('{"run":1}'));
    await destination.putStatus(HOST, new TextEncoder().encode('{"run":2}'));
    const { folders } = await destination.list([HOST]);
    say({ put, again, sha256: await destination.sha256(HOST, "a.TXT"), folders });
  },
  /** One report of 200 KB. */
  async report(): Promise<void> {
    say({ put: await destination.put(HOST, "a.TXT", new Uint8Array(200_000).fill(1)) });
  },
  async status(): Promise<void> {
    await destination.putStatus(HOST, new Uint8Array(200_000).fill(0x20));
    say({ put: "delivered" });
  },
  /** Stands still once the temporary file is written. */
  async stall(): Promise<void> {
    const disk = {
      link: Deno.link,
      writeNew: async (path: string, bytes: Uint8Array): Promise<void> => {
        await writeNew(path, bytes);
        say("temporary file written");
        await new Promise(() => setTimeout(() => {}, 1_000_000));
      },
    };
    await folderDestination({ name: "child", path: root, place: null, disk })
      .put(HOST, "a.TXT", new Uint8Array(200_000).fill(1));
  },
  /** Puts files for as long as it lives. */
  async many(): Promise<void> {
    for (let number = 0;; number++) {
      await destination.put(HOST, `${number}.TXT`, new Uint8Array(300_000).fill(1));
      say(number);
    }
  },
};

try {
  await steps[step]?.();
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) });
}
