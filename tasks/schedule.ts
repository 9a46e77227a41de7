/** The tasks for Windows' Task Scheduler; installation and repair ask for them. */

import * as z from "zod/mini";
import { scheduledTasks } from "../lib/core/scheduled_task.ts";
import type { ExitName } from "../lib/errors.ts";
import { readRequest, REQUEST_HEAD } from "./read_request.ts";
import { settingsOrDefaults } from "./read_settings.ts";
import type { Deps, TaskArguments } from "./task.ts";

const requestSchema = z.object({
  ...REQUEST_HEAD,
  installFolder: z.string(),
  dataFolder: z.string(),
  users: z.nullish(z.array(z.string())),
});

/**
 * Reads `{schema, settings, installFolder, dataFolder, users}` on stdin and writes `{schema, tasks:[{name, xml}]}`
 * on stdout. Wrong settings give the usual hours: a PC whose settings are wrong needs its nightly run, which
 * tells what is wrong with them.
 *
 * @param _args None.
 * @param deps The world.
 * @returns `ok`
 */
export async function run(_args: TaskArguments, deps: Deps): Promise<ExitName> {
  const { settings, installFolder, dataFolder, users } = await readRequest(requestSchema, deps);
  const { settings: { schedule } } = settingsOrDefaults(settings);
  const tasks = scheduledTasks({ schedule, installFolder, dataFolder, users: users ?? [] });
  deps.terminal.out(JSON.stringify({ schema: 1, tasks }));
  return "ok";
}
