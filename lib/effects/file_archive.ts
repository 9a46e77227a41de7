import type { Archive, ArchivedFile, Vault } from "../ports.ts";
import { messageOf, UserError } from "../errors.ts";
import { saying } from "./io_reason.ts";
import { below } from "./path_parts.ts";
import { assertSafeName } from "./safe_name.ts";
import { removeLeftovers, syncFolder, writeDurably } from "./write_durably.ts";

const VAULTS: readonly Vault[] = ["pc", "recipients"];
const ENDING = ".age";
/** For their owner alone; Windows takes its rights from the data folder instead. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/**
 * Opens the archive below the data folder: `archive/pc/HOST/name.age` is sealed to the PC's own key,
 * `archive/recipients/HOST/name` is a sealed rendition whose name ends with `.age` already.
 *
 * @param dataFolder The data folder; the rest is made on the first `put`.
 * @returns The archive; nothing is touched yet.
 *
 * @example
 * ```ts ignore
 * const archive = fileArchive("C:\\ProgramData\\SpareKey");
 * await archive.put({ vault: "recipients", id: "ANNA-LAPTOP/2026-11-24 Recovery sheet.html.age" }, sealed);
 * ```
 */
export function fileArchive(dataFolder: string): Archive {
  return new FileArchive(dataFolder);
}

class FileArchive implements Archive {
  readonly #data: string;

  constructor(dataFolder: string) {
    this.#data = dataFolder;
  }

  /** Every night asks: a few names of the PC's own disk, which another thread would take longer to get. */
  async list(): Promise<readonly ArchivedFile[]> {
    const act = (): Promise<readonly ArchivedFile[]> => Promise.try(() => this.#files());
    return await keeping("list", { path: below(this.#data, "archive"), act });
  }

  #files(): readonly ArchivedFile[] {
    const files: ArchivedFile[] = [];
    for (const vault of VAULTS) {
      const root = below(this.#data, "archive", vault);
      for (const host of namesIn(root, "isDirectory")) {
        for (const name of namesIn(below(root, host), "isFile")) {
          const id = `${host}/${vault === "pc" ? name.slice(0, -ENDING.length) : name}`;
          if (name.endsWith(ENDING) && isId(vault, id)) files.push({ vault, id });
        }
      }
    }
    return files.sort((one, other) => compare(one.id, other.id) || compare(one.vault, other.vault));
  }

  async put(file: ArchivedFile, sealed: Uint8Array): Promise<void> {
    const { path, folder, host } = this.#locate(file);
    const act = async (): Promise<void> => {
      await this.#makeFolders(file.vault, host);
      await removeLeftovers(folder);
      await writeDurably(path, sealed, { mode: FILE_MODE });
    };
    await keeping("write", { path, act });
  }

  async get(file: ArchivedFile): Promise<Uint8Array | null> {
    const { path } = this.#locate(file);
    return await keeping("read", { path, act: async () => await unlessMissing(Deno.readFile(path)) ?? null });
  }

  async remove(file: ArchivedFile): Promise<void> {
    const { path, folder } = this.#locate(file);
    const act = async (): Promise<void> => {
      // Gone already: an earlier run was killed before the ledger heard of it.
      if (await unlessMissing(Deno.remove(path).then(() => true)) === true) await syncFolder(folder);
    };
    await keeping("remove", { path, act });
  }

  #locate(
    { vault, id }: ArchivedFile,
  ): { readonly path: string; readonly folder: string; readonly host: string } {
    const [host, name] = partsOf(vault, id);
    const folder = below(this.#data, "archive", vault, host);
    return { path: below(folder, vault === "pc" ? name + ENDING : name), folder, host };
  }

  /** Makes the folders one by one, so that each new name is brought to the disk. */
  async #makeFolders(vault: Vault, host: string): Promise<void> {
    let parent = this.#data;
    for (const name of ["archive", vault, host]) {
      const folder = below(parent, name);
      if (await unlessMissing(Deno.lstat(folder)) === undefined) {
        await Deno.mkdir(folder, { mode: FOLDER_MODE });
        await syncFolder(parent);
      }
      parent = folder;
    }
  }
}

/** Without its archive a run can keep no promise, as without its ledger. */
async function keeping<T>(
  action: string,
  options: { readonly path: string; readonly act: () => Promise<T> },
): Promise<T> {
  try {
    return await saying(action, options);
  } catch (error) {
    throw new UserError("ledger", messageOf(error), {
      hint: "Free some space, or mend the rights of the data folder; nothing that is there was altered",
      cause: error,
    });
  }
}

/** Takes `HOST/name` apart, and refuses what would lead out of the archive. */
function partsOf(vault: Vault, id: string): readonly [host: string, name: string] {
  const [host, name, ...rest] = id.split("/");
  if (host === undefined || name === undefined || rest.length > 0) {
    throw new Error(`Cannot use the archive id ${JSON.stringify(id)}: it must be "HOST/name"`);
  }
  assertSafeName(host);
  assertSafeName(name);
  if (vault === "recipients" && (!name.endsWith(ENDING) || name === ENDING)) {
    throw new Error(
      `Cannot use the archive id ${
        JSON.stringify(id)
      }: what is sealed to recipients must end with "${ENDING}"`,
    );
  }
  return [host, name];
}

function isId(vault: Vault, id: string): boolean {
  try {
    partsOf(vault, id);
    return true;
  } catch {
    // A foreign file: only the question is asked here, whether it could be ours.
    return false;
  }
}

function namesIn(folder: string, kind: "isDirectory" | "isFile"): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].filter((entry) => entry[kind]).map((entry) => entry.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
