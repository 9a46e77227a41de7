/** The subject of a stored mail. */

import type { Deps } from "../task.ts";

/**
 * Reads it. Enough for the demo's own mails, whose subjects are plain ASCII.
 *
 * @param path Of an `.eml` file.
 * @param deps To read it.
 * @returns The subject on one line.
 */
export async function subjectOf(path: string, deps: Pick<Deps, "files">): Promise<string> {
  const mail = new TextDecoder().decode(await deps.files.read(path));
  const headers = mail.split("\r\n\r\n", 1)[0] ?? "";
  return /^Subject: *(.*)$/im.exec(headers.replace(/\r\n[ \t]+/g, " "))?.[1] ?? "";
}
