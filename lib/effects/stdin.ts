import { UserError } from "../errors.ts";

/** A snapshot of hundreds of volumes with full listings of many folders has a few megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What came in on stdin. */
export interface EnvelopeInput {
  /** The document as it came, without the ending NUL byte. */
  readonly bytes: Uint8Array;
  /**
   * Calls back once when stdin closes: the parent has died, so this run must end too. Never calls where the
   * document ended with stdin itself, which tells nothing of the parent.
   *
   * @returns A function that ends the watch, so that the process can end by itself.
   */
  watchParent(onClosed: () => void): () => Promise<void>;
}

/** How much is taken. */
export interface ReadEnvelopeOptions {
  /** The limit. @default {67108864} */
  readonly maxBytes?: number;
}

/** Gives a stream piece by piece; the reader of any `ReadableStream` is one. */
export interface ChunkReader {
  /** Waits for the next piece; `done` at the end. */
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  /** Gives up on the rest. */
  cancel(): Promise<void>;
}

/** A pipe hands over at most this much at once. */
const PIECE_BYTES = 64 * 1024;

/**
 * Opens standard input. `Deno.stdin.readable` would do, and would cost a quiet night 4 ms.
 *
 * @returns The reader; `cancel` closes standard input.
 */
export function stdinReader(): ChunkReader {
  return {
    async read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }> {
      const buffer = new Uint8Array(PIECE_BYTES);
      const count = await Deno.stdin.read(buffer);
      return count === null ? { done: true } : { done: false, value: buffer.subarray(0, count) };
    },
    cancel: () => Promise.resolve(Deno.stdin.close()),
  };
}

/**
 * Reads the document that PowerShell pipes in: up to a NUL byte, after which the pipe stays open for as long as
 * the parent lives, or up to its end. UTF-16, which Windows PowerShell may pipe, is full of NUL bytes and so is
 * read to its end.
 *
 * @param reader Of standard input, see {@link stdinReader}.
 * @param options The limit, for tests.
 * @returns The bytes, and a way to watch the parent.
 * @throws {UserError} `snapshot` when there is more than the limit.
 *
 * @example
 * ```ts ignore
 * const { bytes, watchParent } = await readEnvelope(stdinReader());
 * watchParent(() => Deno.exit(1));
 * ```
 */
export async function readEnvelope(
  reader: ChunkReader,
  options: ReadEnvelopeOptions = {},
): Promise<EnvelopeInput> {
  const maxBytes = options.maxBytes ?? MAX_BYTES;
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (true) {
    const { done, value } = await reader.read();
    if (done || value === undefined) {
      return {
        bytes: concat(chunks, size),
        watchParent: () => () => Promise.resolve(),
      };
    }
    const end = isUtf16(chunks, value) ? -1 : value.indexOf(0);
    const chunk = end < 0 ? value : value.subarray(0, end);
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) {
      await reader.cancel();
      throw new UserError(
        "snapshot",
        `Cannot read the snapshot from standard input: it is longer than ${
          Math.floor(maxBytes / 1024 / 1024)
        } MB`,
        { hint: "Pipe the one JSON document that Invoke-SpareKey makes" },
      );
    }
    if (end >= 0) return { bytes: concat(chunks, size), watchParent: (onClosed) => watch(reader, onClosed) };
  }
}

/** Tells UTF-16 by its byte order mark, or by the zero byte beside the first ASCII letter. */
function isUtf16(before: readonly Uint8Array[], chunk: Uint8Array): boolean {
  const start: number[] = [];
  for (const bytes of [...before, chunk]) {
    for (const byte of bytes.subarray(0, 2)) if (start.length < 2) start.push(byte);
    if (start.length === 2) break;
  }
  const [first = 0, second] = start;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) ||
    (first !== 0 && second === 0);
}

function watch(reader: ChunkReader, onClosed: () => void): () => Promise<void> {
  let stopped = false;
  const untilClosed = async (): Promise<void> => {
    try {
      while (!(await reader.read()).done);
    } catch {
      // A pipe that breaks is closed as well.
    }
    if (!stopped) onClosed();
  };
  void untilClosed();
  return async () => {
    stopped = true;
    await reader.cancel();
  };
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
    // The document holds secrets; whoever reads it clears the one copy that is left.
    chunk.fill(0);
  }
  return bytes;
}
