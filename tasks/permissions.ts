/** What Deno may do with given settings, and what they ask of the script that starts the nightly job. */

import * as z from "zod/mini";
import { permissionsOf } from "../lib/core/permissions.ts";
import { readSettings } from "../lib/core/config.ts";
import { runPlanOf } from "../lib/core/run_plan.ts";
import { salvageSettings, type SalvageSource } from "../lib/core/salvage_settings.ts";
import type { Settings } from "../lib/core/settings.ts";
import { type ExitName, UserError } from "../lib/errors.ts";
import { readRequest, REQUEST_HEAD } from "./read_request.ts";
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
 * permissions of the data folder, and of the mail server where that is right, else of the last one that was: the run
 * that follows tells what is wrong with them.
 *
 * @param _args None.
 * @param deps The world.
 * @returns `ok`
 */
export async function run(_args: TaskArguments, deps: Deps): Promise<ExitName> {
  const { settings, dataFolder, volumes } = await readRequest(requestSchema, deps);
  const plan = runPlanOf(
    usable({
      policy: settings.policy ?? null,
      file: settings.file ?? null,
      lastGood: settings.lastGood ?? null,
      fileName: "settings",
    }),
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

/** What the run will use: all of the settings, else what still serves to tell that they are wrong. */
function usable(source: SalvageSource): Settings {
  try {
    return readSettings(source).settings;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return salvageSettings(source)?.settings ??
      readSettings({ policy: null, file: null, fileName: "defaults" }).settings;
  }
}
