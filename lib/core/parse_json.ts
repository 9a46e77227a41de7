/** JSON documents that come in, with errors that never quote them: they may hold secrets. */

import { type ExitName, UserError } from "../errors.ts";
import { decodeText } from "./decode_text.ts";

/** A JSON document is at most this long. A PC with 64 volumes and 40 protectors each gives about 0.5 MB. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** How to word what is wrong with a document. */
export interface DocumentName {
  /** Which line of the table of exit codes a wrong document is. */
  readonly code: ExitName;
  /** `snapshot "C:\x.json"`, as it stands in the message behind "Cannot read". */
  readonly what: string;
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
  if (trimmed === "") throw new UserError(name.code, `Cannot read ${name.what}: it is empty`);
  try {
    return JSON.parse(trimmed);
  } catch {
    const start = trimmed[0];
    const wrong = start === "{" || start === "["
      ? "the JSON in it breaks off or is damaged"
      : "it is no JSON document";
    throw new UserError(name.code, `Cannot read ${name.what}: ${wrong}`, { hint: "Check what wrote it" });
  }
}
