/** What the program folder holds: Deno, the bundle, scripts, module, policy, licences, documents. */

import type { BundledPackage } from "./bundled_packages.ts";
import { type PackedFile, sortFiles } from "./packed_file.ts";
import { ROOT, writtenFiles } from "../repository.ts";
import { windowsText } from "./windows_text.ts";

/** What does not lie in the repository. */
export interface MadeParts {
  /** The folder of the bundle. */
  readonly bundle: string;
  readonly packages: readonly BundledPackage[];
  readonly denoLicence: Uint8Array;
}

/**
 * Collects all files but `deno.exe`, texts in Windows' form.
 *
 * The layout is flat: scripts expect `deno.exe`, `main.js` and the module beside them.
 *
 * @param parts What does not lie in the repository.
 * @returns The files, sorted.
 */
export async function programFiles(parts: MadeParts): Promise<readonly PackedFile[]> {
  const files: PackedFile[] = [];
  for await (const { name } of Deno.readDir(parts.bundle)) {
    files.push({ path: name, bytes: await Deno.readFile(`${parts.bundle}/${name}`) });
  }
  for (const path of await writtenFiles()) {
    const place = placeOf(path);
    if (place !== null) files.push({ path: place, bytes: await Deno.readFile(ROOT + path) });
  }
  for (const { name, version, licenceText } of parts.packages) {
    const plain = name.replace(/^@/, "").replace("/", "-");
    files.push({ path: `licences/${plain}-${version}.txt`, bytes: licenceText });
  }
  files.push({ path: "licences/deno.txt", bytes: parts.denoLicence });
  return sortFiles(files.map(({ path, bytes }) => ({ path, bytes: windowsText(path, bytes) })));
}

/** Where a file of the repository comes to lie, `null` when it is not packed. */
function placeOf(path: string): string | null {
  if (["LICENSE", "README.md", "CHANGELOG.md"].includes(path)) return path;
  if (!path.startsWith("scheduled/") || path.startsWith("scheduled/msi/")) return null;
  return path.slice("scheduled/".length);
}
