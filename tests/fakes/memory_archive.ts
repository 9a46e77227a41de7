import { assertSafeName } from "../../lib/effects/safe_name.ts";
import type { Archive, ArchivedFile } from "../../lib/ports.ts";
import { compare, soon } from "./soon.ts";

/** An archive in memory. */
export interface MemoryArchive extends Archive {
  /** `VAULT HOST/name` to bytes. */
  readonly files: Map<string, Uint8Array>;
  /** Set: nothing can be written. */
  trouble: string | null;
}

/** Makes an empty one. */
export function memoryArchive(): MemoryArchive {
  const files = new Map<string, Uint8Array>();
  const keyOf = ({ vault, id }: ArchivedFile): string => {
    const parts = id.split("/");
    if (parts.length !== 2) throw new Error(`Cannot use the archive id ${JSON.stringify(id)}`);
    parts.forEach(assertSafeName);
    if (vault === "recipients" && !id.endsWith(".age")) throw new Error(`Cannot use the archive id "${id}"`);
    return `${vault} ${id}`;
  };
  const fake: MemoryArchive = {
    files,
    trouble: null,
    list: soon(() =>
      [...files.keys()].map((key): ArchivedFile => {
        const at = key.indexOf(" ");
        return { vault: key.slice(0, at) === "pc" ? "pc" : "recipients", id: key.slice(at + 1) };
      }).sort((one, other) => compare(one.id, other.id) || compare(one.vault, other.vault))
    ),
    put: soon((file, sealed) => {
      const key = keyOf(file);
      if (fake.trouble !== null) throw new Error(`Cannot write "${file.id}": ${fake.trouble}`);
      files.set(key, sealed.slice());
    }),
    get: soon((file) => files.get(keyOf(file))?.slice() ?? null),
    remove: soon((file) => {
      files.delete(keyOf(file));
    }),
  };
  return fake;
}
