import { redactSecrets } from "../core/recovery_password.ts";
import type { LogLevel } from "../core/settings.ts";
import { messageOf } from "../errors.ts";
import type { Clock, Log } from "../ports.ts";
import { ioReason } from "./io_reason.ts";
import { folderOf } from "./path_parts.ts";
import { patiently } from "./write_durably.ts";

const LEVELS: readonly LogLevel[] = ["debug", "info", "warning", "error"];

/** Where a run's diary goes. */
export interface JsonLogOptions {
  /** The newest file, such as `…\spare-key.log`; older ones become `spare-key.1.log`, `spare-key.2.log`, … */
  readonly path: string;
  /** What matters less is left out. */
  readonly level: LogLevel;
  /** Stands in each line. */
  readonly runId: string;
  /** Dates each line. */
  readonly clock: Clock;
  /** Size from which on a new file is begun, in bytes. @default {1048576} */
  readonly maxBytes?: number;
  /** How many older files stay. @default {4} */
  readonly keep?: number;
}

/**
 * Opens the run's diary: one JSON object a line, `{time, level, id, runId, text, …fields}`. Lines wait in memory
 * until `flush`, which rejects when they cannot be written and keeps them for the next try. Whatever is shaped
 * like a recovery password is blanked, in names and nested values too.
 *
 * @param options File, level, run and sizes.
 * @returns The log; nothing is touched before the first `flush` with a line to write.
 */
export function jsonLog(options: JsonLogOptions): Log {
  return new JsonLog(options);
}

/**
 * Makes a log that keeps nothing, for dry runs and tasks without a data folder.
 *
 * @returns The log.
 */
export function noLog(): Log {
  return { write: () => {}, flush: () => Promise.resolve() };
}

class JsonLog implements Log {
  readonly #options: JsonLogOptions;
  #waiting = "";
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: JsonLogOptions) {
    this.#options = options;
  }

  write(level: LogLevel, id: string, text: string, fields: Readonly<Record<string, unknown>> = {}): void {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(this.#options.level)) return;
    const head = {
      time: this.#options.clock.now().toISOString(),
      level,
      id,
      runId: this.#options.runId,
      text,
    };
    let line: string;
    try {
      // Twice: the head stands first, and no field takes its place.
      line = JSON.stringify({ ...head, ...fields, ...head }, plain);
    } catch (error) {
      // A circle or a getter that throws: a line less exact is better than a run that ends for its diary.
      line = JSON.stringify({ ...head, fieldsError: messageOf(error) }, plain);
    }
    this.#waiting += redactSecrets(line) + "\n";
  }

  flush(): Promise<void> {
    const mine = this.#flushing.then(() => this.#append());
    // The next flush waits for this one, and does not fail for it.
    this.#flushing = mine.catch(() => {});
    return mine;
  }

  async #append(): Promise<void> {
    const lines = this.#waiting;
    if (lines === "") return;
    const { path } = this.#options;
    try {
      const rotation = await this.#rotate(new TextEncoder().encode(lines).length);
      appendTo(path, lines);
      this.#waiting = this.#waiting.slice(lines.length);
      // Told only now: a viewer that holds an old file open must not cost the new lines.
      if (rotation !== null) throw rotation;
    } catch (error) {
      throw new Error(`Cannot write the log "${path}": ${ioReason(error)}`, { cause: error });
    }
  }

  /** @returns What kept it from beginning a new file, or `null`. */
  async #rotate(more: number): Promise<unknown> {
    const { path, maxBytes = 1024 * 1024, keep = 4 } = this.#options;
    const size = sizeOf(path);
    if (size === 0 || size + more <= maxBytes) return null;
    try {
      for (let number = keep; number >= 1; number--) {
        const from = number === 1 ? path : numbered(path, number - 1);
        if (number === 1 || sizeOf(from) > 0) {
          await patiently(() => Deno.rename(from, numbered(path, number)));
        }
      }
      if (keep === 0) await patiently(() => Deno.remove(path));
      return null;
    } catch (error) {
      return error;
    }
  }
}

/** Makes values that JSON drops or spells at length short, and blanks what no log may hold. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "string") return redactSecrets(value);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Error) return redactSecrets(`${value.name}: ${value.message}`);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return value;
}

/** `spare-key.log` → `spare-key.1.log`. */
function numbered(path: string, number: number): string {
  return path.replace(/(\.[^./\\]*)?$/, (ending) => `.${number}${ending}`);
}

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}

function appendTo(path: string, lines: string): void {
  const options: Deno.OpenOptions = { read: true, append: true, create: true, mode: 0o600 };
  let file: Deno.FsFile;
  try {
    file = Deno.openSync(path, options);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    Deno.mkdirSync(folderOf(path), { mode: 0o700 });
    file = Deno.openSync(path, options);
  }
  using log = file;
  const { size } = log.statSync();
  let start = "";
  if (size > 0) {
    const last = new Uint8Array(1);
    log.seekSync(-1, Deno.SeekMode.End);
    log.readSync(last);
    // A run killed while writing left half a line.
    if (last[0] !== 0x0a) start = "\n";
  }
  const bytes = new TextEncoder().encode(start + lines);
  let written = 0;
  while (written < bytes.length) written += log.writeSync(bytes.subarray(written));
}
