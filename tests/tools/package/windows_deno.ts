/** Deno for Windows: which, and from where. Its bytes stay as Deno Land signed them. */

import { fetchPackage, type NpmPackage, unpackFile } from "./npm_package.ts";

/** What Windows calls them: x64 and ARM64. */
export type Architecture = "x64" | "arm64";

/** The version that goes into the package; the same as that of the tests. */
export const DENO_VERSION = "2.9.6";

/** npm's packages of it; `deno` itself has the licence. A new version needs new hashes: `npm view NAME@VERSION dist.integrity`. */
export const DENO_PACKAGES: Readonly<Record<Architecture | "licence", NpmPackage>> = {
  x64: {
    name: "@deno/win32-x64",
    version: DENO_VERSION,
    integrity:
      "sha512-qRGnmVz/Ea6UWPht/S3xFRK17UZ/ls38DSVfgGB17fpASLxPkksqzWUI/BzL9YYoOknYzfc94mySGyInZu/JXw==",
  },
  arm64: {
    name: "@deno/win32-arm64",
    version: DENO_VERSION,
    integrity:
      "sha512-iHSHs89g2Uy6k0bGHmXkgzTIW8WXImYPpvqRRO/zNsK1/N79PcjvAth1TuQatuIALcLdocstPs/PAYtndbfr0A==",
  },
  licence: {
    name: "deno",
    version: DENO_VERSION,
    integrity:
      "sha512-cr16GxYiUeH1juNvFTMOxt99V5QRVmANfy5UsZvE5hjC6P/o4Op/MBbRhLeBOL8WJpV6tr9hb+Kjb1MW0nEoVg==",
  },
};

/** Where Deno for Windows comes from. */
export interface DenoSource {
  /** Gives `deno.exe`. */
  program(architecture: Architecture): Promise<Uint8Array<ArrayBuffer>>;
  /** Gives its licence, a text in UTF-8. */
  licence(): Promise<Uint8Array<ArrayBuffer>>;
}

/** npm, or what was fetched from it before. */
export const NPM_DENO: DenoSource = {
  program: async (architecture) =>
    await unpackFile(await fetchPackage(DENO_PACKAGES[architecture]), "package/deno.exe"),
  licence: async () => await unpackFile(await fetchPackage(DENO_PACKAGES.licence), "package/LICENSE"),
};
