/**
 * The program: from a command line to a task. Here, and nowhere else, effects are built and the process ends.
 *
 * @module
 */

import config from "./deno.json" with { type: "json" };
import { blankSecrets, sayBugAndPlace } from "./lib/core/blank_secrets.ts";
import type { CarryItem } from "./lib/core/carry_model.ts";
import { configFolderOf } from "./lib/core/config_folder.ts";
import { redactSecrets } from "./lib/core/recovery_password.ts";
import { onLetterOf } from "./lib/core/removable_folder.ts";
import type { Settings } from "./lib/core/settings.ts";
import { ageOpener } from "./lib/effects/age_opener.ts";
import { ageSealer } from "./lib/effects/age_sealer.ts";
import { archiveKey, newArchiveKey } from "./lib/effects/archive_key_file.ts";
import { carriedDestination } from "./lib/effects/carried_destination.ts";
import { makeDataFolder, tidyDataFolder } from "./lib/effects/data_folder.ts";
import { failedRunsFile } from "./lib/effects/failed_runs_file.ts";
import { fileArchive } from "./lib/effects/file_archive.ts";
import { folderDestination } from "./lib/effects/folder_destination.ts";
import { jsonLog, noLog } from "./lib/effects/json_log.ts";
import { ledgerVersion } from "./lib/effects/ledger_schema.ts";
import { readOptional } from "./lib/effects/optional_text.ts";
import { below } from "./lib/effects/path_parts.ts";
import { fileRunLock, readRunLock } from "./lib/effects/run_lock.ts";
import { smtpMailer } from "./lib/effects/smtp_mailer.ts";
import { openSqliteLedger } from "./lib/effects/sqlite_ledger.ts";
import { readEnvelope, stdinReader } from "./lib/effects/stdin.ts";
import { systemFiles } from "./lib/effects/system_files.ts";
import { templateFiles } from "./lib/effects/template_files.ts";
import { terminal } from "./lib/effects/terminal.ts";
import { EXIT, type ExitName, messageOf, UserError } from "./lib/errors.ts";
import type { Destination, Mailer, RunLock, TemplateStore, Terminal } from "./lib/ports.ts";
import { helpOf, helpOfAll, parseTaskArguments, taskNamed } from "./tasks/arguments.ts";
import type { Deps, NightSetup, OpenNight } from "./tasks/task.ts";

/** Puts something between a night and the world; tests put faults there. */
export type WrapNight = (night: OpenNight) => OpenNight;

function openTemplates(data: string, own: boolean): TemplateStore {
  const builtIn = async () => (await import("./lib/core/builtin_templates.ts")).builtinTemplates;
  return templateFiles({ folder: below(configFolderOf(data), "templates"), builtIn, own });
}

function openMailer({ smtp, limits }: Settings, password: string | null): Mailer | null {
  return smtp === null ? null : smtpMailer({ smtp, password, timeoutMs: limits.mailSeconds * 1000 });
}

async function openNight(data: string, setup: NightSetup): Promise<OpenNight> {
  const { settings, secrets, listings, runId, dryRun } = setup;
  const clock = setup.clock ?? { now: () => new Date() };
  if (!dryRun) tidyDataFolder(data);
  const archive = fileArchive(data);
  const archiveHasFiles = async (): Promise<boolean> => (await archive.list()).length > 0;
  const ledger = await openSqliteLedger(below(data, "ledger.db"), { archiveHasFiles, readOnly: dryRun });
  const log = jsonLog({ path: below(data, "spare-key.log"), level: settings.log.level, runId, clock });
  const carry: CarryItem[] = [];
  const night: OpenNight = {
    ledger,
    archive,
    log,
    clock,
    archiveKey: archiveKey({ secret: secrets.archiveKey, path: below(data, "archive.key") }),
    sealer: ageSealer(),
    templates: openTemplates(data, settings.templates),
    mailer: openMailer(settings, secrets.smtpPassword),
    openDestination(one, state): Destination | null {
      if (one.kind === "folder") {
        const { name, path, volume } = one;
        // Where the volume's name counts, the same place has another letter now and then.
        const place = volume === null || state.place === null ? state.place : onLetterOf(state.place, path);
        return folderDestination({ name, path, place });
      }
      const listing = listings?.find((listed) => listed.destination === one.name);
      return listing === undefined ? null : carriedDestination({ name: one.name, listing, carry });
    },
    carry: () => carry,
    async close(): Promise<void> {
      ledger.close();
      try {
        await log.flush();
      } catch (error) {
        // The night itself is done and recorded; that its diary is not is said, and no more.
        terminal().say(`Cannot write the log: ${messageOf(error)}`);
      }
    },
  };
  return dryRun ? await dryNight(night, data, setup) : night;
}

/** Reads go through, writes are only told. */
async function dryNight(night: OpenNight, data: string, setup: NightSetup): Promise<OpenNight> {
  const { dryArchive, dryArchiveKey, dryDestination, dryLedger, dryMailer } = await import(
    "./lib/effects/dry.ts"
  );
  const tell = setup.tell ?? ((): void => {});
  return {
    ...night,
    log: noLog(),
    ledger: dryLedger(night.ledger, tell),
    archive: dryArchive(night.archive, tell),
    archiveKey: dryArchiveKey(night.archiveKey, tell, {
      exists: async () =>
        setup.secrets.archiveKey !== null || await readOptional(below(data, "archive.key")) !== null,
    }),
    mailer: night.mailer === null ? null : dryMailer(night.mailer, tell),
    openDestination(settings, state): Destination | null {
      const real = night.openDestination(settings, state);
      return real === null ? null : dryDestination(real, tell);
    },
    close: () => Promise.resolve(night.ledger.close()),
  };
}

