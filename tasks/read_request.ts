/** What a script asks of a hidden task: one JSON document on standard input. */

import * as z from "zod/mini";
import { parseJsonDocument } from "../lib/core/parse_json.ts";
import { zodMessage } from "../lib/core/zod_message.ts";
import { UserError } from "../lib/errors.ts";
import type { Deps } from "./task.ts";

/**
 * What every request begins with: policy and settings file, as a script finds them. `lastGood` is the text of the
 * file that gave the last run whose settings could be used, where it is another.
 */
export const REQUEST_HEAD = {
  schema: z.literal(1),
  settings: z.object({
    policy: z.nullish(z.record(z.string(), z.unknown())),
    file: z.unknown(),
    lastGood: z.nullish(z.string()),
  }),
} as const;

/**
 * Reads a request.
 *
 * @param schema What it must be.
 * @param deps To read standard input.
 * @returns The request.
 * @throws {UserError} `settings` when it is something else.
 */
export async function readRequest<T extends z.ZodMiniType>(schema: T, deps: Deps): Promise<z.infer<T>> {
  const what = "request from standard input";
  const bytes = await deps.readInput();
  let document: unknown;
  try {
    document = parseJsonDocument(bytes, { code: "settings", what });
  } finally {
    // It may hold the password of the mail server.
    bytes.fill(0);
  }
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  throw new UserError("settings", `Cannot read ${what}: ${zodMessage(result.error.issues, document)}`);
}
