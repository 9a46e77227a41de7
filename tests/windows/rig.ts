/** A small Windows by Wine, as `make_rig.sh` leaves it: its programs, its drive C:, its share. */

import { ROOT } from "../tools/repository.ts";

/** How a Windows program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program is started with. */
export interface StartOptions {
  /** What it reads; nothing without it. */
  readonly stdin?: Uint8Array;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The rig. */
export interface Rig {
  /** Its folder on Linux. */
  readonly folder: string;
  /** Drive C: on Linux. */
  readonly driveC: string;
  /** `\\nas\share` on Linux. */
  readonly share: string;
  /** Runs any Windows program: path or name, then its arguments. */
  win(command: readonly string[], options?: StartOptions): Promise<Ended>;
  /** Runs PowerShell 7 for Windows without profile. */
  powershell(args: readonly string[], options?: StartOptions): Promise<Ended>;
}

/** Where `run.ts` has it made. */
export const RIG_FOLDER: string = Deno.env.get("SPARE_KEY_RIG") ?? `${ROOT}.cache/windows`;

/**
 * Opens the rig.
 *
 * @param folder As given to `make_rig.sh`.
 * @returns Its programs and places.
 * @throws {Error} When it was not made.
 */
export function openRig(folder: string = RIG_FOLDER): Rig {
  try {
    Deno.statSync(`${folder}/finished`);
  } catch (error) {
    throw new Error(`There is no rig at "${folder}": run "deno task test:windows"`, { cause: error });
  }
  return {
    folder,
    driveC: `${folder}/prefix/drive_c`,
    share: `${folder}/share`,
    win: (command, options) => start(`${folder}/win`, command, options),
    powershell: (args, options) => start(`${folder}/winpwsh`, args, options),
  };
}

async function start(
  program: string,
  args: readonly string[],
  { stdin, env = {} }: StartOptions = {},
): Promise<Ended> {
  const child = new Deno.Command(program, {
    args: [...args],
    env: { ...env },
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writing = stdin === undefined ? Promise.resolve() : write(child.stdin, stdin);
  const [{ code, stdout, stderr }] = await Promise.all([child.output(), writing]);
  const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function write(to: WritableStream<Uint8Array>, bytes: Uint8Array): Promise<void> {
  const writer = to.getWriter();
  try {
    await writer.write(bytes);
    await writer.close();
  } catch (error) {
    // A program that ends before it has read all says why by its exit code.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/**
 * Names a file of the rig as Windows does.
 *
 * @param rig The rig.
 * @param path On Linux, below drive C: or in the repository (drive Z:).
 * @returns Such as `C:\Users\x`.
 */
export function windowsPath(rig: Rig, path: string): string {
  const roots = [[`${rig.driveC}/`, "C:\\"], [ROOT, "Z:\\"]] as const;
  for (const [root, drive] of roots) {
    if (path.startsWith(root)) return drive + path.slice(root.length).replaceAll("/", "\\");
  }
  throw new Error(`"${path}" lies on no drive of the rig`);
}

/**
 * Makes a Deno for Windows run under Wine 8: V8 is led to its older way of reserving memory by the change of one
 * name, and the one function that Wine lacks is put beside it. Nothing else of it is altered.
 *
 * @param rig The rig.
 * @param program The `deno.exe` on Linux.
 */
export async function letRunUnderWine(rig: Rig, program: string): Promise<void> {
  const bytes = await Deno.readFile(program);
  const name = new TextEncoder().encode("VirtualAlloc2");
  let found = 0;
  for (let at = bytes.indexOf(name[0] ?? 0); at >= 0; at = bytes.indexOf(name[0] ?? 0, at + 1)) {
    if (!name.every((byte, index) => bytes[at + index] === byte)) continue;
    bytes[at + name.length - 1] = "X".charCodeAt(0);
    found++;
  }
  if (found === 0) {
    throw new Error(`"${program}" does not look like Deno for Windows: "VirtualAlloc2" is not in it`);
  }
  await Deno.writeFile(program, bytes);
  const beside = program.slice(0, program.lastIndexOf("/"));
  await Deno.copyFile(`${rig.folder}/build/bcryptprimitives.dll`, `${beside}/bcryptprimitives.dll`);
}

/**
 * Lists a folder.
 *
 * @param folder On Linux.
 * @returns The names in it, sorted.
 */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}
