import { redactRecoveryPasswords } from "../core/recovery_password.ts";
import { messageOf } from "../errors.ts";
import { NameTakenError } from "../ports.ts";

/** POSIX names as Deno gives them in `code`, on Windows too where it knows the counterpart. */
const BY_CODE: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
  ENAMETOOLONG: "the name is too long",
  EIO: "the device reports an error",
  ENODEV: "the device is gone",
  ENXIO: "the device is gone",
  ELOOP: "its links lead in a circle",
  EBUSY: "another program has it open",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
};

/** Windows system error codes (winerror.h) for which Deno gives no `code`, or one that misleads. */
const BY_WINDOWS_NUMBER: Readonly<Record<string, string>> = {
  "19": "the disk is write-protected",
  "21": "the drive is not ready",
  "32": "another program has it open",
  "33": "another program has it open",
  "39": "the disk is full",
  "112": "the disk is full",
  "123": "the name is not one that Windows allows",
  "206": "the name is too long",
  "433": "the device is gone",
  "1392": "the file system is damaged",
};

/** Windows' own limit for most programs (MAX_PATH): what is longer loses its middle, so that no cut takes the reason. */
const LONGEST_SHOWN = 260;

function shown(path: string): string {
  return path.length <= LONGEST_SHOWN ? path : `${path.slice(0, 100)}…${path.slice(-150)}`.toWellFormed();
}

function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : "";
}

/**
 * Says in words why a call of the file system failed, to follow `Cannot write "…": `.
 *
 * @param error What `Deno.open` and its like threw.
 * @returns A reason without a full stop; the system's own words where it is none of the usual ones.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(ioReason(new Deno.errors.NotFound("os error 2")), "it does not exist");
 * ```
 */
export function ioReason(error: unknown): string {
  if (!(error instanceof Error)) return redactRecoveryPasswords(messageOf(error));
  if (Deno.build.os === "windows") {
    const words = BY_WINDOWS_NUMBER[/\(os error ([0-9]+)\)/.exec(error.message)?.[1] ?? ""];
    if (words !== undefined) return words;
  }
  const words = BY_CODE[codeOf(error)];
  if (words !== undefined) return words;
  if (error instanceof Deno.errors.NotFound) return "it does not exist";
  if (error instanceof Deno.errors.PermissionDenied) return "no rights";
  // A narrower grant than the settings say: the permission file is older than they are.
  if (error instanceof Deno.errors.NotCapable) return "this run was not permitted to use it";
  if (error instanceof Deno.errors.AlreadyExists) return "it exists already";
  if (error instanceof Deno.errors.NotADirectory) return "a part of the path is not a folder";
  if (error instanceof Deno.errors.IsADirectory) return "it is a folder";
  if (error instanceof Deno.errors.FilesystemLoop) return "its links lead in a circle";
  if (error instanceof Deno.errors.Busy) return "another program has it open";
  return redactRecoveryPasswords(messageOf(error));
}

/**
 * Does something with a path, and words its failure as `Cannot ACTION "PATH": REASON`; the path without its middle
 * where it is very long.
 *
 * @param action A verb, such as `write`.
 * @param options The path, and what to do.
 * @returns What `act` gave.
 * @throws {NameTakenError} As `act` threw it; all else as an error with the reason and the cause.
 */
export async function saying<T>(
  action: string,
  options: { readonly path: string; readonly act: () => Promise<T> },
): Promise<T> {
  try {
    return await options.act();
  } catch (error) {
    if (error instanceof NameTakenError) throw error;
    throw new Error(`Cannot ${action} "${shown(options.path)}": ${ioReason(error)}`, { cause: error });
  }
}
