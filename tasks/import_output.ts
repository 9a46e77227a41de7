/** Says what an import finds while it goes on: as one JSON document, or for people. */

import { oneLine, oneLineWithoutKeys } from "../lib/core/how_to_say.ts";
import type { KeyEntry } from "../lib/core/import/key_store.ts";
import type { Pairing } from "../lib/core/import/model.ts";
import type { Terminal } from "../lib/ports.ts";
import type { FoundFile, PassedOver } from "./import_file.ts";

/** Takes what is found, file by file; nothing of a file is kept once it is said. */
export interface ImportOutput {
  file(file: FoundFile): void;
  passedOver(one: PassedOver): void;
  /** Said at once, on stderr. */
  trouble(text: string): void;
  /** @param written Paths of reports; `null` when none were to be written. */
  end(written: Iterable<string> | null): void;
}

/** No system has longer ones (Linux: 4096 bytes, Windows: 32,767 units). */
const LONGEST_PATH = 33_000;

/** A name may have line ends in it, and digits of a key: a trouble is one line, without them. */
function troubleLine(text: string): string {
  return oneLineWithoutKeys(text, LONGEST_PATH);
}

/** So much is written at once: a call for each line would take longer than all else. */
const PIECE = 64 * 1024;

/** Gathers small pieces for stdout. */
class Pieces {
  readonly #terminal: Terminal;
  #waiting = "";

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  add(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length >= PIECE) this.flush();
  }

  flush(): void {
    if (this.#waiting !== "") this.#terminal.write(this.#waiting);
    this.#waiting = "";
  }
}

/**
 * Writes one document: `{schema, files:[…], passedOver:[…], troubles:[…]}`, `written` where reports were.
 *
 * @param terminal Where to.
 * @returns Takes what is found.
 */
export function jsonOutput(terminal: Terminal): ImportOutput {
  const out = new Pieces(terminal);
  const passedOver: Pick<PassedOver, "path" | "reason">[] = [];
  const troubles: string[] = [];
  let files = 0;
  out.add(`{"schema":1,"files":[`);
  const list = (items: Iterable<unknown>): void => {
    let isFirst = true;
    for (const item of items) {
      out.add((isFirst ? "" : ",") + JSON.stringify(item));
      isFirst = false;
    }
  };
  return {
    file({ path, encoding, sealed, kind, entries, otherProtectors, volumes, refused, columns }): void {
      const before = JSON.stringify({ path, encoding, sealed, kind });
      out.add(`${files++ === 0 ? "" : ","}${before.slice(0, -1)},"keys":[`);
      list(mapped(entries(), ({ key }) => key));
      out.add(`],"details":[`);
      list(mapped(entries(), ({ detail }) => detail));
      out.add(`],"otherProtectors":[`);
      list(otherProtectors);
      out.add(`],"volumes":[`);
      list(volumes);
      out.add(`],"refused":[`);
      list(refused);
      out.add(`],"columns":${JSON.stringify(columns)}}`);
      // a file that takes long is shown before the next is begun
      out.flush();
    },
    passedOver: ({ path, reason }) => void passedOver.push({ path, reason }),
    trouble(text): void {
      troubles.push(text);
      terminal.say(troubleLine(text));
    },
    end(written): void {
      out.add(`],"passedOver":[`);
      list(passedOver);
      out.add(`],"troubles":[`);
      list(troubles);
      if (written !== null) {
        out.add(`],"written":[`);
        list(written);
      }
      out.add("]}\n");
      out.flush();
    },
  };
}

function* mapped<T, U>(all: Iterable<T>, change: (one: T) => U): Generator<U, void, undefined> {
  for (const one of all) yield change(one);
}

const SURE: Readonly<Record<Pairing, string>> = {
  record: "Key ID and digits stand in one record",
  block: "Key ID and digits stand in one block",
  line: "Key ID and digits stand on one line",
  near: "Key ID and digits stand next to each other",
  order: "the list of Key IDs and the list of digits have the same order",
  none: "",
};

/** More names than a person reads. */
const MOST_NAMED = 20;

/**
 * Words it for people.
 *
 * @param terminal Where to.
 * @returns Takes what is found.
 */
export function textOutput(terminal: Terminal): ImportOutput {
  const out = new Pieces(terminal);
  const line = (text: string): void => out.add(`${text}\n`);
  const named: string[] = [];
  let [files, keys, whole, over] = [0, 0, 0, 0];
  return {
    file(file): void {
      files++;
      line(`${oneLine(file.path, LONGEST_PATH)} (${file.kind}${file.sealed ? ", sealed" : ""})`);
      if (file.columns.length > 0) {
        const columns = file.columns.map(({ column, as }) => `"${oneLine(column)}" as ${as}`);
        line(`  Columns       ${columns.join(", ")}`);
      }
      for (const entry of file.entries()) {
        keys++;
        if (entry.key.keyId !== null && entry.key.recoveryPassword !== null) whole++;
        tellKey(entry, line);
      }
      tellRest(file, line);
      out.flush();
    },
    passedOver({ path }): void {
      if (over++ < MOST_NAMED) named.push(path);
    },
    trouble: (text) => terminal.say(troubleLine(text)),
    end(written): void {
      for (const path of written ?? []) line(`Written  ${oneLine(path, LONGEST_PATH)}`);
      out.flush();
      const parts = [
        `${files} files with something in them`,
        `${keys} keys`,
        `${whole} of them with Key ID and digits`,
      ];
      if (over > 0) parts.push(`${over} files passed over, they are no text`);
      terminal.say(`${parts.join(", ")}.`);
      for (const path of named) terminal.say(`  Passed over: ${oneLineWithoutKeys(path, LONGEST_PATH)}`);
      if (over > MOST_NAMED) terminal.say("  …all of them with --json");
    },
  };
}

function tellKey({ key, detail }: KeyEntry, line: (text: string) => void): void {
  const { keyId, recoveryPassword, drive } = key;
  const host = detail.host === null ? null : oneLine(detail.host);
  const where = [drive, host, detail.date].filter((part) => part !== null && part !== "");
  line(`  Key ID        ${keyId ?? "not known"}${where.length > 0 ? `  (${where.join(", ")})` : ""}`);
  line(`  Recovery key  ${recoveryPassword ?? "not here"}`);
  const how = detail.reason ?? SURE[detail.pairing];
  if (how !== "") line(`                line ${detail.line ?? "unknown"}: ${how}`);
}

function tellRest({ refused, otherProtectors, volumes }: FoundFile, out: (text: string) => void): void {
  for (const { line, reason } of refused) {
    out(`  Refused       ${line === null ? "" : `line ${line}: `}${reason}`);
  }
  for (const { id, type, drive } of otherProtectors) {
    out(`  No key        ${id} ${type}${drive === null ? "" : ` of ${drive}`}`);
  }
  for (const { drive, label, conversion, protection } of volumes) {
    const words = [
      label === null ? null : `"${oneLine(label)}"`,
      conversion,
      protection && `protection ${protection}`,
    ];
    out(`  Drive         ${[drive ?? "no letter", ...words.filter((word) => word !== null)].join(", ")}`);
  }
}
