/** JSON documents that come in, with errors that never quote them: they may hold secrets. */

import { type ExitName, UserError } from "../errors.ts";
import { decodeText } from "./decode_text.ts";
import { type JsonFault, jsonFault } from "./json_fault.ts";

/** A JSON document is at most this long. A PC with 64 volumes and 40 protectors each gives about 0.5 MB. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** How to word what is wrong with a document. */
export interface DocumentName {
  /** Which line of the table of exit codes a wrong document is. */
  readonly code: ExitName;
  /** `snapshot "C:\x.json"`, as it stands in the message behind "Cannot read". */
  readonly what: string;
  /** Whether a person writes it: then line and column of the fault are named. @default {false} */
  readonly byHand?: boolean;
}

/**
 * Parses a JSON document from bytes.
 *
 * @param bytes UTF-8 or UTF-16, with or without byte order mark.
 * @param name How to word what is wrong.
 * @returns Any JSON value.
 * @throws {UserError} With the given code when it is too long, empty, no text or no JSON.
 */
export function parseJsonDocument(bytes: Uint8Array, name: DocumentName): unknown {
  if (bytes.length > MAX_DOCUMENT_BYTES) {
    throw new UserError(
      name.code,
      `Cannot read ${name.what}: it is ${bytes.length} bytes long, at most ${MAX_DOCUMENT_BYTES} are taken`,
      { hint: "Check what wrote it" },
    );
  }
  let text: string;
  try {
    text = decodeText(bytes);
  } catch {
    throw new UserError(name.code, `Cannot read ${name.what}: it is neither UTF-8 nor UTF-16 text`);
  }
  return parseJsonText(text, name);
}

/**
 * Parses a JSON document from text.
 *
 * @param text The document.
 * @param name How to word what is wrong.
 * @returns Any JSON value.
 * @throws {UserError} With the given code; without V8's own message, which quotes the input.
 */
export function parseJsonText(text: string, name: DocumentName): unknown {
  const trimmed = text.trim();
  if (trimmed === "") {
    throw new UserError(
      name.code,
      `Cannot read ${name.what}: it is empty`,
      name.byHand === true ? { hint: "Write it again, or remove it" } : {},
    );
  }
  try {
    return JSON.parse(trimmed);
  } catch {
    if (name.byHand === true) throw handError(text, name);
    const start = trimmed[0];
    const wrong = start === "{" || start === "["
      ? "the JSON in it breaks off or is damaged"
      : "it is no JSON document";
    throw new UserError(name.code, `Cannot read ${name.what}: ${wrong}`, { hint: "Check what wrote it" });
  }
}

const HAND_HINTS: Readonly<Record<JsonFault["kind"], string>> = {
  backslash: 'Write each backslash twice, as in "E:\\\\Recovery keys"',
  end: "Write again what is missing at its end",
  other:
    "Look there and in the line above for a comma, a quotation mark or a bracket that is missing or too many",
};

function handError(text: string, { code, what }: DocumentName): UserError {
  // Blanks around it are taken, of whatever kind.
  const fault = jsonFault(text.trimEnd().replace(/^\s+/, (blanks) => blanks.replace(/[^\r\n]/g, " ")));
  const wrong = !/^\s*[{[]/.test(text)
    ? "it is no JSON document"
    : fault?.kind === "end"
    ? "the JSON in it breaks off"
    : "the JSON in it is damaged";
  const place = fault === null ? "" : ` (line ${fault.line}, column ${fault.column})`;
  return new UserError(code, `Cannot read ${what}: ${wrong}${place}`, {
    hint: HAND_HINTS[fault?.kind ?? "other"],
  });
}
