import { UserError } from "../errors.ts";
import type { RunLock } from "../ports.ts";
import { ioReason } from "./io_reason.ts";

/** What stands in it is one line; more was written by somebody else. */
const LONGEST_BYTES = 4096;

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

  read(): string | null {
    return this.#file === null ? null : readWhole(this.#file);
  }

  write(text: string | null): void {
    const file = this.#file;
    if (file === null) return;
    try {
      file.truncateSync(0);
      file.seekSync(0, Deno.SeekMode.Start);
      const bytes = new TextEncoder().encode(text ?? "");
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    } catch {
      // On a full disk a run is better without its mark than not at all.
    }
  }

  release(): void {
    // Closing gives the lock back, on every system.
    this.#file?.close();
    this.#file = null;
  }

  #open(): Deno.FsFile {
    try {
      return Deno.openSync(this.#path, { read: true, write: true, create: true, mode: 0o600 });
    } catch (error) {
      throw new UserError("ledger", `Cannot open the lock file "${this.#path}": ${ioReason(error)}`, {
        hint: "Name a data folder that this account may write, or mend its rights",
        cause: error,
      });
    }
  }
}

/**
 * Reads what a run has left in the lock, where none holds it.
 *
 * @param path The lock file.
 * @returns The text; `null` when nothing stands there, a run is under way, or it cannot be read.
 */
export function readRunLock(path: string): string | null {
  try {
    using file = Deno.openSync(path);
    return file.tryLockSync(false) ? readWhole(file) : null;
  } catch {
    return null;
  }
}

function readWhole(file: Deno.FsFile): string | null {
  try {
    const { size } = file.statSync();
    if (size === 0 || size > LONGEST_BYTES) return null;
    file.seekSync(0, Deno.SeekMode.Start);
    const bytes = new Uint8Array(size);
    const read = file.readSync(bytes) ?? 0;
    return new TextDecoder().decode(bytes.subarray(0, read));
  } catch {
    return null;
  }
}

/** Asks at once, not through another thread. */
function tryLock(file: Deno.FsFile): boolean {
  return file.tryLockSync(true);
}
