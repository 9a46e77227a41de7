import type { Destination, Listing, PutOutcome, StoredFolder } from "../ports.ts";
import { contentsOf, holds, infoOf, readStatus, refuseOther, STATUS } from "./folder_contents.ts";
import { sha256Hex } from "../core/sha256.ts";
import { saying } from "./io_reason.ts";
import { below, folderOf, samePath } from "./path_parts.ts";
import { assertSafeName } from "./safe_name.ts";
import {
  discardTemporary,
  patiently,
  removeLeftovers,
  syncFolder,
  temporaryName,
  writeDurably,
  writeNew,
} from "./write_durably.ts";

/** The two steps of a delivery at which a machine may stop or a disk may lie; tests put their own in between. */
export interface FolderDisk {
  /** Writes a file that did not exist, and syncs it. */
  writeNew(path: string, bytes: Uint8Array): Promise<void>;
  /** Gives a file a second name, never replacing. */
  link(from: string, to: string): Promise<void>;
}

/** Which folder. */
export interface FolderDestinationOptions {
  /** As in the settings. */
  readonly name: string;
  /** Absolute path of the root, as in the settings. */
  readonly path: string;
  /** The root's real path at the first delivery; `null` before that. */
  readonly place: string | null;
  /** How a file is made and named. @default {the real disk} */
  readonly disk?: FolderDisk;
}

/**
 * Opens a local folder as a destination. Needs the permissions to read and write the root, and no others: all
 * calls use the path as written, since a permission covers that and not the real path behind it.
 *
 * @param options Name, path, and where the path led at the first delivery.
 * @returns The destination; nothing is touched yet.
 *
 * @example
 * ```ts ignore
 * const stick = folderDestination({ name: "stick", path: "E:\\Recovery keys", place: null });
 * const { place } = await stick.list(["ANNA-LAPTOP"]);
 * await stick.put("ANNA-LAPTOP", "2026-11-24 Recovery sheet.html", bytes); // "delivered"
 * ```
 */
export function folderDestination(options: FolderDestinationOptions): Destination {
  return new FolderDestination(options);
}

class FolderDestination implements Destination {
  readonly name: string;
  readonly #path: string;
  readonly #place: string | null;
  readonly #disk: FolderDisk;

  /** The root's real path as it was looked at last: what is read or written must lie below it. */
  #seen: string | null = null;
  /** Folders in which a killed run left something unfinished. */
  readonly #untidy = new Set<string>();

  constructor(options: FolderDestinationOptions) {
    this.name = options.name;
    this.#path = options.path;
    this.#place = options.place;
    this.#disk = options.disk ?? { writeNew, link: Deno.link };
  }

