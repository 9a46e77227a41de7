/** A line that is typed without being shown: what each key does to it. */

/** The line so far. */
export interface SecretLine {
  /** What was typed. */
  readonly text: string;
  /** Within a sequence that a key without a letter sends: behind ESC, or behind its bracket. */
  readonly sequence: "none" | "escape" | "bracket";
  /** `typing` until Enter (`done`) or Ctrl+C (`stopped`). */
  readonly state: "typing" | "done" | "stopped";
}

/** Before the first key. */
export const EMPTY_LINE: SecretLine = { text: "", sequence: "none", state: "typing" };

const ENTER = /^[\r\n]$/;
const CTRL_C = "\x03";
const CTRL_D = "\x04";
const CTRL_U = "\x15";
const ERASE = /^[\b\x7f]$/;
const ESCAPE = "\x1b";
/** Of a sequence behind ESC and a bracket or O (ECMA-48, 5.4). */
const LAST = /^[@-~]$/;
const CONTROL = /^\p{Cc}$/u;

/**
 * Takes what a terminal in raw mode sends: keys one by one, or a whole paste.
 *
 * @param line So far.
 * @param sent Text, sequences of keys perhaps in pieces.
 * @returns The line behind it; what follows its end is left out.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(typed(EMPTY_LINE, "hors\x7f\x7fse\x1b[D\r").text, "hose");
 * ```
 */
export function typed(line: SecretLine, sent: string): SecretLine {
  return Array.from(sent).reduce(typedOne, line);
}

function typedOne(line: SecretLine, one: string): SecretLine {
  if (line.state !== "typing") return line;
  if (line.sequence === "escape") {
    return { ...line, sequence: one === "[" || one === "O" ? "bracket" : "none" };
  }
  if (line.sequence === "bracket") return LAST.test(one) ? { ...line, sequence: "none" } : line;
  if (one === CTRL_C) return { ...line, state: "stopped" };
  if (ENTER.test(one) || one === CTRL_D) return { ...line, state: "done" };
  if (one === ESCAPE) return { ...line, sequence: "escape" };
  if (one === CTRL_U) return { ...line, text: "" };
  if (ERASE.test(one)) return { ...line, text: Array.from(line.text).slice(0, -1).join("") };
  return CONTROL.test(one) ? line : { ...line, text: line.text + one };
}
