/** The software bill of materials: CycloneDX 1.6, JSON. It says what is in the package, by hashes and licences. */

import type { BundledPackage } from "./bundled_packages.ts";
import { nameUuid, sha256 } from "./name_uuid.ts";
import type { NpmPackage } from "./npm_package.ts";

/** A component, as far as it is used here. */
export interface Component {
  readonly type: "application" | "library" | "platform" | "file";
  readonly "bom-ref"?: string;
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly hashes?: readonly { readonly alg: "SHA-256" | "SHA-512"; readonly content: string }[];
  readonly licenses?:
    readonly ({ readonly license: { readonly id: string } } | { readonly expression: string })[];
  readonly purl?: string;
  readonly components?: readonly Component[];
}

/** The document, as far as it is used here. */
export interface BillOfMaterials {
  readonly $schema: string;
  readonly bomFormat: "CycloneDX";
  readonly specVersion: "1.6";
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: {
    readonly lifecycles: readonly { readonly phase: "build" }[];
    readonly component: Component;
  };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** What is in the package. */
export interface Ingredients {
  /** Of Spare Key. */
  readonly version: string;
  readonly packages: readonly BundledPackage[];
  /** Packages that Spare Key itself imports: `name@version`; the others come with them. */
  readonly imported: readonly string[];
  /** Deno by architecture: the package of npm and the program in it. */
  readonly deno: readonly { readonly from: NpmPackage; readonly program: Uint8Array<ArrayBuffer> }[];
}

/**
 * Makes the bill of materials. It holds no time: the same ingredients give the same bytes.
 *
 * @param ingredients What is in the package.
 * @returns The document.
 */
export async function billOfMaterials(ingredients: Ingredients): Promise<BillOfMaterials> {
  const { version, packages, imported } = ingredients;
  const own = `pkg:generic/spare-key@${version}`;
  const platforms = await Promise.all(ingredients.deno.map(async ({ from, program }): Promise<Component> => ({
    ...npmComponent({ ...from, licence: "MIT" }, "platform"),
    components: [{
      type: "file",
      name: "deno.exe",
      hashes: [{ alg: "SHA-256", content: await sha256(program) }],
    }],
  })));
  const refOf = (id: string): string => {
    const at = id.lastIndexOf("@");
    return purlOf(id.slice(0, at), id.slice(at + 1));
  };
  const inside = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const direct = imported.filter((id) => inside.has(id)).map(refOf);
  const document: Omit<BillOfMaterials, "serialNumber"> = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: {
      lifecycles: [{ phase: "build" }],
      component: {
        type: "application",
        "bom-ref": own,
        name: "spare-key",
        version,
        licenses: [{ license: { id: "MIT" } }],
        purl: own,
      },
    },
    components: [...packages.map((one) => npmComponent(one, "library")), ...platforms],
    dependencies: [
      { ref: own, dependsOn: [...direct, ...platforms.flatMap(({ purl }) => purl ?? [])].sort() },
      ...packages.map(({ name, version, needs }) => ({
        ref: purlOf(name, version),
        dependsOn: needs.map(refOf),
      })),
      ...platforms.map(({ purl }) => ({ ref: purl ?? "", dependsOn: [] })),
    ],
  };
  const { $schema, bomFormat, specVersion, ...rest } = document;
  const serialNumber = `urn:uuid:${await nameUuid(JSON.stringify(document))}`;
  return { $schema, bomFormat, specVersion, serialNumber, ...rest };
}

function npmComponent(
  { name, version, integrity, licence }: NpmPackage & { readonly licence: string },
  type: "library" | "platform",
): Component {
  const [, group, plain = name] = /^(@[^/]+)\/(.+)$/.exec(name) ?? [];
  const purl = purlOf(name, version);
  return {
    type,
    "bom-ref": purl,
    ...(group === undefined ? {} : { group }),
    name: plain,
    version,
    hashes: [{ alg: "SHA-512", content: Uint8Array.fromBase64(integrity.replace(/^sha512-/, "")).toHex() }],
    licenses: [licence.includes(" ") ? { expression: licence } : { license: { id: licence } }],
    purl,
  };
}

/** Package URL; `@` of a scope is escaped. */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}