function buildDeps(wrap: WrapNight, secrets: string[]): Deps {
  const { say, ...results } = terminal();
  const keep = (...given: readonly (string | null)[]): void =>
    given.forEach((one) => one === null || secrets.push(one));
  return {
    // Results may show keys, talk never does.
    terminal: { ...results, say: (text) => say(blankSecrets(text, secrets)) },
    files: systemFiles(),
    opener: ageOpener(),
    below,
    clock: { now: () => new Date() },
    defaultData: Deno.build.os === "windows" ? "C:\\ProgramData\\Spare Key\\state" : "/var/lib/spare-key",
    async readInput(): Promise<Uint8Array> {
      const { bytes, watchParent } = await readEnvelope(stdinReader());
      watchParent(() => Deno.exit(EXIT.bug));
      return bytes;
    },
    async *inputChunks(): AsyncGenerator<Uint8Array, void, undefined> {
      const reader = stdinReader();
      for (let next = await reader.read(); next.value !== undefined; next = await reader.read()) {
        yield next.value;
      }
    },
    readOptional,
    newRunId: () => crypto.randomUUID(),
    newArchiveKey,
    openLock(data): RunLock {
      makeDataFolder(data);
      return fileRunLock(below(data, "run.lock"));
    },
    readLock: (data) => readRunLock(below(data, "run.lock")),
    async openNight(data, setup): Promise<OpenNight> {
      keep(setup.secrets.smtpPassword, setup.secrets.archiveKey);
      return wrap(await openNight(data, setup));
    },
    openLedger: async (data) =>
      await openSqliteLedger(below(data, "ledger.db"), {
        archiveHasFiles: async () => (await fileArchive(data).list()).length > 0,
        readOnly: true,
      }),
    openTemplates,
    failedRuns: (data) =>
      failedRunsFile(below(data, "failed-runs.json"), { makeFolder: configFolderOf(data) !== data }),
    openMailer(settings, password): Mailer | null {
      keep(password);
      return openMailer(settings, password);
    },
    startMailTrap: async (folder) =>
      await (await import("./lib/effects/local_mail_server.ts")).startLocalMailServer({ folder }),
    versions: () => ({ program: config.version, deno: Deno.version.deno, ledger: ledgerVersion }),
  };
}

/**
 * Runs a command line.
 *
 * @param argv Its words.
 * @param wrap Puts something between a night and the world.
 * @returns The exit code.
 */
export async function main(argv: readonly string[], wrap: WrapNight = (night) => night): Promise<number> {
  return await mainWith(argv, wrap, []);
}

/** @param secrets Those that the run is given are put there, to be blanked in whatever ends it. */
async function mainWith(argv: readonly string[], wrap: WrapNight, secrets: string[]): Promise<number> {
  const deps = buildDeps(wrap, secrets);
  try {
    return EXIT[await runTask(argv, deps)];
  } catch (error) {
    return EXIT[tellError(error, { argv, secrets, terminal: deps.terminal })];
  }
}

async function runTask(argv: readonly string[], deps: Deps): Promise<ExitName> {
  const [name, ...rest] = argv;
  if (name === "--version" || rest.includes("--version")) {
    const versions = deps.versions();
    deps.terminal.out(
      argv.includes("--json")
        ? JSON.stringify({ schema: 1, ...versions })
        : `spare-key ${versions.program}\ndeno ${versions.deno}\nledger ${versions.ledger}`,
    );
    return "ok";
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    deps.terminal.out(helpOfAll());
    return name === undefined ? "usage" : "ok";
  }
  const task = taskNamed(name);
  if (rest.includes("--help") || rest.includes("-h")) {
    deps.terminal.out(helpOf(task));
    return "ok";
  }
  const args = await parseTaskArguments(task, rest);
  const { run } = await task.load();
  const { out } = deps.terminal;
  const terminal: Terminal = task.showsSecrets === true
    ? deps.terminal
    : { ...deps.terminal, out: (text) => out(redactSecrets(text)) };
  return await run(args, { ...deps, terminal });
}

interface ErrorPlace {
  readonly argv: readonly string[];
  readonly secrets: readonly string[];
  readonly terminal: Deps["terminal"];
}

function tellError(error: unknown, { argv, secrets, terminal }: ErrorPlace): ExitName {
  const isBug = !(error instanceof UserError);
  const code = isBug ? "bug" : error.code;
  const message = isBug
    ? `Spare Key has a bug: ${sayBugAndPlace(error, secrets)}`
    : blankSecrets(error.message, secrets);
  const hint = isBug ? "Run it again with --json and report this text" : error.hint;
  const cleanHint = hint === null ? null : blankSecrets(hint, secrets);
  if (argv.includes("--json")) {
    terminal.out(JSON.stringify({ schema: 1, error: { code, exit: EXIT[code], message, hint: cleanHint } }));
  }
  terminal.say(cleanHint === null ? message : `${message}. ${cleanHint}`);
  return code;
}

/**
 * Runs a command line and ends the process with its exit code. An error that nobody waits for ends it as any other
 * does: Deno would show its message, and what that quotes, as it is.
 *
 * @param argv Its words.
 * @param wrap Puts something between a night and the world.
 */
export async function start(argv: readonly string[], wrap: WrapNight = (night) => night): Promise<never> {
  const secrets: string[] = [];
  const end = (event: Event, error: unknown): never => {
    event.preventDefault();
    Deno.exit(EXIT[tellError(error, { argv, secrets, terminal: terminal() })]);
  };
  addEventListener("error", (event) => end(event, event.error));
  addEventListener("unhandledrejection", (event) => end(event, event.reason));
  Deno.exit(await mainWith(argv, wrap, secrets));
}

if (import.meta.main) await start(Deno.args);
