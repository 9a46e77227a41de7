import { sha256Hex } from "../../lib/core/sha256.ts";
import { assertSafeName } from "../../lib/effects/safe_name.ts";
import { type Destination, NameTakenError, type StoredFolder } from "../../lib/ports.ts";
import { byKey, soon } from "./soon.ts";

/** A destination in memory. */
export interface MemoryDestination extends Destination {
  /** `FOLDER/name` to bytes, `status.json` included. Tests may add, alter and delete. */
  readonly files: Map<string, Uint8Array>;
  /** Those of `files` that a cloud client has freed. */
  readonly cloud: Set<string>;
  /** Every write, in order: `put FOLDER/name`, `status FOLDER`. */
  readonly calls: string[];
  /** Set: the place cannot be looked at or written, for this reason. */
  trouble: string | null;
  /** Set: it can be looked at, and writing fails for this reason. */
  putTrouble: string | null;
  /** What `list` gives as the real path. */
  place: string | null;
}

/** Makes an empty one, with the real path `/memory/NAME`. */
export function memoryDestination(name = "memory"): MemoryDestination {
  const files = new Map<string, Uint8Array>();
  const cloud = new Set<string>();
  const look = (): void => {
    if (fake.trouble !== null) throw new Error(`Cannot look at "${name}": ${fake.trouble}`);
  };
  const pathToWrite = (folder: string, file: string): string => {
    [folder, file].forEach(assertSafeName);
    look();
    if (fake.putTrouble !== null) throw new Error(`Cannot write "${folder}/${file}": ${fake.putTrouble}`);
    return `${folder}/${file}`;
  };
  const folderAt = (folder: string): StoredFolder[] => {
    assertSafeName(folder);
    const inside = [...files].filter(([path]) => path.startsWith(`${folder}/`)).sort(byKey);
    if (inside.length === 0) return [];
    const status = files.get(`${folder}/status.json`);
    return [{
      name: folder,
      status: status === undefined ? null : parseOrNull(status),
      files: inside.filter(([path]) => !path.endsWith("/status.json")).map(([path, bytes]) => (
        { name: path.slice(folder.length + 1), size: bytes.length, sha256: null, cloud: cloud.has(path) }
      )),
    }];
  };
  const fake: MemoryDestination = {
    name,
    files,
    cloud,
    calls: [],
    trouble: null,
    putTrouble: null,
    place: `/memory/${name}`,
    list: soon((folders) => {
      look();
      return { place: fake.place, folders: folders.flatMap(folderAt), blind: false };
    }),
    async sha256(folder, file): Promise<string> {
      [folder, file].forEach(assertSafeName);
      look();
      const bytes = files.get(`${folder}/${file}`);
      if (bytes === undefined) throw new Error(`Cannot read "${folder}/${file}": it does not exist`);
      return await sha256Hex(bytes);
    },
    put: soon((folder, file, bytes) => {
      const path = pathToWrite(folder, file);
      if (file.toLowerCase() === "status.json") throw new Error(`Cannot use the name "${file}" for a report`);
      const there = files.get(path);
      if (there !== undefined && !equal(there, bytes)) {
        throw new NameTakenError(`Cannot write "${path}": taken`);
      }
      if (there === undefined) files.set(path, bytes.slice());
      fake.calls.push(`put ${path}`);
      return "delivered" as const;
    }),
    putStatus: soon((folder, bytes) => {
      files.set(pathToWrite(folder, "status.json"), bytes.slice());
      fake.calls.push(`status ${folder}`);
    }),
  };
  return fake;
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

function parseOrNull(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
