/**
 * The program: from a command line to a task. Here, and nowhere else, effects are built and the process ends.
 *
 * @module
 */

import config from "./deno.json" with { type: "json" };
import type { CarryItem } from "./lib/core/carry_model.ts";
import { redactRecoveryPasswords } from "./lib/core/recovery_password.ts";
import { onLetterOf } from "./lib/core/removable_folder.ts";
import { ageOpener } from "./lib/effects/age_opener.ts";
import { ageSealer } from "./lib/effects/age_sealer.ts";
import { archiveKey, newArchiveKey } from "./lib/effects/archive_key_file.ts";
import { carriedDestination } from "./lib/effects/carried_destination.ts";
import { makeDataFolder } from "./lib/effects/data_folder.ts";
import { fileArchive } from "./lib/effects/file_archive.ts";
import { folderDestination } from "./lib/effects/folder_destination.ts";
import { jsonLog, noLog } from "./lib/effects/json_log.ts";
import { ledgerVersion } from "./lib/effects/ledger_schema.ts";
import { readOptional } from "./lib/effects/optional_text.ts";
import { below } from "./lib/effects/path_parts.ts";
import { fileRunLock } from "./lib/effects/run_lock.ts";
import { smtpMailer } from "./lib/effects/smtp_mailer.ts";
import { openSqliteLedger } from "./lib/effects/sqlite_ledger.ts";
import { readEnvelope, stdinReader } from "./lib/effects/stdin.ts";
import { systemFiles } from "./lib/effects/system_files.ts";
import { templateFiles } from "./lib/effects/template_files.ts";
import { terminal } from "./lib/effects/terminal.ts";
import { EXIT, type ExitName, messageOf, UserError } from "./lib/errors.ts";
import type { Destination, RunLock, TemplateStore } from "./lib/ports.ts";
import { helpOf, helpOfAll, parseTaskArguments, taskNamed } from "./tasks/arguments.ts";
import type { Deps, NightSetup, OpenNight } from "./tasks/task.ts";

/** Puts something between a night and the world; tests put faults there. */
export type WrapNight = (night: OpenNight) => OpenNight;

function openTemplates(data: string, own: boolean): TemplateStore {
  const builtIn = async () => (await import("./lib/core/builtin_templates.ts")).builtinTemplates;
  return templateFiles({ dataFolder: data, builtIn, own });
}

async function openNight(data: string, setup: NightSetup): Promise<OpenNight> {
  const { settings, secrets, listings, runId, dryRun } = setup;
  const clock = setup.clock ?? { now: () => new Date() };
  if (!dryRun) makeDataFolder(data);
  const archive = fileArchive(data);
  const archiveHasFiles = async (): Promise<boolean> => (await archive.list()).length > 0;
  const ledger = await openSqliteLedger(below(data, "ledger.db"), { archiveHasFiles, readOnly: dryRun });
  const log = jsonLog({ path: below(data, "spare-key.log"), level: settings.log.level, runId, clock });
  const carry: CarryItem[] = [];
  const timeoutMs = settings.limits.mailSeconds * 1000;
  const night: OpenNight = {
    ledger,
    archive,
    log,
    clock,
    archiveKey: archiveKey({ secret: secrets.archiveKey, path: below(data, "archive.key") }),
    sealer: ageSealer(),
    templates: openTemplates(data, settings.templates),
    mailer: settings.smtp === null
      ? null
      : smtpMailer({ smtp: settings.smtp, password: secrets.smtpPassword, timeoutMs }),
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

function buildDeps(wrap: WrapNight): Deps {
  return {
    terminal: terminal(),
    files: systemFiles(),
    opener: ageOpener(),
    below,
    clock: { now: () => new Date() },
    defaultData: Deno.build.os === "windows" ? "C:\\ProgramData\\Spare Key" : "/var/lib/spare-key",
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
    openNight: async (data, setup) => wrap(await openNight(data, setup)),
    openLedger: async (data) =>
      await openSqliteLedger(below(data, "ledger.db"), {
        archiveHasFiles: async () => (await fileArchive(data).list()).length > 0,
        readOnly: true,
      }),
    openTemplates,
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
  const deps = buildDeps(wrap);
  try {
    return EXIT[await runTask(argv, deps)];
  } catch (error) {
    return EXIT[tellError(error, argv, deps)];
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
  return await run(args, deps);
}

function tellError(error: unknown, argv: readonly string[], { terminal }: Deps): ExitName {
  const code = error instanceof UserError ? error.code : "bug";
  const stack = error instanceof Error ? error.stack ?? error.message : String(error);
  const message = redactRecoveryPasswords(
    error instanceof UserError ? error.message : `Spare Key has a bug: ${stack}`,
  );
  const hint = error instanceof UserError ? error.hint : "Run it again with --json and report this text";
  if (argv.includes("--json")) {
    terminal.out(JSON.stringify({ schema: 1, error: { code, exit: EXIT[code], message, hint } }));
  }
  terminal.say(hint === null ? message : `${message}. ${hint}`);
  return code;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
