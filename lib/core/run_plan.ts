/** What the scripts need to know of the settings: what they carry, which folders they look at, who gets mail. */

import type { Volume } from "./model.ts";
import { folderPathOf } from "./removable_folder.ts";
import type { Settings } from "./settings.ts";

/** A volume as far as a folder is found by it. */
export type PlanVolume = Pick<Volume, "deviceId" | "drive" | "label" | "persistentVolumeId">;

/** A place that PowerShell carries to. */
export interface CarriedPlace {
  /** Of the destination in the settings. */
  readonly name: string;
  /** A UNC path, or a user's OneDrive. */
  readonly kind: "share" | "onedrive";
  /** Of a share, as UNC path; `null` for OneDrive. */
  readonly path: string | null;
  /** Of OneDrive: a SID or `any`; `null` for a share. */
  readonly user: string | null;
  /** How long it may take in a run. */
  readonly seconds: number;
}

/** A folder that the program writes itself. */
export interface PlannedFolder {
  /** Of the destination in the settings. */
  readonly name: string;
  /** As it is now; `null` while its removable volume is not there. */
  readonly path: string | null;
}

/** The plan of a run. */
export interface RunPlan {
  /** In the order of the settings; empty when there is nothing for PowerShell to look at. */
  readonly carried: readonly CarriedPlace[];
  /** In the order of the settings. */
  readonly folders: readonly PlannedFolder[];
  /** `null` when no mail goes out. */
  readonly mail: { readonly host: string; readonly port: number } | null;
}

/**
 * Makes the plan of a run.
 *
 * @param settings Complete.
 * @param volumes Those of the PC, to find folders by label or ID.
 * @returns The plan.
 */
export function runPlanOf(settings: Settings, volumes: readonly PlanVolume[]): RunPlan {
  const { destinations, smtp, limits } = settings;
  const seconds = limits.destinationSeconds;
  return {
    carried: destinations.flatMap((one): readonly CarriedPlace[] => {
      if (one.kind === "share") {
        return [{ name: one.name, kind: "share", path: one.path, user: null, seconds }];
      }
      if (one.kind === "onedrive") {
        return [{ name: one.name, kind: "onedrive", path: null, user: one.user, seconds }];
      }
      return [];
    }),
    folders: destinations.flatMap((one) =>
      one.kind === "folder" ? [{ name: one.name, path: folderPathOf(one, volumes) }] : []
    ),
    mail: smtp !== null && destinations.some(({ kind }) => kind === "mail")
      ? { host: smtp.host, port: smtp.port }
      : null,
  };
}
