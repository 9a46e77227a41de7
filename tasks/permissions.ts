/** What Deno may do with given settings, and what they ask of the script that starts the nightly job. */

import * as z from "zod/mini";
import { permissionsOf } from "../lib/core/permissions.ts";
import { runPlanOf } from "../lib/core/run_plan.ts";
import type { ExitName } from "../lib/errors.ts";
import { readRequest, REQUEST_HEAD } from "./read_request.ts";
import { settingsOrDefaults } from "./read_settings.ts";
import type { Deps, TaskArguments } from "./task.ts";

const text = z.nullish(z.string());

const requestSchema = z.object({
  ...REQUEST_HEAD,
  dataFolder: z.string(),
  volumes: z.nullish(z.array(z.object({
    deviceId: z.string(),
    drive: text,
    label: text,
    persistentVolumeId: text,
  }))),
});

/**
 * Reads `{schema, settings, dataFolder, volumes}` on stdin and writes a Deno config file on stdout, with the plan
 * of the run beside the permissions: Deno passes over a key that it does not know. Wrong settings give the
 * permissions of the data folder alone and an empty plan: the run that follows tells what is wrong with them.
 *
 * @param _args None.
 * @param deps The world.
 * @returns `ok`
 */
export async function run(_args: TaskArguments, deps: Deps): Promise<ExitName> {
  const { settings, dataFolder, volumes } = await readRequest(requestSchema, deps);
  const { settings: complete } = settingsOrDefaults(settings);
  const plan = runPlanOf(
    complete,
    (volumes ?? []).map(({ deviceId, drive, label, persistentVolumeId }) => ({
      deviceId,
      drive: drive ?? null,
      label: label ?? null,
      persistentVolumeId: persistentVolumeId ?? null,
    })),
  );
  deps.terminal.out(JSON.stringify({ ...permissionsOf(plan, dataFolder), plan }, null, 2));
  return "ok";
}
