import { UserError } from "../errors.ts";
import type { RunLock } from "../ports.ts";
import { ioReason } from "./io_reason.ts";

/** How often a held lock is tried again, in milliseconds. */
const POLL_MS = 150;

/**
 * Opens the lock that keeps two runs apart: an exclusive lock of the system on a file. The system lets go of it
 * when its holder ends, however that happens. The file stays: removing it would let two runs lock two files.
 *
 * @param path The lock file, made when there is none; its folder exists.
 * @returns The lock, not held yet. Its `acquire` throws a {@link UserError} `ledger` where the file cannot be opened.
 *
 * @example
 * ```ts ignore
 * const lock = fileRunLock("C:\\ProgramData\\SpareKey\\run.lock");
 * if (!await lock.acquire(30_000)) throw new UserError("busy", "Cannot start: another run is under way");
 * ```
 */
export function fileRunLock(path: string): RunLock {
  return new FileRunLock(path);
}

class FileRunLock implements RunLock {
  readonly #path: string;
  #file: Deno.FsFile | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async acquire(waitMs: number): Promise<boolean> {
    if (this.#file !== null) return true;
    const deadline = performance.now() + waitMs;
    const file = this.#open();
    try {
      while (!tryLock(file)) {
        const leftMs = deadline - performance.now();
        if (leftMs <= 0) {
          file.close();
          return false;
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(POLL_MS, leftMs)));
      }
    } catch (error) {
      file.close();
      throw new Error(`Cannot lock "${this.#path}": ${ioReason(error)}`, { cause: error });
    }
    this.#file = file;
    return true;
  }

  release(): void {
    // Closing gives the lock back, on every system.
    this.#file?.close();
    this.#file = null;
  }

  #open(): Deno.FsFile {
    try {
      return Deno.openSync(this.#path, { write: true, create: true, mode: 0o600 });
    } catch (error) {
      throw new UserError("ledger", `Cannot open the lock file "${this.#path}": ${ioReason(error)}`, {
        hint: "Name a data folder that this account may write, or mend its rights",
        cause: error,
      });
    }
  }
}

/** Asks at once, not through another thread. */
function tryLock(file: Deno.FsFile): boolean {
  return file.tryLockSync(true);
}
