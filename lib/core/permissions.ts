/**
 * What Deno may do with given settings: its data folder, the local folders named, the mail server by name and
 * port. No programs, no environment, no libraries, no system facts. Settings, stored passwords and this very file
 * lie beside the data folder and not in it, see {@link configFolderOf}.
 */

import { configFolderOf } from "./config_folder.ts";
import type { RunPlan } from "./run_plan.ts";

/** A Deno config file with one permission set, for `deno run --config FILE -P`. */
export interface PermissionFile {
  /** Folders to read and to write, servers as `host:port`; all else is refused. */
  readonly permissions: {
    readonly default: {
      readonly read: readonly string[];
      readonly write: readonly string[];
      readonly net: readonly string[];
    };
  };
}

/**
 * Computes the permissions. A config file takes commas in paths, where `--allow-write=` would split at them.
 *
 * @param plan Of the run: folders as they are now, and the mail server.
 * @param dataFolder Of the program.
 * @returns The content of the config file.
 */
export function permissionsOf(plan: RunPlan, dataFolder: string): PermissionFile {
  const folders = plan.folders.flatMap(({ path }) => path === null ? [] : [path]);
  const config = configFolderOf(dataFolder);
  const paths = [...new Set([dataFolder, ...folders])];
  return {
    permissions: {
      default: {
        read: config === dataFolder
          ? paths
          : [...paths, ...["settings.json", "templates"].map((name) => inFolder(config, name))],
        write: paths,
        net: plan.mail === null ? [] : [hostAndPort(plan.mail.host, plan.mail.port)],
      },
    },
  };
}

function inFolder(folder: string, name: string): string {
  return `${folder}${/^[A-Za-z]:|\\/.test(folder) ? "\\" : "/"}${name}`;
}

function hostAndPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
