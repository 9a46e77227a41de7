/** The packaged program on the rig: `deno.exe` and the bundle as they lie in Program Files, started as PowerShell starts them. */

import { PRODUCTION_FLAGS } from "../tools/production.ts";
import { partsForWine } from "./installers.ts";
import { type Ended, namesIn, type Rig, windowsPath } from "./rig.ts";

/** Where `run.ts` unpacks the zip, on Windows. */
export const INSTALLED = "C:\\Program Files\\Spare Key";

/**
 * Unpacks the zip for x64 into Program Files, changed as far as Wine needs it.
 *
 * @param rig The rig.
 * @param dist Where the package lies.
 */
export async function unpackProgram(rig: Rig, dist: string): Promise<void> {
  const zips = (await namesIn(dist)).filter((name) => name.endsWith("-x64.zip"));
  const [zip] = zips;
  if (zips.length !== 1 || zip === undefined) {
    throw new Error(`There must be one zip for x64 in "${dist}", there are ${zips.length}`);
  }
  const target = `${rig.driveC}/Program Files/Spare Key`;
  await Deno.remove(target, { recursive: true }).catch(() => undefined);
  const folder = await Deno.makeTempDir();
  try {
    const { files } = await partsForWine(rig, { zip: `${dist}/${zip}`, folder });
    for (const { path, bytes } of files) {
      await Deno.mkdir(`${target}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeFile(`${target}/${path}`, bytes);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A data folder on the rig, and the program with it. */
export interface Pc {
  /** The folder that it lies in, with what decides about runs; on Linux and on Windows. */
  readonly home: string;
  readonly homeOnWindows: string;
  /** The data folder on Linux. */
  readonly data: string;
  /** The data folder on Windows. */
  readonly dataOnWindows: string;
  /** Runs a task that may read and write everywhere. */
  run(argv: readonly string[], stdin?: Uint8Array): Promise<Ended>;
  /** Runs the nightly job with an envelope and exactly the permissions that its settings need. */
  night(envelope: Envelope): Promise<Ended>;
  /** Starts Deno with flags and environment of production. */
  start(args: readonly string[], stdin?: Uint8Array): Promise<Ended>;
  /** The command line of such a night, to start it otherwise. */
  nightCommand(envelope: Envelope): Promise<readonly string[]>;
}

/** As PowerShell hands it over. */
export interface Envelope {
  readonly snapshot: unknown;
  readonly settings: { readonly policy: unknown; readonly file: unknown };
  readonly secrets?: Readonly<Record<string, unknown>>;
}

/**
 * Makes a PC of its own on the rig.
 *
 * @param rig The rig.
 * @param folder The folder for its data on Linux, below drive C:; it is made.
 * @returns The PC.
 */
export async function makePc(rig: Rig, folder: string): Promise<Pc> {
  for (const name of ["temp", "permissions"]) await Deno.mkdir(`${folder}/${name}`, { recursive: true });
  const data = `${folder}/state`;
  const home = windowsPath(rig, folder);
  const dataOnWindows = windowsPath(rig, data);
  const main = `${INSTALLED}\\main.js`;
  // Like the one of production, except that Wine's own variables stay.
  const env = {
    DENO_DIR: `${home}\\deno`,
    DENO_DISABLE_NODE_SHIM: "1",
    DENO_NO_UPDATE_CHECK: "1",
    DENO_TLS_CA_STORE: "mozilla,system",
    NO_COLOR: "1",
    TEMP: `${home}\\temp`,
    TMP: `${home}\\temp`,
  };
  const deno = (args: readonly string[], stdin?: Uint8Array): Promise<Ended> =>
    rig.win([`${INSTALLED}\\deno.exe`, "run", ...PRODUCTION_FLAGS, ...args], {
      env,
      ...(stdin === undefined ? {} : { stdin }),
    });
  const nightCommand = async (envelope: Envelope): Promise<readonly string[]> => {
    const request = { schema: 1, settings: envelope.settings, dataFolder: dataOnWindows };
    const asked = await deno(["--no-config", main, "permissions"], bytesOf(request));
    if (asked.code !== 0) throw new Error(`Cannot compute permissions: ${asked.stderr}`);
    await Deno.writeTextFile(`${folder}/permissions/permissions.json`, asked.stdout);
    return [
      "--config",
      `${home}\\permissions\\permissions.json`,
      "-P",
      main,
      "check",
      "--data",
      dataOnWindows,
      "--json",
    ];
  };
  return {
    home: folder,
    homeOnWindows: home,
    data,
    dataOnWindows,
    run: (argv, stdin) => deno(["--no-config", "--allow-read", "--allow-write", main, ...argv], stdin),
    start: deno,
    night: async (envelope) => await deno(await nightCommand(envelope), bytesOf({ schema: 1, ...envelope })),
    nightCommand,
  };
}

function bytesOf(document: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(document));
}
