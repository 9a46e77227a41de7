/** What a fault of a folder is, and how the common ones are made and mended. */

import { type FaultPc, HOST, reportName } from "./fault_pc.ts";
import type { OwnMounts } from "./own_mounts.ts";
import type { PlaceFault } from "./place_fault.ts";

/** Where a fault is made. */
export interface FolderWorld {
  readonly pc: FaultPc;
  readonly mounts: OwnMounts;
  /** The folder that fails. */
  readonly faulty: string;
  /** A folder that nothing may be written to. */
  readonly elsewhere: string;
}

/** A fault, and the night with it; the night without it knows one of the two keys. */
export interface FolderFault extends PlaceFault<FolderWorld> {
  /** The fault of `faulty_main.ts`, for what no disk can be told to do. */
  readonly inside?: string;
}

/** For a fault that ends by itself. */
export const nothing = (): Promise<void> => Promise.resolve();

/** Reports wait, and nobody could look. */
export const AWAY = ["delivery-pending", "destination-unreachable"];
/** Three reports wait, and that is all there is to say. */
export const FAILED = { exit: 3, codes: ["delivery-pending"], pending: 3 } as const;

/** A disk of 256 KB, filled but for so many. */
export function fill(freeKb: number): (world: FolderWorld) => Promise<void> {
  return async ({ mounts, faulty }) => {
    await mounts.sh(`mount -t tmpfs -o size=256k tmpfs ${faulty}`);
    await mounts.sh(`head -c ${(256 - freeKb) * 1024} /dev/zero >${faulty}/holiday.avi`);
  };
}
/** Takes away what fills the disk. */
export const makeRoom = ({ mounts, faulty }: FolderWorld): Promise<void> =>
  mounts.sh(`rm ${faulty}/holiday.avi`);

const asTheOwner = "chown 65534:65534";

/** Root cannot be kept from its own folders, so they belong to somebody else. */
export function rights(mode: string, path = ""): (world: FolderWorld) => Promise<void> {
  return ({ mounts, faulty }) =>
    mounts.sh(
      `chmod ${mode} '${faulty}${path}'; if [ "$(id -u)" = 0 ]; then ${asTheOwner} '${faulty}${path}'; fi`,
    );
}
/** Gives the rights back. */
export const giveBack = ({ mounts, faulty }: FolderWorld): Promise<void> =>
  mounts.sh(`chown -R "$(id -u)" ${faulty}; chmod -R u+rwX ${faulty}`);

/** Alters a report that a night without fault brought, so that only its content tells. */
export async function alter({ faulty }: FolderWorld): Promise<void> {
  const path = `${faulty}/${HOST}/${reportName(1, 1)}`;
  const bytes = await Deno.readFile(path);
  await Deno.writeFile(path, bytes.map((byte, index) => index === 400 ? byte ^ 1 : byte));
}

/** As long as a path may be (4095 bytes), less what a temporary name needs and a report's name does not get. */
export function longFolder(faulty: string): string {
  const room = 4095 - `/${HOST}/.spare-key-00000000-0000-4000-8000-000000000000.tmp`.length - faulty.length;
  const part = `/${"x".repeat(249)}`;
  const whole = Math.floor(room / part.length);
  return faulty + part.repeat(whole) + `/${"y".repeat(room - whole * part.length - 1)}`;
}

/** Changes the settings: the folder is another one now. */
export async function usePath({ pc }: FolderWorld, path: string): Promise<void> {
  await Deno.mkdir(path, { recursive: true });
  const old = pc.settings["destinations"];
  if (!Array.isArray(old)) throw new Error("The settings have no destinations");
  const destinations = old.map((one: Readonly<Record<string, unknown>>) =>
    one["name"] === "faulty" ? { ...one, path } : one
  );
  pc.settings = { ...pc.settings, destinations };
}

/** Ours is not written where somebody else's link leads. */
export async function linkAway(path: string, { elsewhere }: FolderWorld): Promise<void> {
  await Deno.rename(path, `${path}.aside`).catch(() => {});
  await Deno.symlink(elsewhere, path);
}
/** Takes the link away, and puts back what was there. */
export async function unlink(path: string): Promise<void> {
  await Deno.remove(path);
  await Deno.rename(`${path}.aside`, path).catch(() => {});
}
