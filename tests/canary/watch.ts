/** Whatever the program says, writes, mails and is started with is searched, and counted. */

import { Buffer } from "node:buffer";
import { type ParsedMail, simpleParser } from "mailparser";
import { needlesOf } from "./needles.ts";
import { searchFor } from "./search.ts";
import { type SecretKind, SECRETS } from "./secrets.ts";

/** Secrets that have their place there. */
export type Named = readonly SecretKind[];

/** What has been searched, and what was found. */
export interface Watch {
  /** Searches a text or a file. @returns Which kinds of secrets stand in it, those that have their place there too. */
  look(where: string, hay: Uint8Array | string, named?: Named): readonly SecretKind[];
  /** Searches a mail as it came, and each of its parts as it is read. */
  mail(where: string, bytes: Uint8Array, named?: Named): Promise<readonly SecretKind[]>;
  /** Searches what everybody may read of a process: its arguments, its environment, the names of its files. */
  process(pid: number, where: string): Promise<boolean>;
  /** Searches names and contents of all files below a folder. */
  folder(
    folder: string,
    named?: (path: string) => Named,
  ): Promise<ReadonlyMap<string, readonly SecretKind[]>>;
  /** `canary: …`, with the counts so far. */
  line(): string;
  /** Where a secret was found that has no place there. */
  readonly hits: readonly string[];
}

/** Begins to watch. */
export function watchOver(): Watch {
  const search = searchFor(needlesOf(SECRETS));
  const hits: string[] = [];
  const counts = { texts: 0, mails: 0, processes: 0 };
  const seek = (where: string, hay: Uint8Array | string, named: Named): readonly SecretKind[] => {
    const found = search(hay);
    for (const { kind, form } of found) {
      if (!named.includes(kind)) hits.push(`${kind} as ${form} in ${where}`);
    }
    return [...new Set(found.map(({ kind }) => kind))];
  };
  const look: Watch["look"] = (where, hay, named = []) => {
    counts.texts++;
    return seek(where, hay, named);
  };
  const folder: Watch["folder"] = async (root, named = () => []) => {
    const seen = new Map<string, readonly SecretKind[]>();
    for await (const { path, bytes } of below(root, "")) {
      const places = named(path);
      seek(`the name "${path}"`, path, places);
      if (bytes !== null) seen.set(path, look(path, bytes, places));
    }
    return seen;
  };
  return {
    look,
    folder,
    async mail(where, bytes, named = []): Promise<readonly SecretKind[]> {
      counts.mails++;
      const parsed = await simpleParser(Buffer.from(bytes));
      const found = [bytes, ...partsOf(parsed)].flatMap((part) => seek(where, part, named));
      return [...new Set(found)];
    },
    async process(pid, where): Promise<boolean> {
      try {
        for (const name of ["cmdline", "environ", "comm"]) {
          seek(`${where}, ${name}`, await Deno.readFile(`/proc/${pid}/${name}`), []);
        }
      } catch (error) {
        // It has ended meanwhile.
        if (error instanceof Deno.errors.NotFound) return false;
        throw error;
      }
      counts.processes++;
      return true;
    },
    line: () =>
      `canary: ${counts.texts} texts and files, ${counts.mails} mails, ${counts.processes} processes searched, ` +
      `${hits.length} hits`,
    hits,
  };
}

function partsOf(mail: ParsedMail): readonly (Uint8Array | string)[] {
  return [
    mail.text ?? "",
    typeof mail.html === "string" ? mail.html : "",
    ...mail.headerLines.map(({ line }) => line),
    ...mail.attachments.flatMap(({ filename, content }) => [filename ?? "", new Uint8Array(content)]),
  ];
}

async function* below(
  root: string,
  inner: string,
): AsyncGenerator<{ readonly path: string; readonly bytes: Uint8Array | null }> {
  for await (const entry of Deno.readDir(`${root}/${inner}`)) {
    const path = inner === "" ? entry.name : `${inner}/${entry.name}`;
    if (entry.isDirectory) {
      yield { path, bytes: null };
      yield* below(root, path);
    } else if (entry.isFile) yield { path, bytes: await Deno.readFile(`${root}/${path}`) };
  }
}
