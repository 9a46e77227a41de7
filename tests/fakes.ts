/**
 * All ports in memory, for tests of what decides and orders. Destination and archive pass the same contracts
 * as the real ones (`tests/contracts/`). What a test needs to see or to break is an open field.
 */

import type { FailedRunsFile } from "../lib/core/failed_runs.ts";
import type { Mail, MailReceipt } from "../lib/core/mail.ts";
import { redactRecoveryPasswords } from "../lib/core/recovery_password.ts";
import type { LogLevel } from "../lib/core/settings.ts";
import { UserError } from "../lib/errors.ts";
import type {
  ArchiveKey,
  Clock,
  Files,
  FolderNames,
  Log,
  Mailer,
  RunLock,
  Sealer,
  Templates,
  TemplateStore,
  Terminal,
} from "../lib/ports.ts";
import { soon } from "./fakes/soon.ts";

export { type MemoryArchive, memoryArchive } from "./fakes/memory_archive.ts";
export { type MemoryDestination, memoryDestination } from "./fakes/memory_destination.ts";
export { type MemoryLedger, memoryLedger } from "./fakes/memory_ledger.ts";

/** A mail server that keeps what it was sent. */
export interface FakeMailer extends Mailer {
  /** What was accepted by at least one address. */
  readonly mails: Mail[];
  /** How often `send` was called. */
  attempts: number;
  /** Set: it takes no mail, and answers this. */
  trouble: string | null;
  /** Addresses that it refuses. */
  readonly refused: Set<string>;
}

/** Makes one that takes everything. */
export function fakeMailer(): FakeMailer {
  const fake: FakeMailer = {
    mails: [],
    attempts: 0,
    trouble: null,
    refused: new Set(),
    send: soon((mail): MailReceipt => {
      fake.attempts++;
      const accepted = mail.to.filter((address) => !fake.refused.has(address));
      const rejected = mail.to.filter((address) => fake.refused.has(address));
      if (fake.trouble !== null || accepted.length === 0) {
        throw new Error(`Cannot send mail to "${mail.to.join(", ")}": ${fake.trouble ?? "550 no such user"}`);
      }
      fake.mails.push(mail);
      return {
        accepted,
        rejected: rejected.map((address) => ({ address, answer: "550 no such user" })),
        answer: `250 taken as ${fake.mails.length}`,
      };
    }),
  };
  return fake;
}

/** Seals without cryptography: `fake-age:RECIPIENT,…:BASE64`. An identity opens what is sealed to its recipient. */
export function fakeSealer(): Sealer {
  const recipientOf = (identity: string): string =>
    identity.replace(/^AGE-SECRET-KEY-1/, "age1").toLowerCase();
  return {
    seal: soon((bytes, recipients) => {
      if (recipients.length === 0) throw new Error("Cannot seal: there is no recipient");
      return new TextEncoder().encode(`fake-age:${recipients.join(",")}:${bytes.toBase64()}`);
    }),
    open: soon((sealed, identity) => {
      const [mark, recipients, content] = new TextDecoder().decode(sealed).split(":");
      if (mark !== "fake-age" || recipients === undefined || content === undefined) {
        throw new Error("Cannot open: it is not sealed, or was altered");
      }
      if (!recipients.split(",").includes(recipientOf(identity))) {
        throw new Error("Cannot open: another identity");
      }
      return Uint8Array.fromBase64(content);
    }),
    recipientOf: soon(recipientOf),
  };
}

/** Gives the identity `AGE-SECRET-KEY-1PC`, whose recipient is `age1pc`, or another. */
export function fakeArchiveKey(identity = "AGE-SECRET-KEY-1PC"): ArchiveKey {
  return { identity: soon(() => identity), others: soon(() => []) };
}

/** A clock that stands still until it is moved. */
export interface FixedClock extends Clock {
  /** Moves it on, in milliseconds. */
  advance(ms: number): void;
  /** Sets it. */
  set(time: string): void;
}

/** Makes one that shows a time, as ISO 8601. */
export function fixedClock(time = "2026-11-24T03:00:00Z"): FixedClock {
  let now = Date.parse(time);
  return {
    now: () => new Date(now),
    advance: (ms) => void (now += ms),
    set: (other) => void (now = Date.parse(other)),
  };
}

/** A terminal that keeps its lines. */
export interface BufferTerminal extends Terminal {
  /** What was written to stdout, each call with a line feed. */
  readonly stdout: string;
  /** What was written to stderr. */
  readonly stderr: string;
}

