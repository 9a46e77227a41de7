import type { Terminal } from "../ports.ts";
import { askSecret, type Keyboard } from "./ask_secret.ts";

/** Where text goes; `Deno.stdout` and `Deno.stderr` are such. */
export interface ByteSink {
  /** Writes what there is room for. @returns How many bytes were taken. */
  writeSync(bytes: Uint8Array): number;
}

/** The streams. */
export interface TerminalOptions {
  /** For results. @default {Deno.stdout} */
  readonly stdout?: ByteSink;
  /** For talk. @default {Deno.stderr} */
  readonly stderr?: ByteSink;
  /** For answers. @default {Deno.stdin} */
  readonly keyboard?: Keyboard;
}

/**
 * Opens stdout for results and stderr for talk, as UTF-8. A text is written whole, however long; once the
 * reader has gone (`spare-key history | head`), the rest is dropped without a fuss.
 *
 * @param options Other streams, for tests.
 * @returns The terminal.
 */
export function terminal(options: TerminalOptions = {}): Terminal {
  const write = writer(options.stdout ?? Deno.stdout);
  const show = writer(options.stderr ?? Deno.stderr);
  return {
    out: (text) => write(`${text}\n`),
    say: (text) => show(`${text}\n`),
    write,
    askSecret: (question) => askSecret(question, options.keyboard ?? Deno.stdin, show),
  };
}

function writer(sink: ByteSink): (text: string) => void {
  let gone = false;
  let room = new Uint8Array(0);
  const encoder = new TextEncoder();
  return (text) => {
    // a long document comes in pieces: a new buffer for each would stay in memory until the next collection
    const most = text.length * MOST_BYTES;
    if (most > room.length && most <= MOST_ROOM) room = new Uint8Array(most);
    const bytes = most > MOST_ROOM
      ? encoder.encode(text)
      : room.subarray(0, encoder.encodeInto(text, room).written);
    let written = 0;
    while (!gone && written < bytes.length) {
      try {
        written += sink.writeSync(bytes.subarray(written));
      } catch (error) {
        if (error instanceof Deno.errors.BrokenPipe) gone = true;
        else if (error instanceof Deno.errors.WouldBlock) pause();
        else throw error;
      }
    }
  };
}

/** UTF-8 of one UTF-16 unit. */
const MOST_BYTES = 3;
const MOST_ROOM = 1024 * 1024;

/** A parent may have made the pipe non-blocking: full for the moment means to wait, not to fail. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}
