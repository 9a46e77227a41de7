/** What SQLite and the file system say against the ledger file, in words, and what of it means damage. */

import { messageOf, UserError } from "../errors.ts";
import { ioReason } from "./io_reason.ts";
import { folderOf } from "./path_parts.ts";

/** The file can be read, but is not a ledger of ours, or no longer. The message is the reason alone. */
export class DamagedLedger extends Error {
  /** Tells it apart in a log. */
  override readonly name = "DamagedLedger";
}

/** Primary result codes of SQLite: https://www.sqlite.org/rescode.html */
const CODE = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADb: 26,
} as const;
/** SQLITE_READONLY_ROLLBACK: a save was cut off, and only a writer may undo it. */
const READONLY_ROLLBACK = 776;

const HOW_TO_MEND = 'Run "spare-key check" as administrator; it brings the ledger in order';

/** Reasons and hints by primary result code. */
const WORDS: Readonly<Record<number, readonly [reason: string, hint: string]>> = {
  [CODE.busy]: ["another program has it open", "Wait until the other run has ended, then try again"],
  [CODE.locked]: ["another program has it open", "Wait until the other run has ended, then try again"],
  [CODE.readOnly]: ["it may not be written", "Let SYSTEM and administrators change the data folder"],
  [CODE.io]: [
    "the disk reports an error",
    "Check the disk; if the file cannot be read, rename it, and a new one is made",
  ],
  [CODE.full]: ["the disk is full", "Make room on the drive of the data folder"],
  // Of a statement, so the file itself was opened: it is the journal that cannot be made.
  [CODE.cannotOpen]: [
    "its folder may not be changed",
    "Let SYSTEM and administrators change the data folder",
  ],
  [CODE.corrupt]: ["its pages are damaged", HOW_TO_MEND],
  [CODE.notADb]: ["it is not a database", HOW_TO_MEND],
};

/** `null` when SQLite did not say; Deno tells it of prepared statements alone. */
function extendedCode(error: unknown): number | null {
  return error instanceof Error && "errcode" in error && typeof error.errcode === "number"
    ? error.errcode
    : null;
}

/** The low byte of an extended code is the primary one. */
function primaryCode(error: unknown): number | null {
  const code = extendedCode(error);
  return code === null ? null : code & 0xff;
}

/**
 * Tells why a ledger file counts as damaged.
 *
 * @param error What was thrown while it was read.
 * @returns A reason to follow "was damaged: ", or `null` when the error is of another kind.
 */
export function damageReason(error: unknown): string | null {
  if (error instanceof DamagedLedger) return error.message;
  const code = primaryCode(error);
  return code === CODE.corrupt || code === CODE.notADb ? WORDS[code]?.[0] ?? null : null;
}

/**
 * Words an error of the ledger file for a person.
 *
 * @param action What failed: `open`, `save to`.
 * @param path The ledger file.
 * @param error What was thrown.
 * @returns A `UserError`, or the error itself where nobody could act on it.
 */
export async function ledgerError(action: string, path: string, error: unknown): Promise<unknown> {
  if (error instanceof UserError) return error;
  const failed = `Cannot ${action} ledger "${path}"`;
  if (extendedCode(error) === READONLY_ROLLBACK) {
    const reason = "the last save was cut off and must be undone first, which reading alone cannot do";
    return new UserError("ledger", `${failed}: ${reason}`, { hint: HOW_TO_MEND, cause: error });
  }
  const damage = damageReason(error);
  if (damage !== null) {
    return new UserError("ledger", `${failed}: ${damage}`, { hint: HOW_TO_MEND, cause: error });
  }
  const words = WORDS[primaryCode(error) ?? 0];
  if (words !== undefined) {
    return new UserError("ledger", `${failed}: ${words[0]}`, { hint: words[1], cause: error });
  }
  // Of the way to the file SQLite says "unable to open database file" alone: the system says why.
  if (isOfSqlite(error)) return systemError(failed, await whyNotOpened(path) ?? messageOf(error), error);
  return isOfSystem(error) ? systemError(failed, ioReason(error), error) : error;
}

function isOfSqlite(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_SQLITE_ERROR";
}

function isOfSystem(error: unknown): boolean {
  return error instanceof Error && Object.values(Deno.errors).some((kind) => error instanceof kind);
}

/** @returns What stands in the way of the file, `null` when nothing does. */
async function whyNotOpened(path: string): Promise<string | null> {
  try {
    (await Deno.open(path, { read: true, write: true })).close();
    return null;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) return ioReason(error);
  }
  try {
    await Deno.stat(folderOf(path));
    return "it cannot be made in its folder";
  } catch (error) {
    return error instanceof Deno.errors.NotFound ? "its folder does not exist" : ioReason(error);
  }
}

function systemError(failed: string, reason: string, cause: unknown): UserError {
  const hint =
    "See that the data folder is there and that SYSTEM and administrators may change what is in it";
  return new UserError("ledger", `${failed}: ${reason}`, { hint, cause });
}