/** Makes an empty one. */
export function bufferTerminal(): BufferTerminal {
  const lines: { readonly out: string[]; readonly say: string[] } = { out: [], say: [] };
  return {
    get stdout(): string {
      return lines.out.join("");
    },
    get stderr(): string {
      return lines.say.join("");
    },
    out: (text) => void lines.out.push(`${text}\n`),
    say: (text) => void lines.say.push(`${text}\n`),
    write: (text) => void lines.out.push(text),
    askSecret: () => Promise.resolve(null),
  };
}

/** A line of {@link memoryLog}. */
export interface LogLine {
  /** How much it matters. */
  readonly level: LogLevel;
  /** Its stable name. */
  readonly id: string;
  /** The sentence. */
  readonly text: string;
  /** Further values. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A log that keeps its lines, of every level. */
export function memoryLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  return {
    lines,
    write: (level, id, text, fields = {}) =>
      void lines.push({ level, id, text: redactRecoveryPasswords(text), fields }),
    flush: soon(() => {}),
  };
}

/** A lock that is free, or held by another. */
export function memoryRunLock(free = true): RunLock & { held: boolean; text: string | null } {
  const lock: RunLock & { held: boolean; text: string | null } = {
    held: false,
    text: null,
    read: () => lock.text,
    write: (text) => void (lock.text = text),
    acquire: soon(() => lock.held = free),
    release: () => void (lock.held = false),
  };
  return lock;
}

/** Files in memory. */
export interface MemoryFiles extends Files {
  /** Path, with `/`, to bytes. */
  readonly files: Map<string, Uint8Array>;
}

/** Makes some, from texts or bytes by path. */
export function memoryFiles(start: Readonly<Record<string, string | Uint8Array>> = {}): MemoryFiles {
  const files = new Map(
    Object.entries(start).map(([path, content]) => (
      [path, typeof content === "string" ? new TextEncoder().encode(content) : content] as const
    )),
  );
  return {
    files,
    read: soon((path) => {
      const bytes = files.get(path);
      if (bytes === undefined) throw new UserError("usage", `Cannot read "${path}": it does not exist`);
      return bytes;
    }),
    open: soon((path) => {
      const bytes = files.get(path);
      const isFolder = bytes === undefined && [...files.keys()].some((name) => name.startsWith(`${path}/`));
      if (bytes === undefined && !isFolder) {
        throw new UserError("usage", `Cannot read "${path}": it does not exist`);
      }
      return {
        size: bytes?.length ?? 0,
        isFolder,
        chunks: async function* (): AsyncGenerator<Uint8Array, void, undefined> {
          if (bytes !== undefined) yield await Promise.resolve(bytes.slice());
        },
      };
    }),
    async *walk(folder, onTrouble): AsyncGenerator<string, void, undefined> {
      const names = [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).sort();
      if (names.length === 0) onTrouble(folder, "it does not exist");
      for (const path of names) yield await Promise.resolve(path.slice(folder.length + 1));
    },
    async *walkFolders(folder, onTrouble): AsyncGenerator<FolderNames, void, undefined> {
      const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`)).sort();
      if (below.length === 0) onTrouble(folder, "it does not exist");
      const folderOf = (path: string): string =>
        path.slice(folder.length + 1, Math.max(folder.length + 1, path.lastIndexOf("/")));
      for (const [path, paths] of Map.groupBy(below, folderOf)) {
        const names = paths.map((one) => one.slice(one.lastIndexOf("/") + 1));
        yield await Promise.resolve({ path, names });
      }
    },
    write: soon((folder, name, bytes) => {
      for (let number = 1;; number++) {
        const path = `${folder}/${
          number === 1 ? name : name.replace(/(\.[^.]+(\.age)?)?$/, ` (${number})$1`)
        }`;
        if (files.has(path)) continue;
        files.set(path, bytes.slice());
        return path;
      }
    }),
  };
}

/** What is remembered of failed runs, in memory. */
export interface MemoryFailedRuns extends FailedRunsFile {
  /** What it holds. */
  text: string | null;
  /** Set: it cannot be written. */
  trouble: string | null;
  /** Whether there is a data folder. */
  folder: boolean;
}

/** Makes an empty one, or with this text. */
export function memoryFailedRuns(text: string | null = null): MemoryFailedRuns {
  const file: MemoryFailedRuns = {
    text,
    trouble: null,
    folder: true,
    exists: () => file.text !== null,
    read: soon(() => file.text),
    write: soon((next) => {
      if (file.trouble !== null) throw new Error(file.trouble);
      if (file.folder) file.text = next;
      return file.folder;
    }),
  };
  return file;
}

/** Gives templates that are small enough to compare, or others. */
export function memoryTemplates(templates: Partial<Templates> = {}): TemplateStore {
  const none = { sheetHtml: "", sheetCss: "", mailHtml: "", mailText: "" };
  const load = soon(() => ({ ...none, ...templates }));
  return { load, builtIn: load };
}
