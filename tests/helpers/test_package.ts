/** A package whose `deno.exe` is a small stand-in, so that making it takes seconds. */

import { unzipSync } from "fflate";
import { makePackage, type PackageOptions } from "../tools/package.ts";
import type { DenoSource } from "../tools/package/windows_deno.ts";

/** A program that states version 2.9.6.0 as Windows' programs do: VS_FIXEDFILEINFO and nothing else. */
const STATED_VERSION = [0xbd, 0x04, 0xef, 0xfe, 0, 0, 1, 0, 9, 0, 2, 0, 0, 0, 6, 0];

/** In place of npm's. */
export const SMALL_DENO: DenoSource = {
  program: (architecture) =>
    Promise.resolve(
      new Uint8Array([...new TextEncoder().encode(`MZ ${architecture} \n`), ...STATED_VERSION]),
    ),
  licence: () => Promise.resolve(new TextEncoder().encode("MIT\n")),
};

/** Makes the package with the stand-in. */
export async function makeTestPackage(options: Omit<PackageOptions, "deno">): Promise<readonly string[]> {
  return await makePackage({ ...options, deno: SMALL_DENO });
}

/** Reads a zip: path to bytes. */
export async function unzip(path: string): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map(Object.entries(unzipSync(await Deno.readFile(path))));
}