  async list(folders: readonly string[]): Promise<Listing> {
    const place = await this.#root();
    const found = await Promise.all(folders.map(async (name) => {
      assertSafeName(name);
      const path = below(this.#path, name);
      const act = async (): Promise<StoredFolder | null> => {
        if (await infoOf(path) === null) return null;
        await this.#guard(place, name);
        const [status, { files, leftovers }] = await Promise.all([readStatus(path), contentsOf(path)]);
        if (leftovers) this.#untidy.add(name);
        return { name, status, files };
      };
      return await saying("look at", { path, act });
    }));
    return { place, folders: found.filter((folder) => folder !== null), blind: false };
  }

  async sha256(folder: string, name: string): Promise<string> {
    assertSafeName(folder);
    assertSafeName(name);
    const place = this.#seen ?? await this.#root();
    const path = below(this.#path, folder, name);
    const act = async (): Promise<string> => {
      const [bytes] = await Promise.all([Deno.readFile(path), this.#guard(place, folder, name)]);
      return await sha256Hex(bytes);
    };
    return await saying("read", { path, act });
  }

  async put(folder: string, name: string, bytes: Uint8Array): Promise<PutOutcome> {
    assertSafeName(folder);
    assertSafeName(name);
    if (name.toLowerCase() === STATUS) {
      throw new Error(`Cannot use the name "${name}" for a report: it is that of the status`);
    }
    const place = await this.#root();
    const parent = below(this.#path, folder);
    const path = below(parent, name);
    const act = async (): Promise<void> => {
      await whileThere("its folder is not there any more", async () => {
        await this.#makeFolder(place, folder);
        await removeLeftovers(parent);
        if (await infoOf(path) === null) await this.#deliver(path, bytes);
        else await refuseOther(path, bytes);
        // Also for a file found there: the run that made it may have been killed before this.
        await syncFolder(parent);
      });
      await whileThere("it was gone again as soon as it was written", () => this.#guard(place, folder, name));
      if (!await holds(path, bytes)) throw new Error("what was read back differs from what was written");
    };
    await saying("write", { path, act });
    return "delivered";
  }

  async putStatus(folder: string, bytes: Uint8Array): Promise<void> {
    assertSafeName(folder);
    const place = this.#seen ?? await this.#root();
    const path = below(this.#path, folder, STATUS);
    const act = async (): Promise<void> => {
      // The usual night needs one look at the folder; what is more is done where it must be.
      const ready = await this.#guard(place, folder).then(() => true, (error) => {
        if (error instanceof Deno.errors.NotFound) return false;
        throw error;
      });
      if (!ready) await this.#makeFolder(place, folder);
      if (this.#untidy.delete(folder)) await removeLeftovers(below(this.#path, folder));
      await writeDurably(path, bytes, { sync: false });
      await this.#guard(place, folder, STATUS);
    };
    await saying("write", { path, act });
  }

  /** Makes sure that the root is there and where it was. */
  async #root(): Promise<string> {
    const path = this.#path;
    const act = async (): Promise<string> => {
      if (!(await Deno.stat(path)).isDirectory) throw new Error("it is not a folder");
      return await Deno.realPath(path);
    };
    const place = await saying("look at", { path, act });
    if (this.#place !== null && !samePath(place, this.#place)) {
      throw new Error(`Cannot use "${path}": it leads to "${place}", but led to "${this.#place}" before`);
    }
    this.#seen = place;
    return place;
  }

  async #makeFolder(place: string, folder: string): Promise<void> {
    const path = below(this.#path, folder);
    if (await infoOf(path) === null) {
      // Another destination of the same folder may be faster: what is there then is looked at below.
      await Deno.mkdir(path).catch((error) => {
        if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      });
      await syncFolder(this.#path);
    }
    await this.#guard(place, folder);
    if (!(await Deno.stat(path)).isDirectory) throw new Error(`"${path}" is not a folder`);
  }

  /** Refuses links: what lies below the root must really lie there. A name's case is the file system's affair. */
  async #guard(place: string, ...names: readonly string[]): Promise<void> {
    const path = below(this.#path, ...names);
    const real = await Deno.realPath(path);
    if (real.toLowerCase() !== below(place, ...names).toLowerCase()) {
      throw new Error(`"${path}" is a link that leads to "${real}"`);
    }
  }

  async #deliver(path: string, bytes: Uint8Array): Promise<void> {
    const temporary = below(folderOf(path), temporaryName());
    try {
      await this.#disk.writeNew(temporary, bytes);
      await this.#giveName(temporary, path);
    } catch (error) {
      // Somebody was faster since the look a moment ago.
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
      await refuseOther(path, bytes);
    } finally {
      await discardTemporary(temporary);
    }
  }

  async #giveName(temporary: string, path: string): Promise<void> {
    try {
      return await this.#disk.link(temporary, path);
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) throw error;
      // FAT and exFAT have no hard links, and each system words that in its own way. So whatever it was: the
      // name is taken without replacing, and only our own empty file is replaced. What else is wrong (disk
      // full, name too long) fails here again. A run killed in between leaves an empty file, never half a key.
    }
    (await Deno.open(path, { write: true, createNew: true })).close();
    await patiently(() => Deno.rename(temporary, path));
  }
}

/** Says what "it does not exist" means for something that was there a moment ago. */
async function whileThere(words: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw error instanceof Deno.errors.NotFound ? new Error(words, { cause: error }) : error;
  }
}
