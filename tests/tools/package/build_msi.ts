/** The installer, by wixl and msibuild (Debian packages wixl and msitools). */

import { fileVersion } from "./file_version.ts";
import { rowQueries, UPGRADE_CODE } from "./msi_rows.ts";
import { nameUuid, sha256 } from "./name_uuid.ts";
import { FIXED_EPOCH, type PackedFile } from "./packed_file.ts";
import { readText } from "../repository.ts";
import { setSummary } from "./summary_information.ts";
import { wixFiles } from "./wix_files.ts";

const SOURCE = "scheduled/msi/SpareKey.wxs";

/** What the installer is made of. */
export interface MsiOptions {
  /** Of Spare Key: three numbers. */
  readonly version: string;
  /** An empty folder to work in. */
  readonly folder: string;
}

/**
 * Makes the installer. The same files and version give the same bytes.
 *
 * @param files What it installs, sorted.
 * @param options Version and a folder to work in.
 * @returns The installer's bytes.
 * @throws {Error} When wixl or msibuild is missing, fails, or leaves out anything.
 */
export async function buildMsi(
  files: readonly PackedFile[],
  { version, folder }: MsiOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = await readText(SOURCE);
  const digests = await Promise.all(
    files.map(async ({ path, bytes }) => `${path} ${await sha256(bytes.slice())}`),
  );
  const fixedRows = rowQueries({ version, versioned: new Map() });
  const content = [version, source, ...fixedRows, ...digests].join("\n");
  const productCode = (await nameUuid(`product ${content}`)).toUpperCase();
  const packageCode = (await nameUuid(`package ${content}`)).toUpperCase();

  for (const { path, bytes } of files) {
    const place = `${folder}/files/${path}`;
    await Deno.mkdir(place.slice(0, place.lastIndexOf("/")), { recursive: true });
    await Deno.writeFile(place, bytes);
    await Deno.utime(place, FIXED_EPOCH, FIXED_EPOCH);
  }
  const wix = await wixFiles(files.map(({ path }) => path), { source: "files" });
  await Deno.writeTextFile(`${folder}/SpareKey.wxs`, source);
  await Deno.writeTextFile(`${folder}/files.wxi`, wix.files);
  await Deno.writeTextFile(`${folder}/features.wxi`, wix.features);
  const variables = { Version: version, ProductCode: productCode, UpgradeCode: UPGRADE_CODE };
  const define = Object.entries(variables).flatMap(([name, value]) => ["-D", `${name}=${value}`]);
  await run(folder, "wixl", ["--arch", "x64", ...define, "--output", "made.msi", "SpareKey.wxs"]);
  await run(folder, "msibuild", [
    "made.msi",
    "-q",
    ...rowQueries({ version, versioned: versionsOf(files, wix.keys) }),
  ]);
  return setSummary(await Deno.readFile(`${folder}/made.msi`), { packageCode, time: FIXED_EPOCH });
}

function versionsOf(
  files: readonly PackedFile[],
  keys: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { path, bytes } of files) {
    const [key, version] = [keys.get(path), path.endsWith(".exe") ? fileVersion(bytes) : null];
    if (key !== undefined && version !== null) found.set(key, version);
  }
  return found;
}

/** Both tools only warn of what they leave out, so anything they say is a failure. */
async function run(folder: string, program: string, args: readonly string[]): Promise<void> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      cwd: folder,
      // times in the cabinet are local ones
      env: { TZ: "UTC", LC_ALL: "C" },
      stdin: "null",
    }).output();
    const talk = new TextDecoder().decode(new Uint8Array([...stderr, ...stdout])).trim();
    if (!success || talk !== "") throw new Error(`Cannot make the installer: ${program} says: ${talk}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(`Cannot make the installer: ${program} is missing (Debian packages wixl and msitools)`, {
      cause: error,
    });
  }
}
