/** Asks at the terminal for what must not be seen. */

import { EMPTY_LINE, typed } from "../core/secret_line.ts";
import { UserError } from "../errors.ts";

/** A keyboard; `Deno.stdin` is one. */
export interface Keyboard {
  /** Tells whether a person can type there. */
  isTerminal(): boolean;
  /** Hands keys over as they are pressed, and shows none. */
  setRaw(isRaw: boolean): void;
  /** Waits for keys. @returns How many bytes; `null` at the end. */
  read(buffer: Uint8Array): Promise<number | null>;
}

/**
 * Asks.
 *
 * @param question What is wanted, with a blank at its end.
 * @param keyboard Where it is typed.
 * @param show Writes to where the person looks.
 * @returns What was typed before Enter; `null` when that is nothing, or when nobody sits there.
 * @throws {UserError} `usage` on Ctrl+C.
 */
export async function askSecret(
  question: string,
  keyboard: Keyboard,
  show: (text: string) => void,
): Promise<string | null> {
  if (!keyboard.isTerminal()) return null;
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(1024);
  let line = EMPTY_LINE;
  keyboard.setRaw(true);
  try {
    show(question);
    while (line.state === "typing") {
      const count = await keyboard.read(buffer);
      if (count === null) break;
      line = typed(line, decoder.decode(buffer.subarray(0, count), { stream: true }));
    }
  } finally {
    keyboard.setRaw(false);
    buffer.fill(0);
    show("\n");
  }
  if (line.state === "stopped") {
    throw new UserError("usage", "Cannot go on: it was stopped at the question");
  }
  return line.text === "" ? null : line.text;
}
