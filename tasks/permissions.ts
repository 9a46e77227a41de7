/** What Deno may do with given settings; the script that starts the nightly job asks for it. */

import * as z from "zod/mini";
import { parseJsonDocument } from "../lib/core/parse_json.ts";
import { permissionsOf } from "../lib/core/permissions.ts";
import { zodMessage } from "../lib/core/zod_message.ts";
import { type Configuration, readSettings } from "../lib/core/config.ts";
import { type ExitName, UserError } from "../lib/errors.ts";
import type { Deps, TaskArguments } from "./task.ts";

const requestSchema = z.object({
  schema: z.literal(1),
  settings: z.object({ policy: z.nullish(z.record(z.string(), z.unknown())), file: z.unknown() }),
  dataFolder: z.string(),
});

/**
 * Reads `{schema, settings, dataFolder}` on stdin and writes a Deno config file on stdout. Wrong settings give
 * the permissions of the data folder alone: the run that follows tells what is wrong with them.
 *
 * @param _args None.
 * @param deps The world.
 * @returns `ok`
 */
export async function run(_args: TaskArguments, deps: Deps): Promise<ExitName> {
  const what = "request from standard input";
  const document = parseJsonDocument(await deps.readInput(), { code: "settings", what });
  const result = requestSchema.safeParse(document);
  if (!result.success) {
    throw new UserError("settings", `Cannot read ${what}: ${zodMessage(result.error.issues, document)}`);
  }
  const { settings, dataFolder } = result.data;
  const { settings: complete } = readOrDefault({
    policy: settings.policy ?? null,
    file: settings.file ?? null,
  });
  deps.terminal.out(JSON.stringify(permissionsOf(complete, dataFolder), null, 2));
  return "ok";
}

function readOrDefault(
  source: { readonly policy: Readonly<Record<string, unknown>> | null; readonly file: unknown },
): Configuration {
  try {
    return readSettings({ ...source, fileName: "settings" });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return readSettings({ policy: null, file: null, fileName: "defaults" });
  }
}
