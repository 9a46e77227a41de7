/**
 * Makes what people install: two zips, the installer, checksums, the bill of materials. `deno task package`
 *
 * The same sources give the same bytes, on any day and in any folder; only a signer's signatures differ.
 */

import { parseArgs } from "node:util";
import { bundle } from "./bundle.ts";
import { billOfMaterials } from "./package/bill_of_materials.ts";
import { buildMsi } from "./package/build_msi.ts";
import { bundledPackages } from "./package/bundled_packages.ts";
import { sha256 } from "./package/name_uuid.ts";
import { type PackedFile, sortFiles } from "./package/packed_file.ts";
import { programFiles } from "./package/program_files.ts";
import { signFile, signScripts, splitCommand } from "./package/sign_files.ts";
import { type Architecture, DENO_PACKAGES, type DenoSource, NPM_DENO } from "./package/windows_deno.ts";
import { zipFiles } from "./package/zip_files.ts";
import { readText, ROOT } from "./repository.ts";
import { say } from "./say.ts";

const ARCHITECTURES: readonly Architecture[] = ["x64", "arm64"];

/** What to make, and how. */
export interface PackageOptions {
  /** Where to; what lay there under the same names is replaced. */
  readonly out: string;
  /** A signer's command with `{file}`. */
  readonly sign?: string;
  /** Whether to make the installer, which needs wixl. */
  readonly msi: boolean;
  /** Where Deno comes from. @default npm */
  readonly deno?: DenoSource;
  /** Is told of each file made. */
  readonly tell?: (line: string) => void;
}

/**
 * Makes the package.
 *
 * @param options What to make.
 * @returns Names of the files in the folder, `SHA256SUMS` the last.
 */
export async function makePackage(options: PackageOptions): Promise<readonly string[]> {
  const { out, sign, deno = NPM_DENO, tell = () => {} } = options;
  if (sign !== undefined) splitCommand(sign); // tells of a wrong command before the work
  const work = await Deno.makeTempDir({ prefix: "spare-key-package-" });
  try {
    await Deno.mkdir(out, { recursive: true });
    const config = JSON.parse(await readText("deno.json"));
    const version: string = config.version;
    const chunks = await bundle(`${work}/bundle`);
    const packages = await bundledPackages(chunks);
    const made = { bundle: `${work}/bundle`, packages, denoLicence: await deno.licence() };
    let files = await programFiles(made);
    if (sign !== undefined) files = await signScripts(files, { command: sign, folder: work });

    const names: string[] = [];
    const sums: string[] = [];
    const keep = async (name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
      await Deno.writeFile(`${out}/${name}`, bytes);
      names.push(name);
      sums.push(`${await sha256(bytes)}  ${name}\n`);
      tell(`${(bytes.length / 1024 / 1024).toFixed(1).padStart(8)} MB  ${name}`);
    };

    const programs = new Map<Architecture, Uint8Array<ArrayBuffer>>();
    const all = (program: Uint8Array<ArrayBuffer>): readonly PackedFile[] =>
      sortFiles([...files, { path: "deno.exe", bytes: program }]);
    for (const architecture of ARCHITECTURES) {
      const program = await deno.program(architecture);
      programs.set(architecture, program);
      await keep(`spare-key-${version}-${architecture}.zip`, zipFiles(all(program)));
    }
    const x64 = programs.get("x64");
    if (options.msi && x64 !== undefined) {
      let msi = await buildMsi(all(x64), { version, folder: await Deno.makeTempDir({ dir: work }) });
      if (sign !== undefined) {
        await Deno.writeFile(`${work}/signed.msi`, msi);
        await signFile(sign, `${work}/signed.msi`);
        msi = await Deno.readFile(`${work}/signed.msi`);
      }
      await keep(`spare-key-${version}-x64.msi`, msi);
    }
    const bill = await billOfMaterials({
      version,
      packages,
      imported: importedPackages(config.imports),
      deno: [...programs].map(([architecture, program]) => ({ from: DENO_PACKAGES[architecture], program })),
    });
    await keep(
      `spare-key-${version}.cdx.json`,
      new TextEncoder().encode(`${JSON.stringify(bill, null, 2)}\n`),
    );
    // As `sha256sum --check` reads it.
    await Deno.writeTextFile(`${out}/SHA256SUMS`, sums.join(""));
    return [...names, "SHA256SUMS"];
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** `npm:@scope/name@1.0.0/sub` → `@scope/name@1.0.0`. */
function importedPackages(imports: Readonly<Record<string, string>>): readonly string[] {
  const found = Object.values(imports).flatMap((target) => /^npm:(@?[^@]+@[\d.]+\d)/.exec(target)?.[1] ?? []);
  return [...new Set(found)].sort();
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: `${ROOT}dist` },
      sign: { type: "string" },
      "no-msi": { type: "boolean", default: Deno.build.os === "windows" },
    },
  });
  const started = performance.now();
  await makePackage({
    out: values.out,
    msi: !values["no-msi"],
    tell: say,
    ...(values.sign === undefined ? {} : { sign: values.sign }),
  });
  if (values["no-msi"]) say("The installer was left out: it is made by wixl, on Debian");
  say(`${values.out}: made in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
