/** Directories and components of the installer, one component a file. */

import { nameUuid } from "./name_uuid.ts";

/** What `scheduled/msi/SpareKey.wxs` includes. */
export interface WixFiles {
  /** `files.wxi`: the content of the program folder. */
  readonly files: string;
  /** `features.wxi`: references to all components. */
  readonly features: string;
  /** Path to the key in the table File. */
  readonly keys: ReadonlyMap<string, string>;
}

/**
 * Writes the two files. A path has the same component and the same keys in every version.
 *
 * @param paths From the program folder on, sorted.
 * @param options The folder of the files, from the source on.
 * @returns The texts.
 */
export async function wixFiles(
  paths: readonly string[],
  { source }: { readonly source: string },
): Promise<WixFiles> {
  const keys = new Map<string, string>();
  const references: string[] = [];
  const folder = async (prefix: string): Promise<string> => {
    const lines: string[] = [];
    const names = [
      ...new Set(
        paths.filter((path) => path.startsWith(prefix)).map((path) =>
          path.slice(prefix.length).split("/")[0] ?? ""
        ),
      ),
    ];
    const short = shortNames(names);
    for (const name of names) {
      const path = prefix + name;
      const [uuid, named] = [await nameUuid(`msi ${path}`), attribute(fullName(name, short.get(name)))];
      const id = uuid.replaceAll("-", "");
      if (!paths.includes(path)) {
        lines.push(`<Directory Id="d${id}" Name="${named}">`, await folder(`${path}/`), "</Directory>");
        continue;
      }
      keys.set(path, `f${id}`);
      references.push(`<ComponentRef Id="c${id}" />`);
      lines.push(
        `<Component Id="c${id}" Guid="${uuid.toUpperCase()}" Win64="yes">` +
          `<File Id="f${id}" Name="${named}" Source="${
            attribute(`${source}/${path}`)
          }" KeyPath="yes" /></Component>`,
      );
    }
    return lines.join("\n");
  };
  const files = `<Include>\n${await folder("")}\n</Include>\n`;
  return { files, features: `<Include>\n${references.join("\n")}\n</Include>\n`, keys };
}

/** Windows Installer wants `SHORT~1.TXT|long name.txt` where a name is not of the old form. */
function fullName(name: string, short: string | undefined): string {
  return short === undefined ? name : `${short}|${name}`;
}

/** Names of the old form, 8 and 3 characters, for those of a folder that are not. */
function shortNames(names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set(names.map((name) => name.toUpperCase()));
  for (const name of names) {
    if (/^[\w-]{1,8}(?:\.\w{1,3})?$/.test(name)) continue;
    const dot = name.lastIndexOf(".");
    const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9_-]/g, "");
    const [stem, ending] = dot > 0
      ? [plain(name.slice(0, dot)), plain(name.slice(dot + 1))]
      : [plain(name), ""];
    for (let number = 1;; number++) {
      const tail = `~${number}`;
      const short = stem.slice(0, 8 - tail.length) + tail + (ending === "" ? "" : `.${ending.slice(0, 3)}`);
      if (taken.has(short)) continue;
      taken.add(short);
      found.set(name, short);
      break;
    }
  }
  return found;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
