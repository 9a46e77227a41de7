/** What a task is, and what it gets of the world. */

import type { ParseArgsConfig } from "node:util";
import type { CarriedListing } from "../lib/core/carry_model.ts";
import type { FailedRunsFile } from "../lib/core/failed_runs.ts";
import type { Settings } from "../lib/core/settings.ts";
import { type ExitName, UserError } from "../lib/errors.ts";
import type { NightPorts } from "../lib/nightly/night.ts";
import type { Clock, Files, Ledger, Mailer, RunLock, SealOpener } from "../lib/ports.ts";
import type { TemplateStore, Terminal } from "../lib/ports.ts";

/** An option of the command line, with its line in the help. */
export interface OptionSpec {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
  /** How its value is called: `DIR`. */
  readonly value?: string;
  readonly help: string;
}

/** A task as the registry knows it; what it does is loaded when it runs. */
export interface TaskSpec {
  readonly name: string;
  /** One line for the list of tasks. */
  readonly summary: string;
  /** What stands behind its name: `[--snapshot FILE] [--dry-run]`. */
  readonly usage: string;
  /** A command line that works, behind `spare-key `. */
  readonly example: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Whether words without a dash are taken. */
  readonly positionals: boolean;
  /** Exit codes beside 0, 1 and 2. */
  readonly exits: readonly ExitName[];
  /** Whether its results may hold recovery keys or a secret key, or go unread into a protected file. */
  readonly showsSecrets?: boolean;
  /** Left out of the list of tasks: called by scripts alone. */
  readonly hidden?: boolean;
  load(): Promise<{ readonly run: TaskRun }>;
}

/** Options as `node:util` gives them, plus the words without a dash. */
export interface TaskArguments {
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
}

/** Does a task. @returns How the process is to end. */
export type TaskRun = (args: TaskArguments, deps: Deps) => Promise<ExitName>;

/** What a night is opened with. */
export interface NightSetup {
  readonly settings: Settings;
  readonly secrets: { readonly smtpPassword: string | null; readonly archiveKey: string | null };
  readonly listings: readonly CarriedListing[] | null;
  readonly runId: string;
  readonly dryRun: boolean;
  /** Told what would be written, in a dry run. */
  readonly tell?: (text: string) => void;
  /** In place of the present, for the demo. */
  readonly clock?: Clock;
}

/** The ports of a night and how to give them back. */
export interface OpenNight extends NightPorts {
  /** Brings the log to the disk and closes the ledger. */
  close(): Promise<void>;
}

/** A mail server on loopback that keeps what it gets, for the demo. */
export interface MailTrap {
  readonly port: number;
  /** Paths of the mails kept so far. */
  messages(): readonly string[];
  stop(): Promise<void>;
}

/** The world, as tasks see it. Built in `main.ts` alone. */
export interface Deps {
  readonly terminal: Terminal;
  readonly files: Files;
  /** Joins a folder and names below it, as this system does. */
  below(folder: string, ...names: readonly string[]): string;
  readonly clock: Clock;
  readonly opener: SealOpener;
  /** Where data lies when `--data` is not given. */
  readonly defaultData: string;
  /** Reads standard input to its end, or to a NUL byte; from then on this process ends with its parent. */
  readInput(): Promise<Uint8Array>;
  /** Gives standard input piece by piece, whatever it holds, to its end. */
  inputChunks(): AsyncIterable<Uint8Array>;
  /** @returns The text of a file, `null` when there is none. */
  readOptional(path: string): Promise<string | null>;
  newRunId(): string;
  /** @returns `AGE-SECRET-KEY-1…` */
  newArchiveKey(): Promise<string>;
  /** Makes the data folder where needed. */
  openLock(data: string): RunLock;
  /** @returns What a run has left in the lock; `null` when nothing, or while a run holds it. */
  readLock(data: string): string | null;
  openNight(data: string, setup: NightSetup): Promise<OpenNight>;
  /** Opens the ledger to read; an empty one where there is none. */
  openLedger(data: string): Promise<Ledger>;
  /** The pages and mails to fill; `own`: those of an organisation in the data folder take their place. */
  openTemplates(data: string, own: boolean): TemplateStore;
  /** What is remembered of runs that failed. */
  failedRuns(data: string): FailedRunsFile;
  /** The way to the mail server, of a run that opened no night; `null` when none is set up. */
  openMailer(settings: Settings, password: string | null): Mailer | null;
  startMailTrap(folder: string): Promise<MailTrap>;
  /** Versions of program, Deno and ledger. */
  versions(): { readonly program: string; readonly deno: string; readonly ledger: number };
}

/** What `parseArgs` wants. */
export type ParseOptions = NonNullable<ParseArgsConfig["options"]>;

/**
 * Reads an option that holds one text.
 *
 * @param args Of the task.
 * @param name Its name.
 * @returns The text, `null` when it was not given.
 */
export function textOption(args: TaskArguments, name: string): string | null {
  const value = args.values[name];
  return typeof value === "string" ? value : null;
}

/**
 * Reads an option that is given or not.
 *
 * @param args Of the task.
 * @param name Its name.
 * @returns Whether it was given.
 */
export function flag(args: TaskArguments, name: string): boolean {
  return args.values[name] === true;
}

/**
 * Reads an option that may be given several times.
 *
 * @param args Of the task.
 * @param name Its name.
 * @returns All its texts.
 */
export function textOptions(args: TaskArguments, name: string): readonly string[] {
  const value = args.values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/**
 * Reads `--drive`.
 *
 * @param args Of the task.
 * @returns `C:`, `null` when it was not given.
 * @throws {UserError} `usage` when it is no letter.
 */
export function driveOption(args: TaskArguments): string | null {
  const text = textOption(args, "drive");
  if (text === null) return null;
  const letter = /^([a-z]):?\\?$/i.exec(text.trim())?.[1];
  if (letter === undefined) {
    throw new UserError("usage", `Cannot use --drive "${text}": it must be a letter such as C:`);
  }
  return `${letter.toUpperCase()}:`;
}
