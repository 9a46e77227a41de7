/** A Windows of their own for installers, and installers of which Wine can run every part. */

import { unzip } from "../helpers/test_package.ts";
import { buildMsi } from "../tools/package/build_msi.ts";
import { type PackedFile, sortFiles } from "../tools/package/packed_file.ts";
import { readText } from "../tools/repository.ts";
import { letRunUnderWine, openRig, type Rig } from "./rig.ts";

/**
 * Copies a rig: what is installed there changes no other.
 *
 * @param rig Which.
 * @param folder Where to, on Linux; it must not be there yet.
 * @returns The copy, without Spare Key.
 */
export async function copyRig(rig: Rig, folder: string): Promise<Rig> {
  await Deno.mkdir(folder);
  const args = ["-a", "--reflink=auto", `${rig.folder}/prefix`, `${rig.folder}/finished`, folder];
  const { success, stderr } = await new Deno.Command("cp", { args }).output();
  if (!success) throw new Error(`Cannot copy the rig: ${new TextDecoder().decode(stderr)}`);
  for (const name of ["win", "winpwsh"]) {
    const script = (await Deno.readTextFile(`${rig.folder}/${name}`)).replaceAll(rig.folder, folder);
    await Deno.writeTextFile(`${folder}/${name}`, script, { mode: 0o755 });
  }
  await Deno.symlink(`${rig.folder}/build`, `${folder}/build`);
  const copy = openRig(folder);
  for (const place of ["Program Files/Spare Key", "ProgramData/Spare Key"]) {
    await Deno.remove(`${copy.driveC}/${place}`, { recursive: true }).catch(() => undefined);
  }
  return copy;
}

/** What lies in a zip of the package, changed as far as Wine needs it. */
export interface WineParts {
  readonly files: readonly PackedFile[];
  /** Of Spare Key. */
  readonly version: string;
}

/** Wine takes every order on rights and keeps none: these functions say that all are as ordered. */
const RIGHTS_AS_ORDERED: Readonly<Record<string, string>> = {
  "Set-FolderSddl": "return",
  "Read-FolderSddl": [
    "param([string] $Path)",
    "$sddl = 'O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)'",
    "if ($Path -like '*\\Program Files*') { return $sddl + '(A;OICI;0x1200a9;;;BU)' }",
    "return $sddl",
  ].join("\r\n"),
};

/**
 * Takes the files of a package: `deno.exe` led round what Wine lacks, rights of folders taken as ordered.
 *
 * @param rig The rig.
 * @param options The packaged zip, and an empty folder to work in.
 * @returns The files.
 */
export async function partsForWine(
  rig: Rig,
  { zip, folder }: { readonly zip: string; readonly folder: string },
): Promise<WineParts> {
  const files = new Map(await unzip(zip));
  await Deno.writeFile(`${folder}/deno.exe`, files.get("deno.exe") ?? new Uint8Array());
  await letRunUnderWine(rig, `${folder}/deno.exe`);
  for (const name of ["deno.exe", "bcryptprimitives.dll"]) {
    files.set(name, await Deno.readFile(`${folder}/${name}`));
  }
  for (const [name, body] of Object.entries(RIGHTS_AS_ORDERED)) {
    const path = `SpareKey/Private/${name}.ps1`;
    if (!files.has(path)) throw new Error(`There is no "${path}" any more to stand in for`);
    files.set(path, new TextEncoder().encode(`function ${name} {\r\n${body}\r\n}\r\n`));
  }
  const { version } = JSON.parse(await readText("deno.json"));
  return { files: [...files].map(([path, bytes]) => ({ path, bytes })), version };
}

/** What of an installer is different. */
export interface Change {
  /** In place of its own. */
  readonly version?: string;
  /** Files by path; `null` leaves one out. */
  readonly files?: Readonly<Record<string, string | null>>;
}

/**
 * Makes an installer on drive C:.
 *
 * @param rig The rig.
 * @param parts What it installs.
 * @param options Its name, an empty folder to work in, and what is different.
 * @returns Its path on Windows.
 */
export async function installerOn(
  rig: Rig,
  parts: WineParts,
  { name, folder, change = {} }: { readonly name: string; readonly folder: string; readonly change?: Change },
): Promise<string> {
  const { version = parts.version, files = {} } = change;
  const module = new RegExp(`^(\\s*ModuleVersion\\s*=\\s*)'[\\d.]+'`, "m");
  const changed = parts.files.filter(({ path }) => !(path in files)).map(({ path, bytes }): PackedFile => {
    if (path !== "SpareKey/SpareKey.psd1") return { path, bytes };
    return {
      path,
      bytes: new TextEncoder().encode(new TextDecoder().decode(bytes).replace(module, `$1'${version}'`)),
    };
  });
  const added = Object.entries(files).flatMap(([path, text]): readonly PackedFile[] =>
    text === null ? [] : [{ path, bytes: new TextEncoder().encode(text) }]
  );
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeFile(
    `${rig.driveC}/${name}`,
    await buildMsi(sortFiles([...changed, ...added]), { version, folder }),
  );
  return `C:\\${name}`;
}
