/** From the words of a command line to a task and its arguments, and the help about them. */

import { EXIT, type ExitName, UserError } from "../lib/errors.ts";
import { TASKS } from "./mod.ts";
import type { ParseOptions, TaskArguments, TaskSpec } from "./task.ts";

/**
 * Finds a task.
 *
 * @param name First word of the command line.
 * @returns The task.
 * @throws {UserError} `usage` when there is none of that name.
 */
export function taskNamed(name: string): TaskSpec {
  const task = TASKS.find((one) => one.name === name);
  if (task === undefined) {
    throw new UserError("usage", `Cannot run "${name}": there is no such task`, {
      hint: `Tasks are ${TASKS.filter((one) => !one.hidden).map((one) => one.name).join(", ")}`,
    });
  }
  return task;
}

/**
 * Parses the arguments of a task.
 *
 * @param task Which.
 * @param argv The words behind its name.
 * @returns Options and words without a dash.
 * @throws {UserError} `usage` when an option is unknown or lacks its value.
 */
export async function parseTaskArguments(task: TaskSpec, argv: readonly string[]): Promise<TaskArguments> {
  const options: ParseOptions = Object.fromEntries(
    Object.entries(task.options).map((
      [name, { type, multiple }],
    ) => [name, { type, multiple: multiple ?? false }]),
  );
  const scheduled = scheduledArguments(task, argv);
  if (scheduled !== null) return scheduled;
  const { parseArgs } = await import("node:util");
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options,
      allowPositionals: true,
      strict: true,
    });
    const extra = task.positionals ? undefined : positionals[0];
    if (extra !== undefined) throw new Error(`"${extra}" is not wanted here`);
    return { values: values as TaskArguments["values"], positionals };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(". ")[0] ?? "" : "";
    throw new UserError(
      "usage",
      `Cannot run "${task.name}": ${reason.slice(0, 1).toLowerCase()}${reason.slice(1)}`,
      {
        hint: `See spare-key ${task.name} --help`,
      },
    );
  }
}

/**
 * Knows the one command line that the nightly script makes, `check --data DIR --json`, without loading
 * `node:util`: that takes 15 ms and 2 MB, a tenth of a quiet night.
 *
 * @returns What the parser would give, `null` for any other command line.
 */
function scheduledArguments(task: TaskSpec, argv: readonly string[]): TaskArguments | null {
  const [first, data, last, ...rest] = argv;
  const known = task.name === "check" && first === "--data" && last === "--json" && rest.length === 0;
  return known && data !== undefined && !data.startsWith("-")
    ? { values: { data, json: true }, positionals: [] }
    : null;
}

/**
 * Writes the help of a task.
 *
 * @param task Which.
 * @returns Synopsis, options, example, exit codes.
 */
export function helpOf(task: TaskSpec): string {
  const rows = Object.entries(task.options).map(([name, option]) => {
    const left = `--${name}${option.value === undefined ? "" : ` ${option.value}`}`;
    return [left, option.help] as const;
  });
  const options = inColumns(rows);
  const codes: readonly ExitName[] = ["ok", "bug", "usage", ...task.exits];
  return [
    `spare-key ${task.name}${task.usage === "" ? "" : ` ${task.usage}`} [options]`,
    "",
    `  ${task.summary}`,
    "",
    "Options",
    ...options,
    "",
    "Example",
    `  spare-key ${task.example}`,
    "",
    "Exit codes",
    ...codes.map((name) => `  ${String(EXIT[name]).padEnd(3)} ${EXIT_WORDS[name]}`),
  ].join("\n");
}

function inColumns(rows: readonly (readonly [left: string, right: string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

/**
 * Writes the list of tasks.
 *
 * @returns Synopsis and one line a task.
 */
export function helpOfAll(): string {
  return [
    "spare-key TASK [options]",
    "",
    "  Keeps a current copy of this PC's BitLocker recovery keys outside its drives.",
    "",
    "Tasks",
    ...inColumns(TASKS.filter((task) => !task.hidden).map(({ name, summary }) => [name, summary])),
    "",
    "spare-key TASK --help says more about a task, spare-key --version names versions.",
  ].join("\n");
}

/** What each exit code means. The README's table is held equal to it by a test. */
export const EXIT_WORDS: Readonly<Record<ExitName, string>> = {
  ok: "done, nothing wrong with the run",
  bug: "a bug in Spare Key",
  usage: "wrong use of the command line",
  partial: "done in part: something could not be read, delivered or verified, and it says what",
  none: "looked and found none",
  settings: "settings cannot be used",
  snapshot: "snapshot cannot be used",
  ledger: "ledger cannot be used: neither readable nor replaceable, or of a newer version",
  busy: "another run is under way",
  mail: "mail could not be sent (tasks that only try it)",
  destination: "destination could not be reached (tasks that only try it)",
};
