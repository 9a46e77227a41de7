/** A view of the file system with mounts of its own, which last as long as the program that holds them. */

import { assertTools } from "./tools.ts";

/** Mounts that only programs inside see. */
export interface OwnMounts {
  /** The same command, run where the mounts are. */
  inside(command: readonly string[]): readonly string[];
  /** The same command, run where the mounts and the network are. */
  online(command: readonly string[]): readonly string[];
  /** Runs lines of a shell there; throws with what it said where they fail. */
  sh(script: string): Promise<void>;
  /** The path under which this process sees what lies there. */
  seen(path: string): string;
  /** Ends the holder, and the mounts with it. */
  close(): Promise<void>;
}

/**
 * Opens such a view.
 *
 * @param options Whether it gets a network of its own as well, of loopback alone.
 * @returns The view, without mounts so far.
 * @throws When this system lets nobody have one.
 */
export async function openOwnMounts(
  { network = false }: { readonly network?: boolean } = {},
): Promise<OwnMounts> {
  await assertTools(["unshare", "nsenter", ...(network ? ["ip"] : [])]);
  const net = network ? ["--net"] : [];
  const mapping = Deno.uid() === 0 ? [] : ["--map-root-user"];
  const holder = new Deno.Command("unshare", {
    args: [
      "--mount",
      "--propagation",
      "private",
      ...net,
      ...mapping,
      "sh",
      "-c",
      `${network ? "ip link set lo up; " : ""}echo ready; exec cat`,
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const reader = holder.stdout.getReader();
  const first = await reader.read();
  if (first.value === undefined) {
    throw new Error("Cannot make mounts of its own: unshare --mount failed; run the tests as root");
  }
  const user = Deno.uid() === 0 ? [] : ["--user", "--preserve-credentials"];
  const enter = ["nsenter", "--target", String(holder.pid), ...user, "--mount"];
  const inside = (command: readonly string[]): readonly string[] => [...enter, ...command];
  return {
    inside,
    online: (command) => [...enter, ...net, ...command],
    async sh(script): Promise<void> {
      const [command = "", ...args] = inside(["sh", "-euc", script]);
      const { success, stderr } = await new Deno.Command(command, { args, stdout: "null", stderr: "piped" })
        .output();
      if (!success) throw new Error(`${script}: ${new TextDecoder().decode(stderr)}`);
    },
    seen: (path) => `/proc/${holder.pid}/root${path}`,
    async close(): Promise<void> {
      await holder.stdin.close();
      await reader.cancel();
      await holder.status;
    },
  };
}
